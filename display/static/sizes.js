// How large things have to be: millimetres on this screen, from its diagonal, and metres to the farthest seat. The sizes
// themselves are sizes.css's.

const MM_PER_INCH = 25.4;
const UNIT = 0.014815; // of the screen's shorter side, as sizes.css has it
const SIDE_BY_SIDE = 5.95; // ems of "A014" and "Desk 3" in a row …
const AROUND = 9.2; // … and units of what lies round and between them
const LINE = 1.04; // ems from one line to the next
const LARGE = 11.5; // units: larger letters would make several calls no clearer
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

// How large several calls are written, one below another, where a desk's names take so many lines: as large as the
// farthest seat needs, which is the section's own size, and a little larger where there is room. Number and desk stand
// side by side, or, where that would be too small, `stacked`.
export function sizeOfSeveral(section, { calls, names }) {
  const unit = UNIT * Math.min(innerWidth, innerHeight);
  const needed = parseFloat(getComputedStyle(section).fontSize);
  const [width, height] = [section.clientWidth - AROUND * unit, section.clientHeight / calls / LINE];
  const beside = Math.min(width / SIDE_BY_SIDE, height / names);
  const stacked = beside < needed && height / (1 + names) > beside;
  return { stacked, size: Math.min(stacked ? height / (1 + names) : beside, Math.max(needed, LARGE * unit)) };
}
