// The visitor's own page: one picture, the desk the moment they are called, and what they ask themselves.
//
//   <form data-asks="tell_late">    its question and, from the button pressed, its payload (a number)
//   <p data-refused><span>          what was refused, in the server's words
//   <a data-text-size>              larger text and back, without loading the page (a call's sound stays allowed)

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { alertNow } from "./alert.js";

const root = document.documentElement;
const page = document.querySelector("[data-phone]");
const refused = page.querySelector("[data-refused]");
const size = page.querySelector("[data-text-size]");
const ownTitle = document.title;
let lastCall = null;

const phone = connect("/phone", {
  picture: "place",
  onPicture,
  auth: { token: page.dataset.token },
  query: { pace: "slow" },
});

function onPicture(place) {
  const { state } = root.dataset;
  fill(page, place);
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(place.state);
  root.dataset.state = place.state;
  document.title = place.state === "called" ? calledTitle(place) : ownTitle;
  if (place.state === "called" && (state !== "called" || calledAgain(place))) alertNow();
  lastCall = place.called_at;
}

const calledAgain = ({ called_at }) => lastCall !== null && called_at !== lastCall;

function calledTitle({ discreet, desk_name, number }) {
  const title = discreet ? page.dataset.fetchedTitle : page.dataset.calledTitle;
  return title.replace("{desk}", () => desk_name).replace("{number}", () => number);
}

function say(sentence) {
  refused.lastElementChild.textContent = sentence;
  refused.hidden = !sentence;
}

page.addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  say("");
  const { name, value } = event.submitter;
  const answer = await phone.ask(form.dataset.asks, name ? { [name]: Number(value) } : {});
  if (!answer.ok) return say(answer.message);
  form.closest("details")?.removeAttribute("open");
  page.querySelector("h1").focus(); // what was pressed is about to go
});

size.addEventListener("click", (event) => {
  event.preventDefault();
  const large = root.toggleAttribute("data-larger-text");
  const address = new URL(location.href);
  if (large) address.searchParams.set("text", "large");
  else address.searchParams.delete("text");
  history.replaceState(null, "", address);
  size.querySelector("[data-when-large]").hidden = !large;
  size.querySelector("[data-when-usual]").hidden = large;
});
