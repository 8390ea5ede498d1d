// One strike is one press: a second one within half a second on the same button, or where the first one fell, is a
// trembling hand and not a wish. Two quick presses far apart both count, and so do two keys of one word.

const APART = 500; // ms
const APART_TYPING = 120; // ms, on one key after another
const NEAR = 25; // mm

const pxPerMm = Number(document.documentElement.dataset.pxPerMm) || 3.78;
let last = { at: -APART };

addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("button");
    const strike = { at: event.timeStamp, button, key: button?.matches(".key, [data-delete]"), x: event.clientX, y: event.clientY };
    const byHand = event.detail > 0; // keys press where the focus is, not where a finger fell
    const typing = strike.key && last.key;
    const near = byHand && !typing && Math.hypot(strike.x - last.x, strike.y - last.y) < NEAR * pxPerMm;
    const apart = typing ? APART_TYPING : APART;
    if (strike.at - last.at < apart && (near || (button && button === last.button))) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else last = strike;
  },
  { capture: true },
);

addEventListener("contextmenu", (event) => event.preventDefault()); // nothing here hides behind a long press
