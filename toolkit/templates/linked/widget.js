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
  const follow = () => {
    if (!quiet && live) live.update({ filters: model.get("filters"), selection: model.get("selection") });
  };
  const show = () => unpack(model.get("data")).then((data) => {
    data.state = { filters: model.get("filters"), selection: model.get("selection") };
    live = mount(root, data, { changed });
    root.dataset.ready = "true";
  });
  show();
  model.on("change:data", show);
  model.on("change:filters", follow);
  model.on("change:selection", follow);
  return () => {
    model.off("change:data", show);
    model.off("change:filters", follow);
    model.off("change:selection", follow);
  };
}
export default { render };
