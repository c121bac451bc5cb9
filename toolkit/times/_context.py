"""What a reading needs to know beside its own words, and what a reading is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from toolkit.times import _ahead, _calendar, _lexicon
from toolkit.times._direction import direction

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.records import TimeBasis, TimexType
    from toolkit.times._grammar import Match
    from toolkit.times._tokens import Tokens

# On what a value rests: on the text alone; on how many days the day of writing is away; on its weekday too; on its
# place in the calendar.
Anchor = Literal["none", "day", "weekday", "calendar"]

# Stands in for a publication day that is unknown; nothing read from its month or year is given out. It is a Monday.
STAND_IN = dt.date(2001, 1, 1)

# Log odds from which on a direction is called sure: nine times in ten.
_SURE = 2.2

_LEVELS = ("D", "W", "MO", "Q", "Y", "DE", "C")
_LEVEL_OF_PRECISION = {
    "time": "D",
    "day": "D",
    "week": "W",
    "month": "MO",
    "season": "Q",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "C",
}
_LEVEL_OF_UNIT = {"WE": "W", "F": "W", "NI": "D", "H": "D", "M": "D", "S": "D", "L": "C"}
_ANCHOR_OF_UNIT: dict[str, Anchor] = {"D": "day", "NI": "day", "W": "weekday", "WE": "weekday", "F": "weekday"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a time expression means.

    ``open_value`` is the value that remains when the publication day is unknown and ``anchor`` tells that it matters.
    ``share`` is the part of the period that is meant, such as (0.66, 1) for "late". ``compared`` where a date is only
    named to compare with ("a year earlier" in a report on a quarter), so that the text goes on from the one before.
    ``since`` is the first day, counted from the day of writing, of a future without end ("in the coming days").
    """

    type: TimexType
    value: str
    basis: TimeBasis = "stated"
    anchor: Anchor = "none"
    open_value: str = ""
    share: tuple[float, float] | None = None
    compared: bool = False
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Where a date without its year, or a weekday, was asked to lie: its offsets, the two days, the signs of it.

    ``behind`` and ``ahead`` are TIMEX3 values: days, or months where the text names no day.
    """

    start: int
    end: int
    behind: str
    ahead: str
    signs: Mapping[str, float]


@dataclass(slots=True)
class Context:
    """State of the reading of one text, from expression to expression.

    ``today`` is the publication day, or its stand-in where ``known`` is false; ``speaking`` the day that "today"
    means; ``year`` the year of the passage; ``told`` the latest date told at each level of fineness; ``weights`` what
    the signs of ``_ahead`` weigh, and ``asked`` what they were asked.
    """

    tokens: Tokens
    today: dt.date
    known: bool
    narrative: bool
    speaking: dt.date
    weights: Mapping[str, float]
    year: int | None = None
    paragraph: int = 0
    latest: Reading | None = None
    quarter: Reading | None = None
    told: dict[str, Reading] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    def words(self, match: Match) -> list[str]:
        """Words of a match in small letters."""
        return [word.casefold() for word in self.tokens.words[match.first : match.last]]

    def has(self, match: Match, *words: str) -> bool:
        """Whether a match holds any of some words."""
        return not set(words).isdisjoint(self.words(match))

    def direction(self, match: Match) -> int:
        """Return DONE, PAST, OPEN, LIKELY or AHEAD of ``_direction``."""
        return direction(self.tokens, match.first, match.last)

    def likelier(self, match: Match, days: Sequence[dt.date]) -> tuple[dt.date, TimeBasis]:
        """Return the day of writing where it is one of some days, else the likelier of those on either side of it."""
        if self.today in days:
            return self.today, "resolved"
        behind = max(day for day in days if day < self.today)
        ahead = min(day for day in days if day > self.today)
        signs = _ahead.signs_of(
            self.tokens,
            match.first,
            match.last,
            behind=(self.today - behind).days,
            ahead=(ahead - self.today).days,
        )
        start, end = self.tokens.starts[match.first], self.tokens.ends[match.last - 1]
        named = [day.isoformat()[: len("2026-02") if match.reads == "month" else None] for day in (behind, ahead)]
        self.asked.append(Question(start, end, named[0], named[1], signs))
        odds = _ahead.odds(signs, self.weights)
        return ahead if odds > 0 else behind, "resolved" if abs(odds) > _SURE else "assumed"

    def told_at(self, unit: str) -> Reading | None:
        """Return the latest date told that is at least as fine as a unit."""
        return self.told.get(_LEVEL_OF_UNIT.get(unit, "Q" if unit in _calendar.SEASONS else unit))

    def tell(self, reading: Reading) -> None:
        """Take note of a date, so that "two days later" can count from it."""
        days = _calendar.period(reading.value)
        if days is None or reading.compared or reading.type in ("DURATION", "SET"):
            return
        self.latest = reading
        if "-Q" in reading.value:
            self.quarter = reading
        level = _LEVELS.index(_LEVEL_OF_PRECISION[days[2]])
        self.told.update(dict.fromkeys(_LEVELS[level:], reading))


def unit_of(match: Match) -> str:
    """Return the unit that a match names, as the word tables write it."""
    name = "unit" if "unit" in match.groups else "units"
    return str(_lexicon.value(name, match.groups[name]))


def steps(match: Match) -> int:
    """How many periods "last", "next", "previous", "following" and their like move on."""
    for name in ("shift", "carry"):
        if name in match.groups:
            return int(_lexicon.value(name, match.groups[name]))
    return 0


def is_moved(match: Match) -> bool:
    """Whether a match has a word like "last" or "following"."""
    return "shift" in match.groups or "carry" in match.groups


def origin(match: Match, context: Context) -> tuple[dt.date, Anchor]:
    """Day that a match counts from, and what that day rests on.

    "Last", "this" and "next" count from the day of writing; "previous", "same" and "following" from the date told
    before.
    """
    days = _calendar.period(context.latest.value) if context.latest and "carry" in match.groups else None
    if context.latest and days:
        return days[0], context.latest.anchor
    return context.today, "calendar"


def moved(day: dt.date, unit: str, count: float, anchor: Anchor) -> Reading | None:
    """Return the period of a unit that lies ``count`` units from a day."""
    there = _calendar.move(day, unit, count)
    if there is None:
        return None
    value = _calendar.name(there, unit)
    if anchor == "calendar":
        anchor = _ANCHOR_OF_UNIT.get(unit, anchor)
    return Reading("DATE", value, "resolved", anchor, open_form(value))


def open_form(value: str) -> str:
    """Return a value with every figure struck out: ``2026-W08-WE`` gives ``XXXX-WXX-WE``."""
    head, mark, time = value.partition("T")
    year, dash, rest = head.partition("-")
    struck = "".join("X" if sign.isdigit() else sign for sign in rest)
    return "X" * len(year) + dash + struck + mark + time
