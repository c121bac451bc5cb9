const SIGNS = { confirmed: "✓", rejected: "✕", corrected: "✎", added: "+" };

const TOOLS = [
  [["right", "✓", "Right", "y"], ["wrong", "✕", "Wrong", "n"], ["edit", "✎", "Edit", "e"]],
  [["previous", "←", "Previous", "k"], ["next", "→", "Next", "j"]],
  [["merge", "∪", "Same as", "g"], ["split", "÷", "Split", "s"]],
  [["undo", "↶", "Undo", "u"], ["redo", "↷", "Redo", "U"]],
  [["add", "+", "Add", "a"], ["note", "¶", "Note", "m"], ["leave", "", "Leave", "Esc"]],
];

/** Build the desk at which rows are checked: the row, the tools or the form, and the file. */
function buildDesk(view, part) {
  const { parts } = view;
  const desk = part("desk", "section", { class: "tk-desk", "aria-label": "Checking", hidden: true },
    part("deskHead", "div", { class: "tk-row" }),
    part("row", "div", { class: "tk-card", role: "group", "aria-label": "Row to check", tabindex: "0", "data-key": "row", ...FOCUSABLE }),
    part("tools", "div", { class: "tk-row tk-tools", role: "toolbar", "aria-label": "Checking" }),
    part("form", "div", { class: "tk-form", role: "group" }),
    part("said", "p", { class: "tk-note tk-said", "aria-live": "polite" }),
    part("file", "div", { class: "tk-row tk-file" }),
    el("details", { class: "tk-note" }, el("summary", { ...FOCUSABLE }, "Keys"),
      el("p", {}, "y or r: right. n or x: wrong. e: edit. j or ↓: next. k or ↑: previous. a: add the words selected in the article. m: note. g: this round is the same as another. s: split a round in two. u or Ctrl+Z: undo. Shift+u or Ctrl+Shift+Z: redo. Esc: leave. They act while the focus is in this view and in no field.")));
  arrows(parts.tools, "[data-move]");
  return desk;
}

/** Act on keys, wherever in the view the focus is but in a field. */
function listenToKeys(live, view) {
  live.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!view.state.check || event.altKey || event.defaultPrevented) return;
    const field = target.closest("input, select, textarea");
    let name = KEYS[key];
    if (event.ctrlKey || event.metaKey) name = key.toLowerCase() === "z" && !field ? (event.shiftKey ? "redo" : "undo") : null;
    else if (field && !(key === "Escape" && view.parts.form.contains(field))) name = null;
    else if (key.startsWith("Arrow") && target !== view.parts.row) name = null;
    if (!name || (view.state.check.form && name !== "leave")) return;
    event.preventDefault();
    event.stopPropagation();
    view[name]();
  });
}

/** Paint the desk, where rows are being checked. */
function paintDesk(view) {
  const { parts, state } = view;
  parts.desk.hidden = !state.check;
  parts.grid.classList.toggle("tk-checking", Boolean(state.check));
  parts.checkButton.setAttribute("aria-pressed", String(Boolean(state.check)));
  if (!state.check) return;
  const [check, row] = currentOf(view);
  const { form } = state.check;
  if (form && form.what !== "add" && (!row || form.key !== row.key)) state.check.form = null;
  const done = doneIn(view);
  const all = queueIn(view).length;
  refill(parts.deskHead, el("h3", {}, "Check"),
    el("span", { class: "tk-row", role: "group", "aria-label": "What to check" }, Object.entries(view.model.checks).map(([tab, each]) => toggle(`frame:${tab}`, tab === state.tab, { class: "tk-small" },
      () => view.turnTo(tab), each.part ? each.part.title : LISTS[tab].title))),
    el("span", { class: "tk-track tk-progress", "aria-hidden": "true" }, el("span", { class: "tk-fill", "--w": `${(100 * done) / Math.max(1, all)}%`, "--c": "var(--accent)" })),
    el("span", { class: "tk-note" }, `checked ${counted(done)} of ${counted(all)}`, view.file.samples[state.tab] && ", a sample"));
  refill(parts.row, row ? cardOf(view, check, row) : el("p", { class: "tk-note" }, "Nothing is left to check: take a filter away."));
  paintTools(view, row);
  paintForm(view, check, row);
  paintFile(view, check);
}

/** Make what is seen of the row: who, how sure, its state, and its words within the text. */
function cardOf(view, check, row) {
  const place = placeOf(row);
  const facts = check.fields.map((field) => {
    const { label, how, column } = field;
    const told = (each) => (how === "words" ? wordsIn(each, column) : cellText(check, each, field));
    const text = told(row);
    const read = row.read && told(row.read);
    // The words of the row stand below.
    if (column === "spans" && (!row.read || read === text)) return null;
    const shown = (value) => shorten((how.includes(-1) ? POLARITIES[value] : value) || "none", 120);
    return (text || read || !place) && el("span", {}, el("span", { class: "tk-note" }, `${label} `), row.read && row.origin !== "added" && read !== text && [el("s", { class: "tk-note" }, shown(read)), " "], el("b", { dir: "auto" }, shown(text)));
  });
  const sure = check.frame === "quotations" ? row.score : row.sure;
  const note = view.file.notes.get(idOf(check, row)) || (linesFor(view, check, row)[0] || {}).note;
  return [
    el("div", { class: "tk-row tk-facts" }, facts, sure !== null && sure !== undefined && el("span", { class: "tk-note" }, `sure ${sure.toFixed(2)}`), row.same && el("span", { class: "tk-note" }, "one with ", el("b", { dir: "auto" }, `${row.same.name}, ${row.same.days}`)), badgeOf(row, "not checked yet")),
    place && el("p", { class: "tk-words", dir: "auto" }, context(row, place)),
    note && el("p", { class: "tk-note", dir: "auto" }, `Note: ${note}`),
  ];
}

/** Give the words of a row with some of the text around them. */
function context(row, { article, span }) {
  const { text } = article;
  const [start, end] = span;
  const before = text.slice(Math.max(article.body, start - 90), start).replace(/^[\s\S]*\n|^\S*\s/, "");
  const after = text.slice(end, end + 90).replace(/\n[\s\S]*$|\s\S*$/, "");
  const target = row.targetSpan ? [{ start: row.targetSpan[0], end: row.targetSpan[1], name: "span", attributes: { class: `tk-target ${tone(row.polarity)}` } }] : [];
  const long = end - start > 600;
  return [el("span", { class: "tk-around" }, start - 90 > article.body && "… ", before), el("span", { class: "tk-these" }, markedPieces(text, target, start, long ? start + 600 : end), long && " …"),
    el("span", { class: "tk-around" }, after, end + 90 < text.length && " …")];
}

/** Make the badge that says in a word what a person made of a row. */
function badgeOf(row, otherwise) {
  const state = stateOf(row);
  if (!state) return otherwise ? el("span", { class: "tk-note" }, otherwise) : null;
  return el("span", { class: `tk-state tk-is-${state}` }, el("span", { "aria-hidden": "true" }, SIGNS[state]), ` ${state}`);
}

function paintTools(view, row) {
  const { parts, file } = view;
  const without = { undo: !file.acts.length, redo: !file.undone.length, right: !row, wrong: !row, edit: !row, note: !row };
  parts.tools.hidden = Boolean(view.state.check.form);
  const groups = TOOLS.filter(([[name]]) => name !== "merge" || view.state.tab === "rounds");
  refillInOrder(parts.tools, () => false, groups.map((group) => el("span", { class: "tk-row" }, group.map(([name, sign, label, key]) => {
    const made = button(`do:${name}`, { class: `tk-small tk-do-${name}`, "data-move": "", "aria-keyshortcuts": key === "U" ? "Shift+U" : key === "Esc" ? "Escape" : key.toUpperCase(), disabled: without[name] },
      () => view[name](), sign && el("span", { "aria-hidden": "true" }, `${sign} `), label, el("kbd", { "aria-hidden": "true" }, key === "U" ? "⇧u" : key));
    // A click may take the selection away before it is asked for.
    if (name === "add") made.addEventListener("pointerdown", () => { view.state.check.selected = selectedIn(view); });
    return made;
  }))));
}

const POLARITIES = { 1: "+ positive", 0: "± neutral", "-1": "− negative" };

/** Paint what concerns the file: how many corrections, by whom, taking and handing over, the sample and what it shows. */
function paintFile(view, check) {
  const { parts, file, state, host } = view;
  const n = file.lines.size;
  const sample = file.samples[state.tab];
  const where = (host.kept && host.kept()) || (file.unsaved ? "kept in this page alone until you download them" : "downloaded");
  const open = el("input", { type: "file", accept: ".csv,text/csv", hidden: true, on: { change: (event) => takeFile(view, event.target) } });
  refill(parts.file,
    el("span", { class: "tk-note" }, n ? `${countOf(n, "row")} checked, ${where}.` : "Nothing to keep yet."),
    button("download", { class: "tk-small", disabled: !n }, () => view.download(), "Download corrections"),
    button("take", { class: "tk-small" }, () => open.click(), "Open corrections"), open,
    el("label", {}, el("span", { class: "tk-note" }, "Your name"), el("input", { class: "tk-who-field", value: file.who, "data-key": "who", ...FOCUSABLE, on: { change: (event) => { file.who = event.target.value; } } })),
    el("span", { class: "tk-row" },
      toggle("draw", Boolean(sample), { class: "tk-small" }, () => view.draw(Number(parts.file.querySelector("[data-n]").value), 1), "Draw a sample"),
      el("label", {}, el("span", { class: "tk-note" }, "of"), el("input", { type: "number", min: 1, max: 9999, value: file.size || 20, "data-n": "", "data-key": "size", ...FOCUSABLE, on: { change: (event) => { file.size = event.target.value; } } }))),
    shares(view, check, sample));
}

/** Read the file that a person chose. */
async function takeFile(view, field) {
  const [chosen] = field.files;
  field.value = "";
  try {
    view.take(linesOfCsv(await chosen.text()));
  } catch (fault) {
    view.say(`${chosen.name} was not taken: ${fault.message}.`);
  }
}
