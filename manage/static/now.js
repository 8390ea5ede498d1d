// The managers' page of now: shows the picture `now`, and asks what its buttons and forms say.
//
//   <button data-asks="see_to" data-with="alert" data-alert="…">   asks `see_to {alert}`
//   <form data-asks="notice">…<textarea name="text">…              asks `notice {text}`

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { tick } from "/static/ticking.js";
import { soundFor } from "./sound.js";

const page = document.querySelector("[data-now]");
const [done, refused] = [page.querySelector("[data-done]"), page.querySelector("[data-refused]")];

const now = connect("/manage", {
  picture: "now",
  onPicture: (picture) => {
    fill(page, { ...picture, warnings: picture.warnings.map(withPress) });
    tick();
    soundFor([...picture.alerts, ...picture.warnings], picture.now);
    page.dataset.filled = "";
  },
});

page.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-asks]");
  if (button) ask(button, button.dataset.asks, withNames(button));
});

page.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-asks]");
  if (!form) return;
  event.preventDefault();
  const answer = await ask(event.submitter, form.dataset.asks, Object.fromEntries(new FormData(form)));
  if (!answer.ok) return; // what was typed stays
  form.reset();
  form.closest("details").open = false;
});

// Which of its buttons a warning shows.
function withPress(warning) {
  return { ...warning, [`shows_${warning.press}`]: true };
}

function withNames(button) {
  const names = (button.dataset.with ?? "").split(" ").filter(Boolean);
  return Object.fromEntries(names.map((name) => [name, button.dataset[name]]));
}

// One press, one question: until the answer is there the button takes no other.
async function ask(button, question, payload) {
  if (button?.getAttribute("aria-disabled") === "true") return { ok: false };
  button?.setAttribute("aria-disabled", "true");
  const answer = await now.ask(question, payload);
  button?.removeAttribute("aria-disabled");
  say(done, answer.ok ? answer.said : "");
  say(refused, answer.ok ? "" : answer.message);
  return answer;
}

function say(where, sentence) {
  where.querySelector("span").textContent = sentence ?? "";
  where.hidden = !sentence;
  if (sentence) where.scrollIntoView({ block: "nearest" });
}
