// A keyboard, or a keypad of a few keys beside the screen: everything a finger can do. Which key does what is a setting
// ([kiosk.keypad]), since each maker's keypad sends its own.
//
//   up, down      to the choice before or after, through the screen and the strip and round again
//   select        presses it
//   back, help    as the buttons of the strip
//   1 to 9        where they are none of these: the first to the ninth choice of the screen; <html data-keypad> shows the figures once a key was used
//   listen, again, louder, softer    told as an event "keypad" on the document, {detail: "again"}; `listen` presses its button
//
//   const pad = keypad(page, { keys, dialog: () => …the open one or undefined… });
//   pad.drop();      a figure that was pressed just now was part of a scanner's code

const PAUSE = 120; // ms after a figure: a code scanner's next one comes sooner, and then it was none
const TOLD = ["listen", "again", "louder", "softer"];
const root = document.documentElement;

export function keypad(page, { keys, dialog }) {
  const figured = keys.down.length === 1; // a field would keep such a key for itself, and nobody would get out of it
  const named = new Map(Object.entries(keys).map(([name, key]) => [key, name]));
  let figure;

  const within = () => dialog() ?? page;
  const seen = (selector, among = within()) => [...among.querySelectorAll(selector)].filter(isThere);

  function move(by) {
    const all = seen(figured ? "button" : "input, button");
    const here = all.indexOf(document.activeElement);
    // From the heading, which is no control, the next one is the screen's first and the one before it the strip's last.
    const to = here < 0 && by < 0 ? all.length - 1 : (here + by + all.length) % all.length;
    all[to]?.focus();
  }

  const does = {
    up: () => move(-1),
    down: () => move(1),
    select: () => document.activeElement.closest("button")?.click(),
    back: () => (dialog() ? dialog().close() : seen("[data-back]")[0]?.click()),
    help: () => seen("[data-help]")[0]?.click(),
    listen: () => page.querySelector("[data-listen]")?.click(),
  };

  function choose(number) {
    clearTimeout(figure);
    figure = setTimeout(() => seen("[data-choices] > li:not(.besides) > button", page)[number - 1]?.click(), PAUSE);
  }

  function pressed(event) {
    clearTimeout(figure);
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    root.toggleAttribute("data-keypad", true);
    const name = named.get(event.key);
    const typing = seen("form[data-typed]", page).length > 0;
    if (name && !isOwn(event, name)) {
      event.preventDefault();
      does[name]?.();
      if (TOLD.includes(name)) document.dispatchEvent(new CustomEvent("keypad", { detail: name }));
    } else if (/^[1-9]$/.test(event.key) && !name && !typing && !dialog()) choose(Number(event.key));
  }

  addEventListener("keydown", pressed, { capture: true });
  return { drop: () => clearTimeout(figure) };
}

// What the browser does by itself: Enter and Space press, Escape closes a dialog, and a field keeps its letters.
function isOwn({ key, target }, name) {
  if (target.matches("input") && (key.length === 1 || key === "Enter")) return true;
  return name === "select" && key === "Enter";
}

function isThere(control) {
  return !control.disabled && control.checkVisibility({ visibilityProperty: true });
}
