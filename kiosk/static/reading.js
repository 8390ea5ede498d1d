// Larger text and more contrast, for one person: the next finds the screen as it was.
//
//   <button data-larger aria-pressed="false">, <button data-contrast-more aria-pressed="false">

const root = document.documentElement;
const buttons = {
  larger: document.querySelector("[data-larger]"),
  contrast: document.querySelector("[data-contrast-more]"),
};

const pressed = (button) => button.getAttribute("aria-pressed") === "true";

function set(button, on) {
  button.setAttribute("aria-pressed", String(on));
  root.toggleAttribute("data-larger-text", pressed(buttons.larger));
  root.dataset.contrast = pressed(buttons.contrast) ? "more" : "normal";
}

for (const button of Object.values(buttons)) button.addEventListener("click", () => set(button, !pressed(button)));

export const changed = () => Object.values(buttons).some(pressed);
export const reset = () => Object.values(buttons).forEach((button) => set(button, false));
reset();
