// Two low notes for an alert that asks for them. A browser that keeps the sound back says so through the page's button
// <button data-sound-off hidden>; without that button there is no sound at all.
//
//   import { soundFor } from "./sound.js";
//   soundFor(picture.alerts, picture.now);   sounds once for each telling, also when the same alert is told again

const NOTES = [587.33, 493.88]; // Hz: D5 and B4, lower than the lobby's chime
const BETWEEN = 0.4; // s
const RINGING = 1.4; // s each takes to die away
const LOUDNESS = 0.25;
const JUST_NOW = 30_000; // ms: what was told before this page came has been heard elsewhere

const button = document.querySelector("[data-sound-off]");
const audio = button && new AudioContext();
let heardUntil = null; // the newest telling that sounded

if (audio) {
  const tell = () => (button.hidden = audio.state === "running");
  audio.addEventListener("statechange", tell);
  for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, () => audio.resume());
  setTimeout(tell, 500); // a context that may run starts a moment later
}

export function soundFor(alerts, now) {
  if (!audio) return;
  heardUntil ??= now - JUST_NOW;
  const newest = Math.max(heardUntil, ...alerts.filter((one) => one.sounds).map((one) => one.told_at));
  if (newest === heardUntil) return;
  heardUntil = newest;
  if (audio.state === "running") ring();
  document.documentElement.dataset.sounded = newest;
}

function ring() {
  NOTES.forEach((frequency, which) => {
    const start = audio.currentTime + 0.02 + which * BETWEEN;
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + RINGING);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + RINGING);
  });
}
