// The visitor's own page: one picture, and the desk the moment they are called.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { alertNow } from "./alert.js";

const page = document.querySelector("[data-phone]");
const ownTitle = document.title;

connect("/phone", { picture: "place", onPicture, auth: { token: page.dataset.token } });

function onPicture(place) {
  const { state } = document.documentElement.dataset;
  fill(page, place);
  for (const part of page.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(place.state);
  document.documentElement.dataset.state = place.state;
  document.title = place.state === "called" ? calledTitle(place) : ownTitle;
  if (place.state === "called" && (state !== "called" || calledAgain(place))) alertNow();
  lastCall = place.called_at;
}

let lastCall = null;
const calledAgain = ({ called_at }) => lastCall !== null && called_at !== lastCall;

function calledTitle({ discreet, desk_name, number }) {
  const title = discreet ? page.dataset.fetchedTitle : page.dataset.calledTitle;
  return title.replace("{desk}", () => desk_name).replace("{number}", () => number);
}
