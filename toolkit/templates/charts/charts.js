/** Give each chart of a page buttons that save it, as SVG and as PNG at print size: drawn wide, in the colours of paper. */
const PRINT = 2400;

/** Return a chart as a file of its own: links and the page's colours give way to what they hold. */
function whole(svg) {
  const copy = svg.cloneNode(true);
  for (const link of copy.querySelectorAll("a")) {
    if (link.firstChild.localName === "title") link.firstChild.remove();
    link.replaceWith(...link.childNodes);
  }
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute("width", `${width}pt`);
  copy.setAttribute("height", `${height}pt`);
  return new XMLSerializer().serializeToString(copy).replace(/var\(--tk-\w+,([^)]+)\)/g, "$1");
}

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Draw a chart on white, as wide as two columns in print. */
async function drawn(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(whole(svg))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const { width, height } = svg.viewBox.baseVal;
  Object.assign(canvas, { width: PRINT, height: Math.round((PRINT * height) / width) });
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done));
}

for (const chart of document.querySelectorAll(".tk-chart")) {
  const svg = chart.querySelector("svg.tk-wide");
  const title = svg.getAttribute("aria-label").replace(/^Chart: /, "");
  const name = title.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-|-$/g, "") || "chart";
  const button = (kind, made) => {
    const node = document.createElement("button");
    Object.assign(node, { type: "button", textContent: `Save ${kind.toUpperCase()}`, onclick: async () => keep(await made(), `${name}.${kind}`) });
    node.setAttribute("aria-label", `Save ${kind.toUpperCase()} of: ${title}`);
    return node;
  };
  const row = document.createElement("div");
  row.className = "tk-save";
  row.append(button("svg", () => new Blob([whole(svg)], { type: "image/svg+xml" })), button("png", () => drawn(svg)));
  chart.append(row);
}
