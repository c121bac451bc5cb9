/**
 * Hold the texts of articles; those that are not at hand come in blocks, each when a text of it is first read.
 *
 * What is painted reads texts as if all were here: a text that is not is empty, and noted as wanted. Whoever painted
 * has the wanted ones loaded then, and paints again.
 * @param {string[]} texts all of them, or none
 * @param {number} count how many articles there are
 * @param {number} block how many share a block
 * @param {function(number): Promise<string[]>} load gives a block: from the page, or from the kernel
 */
function storeOf(texts, count, block, load) {
  const held = texts ? [...texts] : [];
  const wanted = new Set();
  const coming = new Map();
  const fetched = (number) => {
    if (!coming.has(number)) {
      coming.set(number, load(number).then((found) => found.forEach((text, i) => { held[number * block + i] = text; })));
    }
    return coming.get(number);
  };
  return {
    has: (number) => held[number] !== undefined,
    textOf(number) {
      if (held[number] !== undefined) return held[number];
      wanted.add(Math.floor(number / block));
      return "";
    },
    /** Load what was wanted; null where nothing was. */
    fill() {
      const numbers = [...wanted];
      wanted.clear();
      return numbers.length ? Promise.all(numbers.map(fetched)) : null;
    },
    /** Load all texts; null where all are here. */
    whole() {
      for (let i = 0; i < count; i += 1) if (held[i] === undefined) wanted.add(Math.floor(i / block));
      return this.fill();
    },
  };
}

/** Load the texts that the last painting wanted, and paint again. */
function catchUp(view) {
  const coming = view.model.store.fill();
  if (!coming) return null;
  return busy(view, coming).then(() => {
    // What is searched for may stand in texts that have come now.
    if (view.state.filters.search) settle(view);
    else {
      paintFacets(view);
      paintRows(view);
    }
    scrollReader(view);
    return catchUp(view);
  });
}

/** Say that texts are on their way, until they are here. */
function busy(view, coming) {
  view.waits = (view.waits || 0) + 1;
  view.parts.grid.setAttribute("aria-busy", "true");
  return coming.then(() => {
    view.waits -= 1;
    if (!view.waits) view.parts.grid.removeAttribute("aria-busy");
  });
}

/** Have each act of a reader followed by the texts it wants. */
function followed(view, acts) {
  return Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, typeof act !== "function" ? act : (...given) => {
    const told = act(...given);
    catchUp(view);
    return told;
  }]));
}
