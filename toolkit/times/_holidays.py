"""Holidays by the rules in ``data/times.toml``, and anniversaries."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from toolkit.times import _calendar, _lexicon
from toolkit.times._context import Context, Reading, is_moved, open_form, steps
from toolkit.times._dates import checked, day_of, month_of, ordinal_of, year_of

if TYPE_CHECKING:
    from toolkit.times._context import Anchor
    from toolkit.times._grammar import Match


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """Return the nth such weekday of a month (Monday is 1; nth -1 is the last)."""
    days = calendar.monthrange(year, month)[1]
    found = [day for day in range(1, days + 1) if dt.date(year, month, day).isoweekday() == weekday]
    return dt.date(year, month, found[nth - 1 if nth > 0 else nth])


def day_of_holiday(rule: str, year: int) -> dt.date:
    """Day of a holiday in a year.

    Parameters
    ----------
    rule
        ``12-25``; ``easter-2`` (days from Easter Sunday); ``nth 4 4 of 11 +1`` (the day after the fourth Thursday
        of November).
    year
        A year of the Gregorian calendar.
    """
    if rule.startswith("easter"):
        from dateutil.easter import easter

        sunday: dt.date = easter(year)
        return sunday + dt.timedelta(int(rule.removeprefix("easter")))
    if rule.startswith("nth"):
        _, nth, weekday, _, month, *more = rule.split()
        day = nth_weekday(year, int(month), int(weekday), int(nth))
        return day + dt.timedelta(int(more[0]) if more else 0)
    month, day_of_month = rule.split("-")
    return dt.date(year, int(month), int(day_of_month))


def holiday(match: Match, context: Context) -> Reading | None:
    """Christmas; last Thanksgiving; Easter 2026; Easter week."""
    rule = str(_lexicon.value("holiday", match.groups["holiday"]))
    year = year_of(match, context)
    if year is not None:
        return _as_told(match, context, day_of_holiday(rule, year), "none")
    if context.year is not None and not is_moved(match):
        return _as_told(match, context, day_of_holiday(rule, context.year), "none")
    if context.has(match, "year"):
        return _as_told(match, context, day_of_holiday(rule, context.today.year + steps(match)), "calendar")
    return _as_told(match, context, _nearest(match, context, rule), "calendar")


def _nearest(match: Match, context: Context, rule: str) -> dt.date:
    """Return the latest such day after "last", the next one after "next", else the likelier by the words around it."""
    today = context.today
    days = [day_of_holiday(rule, today.year + step) for step in (-1, 0, 1)]
    if steps(match) < 0:
        return max(day for day in days if day <= today)
    if steps(match) > 0:
        return min(day for day in days if day >= today)
    return context.likelier(match, days)[0]


def _as_told(match: Match, context: Context, day: dt.date, anchor: Anchor) -> Reading:
    unit = "W" if context.has(match, "week") else "WE" if context.has(match, "weekend") else "D"
    value = _calendar.name(day, unit)
    rule = str(_lexicon.value("holiday", match.groups["holiday"]))
    open_value = f"XXXX-{rule}" if unit == "D" and rule[0].isdigit() else open_form(value)
    return Reading("DATE", value, "stated" if "year" in match.groups else "resolved", anchor, open_value)


def anniversary(match: Match, context: Context) -> Reading | None:
    """Read the fourth anniversary of a date; that of an event only where its day stands just before it."""
    year = year_of(match, context)
    if year is None:
        day = context.told_at("D")
        return day if day is context.latest else None
    then = year + ordinal_of(match.groups["ordinal"])
    return checked(Reading("DATE", f"{then:04}-{month_of(match):02}-{day_of(match):02}"))
