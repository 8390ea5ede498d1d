// In the strip, every other turn is how many wait; between them stands what whoever takes a number now may expect, service
// by service, each language by itself, so that a line has room. It changes by a cut, and the strip stays as high as it is.

// `element` holds an icon, how many wait and [data-wait]; `waits` are [{lang, dir, service, wait}, …]; `turns` from turns.js.
export function showWaits(element, waits, turns) {
  const [icon, count, wait] = element.children;
  const place = turns.which(element, Math.max(1, 2 * waits.length));
  const shown = place % 2 === 1;
  if (shown && wait.hidden) element.style.setProperty("--as-high", `${element.getBoundingClientRect().height}px`);
  if (!shown) element.style.removeProperty("--as-high");
  icon.toggleAttribute("hidden", shown);
  count.classList.toggle("visually-hidden", shown); // a screen reader finds it at any time
  wait.hidden = !shown;
  if (shown) write(wait, waits[(place - 1) / 2]);
}

function write(part, { lang, dir, service, wait }) {
  const [label, name, words] = part.firstElementChild.children;
  if (part.lang === lang && name.textContent === service && words.textContent === wait) return;
  part.lang = lang;
  part.dir = dir;
  label.textContent = part.getAttribute(`data-label-${lang.toLowerCase()}`);
  name.textContent = service;
  words.textContent = wait;
}
