/**
 * Bring a view to life in an element.
 * @param {HTMLElement} root what holds the view; its static form, if any, is replaced
 * @param {Object} data what the kernel packed
 * @param {{changed: function(Object): void}} host is told of each new state: filters and selection
 * @returns {{update: function(Object): void}} lets the host set filters or selection
 */
function mount(root, data, host) {
  const model = modelOf(data);
  const view = {
    model,
    parts: {},
    state: {
      filters: tidy(data.state.filters), selection: { ...data.state.selection }, tab: "quotations", limit: PAGE,
      mentions: false, times: false, all: {},
    },
    found: {},
    uid: `tk-names-${Math.random().toString(36).slice(2)}`,
    colour: (name) => model.colours.get(name) || GREY,
    article() {
      const { article_id: id } = view.state.selection;
      return model.articles.find((article) => article.id === id) || firstArticle(view);
    },
  };
  // What a person added is unknown to the host.
  const known = () => {
    const { quotation_id: id, opinion } = view.state.selection;
    const [tab, row] = id ? ["quotations", model.quotations.find((each) => each.id === id)] : ["sentences", model.opinions[opinion]];
    const check = model.checks[tab];
    return check && row && row.number >= check.read ? { article_id: row.article.id } : { ...view.state.selection };
  };
  const tell = () => host.changed({ filters: { ...view.state.filters }, selection: known() });
  Object.assign(view, { host, told: tell }, ...[checking(view, host), choosing(view, tell), reading(view, tell), showing(view)].map((acts) => followed(view, acts)));
  // Where the words of a line stand is told by texts.
  const given = (lines) => {
    const coming = lines.length > 0 && model.store.whole();
    if (!coming) return view.setLines(lines);
    return busy(view, coming).then(() => {
      view.setLines(lines);
      settle(view);
    });
  };
  build(root, view);
  if (data.lines) given(data.lines);
  settle(view);
  scrollReader(view);
  return {
    settled: Promise.resolve(catchUp(view)),
    state: view.state,
    turn(state) {
      Object.assign(view.state, state);
      paintRows(view);
      catchUp(view);
    },
    leaves: () => view.file.unsaved,
    told: () => paintDesk(view),
    follow(address) {
      const coming = /[#&]passage=/.test(address) && model.store.whole();
      if (coming) busy(view, coming).then(() => follow(view, address));
      else follow(view, address);
    },
    update({ filters, selection, lines }) {
      if (lines) given(lines);
      if (filters) view.state.filters = tidy(filters);
      if (selection) view.state.selection = { ...selection };
      settle(view);
      scrollReader(view);
      if (view.state.selection.quotation_id) scrollList(view);
      catchUp(view);
    },
  };
}

/** What a reader does with filters. */
function choosing(view, tell) {
  return {
    /** Set some filters; null takes one away. */
    choose(filters, tab) {
      view.state.filters = tidy({ ...view.state.filters, ...filters });
      if (tab) view.state.tab = tab;
      settle(view);
      tell();
    },
    toggle(key, value, tab) {
      view.choose({ [key]: view.state.filters[key] === value ? null : value }, tab);
    },
    clear() {
      view.choose(Object.fromEntries(FILTERS.map((key) => [key, null])));
    },
  };
}

/** What a reader opens: an article, a quotation, a sentence, a passage. */
function reading(view, tell) {
  return {
    select(selection) {
      if (view.state.check) lookAt(view, selection);
      const article = view.article();
      view.state.selection = { article_id: article && article.id, ...selection };
      view.state.place = null;
      paintDesk(view);
      paintList(view);
      paintReader(view);
      scrollReader(view);
      scrollList(view);
      tell();
    },
    openQuotation(row) {
      if (view.state.check) Object.assign(view.state.check.at, { quotations: row.key });
      if (row.failed & ~REJECTED) view.state.filters = tidy({ ...view.state.filters, ...without(row.failed) });
      view.state.tab = "quotations";
      view.state.selection = { article_id: row.article.id, quotation_id: row.id };
      settle(view);
      scrollReader(view);
      scrollList(view);
      tell();
    },
    chooseRound(round) {
      const same = view.state.filters.round === round.id;
      const passage = mainPassage(view, round);
      if (!same && passage) view.state.selection = { article_id: passage.article.id };
      view.choose({ round: same ? null : round.id });
      if (same) return;
      scrollInside(view.parts.text, view.parts.text.querySelector(".tk-evidence"));
      scrollInside(view.parts.rounds, view.parts.rounds.querySelector("[aria-pressed='true']"));
    },
    /** Show a place in the text, such as a mention; it is marked until something else is opened. */
    openPlace(article, span) {
      const told = article !== view.article();
      if (told) view.state.selection = { article_id: article.id };
      view.state.place = { article, span };
      paintReader(view);
      view.parts.reader.scrollIntoView({ block: "nearest" });
      scrollReader(view);
      if (told) tell();
    },
    openActor(name) {
      view.state.actor = name;
      paintList(view);
    },
    openPassage(place) {
      view.state.selection = { article_id: place.article.id };
      paintList(view);
      paintReader(view);
      scrollInside(view.parts.text, view.parts.text.querySelector(`.tk-evidence[data-at="${place.span[0]}"]`));
      tell();
    },
    bringToReader() {
      const node = view.parts.text.querySelector(".tk-q.tk-open, .tk-sentence");
      view.parts.reader.scrollIntoView({ block: "nearest" });
      scrollInside(view.parts.text, node);
      if (node && node.matches("[data-move]")) node.focus({ preventScroll: true });
    },
  };
}

/** What changes how things are shown, and nothing that the host is told of. */
function showing(view) {
  return {
    turnTo(tab) {
      Object.assign(view.state, { tab, limit: PAGE });
      if (view.state.check) {
        Object.assign(view.state.check, { form: null });
        work(view);
        view.reveal();
        return;
      }
      paintList(view);
      paintReader(view);
    },
    show(what) {
      view.state[what] = !view.state[what];
      paintReader(view);
    },
    expand(part) {
      view.state.all[part] = !view.state.all[part];
      paintFacets(view);
    },
  };
}

/** Give up the filters whose bits are set. */
function without(bits) {
  return Object.fromEntries(FILTERS.filter((key) => bits & BIT[key]).map((key) => [key, key === "show" ? "all" : null]));
}

/** Find the first article that has something to show. */
function firstArticle(view) {
  const row = view.found.quotations[0] || view.found.opinions[0];
  return row ? row.article : view.model.articles[0];
}

/** Make what a host's selection names the row that is being checked. */
function lookAt(view, { quotation_id: id, opinion }) {
  const { at } = view.state.check;
  const row = id ? view.model.quotations.find((each) => each.id === id) : view.model.opinions[opinion];
  if (row) at[view.state.tab] = row.key;
}

/** Find where in its queue the row stands that is being checked. */
function lookedAt(view) {
  return queueIn(view).findIndex((row) => isCurrent(view, row));
}

/** Work out what the filters leave, and paint all of it. */
function settle(view) {
  work(view);
  paintFacets(view);
  paintRows(view);
}

/** Work out what the filters leave, and what is open then. */
function work(view) {
  const { model, state, found } = view;
  // Who checks rows looks at the less sure ones too.
  applyFilters(model, state.check ? { ...state.filters, show: "all" } : state.filters);
  found.quotations = passing(model.quotations);
  found.opinions = passing(model.opinions);
  found.actors = actorsLeft(view);
  const shown = new Set(model.quotations.filter((row) => !(row.failed & BIT.show)).map(mannerOf));
  found.kinds = model.kinds.filter((kind) => shown.has(kind) || kind === state.filters.kind);
  found.said = bySpeaker(passing(model.quotations, "speaker"));
  Object.assign(found, { queues: {}, done: {} });
  state.place = null;
  state.limit = PAGE;
  const { article_id: id, quotation_id: open } = state.selection;
  const row = open && model.quotations.find((each) => each.id === open);
  if (state.check) aim(view);
  else if (row && row.failed) state.selection = { article_id: id };
  if (row && !row.failed && !state.check) state.limit = Math.max(PAGE, found.quotations.indexOf(row) + 1);
  const narrowed = Object.keys(state.filters).some((key) => key !== "round");
  const empty = id && ![...found.quotations, ...found.opinions].some((each) => each.article.id === id);
  if (narrowed && empty && !state.check && (found.quotations.length || found.opinions.length)) state.selection = { article_id: firstArticle(view).id };
}

function paintFacets(view) {
  paintTop(view);
  paintSpeakers(view);
  paintMatrix(view);
  paintRounds(view);
}

function paintRows(view) {
  paintDesk(view);
  paintList(view);
  paintReader(view);
}

/** Which quotations are not shown unless asked for. */
const LESS_SURE = "Of the quotations shown, nine in ten are right in words and speaker; of these, fewer";

/** Paint what stands above: kinds with their counts, what is chosen, how much is left. */
function paintTop(view) {
  const { model, state, found, parts } = view;
  const kinds = new Map();
  for (const row of passing(model.quotations, "kind")) kinds.set(mannerOf(row), (kinds.get(mannerOf(row)) || 0) + 1);
  refill(parts.kinds, found.kinds.map((kind) => toggle(`kind:${kind}`, state.filters.kind === kind, { class: "tk-small" },
    () => view.toggle("kind", kind, "quotations"), el("span", { class: `tk-key tk-${kind}` }, kind), " ", el("span", { class: "tk-count" }, kinds.get(kind) || 0))));
  for (const key of ["search", "first", "last", "article"]) {
    const field = parts[key];
    if (field && field.value !== (state.filters[key] || "") && field.getRootNode().activeElement !== field) field.value = state.filters[key] || "";
  }
  // What shows less sure ones has a button of its own.
  const chosen = Object.entries(state.filters).filter(([key]) => key !== "show");
  refill(parts.chips,
    chosen.map(([key, value]) => button(`chip:${key}`, { class: "tk-chip", "aria-label": `Remove filter ${LABELS[key]}: ${spoken(view, key, value)}` },
      () => view.choose({ [key]: null }), el("span", { class: "tk-note" }, LABELS[key]), " ", bdi(shorten(spoken(view, key, value), 60)), el("span", { class: "tk-x", "aria-hidden": "true" }, "×"))),
    chosen.length > 0 && button("clear", { class: "tk-link" }, () => view.clear(), "Clear all"),
    !model.page && button("code", { class: "tk-link", title: "The filters as a line of Python" }, () => copyCode(view), "Copy as code"),
    state.code && el("input", { class: "tk-code", readonly: true, value: state.code, "aria-label": "Filters as code", "data-key": "codeline", ...FOCUSABLE }));
  const everything = state.filters.show === "all" || Boolean(state.check);
  const all = model.quotations.reduce((sum, row) => sum + (!row.rejected && (everything || isSure(row))), 0);
  const many = found.quotations.length;
  const articles = new Set([...found.quotations, ...found.opinions].map((row) => row.article));
  const lessSure = passing(model.quotations, "show").reduce((sum, row) => sum + !isSure(row), 0);
  parts.status.textContent = `${many === all ? countOf(all, "quotation") : `${counted(many)} of ${countOf(all, "quotation")}`}, ` +
    `${countOf(speakersIn(bySpeaker(found.quotations)), "speaker")}, ${countOf(articles.size, "article")}` +
    `${lessSure ? `; ${counted(lessSure)} less sure ${everything ? "among them" : "not shown"}` : ""}` +
    `${model.total ? `; of the ${countOf(model.total, "article")} this page holds the first ${counted(model.articles.length)}, the other ${counted(model.total - model.articles.length)} are left out` : ""}` +
    `${model.coming ? `; ${model.coming}` : ""}`;
  refill(parts.show, (lessSure > 0 || everything) && !state.check && toggle("show", everything, { class: "tk-small", title: LESS_SURE },
    () => view.choose({ show: everything ? null : "all" }), "Show less sure too"));
}

/** Say the value of a filter as its reader knows it. */
function spoken(view, key, value) {
  const round = key === "round" && view.model.rounds.find((each) => each.id === value);
  if (round) return `${round.name}, ${round.days}`;
  if (key === "article") return (view.model.articles.find((article) => article.id === value) || { title: value }).title;
  return value;
}

/** Show the filters as code and put it on the clipboard, where there is one. */
async function copyCode(view) {
  view.state.code = asCode(view.state.filters);
  paintTop(view);
  view.state.code = null;
  const field = view.parts.chips.querySelector(".tk-code");
  field.focus();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // The line stands selected: copying it by hand always works.
  }
}

/** Build the parts of the view, empty, and listen to what happens in them. */
function build(root, view) {
  const { model, parts } = view;
  // A widget is built before it stands in the page, and has no width yet.
  const wide = root.clientWidth === 0 || root.clientWidth >= 720;
  const part = (key, name, attributes = {}, ...children) => (parts[key] = el(name, { "data-part": key, ...attributes }, ...children));
  const facet = (key, title) => el("details", { class: "tk-facet", open: wide },
    el("summary", { ...FOCUSABLE }, el("h3", {}, title), part(`${key}Count`, "span", { class: "tk-count" })), part(key, "div", { class: "tk-scroll" }));
  const live = el("div", { class: "tk-live", "data-part": "live", tabindex: "-1", ...FOCUSABLE },
    el("div", { class: "tk-top" }, searchField(view, part), part("kinds", "div", { class: "tk-row", role: "group", "aria-label": "Kind of quotation" }),
      new Set(model.quotations.map((row) => row.day)).size > 1 && dayFields(view, part),
      model.articles.length > 1 && articleField(view, part)),
    el("div", { class: "tk-row tk-below" },
      part("status", "p", { class: "tk-note", role: "status" }), part("show", "span"),
      part("chips", "div", { class: "tk-row", role: "group", "aria-label": "Filters" }),
      Object.keys(model.checks).length > 0 && (parts.checkButton = toggle("check", false, { class: "tk-small" }, () => view.check(), "Check"))),
    buildDesk(view, part),
    el("datalist", { id: view.uid }, model.actors.slice(0, 999).map((row) => el("option", { value: row.name }))),
    part("grid", "div", { class: "tk-grid" },
      el("div", { class: "tk-facets" }, facet("speakers", "Speakers"), facet("matrix", "Sentiment"), facet("rounds", "Rounds")),
      el("div", { class: "tk-list", role: "region", "aria-label": "Quotations, sentences and actors" }, part("tabs", "div", { class: "tk-row tk-tabs", role: "group", "aria-label": "What to list" }),
        part("table", "div", { class: "tk-scroll" })),
      part("reader", "div", { class: "tk-reader", role: "region", "aria-label": "Article" },
        model.articles.length > 1 && buildPicker(view, part), part("readerHead", "div"),
        part("text", "div", { class: "tk-text", role: "region", "aria-label": "Text", tabindex: "0", ...FOCUSABLE }))));
  for (const key of ["speakers", "matrix", "rounds", "table", "text"]) arrows(parts[key], "[data-move]");
  listenToMarks(live, view);
  listenToKeys(live, view);
  const old = root.querySelector(':scope > [data-part="static"], :scope > [data-part="live"]');
  if (old) old.replaceWith(live);
  else root.append(live);
}

function searchField(view, part) {
  let later;
  const act = (event) => {
    clearTimeout(later);
    later = setTimeout(() => view.choose({ search: event.target.value.trim() }), 120);
  };
  return part("search", "input", { type: "search", placeholder: "Search words, speakers …", "aria-label": "Search", "data-key": "search", ...FOCUSABLE, on: { input: act } });
}

function dayFields(view, part) {
  const field = (key, label) => el("label", {}, el("span", { class: "tk-note" }, label),
    part(key, "input", { type: "date", ...FOCUSABLE, on: { change: (event) => view.choose({ [key]: event.target.value }) } }));
  return el("div", { class: "tk-row", role: "group", "aria-label": "Day said" }, field("first", "Said from"), field("last", "until"));
}

function articleField(view, part) {
  const options = view.model.articles.map((article) => el("option", { value: article.id }, shorten(article.title, 60)));
  return part("article", "select", { "aria-label": "Only this article", ...FOCUSABLE, on: { change: (event) => view.choose({ article: event.target.value }) } },
    el("option", { value: "" }, "All articles"), options);
}

/** Light a row and its marks together, and open the quotation of a mark. */
function listenToMarks(live, view) {
  let lit = null;
  const light = (event) => {
    const node = event.target.closest ? event.target.closest("[data-q]") : null;
    const wanted = event.type === "pointerleave" || !node ? null : node.dataset.q.split(" ")[0];
    if (wanted === lit) return;
    for (const each of live.querySelectorAll(".tk-lit")) each.classList.remove("tk-lit");
    if (wanted !== null) for (const each of live.querySelectorAll(`[data-q~="${wanted}"]`)) each.classList.add("tk-lit");
    lit = wanted;
  };
  for (const type of ["pointerover", "pointerleave", "focusin"]) live.addEventListener(type, light);
  const open = (event) => {
    const node = event.target.closest("[data-q]");
    if (!node || window.getSelection().toString() || (view.state.check && view.state.check.form)) return false;
    view.openQuotation(view.model.quotations[Number(node.dataset.q.split(" ")[0])]);
    return true;
  };
  view.parts.text.addEventListener("click", open);
  view.parts.text.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && open(event)) event.preventDefault();
  });
  view.parts.table.addEventListener("click", (event) => {
    if (event.target.closest("button, .tk-why-row") || window.getSelection().toString()) return;
    const expand = event.target.closest("tr") && event.target.closest("tr").querySelector(".tk-expand");
    if (expand) expand.click();
  });
}

/** Bring what is open into sight in the reader. */
function scrollReader(view) {
  scrollInside(view.parts.text, view.parts.text.querySelector(".tk-place") || view.parts.text.querySelector(".tk-q.tk-open, .tk-sentence"));
}

/** Bring the open row into sight in the list, with what it says of itself. */
function scrollList(view) {
  const { table } = view.parts;
  const row = table.querySelector("tr.tk-open");
  scrollInside(table, row);
  const why = row && table.querySelector(".tk-why-row");
  if (!why) return;
  const room = row.getBoundingClientRect().top - table.getBoundingClientRect().top - 34;
  const below = why.getBoundingClientRect().bottom - table.getBoundingClientRect().bottom;
  if (below > 0) table.scrollTop += Math.min(below, Math.max(room, 0));
}

/** Scroll a part, and never the page, until a node in it is seen. */
function scrollInside(part, node) {
  if (!node) return;
  const [box, at] = [part.getBoundingClientRect(), node.getBoundingClientRect()];
  if (at.top >= box.top + 8 && at.bottom <= box.bottom - 8) return;
  part.scrollTop += at.top - box.top - Math.min(120, part.clientHeight / 4);
}
