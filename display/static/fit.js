// Makes text as large as its place allows: <p data-fit><span>…</span></p> whose font-size is calc(var(--fit) * …).
// Numbers and desks differ in length from office to office; none may be cut, and none needs a setting for it. A name is
// rather broken into lines than made smaller than the farthest seat can read, which is its parent's size. A sentence
// (data-fit="wrap") is better in larger lines than in one small one; a number (data-fit="line") is never broken.
//
// All are tried at once, a size each, and then measured: each change between two measurements lays the whole screen out
// anew, and a call must not wait for that.

const STEPS = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52, 0.46, 0.4, 0.34, 0.28, 0.22];
const WORTH_ONE_LINE = 0.58; // a name stays on one line rather than be broken, down to this size
const ABOUT = 1.03; // letters of another size are not quite in proportion

let standing = ""; // what was fitted last, and in what room
document.fonts.addEventListener("loadingdone", () => (standing = ""));

export function fit(page) {
  const shown = [...page.querySelectorAll("[data-fit]")].filter((element) => element.checkVisibility());
  if (described(shown) === standing) return;
  const isNumber = (element) => element.dataset.fit === "line";
  settle(shown.filter(isNumber));
  settle(shown.filter((element) => !isNumber(element))); // desks have the room that numbers leave
  for (const group of page.querySelectorAll("[data-alike]")) alike([...group.children].filter((one) => !one.hidden && !one.matches(":lang(ur)")));
  standing = described(shown);
}

function described(elements) {
  return JSON.stringify(
    elements.map((element) => {
      const { clientWidth, parentElement: around, style, textContent } = element;
      const room = [clientWidth, getComputedStyle(element).maxHeight, around.clientHeight, sizeOf(around)];
      return [textContent, style.getPropertyValue("--fit"), ...room];
    }),
  );
}

function settle(elements) {
  for (const element of elements) set(element, [1, "nowrap"]);
  let left = elements.map((element) => ({ element, tries: tries(element) }));
  while (left.length) {
    for (const { element, tries } of left) set(element, tries[0]);
    left = left.map(({ element, tries }) => ({ element, tries: better(element, tries) })).filter(({ tries }) => tries.length);
  }
}

function set(element, [step, wrap]) {
  element.style.setProperty("--fit", step);
  element.style.setProperty("text-wrap-mode", wrap);
}

function tries(element) {
  if (element.dataset.fit === "wrap") return STEPS.map((step) => [step, "wrap"]);
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

// What is left to try now that the first has been set: nothing where it fits, else what is not too large for certain.
function better(element, [[tried, wrapped], ...more]) {
  const { wide, high } = timesTooLarge(element);
  if (wide <= 1 && high <= 1) return [];
  const whole = wrapped === "nowrap";
  const most = { nowrap: tried / (whole ? Math.max(wide, high) : wide), wrap: tried / (whole ? high : wide) };
  return more.filter(([step, wrap], index) => step <= ABOUT * most[wrap] || index === more.length - 1);
}

// A long word may stick out sideways, many words downwards.
function timesTooLarge(element) {
  const text = element.firstElementChild.getBoundingClientRect();
  const { maxHeight } = getComputedStyle(element);
  const share = maxHeight.endsWith("%") ? element.parentElement.clientHeight / 100 : 1;
  const highest = (parseFloat(maxHeight) || Infinity) * share;
  return { wide: Math.max(element.scrollWidth, text.width) / (element.clientWidth + 1), high: text.height / (highest + 1) };
}

// No language is written smaller than another; Nastaliq has heights of its own.
function alike(elements) {
  const least = Math.min(...elements.map((element) => Number(element.style.getPropertyValue("--fit")) || 1));
  for (const element of elements) element.style.setProperty("--fit", least);
}

function sizeOf(element) {
  return parseFloat(getComputedStyle(element).fontSize);
}
