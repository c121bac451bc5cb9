/** Paint the form of an edit, a note or a row to add; it stays as it is while it is open. */
function paintForm(view, check, row) {
  const { parts, state } = view;
  const { form } = state.check;
  parts.form.hidden = !form;
  if (!form) return refill(parts.form);
  if (parts.form.childElementCount) return undefined;
  const adds = form.what === "add";
  const { article } = adds ? { article: view.article() } : placeOf(row) || {};
  const words = adds && form.span ? article.text.slice(...form.span) : "";
  // Of a row that is added, these follow from its words and its speaker.
  const cells = adds ? check.fields.filter(({ column }) => column !== "spans" && column !== "source_kind") : check.fields;
  const fields = { note: () => [], merge: () => mergeFields(check, row), split: () => splitFields(row) }[form.what]
    || (() => cells.map((field) => (field.how === "words" ? wordsField(view, field, article, adds ? [] : spansIn(row, field.column)) : fieldOf(view, field, adds ? "" : cellText(check, row, field), words))));
  const note = adds ? "" : view.file.notes.get(idOf(check, row)) || (linesFor(view, check, row)[0] || { note: "" }).note;
  const typed = (event) => {
    const kind = check.frame === "quotations" && parts.form.querySelector('[data-field="kind"]');
    if (kind) kind.value = kindBy(event.target.value);
  };
  const save = () => {
    const given = [...parts.form.querySelectorAll("[data-field]")].map((node) => [node.dataset.field, valueOf(node, article)]);
    const values = Object.fromEntries(given);
    const { note: noted, words: said } = values;
    delete values.note;
    delete values.words;
    view.save(values, oneLine(noted), said);
  };
  parts.form.setAttribute("aria-label", { add: `Add ${check.noun}`, edit: "Edit", note: "Note", merge: "Same as another round", split: "Split the round" }[form.what]);
  refill(parts.form,
    adds && labelled("Words", el("input", { "data-field": "words", value: words, placeholder: "Select them in the article, or write them", dir: "auto", ...FOCUSABLE, on: { input: typed } }), "tk-wide"),
    el("p", { class: "tk-fault", role: "alert", hidden: true }), fields(), labelled("Note", el("input", { "data-field": "note", value: note, dir: "auto", ...FOCUSABLE }), "tk-wide"),
    el("div", { class: "tk-row" }, button("save", { class: "tk-small tk-do-right" }, save, adds ? "Add" : "Save", el("kbd", { "aria-hidden": "true" }, "⏎")),
      button("cancel", { class: "tk-small" }, () => view.close(), "Cancel", el("kbd", { "aria-hidden": "true" }, "Esc"))));
  parts.form.onkeydown = (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    event.stopPropagation();
    save();
  };
  return undefined;
}

/** Make the control that says which other round one is the same as. */
function mergeFields(check, row) {
  const others = othersOf(check, row).map((other) => el("option", { value: other.key, selected: row.same === other }, shorten(`${other.days}: ${other.name}, ${other.series}`, 90)));
  return labelled("This round is the same as", el("select", { "data-field": "other", ...FOCUSABLE }, el("option", { value: "" }, "Choose a round"), others), "tk-wide");
}

/** Make the controls that say which passages are of a round of their own. */
function splitFields(row) {
  return el("fieldset", { class: "tk-places" }, el("legend", { class: "tk-note" }, "Passages of another round"),
    row.evidence.map(({ article, span }, i) => el("label", {}, el("input", { type: "checkbox", "data-field": `place${i}`, ...FOCUSABLE }), el("span", { dir: "auto" }, shorten(oneLine(article.text.slice(...span)), 160)))));
}

/** Give what a control holds: of words in the text, where they stand; null where they do not. */
function valueOf(node, article) {
  if (node.type === "checkbox") return node.checked ? "yes" : "";
  return node.spans ? placedBy(node, article) : node.value;
}

/** Guess the kind of a statement that is added; a person may choose another. */
function kindBy(words) {
  return /^\s*["“„«‘]/.test(words) ? "direct" : "indirect";
}

/** Make the control of one field, by how its column is given. */
function fieldOf(view, { column, label, how, empty }, value, words) {
  const own = { "data-field": column, ...FOCUSABLE };
  if (Array.isArray(how)) {
    const chosen = value || (words && how.includes("indirect") ? kindBy(words) : "");
    return labelled(label, el("select", own, [...(empty ? [""] : []), ...how].map(String).map((each) => el("option", { value: each, selected: each === chosen }, column === "polarity" ? POLARITIES[each] : each))));
  }
  if (how === "day") return labelled(`${label} day`, el("input", { ...own, type: "date", value }));
  if (!how.startsWith("actor")) return labelled(label, el("input", { ...own, value, dir: "auto" }));
  return labelled(how === "actors" || how === "list" ? `${label} (; between)` : label,
    el("input", { ...own, value, dir: "auto", list: how === "actor" && view.uid, autocomplete: "off", placeholder: how === "actor" && empty && "nobody named" }));
}

function labelled(text, field, look) {
  return el("label", { class: look }, el("span", { class: "tk-note" }, text), field);
}

/** Say what keeps a form from being opened. */
const LACKS = {
  merge: (view, check, row) => (check.frame !== "rounds" && "Rounds alone are made one with others.") || (!othersOf(check, row).length && "There is no other round."),
  split: (view, check, row) => (check.frame !== "rounds" && "Rounds alone are parted.") || (row.evidence.length < 2 && "This round stands in one passage: there is nothing to part."),
};

/** Say what is wrong with a form. */
const FAULTS = {
  merge: (view, check, row, { other }) => !other && "Choose the round that it is one with.",
  split: (view, check, row, values) => {
    const n = chosenPlaces(row, values).length;
    return (!n || n === row.evidence.length) && "Choose some of the passages, and leave some.";
  },
};

/** Say which cell lacks what it cannot be without, or names words that the article does not have. */
function faultOf(view, check, row, values) {
  const gone = check.fields.find((field) => values[field.column] === null);
  const lacks = check.fields.find((field) => !field.empty && field.column in values && !oneLine(values[field.column] || ""));
  return (gone && `${gone.label}: these words do not stand in the article.`) || (lacks && `${lacks.label} cannot be empty.`);
}

/** Give the rounds that one may be made one with, in the order of time. */
function othersOf(check, row) {
  return check.rows.filter((other) => other !== row && !other.rejected && other.evidence.length);
}

function chosenPlaces(row, values) {
  return row.evidence.filter((_, i) => values[`place${i}`]);
}

/** Make the lines of what a form holds: of a row that was read, only what differs from it. */
function givenLines(check, row, values, verdict) {
  const read = row.read || row;
  const begin = lineOf(check, read);
  return check.fields.filter((field) => field.column in values).map((field) => ({
    ...begin, column: field.column, found: verdict === "add" ? "" : cellText(check, read, field), given: oneLine(values[field.column]), verdict,
  })).filter((line) => line.given !== line.found);
}

/** Make the line that joins a round to another, or parts it, beside what was said of it before. */
function pieceLines(view, check, row, values, before) {
  const { what } = view.state.check.form;
  const kept = before.filter((line) => line.column && (what === "split" || line.column !== "same_as"));
  const said = what === "split"
    ? { column: "split", given: chosenPlaces(row, values).map(placeText).join("; ") }
    : { column: "same_as", given: sameText(check.rows.find((other) => other.key === values.other)) };
  return [...kept, { ...lineOf(check, row.read || row), verdict: "edit", ...said }];
}

/** Add a row from the words that a form holds; says what is wrong with them. */
function addFrom(view, check, values, note, words, span, act) {
  const article = view.article();
  const { text } = article;
  let at = span && text.slice(...span) === words ? span : null;
  if (!at && words.trim()) {
    const wanted = new RegExp(words.trim().split(/\s+/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "u");
    const found = wanted.exec(text);
    if (found) at = [found.index, found.index + found[0].length];
  }
  if (!at) return view.fault(words.trim() ? "These words do not stand in the article that is open." : "Select the words in the article, or write them here.");
  const key = `new-${Math.random().toString(36).slice(2, 8)}`;
  const lacks = faultOf(view, check, null, values);
  if (lacks) return view.fault(lacks);
  if (check.rows.some((row) => isTaken(row, { article, span: at }, values))) return view.fault(`There is ${/^[aeiou]/.test(check.noun) ? "an" : "a"} ${check.noun} of these words: edit it, or select others.`);
  const row = { key, article, span: at, text: text.slice(...at) };
  const begin = { ...lineOf(check, row), who: view.file.who, when: new Date().toISOString(), note, verdict: "add" };
  const given = Object.entries(values).filter(([, value]) => oneLine(value)).map(([column, value]) => ({ ...begin, column, given: oneLine(value) }));
  act(view.state.tab, key, [[`${check.frame} ${key}`, given.length ? given : [begin]]]);
  view.reveal(true);
  view.close(`Added: “${shorten(oneLine(row.text), 60)}”. ${progress(view)}`);
  view.state.place = { article, span: at };
  paintReader(view);
  scrollReader(view);
  return undefined;
}

/** Tell whether a row of about these words is there already; in one sentence, opinions of other pairs may be added. */
function isTaken(row, { article, span }, { holder, target }) {
  const place = placeOf(row);
  if (!place || row.rejected || place.article !== article) return false;
  const shared = Math.min(place.span[1], span[1]) - Math.max(place.span[0], span[0]);
  const covered = Math.max(place.span[1], span[1]) - Math.min(place.span[0], span[0]);
  const isPair = target === undefined || (row.target === oneLine(target) && row.holder === (oneLine(holder) || OUTLET));
  return shared * 2 >= covered && isPair;
}
