/**
 * Lead to the rows that an address of this page names, as the marks of charts do: `#speaker=Ada+Berg`, `#round=r3`,
 * `#passage=a1+20+48` (an article and, in characters, a start and an end).
 * @returns {boolean} whether it names any rows of this view
 */
function follow(view, address) {
  const { list, passage, ...filters } = Object.fromEntries(new URLSearchParams(address.slice(1)));
  const keys = Object.keys(filters);
  if (!(keys.length || passage) || keys.some((key) => !FILTERS.includes(key))) return false;
  if (passage) {
    const [id, start, end] = passage.split(" ");
    const article = view.model.byId.get(id);
    if (!article) return false;
    view.openPlace(article, [start, end].map((offset) => unitsTo(article.text, Number(offset))));
    return true;
  }
  const round = filters.round && view.model.rounds.find((each) => each.id === filters.round);
  if (filters.round && !round) return false;
  view.clear();
  if (round) view.chooseRound(round);
  else view.choose(filters, list || (filters.target ? "sentences" : "quotations"));
  view.parts[round ? "reader" : "table"].scrollIntoView({ block: "nearest" });
  return true;
}

/** Count the UTF-16 code units of the first characters of a text. */
function unitsTo(text, characters) {
  let units = 0;
  for (const character of text) {
    if (characters === 0) break;
    characters -= 1;
    units += character.length;
  }
  return units;
}

/**
 * Find the passage by which a round is opened: in the article with the most quotations on it, of those in the one with
 * the most passages, of those in the one that appeared next after it began.
 */
function mainPassage(view, round) {
  const told = new Map();
  for (const place of round.evidence) {
    const found = told.get(place.article) || { quotations: 0, passages: 0, first: place, wait: waitOf(place.article, round) };
    told.set(place.article, { ...found, passages: found.passages + 1 });
  }
  for (const row of view.model.quotations) {
    if (!row.rejected && row.rounds.includes(round) && told.has(row.article)) told.get(row.article).quotations += 1;
  }
  const [main] = [...told.values()].sort((a, b) => b.quotations - a.quotations || b.passages - a.passages || a.wait - b.wait);
  return main && main.first;
}

/** Count the days from the beginning of a round to the day of an article; one that came before it comes last. */
function waitOf(article, round) {
  const days = (Date.parse(article.day) - Date.parse(round.first ?? round.last)) / 864e5;
  return days >= 0 ? days : 1e6;
}
