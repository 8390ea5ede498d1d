// Puts the office's accent, the screen's millimetre and the reader's wishes on <html> before the first paint. A classic
// script at the head of the page, because a strict content policy allows no style attribute.
//
//   <html data-scheme="auto">      becomes "dark" or "light", as the reader's device prefers; others stay
//   <html data-contrast="auto">    becomes "more" or "normal" likewise
//   <html data-accent-hue="250">   the office's accent, degrees of OKLCH hue
//   <html data-px-per-mm="3.9">    how many CSS pixels make a millimetre on this screen, once somebody measured

(() => {
  const html = document.documentElement;
  const follow = (name, query, yes, no) => {
    if (html.dataset[name] !== "auto") return;
    const wish = matchMedia(query);
    const set = () => (html.dataset[name] = wish.matches ? yes : no);
    set();
    wish.addEventListener("change", set);
  };
  follow("scheme", "(prefers-color-scheme: dark)", "dark", "light");
  follow("contrast", "(prefers-contrast: more)", "more", "normal");
  if (html.dataset.accentHue) html.style.setProperty("--accent-hue", html.dataset.accentHue);
  if (html.dataset.pxPerMm) html.style.setProperty("--mm", `${html.dataset.pxPerMm}px`);
})();
