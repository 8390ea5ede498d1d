// While a file is on its way: says so (the sentence stands in the page), and takes no second press.

const form = document.querySelector("[data-taking-in]");

form.addEventListener("submit", () => {
  form.querySelector("[data-busy]").hidden = false;
  form.querySelector("button").disabled = true;
});

// Back from the report by the browser's own way: the page is as it was left.
addEventListener("pageshow", () => {
  form.querySelector("[data-busy]").hidden = true;
  form.querySelector("button").disabled = false;
});
