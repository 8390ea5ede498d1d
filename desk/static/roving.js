// Buttons of which one is enough: Tab comes to the group once, arrows move within it ([data-roving]).

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function roving(within) {
  for (const group of within.querySelectorAll("[data-roving]")) {
    const buttons = [...group.querySelectorAll("button")];
    const enter = (chosen) => buttons.forEach((button) => (button.tabIndex = button === chosen ? 0 : -1));
    enter(buttons[0]);
    group.addEventListener("focusin", (event) => enter(event.target));
    group.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const place = buttons.indexOf(event.target.closest("button"));
      buttons[(place + step + buttons.length) % buttons.length].focus();
    });
  }
}
