// A form as a question's payload, and the other way round. A field's name may have a dot ("promise.what"). By `data-kind`:
// "number"; "list" gathers the checked values; "flag" is true or false. What is empty is left out, unless `data-kept`:
// there, nothing means to take away what was. Fields in a closed <details data-optional> are not part of it.

export function formed(form, submitter) {
  const said = {};
  for (const field of form.elements) {
    if (!field.name || field.closest("details[data-optional]:not([open])")) continue;
    if (field.type === "submit" && field !== submitter) continue;
    const value = valueOf(field);
    if (value !== undefined) put(said, field, value);
  }
  return said;
}

// What is said otherwise than before: a colleague may have changed the rest meanwhile.
export function changed(said, before) {
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])));
}

// Puts what is known into the fields of that name; a list checks its boxes, a choice its circle.
export function prefill(form, known) {
  form.reset();
  for (const details of form.querySelectorAll("details")) details.open = false;
  for (const field of form.elements) {
    const value = known[field.name];
    if (value === undefined || value === null) continue;
    if (field.dataset.kind === "list") field.checked = value.includes(field.value);
    else if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
}

function valueOf(field) {
  const { kind, kept } = field.dataset;
  if (kind === "list") return field.checked ? [field.value] : [];
  if (kind === "flag") return field.type === "checkbox" ? field.checked : true;
  if (field.type === "radio" && !field.checked) return undefined;
  const text = field.value.trim();
  if (text === "") return kept === undefined || kind === "number" ? undefined : "";
  return kind === "number" ? Number(text) : text;
}

function put(said, field, value) {
  const names = field.name.split(".");
  const last = names.pop();
  const inner = names.reduce((outer, name) => (outer[name] ??= {}), said);
  inner[last] = field.dataset.kind === "list" ? [...(inner[last] ?? []), ...value] : value;
}
