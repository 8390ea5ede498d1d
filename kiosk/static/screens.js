// Shows one screen at a time and puts the focus on its heading, so that it is read out and the next Tab is its first
// button. The document hears an event "screen" ({detail: name}) once it stands there.
//
//   <section data-screen="start" hidden>… <h2 class="heading" tabindex="-1">
//   <section data-screen="group-money" data-under="start" hidden>     "back" leads to the screen it stands under

export function screens(page, changed = () => {}) {
  const all = new Map([...page.querySelectorAll("[data-screen]")].map((screen) => [screen.dataset.screen, screen]));
  const self = {
    current: [...all.keys()].find((name) => !all.get(name).hidden),
    get: (name) => all.get(name),
    get under() {
      return all.get(self.current).dataset.under;
    },
    show(name) {
      if (name === self.current) return;
      all.get(self.current).hidden = true;
      all.get(name).hidden = false;
      self.current = name;
      changed(name);
      all.get(name).querySelector(".heading").focus();
      document.dispatchEvent(new CustomEvent("screen", { detail: name }));
    },
  };
  return self;
}
