const PIECES = new Set(["same_as", "split"]);
const SPAN = '(\\d+)\\s*[–-]\\s*(\\d+)\\s*("(?:[^"\\\\]|\\\\.)*")?';

/** Write spans as the file does, `12–40 "the words"`, with semicolons between; its offsets count characters. */
function markedText(text, spans) {
  return spans.map(([start, end]) => `${pointsIn(text, start)}–${pointsIn(text, end)} ${JSON.stringify(inLine(text.slice(start, end)))}`).join("; ");
}

/** Read spans from the text of a file, where their words stand now; null where that cannot be. */
function markedOf(text, given) {
  const form = new RegExp(`\\s*${SPAN}\\s*(?:;|$)`, "y");
  const found = [];
  while (form.lastIndex < given.length) {
    const part = form.exec(given);
    const span = part && spanOf(text, part.slice(1));
    if (!span) return null;
    found.push(span);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** Find a span by its offsets, and by its words where others stand there. */
function spanOf(text, [from, to, quoted]) {
  const [start, end] = [unitsIn(text, Number(from)), unitsIn(text, Number(to))];
  const words = quoted ? parsed(quoted) : null;
  if (words === null ? !quoted && start < end : inLine(text.slice(start, end)) === inLine(String(words))) return [start, end];
  return words ? nearest(text, String(words), start) : null;
}

/** Find the place of words that is nearest to an offset, whatever white space is between them. */
function nearest(text, words, at, from = 0) {
  const parts = words.trim().split(/\s+/).filter(Boolean).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!parts.length) return null;
  const places = [...text.matchAll(new RegExp(parts.join("\\s+"), "gu"))].map((found) => [found.index, found.index + found[0].length]).filter(([start]) => start >= from);
  return places.sort((a, b) => Math.abs(a[0] - at) - Math.abs(b[0] - at))[0] || null;
}

/** Words as the file has them: in one line, with an escape for each sign that no file can hold. */
function inLine(text) {
  const escape = (sign) => (sign < "\u0100" ? `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}` : `\\u${sign.charCodeAt(0).toString(16)}`);
  return oneLine(oneLine(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\p{Cs}]/gu, escape));
}

/** Read JSON that anybody may have written. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Write a place as the file does, with the article that it is in. */
function placeText({ article, span }) {
  return `${article.id} ${markedText(article.text, [span])}`;
}

/** Read the places of a text, those in articles that are not here left out. */
function placesOf(model, given) {
  const form = new RegExp(`\\s*;?\\s*([^\\s;"]+)\\s+${SPAN}`, "y");
  const found = [];
  for (let part = form.exec(given); part; part = form.exec(given)) {
    const article = model.byId.get(part[1]);
    const span = article && spanOf(article.text, part.slice(2));
    if (span) found.push({ article, span });
  }
  return found;
}

/** Write the row that another is one with: its key, and the first of its places. */
function sameText(row) {
  return `${row.key}: ${placeText(row.evidence[0])}`;
}

/** Name the row that a line parts from another: by that one's key and the first place given. */
function partKey({ key, given }) {
  const part = new RegExp(`^\\s*([^\\s;"]+)\\s+${SPAN}`).exec(given);
  return part && `${key}-${part[1]}-${Number(part[2])}`;
}

/** Follow a row to the one that it was made one with. */
function rootOf(row) {
  return row && row.same ? rootOf(row.same) : row;
}

/** Join and part rows as lines say, in the order in which it was said; `rowAt` finds a row by its key. */
function takePieces(model, check, lines, rowAt) {
  for (const line of [...lines].sort((a, b) => (a.when < b.when ? -1 : Number(a.when > b.when)))) {
    const row = rootOf(rowAt(line.key));
    if (!row) continue;
    if (line.column === "split") partRow(model, check, row, placesOf(model, line.given), partKey(line));
    else {
      const at = line.given.indexOf(": ");
      const other = rootOf(rowAt(line.given.slice(0, at)));
      if (at > 0 && other && other !== row) joinRows(model, row, other);
    }
  }
}

function isAt(one, other) {
  return one.article === other.article && one.span[0] === other.span[0] && one.span[1] === other.span[1];
}

/** Give a round the places of another that it is one with, and what it lacks. */
function joinRows(model, row, into) {
  touch(model, row);
  touch(model, into);
  Object.assign(row, { same: into, rejected: true, state: "corrected", own: true });
  into.evidence = [...into.evidence, ...row.evidence.filter((place) => !into.evidence.some((other) => isAt(place, other)))];
  into.state = into.origin === "added" ? "added" : "corrected";
  if (!into.place && row.place) setCell({}, into, { column: "place" }, row.place);
  const parties = [...new Set([...into.parties, ...row.parties])];
  if (parties.length > into.parties.length) setCell({}, into, { column: "parties" }, parties);
  const known = new Set(into.facts.map(([name]) => name));
  into.facts = [...into.facts, ...row.facts.filter(([name]) => !known.has(name))];
  if ((into.first || !row.first) && (into.last || !row.last)) return;
  Object.assign(into, { first: into.first || row.first, last: into.last || row.last });
  into.days = daysOf(into.first, into.last);
}

/** Make some places of a round one of its own; nothing where it has none of them, or no others. */
function partRow(model, check, row, places, key) {
  const gone = row.evidence.filter((place) => places.some((other) => isAt(place, other)));
  if (!gone.length || gone.length === row.evidence.length) return;
  touch(model, row);
  row.evidence = row.evidence.filter((place) => !gone.includes(place));
  row.state = row.origin === "added" ? "added" : "corrected";
  row.own = true;
  const { read, own, ...cells } = row;
  check.rows.push({ ...cells, number: check.rows.length, key, id: key, keys: [], evidence: gone, origin: "added", state: "added" });
}

/** Say anew which rounds the statements and opinions of some articles speak of. */
function roundsFollow(model, articles) {
  if (!articles.size) return;
  for (const row of [...model.quotations, ...model.opinions]) {
    if (!articles.has(row.article)) continue;
    const [start, end] = envelope(row);
    const touches = ({ article, span }) => article === row.article && span[0] < end && start < span[1];
    const rounds = model.rounds.filter((round) => !round.rejected && round.evidence.some(touches));
    if (rounds.length === row.rounds.length && rounds.every((round, i) => round === row.rounds[i])) continue;
    touch(model, row);
    row.rounds = rounds;
  }
}

/** From the first word of a row to its last. */
function envelope(row) {
  return row.spans ? [row.spans[0][0], row.spans[row.spans.length - 1][1]] : row.span;
}

/** Let opinions go along with the statement that they stand in: held by its speaker, or by the outlet where it is none. */
function opinionsFollow(model, row) {
  const { read } = row;
  const cut = `${read.spans}` !== `${row.spans}`;
  if (!row.rejected && !cut && read.speaker === row.speaker) return;
  for (const opinion of row.within) {
    const [start, end] = opinion.targetSpan;
    const leaves = row.rejected || (cut && !row.spans.some((span) => span[0] <= start && end <= span[1]));
    const held = leaves ? [...read.voices, NO_SPEAKER] : [read.speaker];
    touch(model, opinion);
    opinion.words = undefined;
    if (leaves) Object.assign(opinion, { quotation: null, kind: null, day: row.article.day });
    if (held.includes(opinion.holder)) setCell({}, opinion, { column: "holder" }, leaves || row.speaker === NO_SPEAKER ? "" : row.speaker);
  }
  for (const other of row.rejected ? row.relays : []) {
    touch(model, other);
    other.via = null;
  }
}
