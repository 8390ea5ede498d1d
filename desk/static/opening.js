// Opens a dialog that changes nothing of a visit: by its button, and closed by another.

// Returns the dialog of that name; `before()` is called before it is shown, and may put it off by returning false.
export function opening(name, before = () => {}) {
  const found = document.querySelector(`dialog[data-${name}]`);
  document.querySelector(`[data-${name}-open]`)?.addEventListener("click", async (event) => {
    if (event.currentTarget.getAttribute("aria-disabled") === "true" || (await before()) === false) return;
    found.showModal();
  });
  found?.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", () => found.close()));
  return found;
}
