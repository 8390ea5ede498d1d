// The working screen of one desk: shows the last picture, and turns presses and keys into questions. What a picture means
// for the screen is view.js's, what a question may do the server's.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { tick } from "/static/ticking.js";
import { atWork } from "./at-work.js";
import { dialogs } from "./dialogs.js";
import { feedbackDialog } from "./feedback.js";
import { finishing } from "./finish.js";
import { help } from "./help.js";
import { hold } from "./hold.js";
import { keys } from "./keys.js";
import { counts, presses } from "./presses.js";
import { shortcuts } from "./shortcuts.js";
import { signOut } from "./sign-out.js";
import { signedOut } from "./signed-out.js";
import { askBeforeTakingOver } from "./take-over.js";
import { known, subject, view } from "./view.js";

const LEAVING = ["call_next", "call", "walk_in"]; // say whom the screen shows, so that nobody else is finished
const MINE = ["recall", "start", "not_here", "return_to_line"]; // steps of my visitor
const FIRST_ASKED = ["hold", "transfer", "note", "cancel"]; // what a dialog asks about my visitor
const AT_DESK = ["called", "serving"];

const page = document.querySelector("[data-desk]");
const still = {
  line: hold(page.querySelector("[data-line]"), draw),
  held: hold(page.querySelector("[data-held]"), draw),
  missed: hold(page.querySelector("[data-missed]"), draw),
};
const call = page.querySelector("form[data-call-number]");
let picture = null;
let drawn = null; // the last one shown
let said = {}; // what the last answer said besides its visit, until the next press: a number given, a promise made

const out = signedOut();
const face = connect("/desk", {
  picture: "desk",
  auth: { desk: page.dataset.desk },
  onRefused: out.onRefused,
  onPicture(news) {
    picture = news;
    if (!press.pending()) draw(); // else it would show what cannot be pressed yet
  },
});
face.socket.on("connect", out.back);
const press = presses(face, () => drawn !== picture && draw());
const people = [atWork(press), help(press)];
const [showKeys, showMine] = [shortcuts(), keys(press)];
const dialog = dialogs(ask);

function draw() {
  if (!picture) return;
  drawn = picture;
  const shown = view(picture, still);
  fill(page, { ...shown, given: null, promised: null, slip: null, noted: null, ...said });
  for (const button of page.querySelectorAll("[data-fits]")) {
    const fits = button.dataset.fits.split(" ").includes(shown.situation);
    button.setAttribute("aria-disabled", String(!fits));
  }
  for (const twin of page.querySelectorAll("[data-twin]")) twin.dataset.isMain = twin.dataset.twin === shown.main;
  const undo = page.querySelector("[data-press='undo']");
  undo.setAttribute("aria-disabled", String(shown.theirs || !picture.can_undo));
  for (const show of people) show(picture);
  showKeys(picture.preferences);
  showMine(picture.preferences);
  tick();
}

async function ask(question, data = {}) {
  if (!picture) return null;
  const { visitor } = picture;
  said = {};
  draw();
  const asked = {
    ...(LEAVING.includes(question) && { leaving: visitor?.id ?? null }),
    ...(MINE.includes(question) && { visit: visitor?.id ?? "" }),
    ...data,
  };
  const answer = await press(question, asked);
  if (question === "call" && answer?.reason === "reason_needed") askWhyNow(data);
  if (!answer?.ok) return answer;
  show(answer, asked);
  if (document.activeElement !== call.elements.number) call.reset();
  return answer;
}

// What the answer says is shown at once; the next picture says the same.
function show({ visit, ahead, promised, slip_at, noted }, asked) {
  if (promised) said = { promised: { ...promised, what: asked.promise.what.replace(/[.\s]+$/, "") } };
  if (noted) said = { noted };
  if (visit === undefined) return draw();
  if (AT_DESK.includes(visit?.state) && visit.desk === page.dataset.desk) picture = { ...picture, visitor: visit };
  else if (visit === null || [visit.id, asked.visit].includes(picture.visitor?.id)) picture = { ...picture, visitor: null };
  if (slip_at) said = { slip: { number: visit.number, at: slip_at } };
  if (visit?.state === "waiting" && ahead !== undefined) said = { given: { number: visit.number, ahead } };
  draw();
}

function open(question, visit, more) {
  dialog.open(question, visit, { known: known(visit), carried: { visit: visit.id }, ...subject(visit, picture), ...more });
}

function finish(visit) {
  const { and_next } = picture.preferences;
  open("finish", visit, { carried: { visit: visit.id, and_next }, calls_next: and_next });
}

// What whoever is at the desk, or somebody without a visit, says of how it went.
function tellOf({ id = null, number = null } = {}) {
  const showing = crypto.getRandomValues(new Uint32Array(4)).join("-"); // of the dialog: noted once
  dialog.open("give_feedback", { id, number }, { carried: { showing, ...(id && { visit: id }) } });
}

// Somebody who is not next is called only with a reason.
function askWhyNow(asked) {
  call.elements.number.blur(); // a dialog gives the focus back, and keys are for steps again
  const waiting = picture.line.find((row) => row.id === asked.visit);
  dialog.open("call", waiting ?? { id: null, number: asked.number?.toUpperCase() }, { carried: asked });
}

// Everything else that can be done with somebody who is not at my desk.
async function lookAt(id) {
  const answer = await press("look_at", { visit: id });
  if (answer?.ok) open("look_at", answer.visit);
}

async function pressed(button) {
  const { press: question, visit, appointment } = button.dataset;
  if (button.getAttribute("aria-disabled") === "true") return;
  if (question === "take_over") {
    const desk = { ...picture.desk };
    if (await askBeforeTakingOver(desk)) ask("sit", { desk: desk.key, take_over: true });
    return;
  }
  if (question === "finish") return finish(picture.visitor);
  if (FIRST_ASKED.includes(question)) return open(question, picture.visitor);
  if (question === "walk_in") return dialog.open("walk_in", { id: null }, { at_desk: picture.visitor });
  if (question === "give_feedback") return tellOf(picture.visitor ?? {});
  if (question === "look_at") return lookAt(visit);
  const mine = picture?.desk.seat === "mine";
  const nobody = "leavesNobody" in button.dataset && { leaving: null }; // else nothing is done: it finishes nobody
  const asked = { ...(visit && { visit }), ...(appointment && { appointment }), ...nobody };
  const answer = question === "close" && !mine ? { ok: true } : await ask(question, asked);
  if (question === "close" && answer?.ok) location.assign(page.dataset.desks);
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("[data-press]");
  if (button && counts(event)) pressed(button);
});

call.addEventListener("submit", async (event) => {
  event.preventDefault();
  const answer = await ask("call", { number: call.elements.number.value });
  if (!answer?.ok) return;
  call.reset();
  call.elements.number.blur();
});

for (const question of ["note", "transfer", "hold", "cancel", "plan", "reprint"]) dialog.then(question, (visit) => open(question, visit));
for (const question of ["call", "leave", "flag_times"]) dialog.then(question, ({ id }) => ask(question, { visit: id }));

feedbackDialog(dialog.dialog("give_feedback"));
const declined = new Set(); // offers that my visitor did not want
finishing(dialog.dialog("finish"), {
  when: (data) => face.ask("by_when", data),
  async offer({ id }, service, wanted) {
    const answer = await ask("offer", { visit: id, service, wanted });
    if (!answer?.ok) return;
    if (!wanted) declined.add(`${id} ${service}`);
    const offers = answer.visit.offers.filter((other) => !declined.has(`${id} ${other.service}`));
    fill(dialog.dialog("finish"), { ...answer.visit, ...subject(answer.visit, picture), offers });
  },
});
signOut(() => ask("close"));
