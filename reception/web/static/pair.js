// A screen waiting to be let in: once a manager approves its code, it goes where it was going (data-next).

import { connect } from "/static/live.js";

const page = document.querySelector("[data-pairing]");
connect("/pair", { on: { paired: () => location.replace(page.dataset.next || location.href) } });
