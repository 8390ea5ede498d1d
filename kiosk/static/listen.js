// Listening: a complete way through the kiosk for somebody who does not see it. Begun by the strip's button, a keypad's key
// or a headset; every screen, control, error and the ticket is then said in the language that is shown. The kiosk is
// silent unless asked, and any key or touch silences it at once.
//
//   const listening = listen(page, {
//     tell: (speaking) => …,      the server, so that the board beside it waits
//     quiet: () => …,             it has said all: time is counted from here
//   });
//   listening.on, listening.speaking;   listening.end();      with each person
//
// What is said follows the focus: a screen's heading stands for the whole screen, a control for itself. What changes by
// itself is said where the page marks it: role=status, role=alert, aria-pressed. Sentences of its own: listening.html.

import { fill } from "/static/fill.js";
import { hush, keep, onSpeaking, rest, say, setVolume } from "/static/voice.js";
import { carried, carry } from "./carry.js";
import { controlsIn, isShown, wording } from "./listen-words.js";

const LOUDNESS = [0.08, 0.17, 0.35, 0.65, 1]; // of the five steps, each about twice as loud to the ear
const BREATH = 400; // ms without a voice before the board may speak again
const SETTLED = 1_000; // ms: a headset is several devices, one after another
const KEPT = ["lost", "late", "asking"]; // screens that must be said without a server
const LIVE = "[role=status], [role=alert]";

export function listen(page, { tell, quiet }) {
  const button = page.querySelector("[data-listen]");
  const own = document.querySelector("[data-listening]");
  if (!button || !own) return { on: false, speaking: false, end() {} };
  const words = wording(own.dataset.languages.split(" "));
  const first = Number(own.dataset.volume);
  const typed = new WeakMap(); // field -> what it held
  const told = new WeakMap(); // live region -> what it said last
  let on = false;
  let volume = first;
  let last = []; // what "again" says
  let dialog = null; // the one whose words have been said
  let speaking = false;
  let breath;

  const sentence = (name, values = {}) => words.phrase(Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), own.dataset[name]));
  const current = () => document.querySelector("dialog[open]") ?? page.querySelector("[data-screen]:not([hidden])");

  // -- saying ------------------------------------------------------------------------------------------------

  function instead(phrases) {
    hush();
    last = [];
    also(phrases);
  }

  function also(phrases) {
    if (!phrases.length) return;
    last = [...last, ...phrases];
    say(phrases);
  }

  function ofScreen(section) {
    for (const region of section.querySelectorAll(LIVE)) told.set(region, textOf(region));
    for (const field of section.querySelectorAll("input")) typed.set(field, field.value);
    const controls = controlsIn(section);
    const choices = controls.filter((one) => !one.closest("[role=group]") && !one.matches("input"));
    fill(own, { choices: choices.length });
    const count = choices.length ? [words.phrase(own.querySelector("[data-count]").textContent)] : [];
    return [...words.of(section), ...(controls.some((one) => one.matches("input")) ? [sentence("type")] : []), ...count];
  }

  function ofControl(control) {
    if (control.matches("input")) return [...words.named(control), ...words.about(control), ...ofValue(control.value)];
    const choices = [...(control.closest("[data-pages], .choices, .ticks")?.querySelectorAll("button") ?? [])].filter(isShown);
    const place = choices.length > 1 ? [sentence("place", { n: choices.indexOf(control) + 1, of: choices.length })] : [];
    return [...words.named(control), ...ofState(control), ...place];
  }

  function ofState(control) {
    const pressed = control.getAttribute("aria-pressed");
    if (pressed === null) return [];
    const [yes, no] = control.closest("nav") ? ["on", "off"] : ["chosen", "unchosen"];
    return [sentence(pressed === "true" ? yes : no)];
  }

  // One character a phrase: what somebody types is kept nowhere in one piece.
  function ofValue(value) {
    return value ? [sentence("typed"), ...[...value].map((one) => words.phrase(one))] : [sentence("empty")];
  }

  // -- what happens ------------------------------------------------------------------------------------------

  function focused({ target }) {
    if (!on) return;
    const within = target.closest("dialog");
    const opened = within && within !== dialog ? words.of(within) : [];
    dialog = within;
    if (target.matches(".heading")) instead(ofScreen(target.closest("[data-screen]")));
    else if (opened.length || controlsIn(current()).includes(target) || target.closest("nav")) instead([...opened, ...ofControl(target)]);
  }

  function wrote({ target }) {
    const before = typed.get(target) ?? "";
    typed.set(target, target.value);
    if (!on || target.value === before) return;
    const gone = target.value.length < before.length;
    instead(gone ? [sentence("deleted"), words.phrase(before.at(-1))] : [words.phrase(target.value.at(-1))]);
  }

  function changed(mutations) {
    if (!on) return;
    const elements = new Set(mutations.map(({ target }) => target.parentElement && target.nodeType === Node.TEXT_NODE ? target.parentElement : target));
    for (const { type, attributeName, target } of mutations)
      if (type === "attributes" && attributeName === "aria-pressed" && target === document.activeElement) instead(ofState(target));
    const regions = new Set([...elements].map((one) => one.closest?.(LIVE)).filter((one) => one && isShown(one)));
    for (const region of regions) {
      const text = textOf(region);
      if (told.get(region) === text) continue;
      told.set(region, text);
      if (region.matches("[role=alert]")) instead(words.of(region));
      else also(words.of(region));
    }
  }

  function textOf(region) {
    return isShown(region) ? words.of(region).map((one) => one.text).join(" ") : "";
  }

  const keys = {
    again: () => instead(last),
    louder: () => turn(volume + 1),
    softer: () => turn(volume - 1),
  };

  function turn(to) {
    volume = Math.min(LOUDNESS.length, Math.max(1, to));
    setVolume(LOUDNESS[volume - 1]);
    const before = last;
    instead([sentence("volumeWords", { n: volume, of: LOUDNESS.length })]);
    last = before;
  }

  // -- beginning and ending ----------------------------------------------------------------------------------

  function begin(phrases = []) {
    on = true;
    setVolume(LOUDNESS[volume - 1]);
    button.setAttribute("aria-pressed", "true");
    for (const name of KEPT) keep(keepable(name));
    const section = current();
    if (phrases.length) instead([...phrases, ...ofScreen(section)]);
  }

  function keepable(name) {
    const section = page.querySelector(`[data-screen="${name}"]`);
    return section ? [...words.of(section, { hidden: true }), ...[...section.querySelectorAll("button")].flatMap((one) => words.of(one, { hidden: true, controls: true }))] : [];
  }

  function end(phrases = []) {
    on = false;
    volume = first;
    last = [];
    dialog = null;
    button.setAttribute("aria-pressed", "false");
    hush();
    if (phrases.length) say(phrases).then(() => on || rest());
    else rest();
  }

  function start() {
    if (on) return;
    current().querySelector(".heading")?.focus(); // so that the next key leads to the first choice
    begin([sentence("begin")]);
  }

  for (const sign of ["keydown", "pointerdown"]) addEventListener(sign, () => on && hush(), { capture: true });
  page.ownerDocument.addEventListener("focusin", focused);
  page.ownerDocument.addEventListener("input", wrote);
  page.ownerDocument.addEventListener("keypad", ({ detail }) => on && keys[detail]?.());
  button.addEventListener("click", () => (on ? end([sentence("end")]) : start()));
  for (const one of document.querySelectorAll("dialog")) one.addEventListener("close", () => (dialog = null));
  new MutationObserver(changed).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["hidden", "aria-pressed"],
  });
  onHeadset(own, start);

  onSpeaking((now) => {
    clearTimeout(breath);
    breath = setTimeout(() => pass(now), now ? 0 : BREATH);
  });

  function pass(now) {
    const before = speaking;
    speaking = now;
    if (now || before) tell(now);
    if (before && !now) quiet();
  }

  carry("listening", () => on && { volume });
  if (carried.listening) {
    volume = carried.listening.volume;
    begin();
  }
  return {
    get on() {
      return on;
    },
    get speaking() {
      return speaking;
    },
    end: () => on && end(),
  };
}

// A browser tells that the devices have changed, not how: whatever is plugged in begins, and the person's leaving ends.
function onHeadset(own, start) {
  if (!("headset" in own.dataset)) return;
  let settled;
  navigator.mediaDevices?.addEventListener("devicechange", () => {
    clearTimeout(settled);
    settled = setTimeout(start, SETTLED);
  });
}
