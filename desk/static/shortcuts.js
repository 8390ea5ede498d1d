// One key for each step: data-shortcut="n" on a button presses it, on a field puts the cursor there. Never while somebody
// types, with Ctrl, Alt, Shift or Meta, or from a key held down; an open dialog has the keys to itself.
//
//   <input type="checkbox" data-shortcuts-switch>     turns them off on this screen; the browser remembers

const KEPT = "desk-shortcuts";
const TYPING = "input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable]";

export function shortcuts() {
  const box = document.querySelector("[data-shortcuts-switch]");
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => {
    localStorage.setItem(KEPT, box.checked ? "on" : "off");
    show();
  });
  const show = () => (document.documentElement.dataset.shortcuts = box.checked ? "on" : "off");
  show();

  document.addEventListener("keydown", (event) => {
    if (event.repeat && !event.target.matches(TYPING)) {
      event.preventDefault(); // Enter held down on Next must not go through the line
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (event.target.matches(TYPING)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!box.checked || event.repeat) return;
    const pressed = event.key.toLowerCase();
    const scope = document.querySelector("dialog[open]") ?? document;
    const found = [...scope.querySelectorAll("[data-shortcut]")].find(
      (element) => element.dataset.shortcut === pressed && element.checkVisibility({ visibilityProperty: true }),
    );
    if (!found) return;
    event.preventDefault();
    if (found.matches("input")) found.focus();
    if (found.matches(TYPING)) found.select();
    else found.click();
  });
}
