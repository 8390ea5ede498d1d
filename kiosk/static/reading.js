// Larger text, more contrast and everything lower down, for one person: the next finds the screen as it was.
//
//   <button data-larger aria-pressed="false">, <button data-contrast-more …>, <button data-lower …>
//   An event "reading" on the window says that one of them changed.

import { carried, carry } from "./carry.js";

const root = document.documentElement;
const wishes = {
  larger: () => root.toggleAttribute("data-larger-text", isOn("larger")),
  contrastMore: () => (root.dataset.contrast = isOn("contrastMore") ? "more" : "normal"),
  lower: () => root.toggleAttribute("data-low", isOn("lower")),
};
const names = Object.keys(wishes);
const buttons = Object.fromEntries(names.map((name) => [name, document.querySelector(`[data-${dashed(name)}]`)]));

export const isOn = (name) => buttons[name]?.getAttribute("aria-pressed") === "true";

function set(name, on) {
  buttons[name]?.setAttribute("aria-pressed", String(on));
  wishes[name]();
}

function told() {
  dispatchEvent(new Event("reading"));
}

for (const name of names)
  buttons[name]?.addEventListener("click", () => {
    set(name, !isOn(name));
    told();
  });

export const changed = () => names.some(isOn);

export function reset() {
  for (const name of names) set(name, false);
  told();
}

for (const name of names) set(name, Boolean(carried.reading?.includes(name)));
carry("reading", () => names.filter(isOn));

function dashed(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
