// Puts a picture's values into the page, touching only what changed, so that nothing jumps, focus stays and a
// live region speaks once. It decides nothing and holds no sentences.
//
//   fill(element, picture)
//
//   data-text="office"             the value as text (nothing for null)
//   data-time="called_at"          an instant (ms) as the office's time of day, 10:50
//   data-count="waiting"           a counted sentence; written by the macro `counted` (macros.html)
//   data-attr="href:url data-state:state"   attributes; false or null removes, true sets it empty
//   data-show="notice"             hidden unless the value is truthy, not 0, not an empty list; "!notice" the other way
//   <template data-each="calls" data-key="id">…one element…</template>
//                                  one copy an item, following the template; an item with the same key keeps its element.
//                                  Inside, paths are the item's ("number"); a leading slash means the whole picture ("/open").
//                                  Copies that the server has drawn already, right after it, say theirs: data-item="KEY".
// A path may have dots: "visit.number". `data-each` takes an element's own attributes too.

import { timeOfDay } from "/static/clock.js";

const items = new WeakMap(); // template -> Map(key -> element)
const copies = new WeakSet(); // elements that a template made: their paths are their own item's

export function fill(element, data, whole = data) {
  write(element, data, whole);
  // Taken as a list first: filling a template adds children.
  for (const child of [...element.children]) {
    if (copies.has(child)) continue;
    if (child.matches("template[data-each]")) each(child, data, whole);
    else fill(child, data, whole);
  }
}

function write(element, data, whole) {
  const { text, time, count, attr, show } = element.dataset;
  if (text !== undefined) setText(element, value(text, data, whole) ?? "");
  if (time !== undefined) setText(element, timeOfDay(value(time, data, whole)));
  if (count !== undefined) setText(element, counted(element, value(count, data, whole) ?? 0));
  if (attr !== undefined) {
    for (const pair of attr.trim().split(/\s+/)) {
      const colon = pair.indexOf(":");
      setAttribute(element, pair.slice(0, colon), value(pair.slice(colon + 1), data, whole));
    }
  }
  if (show !== undefined) {
    const hidden = !truth(show, data, whole);
    if (element.hidden !== hidden) element.hidden = hidden;
  }
}

function each(template, data, whole) {
  const before = items.get(template) ?? drawn(template);
  const after = new Map();
  let place = template;
  for (const item of value(template.dataset.each, data, whole) ?? []) {
    const key = String(item[template.dataset.key]);
    const element = before.get(key) ?? copy(template);
    before.delete(key);
    after.set(key, element);
    fill(element, item, whole);
    if (place.nextElementSibling !== element) place.after(element);
    place = element;
  }
  for (const gone of before.values()) gone.remove();
  items.set(template, after);
}

function drawn(template) {
  const found = new Map();
  for (let next = template.nextElementSibling; next?.dataset.item; next = next.nextElementSibling) {
    copies.add(next);
    found.set(next.dataset.item, next);
  }
  return found;
}

function copy(template) {
  const element = template.content.firstElementChild.cloneNode(true);
  copies.add(element);
  return element;
}

function value(path, data, whole) {
  const [from, rest] = path.startsWith("/") ? [whole, path.slice(1)] : [data, path];
  return rest.split(".").reduce((inner, name) => inner?.[name], from);
}

function truth(path, data, whole) {
  const no = path.startsWith("!");
  const found = value(no ? path.slice(1) : path, data, whole);
  const yes = Array.isArray(found) ? found.length > 0 : Boolean(found);
  return yes !== no;
}

// The language it is in decides between data-one, data-few, …; data-none, where given, speaks for zero.
function counted(element, number) {
  const { none, ...forms } = element.dataset;
  const { lang } = element.closest("[lang]") ?? document.documentElement; // a row is filled before it is in the page
  if (number === 0 && none) return none;
  const plural = new Intl.PluralRules(lang).select(number);
  const figure = number.toLocaleString(lang, { numberingSystem: "latn" });
  return (forms[plural] ?? forms.other).replace("{n}", figure);
}

function setText(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

function setAttribute(element, name, found) {
  if (found === null || found === undefined || found === false) element.removeAttribute(name);
  else {
    const text = found === true ? "" : String(found);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}
