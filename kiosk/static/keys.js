// The keys on the screen, and a keyboard where there is one: both write into the field of the screen that is shown, wherever
// the focus is.
//
//   <form data-typed="reference">  <input>  <button data-key="A">  <button data-delete>
//   <button data-initial="A">      a letter that is itself the answer

const MODIFIERS = ["ctrlKey", "altKey", "metaKey"];

export function keys(page) {
  const shown = (selector) => [...page.querySelectorAll(selector)].find((one) => one.checkVisibility());
  // Also one that stands on another page of the keys.
  const initial = (letter) => shown(".screen")?.querySelector(`[data-initial="${CSS.escape(letter)}"]`);

  function write(form, { key, delete: gone }) {
    const field = form.querySelector("input");
    if (gone !== undefined) field.value = field.value.slice(0, -1);
    else if (field.value.length < field.maxLength) field.value += key;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  page.addEventListener("click", (event) => {
    const button = event.target.closest("[data-key], [data-delete]");
    if (button) write(button.form, button.dataset);
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.target.matches("input") || MODIFIERS.some((one) => event[one])) return;
    const form = shown("form[data-typed]");
    if (/^[\p{L}\p{N}-]$/u.test(event.key)) {
      if (form) write(form, { key: event.key });
      else initial(event.key.toUpperCase())?.click();
    } else if (form && event.key === "Backspace") write(form, { delete: "" });
    else if (form && event.key === "Enter" && !event.target.closest("button")) form.requestSubmit();
  });
}
