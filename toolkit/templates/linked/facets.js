const STATUS = {
  proposed: "◌", planned: "○", "under way": "◐", held: "●", concluded: "◆", postponed: "◇", collapsed: "✕",
};
const OTHERS = "No side known";
const FEW = { speakers: 8, matrix: 5, rounds: 12 };

function isPressed(node) {
  return node.getAttribute("aria-pressed") === "true";
}

/** Paint the speakers: a bar each, as long as what the other filters leave, split by kind. */
function paintSpeakers(view) {
  const { model, state, parts } = view;
  const counts = view.found.said;
  const chosen = state.filters.speaker;
  const all = [...counts.values(), ...(chosen && !counts.has(chosen) ? [{ name: chosen, total: 0, kinds: {} }] : [])]
    .sort((a, b) => (a.name === NO_SPEAKER) - (b.name === NO_SPEAKER) || b.total - a.total || (a.name < b.name ? -1 : 1));
  const longest = Math.max(1, ...all.map((count) => count.total));
  const kept = few(view, "speakers", all, (count) => count.name === chosen, speakersIn(counts));
  const sides = new Map(kept.shown.map(({ name }) => [sideOf(model, name), []]));
  for (const count of kept.shown) sides.get(sideOf(model, count.name)).push(speakerBar(view, count, longest));
  const [others, nobody] = [OTHERS, NO_SPEAKER].map((side) => sides.get(side) || []);
  const headed = [...sides].filter(([side]) => side !== OTHERS && side !== NO_SPEAKER);
  refillInOrder(parts.speakers, isPressed,
    headed.flatMap(([side, bars]) => [el("h4", { dir: "auto" }, side), ...bars]),
    headed.length > 0 && others.length > 0 && el("h4", {}, OTHERS), others, nobody,
    all.length === 0 && el("p", { class: "tk-note" }, "No speaker matches."),
    kept.more);
  parts.speakersCount.textContent = counted(speakersIn(counts));
}

/** Name the side of a speaker, by which speakers stand together. */
function sideOf(model, name) {
  return name === NO_SPEAKER ? name : model.sides.get(name) || OTHERS;
}

/** Make the button of one speaker. */
function speakerBar(view, count, longest) {
  const pressed = view.state.filters.speaker === count.name;
  const kinds = view.model.kinds.filter((kind) => count.kinds[kind]);
  const words = kinds.map((kind) => `${count.kinds[kind]} ${kind}`).join(", ");
  return toggle(`speaker:${count.name}`, pressed,
    { class: "tk-bar", "data-move": "", title: `${count.name}: ${words}`, "--c": view.colour(count.name) },
    () => view.toggle("speaker", count.name, "quotations"),
    bdi(count.name, { class: "tk-name" }),
    el("span", { class: "tk-track", "aria-hidden": "true" },
      kinds.map((kind) => el("span", { class: `tk-fill tk-${kind}`, "--w": `${(100 * count.kinds[kind]) / longest}%` }))),
    el("span", { class: "tk-count" }, counted(count.total)));
}

/** Count distinct sentences as the charts do: one that blames and praises is half of each, one without a judgement neutral. */
function tallyOf(rows) {
  const sentences = new Map();
  for (const row of rows) {
    const place = row.article.number * 2 ** 32 + row.span[0];
    const signs = sentences.get(place) || sentences.set(place, new Map()).get(place);
    if (row.polarity) signs.set(row.polarity, Math.max(signs.get(row.polarity) || 0, row.sure ?? NaN));
  }
  const tally = { n: sentences.size, blame: 0, praise: 0, judged: 0, wrong: 0 };
  for (const signs of sentences.values()) {
    if (signs.size) tally.judged += 1;
    for (const [sign, sure] of signs) {
      tally[sign < 0 ? "blame" : "praise"] += 1 / signs.size;
      tally.wrong += (1 - sure) / signs.size;
    }
  }
  tally.neutral = tally.n - tally.judged;
  return tally;
}

/** Paint how each holder judges each target; a cell leads to its sentences. */
function paintMatrix(view) {
  const { model, state, parts } = view;
  const cells = new Map();
  const sides = { holder: new Map(), target: new Map() };
  const within = (map, key, empty) => map.get(key) || map.set(key, empty).get(key);
  const rows = passing(model.opinions, "speaker", "target");
  for (const row of rows) {
    within(within(cells, row.holder, new Map()), row.target, []).push(row);
    for (const side of ["holder", "target"]) within(sides[side], row[side], []).push(row);
  }
  const ranked = (side, chosen, counts = () => true) => [...sides[side]].map(([name, found]) => ({ name, ...tallyOf(found.filter(counts)) }))
    .filter(({ name, n }) => n || name === chosen)
    .sort((a, b) => b.judged - a.judged || b.n - a.n || (a.name < b.name ? -1 : 1)).map(({ name }) => name);
  const cut = (names, chosen) => {
    const kept = names.slice(0, state.all.matrix ? 40 : FEW.matrix);
    return names.includes(chosen) && !kept.includes(chosen) ? [...kept, chosen] : kept;
  };
  const across = cut(ranked("target", state.filters.target), state.filters.target);
  // Holders who speak of other targets alone would be empty rows.
  const down = cut(ranked("holder", state.filters.speaker, (row) => across.includes(row.target)), state.filters.speaker);
  const [holders, targets] = [sides.holder.size, sides.target.size];
  const more = holders > FEW.matrix || targets > FEW.matrix;
  const tallies = new Map(down.map((holder) => [holder, new Map(across.filter((target) => cells.get(holder).has(target))
    .map((target) => [target, tallyOf(cells.get(holder).get(target))]))]));
  refillInOrder(parts.matrix, isPressed,
    rows.length > 0 && el("p", { class: "tk-note" }, wrongWords([...tallies.values()].flatMap((line) => [...line.values()]))),
    rows.length ? matrixTable(view, down, across, tallies) : el("p", { class: "tk-note" }, "No sentence matches."),
    rows.length > 0 && el("p", { class: "tk-note" }, shareKey(), `Of n sentences; shares from n = ${model.fewest} on.`,
      ` ${down.length} of ${countOf(holders, "holder")}, ${across.length} of ${countOf(targets, "target")}. `,
      more && button("all:matrix", { class: "tk-link" }, () => view.expand("matrix"), state.all.matrix ? "Show fewer" : "Show more")));
  parts.matrixCount.textContent = counted(tallyOf(rows).n);
}

/** Say how many of the judgements that are shown are likely wrong; nothing where nothing tells. */
function wrongWords(tallies) {
  const judging = tallies.filter((tally) => tally.judged);
  const [judged, wrong] = ["judged", "wrong"].map((key) => judging.reduce((sum, tally) => sum + tally[key], 0));
  return judged && wrong >= 0 ? `About ${Math.round(wrong).toLocaleString("en")} of ${countOf(judged, "coloured judgement")} likely wrong.` : "";
}

/** Make the key of the bars. */
function shareKey() {
  const parts = [["blame", "− blame"], ["neutral", "neutral"], ["praise", "+ praise"]];
  return el("span", { class: "tk-share-key" }, parts.map(([part, word]) => el("span", {}, el("i", { class: `tk-share tk-${part}` }), word)));
}

/** Make the table of the matrix. */
function matrixTable(view, holders, targets, tallies) {
  const { filters } = view.state;
  const head = (name, side, key, row, column) => toggle(`${side}:${name}`, filters[key] === name,
    { class: "tk-head", "data-move": "", "data-row": row, "data-column": column, title: name },
    () => view.toggle(key, name, "sentences"), bdi(name));
  const body = holders.map((holder, i) => el("tr", {},
    el("th", { scope: "row" }, head(holder, "holder", "speaker", i + 1, 0)),
    targets.map((target, j) => el("td", {}, matrixCell(view, holder, target, tallies.get(holder).get(target), i + 1, j + 1)))));
  return el("table", { class: "tk-matrix" },
    el("thead", {}, el("tr", {}, el("td", { class: "tk-corner" }, el("span", { class: "tk-note" }, "holder ↓ target →")),
      targets.map((target, j) => el("th", { scope: "col" }, head(target, "target", "target", 0, j + 1))))),
    el("tbody", {}, body));
}

/** Make one cell: how many sentences blame and praise, and a bar of the shares where there are enough for it. */
function matrixCell(view, holder, target, tally, row, column) {
  if (!tally) return null;
  const { filters } = view.state;
  const enough = tally.n >= view.model.fewest;
  const pressed = filters.speaker === holder && filters.target === target;
  const amount = (value) => value.toLocaleString("en", { maximumFractionDigits: 1 });
  const parts = ["blame", "neutral", "praise"].filter((part) => tally[part]);
  const words = `${holder} toward ${target}: ${parts.map((part) => `${amount(tally[part])} ${part}`).join(", ")}, ${countOf(tally.n, "sentence")}`;
  return toggle(`cell:${JSON.stringify([holder, target])}`, pressed,
    { class: `tk-cell ${enough ? "" : "tk-few"}`, "data-move": "", "data-row": row, "data-column": column, title: words, "aria-label": words },
    () => view.choose(pressed ? { speaker: null, target: null } : { speaker: holder, target }, "sentences"),
    tally.judged > 0 && el("b", {}, el("span", {}, tally.blame > 0 && `−${amount(tally.blame)}`), el("span", {}, tally.praise > 0 && `+${amount(tally.praise)}`)),
    enough && el("span", { class: "tk-shares" }, parts.map((part) => el("i", { class: `tk-share tk-${part}`, "--w": `${(100 * tally[part]) / tally.n}%` }))),
    el("small", {}, `n ${tally.n.toLocaleString("en")}`));
}

/** Name the class of a tone. */
function tone(value) {
  if (Math.abs(value) < 0.05) return "tk-neutral";
  return value > 0 ? "tk-positive" : "tk-negative";
}

/** Paint the rounds in order of time, series by series. */
function paintRounds(view) {
  const { model, state, parts } = view;
  const counts = new Map();
  for (const row of passing(model.quotations, "round")) {
    for (const round of row.rounds) counts.set(round, (counts.get(round) || 0) + 1);
  }
  const chosen = (round) => round.id === state.filters.round;
  const shown = model.rounds.filter((round) => !round.rejected && (chosen(round) || roundWithin(round, state.filters)));
  const kept = few(view, "rounds", shown, chosen);
  const series = [...new Set(kept.shown.map((round) => round.series))];
  refillInOrder(parts.rounds, isPressed,
    series.map((name) => el("div", {}, el("h4", { dir: "auto" }, name),
      el("ol", { class: "tk-line" }, kept.shown.filter((round) => round.series === name)
        .map((round) => roundItem(view, round, counts.get(round) || 0, chosen(round)))))),
    shown.length === 0 && el("p", { class: "tk-note" }, model.rounds.length ? "No round matches." : "No round of talks was found."),
    kept.more);
  parts.roundsCount.textContent = shown.length;
}

/** Make one round: its days and status, and once chosen its facts and passages. */
function roundItem(view, round, count, pressed) {
  return el("li", {},
    toggle(`round:${round.id}`, pressed, { class: "tk-round", "data-move": "" }, () => view.chooseRound(round),
      el("span", { class: "tk-dot", "aria-hidden": "true" }, STATUS[round.status] || "●"),
      el("span", { class: "tk-days" }, round.days),
      el("span", { class: "tk-name", dir: "auto" }, round.name),
      el("span", { class: "tk-note" }, `${round.status} · ${countOf(count, "quotation")} `, badgeOf(round))),
    pressed && el("div", { class: "tk-why" },
      facts([["Known how", round.basis], ...round.facts]),
      el("p", { class: "tk-note" }, "Read from"),
      round.evidence.map((place, i) => button(`passage:${round.id}:${i}`, { class: "tk-passage", dir: "auto" },
        () => view.openPassage(place), shorten(place.article.text.slice(...place.span), 160)))));
}

/** Make a list of facts, those without a value left out. */
function facts(pairsOfFacts) {
  return el("dl", {}, pairsOfFacts.filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]));
}

/** Cut a list to what is seen at a glance, the chosen kept, with a button for the rest. */
function few(view, part, all, chosen, n = all.length) {
  const limit = view.state.all[part] ? 200 : FEW[part];
  if (all.length <= FEW[part]) return { shown: all, more: null };
  const shown = all.filter((item, i) => i < limit || chosen(item));
  const label = view.state.all[part] ? "Show fewer" : `Show all ${counted(n)}`;
  return { shown, more: button(`all:${part}`, { class: "tk-link" }, () => view.expand(part), label) };
}
