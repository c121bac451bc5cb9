"""Reading the html of views back: its elements, whether they nest, and its text."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

TAG = re.compile(r"<[^>]*>")


class Outline(HTMLParser):
    """The elements of a page, and whether they nest."""

    VOID = ("img",)

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.nests = True
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.nests = self.nests and bool(self.open) and self.open.pop() == tag

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for element, attributes in self.elements if element == name]


def bare(page: str) -> str:
    return html.unescape(TAG.sub("", page))
