// What a visitor is asked before the number, in turn, and what they have said so far. It is all gone as soon as the screen
// is anybody's again.
//
//   const asked = questions({ page, screen, draw, ready });
//   asked.begin({ service }) or asked.begin({ reference });   asked.answer("party", 3);   asked.back();   asked.forget();
//
// `ready(said)` is called when no question is open. A screen that the page lacks is not asked.

export function questions({ page, screen, draw, ready }) {
  const ticks = [...page.querySelectorAll("[data-need]")];
  let said = {}; // service, or reference, or postcode and initial; offer, party, needs, language

  const asksLanguage = (need) => page.querySelector(`[data-need="${need}"][data-asks-language]`);
  // Each question: the name of its answer, its screen, and whether it is for this person.
  const QUESTIONS = [
    { name: "offer", screen: () => `offer-${said.service}`, open: () => "service" in said },
    { name: "party", open: () => "service" in said },
    { name: "needs", open: () => true },
    { name: "language", open: () => said.needs?.some(asksLanguage) },
  ];

  function goOn() {
    const next = QUESTIONS.find((one) => !(one.name in said) && one.open() && screen.get(one.screen?.() ?? one.name));
    if (!next) {
      const { offer, ...answers } = said;
      ready(answers);
      return;
    }
    const name = next.screen?.() ?? next.name;
    if (name !== screen.current) screen.get(name).dataset.under = screen.current;
    draw();
    screen.show(name);
  }

  return {
    get service() {
      return said.service;
    },
    get chosen() {
      return ticks.some(isPressed);
    },
    goOn,
    // What they have come for; what they said of themselves stays said when an appointment is tried again.
    begin({ service, ...appointment }) {
      const { needs, language } = said;
      said = service ? { service } : appointment;
      if (needs) said.needs = needs;
      if (language !== undefined) said.language = language;
      goOn();
    },
    answer(name, what) {
      said[name] = what;
      goOn();
    },
    tick(button) {
      press(button, !isPressed(button));
      draw();
    },
    ticked: () => ticks.filter(isPressed).map((tick) => tick.dataset.need),
    // The question one goes back to is open again.
    back() {
      const to = QUESTIONS.find((one) => screen.under === one.screen?.() || screen.under === one.name);
      if (to) delete said[to.name];
      screen.show(screen.under);
    },
    forget() {
      said = {};
      for (const tick of ticks) press(tick, false);
    },
    // For another language's page (carry.js): keys alone, nothing that was typed.
    kept() {
      const { reference, postcode, initial, ...rest } = said;
      return { ...rest, ticked: this.ticked() };
    },
    keep({ ticked = [], ...rest }) {
      said = rest;
      for (const tick of ticks) press(tick, ticked.includes(tick.dataset.need));
    },
  };
}

function isPressed(button) {
  return button.getAttribute("aria-pressed") === "true";
}

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}
