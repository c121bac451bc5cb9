"""What the words around a phrase of talks say of it, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.rounds._lexicon import pattern, talks
from toolkit.rounds._parties import sides_in
from toolkit.rounds._places import find_place, find_venue
from toolkit.rounds._roles import days_told, place_told, round_status_told, sides_told
from toolkit.rounds._scope import Scope, scope_of
from toolkit.rounds._status import cue_of
from toolkit.rounds._tracks import format_of
from toolkit.rounds._when import When, when_of

if TYPE_CHECKING:
    from toolkit.records import RoundStatus
    from toolkit.rounds._days import Days
    from toolkit.rounds._detect import Phrase
    from toolkit.rounds._reading import RoundInput

_LENGTH = re.compile(r"(?<![\w-])(\d{1,2}|[a-z]+)[\s-]+(day|week)s?(?:['’])?(?![\w-])", re.IGNORECASE)
_LASTED = re.compile(
    r"(?:(?:more|less|fewer) than |over |under |nearly |almost |about |around |some |just )?"
    r"(?:\d[\d.,]*|an?|half an|[a-z]+(?: and a half)?)[\s-](?:minute|hour|day|week|month)s?(?![\w-])",
    re.IGNORECASE,
)
_LASTS = re.compile(
    r"\b(?:lasted|lasts?|lasting|ran for|went on for|took|over in)\b"
    r"|^\s+of\b(?= (?:about|over|nearly|almost|some|more|\w+ hours))"
)
_HOURS_OF = re.compile(r"\b((?:more than |nearly |about |some )?[\w-]+ (?:hours|days|weeks|months)) of\s*$")
_IT_WAS = re.compile(r"\b(?:[Ii]t|[Tt]his|[Tt]hat) (?:was|is|were|will be)\s*$")
_BESIDE = re.compile(r"(?:\s+(?:in|for|between|on)\s[\w .-]{0,50})?,\s*")
_INDEFINITE = re.compile(r"an?\s", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|between)\s")
_REACH = 60
_LEAD_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Clues:
    """A phrase with what is said of it in its own clause.

    ``sides`` are the parties named there, ``told`` is the number of the reader's phrase over it; ``leading`` tells that
    the phrase stands in the article's opening, in a sentence about negotiating, ``identifies`` that it says what was
    just told of: "It was the third round of talks", and ``listed`` that it is one of several rounds told of together.
    ``form`` is the format its words name.
    """

    phrase: Phrase
    scope: Scope
    when: When
    length: int | None = None
    duration: str | None = None
    place: str | None = None
    venue: str | None = None
    status: RoundStatus | None = None
    resumes: bool = False
    sides: tuple[str, ...] = ()
    told: int | None = None
    leading: bool = False
    identifies: bool = False
    listed: bool = False
    form: str | None = None

    @property
    def days(self) -> Days | None:
        """The days the clause gives."""
        return self.when.days

    @property
    def continued(self) -> bool:
        """Tell whether the talks are said to go on to one more day."""
        return self.when.continued

    @property
    def concrete(self) -> bool:
        """Tell whether the phrase pins its encounter to a number, a day or a place."""
        return bool(self.phrase.ordinal or self.days or self.place)


def clues_of(reading: RoundInput, phrase: Phrase, others: list[Phrase]) -> Clues:
    """Return what the clause around a phrase says of the encounter."""
    scope = scope_of(reading, phrase, others)
    length, duration = _length(reading, phrase, scope)
    cue = cue_of(reading, phrase, scope)
    # Of the rounds of a series rules know more: by number and place among the others.
    told = None if phrase.head == "round" else reading.told.over(phrase.span)
    own = told is not None and reading.told.span(told) == phrase.span
    status = cue.status
    if told is not None and (own or status is None):
        status = round_status_told(reading, [told]) or status
    when = when_of(reading, phrase, scope, length=length, status=status)
    place = find_place(reading, phrase, scope)
    sides = tuple(sides_in(reading, scope.span))
    if told is not None:
        # What rules find they find for sure; where they know no phrase, what lies near may be of another event.
        days = days_told(reading, [told])
        when = When(days) if days and (own or when.days is None) else when
        place = (place_told(reading, [told]) or place) if own else (place or place_told(reading, [told]))
        sides = sides_told(reading, [told])
    return Clues(
        phrase=phrase,
        scope=scope,
        when=when,
        length=length,
        duration=duration,
        place=place,
        venue=find_venue(reading, scope),
        status=status,
        resumes=cue.resumes,
        sides=sides,
        told=told,
        identifies=_identifies(reading, phrase, scope, others),
        form=format_of(phrase.modifiers) or _level(reading, phrase, scope),
        leading=phrase.sentence < _LEAD_SENTENCES and _about_negotiating(reading, phrase.sentence),
    )


def _identifies(reading: RoundInput, phrase: Phrase, scope: Scope, others: list[Phrase]) -> bool:
    """Tell whether a phrase says what was just told of: after "it was", or set beside another by a comma."""
    if _IT_WAS.search(reading.text[scope.left[0] : phrase.start]):
        return True
    before = max((other.end for other in others if other.end <= phrase.start), default=None)
    beside = before is not None and _BESIDE.fullmatch(reading.text, before, phrase.start)
    return bool(beside and _INDEFINITE.match(reading.text, phrase.start))


def _level(reading: RoundInput, phrase: Phrase, scope: Scope) -> str | None:
    """Return the level that those who meet give: "their foreign ministers met", "a meeting of the two presidents"."""
    near = (max(scope.left[0], phrase.start - _REACH), phrase.start)
    if phrase.head == "meeting":
        near = (phrase.end, min(scope.right[1], phrase.end + _REACH)) if _OF.match(reading.text, phrase.end) else near
    if phrase.head not in {"met", "meeting"} or (phrase.head == "meeting" and near[1] == phrase.start):
        return None
    return next((name for name in talks("levels") if pattern("levels", name).search(reading.text, *near)), None)


def _about_negotiating(reading: RoundInput, sentence: int) -> bool:
    return bool(pattern("negotiating", "words").search(reading.text, *reading.sentences[sentence]))


def _length(reading: RoundInput, phrase: Phrase, scope: Scope) -> tuple[int | None, str | None]:
    """Return the length in days and the words that give it: "two-day talks", "a week of talks", "lasted four hours"."""
    own = _LENGTH.search(reading.text, phrase.start, phrase.end)
    if own and (number := _number(own.group(1))):
        return number * (7 if own.group(2).lower() == "week" else 1), own.group().strip()
    behind = reading.text[scope.right[0] : scope.right[1]]
    lasts = _LASTS.search(behind)
    said = _LASTED.search(behind, lasts.end(), lasts.end() + 60) if lasts else None
    if said:
        days = _LENGTH.search(said.group())
        return (_number(days.group(1)) if days and days.group(2) == "day" else None), said.group().strip()
    before = _HOURS_OF.search(reading.text[max(0, phrase.start - 40) : phrase.start])
    return None, before.group(1) if before else None


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return 1 if word.lower() in {"a", "one"} else talks("cardinals").get(word.lower())
