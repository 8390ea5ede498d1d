// Makes itself heard and felt at a call, where the visitor has asked for it: browsers allow neither sound nor vibration
// before a first press. The same press keeps the screen awake, because a sleeping phone hears nothing.
//
//   <button data-alert aria-pressed="false" hidden>

const NOTES = [660, 523]; // Hz: two soft notes, the second lower
const LENGTH = 0.9; // seconds each

const button = document.querySelector("[data-alert]");
let sound = null;

const wanted = () => button.getAttribute("aria-pressed") === "true";

export function alertNow() {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 200, 400, 200, 800]);
  if (wanted()) NOTES.forEach((hertz, place) => note(hertz, place * LENGTH));
}

function note(hertz, after, volume = 0.4) {
  const begin = sound.currentTime + after;
  const tone = new OscillatorNode(sound, { frequency: hertz });
  const swell = new GainNode(sound, { gain: 0 });
  swell.gain.linearRampToValueAtTime(0, begin);
  swell.gain.linearRampToValueAtTime(volume, begin + 0.04);
  swell.gain.exponentialRampToValueAtTime(0.001, begin + LENGTH);
  tone.connect(swell).connect(sound.destination);
  tone.start(begin);
  tone.stop(begin + LENGTH);
}

async function stayAwake() {
  if (!wanted() || document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The phone saves its battery: it still alerts while its screen is on.
  }
}

button.hidden = false;
button.addEventListener("click", () => {
  sound ??= new AudioContext();
  sound.resume();
  button.setAttribute("aria-pressed", String(!wanted()));
  if (wanted()) note(NOTES[0], 0, 0.2); // what to listen for
  stayAwake();
});
document.addEventListener("visibilitychange", stayAwake); // a lock ends whenever the page is left
