// Makes a call noticed: two soft notes and two slow pulses. Sounds wait their turn and never overlap; pulses start at once,
// because nobody must hear to be served. A browser that keeps the sound back says so on the board.

const NOTES = [783.99, 587.33]; // Hz: G5, then D5 below it
const BETWEEN = 0.45; // s from the first note to the second
const RINGING = 1.6; // s each note takes to die away
const LOUDNESS = 0.3;

const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const audio = new AudioContext();
let turn = Promise.resolve();
let silentFrom = 0; // s on the audio's clock: when the last chime has died away

// `element`: where the call stands. Resolves when its sound is over.
export function announce(call, element) {
  pulse(element);
  turn = turn.then(chime);
  return turn;
}

// Shows `button` while the browser holds the sound back; pressing anywhere brings it back.
export function sound(button) {
  const show = () => (button.hidden = audio.state === "running");
  audio.addEventListener("statechange", show);
  document.addEventListener("pointerdown", () => audio.resume());
  document.addEventListener("keydown", () => audio.resume());
  // A context that may run starts a moment later; the mark must not flash up for that.
  setTimeout(show, 500);
}

function pulse(element) {
  if (!element || reduced.matches) return;
  const style = getComputedStyle(element);
  element.animate(
    [{ backgroundColor: "transparent" }, { backgroundColor: style.getPropertyValue("--pulse") }, { backgroundColor: "transparent" }],
    { duration: 2_000, iterations: 2, easing: "ease-in-out" },
  );
}

async function chime() {
  if (audio.state !== "running") return;
  // By the audio's own clock, which a timer may run ahead of.
  const start = Math.max(audio.currentTime + 0.02, silentFrom);
  NOTES.forEach((note, which) => ring(note, start + which * BETWEEN));
  silentFrom = start + BETWEEN + RINGING;
  await new Promise((done) => setTimeout(done, (silentFrom - audio.currentTime) * 1_000));
}

// One note as a small bell has it: the tone, a little of the octave that fades sooner, no click at either end.
function ring(frequency, start) {
  for (const [times, share, length] of [[1, 1, RINGING], [2, 0.18, RINGING / 2]]) {
    const tone = new OscillatorNode(audio, { frequency: frequency * times });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS * share, start + 0.015);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + length);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + length);
  }
}
