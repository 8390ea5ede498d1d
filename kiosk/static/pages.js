// Nothing on a kiosk scrolls: what does not fit is turned over, a part at a time, with a button that says so.
//
//   <ul data-pages>…<li>…</ul>                       its items are the parts; in <div class="keys" data-pages>, the keys are
//   <div data-pages><div data-part>…</div></div>     parts of what is said; those with nothing to say are none
//   <template data-more><li><button data-turn><span data-words="{page} {pages}"></span></button></li></template>
//
//   const pages = pager(document.querySelector("template[data-more]"));
//   pages.fit(section, { anew: true });      it is shown, or its size is another: from its first page, or from
//                                            the one with what bears data-calls, which somebody has to see
//   pages.fit(section);                      its words may have changed
//
// <section data-turns-last>: all space is let go before anything of it is turned over.
// Where everything is to stand low (<html data-low>), a button that stands too high does not fit either (room.js).

const root = document.documentElement;
const LEVELS = ["0", "1", "2"]; // <section data-tight>: how much space is let go before anything is turned over …
const LAST = "3"; // … and that a notice stands on a screen of its own
const places = new WeakMap(); // list -> {size, page}

export function pager(template) {
  function fit(section, { anew = false } = {}) {
    if (!anew && fits(section)) return;
    const lists = [...section.querySelectorAll("[data-pages]")];
    const turning = section.contains(document.activeElement) && document.activeElement.closest("[data-turn]");
    for (const list of lists) show(list, items(list).length, 0);
    for (const level of section.hasAttribute("data-turns-last") ? [...LEVELS, LAST] : LEVELS) {
      section.dataset.tight = level;
      if (fits(section)) return;
    }
    const before = new Map(lists.map((list) => [list, anew ? 0 : (places.get(list)?.page ?? 0)]));
    let turned = lists.find((list) => turnOver(section, list, before.get(list)));
    if (!turned) {
      section.dataset.tight = LAST;
      turned = lists.find((list) => turnOver(section, list, before.get(list)));
    }
    if (turned && anew) turnToCalling(section, turned);
    if (turning) (turned?.querySelector("[data-turn]") ?? section.querySelector(".heading")).focus();
  }

  function turnToCalling(section, list) {
    const calling = [...section.querySelectorAll("[data-calls]:not([hidden])")].at(-1);
    const item = items(list).findIndex((one) => one.contains(calling ?? null));
    if (item < 0) return;
    const { size } = places.get(list);
    places.set(list, { size, page: Math.floor(item / size) });
    show(list, size, Math.floor(item / size));
  }

  // The most items a page that leave every page whole.
  function turnOver(section, list, page) {
    const all = items(list).length;
    for (let size = all; size > 0; size -= 1) {
      const pages = Math.ceil(all / size);
      if (![...Array(pages).keys()].every((each) => show(list, size, each) && fits(section))) continue;
      places.set(list, { size, page: Math.min(page, pages - 1) });
      show(list, size, Math.min(page, pages - 1));
      return true;
    }
    return false;
  }

  function show(list, size, page) {
    const all = items(list);
    const pages = Math.ceil(all.length / size) || 1;
    all.forEach((item, index) => (item.hidden = Math.floor(index / size) !== page));
    const before = list.querySelector("[data-turn]");
    (before?.closest("li") ?? before)?.remove();
    const answers = all.filter((item) => !item.hidden && !item.matches(".besides"));
    list.dataset.many = answers.length + (pages > 1 ? 1 : 0);
    if (pages > 1) list.append(turn(list, size, page, pages));
    return true;
  }

  function turn(list, size, page, pages) {
    const item = template.content.firstElementChild;
    const last = (list.matches("ul") ? item : item.firstElementChild).cloneNode(true);
    const words = last.querySelector("[data-words]");
    words.textContent = words.dataset.words.replace("{page}", page + 1).replace("{pages}", pages);
    (last.querySelector("[data-turn]") ?? last).addEventListener("click", () => {
      const next = (page + 1) % pages;
      places.set(list, { size, page: next });
      show(list, size, next);
      const [first] = items(list).filter(isThere);
      const pressed = first.matches("button") ? first : [...first.querySelectorAll("button")].find(isThere); // the first of what is new
      (pressed ?? list.closest(".screen").querySelector(".heading")).focus(); // or what is read aloud with it
      document.dispatchEvent(new Event("turned"));
    });
    return last;
  }

  return { fit };
}

function items(list) {
  if (list.matches(".keys")) return [...list.querySelectorAll(".key")];
  return [...list.children].filter((item) => (item.matches("li") && !item.querySelector("[data-turn]")) || isSaying(item));
}

function isSaying(item) {
  return item.matches("[data-part]") && [...item.children].some((child) => getComputedStyle(child).display !== "none");
}

function fits(section) {
  if (section.scrollHeight > section.clientHeight + 1 || section.scrollWidth > section.clientWidth + 1) return false;
  if (!isApart(section)) return false;
  if (!root.hasAttribute("data-low")) return true;
  const highest = innerHeight - parseFloat(root.style.getPropertyValue("--reach"));
  return [...section.querySelectorAll("button")]
    .filter(isThere)
    .every((button) => button.getBoundingClientRect().top >= highest - 1);
}

// What stands low runs out at the top, or over what is beside it, which a browser does not count as overflow.
function isApart(section) {
  const boxes = [...section.children].filter(isThere).map((one) => one.getBoundingClientRect());
  const { top } = section.getBoundingClientRect();
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.every((box, at) => box.top >= top - 1 && !boxes.slice(at + 1).some((other) => over(box, other)));
}

function isThere(element) {
  return element.checkVisibility();
}
