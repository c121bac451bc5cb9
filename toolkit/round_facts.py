"""What is known of a round or another event, under the names readers know: the one list for views, pages and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import names, one_line
from toolkit.phrases import basis_phrase, date_phrase, series_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
        "Sources differ": "; ".join(map(_conflict, row.get("conflicts") or [])),
    }
    yield from ((name, value) for name, value in known.items() if value)


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
