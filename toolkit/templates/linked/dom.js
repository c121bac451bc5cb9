/** Attributes of all that can take the focus: without them JupyterLab takes keys for its own commands. */
const FOCUSABLE = { "data-lm-suppress-shortcuts": "true" };

/**
 * Make an element. Text is set as text, never parsed.
 * @param {string} name
 * @param {Object} attributes null, undefined and false are left out; `--x` sets a custom property, `on` listeners
 * @param {...(Node|string|null|false|Array)} children
 */
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") for (const [type, act] of Object.entries(value)) node.addEventListener(type, act);
    else if (key.startsWith("--")) node.style.setProperty(key, value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Make a button; `key` finds it again after a repaint, so that it keeps the focus. */
function button(key, attributes, act, ...children) {
  return el("button", { type: "button", "data-key": key, ...FOCUSABLE, ...attributes, on: { click: act } }, ...children);
}

/** Make a button that is pressed or not. */
function toggle(key, pressed, attributes, act, ...children) {
  return button(key, { "aria-pressed": String(pressed), ...attributes }, act, ...children);
}

/** Name in its own direction, so that right-to-left names leave their surroundings alone. */
function bdi(text, attributes = {}) {
  return el("bdi", attributes, text);
}

/** Keep in mind how far a part is scrolled: to ask while others are being changed would lay all of them out anew. */
function rememberScroll(part) {
  part.addEventListener("scroll", () => { part.at = { top: part.scrollTop, left: part.scrollLeft }; }, { passive: true });
}

/** Replace what a part holds, and give the focus back to the control that had it. */
function refill(part, ...children) {
  const active = part.getRootNode().activeElement;
  const key = active && part.contains(active) ? active.dataset.key : null;
  part.replaceChildren(...children.flat(2).filter(Boolean));
  if (part.at && (part.at.top || part.at.left)) part.scrollTo({ ...part.at, behavior: "instant" });
  if (!key) return;
  const again = [...part.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
  if (again) again.focus({ preventScroll: true });
}

/**
 * Let arrow keys, Home and End move the focus among the items of a part; one of them is in the tab order.
 * @param {Element} part
 * @param {string} items selector
 */
function arrows(part, items) {
  part.addEventListener("keydown", (event) => {
    const from = event.target.closest(items);
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...part.querySelectorAll(items)];
    const to = neighbour(all, from, event.key);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  });
}

/** Find the item that a key leads to; items with a `data-row` and `data-column` lie in a grid. */
function neighbour(all, from, key) {
  if (key === "Home") return all[0];
  if (key === "End") return all[all.length - 1];
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[key];
  if (!step) return null;
  if (from.dataset.row === undefined) return all[all.indexOf(from) + step[0] + step[1]] || null;
  let [row, column] = [Number(from.dataset.row), Number(from.dataset.column)];
  const last = Math.max(...all.map((item) => Math.max(item.dataset.row, item.dataset.column)));
  for (let i = 0; i <= last; i += 1) {
    row += step[0];
    column += step[1];
    const found = all.find((item) => Number(item.dataset.row) === row && Number(item.dataset.column) === column);
    if (found) return found;
  }
  return null;
}

/** Leave one of several items in the tab order: the chosen one, or the first. */
function oneInTabOrder(part, items, chosen) {
  const all = [...part.querySelectorAll(items)];
  for (const item of all) item.tabIndex = -1;
  const one = all.find(chosen) || all[0];
  if (one) one.tabIndex = 0;
}

const NUMBERS = new Intl.NumberFormat("en");

/** Number as it is read: 6,500. */
function counted(n) {
  return NUMBERS.format(n);
}

/** Count with its noun: 1 article, 2 articles. */
function countOf(n, noun) {
  return `${counted(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** Score with its sign, as the charts write it: −0.42. */
function signed(score, digits = 2) {
  const text = Math.abs(score).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${score < 0 ? "−" : "+"}${text}`;
}
