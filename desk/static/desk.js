// The working screen of one desk: shows the last picture, and turns presses and keys into questions. What a picture means
// for the screen is view.js's, what a question may do the server's.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { tick } from "/static/ticking.js";
import { hold } from "./hold.js";
import { counts, presses } from "./presses.js";
import { shortcuts } from "./shortcuts.js";
import { signOut } from "./sign-out.js";
import { askBeforeTakingOver } from "./take-over.js";
import { view } from "./view.js";
import { walkIn } from "./walk-in.js";

const LEAVING = ["call_next", "call", "walk_in"]; // say whom the screen shows, so that nobody else is finished
const MINE = ["recall", "start", "not_here", "finish", "return_to_line", "cancel"]; // steps of my visitor
const AT_DESK = ["called", "serving"];

const page = document.querySelector("[data-desk]");
const still = {
  line: hold(page.querySelector("[data-line]"), draw),
  missed: hold(page.querySelector("[data-missed]"), draw),
};
const call = page.querySelector("form[data-call-number]");
let picture = null;
let given = null; // the number just given to a walk-in, until the next press

const face = connect("/desk", {
  picture: "desk",
  auth: { desk: page.dataset.desk },
  onPicture(news) {
    picture = news;
    draw();
  },
});
const press = presses(face);

function draw() {
  if (!picture) return;
  const shown = view(picture, still);
  fill(page, { ...shown, given });
  for (const button of page.querySelectorAll("[data-fits]")) {
    const fits = button.dataset.fits.split(" ").includes(shown.situation);
    button.setAttribute("aria-disabled", String(!fits));
  }
  for (const twin of page.querySelectorAll("[data-twin]")) twin.dataset.isMain = twin.dataset.twin === shown.main;
  const undo = page.querySelector("[data-press='undo']");
  undo.setAttribute("aria-disabled", String(shown.theirs || !picture.can_undo));
  tick();
}

async function ask(question, data = {}) {
  if (!picture) return null;
  const { visitor } = picture;
  given = null;
  draw();
  const answer = await press(question, {
    ...(LEAVING.includes(question) && { leaving: visitor?.id ?? null }),
    ...(MINE.includes(question) && { visit: visitor?.id ?? "" }),
    ...data,
  });
  if (!answer?.ok) return answer;
  show(answer);
  if (document.activeElement !== call.elements.number) call.reset();
  return answer;
}

// What the answer says is shown at once; the next picture says the same.
function show({ visit, ahead }) {
  if (visit === undefined) return;
  if (AT_DESK.includes(visit?.state)) picture = { ...picture, visitor: visit };
  else if (visit === null || visit.id === picture.visitor?.id) picture = { ...picture, visitor: null };
  if (visit?.state === "waiting" && ahead !== undefined) given = { number: visit.number, ahead };
  draw();
}

async function pressed(button) {
  const { press: question, visit } = button.dataset;
  if (button.getAttribute("aria-disabled") === "true") return;
  if (question === "take_over") {
    const desk = { ...picture.desk };
    if (await askBeforeTakingOver(desk)) ask("sit", { desk: desk.key, take_over: true });
    return;
  }
  const mine = picture?.desk.seat === "mine";
  const answer = question === "close" && !mine ? { ok: true } : await ask(question, visit ? { visit } : {});
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

walkIn(page, (asked) => ask("walk_in", asked));
shortcuts();
signOut(() => ask("close"));
