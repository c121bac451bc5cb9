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

# So many named days on either side are tried.
_TRIES = 3
_NAMES_A_DAY = frozenset({"weekday", "month_day", "full_date", "deictic"})


def quotation_of(match: Match, tokens: Tokens, quoted: Sequence[Span]) -> Span | None:
    """Return the quotation that a match stands in; ``quoted`` is sorted."""
    at = tokens.starts[match.first]
    index = bisect_right(quoted, (at, len(tokens.text))) - 1
    return quoted[index] if index >= 0 and quoted[index][0] <= at < quoted[index][1] else None


def days_named(matches: Sequence[Match], tokens: Tokens, quoted: Sequence[Span]) -> list[Match]:
    """Return the matches outside quotations that may name the day of an utterance, in the order of the text."""
    return [match for match in matches if match.reads in _NAMES_A_DAY and quotation_of(match, tokens, quoted) is None]


def day_of_utterance(
    quotation: Span,
    named: Sequence[Match],
    context: Context,
    read: Callable[[Match, Context], Reading | None],
) -> dt.date:
    """Day named nearest to a quotation in the sentences that it begins and ends in, else the publication day."""
    tokens = context.tokens
    first = bisect_right(tokens.starts, quotation[0] - 1)
    last = max(first, bisect_right(tokens.starts, quotation[1] - 1) - 1)
    start, end = tokens.sentence_of(first)[0], tokens.sentence_of(last)[1]
    at = bisect_left(named, first, key=_first)
    near = named[max(0, at - _TRIES) : at + _TRIES]
    inside = [match for match in near if start <= match.first < end]
    for match in sorted(inside, key=lambda m: min(abs(m.first - last), abs(m.first - first))):
        reading = read(match, context)
        days = _calendar.period(reading.value) if reading else None
        if days and days[0] == days[1]:
            return days[0]
    return context.today


def _first(match: Match) -> int:
    return match.first
