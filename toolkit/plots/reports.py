"""What articles report differently of one round: the days that each gives, and all other differences in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, one_line
from toolkit.phrases import as_day, date_phrase
from toolkit.round_facts import conflicts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.display import Row

    Values = Mapping[str, list[str]]

BOUNDS = ("first", "last")

# Fields of a conflict whose column has another name than a reader would give it.
WORDS = {"ordinal": "number", "duration": "length", "first": "first day", "last": "last day"}


@dataclass(frozen=True, slots=True)
class Reports:
    """What articles disagree on: ``spans`` of days (ordinals of the calendar), other ``fields``, all in ``words``."""

    spans: tuple[tuple[int, int], ...] = ()
    fields: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


NO_REPORTS = Reports()


def reports_of(row: Row) -> Reports:
    """Return what the articles of a round disagree on; spans only where at least two of them differ."""
    conflicts = _conflicts(row)
    dated = row["first"] is not None or row["last"] is not None
    spans = _spans(row, conflicts) if dated else {}
    drawn = BOUNDS if len(spans) > 1 else ()
    others = {WORDS.get(field, field): values for field, values in conflicts.items() if field not in drawn}
    words = [_phrase("days", {_days(row, span): articles for span, articles in spans.items()})] if drawn else []
    return Reports(
        spans=tuple(sorted(_ordinals(span) for span in spans)) if drawn else (),
        fields=tuple(others),
        words=(*words, *(_phrase(field, values) for field, values in others.items())),
    )


def _conflicts(row: Row) -> dict[str, dict[str, list[str]]]:
    """Return the articles by the value they give, field by field: a field may stand in several conflicts."""
    fields: dict[str, dict[str, list[str]]] = {}
    for conflict in conflicts_of(row):
        values = fields.setdefault(one_line(conflict["field"]), {})
        for value, articles in conflict["values"].items():
            values[value] = list(dict.fromkeys([*values.get(value, []), *articles]))
    return fields


_Span = tuple[dt.date, dt.date]


def _spans(row: Row, conflicts: Mapping[str, Values]) -> dict[_Span, list[str]]:
    """Return the days as each article gives them, with its articles; a bound without a conflict is the row's own."""
    given: dict[str, dict[str, dt.date]] = {}
    for bound in BOUNDS:
        for day, article in _days_given(conflicts.get(bound, {})):
            given.setdefault(article, {})[bound] = day
    spans: dict[_Span, list[str]] = {}
    for article, bounds in given.items():
        spans.setdefault(_span(row, bounds), []).append(article)
    return spans


def _days_given(values: Values) -> Iterator[tuple[dt.date, str]]:
    for value, articles in values.items():
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            # Corrected by hand into something else than a day: it is told in words instead.
            continue
        yield from ((day, article) for article in articles)


def _span(row: Row, bounds: Mapping[str, dt.date]) -> _Span:
    known = [bounds.get(bound) or as_day(row[bound]) for bound in BOUNDS]
    first, last = known[0] or known[1], known[1] or known[0]
    assert first is not None
    assert last is not None
    if first <= last:
        return first, last
    only = next(iter(bounds.values()))
    return only, only


def _ordinals(span: _Span) -> tuple[int, int]:
    return span[0].toordinal(), span[1].toordinal()


def _days(row: Row, span: _Span) -> str:
    return date_phrase({**row, "first": span[0], "last": span[1], "precision": "day"})


def _phrase(field: str, values: Mapping[str, Any]) -> str:
    told = ", ".join(f"{one_line(value)} ({count_of(len(articles), 'article')})" for value, articles in values.items())
    return f"reports disagree on the {field}: {told}"
