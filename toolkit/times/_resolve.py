"""From matches to time expressions: each is read in its turn, since a later one may count from an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.records import TimeExpression
from toolkit.times import _ahead, _calendar, _filters, _lexicon, _offsets, _passages, _speech
from toolkit.times._context import Context, Question, Reading
from toolkit.times._edtf import edtf
from toolkit.times._grammar import find, grammar, longest, prefix
from toolkit.times._readers import read
from toolkit.times._tokens import tokenize

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from toolkit.records import Span
    from toolkit.times._grammar import Match
    from toolkit.times._tokens import Tokens

# Words between a time of day and the date that it belongs to.
_JOINTS = frozenset({(), (",",), ("on",), ("of",), ("of", "the"), ("the",), (",", "on")})
# Rules whose expressions take in a word before them, such as "late" or "around".
_WITH_PREFIX = frozenset(
    {"full_date", "month_year", "month_day", "month", "year", "decade", "century", "season", "quarter", "half"}
    | {"weekday", "deictic", "shifted", "carried", "holiday"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens and its reading; ``about`` where the text calls the date approximate."""

    first: int
    last: int
    reads: str
    reading: Reading
    about: bool = False


def find_times(
    text: str,
    *,
    article_id: str = "",
    published: dt.date | None = None,
    sentences: Sequence[Span] | None = None,
    quoted: Sequence[Span] = (),
    directions: Mapping[str, float] | None = None,
) -> list[TimeExpression]:
    """Find the time expressions of an article and resolve them.

    Parameters
    ----------
    text
        The article.
    article_id
        Written into every record.
    published
        Day of publication, from which "Tuesday" and "last week" count. Where it is None, full dates still resolve,
        and month and day within a passage whose year is told; what counts from the day of writing keeps an open
        value (``XXXX-WXX-2`` for "Tuesday"), no days, basis "unresolved", and the days from the publication day P
        where the text implies them: today 0, yesterday -1. For weekdays that follows news practice: the latest one
        told as past or present in the article's own voice is P. Of Tuesday and Wednesday, Tuesday is -1 and
        Wednesday 0. A future without end has a first day alone: 1 for "in the coming days", 0 for "soon".
    sentences
        Sentences as (start, end), if known; else the text is split at full stops.
    quoted
        Spans within quotation marks. There "today" and "yesterday" count from the day of the utterance where a
        sentence that the quotation begins or ends in names it, else from the publication day.
    directions
        What each sign weighs that a bare weekday, month or date lies ahead, as ``toolkit.model.train.directions``
        learns it; by default the packaged weights.

    Returns
    -------
    list of TimeExpression
        In the order of the text, not overlapping. ``value`` is a TIMEX3 value, ``edtf`` an EDTF string (None for
        durations, sets and what stays open), ``first`` and ``last`` the days covered. ``precision`` is one of time,
        day, week, month, season, quarter (half-years too), year, decade, century, vague, or None for durations and
        sets. ``basis`` is "stated" (a full date), "resolved" (against the publication date, a date told before or
        the year of the passage), "assumed" (where the direction or another choice is uncertain) or "unresolved".
    """
    weights = _ahead.packaged_weights() if directions is None else directions
    found, context, weekday_known = _read_text(text, published, sentences, sorted(quoted), weights)
    return [_record(item, context, article_id, weekday_known=weekday_known) for item in found]


def questions(text: str, published: dt.date, sentences: Sequence[Span] | None = None) -> list[Question]:
    """Return where the bare weekdays, months and dates of a text were asked to lie; parameters as `find_times`."""
    return _read_text(text, published, sentences, (), {})[1].asked


def _read_text(
    text: str,
    published: dt.date | None,
    sentences: Sequence[Span] | None,
    quoted: Sequence[Span],
    weights: Mapping[str, float],
) -> tuple[list[Found], Context, bool]:
    """Return what is found, the state of the reading, and whether the weekday of the publication day is known."""
    tokens = tokenize(text, sentences)
    codes = grammar().encode(tokens.words)
    matches = [match for match in longest(find(tokens, codes)) if _filters.plausible(match, tokens)]
    today, weekday_known = published, True
    if today is None:
        own = [match for match in matches if _speech.quotation_of(match, tokens, quoted) is None]
        today, weekday_known = _offsets.stand_in(own, tokens)
    context = Context(tokens, today, published is not None, _passages.narrative(matches), today, weights)
    return _joined(_read_all(matches, context, codes, quoted), tokens), context, weekday_known


def _read_all(matches: Sequence[Match], context: Context, codes: str, quoted: Sequence[Span]) -> list[Found]:
    found: list[Found] = []
    named = _speech.days_named(matches, context.tokens, quoted)
    for match in matches:
        _passages.enter(context, match)
        quotation = _speech.quotation_of(match, context.tokens, quoted)
        context.speaking = context.today
        if quotation and match.reads == "deictic":
            context.speaking = _speech.day_of_utterance(quotation, named, context, read)
        reading = read(match, context)
        if reading is None:
            continue
        context.tell(reading)
        if quotation is None:
            _passages.follow(context, match, reading)
        floor = found[-1].last if found else 0
        found.append(_widened(Found(match.first, match.last, match.reads, reading), context.tokens, codes, floor))
    return found


def _widened(item: Found, tokens: Tokens, codes: str, floor: int) -> Found:
    """Take in what stands before a date and belongs to it, such as "late in" or "around"."""
    widening = prefix(tokens, codes, item.first, floor=floor) if item.reads in _WITH_PREFIX else None
    if widening is None:
        return item
    name, first, word = widening
    words = _lexicon.tables()["words"]
    share = next((words[part][word] for part in ("part", "part_noun", "part_half") if word in words[part]), None)
    reading = replace(item.reading, share=tuple(share)) if share else item.reading
    return replace(item, first=first, reading=reading, about=name == "about")


def _joined(found: Sequence[Found], tokens: Tokens) -> list[Found]:
    """Put a time of day together with the date after it: "10 p.m. Wednesday", "the morning of April 19"."""
    kept: list[Found] = []
    for item in found:
        joined = _join(kept[-1], item, tokens) if kept else None
        if joined:
            kept[-1] = joined
        else:
            kept.append(item)
    # A part of the day is only looked for where a date follows, but the date may turn out to be none.
    return [item for item in kept if item.reads != "daypart"]


def _join(before: Found, item: Found, tokens: Tokens) -> Found | None:
    gap = tuple(word.casefold() for word in tokens.words[before.last : item.first])
    days = _calendar.period(item.reading.value)
    if before.reads not in ("clock", "daypart") or gap not in _JOINTS or days is None:
        return None
    if item.reading.type != "DATE" or days[2] != "day":
        return None
    time = "T" + before.reading.value.partition("T")[2]
    opened = (item.reading.open_value or item.reading.value) + time
    return Found(
        before.first,
        item.last,
        item.reads,
        replace(item.reading, type="TIME", value=item.reading.value + time, open_value=opened),
    )


def _record(item: Found, context: Context, article_id: str, *, weekday_known: bool) -> TimeExpression:
    reading, tokens = item.reading, context.tokens
    start, end = tokens.starts[item.first], tokens.ends[item.last - 1]
    record = TimeExpression(
        article_id, start, end, tokens.text[start:end], reading.type, reading.value, basis=reading.basis
    )
    if reading.type in ("DURATION", "SET"):
        return record
    days = _calendar.period(reading.value)
    if days is None:
        since = None if context.known else reading.since
        return replace(record, precision=_precision(reading.value), offset_first=since)
    # "Late Tuesday" is the whole of that day here, as days are the finest that the record holds.
    share = reading.share if days[0] < days[1] else None
    first, last = _calendar.part_of(days[0], days[1], share) if share else days[:2]
    if context.known or reading.anchor == "none":
        written = edtf(reading.value, days, share=share, about=item.about)
        return replace(record, edtf=written, first=first, last=last, precision=days[2])
    return replace(
        record,
        value=reading.open_value,
        offset_first=_offsets.offset(first, context.today, reading, weekday_known=weekday_known),
        offset_last=_offsets.offset(last, context.today, reading, weekday_known=weekday_known),
        precision=days[2],
        basis="unresolved",
    )


def _precision(value: str) -> str:
    """Precision of a value that names no days, such as ``PAST_REF``, ``XXXX-XX-XX`` or ``BC0490``."""
    if value.startswith("BC"):
        return "year" if len(value) == len("BC0490") else "century"
    if "T" in value and "_" not in value:
        return "time"
    return {10: "day", 8: "week", 7: "month", 4: "year"}.get(len(value), "vague") if "X" in value else "vague"
