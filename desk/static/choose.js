// The list of desks: one press sits down and goes to the desk's own screen.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { preferring } from "./at-work.js";
import { help } from "./help.js";
import { counts, presses } from "./presses.js";
import { shortcuts } from "./shortcuts.js";
import { signOut } from "./sign-out.js";
import { askBeforeTakingOver } from "./take-over.js";

const page = document.querySelector("[data-choose]");
let desks = [];

const face = connect("/desk", {
  picture: "desk",
  onPicture(picture) {
    desks = picture.desks.map((desk, index) => ({
      ...desk,
      place: index < 9 ? String(index + 1) : null,
      free: desk.state === "closed",
      theirs: desk.state !== "closed" && !desk.mine,
      paused: desk.state === "paused",
    }));
    fill(page, { ...picture, desks });
    showHelp(picture);
    prefer(picture.preferences);
    showKeys(picture.preferences);
  },
});
const press = presses(face);
const [showHelp, prefer, showKeys] = [help(press), preferring(press), shortcuts()];

page.addEventListener("click", async (event) => {
  const key = event.target.closest("[data-sit]")?.dataset.sit;
  if (!key || !counts(event)) return;
  const desk = desks.find((other) => other.key === key);
  if (desk.theirs && !(await askBeforeTakingOver(desk))) return;
  const answer = desk.mine ? { ok: true } : await press("sit", { desk: key, take_over: desk.theirs });
  if (answer?.ok) location.assign(page.dataset.way.replace("DESK", encodeURIComponent(key)));
});

signOut();
