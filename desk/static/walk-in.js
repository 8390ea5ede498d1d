// Somebody without a ticket: choose a service, then help them now or give them a number.

// `take({service, wait})` asks and resolves to the answer; the dialog closes unless it was refused.
export function walkIn(page, take) {
  const dialog = page.querySelector("dialog[data-walk-in]");
  const form = dialog.querySelector("form");
  page.querySelector("[data-walk-in-open]").addEventListener("click", (event) => {
    if (event.currentTarget.getAttribute("aria-disabled") === "true") return;
    form.reset();
    dialog.showModal();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close(); // whatever is refused is said on the screen behind it
    take({ service: new FormData(form).get("service"), wait: event.submitter?.value === "wait" });
  });
}
