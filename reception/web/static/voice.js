// Says phrases aloud, one after another, in the server's voice (/voice); the browser's own voices are not relied on.
//
//   import { hush, keep, onSpeaking, rest, say, setVolume } from "/static/voice.js";
//
//   say([{ language: "cy", text: "A, 0, 1, 4." }, { language: "cy", text: "Desg 3." }]);
//                        after whatever is being said; resolves to true once all of it was said, to false if it was
//                        hushed or could not be said (no voice, no server, a browser that keeps its sound back)
//   hush();              silence, at once, and for whatever was still to come
//   onSpeaking((on) => …);    whenever a voice begins, and when the last one has ended
//   setVolume(0.6);      0 to 1, from the next sample on
//   keep(phrases);       has them in the browser's cache, so that they can be said without a server
//   rest();              gives the sound card back until something is said again
//
// All phrases of one call are fetched at once, so that none waits for the one before. <html data-speaking> is there
// while a voice is heard. Pages load it with the server's `speaks()`, which knows whether there is a voice at all.

const PATIENCE = 1_000; // ms for a browser to let the sound begin
const LONGEST = 20_000; // ms for a phrase to come: longer than the voice may take, and no call waits behind a dead connection
const root = document.documentElement;
const listeners = [];

let audio = null;
let loudness = null; // the last gain before the loudspeaker
let volume = 1;
let turn = Promise.resolve();
let stop = new AbortController(); // aborted by hush
let heard = null; // what is playing
let waiting = 0; // calls of say that are not over

export function say(phrases) {
  const { signal } = stop;
  const sounds = phrases.map((phrase) => fetched(phrase, signal));
  if (waiting++ === 0) tell(true);
  const said = turn.then(() => inTurn(sounds, signal));
  turn = said.finally(() => {
    if (signal === stop.signal && --waiting === 0) tell(false);
  });
  return said;
}

export function hush() {
  stop.abort();
  stop = new AbortController();
  turn = Promise.resolve();
  heard?.stop();
  silent();
  if (waiting > 0) tell(false);
  waiting = 0;
}

export function onSpeaking(listener) {
  listeners.push(listener);
}

export function setVolume(to) {
  volume = Math.min(1, Math.max(0, to));
  if (loudness) loudness.gain.value = volume;
}

export function keep(phrases) {
  for (const phrase of phrases) fetch(address(phrase)).catch(() => {});
}

export function rest() {
  hush();
  audio?.suspend();
}

async function inTurn(sounds, signal) {
  let all = true;
  for (const sound of sounds) {
    const found = await sound;
    if (signal.aborted) return false;
    all = Boolean(found && (await play(found, signal))) && all;
  }
  return all && !signal.aborted;
}

async function fetched(phrase, signal) {
  try {
    const answer = await fetch(address(phrase), { signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST)]) });
    return answer.ok ? await answer.arrayBuffer() : null;
  } catch {
    return null; // hushed meanwhile, too late, or nobody there
  }
}

async function play(file, signal) {
  if (!(await running())) return false;
  const buffer = await audio.decodeAudioData(file).catch(() => null);
  if (!buffer || signal.aborted) return false;
  return new Promise((done) => {
    heard = new AudioBufferSourceNode(audio, { buffer });
    heard.onended = () => {
      if (!signal.aborted) silent();
      done(!signal.aborted);
    };
    heard.connect(loudness);
    heard.start();
    root.setAttribute("data-speaking", "");
  });
}

function silent() {
  heard = null;
  root.removeAttribute("data-speaking");
}

async function running() {
  audio ??= new AudioContext();
  loudness ??= new GainNode(audio, { gain: volume });
  loudness.connect(audio.destination);
  if (audio.state !== "running") await Promise.race([audio.resume(), new Promise((late) => setTimeout(late, PATIENCE))]);
  return audio.state === "running";
}

function address({ language, text }) {
  return `/voice?${new URLSearchParams({ language, text })}`;
}

function tell(on) {
  for (const listener of listeners) listener(on);
}
