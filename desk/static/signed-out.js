// Somebody signed out elsewhere keeps what they were typing: the page stands, hidden, until they are signed in again.

const TYPED = "dialog[open] :is(textarea, input:not([type='radio'], [type='checkbox'], [type='hidden']))";

// Returns what live.js wants to know when it is refused: whether this page is to stand.
export function signedOut() {
  const told = document.querySelector("dialog[data-signed-out]");
  told.addEventListener("cancel", (event) => event.preventDefault()); // there is nothing else to do

  return {
    onRefused() {
      if (told.open) return true;
      const fields = [...document.querySelectorAll(TYPED)];
      if (!fields.some((field) => field.value.trim() && field.value !== field.defaultValue)) return false;
      told.showModal();
      return true;
    },
    back: () => told.close(),
  };
}
