"""Readings of durations, of what recurs, and of words such as "now" and "recently"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.times import _lexicon
from toolkit.times._context import Context, Reading
from toolkit.times._numbers import number
from toolkit.times._periods import unit_of

if TYPE_CHECKING:
    from toolkit.times._grammar import Match

# Units that TIMEX3 writes as so many of another: "two decades" is P20Y.
_MULTIPLES = {"DE": ("Y", 10), "C": ("Y", 100), "L": ("Y", 1000), "F": ("W", 2), "NI": ("D", 1)}
_LETTERS = {"MO": "M", "DE": "E", "NI": "D", "F": "W"}
# Units that half a unit is written in, and how many of them make a whole one.
_FINER = {"Y": ("MO", 12), "D": ("H", 24), "H": ("M", 60), "M": ("S", 60)}
_OF_THE_DAY = frozenset("SMH")
_MAGNITUDES = frozenset({"hundred", "thousand", "million"})


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
    """Read two hours, more than four weeks, a few days, 40-minute, the past two years."""
    return Reading("DURATION", length(_count(match, context.words(match)), unit_of(match)))


def _count(match: Match, words: list[str]) -> float | None:
    half = 0.5 if words[-1] == "half" and "and" in words else 0
    if "count" in match.groups:
        return number(match.groups["count"]) + half
    if words[0] == "half":
        return 0.5
    if "vague" in match.groups:
        return 2 if "couple" in words else None
    magnitude = next((word for word in words if word in _MAGNITUDES), None)
    if magnitude:
        return number(magnitude)
    return 1 + half if "unit" in match.groups else None


def recent_units(match: Match, context: Context) -> Reading | None:
    """Read recent days, the coming months, these days."""
    if context.has(match, "these"):
        return Reading("DATE", "PRESENT_REF", "unresolved") if context.has(match, "days") else None
    ahead = context.has(match, "coming", "future", "next", "following")
    return Reading("DATE", "FUTURE_REF" if ahead else "PAST_REF", "unresolved")


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
        value = str(_lexicon.value("reference", match.groups["reference"]))
    else:
        value = (
            "FUTURE_REF"
            if context.has(match, "future")
            else "PAST_REF"
            if context.has(match, "past")
            else "PRESENT_REF"
        )
    return Reading("DATE", value, "unresolved")
