// A screen waiting to be let in: once a manager approves its code, it goes where it was going (data-next). A code that
// ran out is replaced by loading the page again; one that is still good stays.

import { connect } from "/static/live.js";

const page = document.querySelector("[data-pairing]");
const LOAD_AGAIN = 120_000; // ms

connect("/pair", { on: { paired: () => location.replace(page.dataset.next || location.href) } });
setTimeout(() => location.reload(), LOAD_AGAIN);
