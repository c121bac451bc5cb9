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

/** Replace what a part holds, and give the focus back to the control that had it. */
function refill(part, ...children) {
  fill(part, document.createDocumentFragment(), children);
}

/** Replace what a part holds, and leave one of its items in the tab order: the chosen one, or the first. */
function refillInOrder(part, chosen, ...children) {
  const made = document.createDocumentFragment();
  made.append(...children.flat(2).filter(Boolean));
  oneInTabOrder(made, "[data-move]:not(:disabled)", chosen);
  fill(part, made, []);
}

function fill(part, made, children) {
  const active = part.getRootNode().activeElement;
  const key = active && part.contains(active) ? active.dataset.key : null;
  made.append(...children.flat(2).filter(Boolean));
  become(part, made);
  if (!key || part.contains(active)) return;
  const again = [...part.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
  if (again) again.focus({ preventScroll: true });
}

/** Elements that act when they are pressed or changed: made for what they say, they are never made to say another thing. */
const ACTING = new Set(["BUTTON", "INPUT", "SELECT", "TEXTAREA", "A"]);

/** Make a node hold the children of another, and leave alone what stays the same: to lay it out anew takes longest. */
function become(node, other) {
  const [old, wanted] = [[...node.childNodes], [...other.childNodes]];
  let from = 0;
  while (from < old.length && from < wanted.length && old[from].isEqualNode(wanted[from])) from += 1;
  let [end, last] = [old.length, wanted.length];
  while (end > from && last > from && old[end - 1].isEqualNode(wanted[last - 1])) [end, last] = [end - 1, last - 1];
  const known = named(old.slice(from, end));
  const kept = [...named(wanted.slice(from, last))].map(([name, each]) => changed(known.get(name), each));
  const stays = new Set(kept);
  for (const each of known.values()) if (!stays.has(each)) each.remove();
  let at = from ? old[from - 1].nextSibling : node.firstChild;
  for (const each of kept) {
    if (each === at) at = at.nextSibling;
    else node.insertBefore(each, at);
  }
}

/** Give nodes by what they are about, and by their order where they do not say. */
function named(nodes) {
  const found = new Map();
  for (const node of nodes) {
    const said = node.nodeType === 1 && (node.dataset.key || node.dataset.from || (node.querySelector("[data-key]") || node).dataset.key);
    let name = `${node.nodeName} ${said || ""}`;
    while (found.has(name)) name += "+";
    found.set(name, node);
  }
  return found;
}

/** Give a node that is like another: the old one where it can be made so, else the other. */
function changed(old, wanted) {
  if (!old || old.nodeType !== wanted.nodeType) return wanted;
  if (old.isEqualNode(wanted)) return old;
  if (old.nodeType !== 1) {
    old.data = wanted.data;
    return old;
  }
  if (ACTING.has(old.nodeName)) return wanted;
  for (const { name } of [...old.attributes]) if (!wanted.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of wanted.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  become(old, wanted);
  return old;
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
