// How a screen and each control is told to somebody who does not see it: what stands there, then what can be done.
//
//   const telling = tellers(element, words);       the sentences of listening.html, the words of listen-words.js
//   telling.screen(section), telling.control(button), telling.state(button), telling.character("A")
//                                                   [{language, text}, …], but `character`, which is one, as is
//   telling.sentence("end")

import { fill } from "/static/fill.js";
import { controlsIn, isShown } from "./listen-words.js";

export function tellers(own, words) {
  function sentence(name, values = {}) {
    const filled = Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), own.dataset[name]);
    return words.phrase(filled);
  }

  // The keys to type with are no choices, though each is a button.
  function screen(section) {
    const controls = controlsIn(section);
    const typing = controls.some((one) => one.matches("input")) ? [sentence("type")] : [];
    return [...words.of(section), ...typing, ...count(controls.filter((one) => !one.matches("input, .key")).length)];
  }

  function count(choices) {
    if (choices === 0) return [];
    fill(own, { choices });
    return [words.phrase(own.querySelector("[data-count]").textContent)];
  }

  function control(one) {
    if (one.matches("input")) return [...words.named(one), ...words.about(one), ...value(one.value)];
    return [...words.named(one), ...state(one), ...place(one)];
  }

  function state(one) {
    const pressed = one.getAttribute("aria-pressed");
    if (pressed === null) return [];
    const [yes, no] = one.closest("nav") ? ["on", "off"] : ["chosen", "unchosen"];
    return [sentence(pressed === "true" ? yes : no)];
  }

  function place(one) {
    const choices = [...(one.closest("[data-choices]")?.querySelectorAll("button") ?? [])].filter(isShown);
    return choices.length > 1 ? [sentence("place", { n: choices.indexOf(one) + 1, of: choices.length })] : [];
  }

  // One character a phrase: what somebody types is kept nowhere in one piece.
  function value(typed) {
    return typed ? [sentence("typed"), ...[...typed].map(character)] : [sentence("empty")];
  }

  // A dash alone is nothing to a voice.
  function character(one) {
    return one === "-" ? sentence("dash") : words.phrase(one);
  }

  return { sentence, screen, control, state, character };
}
