// Measuring a screen: the frame becomes as wide as a card, pixel by pixel, and says what a pixel then measures.
//
//   <div data-frame data-card-mm="85.6"><span data-width></span></div>, <button data-by="-1">, <input name="mm_per_px">

const frame = document.querySelector("[data-frame]");
const card = Number(frame.dataset.cardMm);
const field = document.querySelector("[name=mm_per_px]");
const [LEAST, MOST] = [0.05, 1]; // mm to the pixel
let width = Math.round(card / Number(field.value)); // px

function draw() {
  const mm = card / width;
  field.value = mm.toFixed(4);
  frame.querySelector("[data-width]").textContent = `${mm.toFixed(4)} mm`;
  document.documentElement.style.setProperty("--mm", `${1 / mm}px`);
}

function change(by) {
  width = Math.min(Math.max(width + by, Math.ceil(card / MOST)), Math.floor(card / LEAST));
  draw();
}

document.addEventListener("click", (event) => {
  const by = event.target.closest("[data-by]")?.dataset.by;
  if (by) change(Number(by));
});
document.addEventListener("keydown", (event) => {
  if (event.target.matches("input")) return;
  if (event.key === "ArrowLeft") change(-1);
  if (event.key === "ArrowRight") change(1);
});
draw();
