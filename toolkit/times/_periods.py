"""Readings of periods: this week, the following month, the end of the year, last summer."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.times import _calendar, _lexicon
from toolkit.times._context import Context, Reading, is_moved, moved, open_form, origin, steps, unit_of
from toolkit.times._dates import day_of, in_named_year, month, month_of, month_year, ordinal_of, year_of
from toolkit.times._quarters import this_quarter

if TYPE_CHECKING:
    from toolkit.times._grammar import Match

_TIMES_OF_DAY = frozenset("SMH")
# A season lasts so many months.
_SEASON = 3
_WEEK = 7
# Weeks that a month has a day of, counted from its first.
_WEEKS = 5


def shifted(match: Match, context: Context) -> Reading | None:
    """Read this week, last year, next quarter, the week after next; the week of March 6."""
    if "day" in match.groups:
        return _week_of(match, context)
    unit = unit_of(match)
    if unit in _TIMES_OF_DAY:
        return None
    if unit == "Q" and context.has(match, "latest", "recent"):
        return this_quarter(match, context)
    count = steps(match) if is_moved(match) else -1
    if context.has(match, "before", "after"):
        count = -2 if context.has(match, "before") else 2
    return moved(context.today, unit, count, "calendar")


def _week_of(match: Match, context: Context) -> Reading | None:
    stated = year_of(match, context)
    try:
        day = dt.date(stated or context.year or context.today.year, month_of(match), day_of(match))
    except ValueError:
        return None
    if stated or context.year:
        return Reading("DATE", _calendar.name(day, "W"), "resolved")
    return Reading("DATE", _calendar.name(day, "W"), "resolved", "calendar", "XXXX-WXX")


def week_of_month(match: Match, context: Context) -> Reading | None:
    """Read the last week of February, the first days of March 2026: seven days of the month."""
    reading = month_year(match, context) if "year" in match.groups else month(match, context)
    days = _calendar.period(reading.value) if reading else None
    nth = ordinal_of(match.groups["ordinal"]) if "ordinal" in match.groups else int(context.has(match, "opening"))
    if reading is None or days is None or nth > _WEEKS:
        return None
    week = _WEEK / ((days[1] - days[0]).days + 1)
    return replace(reading, share=((nth - 1) * week, min(nth * week, 1.0)) if nth else (1 - week, 1.0))


def carried(match: Match, context: Context) -> Reading | None:
    """Read the next day, that year, the following week, the same month: counted from the date told before."""
    part = "T" + str(_lexicon.value("daypart", match.groups["daypart"])) if "daypart" in match.groups else ""
    unit = "D" if part else unit_of(match)
    if unit in _TIMES_OF_DAY:
        return None
    count = steps(match) if "carry" in match.groups else -1 if context.has(match, "before", "earlier") else 1
    base = context.told_at(unit) or (context.latest if count else None)
    days = _calendar.period(base.value) if base else None
    reading = moved(days[0], unit, count, base.anchor) if base and days else None
    if days and count == 0 and not part:
        reading = _of_latest(days, unit, context) or reading
    if base is None and context.has(match, "next"):
        reading = moved(context.today, unit, 1, "calendar")
    if reading is None:
        return Reading("DATE", open_form(_calendar.name(context.today, unit)) + part, "unresolved")
    return replace(
        reading, type="TIME" if part else "DATE", value=reading.value + part, open_value=reading.open_value + part
    )


def _of_latest(days: _calendar.Period, unit: str, context: Context) -> Reading | None:
    """Return an open day of the month or year that the text has gone on to, where the day told before lies outside it.

    In "They met on 3 March. The talks had begun last October. That day it rained" the day is one of October.
    """
    latest = context.latest
    span = _calendar.period(latest.value) if latest else None
    if latest is None or span is None or span[0] <= days[0] <= span[1]:
        return None
    shape = open_form(_calendar.name(days[0], unit))
    known = context.known or latest.anchor == "none"
    if unit == "D" and known and re.fullmatch(r"\d{4}(?:-\d\d)?", latest.value):
        return Reading("DATE", latest.value + shape[len(latest.value) :], "unresolved")
    return Reading("DATE", shape, "unresolved")


def part_of_unit(match: Match, context: Context) -> Reading | None:
    """Read the end of the year, early in the month, year-end, mid-week."""
    unit = unit_of(match) if "unit" in match.groups else "Y"
    if unit in _TIMES_OF_DAY or unit == "D":
        return None
    reading = _current(context, unit)
    share = next(
        (_lexicon.value(name, match.groups[name]) for name in ("part", "part_noun") if name in match.groups), None
    )
    return replace(reading, share=tuple(share)) if reading and share else reading


def the_unit(match: Match, context: Context) -> Reading | None:
    """Read the year, the month, the weekend: that of the passage, else that of the day of writing."""
    if context.has(match, "weekend"):
        return _weekend(match, context)
    unit = next(unit for word, unit in (("week", "W"), ("month", "MO"), ("year", "Y")) if context.has(match, word))
    return _current(context, unit)


def _current(context: Context, unit: str) -> Reading | None:
    if context.year is not None and unit == "Y":
        return Reading("DATE", f"{context.year:04}", "resolved")
    told = context.told_at(unit)
    days = _calendar.period(told.value) if told and told.anchor == "none" and context.year is not None else None
    if days:
        return Reading("DATE", _calendar.name(days[0], unit), "resolved")
    return moved(context.today, unit, 0, "calendar")


def _weekend(match: Match, context: Context) -> Reading | None:
    """Return the weekend just past or begun; the coming one where the sentence looks ahead."""
    saturday = 6
    behind = context.today.isoweekday() < saturday and context.direction(match) <= 0
    return moved(context.today, "WE", -1 if behind else 0, "calendar")


def season(match: Match, context: Context) -> Reading | None:
    """Read the summer of 2025; last spring; the winter."""
    code = str(_lexicon.value("season", match.groups["season"]))
    year = year_of(match, context)
    if year is not None:
        return Reading("DATE", f"{year:04}-{code}")
    if context.has(match, "year"):
        return in_named_year(match, context, f"-{code}")
    named = is_moved(match) or context.has(match, "past", "coming")
    if context.year is not None and not named:
        return Reading("DATE", f"{context.year:04}-{code}", "resolved")
    day, anchor = origin(match, context)
    towards = -1 if context.has(match, "past") else steps(match) if named else context.direction(match)
    year = day.year + _years_to_season(day, _calendar.SEASONS[code], towards, strict=named)
    return Reading("DATE", f"{year:04}-{code}", "resolved" if named else "assumed", anchor, f"XXXX-{code}")


def _years_to_season(day: dt.date, begins: int, towards: int, *, strict: bool) -> int:
    """Years to the latest season (over, if ``strict``) or to the next one (not begun, if ``strict``)."""
    if towards < 0:
        return -(day.month < begins + (_SEASON if strict else 0))
    return int(towards > 0 and strict and day.month >= begins)
