"""What the dependency tree says of a pair: whether one acts on the other, by what verb, or both hang on a noun.

"Reis praised Holm", "Holm was praised by Reis" and "Reis met Keller and praised Holm" are one relation; in "praise for
Holm from Reis" both hang on a noun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.lexicon.wordlists import words
from toolkit.model.pair_reader import Flag
from toolkit.text.syntax import is_passive, is_subject, is_verb, sharing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from toolkit.records import Span

_STEPS = 8
"""Most steps from a mention to its verb."""
_ACTS, _UNDERGOES = "acts", "undergoes"
_OBJECTS = frozenset(["dobj", "dative", "attr", "oprd", "nsubjpass"])
_INNER = frozenset(["conj", "appos", "poss", "compound", "amod", "nmod", "nn", "det", "nummod"])
_SUPPOSING = frozenset(["would", "might", "could", "may", "if", "should", "whether"])


class Hold(NamedTuple):
    """Where a mention hangs: its verb, its part in what that tells, and the nouns passed on the way there."""

    verb: int | None
    part: str | None
    nouns: tuple[int, ...]


def hold_of(doc: Doc, place: Span) -> Hold:
    """Return where a mention hangs in the tree; on nothing where it is no whole words, or there is no tree."""
    span = doc.char_span(*place, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return Hold(None, None, ())
    word, nouns = span.root, list[int]()
    for _ in range(_STEPS):
        dep, head = word.dep_, word.head
        if is_subject(word) and dep != "nsubjpass":
            return Hold(head.i, _ACTS, tuple(nouns))
        if dep in _OBJECTS:
            return Hold(head.i, _UNDERGOES, tuple(nouns))
        if dep == "pobj":
            governor = head.head
            if is_verb(governor):
                by = head.dep_ == "agent" or (head.lower_ == "by" and is_passive(governor))
                return Hold(governor.i, _ACTS if by else _UNDERGOES, tuple(nouns))
            head = governor
        elif dep not in _INNER:
            break
        if dep not in {"conj", "appos"}:
            nouns.append(head.i)
        word = head
    return Hold(None, None, tuple(nouns))


def relation(doc: Doc, holder: Hold, target: Hold) -> Iterator[Flag]:
    """Give what the tree says of a holder and a target."""
    if _acts_on(doc, holder, target):
        yield Flag.ACTS_ON
        yield from _told_by(doc[target.verb or 0])
    elif _acts_on(doc, target, holder):
        yield Flag.ACTED_ON
    elif set(holder.nouns) & set(target.nouns):
        yield Flag.SAME_NOUN


def _acts_on(doc: Doc, one: Hold, other: Hold) -> bool:
    if one.verb is None or other.verb is None or one.part != _ACTS or other.part != _UNDERGOES:
        return False
    return any(verb.i == one.verb for verb in sharing(doc[other.verb]))


def _told_by(verb: Token) -> Iterator[Flag]:
    if verb.lemma_.lower() in words("judgements", "verbs"):
        yield Flag.JUDGING
    before = {child.lower_ for child in verb.lefts}
    if any(child.dep_ == "neg" for child in verb.lefts) or before & _SUPPOSING:
        yield Flag.SUPPOSED
