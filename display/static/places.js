// Which calls stand large, and which in the list below. Every call is large for its whole time: when more people are
// called at once than there are places, the later ones stand first in the list until a place is free. It follows from the
// picture alone, so that every board shows the same and a reloaded one what it showed before.

// `calls` newest first, `at` and `kept` in ms; answers {large, before}: each call with `fresh` (its time is not over) and
// `waits` (for a place). In the list are `recent` calls, or all that wait.
export function arrange(calls, { at, kept, places, recent }) {
  const free = Array(places).fill(-Infinity); // when each place is free again
  const placed = [...calls].reverse().map((call) => {
    const place = free.indexOf(Math.min(...free));
    const from = Math.max(Math.min(call.called_at, at), free[place]);
    free[place] = from + kept;
    return { ...call, fresh: from <= at && at < from + kept, waits: from > at };
  });
  placed.reverse();
  const fresh = placed.filter((call) => call.fresh);
  const large = fresh.length ? fresh : placed.filter((call) => !call.waits).slice(0, 1);
  const waiting = placed.filter((call) => call.waits);
  const before = [...waiting, ...placed.filter((call) => !call.waits && !large.includes(call))];
  return { large, before: before.slice(0, Math.max(recent, waiting.length)) };
}
