/** Bring in the script of the view, which stands compressed beside this one; the page's policy knows both by hash. */
const root = document.currentScript.parentElement;
inflated(root.querySelector(':scope > script[type="application/gzip"]').textContent).then((found) => found.text()).then((code) => {
  const script = document.createElement("script");
  script.textContent = code;
  root.append(script);
}, () => {
  // The static form stays: a browser that cannot unpack the script still shows it.
  root.dataset.ready = "static";
});
