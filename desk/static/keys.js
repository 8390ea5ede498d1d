// The dialog in which somebody chooses their own key for each step; the page is asked which steps there are.

import { fill } from "/static/fill.js";
import { opening } from "./opening.js";
import { shownKeys } from "./shortcuts.js";

const ANYWHERE = "[data-help-bar]"; // its keys work in every dialog
const STILL = ["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock"]; // no answer to "which key?"

// `press(question, data)` asks (presses.js). Returns `show(preferences)`.
export function keys(press) {
  let mine = {};
  let asking = null; // the step whose new key is waited for
  const shown = opening("keys", () => {
    say("");
    draw();
  });
  const said = shown.querySelector("[data-said]");

  function say(sentence, values = {}) {
    said.textContent = sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function draw() {
    fill(shown, { scopes: scopes().map((scope) => ({ ...scope, steps: scope.steps.filter(({ step }) => step).map(row) })) });
  }

  function row({ step, name, usual, key }) {
    return { step, name, key: key.toUpperCase(), changed: key !== usual, asking: step === asking };
  }

  function ask(step) {
    asking = step;
    draw();
    if (step) say(shown.dataset.ask, stepNamed(step));
  }

  async function choose(step, key) {
    const { name, usual } = stepNamed(step);
    const other = holder(step, key);
    if (other) return say(shown.dataset.taken, { key: key.toUpperCase(), other: other.name });
    const { [step]: _, ...rest } = mine;
    const answer = await press("prefer", { name: "keys", value: key === usual ? rest : { ...rest, [step]: key } });
    say(answer?.ok ? shown.dataset.done : answer?.message ?? "", { key: key.toUpperCase(), name });
  }

  shown.addEventListener("click", (event) => {
    const { change } = event.target.closest("[data-change]")?.dataset ?? {};
    ask(change ?? null);
  });

  // Before anything else hears of it: Esc leaves the key as it is, not the dialog.
  addEventListener(
    "keydown",
    (event) => {
      if (!asking || STILL.includes(event.key)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const step = asking;
      ask(null);
      if (event.key === "Escape") say("");
      else if (isPlain(event)) choose(step, event.key.toLowerCase());
      else say(shown.dataset.unfit);
    },
    { capture: true },
  );
  shown.querySelector("[data-usual]").addEventListener("click", () => press("prefer", { name: "keys", value: {} }));

  return (preferences) => {
    mine = preferences.keys;
    if (shown.open) draw();
  };
}

// Which other step or choice, that can be pressed where `step` can be, has this key.
function holder(step, key) {
  const all = scopes();
  const where = all.filter(({ steps }) => steps.some((one) => one.step === step));
  const anywhere = all.filter((scope) => scope.anywhere);
  const met = where.some((scope) => scope.anywhere) ? all : [...where, ...anywhere];
  return met.flatMap(({ steps }) => steps).find((one) => one.key === key && one.step !== step);
}

function stepNamed(step) {
  return scopes().flatMap(({ steps }) => steps).find((one) => one.step === step);
}

// Where keys work, with the steps there, in the order of the page: [{key, name, anywhere, steps: [{step, name, usual, key}]}].
function scopes() {
  const found = new Map();
  const templates = [...document.querySelectorAll(`${ANYWHERE} template`)].map((template) => template.content);
  for (const where of [document, ...templates]) {
    for (const { kbd, ...key } of shownKeys(where)) {
      const place = kbd.closest("dialog") ?? document.body;
      const anywhere = where !== document || Boolean(kbd.closest(ANYWHERE));
      const scope = found.get(anywhere ? ANYWHERE : place) ?? { key: found.size, name: scopeName(anywhere ? null : place), anywhere, steps: [] };
      found.set(anywhere ? ANYWHERE : place, scope);
      if (key.step && scope.steps.some((other) => other.step === key.step)) continue;
      scope.steps.push({ ...key, name: nameOf(kbd) });
    }
  }
  return [...found.values()].filter(({ steps }) => steps.some(({ step }) => step));
}

function scopeName(place) {
  const { screen, anywhere } = document.querySelector("dialog[data-keys]").dataset;
  if (!place) return anywhere;
  return place === document.body ? screen : (place.dataset.keysName ?? place.querySelector("h2").textContent);
}

// What is written on a button or beside a field, without its key, mark and whatever changes.
function nameOf(kbd) {
  const named = kbd.closest("[data-step-name]");
  if (named) return named.dataset.stepName;
  const main = kbd.closest("[data-for]")?.querySelector(".main-word");
  const words = (main ?? kbd.closest("button, summary, label")).cloneNode(true);
  for (const other of words.querySelectorAll("kbd, svg, .quiet, .visually-hidden, [hidden]")) other.remove();
  return words.textContent.replace(/\s+/g, " ").trim();
}

// A key alone that means itself: a letter, a number, a sign.
function isPlain({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return [...key].length === 1 && key !== " " && !(ctrlKey || metaKey || altKey || shiftKey);
}
