const WORD = "(?:[\\p{L}\\p{M}\\p{N}_]+(?:[’'-][\\p{L}\\p{M}\\p{N}_]+)*|[^\\s\\p{L}\\p{M}\\p{N}_])";
/** By which a span begins or ends a word earlier or later: in which part of the text, which word, and which end moves. */
const MOVES = {
  "begin earlier": [(text, [start]) => text.slice(0, start), `${WORD}\\s*$`, (found, [start, end]) => [start - found.length, end]],
  "begin later": [(text, span) => text.slice(...span), `^${WORD}\\s*`, (found, [start, end]) => [start + found.length, end]],
  "end earlier": [(text, span) => text.slice(...span), `\\s*${WORD}$`, (found, [start, end]) => [start, end - found.length]],
  "end later": [(text, [, end]) => text.slice(end), `^\\s*${WORD}`, (found, [start, end]) => [start, end + found.length]],
};
const BETWEEN = " … ";

/** Move one end of a span by a word; the span itself where there is none left. */
function movedBy(text, span, way, body = 0) {
  const [part, word, move] = MOVES[way];
  const found = new RegExp(word, "u").exec(part(text, span));
  const [start, end] = found ? move(found[0], span) : span;
  return start < end && start >= body ? [start, end] : span;
}

/** Give where the words of a cell stand. */
function spansIn(row, column) {
  if (column === "spans") return row.spans;
  return row[`${column}Span`] ? [row[`${column}Span`]] : [];
}

/** Give the words of a cell. */
function wordsIn(row, column) {
  return spansIn(row, column).map((span) => oneLine(row.article.text.slice(...span))).join(BETWEEN);
}

/** Make the control of words in the text: written, taken from what is selected there, or with their ends moved by a word. */
function wordsField(view, { column, label }, article, spans) {
  const node = el("textarea", { "data-field": column, rows: column === "spans" ? 3 : 1, dir: "auto", spellcheck: "false", placeholder: "Select words in the article, or write them", ...FOCUSABLE });
  let selected = null;
  const hold = (found) => {
    node.spans = found;
    node.said = node.value = found.map((span) => oneLine(article.text.slice(...span))).join(BETWEEN);
  };
  const show = (found) => {
    hold(found);
    view.state.place = { article, span: [found[0][0], found[found.length - 1][1]] };
    paintReader(view);
    scrollReader(view);
  };
  const move = (way) => {
    const found = foundBy(node, article) || [];
    const at = way.startsWith("begin") ? 0 : found.length - 1;
    if (found.length) show(found.map((span, i) => (i === at ? movedBy(article.text, span, way, article.body) : span)));
  };
  const take = button(`take:${column}`, { class: "tk-small" }, () => {
    const span = selected || selectedIn(view);
    if (span && view.article() === article) show([span]);
    else view.fault("Select the words in the article first.");
  }, "Take the selection");
  // A click may take the selection away before it is asked for.
  take.addEventListener("pointerdown", () => { selected = selectedIn(view); });
  const ends = ["begin", "end"].map((end) => el("span", { class: "tk-row tk-end" }, el("span", { class: "tk-note", "aria-hidden": "true" }, `${end}s`),
    ["earlier", "later"].map((way) => button(`${column}:${end}:${way}`, { class: "tk-small", "aria-label": `${label}: ${end} a word ${way}` }, () => move(`${end} ${way}`), way === "earlier" ? "←" : "→"))));
  hold(spans);
  return el("div", { class: "tk-wide tk-span", role: "group", "aria-label": label }, labelled(label, node), el("div", { class: "tk-row" }, take, ends));
}

/** Find the spans of what a control holds: those it was given, else where its words stand, nearest to these. */
function foundBy(node, article) {
  if (node.value === node.said) return node.spans;
  const found = [];
  for (const words of node.value.split("…").map(oneLine).filter(Boolean)) {
    const from = found.length ? found[found.length - 1][1] : article.body;
    const span = nearest(article.text, words, node.spans.length ? node.spans[0][0] : from, from);
    if (!span) return null;
    found.push(span);
  }
  return found;
}

/** Write the spans of what a control holds as the file does; null where its words do not stand in the article. */
function placedBy(node, article) {
  const found = foundBy(node, article);
  return found && markedText(article.text, found);
}
