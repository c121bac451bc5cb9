"""Whose opinion a verb tells: "the union praised Varga", "Varga was praised by the union".

Only what stands close together is read: a subject, its verb and its object with nothing between them but auxiliaries,
adverbs and titles. What is said in more words is left to the voice that says it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.lexicon import cues
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives, load, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.records import Mention

_AND = re.compile(r" and (?:the )?", re.IGNORECASE)
_COMMA = re.compile(r"(?: and |, )(?:the )?", re.IGNORECASE)
_FARTHEST = 120
"""Characters from a subject to its object: longer than any verb with its adverbs."""
_MOST = 20
"""Names between the two, or joined with one: more than a sentence that judges has."""


def judges(text: str, target: Mention, mentions: Sequence[Mention]) -> list[str]:
    """Return the actors whose opinion of a target a verb beside it tells, none where no such verb stands there.

    Parameters
    ----------
    text : str
        The article.
    target : Mention
    mentions : sequence of Mention
        Those of the same sentence in the same voice, in reading order; titles belong to the name they precede.
    """
    names = [mention for mention in mentions if mention.how != "title"]
    place = names.index(target)
    first = _first_joined(text, names, place)
    for last in range(first - 1, max(first - _MOST, 0) - 1, -1):
        between = text[names[last].end : _start(text, names[first], mentions)]
        if len(between) > _FARTHEST:
            break
        if _active().fullmatch(between):
            return _without(target, names[_first_joined(text, names, last) : last + 1])
    for agent in range(place + 1, min(place + _MOST, len(names))):
        between = text[target.end : _start(text, names[agent], mentions)]
        if len(between) > _FARTHEST:
            break
        if _passive().fullmatch(between):
            return _without(target, names[agent : agent + 1])
    return []


def _first_joined(text: str, names: Sequence[Mention], last: int) -> int:
    """Return the place of the first of the names that are joined with one: "**Duarte**, Holm and Keller"."""
    first, joint = last, _AND
    while first > max(last - _MOST, 0) and joint.fullmatch(text[names[first - 1].end : names[first].start]):
        first, joint = first - 1, _COMMA
    return first


def _without(target: Mention, judging: Sequence[Mention]) -> list[str]:
    return [actor for actor in dict.fromkeys(mention.actor for mention in judging) if actor != target.actor]


def _start(text: str, mention: Mention, mentions: Sequence[Mention]) -> int:
    """Return where a mention begins with the title before it: "**President** Varga"."""
    titles = [
        other.start
        for other in mentions
        if other.how == "title" and other.actor == mention.actor and not text[other.end : mention.start].strip(" ,")
        if other.end <= mention.start
    ]
    return min(titles, default=mention.start)


@derived
def _active() -> re.Pattern[str]:
    return re.compile(rf"(?:, who)?{_modifiers()} (?:{_verbs(past=False)}){_article()}", re.IGNORECASE)


@derived
def _passive() -> re.Pattern[str]:
    being = alternatives(words("grammar", "passive_auxiliaries"))
    return re.compile(
        rf"(?:, who)?{_modifiers()} (?:{being}){_modifiers()} (?:{_verbs(past=True)}) by{_article()}", re.IGNORECASE
    )


def _modifiers() -> str:
    """Return a pattern for auxiliaries and adverbs, each after a space."""
    return rf"(?: (?:{alternatives(words('grammar', 'auxiliaries'))}|can't|won't|\w+n't|\w+ly))*"


def _article() -> str:
    return rf"(?: (?:{alternatives(words('grammar', 'articles'))}|fellow|former|then))* ?"


def _verbs(*, past: bool) -> str:
    """Return a pattern for the verbs in all their forms, or in those that a passive takes."""
    irregular = load("judgements")["irregular"]
    found: list[str] = []
    for entry in load("judgements")["verbs"]:
        first, *rest = entry.split()
        forms = (first, *irregular[first]) if first in irregular else cues.forms(first)
        kept = [form for form in forms if form.endswith(("ed", "n", "d"))] if past else forms
        found += [" ".join([form, *rest]) for form in kept]
    return alternatives(found)
