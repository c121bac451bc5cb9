"""The day of an utterance: inside a quotation "yesterday" counts from the day on which it was spoken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from toolkit.times import _calendar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from toolkit.records import Span
    from toolkit.times._context import Context, Reading
    from toolkit.times._grammar import Match
    from toolkit.times._tokens import Tokens

_NAMES_A_DAY = frozenset({"weekday", "month_day", "full_date", "deictic"})


def quotation_of(match: Match, tokens: Tokens, quoted: Sequence[Span]) -> Span | None:
    """Return the quotation that a match stands in; ``quoted`` is sorted."""
    at = tokens.starts[match.first]
    index = bisect_right(quoted, (at, len(tokens.text))) - 1
    return quoted[index] if index >= 0 and quoted[index][0] <= at < quoted[index][1] else None


def day_of_utterance(
    quotation: Span,
    matches: Sequence[Match],
    context: Context,
    quoted: Sequence[Span],
    read: Callable[[Match, Context], Reading | None],
) -> dt.date:
    """Day named nearest to a quotation in the sentences that it begins and ends in, else the publication day."""
    tokens = context.tokens
    first = bisect_right(tokens.starts, quotation[0] - 1)
    last = bisect_right(tokens.starts, quotation[1] - 1) - 1
    start, end = tokens.sentence_of(first)[0], tokens.sentence_of(max(first, last))[1]
    near = matches[bisect_left(matches, start, key=_first) : bisect_left(matches, end, key=_first)]
    outside = [m for m in near if m.reads in _NAMES_A_DAY and quotation_of(m, tokens, quoted) is None]
    for match in sorted(outside, key=lambda m: min(abs(m.first - last), abs(m.first - first))):
        reading = read(match, context)
        days = _calendar.period(reading.value) if reading else None
        if days and days[0] == days[1]:
            return days[0]
    return context.today


def _first(match: Match) -> int:
    return match.first
