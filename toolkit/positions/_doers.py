"""Who would have to act on a proposition, and to whom it is put, by the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.text.syntax import is_subject, is_verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from toolkit.positions._phrase import Phrase, PositionInput
    from toolkit.records import Mention

ITS_OWN = frozenset(["offers", "promises", "threatens"])
"""Acts by which somebody says what they will do themselves."""
PUT = frozenset(["demands", "proposes", "offers", "threatens", "promises"])
"""Acts that are put to somebody."""
_TO = frozenset(["on", "to", "upon", "from", "with"])
_GOVERNED = frozenset(["dobj", "dative"])


def doer_of(given: PositionInput, phrase: Phrase) -> str | None:
    """Return who would have to act: the subject of the proposition, whoever is asked, or who offers; None where open.

    "urged **Chile** to pay", "wants **Chile** to pay", "**Peru** offers to pay"; a proposition without a verb has none.
    """
    root = _root(given, phrase)
    if root is None:
        return None
    subject = next((child for child in root.lefts if is_subject(child)), None)
    mention = given.mention_over(subject) if subject is not None else None
    if mention is not None:
        return mention.actor
    asked = _asked(given, root.head, phrase) if root.dep_ in {"xcomp", "ccomp"} else None
    return asked.actor if asked else None


def addressee_of(given: PositionInput, phrase: Phrase) -> str | None:
    """Return to whom a demand, offer or threat is put: "called on **Chile**", "offered **Chile** a loan"; or None."""
    words = given.doc.char_span(phrase.start, phrase.end, alignment_mode="contract")
    asked = _asked(given, words.root, phrase) if phrase.act in PUT and words is not None else None
    return asked.actor if asked else None


def _root(given: PositionInput, phrase: Phrase) -> Token | None:
    words = given.doc.char_span(*phrase.prop, alignment_mode="contract") if phrase.prop else None
    return words.root if words is not None and is_verb(words.root) else None


def _asked(given: PositionInput, verb: Token, phrase: Phrase) -> Mention | None:
    """Return who stands beside a verb as its object or behind its "on", "to" or "from", not whoever holds the stand."""
    found = (given.mention_over(word) for word in _beside(verb) if phrase.start <= word.idx < phrase.end)
    return next((one for one in found if one and one != phrase.holder), None)


def _beside(verb: Token) -> Iterator[Token]:
    for child in verb.rights:
        if child.dep_ in _GOVERNED:
            yield child
        elif child.dep_ == "prep" and child.lower_ in _TO:
            yield from (word for word in child.rights if word.dep_ == "pobj")
