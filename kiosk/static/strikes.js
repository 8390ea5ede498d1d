// One strike is one press: a second one within half a second on the same button, or where the first one fell, is a
// trembling hand and not a wish. Two quick presses far apart both count.

const APART = 500; // ms
const NEAR = 25; // mm

const pxPerMm = Number(document.documentElement.dataset.pxPerMm) || 3.8;
let last = { at: -APART };

addEventListener(
  "click",
  (event) => {
    const strike = { at: event.timeStamp, button: event.target.closest("button"), x: event.clientX, y: event.clientY };
    const byHand = event.detail > 0; // keys press where the focus is, not where a finger fell
    const near = byHand && Math.hypot(strike.x - last.x, strike.y - last.y) < NEAR * pxPerMm;
    if (strike.at - last.at < APART && (near || (strike.button && strike.button === last.button))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else last = strike;
  },
  { capture: true },
);

addEventListener("contextmenu", (event) => event.preventDefault()); // nothing here hides behind a long press
