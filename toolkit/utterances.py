"""The day on which each statement was made: as its sentence says, else the day of publication."""

from __future__ import annotations

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

    The day is that of the time expression nearest to the cue in the cue's sentence, outside all statements: "told
    reporters **on Tuesday**". A statement without one counts as made on the day of publication (``said_basis``
    "published"), unless it stands inside another: then its day is unknown, since it may be told of years later.

    Parameters
    ----------
    quotations : sequence of Quotation
    sentences : sequence of (int, int)
    times : sequence of TimeExpression
    published : datetime.date or None
        Day of publication; without it days are counted from it, as in the times.
    """
    contents = [span for quotation in quotations for span in quotation.spans]
    days = [time for time in times if _is_day(time) and not _inside(time, contents)]
    return [_dated(quotation, sentences, days, published) for quotation in quotations]


def _dated(
    quotation: Quotation, sentences: Sequence[Span], days: Sequence[TimeExpression], published: dt.date | None
) -> Quotation:
    cue = quotation.cue_span
    told = [time for time in days if cue and any(s <= cue[0] < e and s <= time.start < e for s, e in sentences)]
    if cue and told:
        nearest = min(told, key=lambda time: abs(time.start - cue[0]))
        return replace(quotation, said=nearest.first, said_offset=nearest.offset_first, said_basis="stated")
    if quotation.via is not None:
        return quotation
    return replace(quotation, said=published, said_offset=None if published else 0, said_basis="published")


def _is_day(time: TimeExpression) -> bool:
    known = time.first is not None or time.offset_first is not None
    return known and time.first == time.last and time.offset_first == time.offset_last


def _inside(time: TimeExpression, contents: Sequence[Span]) -> bool:
    return any(start <= time.start < end for start, end in contents)
