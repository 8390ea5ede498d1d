// The outcome panel: which outcome Enter means, the team's ready sentences, and the date that so many working days come to.

import { say } from "./dialogs.js";

// `when(data)` asks the server for a date; `offer(visitor, service, wanted)` says that another service was offered.
export function finishing(dialog, { when, offer }) {
  const form = dialog.querySelector("form");
  const { team, what, days, due_on } = Object.fromEntries(
    ["team", "what", "days", "due_on"].map((name) => [name, form.elements[`promise.${name}`]]),
  );
  const promise = dialog.querySelector("[data-part='promise']");
  let visitor = null;
  let latest = 0; // an answer to an earlier question is no news

  async function tellDay() {
    const asked = ++latest;
    const answer = await when(due_on.value ? { due_on: due_on.value } : { days: Number(days.value) });
    if (asked !== latest) return;
    dialog.querySelector("[data-day]").textContent = answer.ok ? answer.words : "";
    say(dialog, answer.ok ? null : answer.message);
  }

  function chooseTeam() {
    for (const group of form.querySelectorAll("[data-sentences]")) group.hidden = group.dataset.sentences !== team.value;
    days.value = team.selectedOptions[0].dataset.days ?? days.defaultValue;
  }

  // The outcome that what was filled in points to: it is the next thing to press, and Enter in a field presses it.
  function suggest() {
    const signposted = form.querySelector("[name='signposts']:checked");
    const outcome = promise.open ? "passed_on" : signposted ? "signposted" : "resolved";
    for (const button of form.elements.outcome) button.classList.toggle("button-next", button.value === outcome);
  }

  dialog.addEventListener("opened", ({ detail }) => {
    visitor = detail;
    if (!promise.open) team.value = visitor.team ?? "";
    if (!promise.open) chooseTeam();
    suggest();
  });
  promise.addEventListener("toggle", () => {
    suggest();
    if (promise.open) tellDay();
  });
  form.addEventListener("change", suggest);
  team.addEventListener("change", () => [chooseTeam(), tellDay()]);
  days.addEventListener("input", () => days.value !== "" && tellDay());
  due_on.addEventListener("input", tellDay);
  form.addEventListener("click", (event) => {
    const { sentence } = event.target.closest("button[data-sentence]")?.dataset ?? {};
    if (!sentence) return;
    what.value = sentence;
    what.dispatchEvent(new Event("input", { bubbles: true }));
    what.focus();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-offer]");
    if (button) offer(visitor, button.value, button.dataset.offer === "yes");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input, select")) return;
    event.preventDefault();
    form.querySelector("[name='outcome'].button-next").click();
  });
}
