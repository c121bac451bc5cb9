"""Weekdays of an article whose publication date is unknown, counted from its unknown publication day.

News names a weekday for days of the same week. The publication day is taken to be the latest weekday told of: the one
from which the others lie the fewest days back. These offsets order the days among themselves; they are no dates.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.records import TimeExpression
    from toolkit.rounds._reading import RoundInput

_WEEKDAY_VALUE = re.compile(r"XXXX-WXX-([1-7])")
_AHEAD = re.compile(r"\b(?:will|would|due|scheduled|expected|planned|next|until|by|to|set|before)\b", re.IGNORECASE)
_REACH = 60
_WEEK = 7


def counted_from_publication(reading: RoundInput) -> RoundInput:
    """Return a reading whose bare weekdays have offsets from the publication day, where that day is unknown."""
    if reading.published is not None:
        return reading
    days = {time: int(match.group(1)) for time in reading.times if (match := _open_weekday(time))}
    told = {day for time, day in days.items() if not _to_come(reading, time)}
    if not told:
        return reading
    today = min(sorted(told), key=lambda last: max((last - day) % _WEEK for day in told))
    return replace(reading, times=tuple(_counted(reading, time, days, today) for time in reading.times))


def _open_weekday(time: TimeExpression) -> re.Match[str] | None:
    return None if time.offset_first is not None else _WEEKDAY_VALUE.match(time.value)


def _to_come(reading: RoundInput, time: TimeExpression) -> bool:
    start, _ = reading.sentences[reading.sentence_at(time.start)]
    return bool(_AHEAD.search(reading.text, max(start, time.start - _REACH), time.start))


def _counted(reading: RoundInput, time: TimeExpression, days: dict[TimeExpression, int], today: int) -> TimeExpression:
    day = days.get(time)
    if day is None:
        return time
    back = (today - day) % _WEEK
    offset = (_WEEK - back) % _WEEK if _to_come(reading, time) else -back
    return replace(time, offset_first=offset, offset_last=offset, precision="day", basis="assumed")
