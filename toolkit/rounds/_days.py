"""Spans of days, dated or counted from an unknown publication day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.records import TimeBasis, TimeExpression

_LENGTHS = {"week": 6, "month": 30, "quarter": 91, "year": 365}
_COARSENESS = (
    "minute",
    "hour",
    "part",
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of an encounter, either of which may be unknown.

    Days are ordinals of the calendar (``dated``) or counts from the publication day. A bound of a precision coarser
    than the day stands on the outer edge of its period: talks that broke up "in May" have ``last`` 31 May.
    """

    dated: bool
    first: int | None = None
    last: int | None = None
    precision: str = "day"
    basis: TimeBasis = "resolved"
    text: str = ""

    @property
    def known(self) -> tuple[int, int]:
        """The earliest and the latest day that is known."""
        days = [day for day in (self.first, self.last) if day is not None]
        length = _LENGTHS.get(self.precision, 0)
        if self.last is None:
            return min(days), max(days) + length
        return (max(days) - length if self.first is None else min(days)), max(days)

    @property
    def first_date(self) -> dt.date | None:
        """The first day as a date."""
        return dt.date.fromordinal(self.first) if self.dated and self.first is not None else None

    @property
    def last_date(self) -> dt.date | None:
        """The last day as a date."""
        return dt.date.fromordinal(self.last) if self.dated and self.last is not None else None


def days_of(time: TimeExpression) -> Days | None:
    """Return the days that a time expression covers, or None where it names none."""
    precision, dated = time.precision or "day", time.first is not None
    if time.first is not None:
        last = max(time.last or time.first, time.first)
        return Days(dated, time.first.toordinal(), last.toordinal(), precision, time.basis, time.text)
    if time.offset_first is not None:
        return Days(dated, time.offset_first, time.offset_last, precision, time.basis, time.text)
    return None


def bounded(days: Days, bound: str) -> Days:
    """Return what a time says of an encounter: where it begins ("first"), ends ("last") or goes on ("continued")."""
    if bound == "first":
        return replace(days, last=None)
    if bound in {"last", "continued"}:
        return replace(days, first=None)
    return days


def later_year(days: Days) -> Days:
    """Return the month of the same name a year later."""
    first, last = days.first_date, days.last_date
    if first is None or last is None or first.year == dt.MAXYEAR:
        return days
    begin = first.replace(year=first.year + 1, day=1)
    end = begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
    return replace(days, first=begin.toordinal(), last=end.toordinal())


def set_to(days: Days, first: int | None, last: int | None) -> Days:
    """Return a span with other days, or unchanged where the calendar does not reach so far."""
    beyond = days.dated and any(day is not None and not 1 <= day <= dt.date.max.toordinal() for day in (first, last))
    return days if beyond else replace(days, first=first, last=last)


def joined(one: Days, other: Days) -> Days:
    """Return the span of two; the finer precision wins where one lies within the other."""
    if one.dated != other.dated:
        return one if one.dated else other
    if rank(one) != rank(other):
        return _finer(one, other) if overlap(one, other, slack=0) else one
    firsts = [day for day in (one.first, other.first) if day is not None]
    lasts = [day for day in (one.last, other.last) if day is not None]
    texts = [text for text in dict.fromkeys((one.text, other.text)) if text]
    return Days(
        dated=one.dated,
        first=min(firsts) if firsts else None,
        last=max((*lasts, *firsts)) if lasts else None,
        precision=max(one, other, key=rank).precision,
        basis=one.basis if one.basis == other.basis else "assumed",
        text="; ".join(texts),
    )


def _finer(one: Days, other: Days) -> Days:
    fine, coarse = sorted((one, other), key=rank)
    return replace(fine, text="; ".join(dict.fromkeys(text for text in (fine.text, coarse.text) if text)))


def overlap(one: Days, other: Days, *, slack: int) -> bool | None:
    """Tell whether two spans lie within ``slack`` days of each other; None where they cannot be compared."""
    if one.dated != other.dated:
        return None
    (a, b), (c, d) = one.known, other.known
    return a <= d + slack and c <= b + slack


def rank(days: Days) -> int:
    """Return how coarse a span's precision is."""
    return _COARSENESS.index(days.precision) if days.precision in _COARSENESS else _COARSENESS.index("day")


def lasting(days: Days, length: int) -> Days:
    """Fill in the missing bound of an encounter of known length in days."""
    if days.precision != "day" or length < 1:
        return days
    if days.first is not None and days.last is None:
        return set_to(days, days.first, days.first + length - 1)
    if days.last is not None and days.first is None:
        return set_to(days, days.last - length + 1, days.last)
    return days


def edtf(days: Days) -> str | None:
    """Return the span in EDTF (ISO 8601-2), an unknown bound left empty; None where there is no date."""
    if not days.dated:
        return None
    first = _day(days.first, days.precision)
    last = _day(days.last, days.precision)
    return first if first == last else f"{first}/{last}"


def _day(day: int | None, precision: str) -> str:
    if day is None:
        return ""
    text = dt.date.fromordinal(day).isoformat()
    return {"month": text[:7], "year": text[:4]}.get(precision, text)
