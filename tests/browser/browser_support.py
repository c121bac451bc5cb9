"""Driving Chromium, and what is asked of every page: no request, no error, no barrier."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, WebError, WebSocket

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No update checks, no look-ups: the only host that can be reached is this one.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)

LOCAL_SCHEMES = frozenset({"about", "blob", "data", "file"})

TIMEOUT = 60_000

# The corner of a DataFrame's own table is empty: pandas leaves it so, and axe counts it as minor.
AXE = """async within => {
  const found = (await axe.run(within, {resultTypes: ['violations']})).violations;
  const ours = node => !document.querySelector(node.target[0])?.closest('table.dataframe');
  for (const each of found) if (each.id === 'empty-table-header') each.nodes = each.nodes.filter(ours);
  return found;
}"""


UNREADABLE = """() => {
  const found = new Set();
  const seen = (node) => node.checkVisibility({visibilityProperty: true}) && node.getClientRects().length;
  const scaleOf = (svg) => svg ? svg.clientWidth / svg.viewBox.baseVal.width : 1;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    if (!text || node.closest('script, style, option') || !seen(node)) continue;
    const size = parseFloat(getComputedStyle(node).fontSize) * scaleOf(node.closest('svg'));
    if (size < 9.95) found.add(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
  }
  for (const svg of document.querySelectorAll('.tk-chart svg')) {
    if (!svg.clientWidth) continue;
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim());
    const boxes = texts.map((text) => text.getBoundingClientRect());
    boxes.forEach((box, i) => boxes.slice(0, i).forEach((other, j) => {
      const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
      const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      // Words that are turned have boxes far larger than themselves.
      if (texts[i].hasAttribute('transform') || texts[j].hasAttribute('transform')) return;
      if (across > 2 && down > 0.4 * Math.min(box.height, other.height)) {
        found.add(`${texts[i].textContent} over ${texts[j].textContent}`);
      }
    }));
  }
  return [...found];
}"""

UNUSED = """() => [
  ...[...document.querySelectorAll('table')].filter((table) => {
    const box = table.parentElement;
    return box.clientWidth && box.scrollWidth > box.clientWidth + 1;
  }).map((table) => `cut: ${table.innerText.slice(0, 60)}`),
  ...[...document.querySelectorAll('.tk-chart svg.tk-narrow')].filter((svg) => svg.clientWidth)
    .map((svg) => `narrow: ${svg.ariaLabel}`),
]"""


def browser_path() -> str | None:
    """Return the path of a browser of the Chromium family, or None where there is none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def lacking() -> str | None:
    """Return what keeps browser tests from running here, or None."""
    for package in ("playwright", "axe_playwright_python"):
        if importlib.util.find_spec(package) is None:
            return f"browser tests need {package}; install the test extra"
    if browser_path() is None:
        return f"browser tests need one of {', '.join(BROWSERS)} on PATH"
    return None


def launch_options() -> dict[str, Any]:
    """Return how to start the browser; the sandbox cannot be had by root."""
    sandbox = os.name != "posix" or os.geteuid() != 0
    return {"executable_path": browser_path(), "args": list(FLAGS), "chromium_sandbox": sandbox}


@dataclass
class Watch:
    """What pages of a context did that they should not have done."""

    problems: list[str] = field(default_factory=list)
    noise: tuple[tuple[str, str], ...] = ()
    """Errors that are no fault of ours: the exact text and where it was raised."""

    def follow(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requested(request.url))
        context.on("console", self.said)
        context.on("dialog", self.asked)
        context.on("weberror", self.failed)
        context.on("page", lambda page: page.on("websocket", self.connected))

    def requested(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in LOCAL_SCHEMES and parts.hostname != "127.0.0.1":
            self.problems.append(f"request: {url[:200]}")

    def connected(self, socket: WebSocket) -> None:
        self.requested(socket.url)

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text[:400]} ({message.location['url'][:120]})")

    def failed(self, error: WebError) -> None:
        stack = str(getattr(error.error, "stack", None) or error.error)
        if not any(all(part in stack for part in known) for known in self.noise):
            self.problems.append(f"uncaught: {stack[:400]}")

    def asked(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message[:200]}")
        dialog.dismiss()


def violations(page: Page, within: str = "body") -> list[str]:
    """Return what axe-core finds wrong in a part of a page, one line for each rule."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    return [_violation(item) for item in page.evaluate(AXE, within) if item["nodes"]]


def _violation(item: dict[str, Any]) -> str:
    places = [f"{' '.join(map(str, node['target']))} {node['failureSummary']!r}" for node in item["nodes"]]
    more = f" and {len(places) - 3} more" if len(places) > 3 else ""
    return f"{item['id']} ({item['impact']}): {item['help']}: {'; '.join(places[:3])}{more}"


def too_wide(page: Page, widths: tuple[int, ...] = (360, 900, 1600)) -> list[str]:
    """Return the widths of window that a page does not fit."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{told} in a window of {width} px" for told in beyond(page)]
    return found


def beyond(page: Page) -> list[str]:
    """Return by how much a page is wider than its window, if it is."""
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{excess} px too wide"] * (excess > 0)


def unreadable(page: Page) -> list[str]:
    """Return texts in sight that are smaller than 10 px, and those of charts that run into one another."""
    found: list[str] = page.evaluate(UNREADABLE)
    return found


def unused_width(page: Page) -> list[str]:
    """Return the tables of which a part is only seen by scrolling sideways, and the charts drawn for narrow windows."""
    found: list[str] = page.evaluate(UNUSED)
    return found


def repeated_ids(page: Page) -> list[str]:
    """Return the ids that stand more than once in a page."""
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    return sorted({each for each in ids if ids.count(each) > 1})


def in_view(page: Page, selector: str) -> bool:
    """Tell whether the top of an element is within the window."""
    top = "selector => document.querySelector(selector).getBoundingClientRect().top"
    return -1 <= page.evaluate(top, selector) < page.evaluate("window.innerHeight")
