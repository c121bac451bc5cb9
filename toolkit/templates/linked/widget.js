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
  const show = () => unpack(model.get("data")).then((data) => {
    data.state = { filters: model.get("filters"), selection: model.get("selection") };
    data.lines = model.get("lines");
    live = mount(root, data, { changed, corrected, kept: () => model.get("kept") });
    root.dataset.ready = "true";
  });
  show();
  model.on("change:data", show);
  model.on("change:filters", follow);
  model.on("change:selection", follow);
  model.on("change:lines", take);
  model.on("change:kept", told);
  return () => {
    model.off("change:data", show);
    model.off("change:filters", follow);
    model.off("change:selection", follow);
    model.off("change:lines", take);
    model.off("change:kept", told);
  };
}
export default { render };
