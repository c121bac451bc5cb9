"""The day of publication as an article itself tells it: in its address, its dateline, or a line of its own.

Only full dates count, with the year: a dateline such as "KYIV, Feb 5 (Reuters)" leaves the day unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.articles._dates import parse_date
from toolkit.errors import InputError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from toolkit.articles._article import PublishedBasis

_DATE = r"(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}, [0-9]{4}|[0-9]{1,2} [A-Z][a-z]{2,8},? [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_IN_ADDRESS = re.compile(r"[/=]((?:19|20)[0-9]{2})[/-]([0-9]{1,2})[/-]([0-9]{1,2})(?![0-9])")
_DATELINE = re.compile(rf"[A-Z][A-Z .'’-]{{2,30}}(?:, [A-Z][\w.]{{1,20}})?,? {_WEEKDAY}({_DATE}) ?(?:\(|--|[—–-])")
_OWN_LINE = re.compile(
    rf"(?:(?:first )?(?:published|posted|updated|last updated|date)(?: on| at)?:? )?{_WEEKDAY}({_DATE})[^\w\n]{{0,3}}",
    re.IGNORECASE,
)
_OPENING_LINES, _LONGEST_LINE = 6, 200


def inferred_date(text: str, url: str | None) -> tuple[dt.date, PublishedBasis] | None:
    """Return the day of publication that an article tells, and where it stands; None where it does not say.

    Parameters
    ----------
    text : str
        The article proper, without a file's header.
    url : str or None
        Its address, read and never opened.

    Examples
    --------
    >>> inferred_date("VIENNA, Feb. 5, 2031 (Courier) - Talks resume.", None)
    (datetime.date(2031, 2, 5), 'dateline')
    """
    return next(_found(text, url or ""), None)


def _found(text: str, url: str) -> Iterator[tuple[dt.date, PublishedBasis]]:
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()][:_OPENING_LINES]
    for line in lines:
        if match := _DATELINE.match(line[:_LONGEST_LINE]):
            yield from ((day, "dateline") for day in _days(match.group(1)))
    for match in _IN_ADDRESS.finditer(url[:2000]):
        year, month, day = match.groups()
        yield from ((found, "url") for found in _days(f"{year}-{month:0>2}-{day:0>2}"))
    for line in lines:
        if len(line) <= _LONGEST_LINE and (match := _OWN_LINE.fullmatch(line)):
            yield from ((day, "text") for day in _days(match.group(1)))


def _days(words: str) -> Iterator[dt.date]:
    try:
        yield parse_date(words)
    except InputError:
        return
