const NO_SPEAKER = "(no speaker named)";
const OUTLET = "(the outlet)";
const GREY = "#808080";
const MANNERS = ["direct", "mixed", "indirect", "thought", "act", "relayed", "denied"];

/** Read the data of a view: JSON, or JSON that holds compressed JSON. */
async function unpack(text) {
  const data = JSON.parse(text);
  return data.gzip ? (await inflated(data.gzip)).json() : data;
}

/** A quotation reads its words from its article when they are asked for, unless others were given. */
const WORDED = {
  get text() {
    return this.given ?? this.spans.map(([start, end]) => this.article.text.slice(start, end)).join(" … ");
  },
  set text(words) {
    this.given = words;
  },
};

/** Turn columns into rows. */
function rowsOf(columns, kind = Object.prototype) {
  const keys = Object.keys(columns);
  return columns[keys[0]].map((_, i) => {
    const row = Object.create(kind);
    row.number = i;
    for (const key of keys) row[key] = columns[key][i];
    return row;
  });
}

/** Give rows their words in place of numbers, and what they are filtered by. */
function modelOf(data) {
  const name = (number) => (number < 0 ? "" : data.names[number]);
  const { text: texts, ...known } = data.articles;
  const store = storeOf(texts, known.id.length, data.block, data.load);
  const articles = rowsOf(known, { get text() { return store.textOf(this.number); }, get isHere() { return store.has(this.number); } });
  const rounds = rowsOf(data.rounds);
  const quotations = rowsOf(data.quotations, WORDED);
  const opinions = rowsOf(data.opinions);
  const model = { articles, rounds, quotations, opinions, fewest: data.fewest, page: data.page, total: data.total, coming: data.coming, store, judged: data.judged || [] };
  model.byId = new Map(articles.map((row) => [row.id, row]));
  const place = (row) => {
    row.article = articles[row.article];
    row.rounds = row.rounds.map((number) => rounds[number]);
  };
  for (const row of quotations) {
    place(row);
    row.spans = pairs(row.spans);
    for (const key of ["kind", "way", "how", "sourceKind", "cue", "force", "source", "audience", "origin", "dayBasis"]) row[key] = name(row[key]);
    row.voices = row.voices.map(name);
    row.speaker = row.voices[0];
  }
  for (const row of opinions) {
    place(row);
    row.holder = name(row.holder);
    row.target = name(row.target);
    row.quotation = quotations[row.quotation] || null;
    row.origin = name(row.origin);
    row.day = row.quotation ? row.quotation.day : row.article.day;
    row.voices = [row.holder];
    row.targets = [row.target];
  }
  for (const row of quotations) Object.assign(row, { via: quotations[row.via] || null, within: [], relays: [] });
  for (const row of quotations) if (row.via) row.via.relays.push(row);
  for (const row of opinions) if (row.quotation) row.quotation.within.push(row);
  for (const article of articles) Object.assign(article, { mentions: [], times: [] });
  const actors = rowsOf(data.actors);
  for (const row of actors) {
    for (const key of ["name", "kind", "side", "role"]) row[key] = name(row[key]);
    if (row.roleAt) row.roleAt = { article: articles[row.roleAt[0]], span: row.roleAt.slice(1) };
    row.mentions = [];
  }
  const byName = new Map(actors.map((row) => [row.name, row]));
  for (const row of rowsOf(data.mentions)) {
    const [article, actor, how] = [articles[row.article], byName.get(name(row.actor)), name(row.how)];
    article.mentions.push({ span: row.span, about: `${name(row.actor)}, by ${how}` });
    if (actor) actor.mentions.push({ article, span: row.span, how });
  }
  for (const row of rowsOf(data.times)) {
    articles[row.article].times.push({ span: row.span, about: `${name(row.meaning)}, ${name(row.basis)}` });
  }
  for (const round of rounds) {
    round.evidence = round.evidence.map(([article, start, end]) => ({ article: articles[article], span: [start, end] }));
    Object.assign(round, { place: name(round.place), parties: round.parties.map(name), origin: name(round.origin) });
  }
  model.actors = actors;
  model.further = (data.further || []).map((part) => ({
    ...part,
    title: part.name.charAt(0).toUpperCase() + part.name.slice(1).replaceAll("_", " "),
    rows: part.cells.map((cells, number) => {
      const [article, start, end] = part.spans ? part.spans[number] : [];
      return {
        number, cells, article: articles[article], span: part.spans && [start, end], voices: [], targets: [],
        key: part.keys[number], origin: part.origins[number], texts: part.texts[number],
      };
    }),
  }));
  model.colours = new Map(data.colours.map(([number, colour]) => [name(number), colour]));
  model.checks = checksOf(model, data.checks);
  Object.assign(model, { touched: [], added: [] });
  model.actorsRead = actors.length;
  for (const article of articles) {
    article.read = [];
    article.facts = [printedIn(article), article.day ? daysOf(article.day, article.day) : "publication date unknown"].filter(Boolean).join(" · ");
  }
  for (const row of [...quotations, ...opinions]) row.article.read.push(row);
  relate(model, articles);
  return model;
}

/** Relate the rows of some articles to one another, those that a person rejected left out; done anew when they change. */
function relate(model, articles) {
  const { quotations, opinions, actors, checks } = model;
  const added = [quotations, opinions].flatMap((rows, i) => rows.slice((checks[["quotations", "sentences"][i]] || { read: rows.length }).read));
  for (const article of articles) {
    Object.assign(article, { quotations: [], opinions: [], rejected: [] });
    const rows = added.length ? [...article.read, ...added.filter((row) => row.article === article)] : article.read;
    for (const row of rows) {
      if (!row.spans) continue;
      row.targets = [];
      row.opinions = [];
      article[row.rejected ? "rejected" : "quotations"].push(row);
    }
    for (const row of rows) {
      if (row.spans) continue;
      if (row.quotation) row.kind = mannerOf(row.quotation);
      if (row.rejected) continue;
      article.opinions.push(row);
      if (!row.quotation) continue;
      row.quotation.targets.push(row.target);
      row.quotation.opinions.push(row);
    }
  }
  const kinds = new Set(quotations.filter((row) => !row.rejected).map(mannerOf));
  actors.length = model.actorsRead;
  const known = new Set(actors.map((row) => row.name));
  const named = new Set(model.touched.filter((row) => !row.rejected).flatMap((row) => [...(row.voices || []), ...(row.target ? [row.target] : [])]));
  for (const name of named) {
    if (!known.has(name) && name !== NO_SPEAKER && name !== OUTLET) actors.push({ name, kind: "", side: "", role: "", roleAt: null, mentions: [] });
  }
  model.sides = new Map(actors.map((row) => [row.name, row.side]));
  model.kinds = [...new Set([...MANNERS, ...kinds])].filter((kind) => kinds.has(kind));
}

/** Name the manner of a statement: how its words are given, or what else it is than said by its speaker. */
function mannerOf(row) {
  return row.way || row.kind;
}

/** Tell whether a statement is shown where only sure ones are; a person who judged it made it so. */
function isSure(row) {
  return row.isSure !== false || GIVEN.has(row.state || row.origin);
}

/** Count the statements of all who speak, those who share one each; how many there are of each manner. */
function bySpeaker(rows) {
  const counts = new Map();
  for (const row of rows) {
    for (const name of row.voices) {
      const count = counts.get(name) || counts.set(name, { name, total: 0, kinds: {} }).get(name);
      count.total += 1;
      count.kinds[mannerOf(row)] = (count.kinds[mannerOf(row)] || 0) + 1;
    }
  }
  return counts;
}

/** Count those who speak by name. */
function speakersIn(counts) {
  return counts.size - counts.has(NO_SPEAKER);
}

/** Give the words that a row is searched by, made when they are first asked for. */
function wordsOf(row) {
  if (row.words === undefined) {
    const said = row.span ? [row.article.text.slice(...row.span), row.holder, row.target] : [row.text, ...row.voices, row.source];
    const words = said.join(" ").toLowerCase();
    if (!row.article.isHere) return words;
    row.words = words;
  }
  return row.words;
}

/** Turn [1, 2, 5, 8] into [[1, 2], [5, 8]]. */
function pairs(bounds) {
  return bounds.filter((_, i) => i % 2 === 0).map((start, i) => [start, bounds[2 * i + 1]]);
}
