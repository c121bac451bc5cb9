"""How the words that carry a stand hang together with a mention in the tree: as its subject, one clause up, its owner.

A tree is walked upwards from the word that the others hang on, a few steps at most; where a Doc has none, every answer
is that nothing is known.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from toolkit.text.syntax import is_subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

STEPS = 8
"""Most steps upwards, and most words that are joined to one."""
_SHARED = frozenset(["xcomp", "conj", "aux", "auxpass"])
"""A verb that hangs on another so has its subject too."""
_MODIFYING = frozenset(["relcl", "acl", "appos"])
CLAUSES = ("none", "its own subject", "one clause up", "two up", "farther up", "agent", "modified")
"""What a word is to a stand."""
_FARTHEST, _AGENT, _MODIFIED = 4, 5, 6
PLACES = ("other", "owner", "before a noun", "object", "behind a preposition", "subject")
"""What a word is in its own clause."""
_PLACES = {
    "poss": 1,
    **dict.fromkeys(("compound", "amod", "nmod"), 2),
    **dict.fromkeys(("dobj", "dative"), 3),
    "pobj": 4,
    **dict.fromkeys(("nsubj", "nsubjpass"), 5),
}
OWNERS = frozenset(["poss", "compound", "nmod", "amod"])


def clauses_of(head: Token) -> dict[int, int]:
    """Return what words are to a stand, given the word that its others hang on: tokens with places in CLAUSES."""
    found: dict[int, int] = {}
    level = 1
    for _ in range(STEPS):
        for child in head.children:
            if is_subject(child):
                for word in _joined(child):
                    found.setdefault(word.i, level)
            elif child.dep_ == "agent":
                for word in child.children:
                    found.setdefault(word.i, _AGENT)
        if head.dep_ in _MODIFYING:
            found.setdefault(head.head.i, _MODIFIED)
        if head.head is head:
            break
        if head.dep_ not in _SHARED:
            level = min(level + 1, _FARTHEST)
        head = head.head
    return found


def place_of(word: Token) -> int:
    """Return what a word is in its clause, as a place in PLACES."""
    return _PLACES.get(word.dep_, 0)


def _joined(word: Token) -> Iterator[Token]:
    """Give a word and those joined to it: "**Peru** and **Chile**"."""

    def walk() -> Iterator[Token]:
        waiting = [word]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += [child for child in one.children if child.dep_ in {"conj", "appos"}]

    return islice(walk(), STEPS)
