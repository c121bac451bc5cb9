"""What travels apart from a large view: the texts of articles, and in a widget most of the rows.

A page holds texts in compressed blocks that are read when an article of theirs is opened; a widget asks the kernel for
the same blocks, and for its rows page by page. Of more articles than a page can hold it takes the first.
"""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.coverage import Coverage

MOST_ARTICLES = 1_500
"""How many articles a page holds; a widget has no such bound, for its kernel has the others."""

TEXTS_APART = 300_000
"""From this many characters on, texts stand apart: fewer are unpacked sooner than they are asked for."""

BLOCK = 16
"""Articles whose texts are loaded together: one alone compresses badly, many take time."""

PAGE_ROWS = 2_000
"""Rows of each frame that a widget asks for at a time."""

PAGED = ("quotations", "opinions", "mentions", "times")


def fitting(coverage: Coverage) -> Coverage:
    """Return the part of a coverage that a page holds: its first articles, and the rounds that they tell of."""
    if len(coverage.articles) <= MOST_ARTICLES:
        return coverage
    articles = coverage.articles.iloc[:MOST_ARTICLES]
    known = set(articles["article_id"])
    places = list(coverage.rounds["evidence"])
    told = [number for number, found in enumerate(places) if any(place[0] in known for place in found or ())]
    return replace(coverage, articles=articles, rounds=coverage.rounds.iloc[told])


def texts_apart(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[list[str]]]:
    """Return packed data without their texts, and these in blocks; few texts stay where they are.

    Parameters
    ----------
    data : mapping
        What :func:`~toolkit.linked._packing.packed` returned.

    Returns
    -------
    dict, list of list of str
        The data, with ``block``, how many articles share one, in place of the texts; and the blocks.
    """
    texts = data["articles"]["text"]
    if sum(map(len, texts)) < TEXTS_APART:
        return dict(data), []
    articles = {name: column for name, column in data["articles"].items() if name != "text"}
    blocks = [texts[start : start + BLOCK] for start in range(0, len(texts), BLOCK)]
    return {**data, "articles": articles, "block": BLOCK}, blocks


def rows_apart(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return packed data with the first page of their rows, and the pages behind it, each with columns as the data.

    Rows keep their order, so that what is known by its number stays so; ``pages`` in the data counts those behind.
    """
    most = max(len(data[name]["article"]) for name in PAGED)
    pages = [{name: _cut(data[name], start) for name in PAGED} for start in range(0, max(most, 1), PAGE_ROWS)]
    return {**data, **pages[0], "pages": len(pages) - 1}, pages[1:]


def _cut(columns: Mapping[str, Sequence[Any]], start: int) -> dict[str, Sequence[Any]]:
    return {name: column[start : start + PAGE_ROWS] for name, column in columns.items()}


def as_json(value: Any) -> str:
    """Return JSON without a sign that could end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def compressed(text: str) -> bytes:
    """Return a text compressed, the same each time."""
    return gzip.compress(text.encode(), mtime=0)


def in_letters(text: str) -> str:
    """Return a text compressed, as letters that may stand in a page."""
    return base64.b64encode(compressed(text)).decode()
