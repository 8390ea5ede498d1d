// The page's one connection to the front desk: pictures in, questions out. It keeps no state of the queue
// and holds no sentences; those stand in the banner of base.html.
//
//   import { connect } from "/static/live.js";
//
//   const desk = connect("/desk", {
//     picture: "desk",                       // the name of this face's picture
//     onPicture: (picture) => fill(page, picture),
//     on: { called: (message) => … },        // momentary messages, by name
//     auth: { token: "…" },                  // only where cookies do not say who asks
//     query: { pace: "slow" },               // a heartbeat every 15 seconds: for phones
//     onRefused: () => true,                 // "let this page stand": else it is loaded again, and learns what helps
//   });
//   const answer = await desk.ask("call_next", { leaving: null });   // {ok: true, …} or {ok: false, message}
//   desk.has(message.step);                  // "I have shown this step": older pictures are then ignored
//
// A picture carries `step` (rises by one a change) and `now` (the server's clock, ms). A picture older than what is
// shown is dropped; the first one after each connection is always taken, for the server may have been restored.
// <html data-server> is "joining", "here" or "lost", for CSS. Everything is right again by itself.

import { timeOfDay } from "/static/clock.js";
import { now, setNow } from "/static/now.js";

const ANSWER_WITHIN = 5_000; // ms
const FLICKER = 1_500; // ms without a connection before the banner; a heartbeat that stopped has waited long enough
const ARRIVING = 5_000; // ms a page just opened may take to connect
const RELOAD_AT_MOST_EVERY = 30_000; // ms

const banner = document.querySelector("[data-lost-server]");
const root = document.documentElement;

export function connect(namespace, { picture, onPicture, on = {}, auth, onRefused, query } = {}) {
  let shown = -1;
  let heardAt = null; // when the server was last heard, by its own clock
  let lostTimer = null; // runs from the first sign of trouble until the connection is back

  const socket = window.io(namespace, {
    auth: { language: root.dataset.language, ...auth },
    query,
    // Websocket first spares a screen four requests; polling is for proxies that refuse it.
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 3_000,
  });

  function lost() {
    root.dataset.server = "lost";
    const heard = banner?.querySelector("[data-heard]");
    if (heard && heardAt) {
      heard.hidden = false;
      heard.querySelector("time").textContent = timeOfDay(heardAt);
    }
    if (banner) banner.hidden = false;
  }

  function lostUnlessBackWithin(patience) {
    lostTimer ??= setTimeout(lost, patience);
  }

  function here() {
    clearTimeout(lostTimer);
    lostTimer = null;
    root.dataset.server = "here";
    if (banner) banner.hidden = true;
  }

  socket.on("connect", here);
  socket.io.on("ping", () => (heardAt = now()));

  socket.on("disconnect", (reason) => {
    shown = -1;
    if (reason === "ping timeout") lost();
    else lostUnlessBackWithin(FLICKER);
    // Shut by the server (signed out, revoked): ask again, and learn why from the refusal.
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 500);
  });

  socket.on("connect_error", () => {
    if (socket.active) lostUnlessBackWithin(FLICKER); // it tries again by itself
    else refused();
  });

  // The server is there and says no: its page knows what helps (sign in, pair again).
  async function refused() {
    if (onRefused?.()) {
      lost();
      if (banner) banner.hidden = true; // it is not the server that is lost
      setTimeout(() => socket.connect(), 2_000);
      return;
    }
    const last = Number(sessionStorage.getItem("reloaded_at"));
    if (Date.now() - last > RELOAD_AT_MOST_EVERY && (await pageAnswers())) {
      sessionStorage.setItem("reloaded_at", String(Date.now()));
      location.reload();
      return;
    }
    lost();
    setTimeout(() => socket.connect(), 5_000);
  }

  if (picture) {
    socket.on(picture, (news) => {
      here(); // the first picture is handed over before "connect" is told
      if (news.now) setNow(news.now);
      heardAt = now();
      if (news.step < shown) return;
      shown = news.step;
      onPicture(news);
    });
  }
  for (const [name, react] of Object.entries(on)) socket.on(name, react);

  // Never waits for a lost server: a press must not be done a minute later.
  function ask(question, data = {}) {
    if (root.dataset.server === "lost") return Promise.resolve({ ok: false, lost: true, message: banner?.dataset.lost });
    return new Promise((resolve) => {
      socket.timeout(ANSWER_WITHIN).emit(question, data, (late, answer) => {
        resolve(late ? { ok: false, lost: true, message: banner?.dataset.noAnswer } : answer);
      });
    });
  }

  root.dataset.server = "joining";
  lostUnlessBackWithin(ARRIVING);
  return { ask, socket, has: (step) => (shown = Math.max(shown, step)) };
}

async function pageAnswers() {
  try {
    return (await fetch(location.href, { method: "HEAD", signal: AbortSignal.timeout?.(ANSWER_WITHIN) })).status < 500;
  } catch {
    return false;
  }
}
