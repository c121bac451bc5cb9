"""Read the day of publication as people and systems write it."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit.articles._outcomes import clipped
from toolkit.errors import InputError
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives, load

if TYPE_CHECKING:
    from dateutil.parser import parser

ACCEPTED = "a date or datetime, or words such as '2026-02-18', '18 February 2026', 'Wed, Feb. 18th, 2026, 9:14 p.m. ET'"
ORDER = "the order of day and month is open: say day_first=True or day_first=False"

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9].{0,28})?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?:T[0-9]{4,6}Z?)?")
_DOTTED = re.compile(r"[0-9]{1,2}\.\s?[0-9]{1,2}\.")
_YEAR_FIRST = re.compile(r"[0-9]{4}\b")
_IDEOGRAPHIC = re.compile(r"([0-9]{4})\s?年\s?([0-9]{1,2})\s?月\s?([0-9]{1,2})\s?日")
_CLOCK = re.compile(r"\b([0-2]?[0-9])[.h]([0-5][0-9])(?![0-9.])(?=\s*(?:[A-Za-z]|$))")
_SIGNS = re.compile(r"[|•·–—()\[\]]+|(?<=[^\W\d_]):")
_NUMBERED_DAY = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th|er|º|ª)\b", re.IGNORECASE)
_ZONE_SHIFT = re.compile(r"\b(?:GMT|UTC) ?[+-][0-9]{1,2}(?::?[0-9]{2})?\b")
_LONGEST = 120
# What a text leaves open is taken from a default: where two of them give two days, it names none.
_DEFAULTS = (dt.datetime(2001, 1, 1), dt.datetime(2002, 2, 2))  # noqa: DTZ001 - zones play no part
_CENTURY = 2000
_LAST_SHORT_YEAR = 69


def parse_date(value: object, *, day_first: bool | None = None) -> dt.date:
    """Give the calendar day that a value names.

    Parameters
    ----------
    value
        A date, a datetime (so also a pandas Timestamp), or a string in ISO 8601, RFC 2822, or in words of several
        languages, with whatever weekday, clock and zone. Of a moment with a zone the day is kept as written, not moved
        to another zone.
    day_first
        How to read 09/04/2031; without it, a date that may be two days is refused.

    Raises
    ------
    InputError
        If the value is none of these, or names no single day; the message names it and the accepted forms.

    Examples
    --------
    >>> parse_date("Wed, Feb. 18th, 2026, 9:14 p.m. ET")
    datetime.date(2026, 2, 18)
    >>> parse_date("09/04/2031", day_first=True)
    datetime.date(2031, 4, 9)
    """
    try:
        if isinstance(value, dt.datetime):
            return dt.date(value.year, value.month, value.day)
        if isinstance(value, dt.date):
            return value
        if isinstance(value, str):
            return _from_string(" ".join(value[: 2 * _LONGEST].split()), day_first=day_first)
    except InputError:
        raise
    except (TypeError, ValueError, OverflowError) as error:  # pandas' NaT passes for a datetime, but has no year
        raise InputError(f"{clipped(repr(value))} is no date; accepted: {ACCEPTED}") from error
    raise InputError(f"{clipped(repr(value))} is no date; accepted: {ACCEPTED}")


def _from_string(text: str, *, day_first: bool | None) -> dt.date:
    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return dt.datetime.fromisoformat(text).date()
    if match := _COMPACT.fullmatch(text):
        return dt.date(*map(int, match.groups()))
    if len(text) > _LONGEST or not any(sign.isascii() and sign.isdigit() for sign in text):
        raise ValueError(text)
    if any(sign.isdigit() and not sign.isascii() for sign in text):
        raise ValueError(text)
    return _from_words(_plain(text), day_first=day_first)


def _plain(text: str) -> str:
    """Take out what the parser does not know, and nothing that a day depends on."""
    text = _IDEOGRAPHIC.sub(r"\1-\2-\3", text)
    text = _ZONE_SHIFT.sub(" ", _SIGNS.sub(" ", text))
    return _NUMBERED_DAY.sub(r"\1", _CLOCK.sub(r"\1:\2", text))


def _from_words(text: str, *, day_first: bool | None) -> dt.date:
    if _YEAR_FIRST.match(text):
        day_first = False
    elif _DOTTED.match(text):
        day_first = True
    orders = (True, False) if day_first is None else (day_first,)
    found = {_read(text, day_first=order) for order in orders}
    if len(found) > 1:
        raise InputError(f"{clipped(repr(text))} is {' or '.join(map(str, sorted(found)))}; {ORDER}")
    return found.pop()


def _read(text: str, *, day_first: bool) -> dt.date:
    read = (_parser().parse(text, default=day, dayfirst=day_first, ignoretz=True) for day in _DEFAULTS)
    first, second = (moment.date() for moment in read)
    if first != second:
        raise ValueError(text)
    return dt.date(first.year, first.month, first.day)


@derived
def _parser() -> parser:
    """Return dateutil's parser with the words of several languages, and without its look at the clock."""
    from dateutil.parser import parser, parserinfo

    words = load("reading")["dates"]

    class Info(parserinfo):  # type: ignore[misc] # it has no types
        MONTHS: ClassVar = [(*own, *_lower(more)) for own, more in zip(parserinfo.MONTHS, words["months"], strict=True)]
        WEEKDAYS: ClassVar = [
            (*own, *_lower(more)) for own, more in zip(parserinfo.WEEKDAYS, words["weekdays"], strict=True)
        ]
        JUMP: ClassVar = [*parserinfo.JUMP, *_lower(words["passed_over"])]

        def convertyear(self, year: int, century_specified: bool = False) -> int:  # noqa: FBT001, FBT002 - as overridden
            """Read a year of two digits without the clock."""
            if century_specified or year > 99:
                return year
            return year + (_CENTURY if year <= _LAST_SHORT_YEAR else _CENTURY - 100)

    return parser(Info())


def _lower(words: Any) -> list[str]:
    return [word.lower() for word in words]


@derived
def is_of_update() -> re.Pattern[str]:
    """Return the pattern of what says that the day behind it is another than that of publication."""
    return re.compile(rf"\b(?:{alternatives(load('reading')['dates']['updated'])})\b", re.IGNORECASE)
