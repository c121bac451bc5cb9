/** What may be chosen, each with the test that a row passes; the same rule as in the kernel. */
const TESTS = {
  speaker: (row, value) => row.voices.includes(value),
  target: (row, value) => row.targets.includes(value),
  round: (row, value) => row.rounds.some((round) => round.id === value),
  article: (row, value) => row.article.id === value,
  kind: (row, value) => mannerOf(row) === value,
  first: (row, value) => row.day !== null && row.day >= value,
  last: (row, value) => row.day !== null && row.day <= value,
  search: (row, value) => wordsOf(row).includes(value.toLowerCase()),
  show: (row, value) => value === "all" || isSure(row),
};
/** What holds unless another is chosen. */
const UNCHOSEN = { show: "sure" };
const FILTERS = Object.keys(TESTS);
const BIT = Object.fromEntries(FILTERS.map((key, i) => [key, 1 << i]));
/** Fails whatever is chosen: a row that a person rejected. */
const REJECTED = 1 << FILTERS.length;
const LABELS = {
  speaker: "Speaker", target: "About", round: "Round", article: "Article", kind: "Kind",
  first: "From", last: "Until", search: "Search",
};

/** Keep the filters that have a value, in their fixed order. */
function tidy(filters) {
  return Object.fromEntries(FILTERS.filter((key) => filters[key]).map((key) => [key, filters[key]]));
}

/** Note on each row which filters it fails, one bit a filter. */
function applyFilters(model, filters) {
  const chosen = Object.entries({ ...UNCHOSEN, ...filters });
  for (const rows of [model.quotations, model.opinions]) {
    for (const row of rows) {
      row.failed = row.rejected ? REJECTED : 0;
      for (const [key, value] of chosen) if (!TESTS[key](row, value)) row.failed |= BIT[key];
    }
  }
}

/** Give the rows that pass all filters but the ones named. */
function passing(rows, ...except) {
  const ignored = except.reduce((bits, key) => bits | BIT[key], 0);
  return rows.filter((row) => (row.failed & ~ignored) === 0);
}

/** Tell whether a round to be checked passes the filters. */
function roundPasses(round, filters) {
  const words = [round.name, round.series, ...round.facts.flat()].join(" ").toLowerCase();
  return roundWithin(round, filters) && (!filters.round || round.id === filters.round) && words.includes((filters.search || "").toLowerCase());
}

/** Tell whether a row of a further frame stands in the article chosen and holds the words searched for. */
function furtherPasses(row, { article, search }) {
  if (article && row.article && row.article.id !== article) return false;
  return !search || [row.span ? row.article.text.slice(...row.span) : "", ...row.cells].join(" ").toLowerCase().includes(search.toLowerCase());
}

/** Tell whether a round lies within the days and the article chosen. */
function roundWithin(round, filters) {
  const { first, last, article } = filters;
  if (article && !round.evidence.some((place) => place.article.id === article)) return false;
  if (!first && !last) return true;
  const [begin, end] = [round.first ?? round.last, round.last ?? round.first];
  if (begin !== null) return (!first || end >= first) && (!last || begin <= last);
  return round.evidence.some(({ article: { day } }) => day !== null && (!first || day >= first) && (!last || day <= last));
}

/** Write filters as a line of Python that sets them. */
function asCode(filters) {
  const text = (value) => `"${[...value].map(pythonSign).join("")}"`;
  return `view.filters = {${Object.entries(filters).map(([key, value]) => `${text(key)}: ${text(value)}`).join(", ")}}`;
}

/** Write one sign of a Python text. */
function pythonSign(sign) {
  if (sign === '"' || sign === "\\") return `\\${sign}`;
  if (sign >= " " && sign !== "\u007f") return sign;
  return `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
