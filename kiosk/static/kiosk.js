// The kiosk: which screen when. Each thing it does stands in a file of its own; here they meet.
//
// On every change of screen the document hears an event "screen" ({detail: name}), and "turned" when a page of choices is
// turned over.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import "./strikes.js";
import { carried, carry } from "./carry.js";
import { feedbackScreens } from "./feedback.js";
import { watch } from "./idle.js";
import { keypad } from "./keypad.js";
import { keys } from "./keys.js";
import { listen } from "./listen.js";
import { pager } from "./pages.js";
import { questions } from "./questions.js";
import * as reading from "./reading.js";
import { reads } from "./reads.js";
import { onScan } from "./scanner.js";
import { screens } from "./screens.js";
import { showings } from "./showing.js";
import { ticketScreen } from "./ticket.js";

const AT_REST = ["joining", "reads", "start", "closed", "locked", "lost"];
const FOR_NOBODY = ["joining", "closed", "locked", "lost"]; // left as soon as a picture says that there is more to show
const TYPED_BEFORE = ["needs", "language", "initial", "asking", "late", "refused", "not-checked-in"];
const IN_HAND = ["ticket", "feedback-thanks"]; // holds what somebody takes with them
const TRY_AGAIN = ["appointment_not_found", "appointment_other_day"];

const root = document.documentElement;
const page = document.querySelector("[data-kiosk]");
const dialogs = Object.fromEntries([...document.querySelectorAll("[data-dialog]")].map((one) => [one.dataset.dialog, one]));
const openDialog = () => Object.values(dialogs).find((dialog) => dialog.open);
const strip = Object.fromEntries(["back", "restart", "reads"].map((name) => [name, page.querySelector(`[data-${name}]`)]));
const pages = pager(document.querySelector("template[data-more]"));

let picture = null;
let typedOn = "appointment"; // where an appointment that was not found is tried again
let nothing = false; // "go on" was touched with nothing typed
let told = null; // what became of a signpost's slip
let alone = null;

const screen = screens(page, (name) => {
  strip.back.toggleAttribute("data-away", !screen?.under);
  strip.restart.toggleAttribute("data-away", AT_REST.includes(name) || name === "ticket");
  strip.reads?.toggleAttribute("data-away", ["joining", "reads", "lost", ...IN_HAND].includes(name));
  if (name === "ticket" || (AT_REST.includes(name) && !(name === "reads" && screen?.under))) forget();
  fit({ anew: true });
  alone?.again();
});

const asked = questions({
  page,
  screen,
  draw,
  ready: (answers) =>
    showing.take("service" in answers ? "issue" : "check_in", { ...answers, larger: reading.isOn("larger") }),
});

const language = reads(page, { screen, was });

const showing = showings({
  ask: (name, answers) => kiosk.ask(name, answers),
  slow: () => screen.show("asking"),
  given(ticket) {
    last.give(ticket);
    screen.show("ticket");
  },
  lost: () => screen.show(root.dataset.server === "lost" ? "lost" : "late"),
  refused: refuse,
});

alone = watch({
  dialog: dialogs["still-there"],
  idleSeconds: Number(page.dataset.idleSeconds),
  warningSeconds: Number(page.dataset.warningSeconds),
  somebody,
  busy: () => listening.speaking,
  leave,
});

const last = ticketScreen(screen.get("ticket"), {
  seconds: Number(page.dataset.ticketSeconds),
  busy: () => listening.speaking,
  ask: (name, said) => kiosk.ask(name, said),
  drawn: () => fit(),
  told: () => fit({ anew: true }),
  done: leave,
});

const listening = listen(page, {
  tell: (on) => kiosk.ask("speaking", { on }),
  quiet() {
    alone.again();
    if (screen.current === "ticket") last.longer();
  },
});

const feedback = feedbackScreens({ screen, ask: (name, said) => kiosk.ask(name, said) });

const kiosk = connect("/kiosk", { picture: "kiosk", onPicture, on: { slip: last.slip } });

function onPicture(news) {
  const first = !picture;
  picture = { ...news, service: Object.fromEntries(news.services.map((one) => [one.key, { ...one, counts: one.open && !one.expected }])) };
  draw();
  const here = screen.current;
  if (showing.asking || feedback.asking || IN_HAND.includes(here)) return;
  if (picture.locked) dialogs["still-there"].close();
  if (first && picture.open && !picture.locked && language.resume()) return;
  const shut = !picture.open && !isTelling(here) && (screen.under || AT_REST.includes(here));
  if (picture.locked || shut || FOR_NOBODY.includes(here)) home();
}

function draw() {
  const nobody = !picture?.staffed || picture.service[asked.service]?.away;
  for (const one of page.querySelectorAll("[data-drawn], [data-under]"))
    fill(one, { ...picture, nobody, chosen: asked.chosen, nothing, told, sentences: sentences(picture?.notice) });
  fit();
}

// How it went can be told where nobody gets a number any more.
function isTelling(name) {
  return name.startsWith("feedback");
}

function sentences(text) {
  return (text ?? "").match(/[^.!?]+[.!?]*\s*/g)?.map((words, key) => ({ key, words })) ?? [];
}

function fit(how) {
  if (screen) pages.fit(screen.get(screen.current), how);
}

// Whether there is anybody who would have to leave.
function somebody() {
  if (screen.current === "ticket") return false;
  const elsewhere = language.changed && root.dataset.server !== "lost";
  const resting = AT_REST.includes(screen.current) && !screen.under;
  return !resting || showing.unanswered || reading.changed() || listening.on || elsewhere || dialogs.help.open;
}

// To the first question, or to what stands in its place.
function home() {
  showing.fresh();
  delete screen.get("reads")?.dataset.under;
  const first = screen.get("reads") && page.dataset.asksLanguage ? "reads" : "start";
  if (root.dataset.server === "lost") screen.show("lost");
  else screen.show(!picture ? "joining" : picture.locked ? "locked" : picture.open ? first : "closed");
}

// The next person begins.
function leave() {
  showing.end();
  last.clear();
  reading.reset();
  listening.end();
  root.removeAttribute("data-keypad");
  openDialog()?.close();
  home();
  language.first();
}

function forget() {
  asked?.forget();
  feedback?.forget();
  typedOn = "appointment";
  nothing = false;
  forgetKeys();
  for (const field of page.querySelectorAll("input")) field.value = "";
  if (picture) draw();
}

// Where the page in another language begins. What was typed does not come along.
function was() {
  const here = screen.current === "reads" ? (screen.under ?? "start") : screen.current;
  if (TYPED_BEFORE.includes(here) && !asked.service) return "start";
  if (isTelling(here)) return feedback.isSent ? "start" : here;
  return ["asking", "late", "refused"].includes(here) || FOR_NOBODY.includes(here) ? "start" : here;
}

function refuse(question, { message, reason }) {
  if (picture.locked || reason === "kiosk_locked") {
    home();
    return;
  }
  const name = question === "check_in" ? "not-checked-in" : "refused";
  fill(screen.get(name), { sentence: message, retry: TRY_AGAIN.includes(reason) });
  screen.show(name);
}

function chooseLanguage({ readsIn }) {
  if (!language.choose(readsIn)) screen.show(screen.under ?? "start");
}

const presses = {
  service: ({ service, closed }) => (closed ? refuse("issue", { message: closed }) : asked.begin({ service })),
  open({ open }) {
    told = null;
    draw();
    screen.show(open);
  },
  async signpost({ signpost }) {
    const answer = await kiosk.ask("signpost", { signpost, showing: showing.id });
    told = answer.sentence ?? answer.message;
    draw();
  },
  offered: () => asked.answer("offer", true),
  online({ online }) {
    kiosk.ask("online", { service: online, taken: true });
    screen.show(`online-${online}`);
  },
  initial: ({ initial }) => asked.begin({ postcode: typed("postcode"), initial }),
  party: ({ party }) => asked.answer("party", Number(party)),
  need: (_data, tick) => asked.tick(tick),
  saidNeeds: () => asked.answer("needs", asked.ticked()),
  language: ({ language: key }) => asked.answer("language", key),
  back: () => asked.back(),
  restart: home,
  again: home,
  tryAgain: () => screen.show(typedOn),
  retry: () => showing.retry(),
  feedbackKind: ({ feedbackKind }) => feedback.kind(feedbackKind),
  feedbackTheme: ({ feedbackTheme }) => feedback.theme(feedbackTheme),
  feedbackAgain: () => feedback.again(),
  done: leave,
  longer: last.longer,
  came: ({ came }) => last.came(came === "yes"),
  printAgain: last.printAgain,
  help: () => dialogs.help.showModal(),
  readsIn: chooseLanguage,
  reads() {
    screen.get("reads").dataset.under = screen.current;
    screen.show("reads");
  },
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
  else asked.begin({ reference: typed(name) });
});

page.addEventListener("input", () => {
  nothing = false;
  draw();
});

const forgetKeys = onScan((code) => {
  pad.drop();
  if (showing.asking || openDialog() || !("codes" in screen.get(screen.current).dataset)) return;
  typedOn = "appointment";
  asked.begin({ reference: code.slice(0, 500) });
});

new MutationObserver(() => {
  if (root.dataset.server === "lost" && !IN_HAND.includes(screen.current)) screen.show("lost");
}).observe(root, { attributeFilter: ["data-server"] });

document.addEventListener("screen", ({ detail: name }) => {
  const { shows } = screen.get(name).dataset;
  if (shows) kiosk.ask("online", { service: shows, taken: false });
});
for (const change of ["reading", "resize"]) addEventListener(change, () => fit({ anew: true }));
document.fonts.addEventListener("loadingdone", () => fit());

asked.keep(carried.said ?? {});
carry("said", () => asked.kept());
keys(page);
const pad = keypad(page, { keys: JSON.parse(page.dataset.keypad), dialog: openDialog });

function typed(name) {
  return page.querySelector(`input[name="${name}"]`).value;
}
