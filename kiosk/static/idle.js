// Somebody who walked away: after a while it asks "are you still there?", and without an answer calls `leave`.
// Any press stays, as often as asked.
//
//   watch({ dialog, idleSeconds, warningSeconds, somebody: () => true, busy: () => false, leave })
//
// `somebody()` says whether there is anything to leave: at the start it rests, without a timer.

import { fill } from "/static/fill.js";

export function watch({ dialog, idleSeconds, warningSeconds, somebody, busy, leave }) {
  let timer;
  let counting;

  function again() {
    clearTimeout(timer);
    timer = somebody() && !dialog.open ? setTimeout(ask, idleSeconds * 1_000) : null;
  }

  function ask() {
    if (!somebody()) return;
    if (busy()) {
      again(); // somebody is being spoken to
      return;
    }
    let left = warningSeconds;
    fill(dialog, { left });
    dialog.showModal();
    counting = setInterval(() => {
      left -= 1;
      fill(dialog, { left: Math.max(0, left) });
      if (left > 0) return;
      dialog.close();
      leave();
    }, 1_000);
  }

  dialog.addEventListener("close", () => {
    clearInterval(counting);
    again();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the question: somebody is there all the same
  });
  for (const sign of ["click", "pointerdown", "keydown"]) addEventListener(sign, () => setTimeout(again));
  return { again };
}
