const PAGE = 40;
const FOUND_BY = {
  name: "by name", pronoun: "from a pronoun", description: "from a description", metonym: "from a place or institution that stands for it",
  title: "from a title",
};

const LISTS = {
  quotations: { title: "Quotations", heads: ["Speaker", "Quotation", "Kind"], rows: (found) => found.quotations, make: (...args) => quotationRows(...args) },
  sentences: { title: "Sentiment", heads: ["Sentiment", "Sentence"], rows: (found) => found.opinions, count: (rows) => tallyOf(rows).n, make: (...args) => sentenceRows(...args) },
  rounds: { title: "Rounds", heads: ["Days", "Round", "Status"], make: (...args) => roundRows(...args) },
  actors: { title: "Actors", heads: ["Actor", "Role, and forms in the text", "Said"], rows: (found) => found.actors, make: (...args) => actorRows(...args) },
};
const PLACES = 60;
/** While checking, the list holds the row that is looked at with some before and behind it. */
const [BEFORE, WINDOW] = [3, 16];

/** Give the lists by name: those of the view, then one for each further frame; while checking, those that can be. */
function listsOf(view) {
  if (view.state.check) {
    return Object.fromEntries(Object.entries(view.model.checks).map(([tab, check]) => [tab, {
      title: check.part ? check.part.title : LISTS[tab].title, heads: check.part ? check.part.heads : LISTS[tab].heads,
      rows: () => queueIn(view, tab), make: check.part ? furtherRows : LISTS[tab].make,
    }]));
  }
  const further = view.model.further.map((part) => [`further:${part.name}`, {
    title: part.title, heads: part.heads, rows: () => furtherLeft(view, part), make: furtherRows,
  }]);
  const { rounds, ...lists } = LISTS;
  return { ...lists, ...Object.fromEntries(further) };
}

function furtherLeft(view, part) {
  return part.rows.filter((row) => !row.rejected && furtherPasses(row, view.state.filters));
}

/** Make the rows of a further frame, each a link to its words where it has some. */
function furtherRows(view, rows) {
  return rows.map((row) => {
    const cells = row.span ? [placeLink(view, `further:${row.number}`, [row], row.article.text.slice(...row.span)), ...row.cells] : row.cells;
    const [first, ...others] = cells;
    return [el("tr", { class: isCurrent(view, row) && "tk-open" }, el("th", { scope: "row", dir: "auto" }, first, row.span && whereLine(view, row.article), badgeOf(row)), others.map((cell) => el("td", { dir: "auto" }, cell)))];
  });
}

/** Make the rows of rounds to be checked. */
function roundRows(view, rows) {
  return rows.map((round) => el("tr", { class: isCurrent(view, round) && "tk-open" },
    el("th", { scope: "row" }, button(`round-row:${round.key}`, { class: "tk-expand", "data-move": "" }, () => view.goTo(round), round.days), badgeOf(round)),
    el("td", { dir: "auto", class: "tk-words" }, round.name, el("div", { class: "tk-note" }, round.series)),
    el("td", {}, round.status)));
}

/** Tell whether a row is the one being checked. */
function isCurrent(view, row) {
  return view.state.check && view.state.check.at[view.state.tab] === row.key;
}

/** Paint the list: quotations, sentences with their tone, actors, or a further frame. */
function paintList(view) {
  const { parts, state, found } = view;
  if (state.check) state.from = Math.max(0, lookedAt(view) - BEFORE);
  else if (state.tab === "quotations" && !found.quotations.length && found.opinions.length) state.tab = "sentences";
  else if (state.tab === "sentences" && !found.opinions.length && found.quotations.length) state.tab = "quotations";
  const lists = listsOf(view);
  refill(parts.tabs, Object.entries(lists).map(([name, list]) => toggle(`tab:${name}`, state.tab === name, { class: "tk-tab" },
    () => view.turnTo(name), list.title, el("span", { class: "tk-count" }, counted((list.count || ((rows) => rows.length))(list.rows(found)))))));
  const rows = lists[state.tab].rows(found);
  if (!rows.length) {
    refill(parts.table, nothingLeft(view));
    return;
  }
  const table = listTable(lists[state.tab].heads);
  table.tBodies[0].append(...(state.check ? rowsFrom(view, rows, state.from, state.limit = state.from + WINDOW) : rowsFrom(view, rows, 0)));
  refillInOrder(parts.table, (node) => node.getAttribute("aria-expanded") === "true", table, moreButton(view, rows));
}

/** Add the next rows to the list, and go on with the first of them. */
function addRows(view) {
  const { parts, state, found } = view;
  const rows = listsOf(view)[state.tab].rows(found);
  const added = rowsFrom(view, rows, state.limit, (state.limit += 2 * PAGE));
  parts.table.querySelector("tbody").append(...added);
  parts.table.querySelector(".tk-more").replaceWith(...[moreButton(view, rows)].filter(Boolean));
  catchUp(view);
  const next = added[0] && added[0].querySelector(".tk-expand");
  if (next) next.focus({ preventScroll: true });
}

/** Make the rows of the list from one number up to the limit. */
function rowsFrom(view, rows, from, to = view.state.limit) {
  return withRoles(listsOf(view)[view.state.tab].make(view, rows.slice(from, to)).flat().filter(Boolean));
}

/** Make the button for the rest of the rows, if there is any. */
function moreButton(view, rows) {
  const rest = rows.length - view.state.limit;
  return rest > 0 && button("more", { class: "tk-more" }, () => addRows(view),
    `Show ${Math.min(PAGE * 2, rest)} more of ${counted(rest)}`);
}

/** Say that nothing is left, and which filter to give up to see how much. */
function nothingLeft(view) {
  const { filters } = view.state;
  const keys = Object.keys(filters).filter((key) => key !== "show");
  const lessSure = filters.show ? 0 : passing(view.model.quotations, "show").length;
  if (!keys.length && !lessSure) return el("p", { class: "tk-empty" }, "Nothing was found in these articles.");
  const left = (key) => {
    const n = passing(view.model.quotations, key).length;
    return n ? countOf(n, "quotation") : countOf(passing(view.model.opinions, key).length, "sentence");
  };
  const ways = keys.map((key) => [key, left(key)]).filter(([, count]) => !count.startsWith("0 "));
  const undated = (filters.first || filters.last) && view.model.quotations.filter((row) => row.day === null).length;
  return el("div", { class: "tk-empty" },
    el("p", {}, el("b", {}, "Nothing matches all of these filters."), " Take one away, or clear all."),
    undated ? el("p", { class: "tk-note" }, `${countOf(undated, "quotation")} without a known day cannot lie within the days chosen.`) : null,
    el("div", { class: "tk-row" }, lessSure > 0 && button("less-sure", { class: "tk-small" }, () => view.choose({ show: "all" }), `Less sure too: ${countOf(lessSure, "quotation")}`),
      ways.map(([key, count]) => button(`without:${key}`, { class: "tk-small" }, () => view.choose({ [key]: null }),
      `Without “${LABELS[key]}”: ${count}`)),
    button("clear-here", { class: "tk-small" }, () => view.clear(), "Clear all")));
}

/** Make the rows of quotations. */
function quotationRows(view, rows) {
  return rows.map((row) => {
    const open = view.state.selection.quotation_id === row.id;
    const others = row.voices.slice(1);
    const head = el("th", { scope: "row" }, expander(`row${row.number}`, open, () => view.select(open ? {} : { article_id: row.article.id, quotation_id: row.id }),
      el("span", { class: "tk-who" }, el("span", { class: "tk-dot", "--c": view.colour(row.speaker), "aria-hidden": "true" }), bdi(row.speaker, { class: "tk-name" }),
        others.length > 0 && el("span", { class: "tk-note tk-name" }, `with ${others.join(", ")}`))));
    return [
      el("tr", { "data-q": row.number, class: open && "tk-open" }, head,
        el("td", { dir: "auto", class: "tk-words" }, row.cue && el("em", { class: "tk-note" }, `${row.cue}: `), row.text, whereLine(view, row.article), badgeOf(row)),
        el("td", { class: "tk-kind" }, el("span", { class: `tk-key tk-${mannerOf(row)}` }, mannerOf(row)))),
      open && whyRow(3, whyQuotation(view, row)),
    ];
  });
}

/** Make the rows of sentences with the tone of each toward its target. */
function sentenceRows(view, rows) {
  return rows.map((row) => {
    const open = view.state.selection.opinion === row.number;
    const head = el("th", { scope: "row" }, expander(`opinion${row.number}`, open, () => view.select(open ? {} : { article_id: row.article.id, opinion: row.number }),
      el("span", { class: `tk-badge ${tone(row.polarity)}` }, toneWords(row))));
    const [start, end] = row.span;
    const target = [{ start: row.targetSpan[0], end: row.targetSpan[1], name: "span", attributes: { class: `tk-target ${tone(row.polarity)}` } }];
    return [
      el("tr", { class: open && "tk-open" }, head,
        el("td", { dir: "auto", class: "tk-words" },
          el("div", { class: "tk-note" }, bdi(row.holder), " → ", bdi(row.target)), markedPieces(row.article.text, target, start, end),
          whereLine(view, row.article), badgeOf(row))),
      open && whyRow(2, facts([
        ["Holder", row.holder],
        ["Why this holder", whyHolder(row)],
        ["Target", row.target],
        ["Named as", `“${row.article.text.slice(...row.targetSpan)}”`],
        ["Sentiment", toneWords(row)],
        ["Sure", row.sure !== null && scoreLine(row.sure, "judgements", "are right")],
        ["Article", `${row.article.title} · ${row.article.facts}`],
      ]), el("div", { class: "tk-row" },
        button("find", { class: "tk-small" }, () => view.bringToReader(), "Show in the article"),
        row.quotation && button("to-quotation", { class: "tk-small" }, () => view.openQuotation(row.quotation), "The quotation"))),
    ];
  });
}

/** Say why a judgement is held by whom it is. */
function whyHolder(row) {
  if (row.quotation && row.quotation.voices.includes(row.holder)) {
    return `the words stand in what ${row.holder === NO_SPEAKER ? "a speaker not named" : row.holder} says`;
  }
  return row.holder === OUTLET ? "the words are the outlet’s own" : "the sentence says so of them";
}

/** Find the actors who speak or are spoken of in what the filters leave; all of them where nothing is filtered. */
function actorsLeft(view) {
  const { model, found, state } = view;
  if (Object.keys(state.filters).every((key) => key === "show")) return model.actors;
  const names = new Set(found.quotations.flatMap((row) => row.voices));
  for (const row of found.opinions) names.add(row.holder).add(row.target);
  return model.actors.filter((row) => names.has(row.name));
}

/** Make the rows of actors; each form of a name and the words of the role lead to their places in the text. */
function actorRows(view, rows) {
  return rows.map((row) => {
    const open = view.state.actor === row.name;
    const forms = formsOf(row);
    const said = (view.found.said.get(row.name) || { total: 0 }).total;
    const head = el("th", { scope: "row" }, expander(`actor:${row.name}`, open, () => view.openActor(open ? null : row.name),
      el("span", { class: "tk-who" }, el("span", { class: "tk-dot", "--c": view.colour(row.name), "aria-hidden": "true" }), bdi(row.name, { class: "tk-name" }),
        el("span", { class: "tk-note tk-name" }, [row.kind, row.side !== row.name && row.side].filter(Boolean).join(", ")))));
    return [
      el("tr", { class: open && "tk-open" }, head,
        el("td", { dir: "auto", class: "tk-forms" }, row.role && el("div", {}, row.roleAt ? placeLink(view, `role:${row.name}`, [row.roleAt], row.role) : row.role),
          el("div", { class: "tk-row tk-note" }, [...forms].filter(([, places]) => places[0].how !== "title").slice(0, 6).map(([form, places]) => placeLink(view, `form:${row.name}:${form}`, places, form, ` ${places.length}`)))),
        el("td", { class: "tk-count" }, said || "")),
      open && whyRow(3, facts([...forms].map(([form, places]) => [form, el("span", { class: "tk-row" },
        places.slice(0, PLACES).map((place, i) => placeLink(view, `at:${row.name}:${form}:${i}`, [place], `${i + 1}`)),
        places.length > PLACES && el("span", { class: "tk-note" }, `and ${places.length - PLACES} more`))])),
      el("div", { class: "tk-row" }, said > 0 && button("said-by", { class: "tk-small" }, () => view.choose({ speaker: row.name }, "quotations"), "What they say"),
        view.model.opinions.some((opinion) => !opinion.rejected && opinion.target === row.name)
          && button("said-of", { class: "tk-small" }, () => view.choose({ target: row.name }, "sentences"), "What is said of them"))),
    ];
  });
}

/** Gather the places of an actor by what the text calls it there, names before pronouns, the most frequent first. */
function formsOf(row) {
  const forms = new Map();
  for (const place of row.mentions) {
    const words = place.article.text.slice(...place.span).replace(/\s+/g, " ");
    const form = place.how === "pronoun" && words !== "I" ? words.toLowerCase() : words;
    if (!forms.has(form)) forms.set(form, []);
    forms.get(form).push(place);
  }
  const late = (places) => places[0].how === "pronoun";
  return new Map([...forms].sort((a, b) => late(a[1]) - late(b[1]) || b[1].length - a[1].length));
}

/** Make a link to the first of several places in the text. */
function placeLink(view, key, places, label, count) {
  const [{ article, span }] = places;
  return button(key, { class: "tk-link", dir: "auto", title: `Show in the article${places.length > 1 ? ", the first place" : ""}` },
    () => view.openPlace(article, span), bdi(label), count && el("span", { class: "tk-count" }, count));
}

/** Make a table with headers, still without rows. */
function listTable(heads) {
  const head = el("tr", { role: "row" }, heads.map((name) => el("th", { scope: "col", role: "columnheader" }, name)));
  return el("table", { role: "table" }, el("thead", { role: "rowgroup" }, head), el("tbody", { role: "rowgroup" }));
}

/** Name the roles of rows: set as cards in a narrow list, they would be none to a screen reader. */
function withRoles(rows) {
  for (const row of rows) {
    row.setAttribute("role", "row");
    for (const cell of row.children) cell.setAttribute("role", cell.localName === "th" ? "rowheader" : "cell");
  }
  return rows;
}

/** Make the button that opens a row. */
function expander(key, open, act, ...children) {
  return button(key, { class: "tk-expand", "data-move": "", "aria-expanded": String(open) }, act, ...children);
}

/** Make the row that says why. */
function whyRow(columns, ...content) {
  return el("tr", { class: "tk-why-row" }, el("td", { colspan: columns }, el("div", { class: "tk-why" }, content)));
}

/** Say where a quotation comes from, where there are several articles. */
function whereLine(view, article) {
  return view.model.articles.length > 1 && el("div", { class: "tk-note" }, shorten(article.title, 60), article.day && ` · ${article.day}`);
}

/** Write a tone as sign and word, and how sure it is. */
function toneWords(row) {
  const word = { "-1": "− negative", 0: "± neutral", 1: "+ positive" }[row.polarity] || "± neutral";
  return row.sure === null ? word : `${word}, sure: ${percent(row.sure)}`;
}

/** Say how a quotation was read: its words, how the speaker was found, and what hangs together with it. */
function whyQuotation(view, row) {
  const jump = (other) => button(`jump${other.number}`, { class: "tk-link", dir: "auto" }, () => view.openQuotation(other),
    `${other.speaker}: “${shorten(other.text, 90)}”`);
  const relays = view.model.quotations.filter((other) => other.via === row && !other.rejected);
  return [
    facts([
      ["Speaker", row.speaker === NO_SPEAKER ? "the text names none, or none that could be settled" : row.speaker],
      ["Found", row.how && row.speaker !== NO_SPEAKER && (FOUND_BY[row.how] || row.how)],
      ["Words for the source", row.source && `“${row.source}”${row.sourceKind && row.sourceKind !== "none" ? ` (${row.sourceKind})` : ""}`],
      ["Said together with", row.voices.slice(1).join(", ")],
      ["Cue", row.cue && `“${row.cue}”${row.force ? `, which ${row.force}` : ""}`],
      ["Told to", row.audience],
      ["Day", row.day && `${row.day}${row.dayBasis === "published" ? ", the day of publication" : row.dayBasis === "stated" ? ", as its sentence says" : ""}`],
      ["Relayed in", row.via && jump(row.via)],
      ["Relays", relays.length > 0 && el("span", {}, relays.map(jump))],
      ["Sentiment", row.opinions.length > 0 && el("span", {}, row.opinions.map((opinion) => button(`tone${opinion.number}`, { class: "tk-link" },
        () => view.choose({ speaker: opinion.holder, target: opinion.target }, "sentences"), `toward ${opinion.target}: ${toneWords(opinion)}`)))],
      ["Round", row.rounds.length > 0 && el("span", {}, row.rounds.map((round) => button(`in:${round.id}`, { class: "tk-link", dir: "auto" },
        () => view.chooseRound(round), `${round.name}, ${round.days}`)))],
      ["Words", row.score !== null && scoreLine(row.score, "statements", "have their words rightly cut")],
      ["Speaker", row.speakerScore !== null && row.speakerScore !== undefined && scoreLine(row.speakerScore, "statements", "have the right speaker")],
      ["Kind", row.way && `${row.way}, ${row.kind}`],
      ["Origin", stateOf(row)],
      ["Article", `${row.article.title} · ${row.article.facts}`],
    ].map(([name, value]) => [name, value || null])),
    el("div", { class: "tk-row" }, button("find", { class: "tk-small" }, () => view.bringToReader(), "Show in the article")),
    citing(view, row),
  ];
}

/** Show a score as a bar and in words. */
function scoreLine(score, what, proved) {
  return el("span", {}, el("span", { class: "tk-meter", "aria-hidden": "true", "--w": `${100 * score}%` }),
    ` of 100 ${what} with this score about ${Math.round(100 * score)} ${proved}`);
}

/** Share in whole percent: 38 %. */
function percent(share) {
  return `${Math.round(100 * share)} %`;
}
