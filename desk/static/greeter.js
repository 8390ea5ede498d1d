// The greeter's tablet: one part of the page at a time (beside the line, where there is room), forms that ask and keep what
// was typed until it is done, and the card of the visitor just dealt with, kept true by every picture.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { tick } from "/static/ticking.js";
import { needs, read, write } from "./about.js";
import { changed } from "./formed.js";
import { hold } from "./hold.js";
import { presses } from "./presses.js";
import { signOut } from "./sign-out.js";

const ONE_GO = 600; // ms within which two taps in one place were meant as one …
const ONE_PLACE = 40; // … px apart at most: by then another button may stand there
const OVER = ["completed", "left", "cancelled"];
const CARD = ["acknowledge", "reinstate", "leave", "take_back"]; // asked of the visitor on the card, or of a row's

const page = document.querySelector("[data-greeter]");
const paper = page.querySelector("[data-paper]");
const form = (name) => page.querySelector(`form[data-${name}]`);
const anyway = page.querySelector("[data-anyway]");
const still = hold(page.querySelector("[data-line]"), draw);
let picture = null;
let visitor = null; // on the card
let known = {}; // what its notes were when it was opened
let given = false; // its number was given just now
let kept = false;
let reprinted = null; // the name of the printer where its slip comes out again
let showing = random(); // of the form: one number, however often it is pressed
let early = null; // what was asked for somebody who came too early

const face = connect("/greeter", {
  picture: "greeter",
  onPicture(news) {
    picture = news;
    draw();
    look();
  },
});
const press = presses(face);
const refused = page.querySelector("[data-refusal] .flash");

function draw() {
  if (!picture) return;
  const rows = still(picture.line.map(line));
  const state = visitor && (OVER.includes(visitor.state) ? "over" : visitor.state);
  const open = state !== null && state !== "over";
  const untold = open && !visitor.told;
  fill(page, {
    ...picture,
    services: picture.services.map(service),
    rows,
    missed_count: picture.missed.length,
    beyond: Math.max(0, picture.waiting - picture.line.length),
    visitor,
    given: given && open,
    kept,
    untold,
    paper: open && (reprinted ?? (given && paper?.value ? paper.selectedOptions[0].textContent : null)),
    reprints: open,
    is_open: open,
    may_go: open && state !== "serving",
    is_done: !untold && state !== "no_show",
    ...Object.fromEntries(["waiting", "called", "serving", "held", "no_show", "over"].map((is) => [`is_${is}`, state === is])),
  });
  tick();
}

// One of the services: whether a tap gives a number, and what is said of the wait, else how many are ahead.
function service(one) {
  return { ...one, shut: !one.open, unserved: one.open && !one.served, counts: one.open && !one.expected };
}

// One who waits: whether somebody can help them at all, by when they were told to be called, and whether it is later now.
function line(row) {
  const told = !row.due_at && row.by_at;
  const queues = !row.due_at && !row.unserved;
  const moved = row.by_at && row.first_by_at && row.first_by_at !== row.by_at;
  return { ...row, queues, untold: !row.told, on_time: told && !row.later, moved };
}

// -- parts of the page ---------------------------------------------------------------------------------------------

function open(part, { focus = true } = {}) {
  refused.hidden = true;
  anyway.hidden = true;
  page.dataset.panel = part;
  for (const one of page.querySelectorAll("[data-part]:not([data-part='line'])")) one.hidden = one.dataset.part !== part;
  for (const button of page.querySelectorAll("nav [data-open]")) {
    button.toggleAttribute("aria-current", button.dataset.open === part);
  }
  window.scrollTo(0, 0);
  if (focus) page.querySelector(`[data-part='${part}'] h2`).focus();
}

// `isNew`: the number was given just now, and its form is done with.
function show(found, isNew = false) {
  visitor = found;
  given = isNew;
  kept = false;
  reprinted = null;
  write(form("note"), found);
  known = read(form("note"));
  for (const link of page.querySelectorAll("[data-with-number]")) {
    link.href = `${link.dataset.withNumber}?number=${encodeURIComponent(found.number)}`;
  }
  draw();
  open("card");
}

// The visitor on the card, as they are now; what somebody is writing about them stays.
async function look() {
  if (!visitor || page.dataset.panel !== "card") return;
  const asked = visitor.id;
  const answer = await face.ask("find", { visit: asked });
  if (!answer.ok || visitor?.id !== asked) return;
  visitor = answer.visitor;
  draw();
}

// -- questions -----------------------------------------------------------------------------------------------------

async function greet(service) {
  const answer = await press("greet", { ...read(form("greet")), service, showing, printer: paper?.value || null });
  if (!answer || answer.lost) return;
  showing = random();
  if (!answer.ok) return;
  clear(form("greet"));
  show(answer.visitor, true);
}

async function checkIn(asked, from) {
  const answer = await press("check_in", { ...asked, printer: paper?.value || null });
  if (!answer) return;
  early = { asked, from };
  anyway.hidden = answer.reason !== "appointment_early";
  if (!answer.ok) return;
  from?.reset();
  show(answer.visitor, true);
}

async function ask(question, data) {
  const answer = await press(question, data);
  if (answer?.ok && visitor?.id === answer.visitor.id) {
    visitor = answer.visitor;
    draw();
  }
  return answer;
}

// Where this tablet's slips come out, else at the first printer.
async function reprint() {
  const where = paper.value ? paper.selectedOptions[0] : paper.options[1];
  const answer = await press("reprint", { visit: visitor.id, printer: where.value });
  if (!answer?.ok || visitor?.id !== answer.visitor.id) return;
  reprinted = where.textContent;
  draw();
}

let tapped = { at: -Infinity, x: 0, y: 0 };

function isSecondTap({ detail, timeStamp, clientX, clientY }) {
  if (detail === 0) return false; // a key
  const last = tapped;
  tapped = { at: timeStamp, x: clientX, y: clientY };
  return timeStamp - last.at < ONE_GO && Math.hypot(clientX - last.x, clientY - last.y) < ONE_PLACE;
}

function random() {
  const bits = crypto.getRandomValues(new Uint32Array(4)); // not randomUUID, which plain HTTP on a council's network lacks
  return bits.join("-");
}

function clear(cleared) {
  cleared.reset();
  needs(cleared);
  for (const details of cleared.querySelectorAll("details")) details.open = false;
}

page.addEventListener("submit", async (event) => {
  event.preventDefault();
  const sent = event.target;
  const values = Object.fromEntries(new FormData(sent));
  if (sent.matches("[data-check-in]")) checkIn(values, sent);
  else if (sent.matches("[data-find]")) {
    const answer = await press("find", values);
    if (!answer?.ok) return;
    sent.reset();
    show(answer.visitor);
  } else if (sent.matches("[data-note]")) {
    const answer = await ask("note", { visit: visitor.id, ...changed(read(sent), known) });
    if (answer?.ok) known = read(sent);
    kept = Boolean(answer?.ok);
    draw();
  } else if (sent.matches("[data-cancel]")) ask("cancel", { visit: visitor.id, ...values });
});

page.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button || isSecondTap(event)) return;
  anyway.hidden = true;
  const { ask: question, visit, appointment } = button.dataset;
  if (button.name === "service") {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === null) greet(button.value);
  } else if (button.dataset.open) open(button.dataset.open);
  else if (appointment) checkIn({ appointment });
  else if (button === anyway) checkIn({ ...early.asked, anyway: true }, early.from);
  else if ("reprint" in button.dataset) reprint();
  else if (CARD.includes(question)) ask(question, { visit: visit ?? visitor.id });
  else if (visit) {
    const answer = await press("find", { visit });
    if (answer?.ok) show(answer.visitor);
  }
});

page.addEventListener("input", (event) => {
  kept = false;
  if (event.target.form) needs(event.target.form);
  draw();
});

// Which printer is near is the tablet's own matter.
if (paper) {
  paper.value = localStorage.getItem("paper") ?? "";
  if (paper.selectedIndex < 0) paper.value = "";
  paper.addEventListener("change", () => localStorage.setItem("paper", paper.value));
}
open("greet", { focus: false });
signOut();
