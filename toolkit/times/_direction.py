"""Whether a bare weekday or month lies before or after the day of writing, told from the words around it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from toolkit.times import _lexicon

if TYPE_CHECKING:
    from toolkit.times._tokens import Tokens

_REACH = 25
_LIMIT_REACH = 3


@cache
def _cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _lexicon.tables()["direction"].items()}


def direction(tokens: Tokens, first: int, last: int) -> int:
    """Direction of the expression of tokens ``first`` to ``last``: -1 past, 1 future, 0 where nothing tells.

    The nearest verb before it in its sentence decides, then the nearest one after it, then weaker signs such as "by".
    """
    start, end = tokens.sentence_of(first)
    before = tokens.words[max(start, first - _REACH) : first]
    after = tokens.words[last : min(end, last + _REACH)]
    if after and after[0].casefold() in ("was", "were", "had"):
        return -1
    if _limit(before):
        return 1
    for at in range(len(before) - 1, -1, -1):
        found = _cue(before, at)
        if found:
            return found
    for at in range(len(after)):
        found = _cue(after, at)
        if found:
            return found
    return int(any(word.casefold() in _cues()["weak"] for word in before) or _to_do(before))


def _limit(before: list[str]) -> bool:
    """Whether the expression is a term set for what is still to come: "by Friday", "until 9 a.m. Tuesday"."""
    near = [word.casefold() for word in before[-_LIMIT_REACH:]]
    return not _cues()["limit"].isdisjoint(near) and _cues()["told"].isdisjoint(word.casefold() for word in before)


def _cue(words: list[str], at: int) -> int:
    cues = _cues()
    word = words[at]
    if word in cues["future"] or (word in cues["intent"] and words[at + 1 : at + 2] == ["to"]):
        return -1 if cues["undone"].intersection(words[max(0, at - 3) : at]) else 1
    if word.casefold() in cues["past"]:
        return -1
    return -int(word.endswith("ed") and word.islower() and len(word) > 4 and word not in cues["not_past"])


def _to_do(words: list[str]) -> bool:
    """Whether "to" with a verb looks ahead: "agreed to meet", "is to sign"."""
    return any(word == "to" and words[at + 1].islower() for at, word in enumerate(words[:-1]))
