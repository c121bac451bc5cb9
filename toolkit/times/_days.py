"""Readings of days: Tuesday, yesterday, three weeks ago, two days later."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.times import _calendar, _lexicon
from toolkit.times._context import Context, Reading, is_moved, moved, steps, unit_of
from toolkit.times._dates import day_of, month_of
from toolkit.times._lengths import length, to_come
from toolkit.times._numbers import number
from toolkit.times._quarters import compared_quarter, year_before

if TYPE_CHECKING:
    from toolkit.records import TimeBasis, TimexType
    from toolkit.times._context import Anchor
    from toolkit.times._grammar import Match

_TIMES_OF_DAY = frozenset("HMS")
_BACK = frozenset({"earlier", "before", "prior", "previously", "ago"})


def _daypart(match: Match) -> tuple[TimexType, str]:
    if "daypart" not in match.groups:
        return "DATE", ""
    return "TIME", "T" + str(_lexicon.value("daypart", match.groups["daypart"]))


def weekday(match: Match, context: Context) -> Reading | None:
    """Tuesday; last Tuesday; Tuesday night; Monday of last week; a week from Monday."""
    wanted = int(_lexicon.value("weekday", match.groups["weekday"]))
    kind, part = _daypart(match)
    start, anchor = _start(match, context)
    basis: TimeBasis = "resolved"
    if "week_on" in match.groups:
        day = _strictly(start, wanted, 1) + dt.timedelta(7)
    elif context.has(match, "week"):
        day = start + dt.timedelta(7 * steps(match) + wanted - start.isoweekday())
    elif is_moved(match) or context.has(match, "this", "next", "coming"):
        towards = -1 if context.has(match, "past") else 1 if context.has(match, "next", "coming") else steps(match)
        day = _strictly(start, wanted, towards)
        basis = "assumed" if towards > 0 else "resolved"
    else:
        ahead = (wanted - start.isoweekday()) % 7
        day, basis = context.likelier(match, [start + dt.timedelta(ahead - 7), start + dt.timedelta(ahead)])
    if "beside" in match.groups:
        day += dt.timedelta(int(_lexicon.value("beside", match.groups["beside"])))
    return Reading(kind, day.isoformat() + part, basis, anchor, f"XXXX-WXX-{day.isoweekday()}{part}")


def _start(match: Match, context: Context) -> tuple[dt.date, Anchor]:
    """Day that a weekday is counted from."""
    told = context.told_at("D") if "carry" in match.groups else None
    days = _calendar.period(told.value) if told else None
    if told and days:
        return days[0], told.anchor
    return context.today, "weekday"


def _strictly(start: dt.date, wanted: int, towards: int) -> dt.date:
    """Last or next such weekday, never the day itself; "this" one is that of the running week."""
    if towards == 0:
        return start + dt.timedelta(wanted - start.isoweekday())
    if towards > 0:
        return start + dt.timedelta((wanted - start.isoweekday() - 1) % 7 + 1)
    return start - dt.timedelta((start.isoweekday() - wanted - 1) % 7 + 1)


def deictic(match: Match, context: Context) -> Reading | None:
    """Today, yesterday, tonight, this morning, last night, the day before yesterday."""
    words = context.words(match)
    kind, part = _daypart(match)
    count = int(_lexicon.value("deictic", match.groups["deictic"])) if "deictic" in match.groups else 0
    if context.has(match, "before", "after"):
        count *= 2
    if words[0] == "last":
        count, kind, part = -1, "TIME", "TEV" if words[1] == "evening" else "TNI"
    elif words == ["tonight"]:
        kind, part = "TIME", "TNI"
    day = context.speaking + dt.timedelta(count)
    return Reading(kind, day.isoformat() + part, "resolved", "day", "XXXX-XX-XX" + part)


def ago(match: Match, context: Context) -> Reading | None:
    """Ten days ago, a year ago, three weeks from now: counted from the day of writing."""
    way = -1 if context.has(match, "ago") else 1
    count = _count(match)
    if count is None:
        return to_come(match) if way > 0 else _somewhen(way)
    return _compared(match, context, way * count) or _away(context.today, unit_of(match), way * count, "calendar")


def later(match: Match, context: Context) -> Reading | None:
    """Two days later, a week earlier: counted from the date told before."""
    way = -1 if match.groups["sense"] in _BACK else 1
    count = _count(match)
    if count is None:
        return _somewhen(way)
    compared, unit = _compared(match, context, way * count), unit_of(match)
    if compared:
        return compared
    base = context.told_at(unit) or context.latest
    days = _calendar.period(base.value) if base else None
    if base and days:
        return _away(days[0], unit, way * count, base.anchor)
    if (unit, way) == ("Y", -1):
        return _away(context.today, unit, -count, "calendar")
    return Reading("DURATION", length(count, unit)) if unit in _TIMES_OF_DAY else _somewhen(way)


def _compared(match: Match, context: Context, count: float) -> Reading | None:
    """Return, after a quarter, the same quarter of the year before: what "a year ago" is in a report on it."""
    quarter = compared_quarter(context) if (unit_of(match), count) == ("Y", -1) else None
    return year_before(quarter) if quarter else None


def _count(match: Match) -> float | None:
    """How many units; None where the text does not say."""
    if "count" in match.groups:
        return number(match.groups["count"])
    return None if "vague" in match.groups or "units" in match.groups else 1


def _somewhen(way: int) -> Reading:
    return Reading("DATE", "PAST_REF" if way < 0 else "FUTURE_REF", "unresolved")


def _away(day: dt.date, unit: str, count: float, anchor: Anchor) -> Reading | None:
    if unit in _TIMES_OF_DAY:
        return Reading("DURATION", length(abs(count), unit))
    return moved(day, unit, count, anchor)


def named_day(match: Match, context: Context) -> Reading | None:
    """Read "this coming Sunday, March 8": the date tells the day."""
    value = f"{context.today.year:04}-{month_of(match):02}-{day_of(match):02}"
    return Reading("DATE", value, "resolved", "calendar", "XXXX" + value[4:]) if _calendar.period(value) else None
