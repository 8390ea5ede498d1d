// The managers' page of now: shows the picture `now` and nothing remembered besides.

import { connect } from "/static/live.js";
import { fill } from "/static/fill.js";
import { tick } from "/static/ticking.js";

const page = document.querySelector("[data-now]");

connect("/manage", {
  picture: "now",
  onPicture: (picture) => {
    fill(page, picture);
    tick();
    page.dataset.filled = "";
  },
});
