// The wallboard: shows the picture `now`, and of what needs somebody the first few in one list. It asks nothing.

import { timeOfDay } from "/static/clock.js";
import { fill } from "/static/fill.js";
import { connect } from "/static/live.js";
import { eachSecond, now } from "/static/now.js";
import { tick } from "/static/ticking.js";
import { soundFor } from "./sound.js";

const MOST = 4; // rows that fit beneath the desks and services
const wall = document.querySelector("[data-wall]");
const clock = wall.querySelector("[data-clock]");

connect("/wall", {
  picture: "now",
  onPicture: (picture) => {
    const urgent = inOrder(picture);
    fill(wall, {
      ...picture,
      services: picture.services.map((one) => ({ ...one, on_time: one.waiting && !one.late && !one.at_risk })),
      urgent: urgent.slice(0, MOST),
      urgent_more: Math.max(0, urgent.length - MOST),
    });
    tick();
    soundFor([...picture.alerts, ...picture.warnings], picture.now);
    wall.dataset.filled = "";
  },
});

eachSecond(() => (clock.textContent = timeOfDay(now())));

// Whoever calls for help first, then what nobody sees to yet, then the rest.
function inOrder({ help, alerts, warnings, unserved, troubles }) {
  const told = new Set(alerts.map((one) => one.subject));
  const rows = [
    ...help.map((one) => ({ ...one, key: `help ${one.key}`, help: true, from: one.asked_at, seen: Boolean(one.coming_name) })),
    ...alerts.map((one) => ({ ...one, key: `alert ${one.id}`, from: one.since })),
    ...warnings.map(({ key, sentence, remedy }) => ({ key: `warning ${key}`, sentence, advised: remedy })),
    ...unserved.map((one) => ({ ...one, key: `unserved ${one.key}`, from: one.waits_from })),
    ...troubles.filter((one) => !told.has(one.key)).map((one) => ({ ...one, key: `trouble ${one.key}` })),
  ];
  return [...rows.filter((one) => !one.seen), ...rows.filter((one) => one.seen)];
}
