const KEYS = {
  j: "next", ArrowDown: "next", ArrowRight: "next", k: "previous", ArrowUp: "previous", ArrowLeft: "previous", y: "right", r: "right",
  n: "wrong", x: "wrong", e: "edit", a: "add", m: "note", g: "merge", s: "split", u: "undo", U: "redo", Escape: "leave",
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
      const coming = model.store.whole();
      if (coming) return busy(view, coming).then(() => view.check());
      state.check = state.check ? null : { at: {}, form: null };
      if (!state.check) Object.assign(state, { limit: PAGE, tab: state.tab === "rounds" ? "quotations" : state.tab });
      else if (!model.checks[state.tab]) [state.tab] = Object.keys(model.checks);
      work(view);
      view.reveal();
      view.say(state.check ? `Checking. ${progress(view)}` : "");
      (state.check ? view.parts.row : view.parts.checkButton).focus({ preventScroll: true });
      return undefined;
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
    merge: () => view.open("merge"),
    split: () => view.open("split"),
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
      if (!check || (what !== "add" && !row)) return undefined;
      const lacks = LACKS[what] && LACKS[what](view, check, row);
      if (lacks) return view.say(lacks);
      state.check.form = { what, key: row && row.key, span: what === "add" ? state.check.selected || selectedIn(view) : null };
      paintDesk(view);
      const field = view.parts.form.querySelector(what === "note" ? '[data-field="note"]' : "[data-field]");
      field.focus();
      if (field.select) field.select();
      return undefined;
    },
    close(told = "") {
      Object.assign(state.check, { form: null, selected: null });
      if (state.place) {
        aim(view);
        paintReader(view);
      }
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
      const wrong = what !== "note" && (FAULTS[what] || faultOf)(view, check, row, values);
      if (wrong) return view.fault(wrong);
      const verdict = before[0]?.verdict === "add" ? "add" : "edit";
      const pieces = before.filter((line) => PIECES.has(line.column));
      const given = { note: () => null, edit: () => [...givenLines(check, row, values, verdict), ...pieces] }[what] || (() => pieceLines(view, check, row, values, before));
      const made = given();
      let after = (made || before).map((line) => (pieces.includes(line) ? line : { ...line, ...sign }));
      if (made && !made.length) after = before.filter((line) => line.verdict === "right" || line.verdict === "wrong").map((line) => ({ ...line, ...sign }));
      const same = JSON.stringify(bare(after)) === JSON.stringify(bare(before));
      view.close();
      if (same) return view.say(note && !before.length ? "The note is kept for when the row is checked." : "Nothing was changed.");
      act(state.tab, row.key, [[idOf(check, row), after]]);
      if (what === "note") {
        view.reveal();
        return view.say("Noted.");
      }
      return view.advance(row, `${made.length ? sentence(STATES[verdict]) : "As it was read"}: ${nameOf(row)}. ${progress(view)}`, true);
    },
    /** Take lines of a file in; rows that were checked here stay as they are. One with rows to be judged is a sample. */
    take(all) {
      const byId = new Map();
      const lines = all.filter((line) => line.verdict).map((line) => underKey(model, line));
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
    setLines(given) {
      const lines = given.map((line) => underKey(model, line));
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
  return { who, when: new Date().toISOString(), note };
}

/** Give lines without what differs each time they are made. */
function bare(lines) {
  return lines.map(({ column, given, verdict, note }) => [column, given, verdict, note]);
}

/** Give a line under the key that its row has now; a round may be known by several. */
function underKey(model, line) {
  const check = Object.values(model.checks).find((each) => each.frame === line.frame);
  const row = check && check.byKey.get(line.key);
  return row && row.key !== line.key ? { ...line, key: row.key } : line;
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
  return row.state || (row.origin !== "machine" && GIVEN.has(row.origin) ? row.origin : "");
}

/** Give the rows to check that the filters leave now. */
function queueIn(view, tab = view.state.tab) {
  const { queues } = view.found;
  queues[tab] = queues[tab] || queueOf(view, tab);
  return queues[tab];
}

/** Count the rows to check that a person has checked. */
function doneIn(view) {
  const { done } = view.found;
  const { tab } = view.state;
  done[tab] = done[tab] ?? queueIn(view).reduce((sum, row) => sum + (stateOf(row) !== ""), 0);
  return done[tab];
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
  return `Checked ${counted(doneIn(view))} of ${counted(queueIn(view).length)}.`;
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
