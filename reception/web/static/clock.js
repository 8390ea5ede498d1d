// Times of day as the office's wall clock has them (<html data-time-zone>), wherever the screen stands.
//
//   <time data-clock></time>      the time now, 10:50; <script type="module" src="/static/clock.js"> is enough
//   timeOfDay(instant)            for other modules: UTC milliseconds -> "10:50", "" for none

import { eachSecond, now } from "/static/now.js";

const { lang, dataset } = document.documentElement;
const shape = new Intl.DateTimeFormat(lang || "en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  numberingSystem: "latn", // as numbers of tickets and desks are, in every language
  timeZone: dataset.timeZone || undefined,
});

export const timeOfDay = (instant) => (instant ? shape.format(instant) : "");

eachSecond(() => {
  const text = timeOfDay(now());
  for (const clock of document.querySelectorAll("[data-clock]")) if (clock.textContent !== text) clock.textContent = text;
});
