const KEYS = {
  j: "next", ArrowDown: "next", ArrowRight: "next", k: "previous", ArrowUp: "previous", ArrowLeft: "previous", y: "right", r: "right",
  n: "wrong", x: "wrong", e: "edit", a: "add", m: "note", u: "undo", U: "redo", Escape: "leave",
};

/** What a person does who checks rows, and the lines that come of it; each act may be undone. */
function checking(view, host) {
  const { model, state } = view;
  const file = { lines: new Map(), acts: [], undone: [], notes: new Map(), samples: {}, who: "", unsaved: false };
  const put = (changes) => {
    for (const [id, lines] of changes) {
      file.lines.delete(id);
      if (lines.length) file.lines.set(id, lines);
    }
  };
  /** Do something that can be undone: lines of some rows take the place of others. */
  const act = (tab, key, after) => {
    const changes = after.map(([id, lines]) => [id, file.lines.get(id) || [], lines]);
    file.acts.push({ tab, key, changes });
    file.undone = [];
    follow(changes.map(([id, , lines]) => [id, lines]));
  };
  const follow = (changes) => {
    put(changes);
    file.unsaved = file.lines.size > 0;
    applyLines(model, linesOf(view));
    work(view);
    host.corrected(linesOf(view), file);
  };
  const again = (from, to, side, told) => {
    const last = from.pop();
    if (!last) return view.say(`Nothing to ${told.toLowerCase()}`);
    to.push(last);
    state.tab = last.tab;
    state.check.at[last.tab] = last.key;
    follow(last.changes.map((change) => [change[0], change[side]]));
    view.reveal(true);
    return view.say(`${told}: ${progress(view)}`);
  };
  const judge = (verdict) => {
    const [check, row] = currentOf(view);
    if (!row) return;
    const before = linesFor(view, check, row);
    const keeps = verdict === "right" && before.some((line) => line.verdict === "edit" || line.verdict === "add");
    const read = row.read || row;
    const found = verdict === "right" ? pairsText(Object.fromEntries(check.fields.map((field) => [field.column, cellText(check, read, field)]))) : "";
    const after = before[0]?.verdict === "add" ? [] : [{ ...lineOf(check, read), found, verdict, ...signature(view, check, row) }];
    const told = keeps ? `Stays ${row.state}` : after.length ? sentence(STATES[verdict]) : "Taken away";
    // A row that is confirmed changes no count.
    const counts = verdict === "wrong" || Boolean(row.rejected) || state.tab === "rounds";
    if (!keeps) act(state.tab, row.key, [[idOf(check, row), after]]);
    view.advance(row, `${told}: ${nameOf(row)}. ${progress(view)}`, counts);
  };
  return {
    file,
    check() {
      state.check = state.check ? null : { at: {}, form: null };
      if (!state.check) Object.assign(state, { limit: PAGE, tab: state.tab === "rounds" ? "quotations" : state.tab });
      else if (!model.checks[state.tab]) [state.tab] = Object.keys(model.checks);
      work(view);
      view.reveal();
      view.say(state.check ? `Checking. ${progress(view)}` : "");
      (state.check ? view.parts.row : view.parts.checkButton).focus({ preventScroll: true });
    },
    right: () => judge("right"),
    wrong: () => judge("wrong"),
    next: () => view.step(1),
    previous: () => view.step(-1),
    undo: () => again(file.acts, file.undone, 1, "Undone"),
    redo: () => again(file.undone, file.acts, 2, "Done again"),
    edit: () => view.open("edit"),
    note: () => view.open("note"),
    add: () => view.open("add"),
    leave: () => (state.check.form ? view.close() : view.check()),
    say(text) {
      view.parts.said.textContent = text;
    },
    step(by) {
      const queue = queueIn(view);
      const [, row] = currentOf(view);
      const to = queue[queue.indexOf(row) + by];
      if (!to) return view.say(by > 0 ? "This is the last row." : "This is the first row.");
      return view.goTo(to);
    },
    /** Go on with the next row that nobody has checked, from a row on and then from the first. */
    advance(row, told, counts) {
      const queue = queueIn(view);
      const from = queue.findIndex((each) => each.key === row.key) + 1;
      const next = [...queue.slice(from), ...queue.slice(0, from)].find((each) => !stateOf(each));
      if (next) return view.goTo(next, told, counts);
      view.reveal(counts);
      return view.say(`${told} All are checked.`);
    },
    goTo(row, told = "", counts = false) {
      state.check.at[state.tab] = row.key;
      view.reveal(counts);
      view.say(`${told}${told && " "}Now ${nameOf(row)}`);
    },
    /** Show the row that is being checked in desk, list and text; `counts` where anything counted has changed. */
    reveal(counts) {
      aim(view);
      if (counts) paintFacets(view);
      paintRows(view);
      scrollReader(view);
      scrollList(view);
      view.told();
    },
    open(what) {
      const [check, row] = currentOf(view);
      if (!check || (what !== "add" && !row)) return;
      state.check.form = { what, key: row && row.key, span: what === "add" ? state.check.selected || selectedIn(view) : null };
      paintDesk(view);
      const field = view.parts.form.querySelector(what === "note" ? '[data-field="note"]' : "[data-field]");
      field.focus();
      if (field.select) field.select();
    },
    close(told = "") {
      Object.assign(state.check, { form: null, selected: null });
      paintDesk(view);
      view.parts.row.focus({ preventScroll: true });
      view.say(told);
    },
    /** Say what is wrong with the form, in it. */
    fault(text) {
      const told = view.parts.form.querySelector(".tk-fault");
      told.hidden = false;
      told.textContent = text;
    },
    /** Take what the form holds: values by column, a note, and the words of a row that is added. */
    save(values, note, words) {
      const [check, row] = currentOf(view);
      const { what, span } = state.check.form;
      if (what === "add") return addFrom(view, check, values, note, words, span, act);
      const sign = { ...signature(view, check, row), note };
      const before = linesFor(view, check, row);
      if (note) file.notes.set(idOf(check, row), note);
      const lacks = what === "edit" && check.fields.find((field) => !field.empty && !oneLine(values[field.column]));
      if (lacks) return view.fault(`${lacks.label} cannot be empty.`);
      const verdict = before[0]?.verdict === "add" ? "add" : "edit";
      const given = what === "note" ? null : givenLines(check, row, values, verdict);
      let after = (given || before).map((line) => ({ ...line, ...sign }));
      if (given && !given.length) after = before.filter((line) => line.verdict === "right" || line.verdict === "wrong").map((line) => ({ ...line, ...sign }));
      const same = JSON.stringify(bare(after)) === JSON.stringify(bare(before));
      view.close();
      if (same) return view.say(note && !before.length ? "The note is kept for when the row is checked." : "Nothing was changed.");
      act(state.tab, row.key, [[idOf(check, row), after]]);
      if (what === "note") {
        view.reveal();
        return view.say("Noted.");
      }
      return view.advance(row, `${given.length ? sentence(STATES[verdict]) : "As it was read"}: ${nameOf(row)}. ${progress(view)}`, true);
    },
    /** Take lines of a file in; rows that were checked here stay as they are. One with rows to be judged is a sample. */
    take(all) {
      const byId = new Map();
      const lines = all.filter((line) => line.verdict);
      for (const [tab, { frame }] of Object.entries(model.checks)) {
        if (all.some((line) => line.frame === frame && !line.verdict)) file.samples[tab] = new Set(all.filter((line) => line.frame === frame).map(keyOf));
      }
      for (const line of lines) byId.set(idOf(line, line), [...(byId.get(idOf(line, line)) || []), line]);
      const fresh = [...byId].filter(([id]) => !file.lines.has(id));
      if (fresh.length) act(state.tab, state.check.at[state.tab], fresh);
      else work(view);
      const kept = byId.size - fresh.length;
      view.reveal(true);
      view.say(`${countOf(fresh.length, "row")} taken from the file${kept ? `; ${kept} checked here already stay as they are` : ""}. ${progress(view)}`);
    },
    /** Set the lines as the host has them. */
    setLines(lines) {
      file.lines = new Map();
      for (const line of lines) file.lines.set(idOf(line, line), [...(file.lines.get(idOf(line, line)) || []), line]);
      applyLines(model, lines);
    },
    draw(n, seed) {
      const { samples } = file;
      const rows = queueOf(view, state.tab).filter((row) => row.origin !== "added");
      if (samples[state.tab]) delete samples[state.tab];
      else samples[state.tab] = new Set(sampleOf(rows, n, seed).map((row) => row.key));
      work(view);
      view.reveal();
      view.say(samples[state.tab] ? `Drawn: ${countOf(samples[state.tab].size, "row")}, evenly from the least to the most sure.` : "All rows again.");
    },
    /** Hand the corrections over as a file. */
    download() {
      const url = URL.createObjectURL(new Blob([csvOf(linesOf(view))], { type: "text/csv" }));
      el("a", { href: url, download: "corrections.csv" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      file.unsaved = false;
      paintDesk(view);
      view.say("The corrections are handed over as corrections.csv.");
    },
  };
}

/** Give all lines, in the order in which rows were checked. */
function linesOf(view) {
  return [...view.file.lines.values()].flat();
}

function idOf(check, row) {
  return `${check.frame} ${keyOf(row)}`;
}

function linesFor(view, check, row) {
  return view.file.lines.get(idOf(check, row)) || [];
}

/** Say who checks a row, when, and what they noted. */
function signature(view, check, row) {
  const { who, notes } = view.file;
  const note = notes.get(idOf(check, row)) ?? (linesFor(view, check, row)[0] || { note: "" }).note;
  return { who, when: new Date().toISOString().slice(0, 19) + "Z", note };
}

/** Give lines without what differs each time they are made. */
function bare(lines) {
  return lines.map(({ column, given, verdict, note }) => [column, given, verdict, note]);
}

/** Make the lines of what a form holds: of a row that was read, only what differs from it. */
function givenLines(check, row, values, verdict) {
  const read = row.read || row;
  const begin = lineOf(check, read);
  return check.fields.map((field) => ({
    ...begin, column: field.column, found: verdict === "add" ? "" : cellText(check, read, field), given: oneLine(values[field.column]), verdict,
  })).filter((line) => line.given !== line.found);
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
  const taken = check.rows.some((row) => {
    const place = placeOf(row);
    return place && !row.rejected && place.article === article && place.span[0] === at[0] && place.span[1] === at[1];
  });
  if (taken) return view.fault(`There is ${/^[aeiou]/.test(check.noun) ? "an" : "a"} ${check.noun} of exactly these words: edit it, or select others.`);
  const lacks = check.fields.find((field) => !field.empty && !oneLine(values[field.column]));
  if (lacks) return view.fault(`${lacks.label} cannot be empty.`);
  const row = { key, article, span: at, text: text.slice(...at) };
  const begin = { ...lineOf(check, row), who: view.file.who, when: new Date().toISOString().slice(0, 19) + "Z", note, verdict: "add" };
  const given = Object.entries(values).filter(([, value]) => oneLine(value)).map(([column, value]) => ({ ...begin, column, given: oneLine(value) }));
  act(view.state.tab, key, [[`${check.frame} ${key}`, given.length ? given : [begin]]]);
  view.reveal(true);
  view.close(`Added: “${shorten(oneLine(row.text), 60)}”. ${progress(view)}`);
  view.state.place = { article, span: at };
  paintReader(view);
  scrollReader(view);
  return undefined;
}

/** Give the row that is being checked, with what its frame is checked for. */
function currentOf(view) {
  const { state, model } = view;
  const at = state.check && state.check.at[state.tab];
  const queue = queueIn(view);
  return [model.checks[state.tab], queue.find((row) => row.key === at) || queue.find((row) => !stateOf(row)) || queue[0]];
}

/** Tell what a person made of a row: confirmed, corrected, rejected, added, or nothing yet. */
function stateOf(row) {
  return row.state || (GIVEN.has(row.origin) ? row.origin : "");
}

/** Give the rows to check that the filters leave now. */
function queueIn(view, tab = view.state.tab) {
  const { queues } = view.found;
  queues[tab] = queues[tab] || queueOf(view, tab);
  return queues[tab];
}

/** Find the rows to check that the filters leave, the least sure first, those without a score behind. */
function queueOf(view, tab) {
  const check = view.model.checks[tab];
  const sure = (row) => (check.frame === "quotations" ? row.score : row.sure) ?? 2;
  check.order = check.order || check.rows.slice(0, check.read).sort((a, b) => sure(a.read || a) - sure(b.read || b) || a.number - b.number);
  const sample = view.file.samples[tab];
  const passes = {
    quotations: (row) => (row.failed & ~REJECTED) === 0, sentiment: (row) => (row.failed & ~REJECTED) === 0,
    rounds: (row) => roundPasses(row, view.state.filters),
  }[check.frame] || ((row) => furtherPasses(row, view.state.filters));
  return [...check.order, ...check.rows.slice(check.read)].filter((row) => passes(row) && (!sample || sample.has(row.key)));
}

/** Have list and text show the row that is being checked. */
function aim(view) {
  const { state } = view;
  if (!state.check) return;
  const [, row] = currentOf(view);
  state.place = null;
  if (!row) return;
  state.check.at[state.tab] = row.key;
  const place = placeOf(row);
  if (!place) return;
  state.selection = { article_id: place.article.id };
  if (state.tab === "quotations") state.selection.quotation_id = row.id;
  else if (state.tab === "sentences") state.selection.opinion = row.number;
  else state.place = place;
}

/** Say how far the checking is. */
function progress(view) {
  const queue = queueIn(view);
  return `Checked ${queue.filter(stateOf).length.toLocaleString("en")} of ${queue.length.toLocaleString("en")}.`;
}

/** Name a row in a few words. */
function nameOf(row) {
  const place = placeOf(row);
  const words = oneLine(row.text ?? (place ? place.article.text.slice(...place.span) : "")).replace(/^["“]|["”]$/g, "");
  const who = row.spans ? row.speaker : row.target ? `${row.holder} on ${row.target}, ${toneWords(row)}` : row.name;
  return `${who ? `${who}: ` : ""}“${shorten(words, 90)}”`;
}

function sentence(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Find what is selected in the text of the article that is open, as a span of it. */
function selectedIn(view) {
  const selection = window.getSelection();
  const { text } = view.parts;
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const offset = (node, at) => {
    const paragraph = text.contains(node) && (node.nodeType === 1 ? node : node.parentElement).closest("[data-from]");
    if (!paragraph) return null;
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, at);
    return Number(paragraph.dataset.from) + before.toString().length;
  };
  const [start, end] = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  return start === null || end === null || start >= end ? null : [start, end];
}

/** Draw rows, one from each of n equal steps of their order; the same seed draws the same. */
function sampleOf(rows, n, seed) {
  const size = Math.min(n, rows.length);
  const chance = randomFrom(seed);
  return Array.from({ length: size }, (_, i) => {
    const [low, high] = [i, i + 1].map((step) => Math.floor((step * rows.length) / size));
    return rows[low + Math.floor(chance() * (high - low))];
  });
}

/** Numbers from 0 to 1 that a seed fixes (mulberry32). */
function randomFrom(seed) {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Give the bounds within which a share lies, 95 times in 100 (Wilson's interval). */
function wilson(right, n) {
  const z = 1.959964;
  const middle = (right + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((right * (n - right)) / n + (z * z) / 4);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Count what of a sample proved right, in all and by kind: rows judged, as the machine read them. */
function precisionOf(check, sample) {
  const groups = new Map();
  for (const row of check.rows) {
    const state = stateOf(row);
    if (!state || !sample.has(row.key)) continue;
    const read = row.read || row;
    const kind = { quotations: read.kind, sentiment: toneWords({ ...read, score: null }), rounds: read.status }[check.frame];
    for (const name of kind ? ["", kind] : [""]) {
      const group = groups.get(name) || groups.set(name, { name, right: 0, n: 0 }).get(name);
      group.n += 1;
      group.right += state === "confirmed";
    }
  }
  return [...groups.values()].sort((a, b) => b.n - a.n || (a.name === "" ? -1 : 1));
}
