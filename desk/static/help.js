// The silent call for help. Other desks see it at once over whatever is open, and hear it from a screen reader alone; an
// open dialog makes the rest of the page deaf, so the bar moves into it.

import { fill } from "/static/fill.js";
import { tick } from "/static/ticking.js";
import { opening } from "./opening.js";

// `press(question, data)` asks (presses.js). Returns `show(picture)`.
export function help(press) {
  const bar = document.querySelector("[data-help-bar]");
  const heard = bar.querySelector("[data-heard]");
  const asked = opening("calling-help");
  const said = new Map(); // what was heard of each call last
  stayInFront(bar, heard);

  // Not even while something else is being answered is a call lost.
  async function ask(call) {
    while ((await press("help", call)) === null) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-help]");
    if (button) ask({ desk: button.dataset.at, step: button.dataset.help });
  });

  asked?.addEventListener("submit", (event) => {
    event.preventDefault();
    asked.close();
    ask({ step: event.submitter.value });
  });

  return ({ helps, own_help }) => {
    fill(bar, { helps: helps.map((call) => ({ ...call, others_come: !call.coming_mine && call.coming_name })) });
    const own = document.querySelector("[data-own-help]");
    if (own) fill(own, { own_help, no_answer: own_help && !own_help.coming_name });
    if (asked) fill(asked, { own_help });
    const rows = [...bar.querySelectorAll("[data-call]")].map((row) => [row.dataset.call, row.querySelector("[data-words]")]);
    if (own_help && own) rows.push(["own", own]);
    const fresh = rows.filter(([call, words]) => said.get(call) !== words.innerText);
    said.clear();
    for (const [call, words] of rows) said.set(call, words.innerText);
    if (!rows.length) heard.textContent = "";
    if (fresh.length) heard.textContent = fresh.map(([, words]) => words.innerText).join(" ");
    tick();
  };
}

function stayInFront(bar, heard) {
  const home = document.createComment("help bar");
  bar.before(home);
  new MutationObserver(() => {
    const front = document.activeElement?.closest("dialog:modal") ?? [...document.querySelectorAll("dialog:modal")].at(-1);
    if ((front ?? null) === bar.closest("dialog")) return;
    heard.textContent = ""; // what was said is not said again
    if (front) front.append(bar);
    else home.after(bar);
  }).observe(document.body, { subtree: true, attributeFilter: ["open"] });
}
