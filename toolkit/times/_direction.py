"""Whether a bare weekday or month lies before or after the day of writing, told from the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.times import _lexicon

if TYPE_CHECKING:
    from toolkit.times._tokens import Tokens

DONE, PAST, OPEN, LIKELY, AHEAD = -2, -1, 0, 1, 2
_REACH = 25
_LIMIT_REACH = 3
# So near before a weekday, "would" and its like are of what happens on it.
_GOVERNED = 6
_VERB_REACH = 4
# So far before a term, and so near after it, a verb tells that the term is over: "Until Friday, they had not met".
_TOLD_REACH = 12
_TOLD_AFTER = 4


@derived
def _cues() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in _lexicon.tables()["direction"].items()}


def direction(tokens: Tokens, first: int, last: int) -> int:
    """Direction of the expression of tokens ``first`` to ``last``.

    The nearest verb before it in its sentence decides, then the nearest one after it, then weaker signs such as "by".

    Returns
    -------
    int
        DONE (a verb such as "ended" stands right before it), PAST, OPEN (nothing tells), LIKELY (to come, but "would"
        and its like tell less than "will") or AHEAD.
    """
    before, after = beside(tokens, first, last)
    told = _beside(before, after) or _by_verb(before, after)
    if told or not before:
        return told
    return AHEAD if _to_do(before) else LIKELY if _lowered(before) & _cues()["weak"] else OPEN


def beside(tokens: Tokens, first: int, last: int) -> tuple[list[str], list[str]]:
    """Return the words of the sentence before and after an expression, as far as they may tell its direction.

    Words that name a part of the date are none of them: "by" stands before "the end of December". Where a date stands
    before a noun, as in "a November letter", the verbs of the sentence tell nothing of it.
    """
    start, end = tokens.sentence_of(first)
    before = _without_part(tokens.words[max(start, first - _REACH) : first])
    after = tokens.words[last : min(end, last + _REACH)]
    return (before[-1:], after[:1]) if _is_before_noun(before, after) else (before, after)


def _without_part(words: list[str]) -> list[str]:
    """Return words less those at their end that name a part of the date: "by the end of" is "by"."""
    tables = _lexicon.tables()["words"]
    end = len(words)
    while end and words[end - 1].casefold() in tables["part"]:
        end -= 1
    if end > 1 and words[end - 1] == "of" and words[end - 2].casefold() in tables["part_noun"]:
        end -= 2
        end -= end > 0 and words[end - 1].casefold() == "the"
    return words[:end]


def _is_before_noun(before: list[str], after: list[str]) -> bool:
    """Whether an article stands before the expression and what may be a noun behind it."""
    word = after[0] if after else "."
    determined = bool(before) and before[-1].casefold() in _lexicon.tables()["lists"]["beside_noun"]
    return determined and word.islower() and word not in _lexicon.tables()["lists"]["not_noun"] and not cue(after, 0)


def _beside(before: list[str], after: list[str]) -> int:
    """Direction by the words right beside the expression."""
    if _lowered(after[:1]) & {"was", "were", "had"}:
        return PAST
    if before and before[-1] in _cues()["done"]:
        return DONE
    return AHEAD if is_term(before, after) else OPEN


def _by_verb(before: list[str], after: list[str]) -> int:
    """Direction by the nearest verb before the expression, or else after it."""
    genitive = after[:1] in (["'s"], ["’s"])
    for at in range(len(before) - 1, -1, -1):
        found = cue(before, at)
        if found:
            governs = found == LIKELY and len(before) - at <= _GOVERNED
            # "He will fight Friday's ruling" and "he will attend Friday's talks": the verb is of another event.
            return min(found, LIKELY) if genitive else AHEAD if governs else found
    return next((found for at in range(len(after)) if (found := cue(after, at))), OPEN)


def _lowered(words: list[str]) -> set[str]:
    return {word.casefold() for word in words}


def is_term(before: list[str], after: list[str]) -> bool:
    """Whether the expression is a term set for what is still to come: "by Friday", "not before Tuesday"."""
    if before[-1:] == ["before"] and _lowered(before[-_TOLD_REACH:]) & _cues()["denied"]:
        return not _lowered(before[-_TOLD_REACH:]) & (_cues()["turned"] | {"had"})
    if "ahead of" in " ".join(before[-_LIMIT_REACH:]).casefold():
        return True
    if not _lowered(before[-_LIMIT_REACH:]) & _cues()["limit"] or before[-1].casefold() == "the":
        return False
    return not _lowered(before[-_TOLD_REACH:] + after[:_TOLD_AFTER]) & _cues()["told"]


def cue(words: list[str], at: int) -> int:
    """Direction that a word tells of as a verb among its neighbours; OPEN where it tells of none."""
    cues = _cues()
    word, near = words[at], words[max(0, at - _VERB_REACH) : at]
    if near[-1:] == ["to"] and not cues["commitment"].isdisjoint(near[-2:]):
        return AHEAD
    planned = word == "be" and near[-1:] == ["to"] and any(_is_past(word) for word in words[at + 1 : at + 3])
    if planned or word in cues["future"] or (word in cues["intent"] and words[at + 1 : at + 2] == ["to"]):
        against = cues["undone"] | cues["turned"] if word in cues["actions"] else cues["undone"]
        return PAST if against.intersection(near) else LIKELY if word in cues["likely"] else AHEAD
    return PAST if _is_past(word) and "be" not in near else OPEN


def _is_past(word: str) -> bool:
    """Whether a word is a verb of the past, or may be its participle: "will be held" looks ahead all the same."""
    if word in _cues()["future"]:
        return False
    past = word.endswith("ed") and word.islower() and len(word) > 4 and word not in _cues()["not_past"]
    return past or word.casefold() in _cues()["past"]


def _to_do(words: list[str]) -> bool:
    """Whether "to" with a verb looks ahead: "agreed to meet", "is to sign"."""
    return any(word == "to" and words[at + 1].islower() for at, word in enumerate(words[:-1]))
