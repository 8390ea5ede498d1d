// What changes on a screen by itself, for somebody who does not see it: news where the page marks it (role=status,
// role=alert), a choice that is taken or not (aria-pressed), further choices, and each character that is typed.
//
//   const changes = watchChanges({ isOn, words, telling, current, instead, also });
//   changes.read(section);       a screen has just been told: what stands there now is no news

import { controlsIn, isShown } from "./listen-words.js";

const LIVE = "[role=status], [role=alert]";

export function watchChanges({ isOn, words, telling, current, instead, also }) {
  const told = new WeakMap(); // live region -> what it said last
  const typed = new WeakMap(); // field -> what it held
  let fresh = false;

  function read(section) {
    fresh = true;
    setTimeout(() => (fresh = false)); // what is drawn with it is part of it
    for (const region of section.querySelectorAll(LIVE)) told.set(region, textOf(region));
    held();
  }

  // Also once a screen has let go of what was typed: nothing of it is kept here.
  function held() {
    for (const field of document.querySelectorAll("input")) typed.set(field, field.value);
  }

  function changed(mutations) {
    if (!isOn()) return;
    for (const { attributeName, target } of mutations)
      if (attributeName === "aria-pressed" && target === document.activeElement) instead(telling.state(target));
    for (const region of new Set(mutations.map(regionOf).filter((one) => one && isShown(one)))) news(region);
    if (!fresh) for (const one of opened(mutations)) also([...words.of(one), ...controlsIn(one).flatMap(words.named)]);
  }

  function news(region) {
    const text = textOf(region);
    if (told.get(region) === text) return;
    told.set(region, text);
    (region.matches("[role=alert]") ? instead : also)(words.of(region));
  }

  // Further choices on a screen that was told already, such as "did your ticket print?".
  function opened(mutations) {
    const before = new Map();
    for (const { attributeName, target, oldValue } of mutations)
      if (attributeName === "hidden" && !before.has(target)) before.set(target, oldValue);
    const isTurned = (one) => one.closest("[data-pages]") && !one.parentElement.matches("[data-part]");
    const isMore = (one) => one !== current() && current().contains(one) && !isTurned(one);
    return [...before.keys()].filter((one) => before.get(one) !== null && isShown(one) && isMore(one) && controlsIn(one).length);
  }

  function wrote({ target }) {
    const before = typed.get(target) ?? "";
    typed.set(target, target.value);
    if (!isOn() || target.value === before) return;
    const gone = target.value.length < before.length;
    instead(gone ? [telling.sentence("deleted"), telling.character(before.at(-1))] : [telling.character(target.value.at(-1))]);
  }

  function textOf(region) {
    return isShown(region) ? words.of(region).map((one) => one.text).join(" ") : "";
  }

  document.addEventListener("input", wrote);
  document.addEventListener("screen", held);
  new MutationObserver(changed).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeOldValue: true,
    attributeFilter: ["hidden", "aria-pressed"],
  });
  return { read };
}

function regionOf({ target }) {
  const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
  return element?.closest(LIVE);
}
