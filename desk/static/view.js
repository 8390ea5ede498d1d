// What the working screen shows for a picture: the picture itself, and what follows from it. Values only; the words are in
// the page, and whether a step may be taken is the server's to say.

import { minutes } from "/static/ticking.js";

const KEYS = { call_next: "n", start: "s", finish: "f", open: "o", take_over: "t" };
const UNDOES = {
  promised: "completed",
  returned: "back",
  reinstated: "back",
  resumed: "back",
  planned: "services",
  offered: "services",
  checked_in: "issued",
}; // step -> the words on Undo, where they are another step's

// `still.line`, `still.held` and `still.missed` give the rows to show for the newest ones (hold.js).
export function view(picture, still) {
  const { desk, visitor, next, desks, calls_before_not_here } = picture;
  const situation = situationOf(picture);
  const main = nextThing(situation, next);
  const called = situation === "called";
  const noDeskOpen = !desks.some((other) => other.state === "open");
  const theirs = situation === "theirs";
  const pressable = (row) => ({ ...row, cannot: row.gone || theirs ? "true" : null });
  const rows = still.line(picture.line).map((row) => ({ ...pressable(row), ...mark(row, next, noDeskOpen) }));
  const undone = picture.can_undo?.step;
  return {
    ...picture,
    situation,
    theirs,
    visitor: theirs ? null : visitor,
    main,
    main_key: KEYS[main],
    nothing_to_press: situation === "empty" ? "true" : null,
    is_paused: desk.state === "paused",
    can_reopen: desk.state === "paused" && Boolean(visitor) && !theirs,
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
    ...leaving(theirs ? null : visitor, situation, next),
    upcoming: theirs ? null : next,
    why: { [next?.why]: true },
    undo: { [UNDOES[undone] ?? undone]: true },
    rows,
    held: still.held(picture.held).map((row) => ({ ...pressable(row), ...heldHow(row) })),
    missed: still.missed(picture.not_here).map(pressable),
    more: picture.waiting - picture.line.length,
    nobody_waits: picture.waiting === 0 && rows.length === 0,
    no_desk_open: noDeskOpen,
    warnings: picture.warnings.map((one) => pressed(one, situation)),
    lacking: noDeskOpen ? [] : picture.unserved,
    desks: desks.map(doing),
  };
}

// What becomes of my visitor when I am done with them.
export function leaving(visitor, situation, next) {
  const sends_on = visitor?.to_come[0]?.service_name ?? null;
  const calls = situation === "serving" && next !== null;
  return {
    sends_on,
    finishes_and_calls: calls && !sends_on,
    sends_on_and_calls: calls && Boolean(sends_on),
    had: visitor?.delivered.join(", "),
    afterwards: visitor?.to_come.map((leg) => leg.service_name).join(", "),
  };
}

// Of the marks that say whose a row is, the most telling.
function mark(row, next, noDeskOpen) {
  if (row.gone) return { needs: [] };
  const is_next = row.id === next?.id;
  const is_lacking = !is_next && !noDeskOpen && Boolean(row.unserved);
  const kept = row.kept_for && !is_next;
  return {
    is_next,
    is_lacking,
    is_kept: kept && !row.mine,
    is_kept_for_you: kept && row.mine,
    is_others: !row.mine && !is_lacking && !kept,
  };
}

// Whether a warning has a button now. An answer is shown before the next picture: the desk may have somebody already.
function pressed(warning, situation) {
  const opens = warning.opens && (situation === "paused" || situation === "closed");
  return { ...warning, opens, calls: Boolean(warning.visit) && situation === "free" };
}

function heldHow({ room_name, kept_for, mine }) {
  return { how: Boolean(room_name || kept_for), theirs: Boolean(kept_for) && !mine };
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

// What a dialog says of whom it is about, besides what is known of them, and where they can be sent.
export function subject(visit, picture) {
  const others = picture.desks.filter((desk) => desk.person && desk.key !== picture.desk.key);
  return {
    ...leaving(visit, null, null),
    about: visit,
    shut: Object.fromEntries(picture.closed.map((service) => [service, true])),
    to_desks: picture.desks.map((desk) => ({ to: `desk:${desk.key}`, name: named(desk) })),
    to_people: others.map((desk) => ({ to: desk.person, name: desk.person_name })),
  };
}

// What stands in a dialog's fields at first.
export function known(visit) {
  const { language, remark, note, party, service } = visit;
  const needs = visit.needs.map((need) => need.key);
  const to_come = visit.to_come.filter((leg) => !leg.kept_for).map((leg) => leg.service);
  return { language, remark, note, party, needs, to_come, delivered: [service], service: visit.offers[0]?.service };
}

const named = ({ name, person_name }) => (person_name ? `${name} – ${person_name}` : name);
