// The feedback dialog: Enter in a field saves what was written, with no theme, for a theme is an answer and no default.
// Only what somebody complains about can be put right.

export function feedbackDialog(dialog) {
  const form = dialog.querySelector("form");
  const putRight = dialog.querySelector("details:has([name='put_right'])");
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type='radio'])")) return;
    event.preventDefault();
    dialog.querySelector("[data-saves]").click();
  });
  putRight.addEventListener("toggle", () => {
    if (putRight.open) form.elements.kind.value = "complaint";
  });
  for (const kind of form.elements.kind)
    kind.addEventListener("change", () => {
      if (kind.value !== "complaint") putRight.open = false;
    });
}
