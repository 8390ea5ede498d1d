// Makes text as large as its place allows: <p data-fit><span>…</span></p> whose font-size is calc(var(--fit) * …).
// Numbers and desks differ in length from office to office; none may be cut, and none needs a setting for it. A sentence
// (data-fit="wrap") is better in larger lines than in one small one.

const STEPS = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.53, 0.46, 0.4, 0.34, 0.28, 0.22];
const WORTH_ONE_LINE = 0.6; // a name stays on one line rather than be broken, down to this size
const WRAPPED = STEPS.map((step) => [step, "wrap"]);
const TRIES = [...STEPS.filter((step) => step >= WORTH_ONE_LINE).map((step) => [step, "nowrap"]), ...WRAPPED];

let measured = new WeakMap(); // element -> what it held, and in what room, when it was last fitted
document.fonts.addEventListener("loadingdone", () => (measured = new WeakMap()));

export function fit(page) {
  for (const element of page.querySelectorAll("[data-fit]")) {
    const now = `${element.textContent} in ${element.clientWidth} by ${element.parentElement.clientHeight}`;
    if (measured.get(element) === now) continue;
    measured.set(element, now);
    for (const [step, wrap] of element.dataset.fit === "wrap" ? WRAPPED : TRIES) {
      element.style.setProperty("--fit", step);
      element.style.setProperty("text-wrap-mode", wrap);
      if (fits(element)) break;
    }
  }
}

// A long word may stick out sideways, many words downwards.
function fits(element) {
  const text = element.firstElementChild.getBoundingClientRect();
  const { maxHeight } = getComputedStyle(element);
  const share = maxHeight.endsWith("%") ? element.parentElement.clientHeight / 100 : 1;
  const highest = (parseFloat(maxHeight) || Infinity) * share;
  return element.scrollWidth <= element.clientWidth + 1 && text.width <= element.clientWidth + 1 && text.height <= highest + 1;
}
