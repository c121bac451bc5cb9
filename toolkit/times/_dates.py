"""Readings of calendar dates: days and months with or without their year, years, decades and centuries."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from toolkit.times import _calendar, _lexicon
from toolkit.times._context import Context, Reading, is_moved, origin, steps
from toolkit.times._numbers import spelled_year
from toolkit.times._passages import year_of_month

if TYPE_CHECKING:
    from toolkit.records import TimeBasis
    from toolkit.times._grammar import Match

# Two figures after an apostrophe belong to the century that puts them at most so many years ahead.
_YEARS_AHEAD = 10


def month_of(match: Match) -> int:
    """Return the number of the month that a match names."""
    if "month" in match.groups:
        return int(_lexicon.value("month", match.groups["month"]))
    return int(_lexicon.value("month_short", match.groups["month_short"]))


def day_of(match: Match) -> int:
    """Day of the month that a match names."""
    return int(match.groups["day"]) if "day" in match.groups else ordinal_of(match.groups["nth"])


def ordinal_of(text: str) -> int:
    """Return the number of "17th" or "seventeenth"."""
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else int(_lexicon.value("ordinal", text))


def year_of(match: Match, context: Context) -> int | None:
    """Year that a match names in full, in two figures or in words."""
    groups = match.groups
    if "spelled_year" in groups:
        return spelled_year(groups["spelled_year"])
    if "yy" in groups:
        return int(groups["year"]) // 100 * 100 + int(groups["yy"])
    if "short_year" in groups:
        two = int(groups["short_year"][1:])
        century = context.today.year // 100 * 100
        return century + two - (100 if two > context.today.year % 100 + _YEARS_AHEAD else 0)
    return int(groups["year"]) if "year" in groups else None


def checked(reading: Reading) -> Reading | None:
    """Return the reading if its value names days of the calendar; 29 February of an unknown year is kept open."""
    if _calendar.period(reading.value):
        return reading
    return Reading("DATE", "XXXX-02-29", "unresolved") if reading.value.endswith("-02-29") else None


def full_date(match: Match, context: Context) -> Reading | None:
    """17 February 2026; 2026-02-17; 17/02/2026 where the figures leave no choice."""
    groups = match.groups
    if "iso_date" in groups:
        value = groups["iso_date"].upper()
        return checked(Reading("TIME" if "T" in value else "DATE", value))
    if "slash_date" in groups:
        return _figures(groups["slash_date"])
    return checked(Reading("DATE", f"{year_of(match, context):04}-{month_of(match):02}-{day_of(match):02}"))


def _figures(text: str) -> Reading | None:
    one, two, year = (int(part) for part in re.split(r"[/.]", text))
    pairs = {(one, two), (two, one)}
    valid = [value for m, d in pairs if _calendar.period(value := f"{year:04}-{m:02}-{d:02}")]
    if len(valid) == 1:
        return Reading("DATE", valid[0])
    return Reading("DATE", f"{year:04}-XX-XX", "unresolved") if valid else None


def month_year(match: Match, context: Context) -> Reading | None:
    """February 2026."""
    return Reading("DATE", f"{year_of(match, context):04}-{month_of(match):02}")


def month_day(match: Match, context: Context) -> Reading | None:
    """February 17, in the year of the passage or in the one that suits the day of writing."""
    month, day = month_of(match), day_of(match)
    rest = f"-{month:02}-{day:02}"
    if is_moved(match):
        return checked(in_named_year(match, context, rest))
    told = year_of_month(context, match, month)
    if told is not None:
        return checked(Reading("DATE", f"{told:04}{rest}", "resolved"))
    year, basis = _nearest_year(match, context, month, min(day, 28))
    return checked(Reading("DATE", f"{year:04}{rest}", basis, "calendar", f"XXXX{rest}"))


def _nearest_year(match: Match, context: Context, month: int, day: int) -> tuple[int, TimeBasis]:
    """Year before or after the day of writing in which a day is likelier to be meant."""
    this = context.today.year
    found, basis = context.likelier(match, [dt.date(year, month, day) for year in (this - 1, this, this + 1)])
    return found.year, basis


def in_named_year(match: Match, context: Context, rest: str) -> Reading:
    """Return a part of "this year", "last year", "that year"; ``rest`` is what the value adds to the year."""
    day, anchor = origin(match, context)
    return Reading("DATE", f"{day.year + steps(match):04}{rest}", "resolved", anchor, f"XXXX{rest}")


def month(match: Match, context: Context) -> Reading | None:
    """April; last April; April of this year."""
    number = month_of(match)
    if is_moved(match):
        return _moved_month(match, context, number)
    told = year_of_month(context, match, number)
    if told is not None:
        return Reading("DATE", f"{told:04}-{number:02}", "resolved")
    year, basis = _nearest_year(match, context, number, min(context.today.day, 28))
    return Reading("DATE", f"{year:04}-{number:02}", basis, "calendar", f"XXXX-{number:02}")


def _moved_month(match: Match, context: Context, number: int) -> Reading:
    if context.has(match, "year"):
        return in_named_year(match, context, f"-{number:02}")
    day, anchor = origin(match, context)
    count = steps(match) if not context.has(match, "past") else -1
    year = day.year + (number <= day.month if count > 0 else -(number >= day.month) if count < 0 else 0)
    return Reading("DATE", f"{year:04}-{number:02}", "resolved", anchor, f"XXXX-{number:02}")


def year(match: Match, context: Context) -> Reading | None:
    """1988; '88; the year two thousand; fiscal 1989; 490 BC."""
    groups = match.groups
    if "number_bc" in groups:
        era = "BC" if groups["era"].startswith("b") else ""
        if era and match.groups["era"] == context.words(match)[0]:
            return None
        return Reading("DATE", f"{era}{int(groups['number_bc']):04}")
    number = year_of(match, context)
    if number is None or ("yy" in groups and number <= int(groups["year"])):
        return None
    if "short_year" in groups:
        return Reading("DATE", f"{number:04}", "assumed", "calendar", f"XX{number % 100:02}")
    return Reading("DATE", f"{number:04}", "assumed" if context.has(match, "fiscal") else "stated")


def decade(match: Match, context: Context) -> Reading | None:
    """Read the 1990s; the '80s; the nineties."""
    if "decade_name" in match.groups:
        tens = int(_lexicon.value("decade_name", match.groups["decade_name"]))
    else:
        figures = re.sub(r"\D", "", match.groups["decade"])
        if len(figures) == 4:
            return Reading("DATE", figures[:3])
        tens = int(figures[0])
    this = context.today.year // 10
    value = this // 10 * 10 + tens
    return Reading("DATE", f"{value - 10 if value > this else value:03}", "assumed", "calendar", f"XX{tens}")


def century(match: Match, context: Context) -> Reading | None:
    """Read the 20th century; the fifth century BC."""
    nth = ordinal_of(match.groups["ordinal"]) + (20 if context.has(match, "twenty") else 0)
    if match.groups.get("era", "ad").startswith("b"):
        return Reading("DATE", f"BC{nth - 1:02}")
    return Reading("DATE", f"{nth - 1:02}")
