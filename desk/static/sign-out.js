// Signing out leaves the desk first, so that nobody is thought to sit there. A desk with a visitor is not left: it says so.

// `leave()` asks to close the desk and resolves to the answer; without it there is no desk to leave.
export function signOut(leave) {
  const form = document.querySelector("form[data-sign-out]");
  form.addEventListener("submit", async (event) => {
    if (!leave) return;
    event.preventDefault();
    const answer = await leave();
    if (answer?.ok || answer?.reason !== "desk_has_visitor") form.submit();
  });
}
