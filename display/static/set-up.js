// The page for whoever hangs a board's screen: its millimetres, and its sound at a press.

import { say } from "/static/voice.js";
import { chime } from "./chime.js";
import { measure } from "./sizes.js";

const page = document.querySelector("[data-set-up]");
measure(page.dataset, () => {});
page.querySelector("[data-try-sound]").addEventListener("click", async () => {
  await chime(1);
  await say(JSON.parse(page.dataset.say));
});
