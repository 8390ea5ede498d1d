// One key for each step: data-shortcut="n" on a button presses it, on a field puts the cursor there. Never while somebody
// types, with Ctrl, Alt, Shift or Meta, or from a key held down; an open dialog has the keys to itself.
//
// A step has a name (data-step, else data-press), for which somebody may prefer another key than this usual one, or no
// letter keys at all; the server remembers. The <kbd> on a step says the key that works.

const TYPING = "input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable]";

let mine = {}; // step -> the key preferred to the usual one

// Returns `show(preferences)`, to be called after whatever draws the page.
export function shortcuts() {
  const root = document.documentElement;
  document.addEventListener("keydown", (event) => {
    if (event.repeat && !isTypedIn(event.target)) {
      event.preventDefault(); // Enter held down on Next must not go through the line
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (isTypedIn(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (root.dataset.shortcuts === "off" || event.repeat) return;
    const pressed = event.key.toLowerCase();
    const found = [...scope().querySelectorAll("[data-shortcut]")].find(
      (element) => keyOf(element) === pressed && element.checkVisibility({ visibilityProperty: true }),
    );
    if (!found) return;
    event.preventDefault();
    if (found.matches("input")) found.focus();
    if (found.matches(TYPING)) found.select();
    else found.click();
  });

  return function show({ keys, letter_keys }) {
    mine = keys;
    root.dataset.shortcuts = letter_keys ? "on" : "off";
    for (const element of document.querySelectorAll("[data-shortcut]")) {
      if (letter_keys) element.setAttribute("aria-keyshortcuts", keyOf(element).toUpperCase());
      else element.removeAttribute("aria-keyshortcuts");
    }
    for (const { kbd, key, step } of shownKeys(document)) if (step) kbd.textContent = key.toUpperCase();
  };
}

// Every <kbd> within `where` that says the key of a step or choice, as {kbd, step, usual, key}.
export function shownKeys(where) {
  return [...where.querySelectorAll("kbd")].flatMap((kbd) => {
    const element = kbd.closest("button, summary") ?? kbd.closest("label")?.control;
    if (!element?.dataset.shortcut && !kbd.closest("[data-main]")) return [];
    const step = kbd.closest("[data-main] [data-for]")?.dataset.for ?? stepOf(element);
    const usual = (kbd.dataset.usual ??= kbd.textContent.trim().toLowerCase());
    return [{ kbd, step, usual, key: mine[step] ?? usual }];
  });
}

// The field of a dialog that has just closed keeps the focus for a moment.
function isTypedIn(element) {
  return element.matches(TYPING) && element.checkVisibility();
}

function keyOf(element) {
  return mine[stepOf(element)] ?? element.dataset.shortcut;
}

function stepOf(element) {
  return element.dataset.step ?? element.dataset.press;
}

// The dialog in front, which has the focus; without one, the page.
function scope() {
  return document.activeElement?.closest("dialog:modal") ?? [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
}
