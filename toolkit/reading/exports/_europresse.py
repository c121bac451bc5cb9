"""Europresse: a page with an element for each article, whose parts are told by their classes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.reading._html import plain_text
from toolkit.reading.exports._lines import part

if TYPE_CHECKING:
    from toolkit.reading._parts import Part

_DAY = re.compile(r"\d{1,2}(?:er)? [^\W\d_]{3,9}\.? \d{4}|[A-Z][a-z]{2,8} \d{1,2}, \d{4}|\d{4}-\d{2}-\d{2}")
_CLASSES = {
    "title": ("titreArticleVisu", "rdp__articletitle", "titreArticle"),
    "outlet": ("DocPublicationName", "rdp__DocPublicationName"),
    "published": ("DocHeader",),
    "author": ("docAuthors", "sm-margin-bottomNews"),
}
_BODY = ("docOcurrContainer", "DocText")


def split(tree: Any) -> list[Part]:
    """Return the articles of a page; none where the page is another."""
    articles = [one for one in tree.iter("article") if _first(one, ("DocPublicationName", "titreArticle")) is not None]
    return [_article(number, article) for number, article in enumerate(articles, start=1)]


def _article(number: int, article: Any) -> Part:
    fields = {name: _words(_first(article, classes)) for name, classes in _CLASSES.items()}
    day = _DAY.search(fields["published"])
    fields["published"] = day[0] if day else ""
    fields["outlet"] = re.split(r",? *(?:no\.|n°)|\n", fields["outlet"])[0]
    body = _first(article, _BODY)
    return part(number, fields, plain_text(body).split("\n") if body is not None else [])


def _first(article: Any, classes: tuple[str, ...]) -> Any:
    for name in classes:
        for element in article.iter():
            if name in (element.get("class") or "").split():
                return element
    return None


def _words(element: Any) -> str:
    return "" if element is None else plain_text(element)
