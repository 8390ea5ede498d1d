// People at work at a desk: a pause with its reason, handing over, what a manager says, how somebody likes to work.

import { fill } from "/static/fill.js";
import { opening } from "./opening.js";

// `press(question, data)` asks (presses.js). Returns `show(picture)`.
export function atWork(press) {
  pausing(press);
  handingOver(press);
  const [prefer, hear] = [preferring(press), hearing()];
  return (picture) => {
    prefer(picture.preferences);
    hear();
  };
}

// The boxes for how somebody likes to work: data-prefer="and_next". Returns `show(preferences)`.
export function preferring(press) {
  const boxes = document.querySelectorAll("[data-prefer]");
  let shown = {};
  for (const box of boxes) {
    box.addEventListener("change", async () => {
      const answer = await press("prefer", { name: box.dataset.prefer, value: box.checked });
      if (!answer?.ok) box.checked = shown[box.dataset.prefer];
    });
  }
  return (preferences) => {
    shown = preferences;
    for (const box of boxes) box.checked = shown[box.dataset.prefer];
  };
}

function pausing(press) {
  const asked = opening("pausing");
  asked.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    asked.close();
    press("pause", { reason: event.submitter.value });
  });
}

function handingOver(press) {
  const asked = opening("handing-over", async () => {
    const answer = await press("colleagues");
    if (!answer?.ok) return false;
    fill(asked, { people: answer.people.map((one, index) => ({ ...one, place: index < 9 ? String(index + 1) : null })) });
    form.reset();
  });
  const form = asked.querySelector("form");
  const done = opening("handed-over");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    asked.close();
    const answer = await press("hand_over", { to: new FormData(form).get("to") });
    if (!answer?.ok) return;
    fill(done, answer);
    done.showModal();
  });
  // The desk is another's now: there is none to leave.
  done.querySelector("[data-go]").addEventListener("click", () => document.querySelector("form[data-sign-out]").submit());
}

// Each message is heard once. Returns what is to be done after each picture.
function hearing() {
  const heard = document.querySelector("[data-message-heard]");
  const known = new Set();
  return () => {
    const fresh = [...document.querySelectorAll("[data-message]")].filter((row) => !known.has(row.dataset.message));
    for (const row of fresh) known.add(row.dataset.message);
    if (fresh.length) heard.textContent = fresh.map((row) => row.textContent).join(" ");
  };
}
