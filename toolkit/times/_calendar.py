"""TIMEX3 values and the days they cover; periods counted forward and back.

Units are written as in the word tables: ``D`` day, ``W`` week, ``WE`` weekend, ``F`` fortnight, ``MO`` month,
``Q`` quarter, ``H`` half-year, ``Y`` year, ``DE`` decade, ``C`` century, and the seasons ``SP SU FA WI``.
Seasons are those of meteorology on the northern hemisphere: spring begins on 1 March, and the winter of a year
begins on 1 December of that year.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS = {"MO": 1, "Q": 3, "Y": 12, "DE": 120, "C": 1200, "L": 12000}
_DAYS = {"D": 1, "NI": 1, "W": 7, "WE": 7, "F": 14}
_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-W(?P<week>\d\d)(?:-(?P<weekday>[1-7])|-(?P<weekend>WE))?|-Q(?P<quarter>[1-4])|-H(?P<half>[12])"
    r"|-(?P<season>SP|SU|FA|WI)|-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?P<time>T\w.*)?"
)
# Days in a month, and the least in a year and in a decade.
_MONTH = 30.44
_YEARLONG = 360
_DECADELONG = 3600

Period = tuple[dt.date, dt.date, str]


def period(value: str) -> Period | None:
    """First day, last day and precision of a TIMEX3 value; None where the value names no days.

    Parameters
    ----------
    value
        Such as ``2026-02-17``, ``2026-02``, ``2026-W08-WE``, ``2026-Q2``, ``2025-SU``, ``199`` (the 1990s) or ``19``
        (1900–1999).
    """
    if re.fullmatch(r"\d{2,3}", value):
        width = 10 ** (4 - len(value))
        first = int(value) * width
        return _span(first, 1, 12 * width, "decade" if width == 10 else "century")
    match = _VALUE.fullmatch(value)
    return _days(match) if match else None


def _days(match: re.Match[str]) -> Period | None:
    year = int(match["year"])
    try:
        if match["week"]:
            return _week(year, match)
        if match["day"]:
            day = dt.date(year, int(match["month"]), int(match["day"]))
            return day, day, "time" if match["time"] else "day"
        if match["month"]:
            return _span(year, int(match["month"]), 1, "month")
        if match["quarter"]:
            return _span(year, int(match["quarter"]) * 3 - 2, 3, "quarter")
        if match["half"]:
            return _span(year, int(match["half"]) * 6 - 5, 6, "quarter")
        if match["season"]:
            return _span(year, SEASONS[match["season"]], 3, "season")
        return _span(year, 1, 12, "year")
    except (ValueError, OverflowError):
        return None


def _week(year: int, match: re.Match[str]) -> Period:
    monday = dt.date.fromisocalendar(year, int(match["week"]), 1)
    if match["weekday"]:
        day = monday + dt.timedelta(int(match["weekday"]) - 1)
        return day, day, "day"
    return monday + dt.timedelta(5 if match["weekend"] else 0), monday + dt.timedelta(6), "week"


def _span(year: int, month: int, months: int, precision: str) -> Period | None:
    try:
        first = dt.date(year, month, 1)
        return first, add_months(first, months) - dt.timedelta(1), precision
    except (ValueError, OverflowError):
        return None


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of another month, or that month's last day where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def move(day: dt.date, unit: str, count: float) -> dt.date | None:
    """Return the day that lies ``count`` units away; None beyond the calendar."""
    try:
        if unit in _DAYS:
            return day + dt.timedelta(days=int(_DAYS[unit] * count))
        if unit in SEASONS:
            return add_months(day, 12 * int(count))
        return add_months(day, int(_MONTHS[unit] * count))
    except (ValueError, OverflowError, KeyError):
        return None


def name(day: dt.date, unit: str) -> str:
    """TIMEX3 value of the period of a unit that a day lies in."""
    iso = day.isocalendar()
    forms = {
        "W": f"{iso.year:04}-W{iso.week:02}",
        "F": f"{iso.year:04}-W{iso.week:02}",
        "WE": f"{iso.year:04}-W{iso.week:02}-WE",
        "MO": f"{day:%Y-%m}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year:04}"[:3],
        "C": f"{day.year:04}"[:2],
        "L": f"{day.year:04}"[:1],
    }
    if unit in SEASONS:
        return f"{day.year:04}-{unit}"
    return forms.get(unit, day.isoformat())


def shifted(value: str, unit: str, count: float) -> str | None:
    """Value of the period of a unit, ``count`` units from the one that a value lies in."""
    days = period(value)
    day = move(days[0], unit, count) if days else None
    return name(day, unit) if day else None


def years_from(value: str, count: int) -> str:
    """Return the same month, quarter, season or day of another year: ``1989-Q3`` and -1 give ``1988-Q3``."""
    return f"{int(value[:4]) + count:04}{value[4:]}"


def part_of(first: dt.date, last: dt.date, share: tuple[float, float]) -> tuple[dt.date, dt.date]:
    """Days that a share of a period covers, such as (0.66, 1) for its last third.

    Within a year the limits are whole months, within decades and centuries whole years.
    """
    days = (last - first).days + 1
    if days < _YEARLONG:
        start = first + dt.timedelta(min(round(days * share[0]), days - 1))
        return start, max(start, first + dt.timedelta(round(days * share[1]) - 1))
    step = 1 if days < _DECADELONG else 12
    count = round(days / _MONTH / step)
    after = round(count * share[1]) * step
    end = add_months(first, after) - dt.timedelta(1) if share[1] < 1 else last
    return add_months(first, round(count * share[0]) * step), end
