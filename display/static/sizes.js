// How large things have to be: millimetres on this screen, from its diagonal, and metres to the farthest seat. The sizes
// themselves are board.css's.

const MM_PER_INCH = 25.4;
const SIDE_BY_SIDE = 5.95; // ems of "A014" and "Desk 3" in a row, as board.css has them, and …
const AROUND = 8.8 * 0.014815; // … what lies round and between them, to the screen's shorter side
const LINE = 1.08; // ems from one line to the next
const root = document.documentElement;

// `after` is called whenever the screen turned out to be another size.
export function measure({ inches, metres }, after) {
  const set = () => {
    const mm = Math.hypot(innerWidth, innerHeight) / (Number(inches) * MM_PER_INCH);
    root.style.setProperty("--mm", `${mm}px`);
    root.style.setProperty("--metres", metres);
  };
  set();
  addEventListener("resize", () => {
    set();
    after();
  });
}

// How many calls fit one below another at the size that the farthest seat needs, which is the section's own. `names`:
// how many lines a desk's names take. Where a number and a desk have no room side by side, they are stacked.
export function placesIn(section, { names, most }) {
  const size = parseFloat(getComputedStyle(section).fontSize);
  const stacked = section.clientWidth - AROUND * Math.min(innerWidth, innerHeight) < SIDE_BY_SIDE * size;
  const lines = stacked ? 1 + names : names;
  const places = Math.floor(section.clientHeight / (LINE * lines * size));
  return { stacked, places: Math.min(most, Math.max(1, places)) };
}
