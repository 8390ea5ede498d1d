// The server's time, so that a screen whose own clock is wrong still counts waits right. Until the first picture
// it is the screen's own.

let offset = performance.timeOrigin;

export const now = () => performance.now() + offset; // UTC milliseconds

export function setNow(instant) {
  offset = instant - performance.now();
}

const beats = new Set();

// Calls `react` at once and then at every whole second; one timer for the whole page, so that everything ticks together.
export function eachSecond(react) {
  beats.add(react);
  react();
}

function beat() {
  setTimeout(beat, 1_000 - (now() % 1_000)); // first: what one of them gets wrong must not stop the clock of a whole day
  for (const react of beats) react();
}
beat();
