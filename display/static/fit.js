// Makes text as large as its place allows: <p data-fit><span>…</span></p> whose font-size is calc(var(--fit) * …).
// Numbers and desks differ in length from office to office; none may be cut, and none needs a setting for it. A name is
// rather broken into lines than made smaller than the farthest seat can read, which is its parent's size. A sentence
// (data-fit="wrap") is better in larger lines than in one small one; a number (data-fit="line") is never broken.

const STEPS = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4, 0.34, 0.28, 0.22];
const WORTH_ONE_LINE = 0.58; // a name stays on one line rather than be broken, down to this size

let measured = new WeakMap(); // element -> what it held, and in what room, when it was last fitted
document.fonts.addEventListener("loadingdone", () => (measured = new WeakMap()));

export function fit(page) {
  for (const element of page.querySelectorAll("[data-fit]")) {
    if (element.hidden) continue;
    const { maxHeight } = getComputedStyle(element);
    const room = `${element.clientWidth} by ${maxHeight} of ${element.parentElement.clientHeight}`;
    const now = `${element.textContent} in ${room}, ${sizeOf(element.parentElement)}`;
    if (measured.get(element) === now) continue;
    measured.set(element, now);
    for (const [step, wrap] of tries(element)) {
      element.style.setProperty("--fit", step);
      element.style.setProperty("text-wrap-mode", wrap);
      if (fits(element)) break;
    }
  }
  for (const group of page.querySelectorAll("[data-alike]")) alike([...group.children].filter((one) => !one.hidden && !one.matches(":lang(ur)")));
}

// No language is written smaller than another; Nastaliq has heights of its own.
function alike(elements) {
  const least = Math.min(...elements.map((element) => Number(element.style.getPropertyValue("--fit")) || 1));
  for (const element of elements) element.style.setProperty("--fit", least);
}

function tries(element) {
  if (element.dataset.fit === "wrap") return STEPS.map((step) => [step, "wrap"]);
  element.style.setProperty("--fit", 1);
  const least = Math.min(1, sizeOf(element.parentElement) / sizeOf(element));
  const large = [...STEPS.filter((step) => step > least), least];
  const small = STEPS.filter((step) => step < least);
  const whole = (steps) => steps.map((step) => [step, "nowrap"]);
  if (element.dataset.fit === "line") return whole([...large, ...small]);
  return [
    ...whole(large.filter((step) => step >= WORTH_ONE_LINE)),
    ...large.map((step) => [step, "wrap"]),
    ...small.flatMap((step) => [[step, "nowrap"], [step, "wrap"]]),
  ];
}

// A long word may stick out sideways, many words downwards.
function fits(element) {
  const text = element.firstElementChild.getBoundingClientRect();
  const { maxHeight } = getComputedStyle(element);
  const share = maxHeight.endsWith("%") ? element.parentElement.clientHeight / 100 : 1;
  const highest = (parseFloat(maxHeight) || Infinity) * share;
  return element.scrollWidth <= element.clientWidth + 1 && text.width <= element.clientWidth + 1 && text.height <= highest + 1;
}

function sizeOf(element) {
  return parseFloat(getComputedStyle(element).fontSize);
}
