"""What stands beside a row in any file: the articles it was read from, its own places, its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import is_missing, rows
from toolkit.frames import Role
from toolkit.phrases import as_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

BESIDE = ("outlet", "published", "title")
"""What a reader wants to know of the article of a row."""

Place = tuple[str, int, int]


def articles_of(coverage: Coverage) -> dict[str, Row]:
    """Return the rows of the articles by their id."""
    return {row["article_id"]: row for row in rows(coverage.articles)}


def frames_of(coverage: Coverage) -> Iterator[tuple[FrameSpec, list[Row]]]:
    """Yield each frame that has rows, as what it is declared to be and its rows."""
    specs = coverage.specs()
    for name, frame in coverage.frames().items():
        if len(frame) and name in specs:
            yield specs[name], rows(frame)


def article_ids(row: Row, spec: FrameSpec) -> list[str]:
    """Return the articles that a row was read from."""
    article = spec.the(Role.ARTICLE)
    if article is not None:
        return [row[article]] if row.get(article) else []
    return list(dict.fromkeys(place[0] for place in places_of(row, spec)))


def places_of(row: Row, spec: FrameSpec) -> list[Place]:
    """Return where a row's own words stand: a span, its pieces, or passages of several articles."""
    article, pieces, places = spec.the(Role.ARTICLE), spec.the(Role.SPANS), spec.the(Role.PLACES)
    if article is not None and pieces is not None and row.get(pieces):
        return [(row[article], int(start), int(end)) for start, end in row[pieces]]
    if article is not None and "" in spec.spans:
        start, end = (row.get(name) for name in spec.spans[""])
        return [] if start is None or end is None else [(row[article], int(start), int(end))]
    return [(one, int(start), int(end)) for one, start, end in row.get(places) or ()] if places else []


def beside(row: Row, spec: FrameSpec, articles: Mapping[str, Row]) -> dict[str, Any]:
    """Return outlet, day and title of the articles of a row, those of several with semicolons between.

    Names of columns that the frame has itself are left out.
    """
    found = [articles[each] for each in article_ids(row, spec) if each in articles]
    return {name: _joined([one.get(name) for one in found]) for name in BESIDE if name not in spec.names}


def has_articles(spec: FrameSpec) -> bool:
    """Tell whether the rows of a frame were read from articles that can stand beside them."""
    return (spec.the(Role.ARTICLE) or spec.the(Role.PLACES)) is not None and spec.name != "articles"


def words_of(row: Row, spec: FrameSpec, articles: Mapping[str, Row]) -> str:
    """Return the words that a row stands for, as the article has them; pieces joined by an ellipsis."""
    return " … ".join(articles[one]["text"][start:end] for one, start, end in places_of(row, spec) if one in articles)


def shown(spec: FrameSpec, *roles: Role) -> tuple[Column, ...]:
    """Return the columns of the short view that have one of the roles."""
    return tuple(column for column in spec.columns if column.name in spec.brief and column.role in roles)


def named(value: Any) -> list[str]:
    """Return the values of a cell as texts: none, one, or those of a list or of a dict."""
    if is_missing(value):
        return []
    if isinstance(value, dict):
        return [str(each) for each in value]
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


def day_of(row: Mapping[str, Any]) -> str:
    """Return the day on which an article was published, ISO 8601, or nothing."""
    day = as_day(row.get("published"))
    return "" if day is None else day.isoformat()[:10]


def _joined(values: list[Any]) -> Any:
    present = list(dict.fromkeys(as_day(value) for value in values if value is not None))
    if len(present) < 2:
        return present[0] if present else None
    return "; ".join(map(str, present))
