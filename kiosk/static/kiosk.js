// The kiosk: which screen when. A *showing* is one person's look at the list, from the start until a ticket or a refusal:
// it gives one ticket however often and whatever is pressed, also when the answer was lost on the way and asked for again.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import "./strikes.js";
import { watch } from "./idle.js";
import * as reading from "./reading.js";
import { screens } from "./screens.js";
import { ticketScreen } from "./ticket.js";

const AT_REST = ["joining", "start", "closed", "lost"];
const SLOW = 300; // ms without an answer before the screen says that it is working

const root = document.documentElement;
const page = document.querySelector("[data-kiosk]");
const dialogs = Object.fromEntries([...document.querySelectorAll("[data-dialog]")].map((one) => [one.dataset.dialog, one]));
const strip = { back: page.querySelector("[data-back]"), restart: page.querySelector("[data-restart]") };

let picture = null;
let showing = fresh();
let wanted = null; // the service last asked for
let asking = false;
let unanswered = false;
let alone = null;

const screen = screens(page, (name) => {
  strip.back.toggleAttribute("data-away", !page.querySelector(`[data-screen="${name}"]`).dataset.under);
  strip.restart.toggleAttribute("data-away", AT_REST.includes(name) || name === "ticket");
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
  for (const list of page.querySelectorAll('[data-screen="start"], [data-screen="closed"], [data-under]')) fill(list, picture);
  const here = screen.current;
  if (["joining", "lost", "closed"].includes(here) || (!picture.open && (here === "start" || screen.under))) home();
}

new MutationObserver(() => {
  if (root.dataset.server === "lost" && screen.current !== "ticket") screen.show("lost");
}).observe(root, { attributeFilter: ["data-server"] });

// To the list, or to what stands in its place.
function home() {
  if (!unanswered) showing = fresh();
  if (root.dataset.server === "lost") screen.show("lost");
  else screen.show(!picture ? "joining" : picture.open ? "start" : "closed");
}

// The next person begins.
function leave() {
  unanswered = false;
  last.clear();
  reading.reset();
  for (const dialog of Object.values(dialogs)) if (dialog.open) dialog.close();
  home();
}

async function take(service) {
  if (asking) return;
  asking = true;
  wanted = service;
  const slow = setTimeout(() => screen.show("asking"), SLOW);
  const answer = await kiosk.ask("issue", { service, showing });
  clearTimeout(slow);
  asking = false;
  unanswered = Boolean(answer.lost);
  if (answer.ok) {
    last.give(answer.ticket);
    screen.show("ticket");
  } else if (answer.lost) screen.show(root.dataset.server === "lost" ? "lost" : "late");
  else refuse(answer.message);
}

function refuse(sentence) {
  fill(screen.get("refused"), { sentence });
  screen.show("refused");
}

const presses = {
  service: ({ service, closed }) => (closed ? refuse(closed) : take(service)),
  open: ({ open }) => screen.show(open),
  back: () => screen.show(screen.under),
  restart: home,
  again: home,
  retry: () => take(wanted),
  done: leave,
  longer: last.longer,
  help: () => dialogs.help.showModal(),
};

page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const press = button && Object.keys(presses).find((name) => name in button.dataset);
  if (press) presses[press](button.dataset);
});

function fresh() {
  const bits = crypto.getRandomValues(new Uint32Array(4)); // not randomUUID, which plain HTTP on a council's network lacks
  return [...bits].map((part) => part.toString(16).padStart(8, "0")).join("");
}
