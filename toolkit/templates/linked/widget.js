/** Host for anywidget: state goes to the kernel and comes from it. */
function render({ model, el: root }) {
  root.classList.add("tk-view");
  let quiet = false;
  let live = null;
  const changed = ({ filters, selection }) => {
    quiet = true;
    model.set("filters", filters);
    model.set("selection", selection);
    model.save_changes();
    quiet = false;
  };
  const corrected = (lines) => {
    quiet = true;
    model.set("lines", lines);
    model.save_changes();
    quiet = false;
  };
  const follow = () => {
    if (!quiet && live) live.update({ filters: model.get("filters"), selection: model.get("selection") });
  };
  const told = () => live && live.told();
  const take = () => {
    if (!quiet && live) live.update({ lines: model.get("lines") });
  };
  const asking = new Map();
  /** Ask the kernel for rows or texts. */
  const ask = (name) => new Promise((done) => {
    asking.set(name, [...(asking.get(name) || []), done]);
    model.send({ ask: name });
  });
  const answered = ({ part }, buffers) => {
    const waiting = asking.get(part) || [];
    asking.delete(part);
    if (waiting.length) unzipped(buffers[0]).json().then((found) => waiting.forEach((done) => done(found)));
  };
  let shown = 0;
  const start = (data) => {
    data.state = { filters: model.get("filters"), selection: model.get("selection") };
    data.lines = model.get("lines");
    data.load = (number) => ask(`texts ${number}`);
    live = mount(root, data, { changed, corrected, kept: () => model.get("kept") });
  };
  /** Show the first rows at once; the others are asked for page by page, and shown when all are here. */
  const show = async () => {
    shown += 1;
    const turn = shown;
    asking.clear();
    const data = await unpack(model.get("data"));
    if (turn !== shown) return;
    data.coming = data.pages > 0 && "more are being read";
    start(data);
    if (data.coming) root.dataset.ready = "first";
    for (let page = 1; page <= data.pages; page += 1) {
      const more = await ask(`rows ${page}`);
      if (turn !== shown) return;
      for (const [name, columns] of Object.entries(more)) {
        for (const [key, values] of Object.entries(columns)) data[name][key] = data[name][key].concat(values);
      }
    }
    if (data.coming) {
      data.coming = false;
      const { tab, mentions, times } = live.state;
      start(data);
      live.turn({ tab, mentions, times });
    }
    await live.settled;
    root.dataset.ready = "true";
  };
  model.on("msg:custom", answered);
  show();
  model.on("change:data", show);
  model.on("change:filters", follow);
  model.on("change:selection", follow);
  model.on("change:lines", take);
  model.on("change:kept", told);
  return () => {
    shown += 1;
    model.off("msg:custom", answered);
    model.off("change:data", show);
    model.off("change:filters", follow);
    model.off("change:selection", follow);
    model.off("change:lines", take);
    model.off("change:kept", told);
  };
}
export default { render };
