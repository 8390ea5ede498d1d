// Two soft notes, G5 and D5. A browser that keeps the sound back says so through `whenHeard`.

const NOTES = [783.99, 587.33]; // Hz
const BETWEEN = 0.45; // s from the first note to the second
const RINGING = 1.6; // s each note takes to die away
const LOUDNESS = 0.3;

const audio = new AudioContext();
let silentFrom = 0; // s on the audio's clock: when the last chime has died away

// Resolves when it has died away. `level` from 0 to 1.
export async function chime(level) {
  if (audio.state !== "running" || level === 0) return;
  // By the audio's own clock, which a timer may run ahead of.
  const start = Math.max(audio.currentTime + 0.02, silentFrom);
  NOTES.forEach((note, which) => ring(note, start + which * BETWEEN, level));
  silentFrom = start + BETWEEN + RINGING;
  await new Promise((done) => setTimeout(done, (silentFrom - audio.currentTime) * 1_000));
}

// `told(whether the sound can be heard)`, a moment from now and whenever it changes; a press anywhere brings it back.
export function whenHeard(told) {
  const tell = () => told(audio.state === "running");
  audio.addEventListener("statechange", tell);
  document.addEventListener("pointerdown", () => audio.resume());
  document.addEventListener("keydown", () => audio.resume());
  // A context that may run starts a moment later; the mark must not flash up for that.
  setTimeout(tell, 500);
}

// One note as a small bell has it: the tone, a little of the octave that fades sooner, no click at either end.
function ring(frequency, start, level) {
  for (const [times, share, length] of [[1, 1, RINGING], [2, 0.18, RINGING / 2]]) {
    const tone = new OscillatorNode(audio, { frequency: frequency * times });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS * level * share, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length);
  }
}
