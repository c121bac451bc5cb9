"""Readings of durations, of what recurs, and of words such as "now" and "recently"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.times import _lexicon
from toolkit.times._context import Context, Reading, moved, unit_of
from toolkit.times._direction import AHEAD, OPEN
from toolkit.times._filters import is_rate
from toolkit.times._numbers import number

if TYPE_CHECKING:
    from toolkit.times._grammar import Match

# Units that TIMEX3 writes as so many of another: "two decades" is P20Y.
_MULTIPLES = {"DE": ("Y", 10), "C": ("Y", 100), "L": ("Y", 1000), "F": ("W", 2), "NI": ("D", 1)}
_LETTERS = {"MO": "M", "DE": "E", "NI": "D", "F": "W"}
# Units that half a unit is written in, and how many of them make a whole one.
_FINER = {"Y": ("MO", 12), "D": ("H", 24), "H": ("M", 60), "M": ("S", 60)}
_OF_THE_DAY = frozenset("SMH")


def length(count: float | None, unit: str) -> str:
    """Write a length of time as TIMEX3; an unknown count is X.

    Examples
    --------
    >>> length(2, "DE"), length(4, "H"), length(2.5, "Y"), length(None, "D")
    ('P20Y', 'PT4H', 'P2Y6M', 'PXD')
    """
    if count is None:
        return _part("X", unit)
    unit, factor = _MULTIPLES.get(unit, (unit, 1))
    whole, rest = divmod(count * factor, 1)
    if not rest or unit not in _FINER:
        return _part(f"{whole + rest:.10g}", unit)
    finer, many = _FINER[unit]
    less = _part(str(round(rest * many)), finer)
    if not whole:
        return less
    more = _part(str(int(whole)), unit)
    return more + (less[2:] if more.startswith("PT") else less[1:])


def _part(count: str, unit: str) -> str:
    return ("PT" if unit in _OF_THE_DAY else "P") + count + _LETTERS.get(unit, unit)


def duration(match: Match, context: Context) -> Reading | None:
    """Read two hours, more than four weeks, a few days, the past two years; in "$5 a year", how often."""
    count = _count(match, context.words(match))
    if _leads_ahead(match, context):
        return _ahead(match, context, count)
    value = length(count, unit_of(match))
    return Reading("SET" if is_rate(match, context.tokens) else "DURATION", value)


def _leads_ahead(match: Match, context: Context) -> bool:
    """Whether a length tells when: "they will meet in two weeks", but not "they met twice in two weeks"."""
    before = context.tokens.words[max(match.first - 1, 0) : match.first]
    counted = match.groups.keys() & {"count", "vague"} and not match.groups.keys() & {"approx", "count_2"}
    if not counted or before not in (["in"], ["In"]) or context.has(match, "the", "-"):
        return False
    return unit_of(match) not in _OF_THE_DAY and context.direction(match) == AHEAD


def _ahead(match: Match, context: Context, count: float | None) -> Reading | None:
    reading = to_come(match) if count is None else moved(context.today, unit_of(match), count, "calendar")
    return replace(reading, basis="assumed") if reading and count else reading


def _count(match: Match, words: list[str]) -> float | None:
    half = 0.5 if words[-1] == "half" and "and" in words else 0
    if "count" in match.groups:
        return number(match.groups["count"]) + half
    if words[0] == "half":
        return 0.5
    if "vague" in match.groups:
        return 2 if "couple" in words else None
    return 1 + half if "unit" in match.groups else None


def recent_units(match: Match, context: Context) -> Reading | None:
    """Read recent days, the coming months, these days."""
    if context.has(match, "these"):
        return Reading("DATE", "PRESENT_REF", "unresolved") if context.has(match, "days") else None
    if context.has(match, "coming", "future", "next"):
        return to_come(match)
    return Reading("DATE", "FUTURE_REF" if context.has(match, "following") else "PAST_REF", "unresolved")


def to_come(match: Match) -> Reading:
    """Return a time of open end: from the day after that of writing for "the coming days", from that day for "soon"."""
    days = "units" in match.groups and unit_of(match) not in _OF_THE_DAY
    return Reading("DATE", "FUTURE_REF", "unresolved", since=int(days))


def soon(match: Match, context: Context) -> Reading | None:
    """Read soon, where the sentence looks ahead: in "they soon left" it counts from what was told before."""
    return to_come(match) if context.direction(match) > OPEN else None


def recurring(match: Match, context: Context) -> Reading | None:
    """Read every week, daily, twice a month, on Mondays, each July."""
    groups = match.groups
    words = context.words(match)
    if "frequency" in groups:
        return Reading("SET", str(_lexicon.value("frequency", groups["frequency"])))
    if "month" in groups:
        return Reading("SET", f"XXXX-{_lexicon.value('month', groups['month']):02}")
    if "season" in groups:
        return Reading("SET", f"XXXX-{_lexicon.value('season', groups['season'])}")
    part = _daypart(match)
    for name in ("weekday", "weekdays"):
        if name in groups:
            return Reading("SET", f"XXXX-WXX-{_lexicon.value(name, groups[name])}{part}")
    if part:
        return Reading("SET", "XXXX-XX-XX" + part)
    count = number(groups["count"]) if "count" in groups and words[0] in ("every", "each") else 1
    return Reading("SET", length(2 if "other" in words else count, unit_of(match)))


def _daypart(match: Match) -> str:
    for name in ("daypart", "dayparts"):
        if name in match.groups:
            return "T" + str(_lexicon.value(name, match.groups[name]))
    return ""


def reference(match: Match, context: Context) -> Reading | None:
    """Read now, currently, recently, the near future, the past."""
    if "reference" in match.groups:
        return Reading("DATE", str(_lexicon.value("reference", match.groups["reference"])), "unresolved")
    if context.has(match, "near", "foreseeable", "immediate"):
        return to_come(match)
    names = {"future": "FUTURE_REF", "past": "PAST_REF"}
    value = next((value for word, value in names.items() if context.has(match, word)), "PRESENT_REF")
    return Reading("DATE", value, "unresolved")
