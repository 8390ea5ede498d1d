// The notice: as large as the farthest seat needs, so a long one is shown in parts, and each language in its turn. A
// part ends with a sentence where it can.

let cut = null; // {of, room, parts}: the parts of what was shown last

// `element` holds an icon and [data-part]; `notices` are [{lang, dir, text}, …]; `turns` from turns.js.
export function showNotice(element, notices, turns) {
  if (!notices.length) return;
  const place = element.querySelector("[data-part]");
  const of = JSON.stringify(notices);
  const room = `${innerWidth} by ${innerHeight}, ${getComputedStyle(place).fontSize}, ${document.fonts.status}`;
  if (cut?.of !== of || cut.room !== room) {
    cut = { of, room, parts: notices.flatMap((notice) => partsOf(place, notice)) };
    place.style.setProperty("--used", Math.max(...cut.parts.map((part) => part.lines)));
    element.toggleAttribute("data-parts", cut.parts.length > 1); // as high for each, lest the calls above it move
  }
  write(place, cut.parts[turns.which(element, cut.parts.length)]);
}

function partsOf(place, { lang, dir, text }) {
  const words = text.split(/\s+/);
  const parts = [];
  const lines = Number(getComputedStyle(place).getPropertyValue("--lines"));
  const fits = (count) => {
    write(place, { lang, dir, text: words.slice(0, count).join(" ") });
    return linesOf(place) <= lines;
  };
  while (words.length) {
    const count = fitting(words, fits);
    fits(count);
    parts.push({ lang, dir, lines: linesOf(place), text: words.splice(0, count).join(" ") });
  }
  return parts;
}

// How many of the words fit: all, or up to the end of a sentence after the first third, or as many as there is room for.
function fitting(words, fitsIn) {
  let [fits, tooMany] = [1, words.length + 1];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (fitsIn(middle)) fits = middle;
    else tooMany = middle;
  }
  if (fits === words.length) return fits;
  const end = words.slice(0, fits).findLastIndex((word) => /[.!?:;。۔।]$/.test(word)) + 1;
  return end > fits / 3 ? end : fits;
}

function linesOf(place) {
  const text = document.createRange();
  text.selectNodeContents(place);
  return new Set([...text.getClientRects()].map((line) => line.bottom)).size;
}

function write(place, part) {
  if (place.textContent === part.text && place.lang === part.lang) return;
  place.lang = part.lang;
  place.dir = part.dir;
  place.textContent = part.text;
}
