"""Noun phrases that speak of talks: "the third round of trilateral talks", "Friday's summit", "two days of talks".

A phrase is read outward from its head noun: leftward over modifiers to a determiner, and over "of" to what counts talks
(round, session, day). Nothing is decided here about which encounter a phrase speaks of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives
from toolkit.rounds._lexicon import listed, meanings, plain, talks
from toolkit.rounds._other_senses import barred, is_verb, modifies
from toolkit.rounds._reading import RoundInput, Token, tokenize

if TYPE_CHECKING:
    from toolkit.records import Span

Head = Literal["round", "talks", "meeting", "met"]

_MOST_MODIFIERS = 9
_NUMBERED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_PLURALS = frozenset(["rounds", "sessions", "meetings", "summits", "conferences"])
_LAST_OF = frozenset(["last", "latest", "final"])
_AT = re.compile(r"\b(?:at|in|for|during|after|before|since)\s+$", re.IGNORECASE)
_OPENING_QUOTES = frozenset(["“", '"', "”", "'", "’", "‘"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that speaks of talks.

    ``ordinal`` numbers the round, ``implied`` is its number by count ("the last of the three rounds"), ``day`` numbers
    a day within it, ``count`` is that of several rounds told of together. ``relation`` places the round beside others:
    next, previous, latest, final, new, current, or "opening" for the first of several.
    """

    start: int
    end: int
    sentence: int
    head: Head
    noun: str
    ordinal: int | None = None
    implied: int | None = None
    day: int | None = None
    count: int | None = None
    relation: str | None = None
    definite: bool = False
    plural: bool = False
    modifiers: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Start and end of the phrase."""
        return self.start, self.end

    @property
    def number(self) -> int | None:
        """The number of the round, stated or by count."""
        return self.ordinal or self.implied

    @property
    def counted(self) -> bool:
        """Tell whether the phrase names one countable encounter rather than talks in general."""
        return self.head in {"meeting", "met"} or (self.head == "round" and self.day is None)


def find_phrases(reading: RoundInput) -> list[Phrase]:
    """Return the noun phrases of talks of an article, in order, none within another."""
    found = []
    for index, span in enumerate(reading.sentences):
        tokens = tokenize(reading.text, span)
        other = barred(reading.text, span)
        found += _in_sentence(tokens, index, other)
    found = sorted([*found, *_elliptical(reading, found)], key=lambda phrase: phrase.start)
    context = any(phrase.head == "talks" or phrase.noun in listed("plain") for phrase in found)
    return [phrase for phrase in found if phrase.head != "round" or phrase.noun != "round alone" or context]


def _elliptical(reading: RoundInput, found: list[Phrase]) -> list[Phrase]:
    """Return "the first" and "a second one" where the sentences before speak of numbered or several rounds."""
    rounds = {phrase.sentence for phrase in found if phrase.head == "round"}
    taken = [phrase.span for phrase in found]
    extra = []
    for index, span in enumerate(reading.sentences):
        if not rounds & {index, index - 1, index - 2}:
            continue
        for match in _ordinal_alone().finditer(reading.text, *span):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            number = int(talks("ordinals")[match.group(1).lower()])
            at = bool(_AT.search(reading.text, max(span[0], match.start() - 8), match.start()))
            extra.append(Phrase(*match.span(), index, "round", "one", ordinal=number, definite=at))
            rounds.add(index)
    return extra


@derived
def _ordinal_alone() -> re.Pattern[str]:
    words = alternatives(word for word in talks("ordinals") if word.isalpha() and word not in listed("openings"))
    verbs = "took|was|were|had|has|ended|began|begins|opened|will|would|is|came|in|on|at"
    counting = rf"(?!,? (?:and )?(?:{words})\b)"
    return re.compile(rf"\b(?:[Tt]he|[Aa]) ({words})(?: one\b|{counting}(?=,| (?:{verbs})\b))")


def _in_sentence(tokens: list[Token], sentence: int, barred: list[Span]) -> list[Phrase]:
    phrases: list[Phrase] = []
    for i in range(len(tokens) - 1, -1, -1):
        covered = any(phrase.start <= tokens[i].start < phrase.end for phrase in phrases)
        if covered or any(start < tokens[i].end and tokens[i].start < end for start, end in barred):
            continue
        phrase = _phrase_at(tokens, i, sentence)
        if phrase:
            phrases.append(phrase)
    return phrases[::-1]


def _phrase_at(tokens: list[Token], i: int, sentence: int) -> Phrase | None:
    word = tokens[i].lower
    if word in listed("counters"):
        return _bare_round(tokens, i, sentence)
    if word not in listed("talks") or is_verb(tokens, i):
        return None
    first = _left_edge(tokens, i)
    counter = _counter_before(tokens, first)
    if counter is None:
        return _read(tokens, (first, i, i), sentence)
    return _read(tokens, (_left_edge(tokens, counter), counter, i), sentence)


def _bare_round(tokens: list[Token], i: int, sentence: int) -> Phrase | None:
    """Read "the fifth round" and "this round" where no "of talks" follows."""
    if tokens[i].lower not in {"round", "rounds"} or (i + 1 < len(tokens) and tokens[i + 1].lower == "of"):
        return None
    if any(token.lower in listed("other_rounds") for token in tokens):
        return None
    phrase = _read(tokens, (_left_edge(tokens, i), i, i), sentence)
    told = phrase.ordinal or phrase.relation or phrase.count
    return phrase if told or (phrase.definite and phrase.modifiers) else None


def _left_edge(tokens: list[Token], i: int) -> int:
    """Return the index of the first token of the noun phrase that ends in token ``i``."""
    first = i
    while first > 0 and i - first < _MOST_MODIFIERS:
        token = tokens[first - 1]
        if token.text == "-" and (abbreviated := _abbreviation(tokens, first - 2)):
            first = abbreviated
            continue
        if token.text in _OPENING_QUOTES:
            if first < 2 or not modifies(tokens[first - 2]):
                break
        elif not modifies(token):
            break
        first -= 1
        if token.lower in listed("determiners") or token.lower.endswith(("'s", "s'")):
            break
    while first < i and tokens[first].text in _OPENING_QUOTES:
        first += 1
    return first


def _abbreviation(tokens: list[Token], i: int) -> int | None:
    """Return where "(AU)" begins in "African Union (AU)-sponsored talks", if token ``i`` closes it."""
    if i < 2 or tokens[i].text != ")" or tokens[i - 2].text != "(":
        return None
    return i - 2


def _counter_before(tokens: list[Token], first: int) -> int | None:
    """Return the index of the counting noun of "round of <talks>", or None."""
    for of in (first - 1, first - 2):
        if of > 0 and tokens[of].lower == "of" and tokens[of - 1].lower in listed("counters"):
            return of - 1
    return None


def _read(tokens: list[Token], bounds: tuple[int, int, int], sentence: int) -> Phrase:
    """Put a phrase together from the indices of its first token, its counting noun and its head."""
    first, counter, head = bounds
    before = [token for token in tokens[first:counter] if token.text[0].isalnum()]
    inner = [token for token in tokens[counter + 1 : head + 1] if token.text[0].isalnum()] if counter < head else []
    noun = tokens[counter].lower
    ordinal = next((n for n in map(_ordinal, before) if n), None)
    numbered = False
    if ordinal is None:
        ordinal = next((n for n in map(_ordinal_round, (*before, *inner)) if n), None)
        numbered = ordinal is not None
    day = ordinal if noun in {"day", "week"} else None
    several = ordinal is not None and ordinal > 1 and day is None
    numbered = numbered or (several and noun in listed("plain") and _kind(noun) == "talks")
    kind = "round" if numbered else _kind(tokens[head].lower if noun in {"day", "week"} else noun)
    count = _count(before) if noun in {"rounds", "sessions", "meetings"} else None
    opening = bool(count and count > 1 and ordinal == 1)
    if opening:
        ordinal = None
    if count and _tells_of_last(tokens, head):
        ordinal, kind, count = count, "round", None
    among = _place_among(tokens, first, count)
    return Phrase(
        start=tokens[first - 2 if among else first].start,
        end=tokens[head].end,
        sentence=sentence,
        head=kind,
        noun="round alone" if counter == head and noun.startswith("round") else tokens[head].lower,
        ordinal=ordinal if kind != "talks" and day is None and _numbers(tokens, head, ordinal, kind) else None,
        implied=among,
        day=day,
        count=count,
        relation="opening" if opening else (None if among else _relation(before)),
        definite=bool(among) or _definite(before),
        plural=noun in _PLURALS and ordinal is None and among is None,
        modifiers=tuple(token.text for token in (*before, *inner[:-1])),
    )


def _place_among(tokens: list[Token], first: int, count: int | None) -> int | None:
    """Return the number of one round among several: 3 for "the last of those three rounds"."""
    if not count or first < 2 or tokens[first - 1].lower != "of":
        return None
    word = tokens[first - 2]
    return count if word.lower in _LAST_OF else _ordinal(word)


def _kind(noun: str) -> Head:
    if noun in listed("counters") and noun not in {"days", "weeks", "hours", "months"}:
        return "round"
    return "meeting" if noun in listed("meetings") else "talks"


def _ordinal(token: Token) -> int | None:
    number = _NUMBERED.fullmatch(token.lower)
    return int(number.group(1)) if number else talks("ordinals").get(token.lower)


def _ordinal_round(token: Token) -> int | None:
    """Read "fifth-round" in "the fifth-round talks"."""
    first, _, rest = token.lower.partition("-")
    return talks("ordinals").get(first) if rest == "round" else None


def _numbers(tokens: list[Token], head: int, ordinal: int | None, kind: Head) -> bool:
    """Tell whether an ordinal counts a series: not in "the first meeting in two years"."""
    if ordinal != 1 or kind != "meeting":
        return True
    behind = [token.lower for token in tokens[head + 1 : head + 8]]
    return not {"in", "since", "for", "between", "with"} & set(behind)


def _tells_of_last(tokens: list[Token], head: int) -> bool:
    """Tell whether "four rounds of talks" goes on with "the latest one", which then is the fourth."""
    behind = " ".join(token.lower for token in tokens[head + 1 : head + 8])
    return bool(re.search(r"\bthe (?:latest|last|most recent)\b", behind))


def _count(before: list[Token]) -> int | None:
    for token in before:
        if token.lower == "both":
            return 2
        if token.lower.isdigit() or token.lower in talks("cardinals"):
            return int(token.lower) if token.lower.isdigit() else int(talks("cardinals")[token.lower])
    return None


def _relation(before: list[Token]) -> str | None:
    for token in before:
        if token.lower in {"this", "these"}:
            return "current"
        relation = meanings("relations").get(plain(token.lower))
        if relation:
            return str(relation)
    return None


def _definite(before: list[Token]) -> bool:
    if not before:
        return False
    first = before[0].lower
    return first in listed("definite_determiners") or first.endswith(("'s", "s'"))
