const STATUS = {
  proposed: "◌", planned: "○", "under way": "◐", held: "●", concluded: "◆", postponed: "◇", collapsed: "✕",
};
const FEW = { speakers: 8, matrix: 6, rounds: 12 };

function isPressed(node) {
  return node.getAttribute("aria-pressed") === "true";
}

/** Paint the speakers: a bar each, as long as what the other filters leave, split by kind. */
function paintSpeakers(view) {
  const { model, state, parts } = view;
  const counts = new Map();
  const of = (name) => counts.get(name) || counts.set(name, { name, total: 0, shown: 0, kinds: {} }).get(name);
  for (const row of model.quotations) {
    const shown = (row.failed & ~BIT.speaker) === 0;
    for (const name of row.voices) {
      const count = of(name);
      count.total += 1;
      if (!shown) continue;
      count.shown += 1;
      count.kinds[row.kind] = (count.kinds[row.kind] || 0) + 1;
    }
  }
  const all = [...counts.values()].filter((count) => count.shown || count.name === state.filters.speaker)
    .sort((a, b) => (a.name === NO_SPEAKER) - (b.name === NO_SPEAKER) || b.shown - a.shown || b.total - a.total);
  const longest = Math.max(1, ...all.map((count) => count.shown));
  const kept = few(view, "speakers", all, (count) => count.name === state.filters.speaker);
  refillInOrder(parts.speakers, isPressed,
    kept.shown.map((count) => speakerBar(view, count, longest)),
    all.length === 0 && el("p", { class: "tk-note" }, "No speaker matches."),
    kept.more);
  parts.speakersCount.textContent = all.filter((count) => count.shown && count.name !== NO_SPEAKER).length;
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
    el("span", { class: "tk-count" }, counted(count.shown)));
}

/** Paint the mean sentiment of each holder toward each target; a cell leads to its sentences. */
function paintMatrix(view) {
  const { model, state, parts } = view;
  const cells = new Map();
  const totals = { holder: new Map(), target: new Map() };
  const rows = passing(model.opinions, "speaker", "target").filter((row) => row.score !== null);
  for (const row of rows) {
    const line = cells.get(row.holder) || cells.set(row.holder, new Map()).get(row.holder);
    const cell = line.get(row.target) || line.set(row.target, { n: 0, sum: 0 }).get(row.target);
    cell.n += 1;
    cell.sum += row.score;
  }
  for (const [holder, line] of cells) {
    for (const [target, { n }] of line) {
      totals.holder.set(holder, (totals.holder.get(holder) || 0) + n);
      totals.target.set(target, (totals.target.get(target) || 0) + n);
    }
  }
  const ranked = (side) => [...totals[side]].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  const [holders, targets] = [ranked("holder"), ranked("target")];
  const cut = (names, chosen) => {
    const kept = names.slice(0, state.all.matrix ? 40 : FEW.matrix);
    return names.includes(chosen) && !kept.includes(chosen) ? [...kept, chosen] : kept;
  };
  const [down, across] = [cut(holders, state.filters.speaker), cut(targets, state.filters.target)];
  const more = holders.length > FEW.matrix || targets.length > FEW.matrix;
  refillInOrder(parts.matrix, isPressed,
    rows.length ? matrixTable(view, down, across, cells) : el("p", { class: "tk-note" }, "No sentence matches."),
    rows.length > 0 && el("p", { class: "tk-note" }, `Mean of n sentences, −1 to +1; none below n = ${model.fewest}.`,
      ` ${down.length} of ${countOf(holders.length, "holder")}, ${across.length} of ${countOf(targets.length, "target")}. `,
      more && button("all:matrix", { class: "tk-link" }, () => view.expand("matrix"), state.all.matrix ? "Show fewer" : "Show more")));
  parts.matrixCount.textContent = counted(rows.length);
}

/** Make the table of the matrix. */
function matrixTable(view, holders, targets, cells) {
  const { filters } = view.state;
  const head = (name, side, key, row, column) => toggle(`${side}:${name}`, filters[key] === name,
    { class: "tk-head", "data-move": "", "data-row": row, "data-column": column, title: name },
    () => view.toggle(key, name, "sentences"), bdi(name));
  const body = holders.map((holder, i) => el("tr", {},
    el("th", { scope: "row" }, head(holder, "holder", "speaker", i + 1, 0)),
    targets.map((target, j) => el("td", {}, matrixCell(view, holder, target, cells.get(holder).get(target), i + 1, j + 1)))));
  return el("table", { class: "tk-matrix" },
    el("thead", {}, el("tr", {}, el("td", { class: "tk-corner" }, el("span", { class: "tk-note" }, "holder ↓ target →")),
      targets.map((target, j) => el("th", { scope: "col" }, head(target, "target", "target", 0, j + 1))))),
    el("tbody", {}, body));
}

/** Make one cell: sign and number beside the colour, faint where too few sentences make a mean. */
function matrixCell(view, holder, target, cell, row, column) {
  if (!cell) return null;
  const { filters } = view.state;
  const mean = cell.sum / cell.n;
  const enough = cell.n >= view.model.fewest;
  const pressed = filters.speaker === holder && filters.target === target;
  const words = `${holder} toward ${target}: ${enough ? signed(mean) : "no mean"}, ${countOf(cell.n, "sentence")}`;
  return toggle(`cell:${JSON.stringify([holder, target])}`, pressed,
    { class: `tk-cell ${enough ? tone(mean) : "tk-few"}`, "data-move": "", "data-row": row, "data-column": column,
      title: words, "aria-label": words, "--strong": `${Math.round(12 + 58 * Math.min(1, Math.abs(mean)))}%` },
    () => view.choose(pressed ? { speaker: null, target: null } : { speaker: holder, target }, "sentences"),
    enough && el("b", {}, signed(mean, 1)), el("small", {}, enough ? cell.n : `n ${cell.n}`));
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
  const shown = model.rounds.filter((round) => !round.rejected && (chosen(round) || roundWithin(round, state.filters))).sort(earlierFirst);
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

/** Order rounds: by day, those counted from an unknown day next, those without any last. */
function earlierFirst(a, b) {
  const day = (round) => round.first ?? round.last ?? "9999";
  if (day(a) !== day(b)) return day(a) < day(b) ? -1 : 1;
  return (a.offset ?? 1e9) - (b.offset ?? 1e9);
}

/** Make a list of facts, those without a value left out. */
function facts(pairsOfFacts) {
  return el("dl", {}, pairsOfFacts.filter(([, value]) => value !== "" && value !== null && value !== undefined)
    .map(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]));
}

/** Cut a list to what is seen at a glance, the chosen kept, with a button for the rest. */
function few(view, part, all, chosen) {
  const limit = view.state.all[part] ? 200 : FEW[part];
  if (all.length <= FEW[part]) return { shown: all, more: null };
  const shown = all.filter((item, i) => i < limit || chosen(item));
  const label = view.state.all[part] ? "Show fewer" : `Show all ${counted(all.length)}`;
  return { shown, more: button(`all:${part}`, { class: "tk-link" }, () => view.expand(part), label) };
}
