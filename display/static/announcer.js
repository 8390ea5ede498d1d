// Makes calls heard: the chime, then what is to be said, one call after another and never two at once. While a kiosk
// beside it speaks to somebody the board is silent, and says afterwards what it broke off. It shows nothing: nobody must
// hear to be served.
//
//   const announcer = announcing({ volume: [["00:00", 0.8]], times: 2, hushSeconds: 60, onSound: (state) => … });
//   announcer.announce(call);          `call.say` is [{language, text}, …]; not said once it is old and others wait behind it
//   announcer.hush(true);              a kiosk speaks; or, false, has ended

import { timeOfDay } from "/static/clock.js";
import { now } from "/static/now.js";
import { hush as silence, keep, say, setVolume } from "/static/voice.js";
import { chime, whenHeard } from "./chime.js";

const OLD = 60_000; // ms: more calls than there is time to say must not make all that follow late

// `onSound` is told "on", "held_back" (by the browser) or "no_voice".
export function announcing({ volume, times, hushSeconds, onSound }) {
  let turn = Promise.resolve();
  let quiet = null; // while a kiosk speaks: {ended, end()}
  let silenced = 0; // how often
  let waiting = 0; // calls that are not over
  let heard = false;

  whenHeard((running) => {
    heard = running;
    onSound(running ? "on" : "held_back");
  });

  function announce(call) {
    keep(call.say);
    waiting += 1;
    turn = turn
      .then(() => aloud(call))
      .catch(() => {})
      .finally(() => (waiting -= 1));
    return turn;
  }

  async function aloud(call) {
    await quiet?.ended;
    if (waiting > 1 && now() - call.called_at > OLD) return;
    const level = levelAt(volume, timeOfDay(now()));
    await chime(level);
    if (!heard || level === 0) return;
    setVolume(level);
    let all = true;
    for (const phrase of Array(times).fill(call.say).flat()) all = (await spoken(phrase)) && all;
    if (call.say.length) onSound(all ? "on" : "no_voice");
  }

  async function spoken(phrase) {
    for (;;) {
      await quiet?.ended;
      const before = silenced;
      if (await say([phrase])) return true;
      if (silenced === before) return false; // nobody broke it off: nobody can say it
    }
  }

  function hush(on) {
    quiet?.end();
    quiet = null;
    if (!on) return;
    const mine = {};
    mine.ended = new Promise((end) => (mine.end = end));
    quiet = mine;
    silenced += 1;
    silence();
    // A kiosk that dies meanwhile does not silence the lobby for good.
    setTimeout(() => {
      if (quiet === mine) hush(false);
    }, hushSeconds * 1_000);
  }

  return { announce, hush };
}

// `volume`: [["09:00", 0.8], …]; before the first of a day it is as at the end of the day before.
export function levelAt(volume, time) {
  const since = [...volume].sort(([one], [other]) => (one < other ? -1 : 1));
  return (since.findLast(([from]) => from <= time) ?? since.at(-1) ?? [null, 1])[1];
}
