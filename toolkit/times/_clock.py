"""Readings of times of day: 9:30 a.m. EST, 1400 GMT, noon, four o'clock, the morning of 19 April."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.times import _lexicon
from toolkit.times._context import Context, Reading, open_form
from toolkit.times._numbers import number

if TYPE_CHECKING:
    from toolkit.times._grammar import Match

_LAST_HOUR = 24
# "At four in the night" is before dawn, "at ten at night" is not.
_BEFORE_DAWN = 5


def clock(match: Match, context: Context) -> Reading | None:
    """Read a time of day, on the day told just before it, else on the day of writing; so at the head of a line."""
    time = _time(match)
    if time is None:
        return None
    told = context.told_at("D")
    if told and context.latest is told and not context.tokens.begins_line(match.first):
        day, anchor = told.value.partition("T")[0], told.anchor
    else:
        day, anchor = context.speaking.isoformat(), "day"
    return Reading("TIME", day + time, "resolved", anchor, open_form(day) + time)


def _time(match: Match) -> str | None:
    groups = match.groups
    if "moment" in groups:
        return str(_lexicon.value("moment", groups["moment"]))
    figures = _figures(groups)
    half = groups.get("meridiem", "") or groups.get("compact_clock", "")[-2:]
    part = str(_lexicon.value("daypart", groups["daypart"])) if "daypart" in groups else ""
    hour = _of_day(figures[0], half[:1], part)
    if hour > _LAST_HOUR:
        return None
    zone = str(_lexicon.value("timezone", groups["timezone"])) if "timezone" in groups else ""
    return f"T{hour:02}" + "".join(f":{figure:02}" for figure in figures[1:]) + zone


def _figures(groups: dict[str, str]) -> list[int]:
    """Hour, minute and, where written, second."""
    if "military" in groups:
        return [int(groups["military"][:2]), int(groups["military"][2:])]
    if "number" in groups:
        return [int(number(groups["number"])), 0]
    text = groups.get("clock") or groups.get("compact_clock") or groups["hour"]
    figures = [int(figure) for figure in re.findall(r"\d+", text)]
    return figures if len(figures) > 1 else [*figures, 0]


def _of_day(hour: int, half: str, part: str) -> int:
    """Hour of 24, from "p.m." or the part of the day."""
    if half == "p" or part in ("AF", "EV") or (part == "NI" and hour > _BEFORE_DAWN):
        return hour + 12 if hour < 12 else hour
    return 0 if hour == 12 and half == "a" else hour


def daypart(match: Match, context: Context) -> Reading | None:
    """Read the morning, or the early hours, of a date that follows, with which it is put together."""
    del context
    part = str(_lexicon.value("daypart", match.groups.get("daypart", "morning")))
    return Reading("TIME", "XXXX-XX-XXT" + part, "unresolved")
