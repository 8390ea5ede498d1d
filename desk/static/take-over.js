// Asks once before a desk that somebody else has open is taken over.

import { fill } from "/static/fill.js";

// Resolves to true when the answer is yes. `desk` is a desk of the picture.
export function askBeforeTakingOver(desk) {
  const dialog = document.querySelector("dialog[data-take-over]");
  fill(dialog, desk);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
