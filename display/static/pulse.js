// Two slow pulses where a call stands, at once, whatever is still to be heard; none for whoever asked for no motion.

const reduced = matchMedia("(prefers-reduced-motion: reduce)");

export function pulse(element) {
  if (!element || reduced.matches) return;
  const style = getComputedStyle(element);
  element.animate(
    [{ backgroundColor: "transparent" }, { backgroundColor: style.getPropertyValue("--pulse") }, { backgroundColor: "transparent" }],
    { duration: 2_000, iterations: 2, easing: "ease-in-out" },
  );
}
