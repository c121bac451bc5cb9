"""Read the day of publication as people and systems write it."""

from __future__ import annotations

import datetime as dt
import re

from toolkit.articles._outcomes import clipped
from toolkit.errors import InputError
from toolkit.lexicon.wordlists import load

ACCEPTED = (
    "a date or datetime, '2026-02-18', '2026-02-18T21:30:00+01:00', '18 February 2026', "
    "'February 18, 2026' or 'Feb. 18, 2026'"
)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9].{0,28})?")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[a-z]{3,9})\.?,? (?P<year>[0-9]{4})")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>[0-9]{1,2}),? (?P<year>[0-9]{4})")


def parse_date(value: object) -> dt.date:
    """Give the calendar day that a value names.

    Parameters
    ----------
    value
        A date, a datetime (so also a pandas Timestamp), or a string in ISO 8601 or in English words. Of a
        moment with a zone the day is kept as written, not moved to another zone.

    Raises
    ------
    InputError
        If the value is none of these; the message names it and the accepted forms.

    Examples
    --------
    >>> parse_date("Feb. 18, 2026")
    datetime.date(2026, 2, 18)
    """
    try:
        if isinstance(value, dt.datetime):
            return dt.date(value.year, value.month, value.day)
        if isinstance(value, dt.date):
            return value
        if isinstance(value, str):
            return _from_string(" ".join(value.split()))
    except (TypeError, ValueError) as error:  # pandas' NaT passes for a datetime, but has no year
        raise InputError(f"{clipped(repr(value))} is no date; accepted: {ACCEPTED}") from error
    raise InputError(f"{clipped(repr(value))} is no date; accepted: {ACCEPTED}")


def _from_string(text: str) -> dt.date:
    if _ISO.fullmatch(text):
        return dt.datetime.fromisoformat(text).date()
    words = _DAY_FIRST.fullmatch(text.lower()) or _MONTH_FIRST.fullmatch(text.lower())
    if words is None:
        raise ValueError(text)
    return dt.date(int(words["year"]), _month(words["month"]), int(words["day"]))


def _month(word: str) -> int:
    months: dict[str, int] = load("times")["capitalised"]["month"]
    for name, number in months.items():
        if name.lower().startswith(word):
            return number
    raise ValueError(word)
