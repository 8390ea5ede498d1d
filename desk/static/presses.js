// Asks the front desk one thing at a time: a press while another is being answered, the second click of a double click and
// Next or Undo twice in one go count as one. What was not done is said in [data-refusal] until the next press.
// A question that a dialog asks is refused in the dialog; a reason that is still to be asked for is no refusal.

const ONE_GO = 600; // ms within which two presses were meant as one
const ONCE = ["call_next", "undo"]; // done twice, these pass somebody over or take back too much

// `face` is live.js's connection. Returns `press(question, data)` -> the answer, or null if it did not count.
// `press.pending()` says whether one is being answered; `answered()` is called once it is.
export function presses(face, answered = () => {}) {
  const refusal = document.querySelector("[data-refusal]");
  const line = refusal.querySelector(".flash");
  const sentence = refusal.querySelector("[data-sentence]");
  let last = { question: null, at: -Infinity };
  let pending = false;
  let saidLost = false;

  // The same sentence again is heard again only if it was gone for a moment.
  function say(text) {
    line.hidden = true;
    sentence.textContent = "";
    if (text) requestAnimationFrame(() => [(sentence.textContent = text), (line.hidden = false)]);
  }

  face.socket.on("connect", () => saidLost && say(null));

  async function press(question, data = {}) {
    if (pending) return null;
    const at = performance.now();
    if (ONCE.includes(question) && question === last.question && at - last.at < ONE_GO) {
      say(refusal.dataset.tooSoon);
      return null;
    }
    pending = true;
    // Finishing that calls the next is a Next.
    const done = question === "finish" && data.and_next ? "call_next" : question;
    const answer = await face.ask(question, data);
    pending = false;
    answered();
    last = { question: answer.ok ? done : null, at };
    saidLost = Boolean(answer.lost);
    const elsewhere = answer.reason === "reason_needed" || document.querySelector("dialog[data-asks]:modal");
    say(answer.ok || elsewhere ? null : answer.message);
    return answer;
  }

  return Object.assign(press, { pending: () => pending });
}

// A double click is one press; a finger's second tap has no count of its own, but comes as soon, and may fall on what a
// dialog that has just closed lay over.
const taps = [-Infinity, -Infinity]; // when the last two were

document.addEventListener(
  "click",
  (event) => event.pointerType === "touch" && taps.splice(0, 2, taps[1], event.timeStamp),
  true,
);

export function counts(event) {
  if (event.detail > 1) return false;
  return event.pointerType !== "touch" || taps[1] - taps[0] >= ONE_GO;
}
