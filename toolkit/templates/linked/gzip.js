/** Give back what was compressed and written as base64, as a response to be read. */
async function inflated(text) {
  const signs = atob(text);
  const bytes = new Uint8Array(signs.length);
  for (let i = 0; i < signs.length; i += 1) bytes[i] = signs.charCodeAt(i);
  return unzipped(bytes);
}
/** Give back what was compressed, as a response to be read. */
function unzipped(bytes) {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}
