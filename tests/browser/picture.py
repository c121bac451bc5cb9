"""The picture at the head of the README: the shared page of the seed and the notes, as a browser shows it.

    python tests/browser/picture.py

writes it anew. It carries the words that stand in it, by which a test tells whether the page still shows the same.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from browser_support import launch_options
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import toolkit as tk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = ROOT / "notebooks" / "images" / "overview.png"
WIDTH, HEIGHT = 1280, 1000
COLOURS = 64
SHOWN = "Shows"
"""The name under which the picture carries its words."""

_WORDS = """height => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const found = [];
  while (walker.nextNode()) {
    const words = walker.currentNode.textContent.replace(/\\s+/g, ' ').trim();
    range.selectNodeContents(walker.currentNode);
    const place = range.getBoundingClientRect();
    if (words && place.width && place.top >= 0 && place.bottom <= height) found.push(words);
  }
  return found.join('\\n');
}"""


def write_page(folder: Path) -> Path:
    """Write the shared page of the seed, dated, and of the notes."""
    seed, notes = ROOT / "seeds" / "000_2a7e18f9396dc323.txt", ROOT / "seeds" / "background"
    articles = [*tk.read(seed, published="2026-02-18"), *tk.read(notes)]
    return tk.share(tk.analyze(articles, progress=False), folder / "report.html")


def open_page(browser: Browser, path: Path) -> Page:
    """Return the page at the place where the picture begins."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce", locale="en-US")
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator("h2").first.evaluate("head => head.scrollIntoView()")
    page.locator("[data-live], .live, table").first.wait_for()
    return page


def shown(page: Page) -> str:
    """Return the words that stand wholly in the window, a line for each stretch."""
    words: str = page.evaluate(_WORDS, HEIGHT)
    return words


def main() -> None:
    """Write the picture."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = open_page(browser, write_page(Path(folder)))
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
        carried = PngInfo()
        carried.add_itxt(SHOWN, shown(page), zip=True)
        picture.save(PICTURE, optimize=True, pnginfo=carried)
        browser.close()
    sys.stdout.write(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
