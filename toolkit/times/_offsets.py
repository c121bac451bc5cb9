"""Days counted from a publication day that is not known.

News practice: the latest weekday that a report tells in its own voice as past or present is the day it was published,
and the others count back or forward from it. A report that dates by "today" or "yesterday" keeps weekdays for other
days, and so does not tell its own.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.times import _lexicon
from toolkit.times._context import STAND_IN
from toolkit.times._direction import direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.times._context import Reading
    from toolkit.times._grammar import Match
    from toolkit.times._tokens import Tokens

_OWN_DAY = frozenset({"today", "yesterday", "tomorrow"})


def stand_in(matches: Sequence[Match], tokens: Tokens) -> tuple[dt.date, bool]:
    """Return a day to read the text from, and whether its weekday is that of the publication day.

    Parameters
    ----------
    matches
        Those of the article's own voice, outside quotations.
    tokens
        The text.
    """
    if any(match.groups.get("deictic") in _OWN_DAY for match in matches):
        return STAND_IN, False
    told = [match for match in matches if match.reads == "weekday" and not match.groups.keys() & {"shift", "carry"}]
    days = [_weekday(match) for match in told if direction(tokens, match.first, match.last) <= 0]
    if not days:
        return STAND_IN, False
    return STAND_IN + dt.timedelta(latest(days) - 1), True


def _weekday(match: Match) -> int:
    return int(_lexicon.value("weekday", match.groups["weekday"]))


def latest(days: Sequence[int]) -> int:
    """Return the weekday (1 to 7) from which the others reach back the least; of equals the one told last.

    Examples
    --------
    >>> latest([2, 3]), latest([5, 1]), latest([7])
    (3, 1, 7)
    """
    told_last_first = dict.fromkeys(reversed(days))
    return min(told_last_first, key=lambda day: max((day - other) % 7 for other in told_last_first))


def offset(day: dt.date, today: dt.date, reading: Reading, *, weekday_known: bool) -> int | None:
    """Days from the publication day to a day that a reading names; None where the text does not imply them."""
    if reading.anchor == "day" or (reading.anchor == "weekday" and weekday_known):
        return (day - today).days
    return None
