"""The words that say when a stand holds: "if …", "only after …", "in return for …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span as Phrase
    from spacy.tokens import Token

    from toolkit.records import ConditionKind

_HANGING = frozenset(["advcl", "prep", "mark", "advmod", "pcomp", "dep"])
_BEFORE = frozenset(["only", "but"])
_OF_TIME = frozenset(["after", "until"])
_OPENING = 5
"""Most words that open a condition."""


def condition_of(verbs: Iterable[Token]) -> Phrase | None:
    """Return the words of the condition on some verbs, None where there is none.

    Parameters
    ----------
    verbs : iterable of Token
        The word that carries the stand, and those that it governs: a condition hangs on any of them.
    """
    hanging = (child for verb in verbs for child in verb.children if child.dep_ in _HANGING)
    return next((words for child in hanging if _opens(words := _words_of(child), child)), None)


def kind_of(text: str) -> ConditionKind | None:
    """Return the kind of a condition by the words that open it, None where they are none that is listed."""
    found = _opening().match(re.sub(r"\s+", " ", text.lower()).strip(" ,"))
    return _kinds()[found.group(1)] if found else None


def _opens(words: Phrase, root: Token) -> bool:
    """Tell whether words open as a condition does; "after" and "until" with a noun alone tell but the time."""
    kind = kind_of(words[:_OPENING].text) if len(words) else None
    return kind is not None and (kind not in _OF_TIME or root.dep_ == "advcl")


def _words_of(clause: Token) -> Phrase:
    """Return a clause with an "only" before it, without the marks at its ends."""
    doc, start, end = clause.doc, clause.left_edge.i, clause.right_edge.i + 1
    if start and doc[start - 1].lower_ in _BEFORE:
        start -= 1
    while end > start and doc[end - 1].is_punct:
        end -= 1
    while start < end and doc[start].is_punct:
        start += 1
    return doc[start:end]


@derived
def _kinds() -> dict[str, ConditionKind]:
    listed = load("positions")["conditions"]
    return {opening: kind for kind, openings in listed.items() for opening in openings}


@derived
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:but )?({alternatives(_kinds())})\b")
