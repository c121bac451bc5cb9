const COLUMNS = ["frame", "key", "article", "start", "end", "words", "column", "found", "given", "verdict", "who", "when", "note"];
const STATES = { right: "confirmed", wrong: "rejected", edit: "corrected", add: "added" };
const GIVEN = new Set(Object.values(STATES));
const TABS = { quotations: "quotations", sentiment: "sentences", rounds: "rounds" };

/** Columns under the names that readers know. */
const LABELLED = { spans: "Extent", cospeakers: "Said with", source_kind: "Kind of source" };

/** Give the frames that can be checked, by the tab that lists them. */
function checksOf(model, packed) {
  const further = (frame) => model.further.find((part) => part.name === frame);
  return Object.fromEntries((packed || []).map(([frame, noun, fields]) => {
    const part = further(frame);
    const rows = part ? part.rows : { quotations: model.quotations, sentiment: model.opinions, rounds: model.rounds }[frame];
    const check = {
      frame, noun, rows, part, read: rows.length,
      byKey: new Map([...rows.flatMap((row) => (row.keys || []).map((key) => [key, row])), ...rows.map((row) => [row.key, row])]),
      fields: fields.map(([column, label, how, empty], place) => ({ column, label: LABELLED[column] || label, how, empty, place })),
    };
    return [part ? `further:${frame}` : TABS[frame], check];
  }));
}

/**
 * Apply lines of corrections to a model. Each row is first put back as it was read, so that the same lines always
 * make the same model, and undoing is applying fewer.
 * @param {Object} model what `modelOf` returned; changed in place
 * @param {Array<Object>} lines one a column that was set, as the file of corrections holds them
 */
function applyLines(model, lines) {
  const before = model.touched;
  for (const row of before) putBack(row);
  model.touched = [];
  const byFrame = new Map();
  for (const line of lines) {
    const rows = byFrame.get(line.frame) || byFrame.set(line.frame, new Map()).get(line.frame);
    const key = keyOf(line);
    rows.set(key, [...(rows.get(key) || []), line]);
  }
  for (const check of Object.values(model.checks)) {
    check.rows.length = check.read;
    applyToRows(model, check, byFrame.get(check.frame) || new Map());
    if (check.frame === "quotations") for (const row of [...model.touched]) opinionsFollow(model, row);
  }
  const moved = model.touched.filter((row) => row.evidence || (row.spans && `${row.spans}` !== `${row.read.spans}`));
  const added = Object.values(model.checks).flatMap((check) => (check.part ? [] : check.rows.slice(check.read)));
  const near = [...moved, ...moved.map((row) => row.read), ...added].flatMap((row) => (row.evidence ? row.evidence.map((place) => place.article) : [row.article]));
  roundsFollow(model, new Set(near));
  relate(model, new Set([...before, ...model.touched, ...model.added, ...added].map((row) => row.article).filter(Boolean)));
  model.added = added;
}

/**
 * Apply the lines of one frame, by the row's key: first of rows that are added or made one with others, then what
 * joins and parts rows, then all else, so that what is said of a row that was joined or parted stands. As in Python.
 */
function applyToRows(model, check, byKey) {
  const rowAt = (key) => check.byKey.get(key) || check.rows.slice(check.read).find((row) => row.key === key);
  const later = [];
  const pieces = [];
  for (const [key, all] of byKey) {
    const own = all.filter((line) => !PIECES.has(line.column));
    const adds = own.some((line) => line.verdict === "add");
    pieces.push(...all.filter((line) => PIECES.has(line.column)));
    if (!adds && !all.some((line) => line.column === "same_as")) later.push([key, own]);
    else {
      const row = rowAt(key) || (adds && addRow(model, check, own));
      if (row) applyToRow(model, check, row, own);
    }
  }
  if (pieces.length) takePieces(model, check, pieces, rowAt);
  for (const [key, own] of later) {
    const row = rootOf(rowAt(key));
    if (row && own.length) applyToRow(model, check, row, own);
  }
}

/** Put a row back as it was read. */
function putBack(row) {
  const { read } = row;
  for (const key of Object.keys(row)) delete row[key];
  Object.assign(row, read);
}

/** Keep what a row was read as, before it is changed. */
function touch(model, row) {
  if (row.read) return;
  row.read = Object.assign(Object.create(Object.getPrototypeOf(row)), row);
  model.touched.push(row);
}

function applyToRow(model, check, row, lines) {
  touch(model, row);
  row.words = undefined;
  row.own = true;
  const before = row.state;
  for (const line of lines) {
    if (line.verdict === "wrong" || row.origin !== "added") row.state = row.state && line.verdict === "right" ? row.state : STATES[line.verdict];
    else row.state = "added";
    row.rejected = line.verdict === "wrong" && !line.column;
    const said = line.verdict === "right" ? {} : assertedBy(line);
    for (const field of check.fields) if (field.column in said) setCell(check, row, field, said[field.column]);
  }
  // Who gives what the machine says finds it right.
  if (row.state === "corrected" && before !== "corrected" && lines.every((line) => agrees(check, row, line))) row.state = "confirmed";
}

/** Tell whether a line says of a row what the machine said. */
function agrees(check, row, { column, verdict }) {
  const field = check.fields.find((each) => each.column === column);
  return verdict === "right" || (field !== undefined && cellText(check, row, field) === cellText(check, row.read, field));
}

/** Give what a line says of cells, by column; of a row that is added they may stand in one line as pairs. */
function assertedBy({ column, given, verdict }) {
  if (column) return { [column]: verdict === "wrong" ? "" : given };
  if (verdict !== "add") return {};
  if (given.startsWith("{")) return parsed(given) || {};
  return Object.fromEntries(given.split(";").filter((part) => part.includes(":")).map((part) => {
    const at = part.indexOf(":");
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  }));
}

/** Tell which row a line is about; one that a person added in code has no key. */
function keyOf({ key, article, start, end }) {
  return key || `${article}:${start}:${end}`;
}

/** Write and read lists and pairs as the file does: with semicolons between, or as JSON where that could be misread. */
function listText(values) {
  return values.some((each) => each.includes(";") || each.startsWith("[")) ? JSON.stringify(values) : values.join("; ");
}
function listOf(text) {
  const found = (text.startsWith("[") && parsed(text)) || text.split(";");
  return [...new Set(found.map((part) => oneLine(String(part))).filter(Boolean))];
}
function pairsText(values) {
  const told = Object.entries(values).filter(([, value]) => value);
  const plain = told.every(([name, value]) => !`${name}${value}`.includes(";") && !name.includes(":"));
  return plain ? told.map((pair) => pair.join(": ")).join("; ") : JSON.stringify(Object.fromEntries(told));
}

/** Set one cell from the text of a file, and what follows from it within the row. */
function setCell(check, row, { column, how, place }, text) {
  const value = how === "actors" ? listOf(text) : text;
  if (check.part) {
    row.texts = row.texts.map((each, i) => (i === place ? text : each));
    row.cells = row.cells.map((cell, i) => (check.part.columns[i] === column ? text : cell));
  } else if (column === "speaker") {
    row.speaker = value || NO_SPEAKER;
    row.how = value && (row.how || "name");
    row.voices = [...new Set([row.speaker, ...row.voices.slice(1)])];
  } else if (column === "cospeakers") {
    row.voices = [...new Set([row.speaker, ...value])];
  } else if (column === "source_kind") {
    row.sourceKind = value;
  } else if (column === "spans" || column === "cue") {
    setWords(row, column, markedOf(row.article.text, value));
  } else if (column === "holder") {
    row.holder = value || (row.quotation ? NO_SPEAKER : OUTLET);
    row.voices = [row.holder];
  } else if (column === "target") {
    row.target = value;
    row.targets = [value];
  } else if (column === "polarity" && value === cellText(check, row, { column })) {
    // What a person only says again keeps its score.
  } else if (column === "polarity") {
    row.polarity = row.score = Number(value.replace("−", "-"));
    row.sure = 1;
  } else if (column === "first" || column === "last") {
    row[column] = value || null;
    row.days = daysOf(row.first, row.last);
  } else {
    if (column === "place") {
      if (row.place && row.name.endsWith(` – ${row.place}`)) row.name = row.name.slice(0, -row.place.length - 3);
      if (value && !row.name.toLowerCase().includes(value.toLowerCase())) row.name += ` – ${value}`;
    }
    if (column === "parties" && row.origin === "added") row.series = value.length ? `${value.join("–")} talks` : "talks";
    row[column] = value;
    const told = { place: "Place", parties: "Parties" }[column];
    if (told) row.facts = [[told, [value].flat().join(", ")], ...row.facts.filter(([name]) => name !== told)];
  }
}

/** Set where the words of a statement stand, or those that announce it; nothing where they are gone. */
function setWords(row, column, spans) {
  if (!spans || (column === "spans" && !spans.length)) return;
  const { text } = row.article;
  if (column === "spans") Object.assign(row, { spans, text: spans.map((span) => text.slice(...span)).join(" … ") });
  else {
    row.cueSpan = spans.length ? [spans[0][0], spans[spans.length - 1][1]] : null;
    row.cue = row.cueSpan ? oneLine(text.slice(...row.cueSpan)) : "";
  }
}

/** Write the days of a round as the kernel does. */
function daysOf(first, last) {
  const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const written = (day) => `${Number(day.slice(8))} ${months[day.slice(5, 7) - 1]} ${day.slice(0, 4)}`;
  if (!first && !last) return "no date in the text";
  if (!first || !last) return first ? `from ${written(first)}` : `until ${written(last)}`;
  if (first === last) return written(first);
  const shared = [7, 4].find((length) => first.slice(0, length) === last.slice(0, length));
  const begin = written(first).split(" ").slice(0, { 7: 1, 4: 2 }[shared]).join(" ");
  return `${begin}${shared === 7 ? "–" : " – "}${written(last)}`;
}

/** Make a row that a person found, null where its article is not here. */
function addRow(model, check, lines) {
  const [line] = lines;
  const article = model.byId.get(line.article);
  if (!article) return null;
  const span = [unitsIn(article.text, Number(line.start)), unitsIn(article.text, Number(line.end))];
  const row = {
    number: check.rows.length, key: keyOf(line), id: keyOf(line), article, origin: "added", score: null, sure: null, day: article.day,
    rounds: [], voices: [], targets: [], opinions: [], within: [], relays: [],
  };
  const own = {
    quotations: {
      spans: [span], text: article.text.slice(...span), kind: "direct", speaker: NO_SPEAKER, voices: [NO_SPEAKER],
      via: null, cue: "", cueSpan: null, how: "", source: "", sourceKind: lines.some((each) => assertedBy(each).speaker) ? "named" : "none", audience: "", dayBasis: "published",
    },
    sentiment: { span, targetSpan: span, holder: OUTLET, voices: [OUTLET], target: "", polarity: 0, score: 0, quotation: null, kind: null },
    rounds: {
      name: "round of talks", series: "talks", days: daysOf(), basis: "", status: "held", first: null, last: null, offset: null,
      facts: [], evidence: [{ article, span }], place: "", parties: [],
    },
  }[check.frame] || { span, cells: check.part.columns.map(() => ""), texts: check.fields.map(() => "") };
  check.rows.push(Object.assign(row, own));
  return row;
}

/** Where a row stands: its article and its span; null for one that stands nowhere. */
function placeOf(row) {
  if (row.evidence) return row.evidence[0] || null;
  if (row.spans) return row.spans.length ? { article: row.article, span: envelope(row) } : null;
  return row.span ? { article: row.article, span: row.span } : null;
}

/** Cells of statements that stand under other names here. */
const CELLS = {
  cospeakers: (row) => row.voices.slice(1),
  source_kind: (row) => row.sourceKind,
  spans: (row) => markedText(row.article.text, row.spans),
  cue: (row) => (row.cueSpan ? markedText(row.article.text, [row.cueSpan]) : ""),
};

/** Give a cell as the file of corrections writes it. */
function cellText(check, row, { column, place }) {
  const value = check.part ? row.texts[place] : CELLS[column] ? CELLS[column](row) : row[column];
  if (Array.isArray(value)) return listText(value);
  return [NO_SPEAKER, OUTLET, null, undefined].includes(value) ? "" : oneLine(String(value));
}

/** Make the beginning of a line about a row. */
function lineOf(check, row) {
  const place = placeOf(row);
  const { text, id } = place ? place.article : { text: "", id: "" };
  const [start, end] = place ? place.span : [0, 0];
  return {
    frame: check.frame, key: row.key, article: id, start: place ? pointsIn(text, start) : "", end: place ? pointsIn(text, end) : "",
    words: oneLine(row.text ?? text.slice(start, end)), column: "", found: "", given: "",
  };
}

/** Turn an offset in UTF-16 code units into one in characters, as the file counts, and back. */
function pointsIn(text, units) {
  return [...text.slice(0, units)].length;
}
function unitsIn(text, points) {
  return [...text].slice(0, points).join("").length;
}

function oneLine(text) {
  return text.replace(/\s+/g, " ").trim();
}

/** Write lines as the csv that `corrections=` takes, and that spreadsheets open without running any of it. */
function csvOf(lines) {
  const guard = (text) => (/^'*[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? `'${text}` : text);
  const cell = (value) => {
    const text = guard(oneLine(String(value ?? "")));
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const [first, ...others] = COLUMNS;
  // The sign of a file of ours, and the empty line without which its end is missing: see `corrections/_file.py`.
  return `\ufeff"${first}",${others}\n${lines.map((line) => `${COLUMNS.map((name) => cell(line[name]))}\n`).join("")}\n`;
}

/** Read lines from a csv, whichever program wrote it; throws what is wrong with it. */
function linesOfCsv(content) {
  const text = content.replace(/^\ufeff/, "");
  const head = text.split("\n", 1)[0];
  const by = [",", ";", "\t"].reduce((best, sign) => (head.split(sign).length > head.split(best).length ? sign : best));
  const rows = [[]];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\\r\\n${by}]*))(${by}|\\r?\\n|\\r|$)`, "y");
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error(`line ${rows.length}: a quotation mark is missing or too many`);
    const value = found[1] === undefined ? found[2] : found[1].replaceAll('""', '"');
    rows[rows.length - 1].push(value.replace(/^'('*[=+\-@\t\r\n＝＋－＠])/, "$1"));
    if (found[3] !== by) rows.push([]);
  }
  if (/^"/.test(text) && !/\n\r?\n$/.test(text)) throw new Error("its end is missing");
  const [names, ...cells] = rows.filter((row) => row.some(Boolean));
  if (!names || ["frame", "key", "verdict"].some((name) => !names.includes(name))) throw new Error("it has no columns frame, key and verdict");
  return cells.map((row, i) => {
    if (row.length !== names.length) throw new Error(`row ${i + 1} has ${row.length} cells for ${names.length} columns`);
    const line = Object.fromEntries(COLUMNS.map((name) => [name, row[names.indexOf(name)] ?? ""]));
    if (line.verdict && !STATES[line.verdict]) throw new Error(`row ${i + 1}: “${shorten(line.verdict, 20)}” is no verdict`);
    return line;
  });
}
