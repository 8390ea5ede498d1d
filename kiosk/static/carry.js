// Another language is another page. What the person had chosen goes with them, once: never anything that they typed.
//
//   carry("reading", () => …keys…);        what `go` takes along, by name
//   carried.reading                         what this page was given, if it was
//   go("/kiosk?language=cy");               only where that page answers, so that a kiosk never leaves its own behind
//   go("/kiosk", { alone: true });          with nothing

const PLACE = "reception.carried";
const PATIENCE = 5_000; // ms: an answer that comes when the next person stands here would be their page in another's language
const things = new Map();

export const carried = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
sessionStorage.removeItem(PLACE);

export const carry = (name, kept) => things.set(name, kept);

export async function go(address, { alone = false } = {}) {
  if (!(await answers(address))) return false;
  if (!alone) sessionStorage.setItem(PLACE, JSON.stringify(Object.fromEntries([...things].map(([name, kept]) => [name, kept()]))));
  location.replace(address); // nothing to go back to
  return true;
}

async function answers(address) {
  try {
    return (await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

// A page that a browser kept whole would show the last person's words again.
addEventListener("pageshow", (event) => event.persisted && location.reload());
