// What the working screen shows for a picture: the picture itself, and what follows from it. Values only; the words are in
// the page, and whether a step may be taken is the server's to say.

import { minutes } from "/static/ticking.js";

const KEYS = { call_next: "n", start: "s", finish: "f", open: "o", take_over: "t" };

// `still.line` and `still.missed` give the rows to show for the newest ones (hold.js).
export function view(picture, still) {
  const { desk, visitor, next, desks, calls_before_not_here } = picture;
  const situation = situationOf(picture);
  const main = nextThing(situation, next);
  const called = situation === "called";
  const noDeskOpen = !desks.some((other) => other.state === "open");
  const lacking = new Set(picture.unserved.map((service) => service.service_name));
  const theirs = situation === "theirs";
  const pressable = (row) => ({ ...row, cannot: row.gone || theirs ? "true" : null });
  const rows = still.line(picture.line).map((row) => ({ ...pressable(row), ...mark(row, next, noDeskOpen ? null : lacking) }));
  return {
    ...picture,
    situation,
    theirs,
    visitor: theirs ? null : visitor,
    main,
    main_key: KEYS[main],
    nothing_to_press: situation === "empty" ? "true" : null,
    is_paused: desk.state === "paused",
    is_closed: desk.state === "closed",
    is_free: situation === "free",
    is_empty: situation === "empty",
    is_resting: situation === "paused",
    is_shut: situation === "closed",
    is_called: called,
    is_serving: situation === "serving",
    waited: visitor?.seen_at ? minutes(visitor.seen_at - visitor.waits_from) : "",
    calls: (visitor?.recalls ?? 0) + 1,
    called_again: called && visitor.recalls > 0,
    offers_not_here: called && 1 + visitor.recalls >= calls_before_not_here,
    calls_only: situation === "free",
    finishes_and_calls: situation === "serving" && next !== null,
    rows,
    missed: still.missed(picture.not_here).map(pressable),
    more: picture.waiting - picture.line.length,
    nobody_waits: picture.waiting === 0 && rows.length === 0,
    no_desk_open: noDeskOpen,
    lacking: noDeskOpen ? [] : picture.unserved,
    desks: desks.map(doing),
  };
}

// At most one mark a row, the most telling.
function mark(row, next, lacking) {
  const is_next = row.id === next?.id;
  const is_lacking = !is_next && Boolean(lacking?.has(row.service_name));
  if (row.gone) return {};
  return { is_next, is_lacking, is_others: !row.mine && !is_lacking };
}

function situationOf({ desk, visitor, next }) {
  if (desk.seat === "other" && desk.state !== "closed") return "theirs";
  if (visitor) return visitor.state;
  if (desk.state !== "open") return desk.state;
  return next ? "free" : "empty";
}

function nextThing(situation, next) {
  const things = { theirs: "take_over", called: "start", paused: "open", closed: "open" };
  if (situation === "serving") return next ? "call_next" : "finish";
  return things[situation] ?? "call_next";
}

function doing(desk) {
  return {
    ...desk,
    calling: desk.visit_state === "called",
    helping: desk.visit_state === "serving",
    free: desk.state === "open" && !desk.number,
    paused: desk.state === "paused",
    closed: desk.state === "closed" && !desk.number,
  };
}
