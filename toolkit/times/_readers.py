"""Which function reads what each rule of the grammar finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.times import _clock, _dates, _days, _holidays, _lengths, _periods, _quarters

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.times._context import Context, Reading
    from toolkit.times._grammar import Match

READERS: dict[str, Callable[[Match, Context], Reading | None]] = {
    "full_date": _dates.full_date,
    "month_year": _dates.month_year,
    "month_day": _dates.month_day,
    "month": _dates.month,
    "week_of_month": _periods.week_of_month,
    "year": _dates.year,
    "decade": _dates.decade,
    "century": _dates.century,
    "season": _periods.season,
    "shifted": _periods.shifted,
    "carried": _periods.carried,
    "part_of_unit": _periods.part_of_unit,
    "the_unit": _periods.the_unit,
    "quarter": _quarters.quarter,
    "quarter_ago": _quarters.quarter_ago,
    "ended": _quarters.ended,
    "this_quarter": _quarters.this_quarter,
    "half": _quarters.half,
    "holiday": _holidays.holiday,
    "anniversary": _holidays.anniversary,
    "weekday": _days.weekday,
    "named_day": _days.named_day,
    "deictic": _days.deictic,
    "ago": _days.ago,
    "later": _days.later,
    "clock": _clock.clock,
    "daypart": _clock.daypart,
    "duration": _lengths.duration,
    "recent_units": _lengths.recent_units,
    "set": _lengths.recurring,
    "soon": _lengths.soon,
    "reference": _lengths.reference,
}


def read(match: Match, context: Context) -> Reading | None:
    """Return what a match means; None where it is no time expression after all."""
    try:
        return READERS[match.reads](match, context)
    except (OverflowError, ValueError):
        # A day before the year 1 or after 9999, which no calendar here can hold.
        return None
