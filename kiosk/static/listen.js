// Listening: a complete way through the kiosk for somebody who does not see it. Begun by the strip's button, a keypad's key
// or a headset; every screen, control, error and the ticket is then said in the language that is shown. The kiosk is
// silent unless asked, and any key or touch silences it at once.
//
//   const listening = listen(page, {
//     tell: (speaking) => …,      the server, so that the board beside it waits
//     quiet: () => …,             it has said all: time is counted from here
//   });
//   listening.on, listening.speaking;   listening.end();      with each person
//
// What is said follows the focus: a screen's heading stands for the whole screen, a control for itself (listen-telling.js);
// what changes by itself is listen-changes.js's. Where the page has no "listen" button, there is no voice.

import { hush, keep, onSpeaking, rest, say, setVolume } from "/static/voice.js";
import { carried, carry } from "./carry.js";
import { watchChanges } from "./listen-changes.js";
import { tellers } from "./listen-telling.js";
import { controlsIn, wording } from "./listen-words.js";

const LOUDNESS = [0.08, 0.17, 0.35, 0.65, 1]; // of the five steps, each about twice as loud to the ear
const BREATH = 400; // ms without a voice before the board may speak again
const SETTLED = 1_000; // ms: a headset is several devices, one after another
const KEPT = ["lost", "late", "asking"]; // screens that must be said without a server

export function listen(page, { tell, quiet }) {
  const button = page.querySelector("[data-listen]");
  const own = document.querySelector("[data-listening]");
  if (!button || !own) return { on: false, speaking: false, end() {} };
  const words = wording(own.dataset.languages.split(" "));
  const telling = tellers(own, words);
  const speaking = relayed({ tell, quiet });
  const changes = watchChanges({ isOn: () => on, words, telling, current, instead, also });
  let on = false;
  let volume = Number(own.dataset.volume);
  let last = []; // what "again" says
  let dialog = null; // the one whose words have been said

  function current() {
    return document.querySelector("dialog[open]") ?? page.querySelector("[data-screen]:not([hidden])");
  }

  function instead(phrases) {
    hush();
    last = [];
    also(phrases);
  }

  function also(phrases) {
    if (!phrases.length) return;
    last = [...last, ...phrases];
    say(phrases);
  }

  function screen() {
    changes.read(current());
    return telling.screen(current());
  }

  function focused({ target }) {
    if (!on) return;
    const within = target.closest("dialog");
    const opened = within && within !== dialog ? words.of(within) : [];
    dialog = within;
    if (target.matches(".heading")) instead(screen());
    else if (opened.length || controlsIn(current()).includes(target) || target.closest("nav")) instead([...opened, ...telling.control(target)]);
  }

  const keys = {
    again: () => instead(last),
    louder: () => turn(volume + 1),
    softer: () => turn(volume - 1),
  };

  function turn(to) {
    const before = last;
    setLoudness(to);
    instead([telling.sentence("volumeWords", { n: volume, of: LOUDNESS.length })]);
    last = before;
  }

  function setLoudness(to) {
    volume = Math.min(LOUDNESS.length, Math.max(1, to));
    setVolume(LOUDNESS[volume - 1]);
  }

  function begin(to) {
    on = true;
    setLoudness(to);
    button.setAttribute("aria-pressed", "true");
    for (const name of KEPT) keep(words.whole(page.querySelector(`[data-screen="${name}"]`)));
  }

  function start() {
    if (on) return;
    current().querySelector(".heading")?.focus(); // so that the next key leads to the first choice
    begin(volume);
    instead([telling.sentence("begin"), ...screen()]);
  }

  function end(farewell = []) {
    on = false;
    volume = Number(own.dataset.volume);
    dialog = null;
    button.setAttribute("aria-pressed", "false");
    hush();
    if (farewell.length) say(farewell).then(() => on || rest());
    else rest();
  }

  for (const sign of ["keydown", "pointerdown"]) addEventListener(sign, () => on && hush(), { capture: true });
  document.addEventListener("focusin", focused);
  document.addEventListener("keypad", ({ detail }) => on && keys[detail]?.());
  button.addEventListener("click", () => (on ? end([telling.sentence("end")]) : start()));
  for (const one of document.querySelectorAll("dialog")) one.addEventListener("close", () => (dialog = null));
  if ("headset" in own.dataset) onHeadset(start);
  carry("listening", () => on && volume);
  if (carried.listening) begin(carried.listening);
  return {
    get on() {
      return on;
    },
    get speaking() {
      return speaking();
    },
    end: () => on && end(),
  };
}

// Tells when a voice is heard, and when none has been for a moment; answers whether one is.
function relayed({ tell, quiet }) {
  let speaking = false;
  let breath;

  function pass(now) {
    const before = speaking;
    speaking = now;
    if (now || before) tell(now);
    if (before && !now) quiet();
  }

  onSpeaking((now) => {
    clearTimeout(breath);
    breath = setTimeout(() => pass(now), now ? 0 : BREATH);
  });
  return () => speaking;
}

// A browser tells that the devices have changed, not how: whatever is plugged in begins, and the person's leaving ends.
function onHeadset(start) {
  let settled;
  navigator.mediaDevices?.addEventListener("devicechange", () => {
    clearTimeout(settled);
    settled = setTimeout(start, SETTLED);
  });
}
