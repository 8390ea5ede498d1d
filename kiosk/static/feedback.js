// How it went, in three touches: the way in, what kind it is, what it is about. No ticket is asked for, given or disturbed.
//
//   <button data-feedback-kind="complaint">   <button data-feedback-theme="waiting">   <button data-feedback-again>
//
//   const feedback = feedbackScreens({ screen, ask });
//   feedback.kind("complaint");   feedback.theme("waiting");   feedback.again();   feedback.forget();
//
// One telling is noted once, however often its theme is pressed, also where the answer was lost on the way.

import { fill } from "/static/fill.js";
import { carried, carry } from "./carry.js";
import { random } from "./showing.js";
import { box } from "./ticket.js";

const NOTHING = { reference: null, by: null, qr: null, said_and_did: null };
const SLOW = 300; // ms without an answer before the screen says that it is working

export function feedbackScreens({ screen, ask }) {
  let said = { kind: carried.feedback?.kind };
  let telling = random();
  let asking = false;
  let isSent = false; // something was sent: it is not chosen anew in another language
  carry("feedback", () => ({ kind: said.kind }));

  async function send() {
    if (asking) return;
    asking = isSent = true;
    const mine = telling;
    const waiting = setTimeout(() => screen.show("feedback-asking"), SLOW);
    const answer = await ask("give_feedback", { ...said, showing: telling });
    clearTimeout(waiting);
    asking = false;
    if (mine !== telling) return; // they have gone on to something else
    if (answer.lost) screen.show("feedback-late");
    else if (answer.ok) thank(answer);
    else refuse(answer.message);
  }

  function thank({ reference, by, qr, said_and_did }) {
    telling = random();
    fill(screen.get("feedback-thanks"), { reference, by, said_and_did, qr: qr && { path: qr.path, box: box(qr) } });
    screen.get("feedback-thanks").toggleAttribute("data-without-code", !qr);
    screen.show("feedback-thanks");
  }

  function refuse(sentence) {
    telling = random();
    fill(screen.get("feedback-refused"), { sentence });
    screen.show("feedback-refused");
  }

  return {
    get asking() {
      return asking;
    },
    get isSent() {
      return isSent;
    },
    kind(kind) {
      said = { kind };
      isSent = false;
      screen.show("feedback-about");
    },
    theme(theme) {
      said = { ...said, theme };
      send();
    },
    again: send,
    forget() {
      fill(screen.get("feedback-thanks") ?? document.createElement("p"), NOTHING);
      said = {};
      isSent = false;
      telling = random();
    },
  };
}
