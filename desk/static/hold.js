// Keeps the line still while somebody is about to press in it: rows that left stay, marked, and new ones come below, until
// the pointer and the focus are elsewhere or have rested for a while.

const RESTED = 4_000; // ms

// `draw()` is called when the line may move again. Returns `still(rows)`: the rows to show, for the newest rows.
export function hold(list, draw) {
  let held = false;
  let shown = [];
  let timer = null;

  function begin() {
    held = true;
    clearTimeout(timer);
    timer = setTimeout(end, RESTED);
  }

  function end() {
    clearTimeout(timer);
    if (!held) return;
    held = false;
    draw();
  }

  list.addEventListener("pointermove", begin);
  list.addEventListener("pointerleave", end);
  list.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && begin());
  list.addEventListener("focusout", end);

  return (rows) => {
    if (held) {
      const fresh = new Map(rows.map((row) => [row.id, row]));
      const stayed = shown.map((row) => fresh.get(row.id) ?? { ...row, gone: true });
      shown = [...stayed, ...rows.filter((row) => !shown.some((other) => other.id === row.id))];
    } else shown = rows;
    return shown;
  };
}
