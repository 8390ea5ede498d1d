// Keeps a list that the server rendered true: it is fetched again when the server says that something of its kind changed, each
// minute (what is due becomes late), and when somebody comes back to the page. Only [data-fresh] is replaced; focus stays, and
// nothing is taken from under a finger that presses.

import { connect } from "/static/live.js";
import { signOut } from "./sign-out.js";

const EACH = 60_000; // ms

let asking = false;
let again = false;
let pressing = false; // a button that were replaced now would never be clicked
let held = null; // the page that came meanwhile

async function look() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  again = false;
  try {
    // Named, so that it does not take the sentence meant for the page that somebody's press is just opening.
    const answer = await fetch(location.href, { headers: { "X-Requested-With": "look-again" } });
    if (answer.redirected) location.reload(); // signed out: the page says what helps
    else if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The banner says that the server is lost; on connecting again it is asked again.
  }
  asking = false;
  if (again) look();
}

function put(page) {
  if (pressing) return (held = page);
  const [shown, fresh] = [document, page].map((one) => one.querySelector("[data-fresh]"));
  if (!fresh || shown.innerHTML === fresh.innerHTML) return;
  const focused = shown.contains(document.activeElement) && document.activeElement.id;
  shown.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.focus();
}

function released() {
  pressing = false;
  if (held) put(held);
  held = null;
}

addEventListener("pointerdown", () => (pressing = true), true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(released), true); // after its click

// On connecting, too: something may have changed since the page was made.
connect("/greeter", { on: { look_again: look } }).socket.on("connect", look);
document.addEventListener("visibilitychange", () => !document.hidden && look());
setInterval(look, EACH);
signOut();
