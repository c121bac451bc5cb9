const BASES = {
  metadata: "date from its metadata", dateline: "date from its dateline", url: "date from its address",
  text: "date from its text", given: "date given when it was read",
};

/** Paint the article that is open, with its quotations marked. */
function paintReader(view) {
  const { parts, state } = view;
  const article = view.article();
  if (!article) {
    refill(parts.readerHead, el("p", { class: "tk-note" }, "There is no article."));
    refill(parts.text);
    return;
  }
  const among = article.quotations.filter((row) => !(row.failed & BIT.show));
  const marked = among.filter((row) => row.failed === 0).length;
  const facts = [article.facts, BASES[article.basis], article.file].filter(Boolean).join(" · ");
  refill(
    parts.readerHead,
    el("h3", { dir: "auto" }, article.title),
    el("p", { class: "tk-note", dir: "auto" }, facts),
    el("div", { class: "tk-row tk-legend" },
      el("span", { class: "tk-note" }, `${marked === among.length ? "" : `${marked} of `}${countOf(among.length, "quotation")} marked`),
      el("span", { class: "tk-keys", "aria-hidden": "true" },
        view.found.kinds.map((kind) => el("span", { class: `tk-key tk-${kind}` }, kind)),
        el("em", { class: "tk-cue" }, "cue"), el("span", { class: "tk-source" }, "source")),
      toggle("show-mentions", state.mentions, { class: "tk-small" }, () => view.show("mentions"), "Mentions"),
      toggle("show-times", state.times, { class: "tk-small" }, () => view.show("times"), "Dates")),
  );
  if (parts.picker) paintPicker(view, article);
  const same = parts.text.dataset.article === article.id;
  parts.text.dataset.article = article.id;
  parts.text.classList.toggle("tk-by-tone", state.tab === "sentences");
  refillInOrder(parts.text, (node) => node.classList.contains("tk-open"), paragraphsOf(article.text, marksOf(view, article), article.body));
  if (!same) parts.text.scrollTop = 0;
}

/** Make the picker of articles: a list, and steps to the one before and behind. */
function buildPicker(view, part) {
  const step = (by) => button(`step${by}`, { class: "tk-small", "aria-label": by < 0 ? "Previous article" : "Next article" },
    () => view.select({ article_id: view.parts.reading.options[view.parts.reading.selectedIndex + by].value }), by < 0 ? "←" : "→");
  return part("picker", "div", { class: "tk-row tk-picker" }, step(-1),
    part("reading", "select", { "aria-label": "Article to read", "data-key": "reading", ...FOCUSABLE,
      on: { change: (event) => view.select({ article_id: event.target.value }) } }),
    step(1));
}

/** Paint the picker. There may be many articles: what stays as it is, is left alone. */
function paintPicker(view, article) {
  const { picker, reading } = view.parts;
  const counts = new Map();
  for (const row of passing(view.model.quotations, "article")) counts.set(row.article, (counts.get(row.article) || 0) + 1);
  const narrowed = Object.keys(view.state.filters).some((key) => key !== "article");
  const shown = view.model.articles.filter((each) => !narrowed || counts.has(each) || each === article);
  while (reading.length > shown.length) reading.remove(reading.length - 1);
  const said = reading.said || [];
  reading.said = shown.map((each, i) => {
    const label = `${shorten(each.title, 70)} (${counts.get(each) || 0})`;
    if (i < said.length && said[i][0] === each.id && said[i][1] === label) return said[i];
    const option = reading.options[i] || reading.appendChild(el("option"));
    Object.assign(option, { value: each.id, textContent: label });
    return [each.id, label];
  });
  const at = shown.indexOf(article);
  reading.selectedIndex = at;
  [picker.firstChild.disabled, picker.lastChild.disabled] = [at === 0, at === shown.length - 1];
}

/** List what is to be marked in an article, each with its span and the element that marks it. */
function marksOf(view, article) {
  const { state, model } = view;
  const marks = [];
  const levels = levelsOf(article);
  const add = (span, name, attributes) => {
    if (span && span[0] < span[1]) marks.push({ start: span[0], end: span[1], name, attributes });
  };
  const sides = new Map();
  for (const row of state.check ? [...article.quotations, ...article.rejected] : article.quotations) {
    const on = row.failed === 0;
    if (row.failed & BIT.show) continue;
    const about = [row.voices.join(", "), mannerOf(row), row.cue, stateOf(row)].filter(Boolean).join(" · ");
    const open = state.selection.quotation_id === row.id;
    const look = `tk-q ${on ? "tk-on" : "tk-off"} ${open ? "tk-open" : ""} tk-${mannerOf(row)} ${stateOf(row) && `tk-is-${stateOf(row)}`}`;
    row.spans.forEach((span, piece) => add(span, "mark", {
      class: look, "data-q": row.number, title: about, "--c": view.colour(row.speaker), "--deep": levels.get(`${span}`),
      ...(on && piece === 0 ? { "data-move": "", tabindex: "-1", "data-key": `mark${row.number}`, ...FOCUSABLE } : {}),
    }));
    if (!on) continue;
    for (const part of ["cue", "source"]) {
      const span = row[`${part}Span`];
      if (!span) continue;
      const key = `${part}${span}`;
      if (!sides.has(key)) sides.set(key, { span, part, rows: [] });
      sides.get(key).rows.push(row.number);
    }
  }
  for (const { span, part, rows } of sides.values()) {
    add(span, part === "cue" ? "em" : "span", { class: `tk-${part}`, "data-q": rows.join(" ") });
  }
  if (state.mentions) for (const { span, about } of article.mentions) add(span, "span", { class: "tk-mention", title: about });
  if (state.times) for (const { span, about } of article.times) add(span, "span", { class: "tk-time", title: about });
  const round = model.rounds.find((each) => each.id === state.filters.round);
  for (const place of round ? round.evidence : []) {
    if (place.article === article) add(place.span, "span", { class: "tk-evidence", title: round.name, "data-at": place.span[0] });
  }
  if (state.tab === "sentences") {
    for (const row of article.opinions) if (row.failed === 0) add(row.targetSpan, "span", { class: `tk-target ${tone(row.polarity)}`, title: `${row.holder} → ${row.target}: ${[toneWords(row), stateOf(row)].filter(Boolean).join(", ")}` });
  }
  const opinion = model.opinions[state.selection.opinion];
  if (opinion && opinion.article === article) {
    add(opinion.span, "span", { class: "tk-sentence" });
    add(opinion.targetSpan, "span", { class: `tk-target ${tone(opinion.polarity)}` });
  }
  if (state.place && state.place.article === article) add(state.place.span, "span", { class: "tk-place" });
  for (const span of hits(article.text, state.filters.search)) add(span, "span", { class: "tk-hit" });
  return marks.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Count for each span of quotations how many levels of others stand inside it, for the lines below it to lie apart. */
function levelsOf(article) {
  const spans = new Map(article.quotations.flatMap((row) => row.spans).map((span) => [`${span}`, span]));
  const levels = new Map();
  // From the last start on, spans inside one another are a rising run of ends: the least end of each length of run tells.
  const least = [];
  for (const [key, [, end]] of [...spans].sort(([, a], [, b]) => b[0] - a[0] || a[1] - b[1])) {
    let [low, high] = [0, least.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (least[middle] <= end) low = middle + 1;
      else high = middle;
    }
    least[low] = end;
    levels.set(key, low);
  }
  return levels;
}

/** Find the places of the words searched for. */
function hits(text, words) {
  const found = [];
  if (!words) return found;
  const wanted = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "giu");
  for (const hit of text.matchAll(wanted)) found.push([hit.index, hit.index + hit[0].length]);
  return found;
}

/** Make the paragraphs of a text behind its header, with marks around its spans; elements always nest. */
function paragraphsOf(text, marks, body) {
  return [...text.slice(body).matchAll(/[^\n\r]+/g)].map((found) => {
    const [start, end] = [body + found.index, body + found.index + found[0].length];
    const inside = marks.filter((mark) => mark.start < end && mark.end > start);
    return el("p", { dir: "auto", "data-from": start }, markedPieces(text, inside, start, end));
  });
}

/** Cut a stretch of text at the bounds of its marks and nest their elements. */
function markedPieces(text, marks, start, end) {
  const bounds = new Set([start, end]);
  for (const mark of marks) for (const bound of [mark.start, mark.end]) if (bound > start && bound < end) bounds.add(bound);
  const cuts = [...bounds].sort((a, b) => a - b);
  const top = document.createDocumentFragment();
  let open = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const covering = marks.filter((mark) => mark.start <= cuts[i] && mark.end > cuts[i]);
    let kept = 0;
    while (kept < open.length && open[kept].mark === covering[kept]) kept += 1;
    open = open.slice(0, kept);
    for (const mark of covering.slice(kept)) {
      const node = el(mark.name, mark.attributes);
      (open.length ? open[open.length - 1].node : top).append(node);
      open.push({ mark, node });
    }
    (open.length ? open[open.length - 1].node : top).append(text.slice(cuts[i], cuts[i + 1]));
  }
  return top;
}

/** Cut a text to a length. */
function shorten(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
