"""The part of a sentence that belongs to a phrase of talks: its clause, as far as punctuation and small words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.rounds._lexicon import goes_on, talks
from toolkit.rounds._reading import RoundInput, Token, tokenize

if TYPE_CHECKING:
    from toolkit.records import Span
    from toolkit.rounds._detect import Phrase

_STOPS = frozenset([";", ":", '"', "“", "”", "(", "—"])
_LEADING_WORDS = 7
_SHORT = 5
_ASIDES = frozenset(["eve", "ahead", "advance"])
_PAIR = 8
_AFTER_PLACE = frozenset(["in", "on", "at", "from", "to", "for", "this", "next", "last", "late", "early"])
_ASIDE = re.compile(r"\b(?:on the eve of|ahead of|in advance of)\s*$")
_FRONTED = re.compile(r"(?:For|At|In|During)\s+")
_BRACKETS = frozenset(["(", ")"])
_QUOTATION_MARKS = frozenset(['"', "“", "”", "''", "``"])
_TIMED_OPENERS = frozenset(["as", "while", "when", "before", "after"])
_TIME_PREPOSITIONS = frozenset(["on", "in", "late", "early", "at", "last", "this"])


@dataclass(frozen=True, slots=True)
class Scope:
    """The stretches before and behind a phrase that speak of it.

    ``opener`` is the small word its clause begins with ("before", "as"), ``lead`` what stands before that word, or the
    opening of the sentence before a comma ("On Tuesday, …").
    """

    left: Span
    right: Span
    lead: Span | None = None
    opener: str | None = None

    @property
    def span(self) -> Span:
        """From the first character of the left part to the last of the right one."""
        return self.left[0], self.right[1]


def scope_of(reading: RoundInput, phrase: Phrase, others: list[Phrase]) -> Scope:
    """Return the scope of a phrase.

    Parameters
    ----------
    reading : RoundInput
        The article.
    phrase : Phrase
        The phrase of talks.
    others : list of Phrase
        The phrases of the same sentence; a scope does not reach into them.
    """
    start, end = reading.sentences[phrase.sentence]
    left_limit = max([other.end for other in others if other.end <= phrase.start], default=start)
    right_limit = min([other.start for other in others if _bounds(reading, phrase, other)], default=end)
    left = _left_start(tokenize(reading.text, (left_limit, phrase.start)), left_limit)
    behind = [t for t in tokenize(reading.text, (phrase.end, right_limit)) if not _within_time(reading, t)]
    right = _right_end(behind, right_limit, past_aside=phrase.head == "met" and right_limit == end)
    if right_limit == end and _FRONTED.fullmatch(reading.text, start, phrase.start):
        right = _main_clause_end(behind, right, right_limit)
    before = tokenize(reading.text, (start, left))
    opener = before[-1].lower if before and before[-1].lower in talks("scope")["ends"] else None
    return Scope((left, phrase.start), (phrase.end, right), _lead(before, opener), opener)


def _bounds(reading: RoundInput, phrase: Phrase, other: Phrase) -> bool:
    """Tell whether a scope ends at another phrase; "met on the eve of the summit, on Saturday" reaches past it."""
    if other.start < phrase.end:
        return False
    return not (phrase.head == "met" and _ASIDE.search(reading.text, phrase.end, other.start))


def _main_clause_end(tokens: list[Token], right: int, limit: int) -> int:
    """Return the end of the main clause after "For the second, last Thursday, …", which tells of that round."""
    main = [i + 1 for i, token in enumerate(tokens) if token.text == "," and token.start >= right]
    return _right_end(tokens[main[0] :], limit, past_aside=False) if main else right


def _within_time(reading: RoundInput, token: Token) -> bool:
    """Tell whether a mark stands inside a time expression: the comma of "Monday, March 16"."""
    time = None if token.text[0].isalnum() else reading.time_at(token.start)
    return time is not None and time.start < token.start


def _right_end(tokens: list[Token], limit: int, *, past_aside: bool) -> int:
    ends = talks("scope")["ends"]
    quoted = _short_pairs(tokens, _QUOTATION_MARKS) | _short_pairs(tokens, _BRACKETS)
    for i, token in enumerate(tokens):
        behind = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        if i in quoted or (past_aside and token.lower in _ASIDES):
            continue
        if token.text in _QUOTATION_MARKS and _continues(tokens, i + 1):
            continue
        if token.text in _STOPS:
            return token.start
        if token.text == "," and not (_continues(tokens, i + 1) or _between_names(tokens, i)):
            return token.start
        if token.lower in ends and behind not in goes_on() and not _joins(tokens, i):
            return token.start
    return limit


def _continues(tokens: list[Token], i: int) -> bool:
    """Tell whether the words after a comma still speak of the talks: "which begin", "and are due", "on Friday"."""
    words = [token.lower for token in tokens[i : i + 2]]
    if not words:
        return False
    if words[0] in {"which", "that", "and", "but", "who"}:
        return len(words) > 1 and words[1] in goes_on()
    return words[0] in goes_on() or _names_country(tokens, i)


def _names_country(tokens: list[Token], i: int) -> bool:
    """Tell whether a comma stands within a place: "in Geneva, Switzerland, on Friday"."""
    if not tokens[i].capitalised:
        return False
    behind = tokens[i + 1].lower if i + 1 < len(tokens) else ","
    return not behind[0].isalnum() or behind in _AFTER_PLACE


def _short_pairs(tokens: list[Token], kinds: frozenset[str]) -> set[int]:
    """Return the indices of marks round a few words: were "stuck" over the border, at 6 p.m. (1700 GMT)."""
    marks = [i for i, token in enumerate(tokens) if token.text in kinds]
    return {i for a, b in pairwise(marks) if b - a <= _SHORT for i in (a, b)}


def _left_start(tokens: list[Token], limit: int) -> int:
    ends = talks("scope")["ends"]
    for i in range(len(tokens) - 1, -1, -1):
        token = tokens[i]
        if token.text in _STOPS or (token.lower in ends and not _joins(tokens, i)):
            return token.end
        if token.text == "," and not _lists(tokens, i):
            return token.end
    return limit


def _lists(tokens: list[Token], i: int) -> bool:
    """Tell whether a comma stands between names: "Ukraine, Russia and the United States"."""
    if i + 1 >= len(tokens) or tokens[i + 1].lower in {"and", "or"}:
        return i + 1 < len(tokens)
    return _between_names(tokens, i)


def _between_names(tokens: list[Token], i: int) -> bool:
    return 0 < i < len(tokens) - 1 and tokens[i - 1].capitalised and tokens[i + 1].capitalised


def _joins(tokens: list[Token], i: int) -> bool:
    """Tell whether a word ends no clause here: "and" between two names or sides, "as" in "as early as Monday"."""
    if tokens[i].lower == "as":
        beside = {token.lower for token in tokens[max(0, i - 1) : i + 2]}
        return bool(beside & set(talks("scope")["as_with"]))
    if tokens[i].lower != "and" or not 0 < i < len(tokens) - 1:
        return False
    behind = tokens[i + 1 : i + 3]
    if tokens[i - 1].text.isdigit() and tokens[i + 1].text.isdigit():
        return True
    if "between" in {token.lower for token in tokens[max(0, i - _PAIR) : i]}:
        return True
    return tokens[i - 1].capitalised or any(token.capitalised for token in behind) or tokens[i - 1].lower.endswith("s")


def _lead(before: list[Token], opener: str | None) -> Span | None:
    """Return what leads into a clause: a few words before its opener, or a short opening of its sentence."""
    if not before:
        return None
    if opener in _TIMED_OPENERS:
        return before[max(0, len(before) - _LEADING_WORDS)].start, before[-1].start
    commas = [i for i, token in enumerate(before) if token.text == ","]
    if commas and commas[0] <= _LEADING_WORDS and len(commas) <= 2 and before[0].lower in _TIME_PREPOSITIONS:
        return before[0].start, before[commas[0]].start
    return None
