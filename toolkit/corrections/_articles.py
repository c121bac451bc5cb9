"""Dates, outlets and titles that a person gave to articles, before these are read: days are counted from the date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.corrections._contradictions import superseded
from toolkit.corrections._rows import corrected_rows
from toolkit.corrections._table import as_lines, has_lines
from toolkit.display import rows
from toolkit.frames import DECLARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from toolkit.articles import Article


def with_given(articles: Sequence[Article], table: pd.DataFrame | None) -> list[Article]:
    """Return articles with what a table of corrections says of them.

    Raises
    ------
    InputError
        If the table contradicts itself.
    """
    if table is None or not has_lines(table):
        return list(articles)
    lines = as_lines(table)
    lost = superseded(lines)
    about = {n: line for n, line in enumerate(lines) if line["frame"] == "articles" and n not in lost}
    if not about:
        return list(articles)
    spec = DECLARED["articles"]
    frame = spec.of(articles)
    by_id = {row["article_id"]: row for row in rows(frame)}
    changes, _ = corrected_rows(frame, spec, about, by_id, str)
    new = {row["article_id"]: row for row in rows(changes.frame)}
    return [_with(article, new[article.article_id]) for article in articles if article.article_id in new]


def _with(article: Article, row: dict[str, object]) -> Article:
    day = row["published"]
    given = {name: row[name] for name in ("title", "outlet", "author", "published_basis")}
    return replace(article, **given, published=None if day is None else day.date())  # type: ignore[arg-type, attr-defined]
