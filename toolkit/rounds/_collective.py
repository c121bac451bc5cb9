"""Phrases that speak of several rounds together: "the two earlier rounds were held on May 16 and June 2".

Such a phrase is no round. Each day that it lists is one, numbered where the count and the order make its number plain;
where it lists none there is nothing to tell the rounds apart by, and it is left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.rounds._days import Days, days_of, joined, overlap, rank
from toolkit.rounds._places import places_in
from toolkit.rounds._status import BEFORE
from toolkit.rounds._when import When, listed_times

if TYPE_CHECKING:
    from toolkit.records import Span, TimeExpression
    from toolkit.rounds._clues import Clues
    from toolkit.rounds._reading import RoundInput

_Dated = list[tuple["Span", Days]]

_RANGE = re.compile(r"\s*(?:-|–|—|to|through|until)\s*")
_LIST = re.compile(r"(?:,|\s|\bor\b|\band\b|\bon\b|\bin\b|\bthen\b|\bagain\b)*")
_BETWEEN = re.compile(r"\bbetween\s+$")
_BEGAN = re.compile(r"\b(?:began|begun|started|opened|kicked off)\b")
_MORE = frozenset(["next", "new", "latest", "final"])
_SINGLE_HEADS = frozenset(["met", "talks"])


def apart(reading: RoundInput, clues: list[Clues]) -> list[Clues]:
    """Return the clues with one for each listed day in the place of a phrase that speaks of several rounds."""
    found: list[Clues] = []
    group: list[int] = []
    for clue in clues:
        dates = _listed(reading, clue)
        if len(dates) > 1 or (dates and _begins(reading, clue, dates)):
            numbers = _numbers(reading, clue, dates, clues)
            group = list(range(len(found), len(found) + len(dates)))
            found += _one_each(reading, clue, dates, numbers)
        else:
            if _counts(clue, [found[i] for i in group]):
                for number, i in enumerate(group, 1):
                    found[i] = _numbered(found[i], number)
            if not (clue.phrase.plural and clue.phrase.head == "round" and clue.days is None):
                found.append(clue)
    return found


def _listed(reading: RoundInput, clue: Clues) -> _Dated:
    """Return the days that a phrase lists, with the stretch of each: of several rounds, of talks, of a meeting."""
    phrase = clue.phrase
    if phrase.plural:
        return _grouped(reading, listed_times(reading, phrase), count=phrase.count)
    if phrase.head not in _SINGLE_HEADS:
        return []
    times = _plain_list(reading, listed_times(reading, phrase))
    return _grouped(reading, times) if times and times[0].start < clue.scope.right[1] else []


def _plain_list(reading: RoundInput, times: list[TimeExpression]) -> list[TimeExpression]:
    """Return the times up to the first that more than "and" or a comma parts from the one before."""
    kept = times[:1]
    for time in times[1:]:
        between = reading.text[kept[-1].end : time.start]
        if not (_LIST.fullmatch(between) or _RANGE.fullmatch(between)):
            break
        kept.append(time)
    return kept


def _grouped(reading: RoundInput, times: list[TimeExpression], *, count: int | None = None) -> _Dated:
    """Join the ends of a range ("Jan. 23-24") and days in a row; drop a period that holds a day of the list.

    Days in a row are left apart where there are as many of them as rounds are counted.
    """
    dated = [((time.start, time.end), days) for time in times if (days := days_of(time))]
    fine = [item for item in dated if not any(_holds(item[1], other) for _, other in dated)]
    groups: _Dated = []
    for span, days in fine:
        row = bool(groups) and len(fine) != count and _in_a_row(groups[-1][1], days)
        if groups and (row or _range(reading, groups[-1][0], span)):
            (start, _), before = groups[-1]
            groups[-1] = ((start, span[1]), joined(before, days))
        else:
            groups.append((span, days))
    return groups


def _range(reading: RoundInput, one: Span, other: Span) -> bool:
    """Tell whether two times are the ends of a span: "Jan. 23-24", "between 20 and 30 June"."""
    if _RANGE.fullmatch(reading.text, one[1], other[0]):
        return True
    ends = reading.text[one[1] : other[0]].strip() == "and"
    return ends and bool(_BETWEEN.search(reading.text, max(0, one[0] - 12), one[0]))


def _holds(coarse: Days, fine: Days) -> bool:
    return rank(coarse) > rank(fine) and bool(overlap(coarse, fine, slack=0))


def _in_a_row(one: Days, other: Days) -> bool:
    return rank(one) == rank(other) and one.precision == "day" and bool(overlap(one, other, slack=1))


def _begins(reading: RoundInput, clue: Clues, dates: _Dated) -> bool:
    """Tell whether the one day given is that on which a series began: the day of its first round."""
    (start, _), days = dates[0]
    if clue.phrase.head != "round" or not clue.phrase.plural or days.precision != "day":
        return False
    return bool(_BEGAN.search(reading.text, clue.phrase.end, start)) and clue.phrase.relation not in _MORE


def _numbers(reading: RoundInput, clue: Clues, dates: _Dated, clues: list[Clues]) -> list[int | None]:
    """Return the number of each listed round, all None where the words leave it open."""
    phrase, n = clue.phrase, len(dates)
    counted = list(range(1, n + 1))
    first_days = [days.known[0] for _, days in dates]
    if phrase.head != "round" or phrase.relation in _MORE or first_days != sorted(first_days):
        return [None] * n
    if _begins(reading, clue, dates) or phrase.relation == "opening":
        return [*counted]
    following = _number_after(dates, clues)
    if following is not None:
        plain = following == n + 1 and (phrase.count == n or phrase.relation == "previous")
        return [*counted] if plain else [None] * n
    return [*counted] if phrase.count == n and phrase.definite else [None] * n


def _number_after(dates: _Dated, clues: list[Clues]) -> int | None:
    """Return the number of the article's round that follows the listed ones, or None where it numbers none."""
    last = dates[-1][1]
    later = [
        clue.phrase.ordinal
        for clue in clues
        if clue.phrase.ordinal and clue.days and clue.days.dated == last.dated and clue.days.known[0] > last.known[1]
    ]
    return min(later, default=None)


def _counts(clue: Clues, group: list[Clues]) -> bool:
    """Tell whether a phrase counts the rounds last listed: "those three rounds", "the last of those three rounds"."""
    phrase = clue.phrase
    together = phrase.plural and clue.days is None and phrase.relation not in _MORE
    if phrase.head != "round" or not phrase.definite or not (together or phrase.implied):
        return False
    return bool(group) and phrase.count == len(group) and group[0].phrase.number is None


def _numbered(clue: Clues, number: int) -> Clues:
    return replace(clue, phrase=replace(clue.phrase, head="round", noun="round", implied=number))


def _one_each(reading: RoundInput, clue: Clues, dates: _Dated, numbers: list[int | None]) -> list[Clues]:
    """Return a clue for each listed day; a place said beside a day is its own, one said before it goes on."""
    found = []
    named = places_in(reading, (clue.phrase.end, reading.sentences[clue.phrase.sentence][1]))
    place, behind = clue.place, clue.phrase.end
    for (span, days), number in zip(dates, numbers, strict=True):
        place = _place_beside(reading, span, named, behind) or place
        behind = span[1]
        phrase = replace(
            clue.phrase, start=span[0], end=span[1], plural=False, count=None, relation=None, implied=number
        )
        found.append(
            replace(
                clue,
                phrase=phrase,
                when=When(days),
                length=None,
                place=place,
                status=clue.status if clue.status in BEFORE else "held",
                resumes=False,
                identifies=False,
                listed=True,
            )
        )
    return found


def _place_beside(reading: RoundInput, span: Span, named: list[tuple[Span, str]], behind: int) -> str | None:
    after = [name for (start, _), name in named if start > span[1] and not reading.text[span[1] : start].strip(" ,")]
    before = [name for (start, end), name in named if behind <= start and end <= span[0]]
    return after[0] if after else (before[-1] if before else None)
