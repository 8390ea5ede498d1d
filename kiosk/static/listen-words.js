// What of the page is said aloud, and in which language: the words that are seen, block by block, each in the language it
// is written in. Whatever is pressed or typed into is left out where a whole screen is read: it is said as one moves to it.
//
//   const words = wording(["en", "cy"]);        the languages that there is a voice for
//   words.of(section)                            [{language, text}, …] without its controls
//   words.whole(section)                         with its controls, and what is not shown
//   words.named(button)                          a control's name, as those who see it read it
//   words.phrase("A014")                         a sentence in the page's language

const CONTROLS = "button, input, select, textarea, a[href]";
const UNSAID = "template, script, style, [aria-hidden=true]";
const TICKET = /\b[A-Z]\d{3,}\b/g; // a ticket's number is said character by character
const REFERENCE = /\bF-[A-Z0-9]{5}\b/g; // so is the reference of what was told, which may end like a ticket's
const PHONE = /\b0\d{2,4}(?: \d{2,4})+\b|\b0\d{9,10}\b/g; // and a telephone number digit by digit, group by group
const LONG = 200; // characters: longer texts are said sentence by sentence
const SAID = /[\p{L}\p{N}]/u;

export function wording(languages) {
  const page = known(document.documentElement.dataset.language || document.documentElement.lang) ?? languages[0];

  function known(tag) {
    return [tag, tag?.split("-")[0]].find((one) => languages.includes(one));
  }

  // null where nobody could say it: the interpreters' languages, for instance, written in their own script.
  function language(element) {
    return known(element.closest("[lang]")?.dataset.language ?? element.closest("[lang]")?.lang) ?? (isPage(element) ? page : null);
  }

  function of(element, { hidden = false, controls = false } = {}) {
    const blocks = [];
    walk(element, { blocks, hidden, controls });
    return blocks.flatMap(({ language, text }) => sentences(text).map((one) => ({ language, text: one })));
  }

  function walk(element, how) {
    const apart = !getComputedStyle(element).display.startsWith("inline");
    if (apart) how.blocks.apart = true;
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) add(node.data, language(element), how.blocks);
      else if (node instanceof Element && isSaid(node, how)) inside(node, how);
    }
    if (apart) how.blocks.apart = true;
  }

  function inside(node, how) {
    if (!node.matches("svg, img")) {
      walk(node, how);
      return;
    }
    const label = node.getAttribute("aria-label") ?? node.getAttribute("alt");
    if (label && !node.closest("figure")?.querySelector("figcaption")) add(` ${label} `, page, how.blocks);
  }

  function add(text, tag, blocks) {
    const last = blocks.at(-1);
    if (last && !text.trim()) last.text += " ";
    if (!tag || !text.trim()) return;
    if (last && !blocks.apart && last.language === tag) last.text += text;
    else blocks.push({ language: tag, text });
    blocks.apart = false;
  }

  function named(control) {
    const labels = byIds(control, "aria-labelledby");
    if (labels.length) return labels.flatMap((label) => of(label));
    const label = control.getAttribute("aria-label");
    return label ? [phrase(label)] : of(control, { controls: true });
  }

  // All that a screen might say, shown or not.
  function whole(section) {
    return [...of(section, { hidden: true }), ...[...section.querySelectorAll("button")].flatMap((one) => of(one, { hidden: true, controls: true }))];
  }

  function phrase(text) {
    return { language: page, text: spelled(text) };
  }

  return { of, whole, named, phrase, about: (control) => byIds(control, "aria-describedby").flatMap((one) => of(one)) };
}

export function isShown(element) {
  return element.checkVisibility({ visibilityProperty: true });
}

export function controlsIn(element) {
  return [...element.querySelectorAll(CONTROLS)].filter(isShown);
}

function isPage(element) {
  return element.closest("[lang]") === document.documentElement;
}

function isSaid(node, { hidden, controls }) {
  if (node.matches(UNSAID)) return false;
  if (!controls && node.matches(CONTROLS)) return false;
  return hidden || node.checkVisibility();
}

function byIds(control, attribute) {
  const ids = control.getAttribute(attribute)?.split(/\s+/) ?? [];
  return ids.map((id) => document.getElementById(id)).filter(Boolean);
}

function spelled(text) {
  const plain = text.replace(/\s+/g, " ").trim();
  const spaced = (number) => number.split(" ").map((group) => [...group].join(" ")).join(", ");
  const signs = (number) => [...number.replace("-", "")].join(", ");
  return plain.replace(REFERENCE, signs).replace(TICKET, signs).replace(PHONE, spaced);
}

function sentences(text) {
  const whole = spelled(text);
  const parts = whole.length > LONG ? whole.split(/(?<=[.!?؟।])\s+/) : [whole];
  return parts.flatMap((part) => (part.length > LONG ? part.match(/.{1,200}(?=\s|$)/gs) : [part])).filter((part) => SAID.test(part));
}
