// The lobby's board: shows the last picture, puts a call up the moment it is made and keeps it large for a while. What
// is heard, and in what turn, is announcer.js's; what the page looks like is the template's.

import { fill } from "/static/fill.js";
import { connect } from "/static/live.js";
import { eachSecond, now } from "/static/now.js";
import { announcing } from "./announcer.js";
import { fit } from "./fit.js";
import { showNotice } from "./notice.js";
import { arrange } from "./places.js";
import { pulse } from "./pulse.js";
import { measure, sizeOfSeveral } from "./sizes.js";
import { turning } from "./turns.js";
import { showWaits } from "./waits.js";

const STALE = 60_000; // ms after which a call missed while the server was away is shown but not announced
const RELOAD_AT_MOST_EVERY = 30_000; // ms

const page = document.querySelector("[data-board]");
const [large, list, notice, waits, soundOff] = [".now", ".before", "[data-notice]", "[data-waits]", "[data-sound-off]"].map(
  (found) => page.querySelector(found),
);
const ms = (name) => Number(page.dataset[name]) * 1_000;
const kept = ms("keepSeconds"); // a call stays large so long, whatever is called after it
const turns = turning(ms("turnSeconds"));
const heard = new Map(); // visit id -> the instant of the call that we last announced
let picture = null;
let knownAt = Date.now(); // when the server was last heard
let sound = null; // what announcer.js last said of it

measure(page.dataset, draw);

const announcer = announcing({
  volume: JSON.parse(page.dataset.volume),
  times: Number(page.dataset.times),
  hushSeconds: Number(page.dataset.hushSeconds),
  onSound(state) {
    soundOff.hidden = state !== "held_back";
    if (sound === state) return;
    sound = state;
    board.ask("sound", { state });
  },
});

const board = connect("/display", {
  picture: "board",
  onPicture(news) {
    const first = picture === null;
    picture = news;
    known();
    if (news.page !== page.dataset.page) return loadAgain();
    draw();
    for (const call of [...news.calls].reverse()) {
      // News of a call usually follows `called` by a moment; only what never came is announced from here.
      const missed = call.called_at > (heard.get(call.id) ?? 0) && now() - call.called_at < STALE;
      if (missed && !first) tell(call);
      else heard.set(call.id, Math.max(heard.get(call.id) ?? 0, call.called_at));
    }
    // Kept a while for a call that leaves the board and, undone, comes back: it is not news.
    for (const [id, at] of heard) if (now() - at > STALE) heard.delete(id);
  },
  on: {
    called(call) {
      if (picture === null) return; // the picture is on its way and holds it
      board.has(call.step);
      picture.calls = [call, ...picture.calls.filter((other) => other.id !== call.id)];
      draw();
      tell(call);
    },
    hush: ({ on }) => announcer.hush(on),
  },
});
board.socket.io.on("ping", known);
board.socket.on("connect", () => sound && board.ask("sound", { state: sound }));

function known() {
  knownAt = now();
}

function tell(call) {
  heard.set(call.id, call.called_at);
  pulse(page.querySelector(`[data-call="${CSS.escape(call.id)}"]`));
  announcer.announce(call);
}

function draw() {
  if (picture === null) return fill(page.querySelector("[data-lost-server]"), { known_at: knownAt });
  const at = now();
  const { calls, waiting, turns_at } = picture;
  const open = picture.open !== (turns_at !== null && at >= turns_at);
  const over = !open && waiting === 0 && !calls.some((call) => at - call.called_at < STALE);
  const arranged = over ? { large: [], before: [], slides: false } : placed(calls, at);
  fill(page, {
    ...picture,
    ...arranged,
    known_at: knownAt,
    open,
    over,
    last_ones: !open && !over,
    any_calls: calls.length > 0 && !over,
    nobody_yet: calls.length === 0 && !over,
  });
  page.style.setProperty("--rows", Math.max(Number(page.dataset.recent), arranged.before.length));
  const names = Math.max(1, ...arranged.large.map((call) => call.names.length));
  page.dataset.names = names;
  if (notice) showNotice(notice, picture.notices, turns);
  showWaits(waits, picture.waits, turns);
  for (const container of page.querySelectorAll("[data-turns]")) turns.show(container);
  const { stacked, size } = sizeOfSeveral(large, { calls: Math.max(1, arranged.large.length), names });
  page.toggleAttribute("data-stacked", stacked);
  page.style.setProperty("--several", `${size}px`);
  fit(page);
}

// The newest call keeps its place until slides, where there are any, may have it; then it heads the list.
function placed(calls, at) {
  const recent = Number(page.dataset.recent);
  const found = arrange(calls, { at, kept, most: Number(page.dataset.large), recent });
  const [newest] = calls;
  const quiet = newest && at - newest.called_at > Math.max(kept, ms("slidesAfterSeconds"));
  if (!quiet || !page.querySelector(".slides") || document.documentElement.dataset.server === "lost") return { ...found, slides: false };
  return { large: [], before: [...found.large, ...found.before].slice(0, recent), slides: true };
}

// The office's settings are others than those that this page was made of.
function loadAgain() {
  const last = Number(sessionStorage.getItem("loaded_again_at"));
  if (Date.now() - last < RELOAD_AT_MOST_EVERY) {
    setTimeout(() => picture.page !== page.dataset.page && loadAgain(), RELOAD_AT_MOST_EVERY); // nothing else may come
    return draw();
  }
  sessionStorage.setItem("loaded_again_at", String(Date.now()));
  location.reload();
}

eachSecond(draw);
new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-server"] });
