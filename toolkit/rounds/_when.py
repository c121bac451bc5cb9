"""Which time expressions date an encounter, and which bound of it each one gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.rounds._days import Days, bounded, days_of, joined, lasting, later_year, set_to
from toolkit.rounds._lexicon import goes_on, pattern, plain, statuses, talks
from toolkit.rounds._reading import tokenize

if TYPE_CHECKING:
    from toolkit.records import RoundStatus, Span, TimeExpression
    from toolkit.rounds._detect import Phrase
    from toolkit.rounds._reading import RoundInput
    from toolkit.rounds._scope import Scope

_DATE_TYPES = frozenset(["DATE", "TIME"])
_REPORTING = frozenset(["said", "says", "told", "tweeted", "wrote", "announced", "reported"])
_PUBLISHED_IN = re.compile(
    r"\bin an? (?:[\w-]+ )?(?:tweet|statement|post|speech|letter|interview)\s+(?:early |late )?(?:on )?$"
)
_NEWS = re.compile(r"\b(?:comes?|came|coming)\b")
_AT = re.compile(r",?\s+(?:at|during)\s+")
_AT_START = re.compile(r"\W*(?:(?:[Oo]n|[Ii]n|[Bb]oth)\s+)?")
_CLOCK = re.compile(r"\d[\d:.]*\s*(?:[ap]\.?m|gmt|hrs|hours|o'clock|noon|et\b)", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:urged|asked|demanded|called|calls|wants|wanted|invited|offered|proposed|pressed)\b")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)
_DEADLINE = re.compile(r"\s+(?:[\w.]+\s+){0,2}deadline\b")
_PERIOD = re.compile(r"P(\d{1,3})([DW])")
_ADJACENT = 1
_PARTICIPLE = re.compile(r"\b[a-z]{3,}ed\b")
_FARTHEST = 14
_NEAR = 12
_NEARBY = 60
_LEAD = 3
_LENGTHS = frozenset(["days", "weeks", "hours", "months"])
_LONG = re.compile(r"\b(?:hours|days|weeks|months|years|decades) of\s+$")
_GIVEN_UP = frozenset(["collapsed", "postponed"])
_RESULT = re.compile(
    r"\b(?:agreed|agree|signed|reached|struck|adopted|endorsed|initialled|settled|sealed|approved|clinched)\b[^.;]{0,40}$"
)
_ASIDES = frozenset(["eve", "ahead"])
_WEEK = 7
_YEAR = 366


@dataclass(frozen=True, slots=True)
class When:
    """The days a clause gives, and whether it tells of one more day."""

    days: Days | None = None
    continued: bool = False


def when_of(
    reading: RoundInput, phrase: Phrase, scope: Scope, *, length: int | None, status: RoundStatus | None
) -> When:
    """Return what the times of a clause say of the encounter that a phrase speaks of."""
    when = When()
    for time, bound in _governed(reading, phrase, scope, status):
        days = days_of(time)
        if days is None or bound in {"arrival", "original"}:
            continue
        days = bounded(_ahead(reading, days, phrase, status), bound)
        when = When(joined(when.days, days) if when.days else days, when.continued or bound == "continued")
    days = when.days or _counted_from(reading, scope) or _deadline(reading, phrase, status)
    if days is None and status not in _GIVEN_UP:
        days = _day_of_outcome(reading, phrase, scope)
    return replace(when, days=lasting(days, length) if days and length else days)


def listed_times(reading: RoundInput, phrase: Phrase) -> list[TimeExpression]:
    """Return the times that a phrase of several rounds lists, behind it or, where none is there, before it."""
    start, end = reading.sentences[phrase.sentence]
    found: list[TimeExpression] = []
    at = phrase.end
    for time in _dates(reading, (phrase.end, end)):
        between = reading.text[at : time.start]
        told = {match.group().lower() for match in _PARTICIPLE.finditer(between)}
        if len(between.split()) > _FARTHEST or ";" in between or not all(_of_talks(word) for word in told):
            break
        if not _reported(reading, time):
            found.append(time)
        at = time.end
    if found or phrase.head == "met":
        return found
    before = _dates(reading, (start, phrase.start))
    return before if before and _AT_START.fullmatch(reading.text, start, before[0].start) else []


def _governed(
    reading: RoundInput, phrase: Phrase, scope: Scope, status: RoundStatus | None
) -> list[tuple[TimeExpression, str]]:
    """Return the times that date the phrase with the bound each gives; those behind it and in it come first."""
    behind = _dates(reading, (phrase.start, scope.right[1]))
    behind = [time for time in behind if not _reported(reading, time) and _follows(reading, phrase, scope, time)]
    found = [(time, _bound(reading, phrase, scope, time)) for time in behind]
    if found or status == "proposed":
        return found
    before = [time for time in _dates(reading, scope.left) if _leads_to(reading, time, phrase)]
    before = before or [
        time for time in _dates(reading, (phrase.start - _NEARBY, phrase.start)) if _at(reading, time, phrase)
    ]
    if not before and scope.lead is not None and _acts(reading, phrase, scope.span):
        before = _dates(reading, scope.lead)[-1:] if scope.opener not in {"before", "after"} else []
    if scope.opener != "as":
        before = [time for time in before if not _reported(reading, time)]
    return [(time, _bound(reading, phrase, scope, time)) for time in before]


def _follows(reading: RoundInput, phrase: Phrase, scope: Scope, time: TimeExpression) -> bool:
    """Tell whether a time behind a phrase is near enough, with no other meeting told of in between."""
    if time.start < phrase.end:
        return True
    between = reading.text[phrase.end : time.start]
    if scope.opener in _ASIDES and "," in between:
        return False
    if len(between.split()) > _FARTHEST or pattern("meet_verbs").search(between):
        return False
    told = {match.group().lower() for match in _PARTICIPLE.finditer(between)}
    return all(_of_talks(word) for word in told)


def _of_talks(word: str) -> bool:
    """Tell whether a past participle speaks of the talks ("scheduled", "hosted") rather than of something else."""
    if plain(word) in statuses()[1] or word in talks("mediator_words"):
        return True
    return word in goes_on()


def _dates(reading: RoundInput, span: Span) -> list[TimeExpression]:
    times = [time for time in reading.times_in(span) if time.type in _DATE_TYPES]
    return [time for time in times if not _CLOCK.match(time.text)]


def _leads_to(reading: RoundInput, time: TimeExpression, phrase: Phrase) -> bool:
    """Tell whether a time before a phrase dates it: next to it, or beside a verb of holding talks."""
    between = reading.text[time.end : phrase.start]
    if _ASKING.search(between):
        return False
    verb = (max(time.start - _NEAR, 0), time.start)
    return (
        len(between.split()) <= _ADJACENT
        or _acts(reading, phrase, (time.end, phrase.start))
        or bool(pattern("meet_verbs").search(reading.text, *verb))
    )


def _at(reading: RoundInput, time: TimeExpression, phrase: Phrase) -> bool:
    """Tell whether a time and "at" stand right before a phrase: "on Monday, at a second round of talks"."""
    return bool(_AT.fullmatch(reading.text, time.end, phrase.start))


def _acts(reading: RoundInput, phrase: Phrase, span: Span) -> bool:
    """Tell whether a stretch holds a verb of holding, beginning or ending talks."""
    if phrase.head == "met":
        return True
    cues, meaning = statuses()
    told = [match for match in cues.finditer(reading.text, *span) if meaning[plain(match.group())]]
    return bool(told) or bool(pattern("meet_verbs").search(reading.text, *span))


def _bound(reading: RoundInput, phrase: Phrase, scope: Scope, time: TimeExpression) -> str:
    """Return which bound of the encounter a time gives: "at" both, or "first", "last", "continued"; or none.

    "arrival" is the day envoys came, "original" one that was given up.
    """
    if phrase.start <= time.start < phrase.end:
        return "at"
    start = min(scope.left[0], time.start)
    before = (max(start, time.start - 70), time.start)
    if pattern("bounds", "original").search(reading.text, *before):
        return "original"
    kinds = ("first", "last", "continued", "arrival")
    ends = [(match.end(), kind) for kind in kinds for match in pattern("bounds", kind).finditer(reading.text, *before)]
    if ends:
        return max(ends)[1]
    if time.start < phrase.start:
        between = (time.end, phrase.start)
        return next((kind for kind in kinds if pattern("bounds", kind).search(reading.text, *between)), "at")
    return "at"


def _reported(reading: RoundInput, time: TimeExpression) -> bool:
    """Tell whether a time belongs to a verb of reporting just before it: "said Tuesday", "told reporters on Monday"."""
    before = [token.lower for token in tokenize(reading.text, (max(0, time.start - 40), time.start))][-4:]
    if _PUBLISHED_IN.search(reading.text[max(0, time.start - 50) : time.start]):
        return reading.text[time.end : time.end + 4] != " as "
    return bool(_REPORTING & set(before))


def _ahead(reading: RoundInput, days: Days, phrase: Phrase, status: RoundStatus | None) -> Days:
    """Move a bare weekday or month that lies before publication ahead by a week or a year, where talks are to come."""
    coming = status == "planned" or (phrase.head == "met" and phrase.noun in {"meet", "meets", "meet again"})
    if not coming or not days.dated or reading.published is None or days.first is None or days.last is None:
        return days
    late = reading.published.toordinal() - days.last
    if days.precision == "month" and days.basis != "stated" and 0 < late < _YEAR:
        return later_year(days)
    if _WEEKDAY.fullmatch(days.text.strip()) and 0 < late < _WEEK:
        return set_to(days, days.first + _WEEK, days.last + _WEEK)
    return days


def _counted_from(reading: RoundInput, scope: Scope) -> Days | None:
    """Read "the news comes two days before <the talks>" as counted from publication."""
    if scope.opener not in {"before", "after"} or scope.lead is None:
        return None
    if not _NEWS.search(reading.text, *scope.lead):
        return None
    for time in reading.times_in(scope.lead):
        match = _PERIOD.fullmatch(time.value)
        if match and not reading.text[time.end : scope.lead[1]].strip():
            length = int(match.group(1)) * (_WEEK if match.group(2) == "W" else 1)
            day = length if scope.opener == "before" else -length
            today = reading.published.toordinal() if reading.published else 0
            return Days(
                reading.published is not None,
                today + day,
                today + day,
                basis="assumed",
                text=f"{time.text} {scope.opener}",
            )
    return None


def _deadline(reading: RoundInput, phrase: Phrase, status: RoundStatus | None) -> Days | None:
    """Return the deadline by which talks that broke off had to end."""
    if status != "collapsed":
        return None
    for time in _dates(reading, (phrase.end, reading.sentences[phrase.sentence][1])):
        days = days_of(time)
        if days and _DEADLINE.match(reading.text, time.end):
            return bounded(days, "last")
    return None


def _day_of_outcome(reading: RoundInput, phrase: Phrase, scope: Scope) -> Days | None:
    """Return the day on which the article's opening says that talks had a result: "agreed on Friday after talks"."""
    start = reading.sentences[phrase.sentence][0]
    long = phrase.noun in _LENGTHS or _LONG.search(reading.text, start, phrase.start)
    if scope.opener != "after" or phrase.sentence >= _LEAD or long or phrase.relation in {"previous", "next"}:
        return None
    for time in _dates(reading, (start, scope.left[0])):
        days = days_of(time)
        if (
            days
            and days.precision == "day"
            and _RESULT.search(reading.text, max(start, time.start - _NEARBY), time.start)
        ):
            return replace(days, basis="assumed")
    return None
