"""The facts of a round of talks in words: its name, its days, how the days are known."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.display import ellipsis, one_line

if TYPE_CHECKING:
    from toolkit.display import Row

NO_DATE = "no date in the text"
NO_SERIES = "(no series named)"

# What events of a type are called together.
EVENTS = {"agreement": "Agreements", "deadline": "Deadlines", "action": "Actions", "vote": "Votes"}

# A date of any other precision tells a period within which the day lies.
EXACT = {None, "minute", "hour", "part", "day"}

BASES = {
    "stated": "stated in the text",
    "resolved": "resolved against the publication date",
    "assumed": "assumed",
    "unresolved": "publication date unknown",
}


def ordinal(number: int) -> str:
    """Return a number as an ordinal, ``3`` as ``3rd``."""
    teens = 10 <= number % 100 <= 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def round_name(row: Row, *, width: int = 80) -> str:
    """Return what a round is called: its number, or its label where it has none, and its place."""
    number, place = row.get("ordinal"), one_line(row.get("place"))
    name = f"{ordinal(int(number))} round" if number is not None else one_line(row.get("label")) or "round of talks"
    if not place or place.casefold() in name.casefold():
        return ellipsis(name, width)
    # A place says more about a round than the tail of a long label does.
    return f"{ellipsis(name, max(width - len(place) - 3, width // 2))} – {ellipsis(place, width // 2)}"


def series_name(row: Row) -> str:
    """Return the series of a round, or a phrase where it has none."""
    return one_line(row.get("series")) or NO_SERIES


def group_name(row: Row) -> str:
    """Return what a round or another event stands under: the series of a round, the negotiation or type of an event."""
    if one_line(row.get("type")) in {"", "encounter"}:
        return series_name(row)
    return one_line(row.get("negotiation")) or EVENTS.get(row["type"], one_line(row["type"]))


def basis_phrase(row: Row) -> str:
    """Return how the days of a round are known; nothing where there are none."""
    if date_phrase(row) == NO_DATE:
        return ""
    return BASES.get(row["date_basis"], one_line(row["date_basis"]))


def as_day(value: Any) -> dt.date | None:
    """Return a date cell as a date."""
    return value.date() if isinstance(value, dt.datetime) else value


def is_vague(row: Row) -> bool:
    """Tell whether the dates of a round bound a period within which it took place."""
    return row.get("precision") not in EXACT


def share_phrase(row: Row) -> str:
    """Return a share of right rows with its interval, ``9 of 10 right, 90 % (60–98 %)``."""
    low, high = (round(100 * row[name]) for name in ("low", "high"))
    return f"{row['n_right']:,} of {row['n']:,} right, {round(100 * row['precision'])} % ({low}–{high} %)"


def date_phrase(row: Row) -> str:
    """Return the days of a round in words; days counted from an unknown publication day as ``P−1 to P``."""
    first, last = as_day(row.get("first")), as_day(row.get("last"))
    if first is not None or last is not None:
        return _bounds(first, last, vague=is_vague(row))
    start, end = row.get("offset_first"), row.get("offset_last")
    if start is None and end is None:
        return NO_DATE
    start_text, end_text = (None if day is None else offset_phrase(int(day)) for day in (start, end))
    if start_text is None or end_text is None:
        return f"from {start_text}" if end_text is None else f"until {end_text}"
    phrase = start_text if start_text == end_text else f"{start_text} to {end_text}"
    return f"within {phrase}" if is_vague(row) else phrase


def offset_phrase(days: int) -> str:
    """Return a day counted from the publication day, ``-1`` as ``P−1``."""
    return "P" if days == 0 else f"P{'+' if days > 0 else '−'}{abs(days)}"


def day_phrase(day: dt.date) -> str:
    """Return a day as ``17 Feb 2026``, whatever the locale."""
    return f"{day.day} {_month(day)} {day.year}"


def _bounds(first: dt.date | None, last: dt.date | None, *, vague: bool) -> str:
    if first is None or last is None:
        known = first or last
        assert known is not None
        return f"{'from' if last is None else 'until'} {day_phrase(known)}"
    if not vague:
        return _days(first, last)
    if first.day == 1 and last == _end_of_month(last):
        return _months(first, last)
    return f"within {_days(first, last)}"


def _days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return day_phrase(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_phrase(last)}"
    if first.year == last.year:
        return f"{first.day} {_month(first)} – {day_phrase(last)}"
    return f"{day_phrase(first)} – {day_phrase(last)}"


def _months(first: dt.date, last: dt.date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{_month(first)} {first.year}"
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    start = _month(first) if first.year == last.year else f"{_month(first)} {first.year}"
    return f"{start} – {_month(last)} {last.year}"


def _month(day: dt.date) -> str:
    return ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[day.month - 1]


def _end_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
