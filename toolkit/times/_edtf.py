"""TIMEX3 values written as EDTF (ISO 8601-2), the form that libraries and timelines read."""

from __future__ import annotations

import re

from toolkit.times._calendar import Period, part_of

_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_QUARTERS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}


def edtf(value: str, days: Period, *, share: tuple[float, float] | None = None, about: bool = False) -> str:
    """Write a resolved value as EDTF.

    Parameters
    ----------
    value, days
        A TIMEX3 value and the days it covers.
    share
        The part of the period that is meant; it is written as an interval of approximate ends.
    about
        Whether the text calls the date approximate; written as ``~``.

    Returns
    -------
    str
        Such as ``2026-02-17``, ``2025-22`` (summer), ``2026-02-16/2026-02-22`` (a week), ``199X``, ``2025~`` or
        ``2025-09~/2025-12~`` (late 2025).
    """
    first, last, precision = days
    if share:
        start, end = part_of(first, last, share)
        width = {"year": 7, "decade": 4, "century": 4}.get(precision, 10)
        return f"{start.isoformat()[:width]}~/{end.isoformat()[:width]}~"
    if precision == "week":
        return f"{first.isoformat()}/{last.isoformat()}"
    return _plain(value) + ("~" if about else "")


def _plain(value: str) -> str:
    if re.fullmatch(r"\d{1,3}", value):
        return value.ljust(4, "X")
    head, _, tail = value.partition("-")
    if tail in _SEASONS or tail in _QUARTERS:
        return f"{head}-{_SEASONS.get(tail) or _QUARTERS[tail]}"
    day, _, time = value.partition("T")
    clock = re.fullmatch(r"(\d\d)(?::(\d\d))?(?::(\d\d))?(Z|[+-]\d\d(?::\d\d)?)?", time)
    if not clock or clock[1] == "24":
        return day
    return f"{day}T{clock[1]}:{clock[2] or '00'}:{clock[3] or '00'}{clock[4] or ''}"
