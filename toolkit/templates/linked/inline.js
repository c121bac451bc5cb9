/** Host in a page: the script's own parent holds the static form and the data. */
const root = document.currentScript.parentElement;
const block = root.querySelector(':scope > script[type="application/json"]');
unpack(block.textContent).then((data) => {
  root.prepend(el("style", {}, STYLE));
  // What was drawn in Python says that it is older, and nothing is lost by closing the page unasked.
  const corrected = (lines) => document.documentElement.classList.toggle("tk-corrected", lines.length > 0);
  const blocks = root.querySelectorAll(':scope > script[type="application/x-texts"]');
  data.load = (number) => inflated(blocks[number].textContent).then((found) => found.json());
  const live = mount(root, data, { changed: () => {}, corrected });
  window.addEventListener("beforeunload", (event) => {
    if (live.leaves() && root.isConnected) event.preventDefault();
  });
  const lead = () => live.follow(location.hash);
  window.addEventListener("hashchange", lead);
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute("href") === location.hash) lead();
  });
  return live.settled.then(() => {
    root.dataset.ready = "true";
    lead();
  });
}).catch(() => {
  // The static form stays: a browser that cannot unpack the data still shows it.
  root.dataset.ready = "static";
});
