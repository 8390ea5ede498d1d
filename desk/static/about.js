// The fields about a visitor (about.html): what they hold as a question's values, and the other way round.

export function read(form) {
  const values = new FormData(form);
  const party = values.get("party");
  return {
    needs: values.getAll("needs"),
    language: asksLanguage(form) ? values.get("language").trim() : "",
    remark: values.get("remark").trim(),
    to_come: values.getAll("to_come"),
    ...(party && { party: Number(party) }),
  };
}

export function write(form, visitor) {
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = visitor[box.name].includes(box.value);
  if (form.elements.language) form.elements.language.value = visitor.language;
  form.elements.remark.value = visitor.remark;
  form.elements.party.value = visitor.party ?? "";
  needs(form);
}

// A need that asks for a language shows where to write it.
export function needs(form) {
  for (const field of form.querySelectorAll("[data-if-need]")) field.hidden = !isOn(form, field.dataset.ifNeed);
}

const isOn = (form, need) => form.querySelector(`input[name=needs][value="${need}"]`).checked;
const asksLanguage = (form) => [...form.querySelectorAll("[data-if-need]")].some((field) => isOn(form, field.dataset.ifNeed));
