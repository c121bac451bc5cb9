"""Readings of quarters and half-years, and of the comparisons that reports on them draw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.times import _calendar
from toolkit.times._context import Context, Reading, is_moved, moved, open_form, unit_of
from toolkit.times._dates import in_named_year, month_day, year_of
from toolkit.times._lengths import length

if TYPE_CHECKING:
    from toolkit.records import TimeBasis
    from toolkit.times._grammar import Match

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_HALVES = {"first": 1, "second": 2, "last": 2, "latter": 2}


def quarter(match: Match, context: Context) -> Reading | None:
    """Read the third quarter of 1990; next year's first quarter; Q2 2026; a quarter without its year."""
    sign = match.groups.get("quarter_sign", "")
    number = int(sign[1]) if sign else _QUARTERS.get(match.groups["ordinal"])
    if number is None:
        return None
    rest = f"-Q{number}"
    basis: TimeBasis = "assumed" if context.has(match, "fiscal") else "stated"
    year = year_of(match, context)
    if year is not None:
        return Reading("DATE", f"{year:04}{rest}", basis)
    if is_moved(match):
        return in_named_year(match, context, rest)
    if context.year is not None:
        return Reading("DATE", f"{context.year:04}{rest}", "resolved")
    ahead = number - (context.today.month + 2) // 3
    # In January the fourth quarter is the one just over, not the one at the end of the year begun.
    year = context.today.year - (ahead > 1 and context.direction(match) <= 0)
    return Reading("DATE", f"{year:04}{rest}", "assumed", "calendar", f"XXXX{rest}")


def compared_quarter(context: Context) -> Reading | None:
    """Return the quarter that the text speaks of where it has named nothing since but, at most, a day of it."""
    told, latest = context.quarter, context.latest
    if told is None or latest is None:
        return None
    quarter, days = _calendar.period(told.value), _calendar.period(latest.value)
    return told if quarter and days and quarter[0] <= days[0] and days[1] <= quarter[1] else None


def this_quarter(match: Match, context: Context) -> Reading | None:
    """Read the quarter: the one told before, else the latest that is complete; this quarter is the one running."""
    running = context.has(match, "this", "current")
    if context.quarter and not running and not context.has(match, "latest"):
        return context.quarter
    return moved(context.today, "Q", 0 if running else -1, "calendar")


def ended(match: Match, context: Context) -> Reading | None:
    """Read the quarter ended Sept. 30: that of the day; the year ended March 31 is a year long."""
    unit = unit_of(match)
    if unit != "Q" or "day" not in match.groups:
        return Reading("DURATION", length(1, unit)) if unit in ("Y", "Q") else None
    day = month_day(match, context)
    value = _calendar.shifted(day.value, unit, 0) if day else None
    return replace(day, value=value, open_value=f"XXXX{value[4:]}") if day and value else None


def quarter_ago(match: Match, context: Context) -> Reading | None:
    """Read the year-ago quarter, a year earlier: the same quarter one year before the one told."""
    year = year_of(match, context)
    number = _QUARTERS.get(match.groups.get("ordinal", ""))
    if number:
        value = f"{year or context.today.year - 1:04}-Q{number}"
        return Reading("DATE", value, "resolved", "none" if year else "calendar", f"XXXX-Q{number}")
    told = context.quarter
    if told and year is not None:
        return Reading("DATE", f"{year:04}{told.value[4:]}", "resolved")
    if told:
        return year_before(told)
    if year is not None:
        return Reading("DATE", f"{year:04}")
    if context.has(match, "quarter"):
        running = moved(context.today, "Q", -1, "calendar")
        return year_before(running) if running else None
    return moved(context.today, "Y", -1, "calendar")


def year_before(told: Reading) -> Reading:
    """Return the same period of the year before: in a report on a quarter, "a year ago" is that quarter a year ago."""
    value = _calendar.years_from(told.value, -1)
    return Reading("DATE", value, "resolved", told.anchor, open_form(value), compared=True)


def half(match: Match, context: Context) -> Reading | None:
    """Read the second half of 2025; H1 2026; the first half of this year."""
    sign = match.groups.get("half_sign", "")
    number = int(sign[1]) if sign else _HALVES.get(match.groups.get("ordinal", "last"))
    year = year_of(match, context)
    if number is None or (sign and year is None):
        return None
    if year is not None:
        return Reading("DATE", f"{year:04}-H{number}")
    if is_moved(match):
        return in_named_year(match, context, f"-H{number}")
    if context.year is not None:
        return Reading("DATE", f"{context.year:04}-H{number}", "resolved")
    return Reading("DATE", f"{context.today.year:04}-H{number}", "assumed", "calendar", f"XXXX-H{number}")
