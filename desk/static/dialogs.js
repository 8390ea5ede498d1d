// The questions that need an answer first: each <dialog data-asks="hold"> is named like the question it asks. It says whom
// it is about, begins at [data-first] and closes once its question is done. What was refused is said in it, and what was
// typed stays until it is done or about somebody else. [data-only-changes] asks only what was changed in it.

import { fill } from "/static/fill.js";
import { changed, formed, prefill } from "./formed.js";
import { roving } from "./roving.js";

// `ask(question, data)` asks and resolves to the answer, or null if the press did not count. Returns
// `open(question, subject, {known, carried, …})`: `known` stands in the fields at first, `carried` goes with the question.
export function dialogs(ask) {
  const all = new Map();
  for (const dialog of document.querySelectorAll("dialog[data-asks]")) all.set(dialog.dataset.asks, made(dialog, ask));

  function open(question, subject, { known = {}, carried = {}, ...more } = {}) {
    const one = all.get(question);
    if (!one.typed || one.subject.id !== subject.id) {
      prefill(one.form, known);
      one.before = "onlyChanges" in one.dialog.dataset ? formed(one.form) : {};
      one.typed = false;
    }
    Object.assign(one, { subject, carried });
    fill(one.dialog, { ...subject, ...more });
    say(one.dialog, null);
    one.dialog.showModal();
    one.dialog.dispatchEvent(new CustomEvent("opened", { detail: subject }));
    (one.form.querySelector("[type='radio']:checked") ?? one.form.querySelector("[data-first]"))?.focus();
  }

  // `react(subject)` is called with whom a dialog is about when its button [data-then="…"] is pressed; it closes first.
  function then(name, react) {
    for (const one of all.values()) {
      for (const button of one.form.querySelectorAll(`[data-then="${name}"]`)) {
        button.addEventListener("click", () => {
          one.dialog.close();
          react(one.subject);
        });
      }
    }
  }

  return { open, then, dialog: (question) => all.get(question).dialog };
}

function made(dialog, ask) {
  const one = { dialog, form: dialog.querySelector("form"), subject: {}, carried: {}, before: {}, typed: false };
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  one.form.addEventListener("input", () => (one.typed = true));
  one.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = changed(formed(one.form, event.submitter), one.before);
    const answer = await ask(dialog.dataset.asks, { ...one.carried, ...said });
    if (!answer) return;
    if (!answer.ok) return say(dialog, answer.message);
    one.typed = false;
    dialog.close();
  });
  for (const details of dialog.querySelectorAll("details")) {
    details.addEventListener("toggle", () => details.open && inside(details)?.focus());
  }
  roving(dialog);
  return one;
}

// Where to begin in what has just been opened: what is usually pressed there.
function inside(details) {
  const all = [...details.querySelectorAll("[data-usual-choice], input, select, textarea")].filter((one) => one.checkVisibility());
  return all.find((one) => one.matches("[data-usual-choice]")) ?? all[0];
}

// The same sentence again is heard again only if it was gone for a moment.
export function say(dialog, sentence) {
  const place = dialog.querySelector("[data-refused] .flash");
  place.hidden = true;
  place.querySelector("[data-sentence]").textContent = sentence ?? "";
  if (sentence) requestAnimationFrame(() => (place.hidden = false));
}
