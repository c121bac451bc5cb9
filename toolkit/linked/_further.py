"""Further frames in the linked view: a plain table each, known by their declaration alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, one_line, rows
from toolkit.frames import Role
from toolkit.linked._checks import texts_of
from toolkit.views.frame import cell_text
from toolkit.views.table import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import FrameSpec
    from toolkit.views.markup import Markup


def packed_further(
    coverage: Coverage, places: Mapping[str, int], offsets: Sequence[Callable[[Any], int]]
) -> list[dict[str, Any]]:
    """Return the further frames of a coverage as the page holds them.

    Parameters
    ----------
    coverage : Coverage
    places : mapping of str to int
        The number of each article.
    offsets : sequence of callable
        Of each article, what turns its offsets into those of the page.

    Returns
    -------
    list of dict
        ``name``, ``noun``, ``columns`` and their ``heads``, ``cells`` (a list a row), ``keys``, ``origins`` and
        ``texts`` (what can be set right, a list a row) and, where rows have words of their own in an article,
        ``spans``, an article's number, a start and an end a row. Rows of other articles have no text to be shown in.
    """
    specs = coverage.specs()
    return [_packed(coverage.extra[name], specs[name], places, offsets) for name in coverage.extra]


def _packed(
    frame: Any, spec: FrameSpec, places: Mapping[str, int], offsets: Sequence[Callable[[Any], int]]
) -> dict[str, Any]:
    article = spec.the(Role.ARTICLE)
    found = [row for row in rows(frame) if article is None or row[article] in places]
    part = {
        "name": spec.name,
        "noun": spec.noun,
        "heads": ["Words"] * spec.is_placed + [column.label for column in spec.beside_words],
        "columns": [column.name for column in spec.beside_words],
        "keys": [row.get(spec.the(Role.KEY) or "") for row in found],
        "origins": [one_line(row.get(spec.the(Role.ORIGIN) or "")) for row in found],
        "texts": [texts_of(row, spec) for row in found],
        "cells": [[cell_text(row[column.name]) for column in spec.beside_words] for row in found],
    }
    return part | ({"spans": [_span(row, spec, places, offsets) for row in found]} if spec.is_placed else {})


def _span(row: Row, spec: FrameSpec, places: Mapping[str, int], offsets: Sequence[Callable[[Any], int]]) -> list[int]:
    number = places[row[spec.the(Role.ARTICLE) or ""]]
    return [number, *(offsets[number](row[name]) for name in spec.spans[""])]


def static_table(part: Mapping[str, Any], words: Callable[[Sequence[int]], str], limit: int | None) -> Markup:
    """Return a further frame as a table; ``words`` gives those of a span."""
    count = len(part["cells"])
    spans = part.get("spans", [None] * count)[:limit]
    cells = [
        [*([] if span is None else [words(span)]), *row] for span, row in zip(spans, part["cells"][:limit], strict=True)
    ]
    return table_of(f"{len(cells):,} of {count_of(count, part['noun'])}", part["heads"], cells)
