"""The day on which each statement was made: as its sentence says, else the day of publication."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from toolkit.records import Quotation, Span, TimeExpression


def date_statements(
    quotations: Sequence[Quotation],
    *,
    sentences: Sequence[Span],
    times: Sequence[TimeExpression],
    published: dt.date | None,
) -> list[Quotation]:
    """Return the quotations of one article with the day on which each was made.

    The day is that of the time expression nearest to the cue in the cue's sentence, in the same voice as the cue and
    not after publication: "told reporters **on Tuesday**". A statement without one counts as made on the day of
    publication (``said_basis`` "published"), unless it stands inside another: then its day is unknown, since it may
    be told of years later.

    Parameters
    ----------
    quotations : sequence of Quotation
    sentences : sequence of (int, int)
        In order.
    times : sequence of TimeExpression
    published : datetime.date or None
        Day of publication; without it days are counted from it, as in the times.
    """
    days = [time for time in times if _is_day(time) and not _is_later(time, published)]
    return [_dated(quotation, _told(quotation, quotations, sentences, days), published) for quotation in quotations]


def _dated(quotation: Quotation, told: TimeExpression | None, published: dt.date | None) -> Quotation:
    if told is not None:
        return replace(quotation, said=told.first, said_offset=told.offset_first, said_basis="stated")
    if quotation.via is not None:
        return quotation
    return replace(quotation, said=published, said_offset=None if published else 0, said_basis="published")


def _told(
    quotation: Quotation, quotations: Sequence[Quotation], sentences: Sequence[Span], days: Sequence[TimeExpression]
) -> TimeExpression | None:
    """Return the day told beside the cue; of two as near the one behind it, as in "on Monday, said on Tuesday"."""
    if quotation.cue_span is None:
        return None
    cue = quotation.cue_span[0]
    number = bisect_right(sentences, cue, key=lambda sentence: sentence[0]) - 1
    start, end = sentences[number] if number >= 0 else (0, 0)
    near = [time for time in days if start <= time.start < end] if cue < end else []
    told = (
        time for time in near if _voice(time.start, quotations) == _voice(cue, quotations) - {quotation.quotation_id}
    )
    return min(told, key=lambda time: (abs(time.start - cue), time.start < cue), default=None)


def _voice(place: int, quotations: Sequence[Quotation]) -> set[str]:
    """Return the ids of the statements around a place, in which the words of two voices differ."""
    return {q.quotation_id for q in quotations if any(start <= place < end for start, end in q.spans)}


def _is_day(time: TimeExpression) -> bool:
    known = time.first is not None or time.offset_first is not None
    return known and time.first == time.last and time.offset_first == time.offset_last


def _is_later(time: TimeExpression, published: dt.date | None) -> bool:
    """Tell whether a day comes after publication: nothing was said on it yet."""
    if published is not None and time.first is not None:
        return time.first > published
    return time.offset_first is not None and time.offset_first > 0
