"""The year that a passage speaks of, which month and day mentions in it take on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.times import _calendar
from toolkit.times._direction import AHEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.times._context import Context, Reading
    from toolkit.times._grammar import Match

# Expressions that speak from the day of writing, and so end a passage told in another year.
_OF_TODAY = frozenset({"deictic", "weekday", "shifted", "ago"})
_YEAR_BEARING = frozenset({"full_date", "month_year", "year", "season"})
# In a narrative, years outnumber what is told from the day of writing by this much.
_MANY = 3
# A chronicle names at least so many.
_FEW = 2
# Tokens that may stand before a year that begins a sentence.
_OPENING = 2
# From this many months back on, a chronicle has gone on to the next year rather than back.
_TURN = 10


def narrative(matches: Sequence[Match]) -> bool:
    """Whether a text tells of the past by its dates, as a chronicle does, rather than from the day of writing."""
    years = sum(match.reads in _YEAR_BEARING for match in matches)
    return years >= _FEW and years > _MANY * sum(match.reads in _OF_TODAY for match in matches)


def enter(context: Context, match: Match) -> None:
    """Leave the year of the last passage behind where a new paragraph of a report begins."""
    paragraph = context.tokens.paragraph_of(context.tokens.starts[match.first])
    if paragraph != context.paragraph and not context.narrative:
        context.year = None
    context.paragraph = paragraph


def follow(context: Context, match: Match, reading: Reading) -> None:
    """Let the passage take on, keep or lose its year after a reading."""
    if reading.anchor == "none" and reading.type == "DATE" and _opens(context, match):
        days = _calendar.period(reading.value)
        if days and days[2] in ("day", "month", "season", "year"):
            year = days[0].year
            context.year = year if year < context.today.year or not context.known else None
    elif match.reads in _OF_TODAY and reading.anchor != "none" and not context.narrative:
        context.year = None


def _opens(context: Context, match: Match) -> bool:
    """Whether an expression with a year opens a passage: in a report, a full date or a year that begins a sentence."""
    if match.reads not in _YEAR_BEARING:
        return False
    if context.narrative or match.reads in ("full_date", "month_year"):
        return True
    return match.first - context.tokens.sentence_of(match.first)[0] <= _OPENING


def year_of_month(context: Context, match: Match, month: int) -> int | None:
    """Year of a month within the passage: after a December the next January is that of the year after.

    In a report, what is still to come is of no year gone by.
    """
    if context.year is None or (not context.narrative and context.known and context.direction(match) == AHEAD):
        return None
    told = context.told_at("MO")
    days = _calendar.period(told.value) if told else None
    if context.narrative and days and days[0].year >= context.year and days[0].month - month >= _TURN:
        return days[0].year + 1
    return context.year
