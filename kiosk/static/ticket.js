// The last screen: the number, what the printer does with its slip, and the time until the screen is the next person's.
//
//   const last = ticketScreen(section, { seconds, busy: () => false, shown, done });
//   last.give(ticket);     the number is painted, then `shown(ticket)` is asked and answers {qr}
//   last.slip(news);       what became of a slip, whenever it comes
//   last.longer(); last.clear();

import { fill } from "/static/fill.js";

const SLIP_IS_SLOW = 6_000; // ms
const MARGIN = 4; // modules of white round a QR code

export function ticketScreen(section, { seconds, busy, shown, done }) {
  const words = section.querySelector("[data-printing]")?.dataset ?? {}; // none where nothing prints
  let screen = null; // what stands there now
  let early = null; // news of a slip may be here before the answer that gives the ticket
  let counting;
  let slow;

  const draw = (more) => screen && fill(section, Object.assign(screen, more));

  function longer() {
    clearInterval(counting);
    draw({ clears_in: seconds });
    counting = setInterval(() => {
      draw({ clears_in: screen.clears_in - 1 });
      if (screen.clears_in > 0) return;
      if (busy()) longer(); // it is being read to somebody
      else done();
    }, 1_000);
  }

  function slip(news) {
    early = news;
    if (news.visit !== screen?.id) return;
    clearTimeout(slow);
    draw({ slip: news });
    longer(); // something else to read
  }

  return {
    slip,
    longer,
    give(ticket) {
      const { number, booked_at, late, where, again } = ticket;
      const on_time = booked_at && !late;
      const ahead_counts = !on_time && ticket.ahead !== null && ["board", "seat"].includes(where);
      const paper = again ? { state: "again", sentence: words.again } : { state: "printing", sentence: words.printing };
      screen = { ...ticket, [where]: true, on_time, ahead_counts, length: number.length, qr: null, slip: paper, clears_in: 0 };
      if (!again) slow = setTimeout(() => draw({ slip: { state: "slow", sentence: words.slow } }), SLIP_IS_SLOW);
      longer();
      if (!again && early?.visit === ticket.id) slip(early);
      requestAnimationFrame(() => setTimeout(() => follow(ticket)));
    },
    clear() {
      clearInterval(counting);
      clearTimeout(slow);
      screen = null;
    },
  };

  async function follow(ticket) {
    const { qr } = await shown(ticket);
    if (!qr || ticket.id !== screen?.id) return;
    const side = qr.size + 2 * MARGIN;
    draw({ qr: { path: qr.path, box: `${-MARGIN} ${-MARGIN} ${side} ${side}` } });
  }
}
