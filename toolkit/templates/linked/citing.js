const CITED = { text: "Copy", footnote: "Copy as footnote", ris: "Copy as RIS" };
const HOW_CITED = { direct: "quoted", mixed: "quoted in part", thought: "told to think", relayed: "relayed", denied: "told to deny" };
const QUOTED = /^["'“”‘’«»„]/;

/** Write a statement with its source in one of the styles of `CITED`: the same as in the kernel. */
function cited(row, style) {
  const { article } = row;
  const others = row.voices.slice(1);
  const how = `${row.speaker}${others.length ? ` with ${others.join(", ")}` : ""}, ${HOW_CITED[mannerOf(row)] || "reported"}`;
  const known = [["words", row.score], ["speaker", row.speakerScore]].filter(([, score]) => score !== null && score !== undefined);
  const sure = GIVEN.has(row.state || row.origin) ? "checked by a person" : known.length && `sure: ${known.map(([what, score]) => `${what} ${percent(score)}`).join(", ")}`;
  const told = sure ? ` [${sure}]` : "";
  const quoted = (text) => (QUOTED.test(text) ? text : `“${text}”`);
  const words = quoted(oneLine(row.text));
  if (style === "ris") return reference(article, `${words} (${how})${told}`);
  const source = [quoted(article.title), printedIn(article), article.day ? daysOf(article.day, article.day) : "undated", article.url].filter(Boolean).join(", ");
  return style === "text" ? `${words} (${how} in ${source})${told}` : `${how.charAt(0).toUpperCase()}${how.slice(1)} in ${source}${told}.`;
}

/** Write the reference of an article in RIS, with a note. */
function reference({ id, title, outlet, author, day, url }, note) {
  const lines = [["TY", "NEWS"], ["ID", id], ["TI", title], ["T2", outlet], ["AU", author], ["PY", day && day.slice(0, 4)],
    ["DA", day && day.replaceAll("-", "/")], ["UR", url], ["N1", note]];
  return [...lines.filter(([, value]) => value), ["ER", ""]].map(([tag, value]) => `${tag}  - ${value}\n`).join("");
}

/** Name the outlets that printed an article. */
function printedIn({ outlet, others }) {
  return others ? `${outlet || "one outlet"} and ${countOf(others, "other")}` : outlet;
}

/** Make the buttons that copy a statement with its source, and the text that was copied last, which can be copied by hand. */
function citing(view, row) {
  const { copied } = view.state;
  return el("div", { class: "tk-row" },
    Object.entries(CITED).map(([style, label]) => button(`cite:${style}`, { class: "tk-small" }, () => copyCited(view, row, style), label)),
    copied && copied.row === row && el("textarea", { class: "tk-code", readonly: true, rows: 3, "aria-label": "Copied", "data-key": "cited", ...FOCUSABLE }, cited(row, copied.style)));
}

async function copyCited(view, row, style) {
  view.state.copied = { row, style };
  paintList(view);
  const field = view.parts.table.querySelector("[data-key='cited']");
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // The text stands selected: copying it by hand always works.
  }
}
