// The lobby's board: shows the last picture, puts a call up the moment it is made and keeps it large for a while. What
// is announced, and in what turn, is announce.js's; what the page looks like is the template's.

import { fill } from "/static/fill.js";
import { connect } from "/static/live.js";
import { eachSecond, now } from "/static/now.js";
import { announce, sound } from "./announce.js";
import { fit } from "./fit.js";

const STALE = 60_000; // ms after which a call missed while the server was away is shown but not announced

const page = document.querySelector("[data-board]");
const kept = Number(page.dataset.keepSeconds) * 1_000; // a call stays large so long, whatever is called after it
const recent = Number(page.dataset.recent);
const largeAtMost = Number(page.dataset.large);
const heard = new Map(); // visit id -> when we last announced it
let picture = null;

const board = connect("/display", {
  picture: "board",
  onPicture(news) {
    const first = picture === null;
    picture = news;
    draw();
    for (const call of [...news.calls].reverse()) {
      // News of a call usually follows `called` by a moment; only what never came is announced from here.
      const missed = call.called_at - (heard.get(call.id) ?? 0) > 5_000 && now() - call.called_at < STALE;
      if (missed && !first) tell(call);
      else heard.set(call.id, Math.max(heard.get(call.id) ?? 0, call.called_at));
    }
    // Kept a while for a call that leaves the board and, undone, comes back: it is not news.
    for (const [id, at] of heard) if (now() - at > STALE) heard.delete(id);
  },
  on: {
    called(message) {
      if (picture === null) return; // the picture is on its way and holds it
      board.has(message.step);
      const call = { ...message, called_at: now() };
      picture.calls = [call, ...picture.calls.filter((other) => other.id !== call.id)];
      draw();
      tell(call);
    },
  },
});

function tell(call) {
  heard.set(call.id, now());
  announce(call, page.querySelector(`[data-call="${CSS.escape(call.id)}"]`));
}

function draw() {
  if (picture === null) return;
  const { calls, waiting, turns_at } = picture;
  const since = (call) => now() - call.called_at;
  const open = picture.open !== (turns_at !== null && now() >= turns_at);
  const over = !open && waiting === 0 && !calls.some((call) => since(call) < STALE);
  // Newest first, so those still to be kept are the first ones.
  const count = Math.min(Math.max(calls.filter((call) => since(call) < kept).length, 1), largeAtMost);
  fill(page, {
    ...picture,
    open,
    over,
    last_ones: !open && !over,
    nobody_yet: calls.length === 0 && !over,
    large: over ? [] : calls.slice(0, count).map((call) => ({ ...call, fresh: since(call) < kept })),
    before: over ? [] : calls.slice(count, count + recent),
  });
  fit(page);
}

eachSecond(draw);
sound(page.querySelector("[data-sound-off]"));
