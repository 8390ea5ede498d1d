// In the strip, in turn with how many wait: what whoever takes a number now may expect, service by service, each language
// by itself, so that a line has room. It changes by a cut, and the strip stays as high as it is for how many wait.

// `element` holds how many wait and [data-wait]; `waits` are [{lang, dir, service, wait}, …]; `turns` from turns.js.
export function showWaits(element, waits, turns) {
  const part = element.querySelector("[data-wait]");
  const place = turns.which(element, waits.length + 1);
  if (place > 0 && part.hidden) element.style.setProperty("--as-high", `${element.getBoundingClientRect().height}px`);
  if (place === 0) element.style.removeProperty("--as-high");
  for (const other of element.children) other.toggleAttribute("hidden", (other === part) !== place > 0);
  if (place > 0) write(part, waits[place - 1]);
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
