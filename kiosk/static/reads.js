// Which language the screens speak. One touch on a language opens the kiosk's page in it, where the person was; the next
// person finds the office's first language again.
//
//   <html data-language="cy">, <div data-kiosk data-first-language="en">
//
//   const language = reads(page, { screen, was: () => "needs" });
//   language.choose("cy");      true: the page goes, and comes back in that language
//   language.first();           likewise, for the next person; false where it is the first already
//   language.resume();          shows the screen where they were in the other language's page, if there is one

import { carried, carry, go } from "./carry.js";

export function reads(page, { screen, was }) {
  const now = document.documentElement.dataset.language;
  const first = page.dataset.firstLanguage;
  const address = (tag) => (tag === first ? location.pathname : `${location.pathname}?language=${tag}`);
  const under = () => [...page.querySelectorAll("[data-screen][data-under]")].map(({ dataset }) => [dataset.screen, dataset.under]);
  let where = carried.where;
  carry("where", () => ({ screen: was(), under: under() }));

  return {
    changed: now !== first,
    choose: (tag) => tag !== now && (go(address(tag)), true),
    first: () => now !== first && (go(address(first), { alone: true }), true),
    resume() {
      if (!where || !screen.get(where.screen)) return false;
      for (const [name, above] of where.under) if (screen.get(name)) screen.get(name).dataset.under = above;
      screen.show(where.screen);
      where = null;
      return true;
    },
  };
}
