// Staffing: a moved slider asks at once, and whatever is still being worked out is looked at again until it is there.
//
//   <section id="…" data-again>          replaced by the same section of the page, fetched again, while it says so
//   <form data-what-if>                  its fields, in the address, are the question; the answer stands in #answer
//   <output for="people" data-said="{0}%|as expected">   the slider's value in words: {0} or {t} (minutes as a time of
//                                        day); after the bar, what 0 is called
// Without scripts the form's button asks, and a link looks again; with them that is hidden (staffing.css).

const AGAIN = 1000; // ms
const NOW = 60_000; // ms, after which the next hour is another
const form = document.querySelector("[data-what-if]");
const wanted = new Set(); // sections that the next look brings
let looking, timer; // the newest look: what an older one brings comes too late

say();
later();
setInterval(() => document.hidden || look("now"), NOW);
form?.addEventListener("input", say);
form?.addEventListener("change", (event) => {
  const begins = event.target.selectedOptions?.[0].dataset.at; // a break is moved from where it is
  if (begins) form.elements["lunch-at"].value = begins;
  say();
  ask();
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});

function ask() {
  history.replaceState(null, "", `${location.pathname}?${new URLSearchParams(new FormData(form))}`);
  document.querySelector("#answer").setAttribute("aria-busy", "true");
  look("answer-says", "answer");
}

// Fetches the page as it is now and takes sections from it.
async function look(...sections) {
  sections.forEach((id) => wanted.add(id));
  looking?.abort();
  const { signal } = (looking = new AbortController());
  try {
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "look-again" }, signal });
    if (answer.redirected || (answer.status >= 400 && answer.status < 500)) return location.reload(); // it says why
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok) [...wanted].forEach((id) => replace(id, page));
  } catch {
    if (signal.aborted) return; // the newer look brings it
  }
  later();
}

function later() {
  clearTimeout(timer);
  const open = [...document.querySelectorAll("[data-again]")].map((one) => one.id);
  if (open.length || wanted.size) timer = setTimeout(look, AGAIN, ...open);
}

function replace(id, page) {
  const [before, after] = [document.getElementById(id), page.getElementById(id)];
  wanted.delete(id);
  if (!before || !after) return;
  const goesOn = after.hasAttribute("data-again");
  if (id === "making" && !goesOn) return location.reload(); // a plan that has just been made is the whole page
  if (id === "making") return goOn(before, after);
  if (before.textContent !== after.textContent) {
    if (before.role !== "status") return before.replaceWith(after);
    before.replaceChildren(...after.childNodes); // heard only if the element itself stays
    before.className = after.className;
  }
  before.toggleAttribute("data-again", goesOn);
  before.removeAttribute("aria-busy");
}

// Nothing moves under the pointer that is about to press Stop.
function goOn(before, after) {
  before.querySelector("progress").value = after.querySelector("progress").value;
  before.querySelector("label").textContent = after.querySelector("label").textContent;
}

function say() {
  for (const output of form?.querySelectorAll("output[data-said]") ?? []) {
    const slider = form.elements[output.htmlFor[0]];
    const value = Number(slider.value);
    const [said, none] = output.dataset.said.split("|");
    const number = `${value > 0 && !said.includes(" ") ? "+" : ""}${value}`.replace("-", "\u2212");
    const time = [Math.floor(value / 60), value % 60].map((part) => `${part}`.padStart(2, "0")).join(":");
    output.value = value === 0 && none ? none : said.replace("{0}", number).replace("{t}", time);
    slider.setAttribute("aria-valuetext", output.value);
  }
}
