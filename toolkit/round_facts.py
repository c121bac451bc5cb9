"""What is known of a round or another event, under the names readers know: the one list for views, pages and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import names, one_line
from toolkit.phrases import basis_phrase, date_phrase, series_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.display import Row


def facts_of(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is known of a round or another event, under the names readers know."""
    written = one_line(row.get("date_text"))
    how = "; ".join(part for part in (basis_phrase(row), f"in the text: {written}" if written else "") if part)
    known = {
        "Type": "" if one_line(row.get("type")) == "encounter" else one_line(row.get("type")),
        "Negotiation": one_line(row.get("negotiation")),
        "Series": series_name(row) if "series" in row else "",
        "Called": one_line(row["label"]),
        "Days": f"{date_phrase(row)} ({how})" if how else date_phrase(row),
        "Status": one_line(row["status"]),
        "Place": place_of(row),
        "Format": one_line(row.get("format")),
        "Parties": names(row.get("parties")),
        "Third parties": names(row.get("third_parties")),
        "People": names(row.get("people")),
        "Leaders": _pairs(row.get("leaders")),
        "Tracks": "; ".join(map(_pairs, row.get("tracks") or [])),
        "Duration": one_line(row.get("duration_text")),
        "Outcome": one_line(row.get("outcome")),
        "Sources differ": "; ".join(map(_conflict, conflicts_of(row))),
    }
    yield from ((name, value) for name, value in known.items() if value)


def conflicts_of(row: Row) -> list[Mapping[str, Any]]:
    """Return what reports of a round disagree on: of one report alone, none does."""
    return [each for each in row.get("conflicts") or [] if len(_reports(each)) != 1]


def _reports(conflict: Mapping[str, Any]) -> set[str]:
    told = conflict.get("values")
    return {article for articles in told.values() for article in articles} if isinstance(told, dict) else set()


def in_order(rounds: Sequence[Row]) -> list[Row]:
    """Return rounds as every list, chart and table has them: series by series, each in the order of its days.

    A round without a day goes before the next higher number of its series, else to its end.
    """
    dated = any(row.get(name) is not None for row in rounds for name in ("first", "last"))
    names = ("first", "last") if dated else ("offset_first", "offset_last")
    series: dict[str, list[Row]] = {}
    for row in rounds:
        series.setdefault(series_name(row), []).append(row)
    groups = sorted((_placed(group, names) for group in series.values()), key=lambda group: _start(group, names))
    return [row for group in groups for row in group]


def _placed(group: Sequence[Row], names: tuple[str, str]) -> list[Row]:
    placed = sorted((row for row in group if _days(row, names)), key=lambda row: _days(row, names))
    for row in (row for row in group if not _days(row, names)):
        later = (place for place, other in enumerate(placed) if _number(other) > _number(row) >= 0)
        placed.insert(next(later, len(placed)), row)
    return placed


def _start(group: Sequence[Row], names: tuple[str, str]) -> tuple[bool, Any]:
    first = min((days[0] for row in group if (days := _days(row, names))), default=None)
    return first is None, first


def _days(row: Row, names: tuple[str, str]) -> tuple[Any, ...]:
    first, last = (row.get(name) for name in names)
    known = (last if first is None else first, first if last is None else last)
    return () if None in known else known


def _number(row: Row) -> int:
    number = row.get("ordinal") if row.get("ordinal") is not None else row.get("ordinal_implied")
    return -1 if number is None else int(number)


def place_of(row: Row) -> str:
    """Return the building and the city of a round."""
    return ", ".join(part for part in (one_line(row.get("venue")), one_line(row["place"])) if part)


def _pairs(value: Mapping[str, Any] | None) -> str:
    return ", ".join(f"{one_line(key)}: {one_line(item)}" for key, item in (value or {}).items() if item is not None)


def _conflict(conflict: Mapping[str, Any]) -> str:
    told = conflict.get("values")
    if not isinstance(told, dict):
        return _pairs(conflict)
    return f"{one_line(conflict['field'])}: " + " / ".join(
        f"{one_line(value)} ({names(ids)})" for value, ids in told.items()
    )
