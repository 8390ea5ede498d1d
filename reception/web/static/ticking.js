// Waits that count by themselves, and how near each is to its target.
//
//   <li data-nearness="fine">                       fine, near or late is written here …
//     <span data-since="1768213800000"></span>      m:ss since that instant (UTC ms); h:mm:ss from an hour on
//     {{ nearness_words() }}                        … and CSS shows the mark and the words that fit (macros.html)
//   </li>
//
// data-near and data-target (seconds: "near" from the first, "late" past the second) stand on the element or on anything
// around it, once for a whole list. Without data-target nothing is judged; exactly the target is still in time.
// `data-until` counts down instead, and stops at 0:00. Load it with <script type="module" src="/static/ticking.js">; pages
// that draw a picture call `tick()` after it, so that a new row does not stand empty for a second.

import { eachSecond, now } from "/static/now.js";

export function tick() {
  const instant = now();
  for (const element of document.querySelectorAll("[data-since]")) {
    const waited = Math.max(0, instant - Number(element.dataset.since));
    write(element, element.dataset.since === "" ? "" : minutes(waited));
    judge(element, waited / 1_000);
  }
  for (const element of document.querySelectorAll("[data-until]")) {
    write(element, minutes(Math.max(0, Number(element.dataset.until) - instant + 999)));
  }
}

export function minutes(milliseconds) {
  const seconds = Math.floor(milliseconds / 1_000);
  const two = (number) => String(number).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function judge(element, seconds) {
  const judged = element.closest("[data-nearness]");
  const limits = element.closest("[data-target]")?.dataset;
  if (!judged || !limits) return;
  const nearness = seconds > Number(limits.target) ? "late" : seconds >= Number(limits.near ?? Infinity) ? "near" : "fine";
  if (judged.dataset.nearness !== nearness) judged.dataset.nearness = nearness;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

eachSecond(tick);
