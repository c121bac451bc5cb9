/** Host in a page: the script's own parent holds the static form and the data. */
const root = document.currentScript.parentElement;
const block = root.querySelector(':scope > script[type="application/json"]');
unpack(block.textContent).then((data) => {
  mount(root, data, { changed: () => {} });
  root.dataset.ready = "true";
}, () => {
  // The static form stays: a browser that cannot unpack the data still shows it.
  root.dataset.ready = "static";
});
