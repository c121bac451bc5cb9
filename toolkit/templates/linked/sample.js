/** Draw rows, one from each of n equal steps of their order; the same seed draws the same. */
function sampleOf(rows, n, seed) {
  const size = Math.min(n, rows.length);
  const chance = randomFrom(seed);
  return Array.from({ length: size }, (_, i) => {
    const [low, high] = [i, i + 1].map((step) => Math.floor((step * rows.length) / size));
    return rows[low + Math.floor(chance() * (high - low))];
  });
}

/** Numbers from 0 to 1 that a seed fixes (mulberry32). */
function randomFrom(seed) {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Give the bounds within which a share lies, 95 times in 100 (Wilson's interval). */
function wilson(right, n) {
  const z = 1.959964;
  const middle = (right + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((right * (n - right)) / n + (z * z) / 4);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Name the kind of a row by which the kernel counts it. */
function kindOf(check, row) {
  return { quotations: row.kind, sentiment: String(row.polarity), rounds: row.status }[check.frame] || "";
}

/**
 * Count what proved right, in all and by kind: rows judged here, as the machine read them, and those judged before
 * this page was made; of a sample, its own rows alone.
 */
function precisionOf(model, check, sample) {
  const groups = new Map();
  const count = (name, right, n) => {
    const group = groups.get(name) || groups.set(name, { name, right: 0, n: 0 }).get(name);
    group.right += right;
    group.n += n;
  };
  for (const [frame, kind, right, n] of sample ? [] : model.judged) if (frame === check.frame) count(kind || "", right, n);
  const rows = sample ? [...sample].map((key) => check.byKey.get(key)) : model.touched;
  for (const row of rows.filter((each) => each && check.rows[each.number] === each)) {
    const read = row.read || row;
    const before = GIVEN.has(read.origin);
    if (read.origin === "added" || (sample ? !sample.has(row.key) || !stateOf(row) : !row.own || before)) continue;
    const kind = kindOf(check, read);
    for (const name of kind ? ["", kind] : [""]) count(name, stateOf(row) === "confirmed", 1);
  }
  return [...groups.values()].sort((a, b) => b.n - a.n || (a.name === "" ? -1 : 1));
}

/** Say how often the machine proved right, with the bounds that so few rows allow. */
function shares(view, check, sample) {
  const groups = precisionOf(view.model, check, sample);
  const percent = (share) => `${Math.round(100 * share)}`;
  if (!groups.length) return sample && el("p", { class: "tk-note" }, "Judge the rows of the sample to see how often the machine is right.");
  const drawn = sample ? `${groups[0].n} judged of ${sample.size} drawn` : `${countOf(groups[0].n, "row")} judged; draw a sample for what that says of all`;
  return el("div", {}, el("table", { class: "tk-shares" }, el("caption", { class: "tk-note" }, `Right as read, of ${drawn}`),
    el("thead", {}, el("tr", {}, ["Rows", "Right", "Share", "Between (95 %)"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, groups.map(({ name, right, n }) => el("tr", {}, el("th", { scope: "row", dir: "auto" }, (check.frame === "sentiment" && POLARITIES[name]) || name || "all"), el("td", {}, `${right} of ${n}`), el("td", {}, `${percent(right / n)} %`),
      el("td", {}, wilson(right, n).map(percent).join("–"), " %"))))));
}
