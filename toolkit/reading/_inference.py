"""The day of publication as an article itself tells it: in its address, its dateline, or a line of its own.

Only full dates count, with the year: a dateline such as "KYIV, Feb 5 (Reuters)" leaves the day unknown. A day behind
"updated" is another than that of publication.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.reading._dates import is_of_update, parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from toolkit.articles._article import PublishedBasis

_DATE = r"(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}, [0-9]{4}|[0-9]{1,2} [A-Z][a-z]{2,8},? [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_PLACE = r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w.]{1,20})?"
_IN_ADDRESS = re.compile(r"[/=]((?:19|20)[0-9]{2})[/-]([0-9]{1,2})[/-]([0-9]{1,2})(?![0-9])")
_DATELINE = re.compile(rf"{_PLACE},? {_WEEKDAY}({_DATE}) ?(?:\(|--|[—–-])")
OWN_LINE_DATELINE = re.compile(
    rf"{_PLACE}(?:,? {_WEEKDAY}(?:{_DATE}|[A-Z][a-z]{{2,8}}\.? [0-9]{{1,2}}))? ?(?:\([\w ]{{2,30}}\))? ?(?:--|[—–-])?"
)
"""A dateline on a line of its own, with or without a day."""
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}|[0-9]-[A-Z][a-z]{2}-[0-9]{2}|年")
_STROKE = re.compile(r" *[|•·/] *| +[—–-] +")
_OPENING_LINES, LONGEST_LINE = 6, 200


def inferred_date(text: str, body_start: int, url: str | None) -> tuple[dt.date, PublishedBasis] | None:
    """Return the day of publication that an article tells, and where it stands; None where it does not say.

    Parameters
    ----------
    text : str
        The whole text.
    body_start : int
        Where the article proper begins: what stands before it is looked at too.
    url : str or None
        Its address, read and never opened.

    Examples
    --------
    >>> inferred_date("VIENNA, Feb. 5, 2031 (Courier) - Talks resume.", 0, None)
    (datetime.date(2031, 2, 5), 'dateline')
    """
    return next(_found(_opening(text[:body_start]) + _opening(text[body_start:]), url or ""), None)


def _opening(text: str) -> list[str]:
    return [line.strip() for line in text[:4000].splitlines() if line.strip()][:_OPENING_LINES]


def _found(lines: list[str], url: str) -> Iterator[tuple[dt.date, PublishedBasis]]:
    for line in lines:
        if match := _DATELINE.match(line[:LONGEST_LINE]):
            yield from ((day, "dateline") for day in _days(match.group(1)))
    for match in _IN_ADDRESS.finditer(url[:2000]):
        year, month, day = match.groups()
        yield from ((found, "url") for found in _days(f"{year}-{month:0>2}-{day:0>2}"))
    for line in lines:
        if found := day_of_line(line):
            yield found, "text"


def day_of_line(line: str) -> dt.date | None:
    """Return the day of publication that a line of its own gives, alone or beside a byline; else None."""
    if len(line) > LONGEST_LINE or not _YEAR.search(line):
        return None
    # What stands behind "updated" is of another day, up to the end of the line.
    told = is_of_update().split(line)[0]
    parts = [told, *_STROKE.split(told)]
    return next((day for part in parts if part.strip() for day in _days(part.strip(" :,;."))), None)


def is_update_line(line: str) -> bool:
    """Whether a line begins by saying when the article was changed."""
    return bool(is_of_update().match(line)) and any(sign.isdigit() for sign in line)


def _days(words: str) -> Iterator[dt.date]:
    with suppress(InputError):
        yield parse_date(words)
