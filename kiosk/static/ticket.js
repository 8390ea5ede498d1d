// The last screen: the number, what the printer does with its slip, and the time until the screen is the next person's.
//
//   const last = ticketScreen(section, { seconds, busy: () => false, ask, drawn, told, done });
//                          drawn(): seconds passed, or the code is there; told(): the slip's words are others
//   last.give(ticket);     the number is painted, then the server hears "shown" and answers {qr}
//   last.slip(news);       what became of a slip, whenever it comes (kiosk/paper.py)
//   last.came(true);       the answer to "Did your ticket print?"
//   last.printAgain();
//   last.longer(); last.clear();

import { fill } from "/static/fill.js";

const SLIP_IS_SLOW = 6_000; // ms
const WELL = ["printing", "printed"]; // the slip itself says the rest; else somebody has to read it
const MARGIN = 4; // modules of white round a QR code

export function ticketScreen(section, { seconds, busy, ask, drawn, told, done }) {
  const words = section.querySelector("[data-printing]")?.dataset ?? {}; // none where nothing prints
  let screen = null; // what stands there now
  let early = null; // news of a slip may be here before the answer that gives the ticket
  let counting;
  let slow;

  function draw(more) {
    if (!screen) return;
    fill(section, Object.assign(screen, more));
    drawn();
  }

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
    say(news, { asks: news.asks });
  }

  function say(slip, { asks = false, offers_reprint = false } = {}) {
    draw({ slip: { ...slip, calls: !WELL.includes(slip.state) }, asks, offers_reprint });
    told();
    longer(); // something else to read
  }

  async function tell(name, data) {
    const { id } = screen;
    const { ok, message, sentence, offers_reprint = false } = await ask(name, { visit: id, ...data });
    if (screen?.id !== id) return;
    say({ state: ok ? "told" : "failed", sentence: ok ? sentence : message }, { offers_reprint });
  }

  return {
    slip,
    longer,
    came: (came) => tell("slip_came", { came }),
    printAgain: () => tell("print_again"),
    give(ticket) {
      const { number, booked_at, late, where, again } = ticket;
      const on_time = booked_at && !late;
      const paper = again ? { state: "again", sentence: words.again, calls: true } : { state: "printing", sentence: words.printing };
      screen = { ...ticket, [where]: true, on_time, length: number.length, qr: null, slip: paper, clears_in: 0 };
      Object.assign(screen, { asks: false, offers_reprint: false });
      if (!again) slow = setTimeout(() => say({ state: "slow", sentence: words.slow }), SLIP_IS_SLOW);
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
    const { qr } = await ask("shown", { visit: ticket.id });
    if (!qr || ticket.id !== screen?.id) return;
    draw({ qr: { path: qr.path, box: box(qr) } });
  }
}

// Of a QR code with its white round it.
export function box({ size }) {
  return [-MARGIN, -MARGIN, size + 2 * MARGIN, size + 2 * MARGIN].join(" ");
}
