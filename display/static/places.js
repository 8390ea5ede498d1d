// Which calls stand large, and which in the list: every call has its time among the large ones, as far as there are
// places; when more people are called at once, the first of them head the list, marked as still called. It follows from
// the picture alone, so that every board shows the same, and a reloaded one what it showed before.

// `calls` newest first, `at` and `kept` in ms; answers {large, before}, each call with `fresh`: its time is not over.
export function arrange(calls, { at, kept, most, recent }) {
  const marked = calls.map((call) => ({ ...call, fresh: at - call.called_at < kept }));
  const fresh = marked.filter((call) => call.fresh).length;
  const large = Math.min(Math.max(fresh, 1), most);
  return { large: marked.slice(0, large), before: marked.slice(large, Math.max(large + recent, fresh)) };
}
