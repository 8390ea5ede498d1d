// The kiosk: which screen when. A *showing* is one person's look at the screens, from the start until a ticket or a refusal:
// it gives one ticket however often and whatever is pressed, also when the answer was lost on the way and asked for again.
// What somebody has `said` on the way is gone as soon as the screen is anybody's again.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import "./strikes.js";
import { watch } from "./idle.js";
import { keys } from "./keys.js";
import * as reading from "./reading.js";
import { onScan } from "./scanner.js";
import { screens } from "./screens.js";
import { ticketScreen } from "./ticket.js";

const AT_REST = ["joining", "start", "closed", "locked", "lost"];
const SLOW = 300; // ms without an answer before the screen says that it is working
const TRY_AGAIN = ["appointment_not_found", "appointment_other_day"];
// Questions before the number, in turn: which are for this person.
const QUESTIONS = {
  party: () => "service" in said,
  needs: () => true,
  language: () => said.needs?.some((need) => page.querySelector(`[data-need="${need}"][data-asks-language]`)),
};

const root = document.documentElement;
const page = document.querySelector("[data-kiosk]");
const dialogs = Object.fromEntries([...document.querySelectorAll("[data-dialog]")].map((one) => [one.dataset.dialog, one]));
const strip = { back: page.querySelector("[data-back]"), restart: page.querySelector("[data-restart]") };
const ticks = [...page.querySelectorAll("[data-need]")];

let picture = null;
let showing = fresh();
let said = {}; // service, or reference, or postcode and initial; party, needs, language
let typedOn = "appointment"; // where an appointment that was not found is tried again
let nothing = false; // "go on" was touched with nothing typed
let wanted = null; // what was last asked for
let asking = false;
let unanswered = false;
let alone = null;

const screen = screens(page, (name) => {
  strip.back.toggleAttribute("data-away", !page.querySelector(`[data-screen="${name}"]`).dataset.under);
  strip.restart.toggleAttribute("data-away", AT_REST.includes(name) || name === "ticket");
  if (AT_REST.includes(name) || name === "ticket") forget();
  alone?.again();
});

alone = watch({
  dialog: dialogs["still-there"],
  idleSeconds: Number(page.dataset.idleSeconds),
  warningSeconds: Number(page.dataset.warningSeconds),
  somebody: () => screen.current !== "ticket" && (!AT_REST.includes(screen.current) || unanswered || reading.changed() || dialogs.help.open),
  leave,
});

const last = ticketScreen(screen.get("ticket"), {
  seconds: Number(page.dataset.ticketSeconds),
  shown: (ticket) => kiosk.ask("shown", { visit: ticket.id }),
  done: leave,
});

const kiosk = connect("/kiosk", { picture: "kiosk", onPicture, on: { slip: last.slip } });

function onPicture(news) {
  picture = { ...news, service: Object.fromEntries(news.services.map((one) => [one.key, one])) };
  draw();
  const here = screen.current;
  if (asking || here === "ticket") return;
  if (picture.locked) dialogs["still-there"].close();
  if (picture.locked || AT_REST.includes(here) || (!picture.open && screen.under)) home();
}

function draw() {
  const nobody = !picture?.staffed || picture.service[said.service]?.away;
  const chosen = ticks.some(isPressed);
  for (const one of page.querySelectorAll('[data-screen="start"], [data-screen="closed"], [data-screen="locked"], [data-under]'))
    fill(one, { ...picture, nobody, chosen, nothing });
}

new MutationObserver(() => {
  if (root.dataset.server === "lost" && screen.current !== "ticket") screen.show("lost");
}).observe(root, { attributeFilter: ["data-server"] });

// To the list, or to what stands in its place.
function home() {
  if (!unanswered) showing = fresh();
  if (root.dataset.server === "lost") screen.show("lost");
  else screen.show(!picture ? "joining" : picture.locked ? "locked" : picture.open ? "start" : "closed");
}

// The next person begins.
function leave() {
  unanswered = false;
  wanted = null;
  last.clear();
  reading.reset();
  for (const dialog of Object.values(dialogs)) if (dialog.open) dialog.close();
  home();
}

function forget() {
  said = {};
  typedOn = "appointment";
  nothing = false;
  for (const field of page.querySelectorAll("input")) field.value = "";
  for (const tick of ticks) press(tick, false);
  if (picture) draw();
}

// What they have come for; whatever else they have said stays said when an appointment is tried again.
function begin({ service, ...appointment }) {
  const { needs, language } = said;
  said = service ? { service } : appointment;
  if (needs) said.needs = needs;
  if (language !== undefined) said.language = language;
  goOn();
}

// The next question that is open, else the number.
function goOn() {
  const open = Object.keys(QUESTIONS).find((name) => screen.get(name) && !(name in said) && QUESTIONS[name]());
  if (!open) {
    wanted = ["service" in said ? "issue" : "check_in", said];
    take();
    return;
  }
  if (open !== screen.current) screen.get(open).dataset.under = screen.current;
  draw();
  screen.show(open);
}

async function take() {
  if (asking) return;
  asking = true;
  const [question, answers] = wanted;
  const slow = setTimeout(() => screen.show("asking"), SLOW);
  const answer = await kiosk.ask(question, { ...answers, showing });
  clearTimeout(slow);
  asking = false;
  unanswered = Boolean(answer.lost);
  if (!unanswered) wanted = null;
  if (answer.ok) {
    last.give(answer.ticket);
    screen.show("ticket");
  } else if (answer.lost) screen.show(root.dataset.server === "lost" ? "lost" : "late");
  else refuse(question, answer);
}

function refuse(question, { message, reason }) {
  showing = fresh();
  if (picture.locked || reason === "kiosk_locked") {
    home();
    return;
  }
  const name = question === "check_in" ? "not-checked-in" : "refused";
  fill(screen.get(name), { sentence: message, retry: TRY_AGAIN.includes(reason) });
  screen.show(name);
}

const presses = {
  service: ({ service, closed }) => (closed ? refuse("issue", { message: closed }) : begin({ service })),
  open: ({ open }) => screen.show(open),
  initial: ({ initial }) => begin({ postcode: typed("postcode"), initial }),
  party: ({ party }) => answer("party", Number(party)),
  need: (_data, tick) => {
    press(tick, !isPressed(tick));
    draw();
  },
  saidNeeds: () => answer("needs", ticks.filter(isPressed).map((tick) => tick.dataset.need)),
  language: ({ language }) => answer("language", language),
  back,
  restart: home,
  again: home,
  tryAgain: () => screen.show(typedOn),
  retry: take,
  done: leave,
  longer: last.longer,
  help: () => dialogs.help.showModal(),
};

page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const name = button && Object.keys(presses).find((one) => one in button.dataset);
  if (name) presses[name](button.dataset, button);
});

page.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = event.target.dataset.typed;
  nothing = !typed(name).trim();
  draw();
  if (nothing) return;
  typedOn = name;
  if (name === "postcode") screen.show("initial");
  else begin({ reference: typed(name) });
});

page.addEventListener("input", () => {
  nothing = false;
  draw();
});

onScan((code) => {
  const open = Object.values(dialogs).some((dialog) => dialog.open);
  if (asking || open || !("codes" in screen.get(screen.current).dataset)) return;
  typedOn = "appointment";
  begin({ reference: code.slice(0, 500) });
});

keys(page);

function answer(question, what) {
  said[question] = what;
  goOn();
}

function back() {
  delete said[screen.under]; // it is open again
  screen.show(screen.under);
}

function typed(name) {
  return page.querySelector(`input[name="${name}"]`).value;
}

function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

function fresh() {
  const bits = crypto.getRandomValues(new Uint32Array(4)); // not randomUUID, which plain HTTP on a council's network lacks
  return [...bits].map((part) => part.toString(16).padStart(8, "0")).join("");
}
