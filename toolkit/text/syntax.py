"""The questions that rules ask of a dependency tree: subjects, the ends of a noun phrase, owners, and passives.

Labels are ClearNLP's, as in ``en_core_web_*`` and in the toolkit's own parser (Choi and Palmer, 2012, Guidelines for
the CLEAR style constituent to dependency conversion). A question whose answer the tree does not hold is answered with
None; ask ``token.has_dep()`` first, as a pipeline need not have a parser. No walk from word to word takes more than a
few steps, so that hostile nesting costs no more than its length.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_OBJECTS = frozenset(["dobj", "pobj"])
_CLAUSES = frozenset(["relcl", "acl", "advcl", "ccomp", "parataxis"])
_SHARING = frozenset(["conj", "advcl", "xcomp"])
_JOINTS = frozenset(["punct", "cc"])
_RELATIVES = frozenset(["which", "that"])
_PARTING = frozenset([",", "(", "[", "—", "–"])
_FARTHEST = 8
"""Most steps from a noun to the last word that hangs on it, or to the noun that a word stands before."""


def subject(verb: Token) -> Token | None:
    """Return the subject before a verb, of a passive too; for "who" its noun: "**Reis**, who left"."""
    own = next((child for child in reversed(list(verb.lefts)) if is_subject(child)), None)
    if own is None or own.lower_ in _RELATIVES:
        return None
    return verb.head if verb.dep_ == "relcl" and own.lower_ == "who" else own


def shared_subject(verb: Token) -> Token | None:
    """Return who does what a verb tells that has no subject of its own, else its own.

    A verb behind "and" or in a clause on another shares that one's: "**Kenya** signed, agreeing to open the border",
    "**she** stays and hopes to return"; one in a clause on a noun is that noun's doing.
    """
    for word in sharing(verb):
        own = subject(word)
        if own is not None:
            return own
        relative = next((child for child in word.lefts if is_subject(child)), None)
        if relative is not None:
            return antecedent(relative)
        if word.dep_ == "acl" and word.tag_ == "VBG":
            return word.head
    return None


def sharing(verb: Token) -> Iterator[Token]:
    """Give a verb, and those whose subject it shares: "met Keller and **praised** Holm"."""
    for _ in range(_FARTHEST):
        yield verb
        if verb.dep_ not in _SHARING or any(is_subject(child) for child in verb.lefts):
            return
        verb = verb.head


def antecedent(relative: Token) -> Token | None:
    """Return the noun that "who", "which" or "that" stands for: "**the union**, which had warned of it"."""
    if relative.lower_ not in _RELATIVES | {"who"}:
        return None
    verb = relative.head
    for _ in range(_FARTHEST):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ not in {"conj", "ccomp", "xcomp"}:
            return None
        verb = verb.head
    return None


def is_subject(word: Token) -> bool:
    """Tell whether a word is the subject of a verb."""
    return word.dep_ in _SUBJECTS


def is_object(word: Token) -> bool:
    """Tell whether a verb or preposition governs a word: "rejected the **claim**"."""
    return word.dep_ in _OBJECTS


def is_verb(word: Token) -> bool:
    """Tell whether a word is a verb where it stands: "the ministry **claims** that …", but not "its **claims**"."""
    return word.pos_ in {"VERB", "AUX"}


def is_passive(verb: Token) -> bool:
    """Tell whether the subject of a verb undergoes it: "was **told**"."""
    return any(child.dep_ == "auxpass" for child in verb.lefts)


def noun_phrase(noun: Token) -> Span:
    """Return a noun with what hangs on it, up to a clause or a comma: "**the head of the team**, who left".

    Nouns joined by "and", and a name behind the role it explains ("the minister, Pia Reis"), are held too.
    """
    start, last = noun.left_edge.i, noun
    while start < noun.i and (noun.doc[start].is_punct or noun.doc[start].is_space):
        start += 1
    for _ in range(_FARTHEST):
        hanging = list(takewhile(lambda child: not _ends_phrase(child), last.rights))
        farther = next((child for child in reversed(hanging) if child.dep_ not in _JOINTS), None)
        if farther is None:
            break
        last = farther
    return noun.doc[start : last.i + 1]


def phrase_from(first: Token) -> Span | None:
    """Return the noun phrase that begins with a word: "said **the head of the team**"."""
    noun = first
    for _ in range(_FARTHEST):
        if noun.head.i <= noun.i or is_verb(noun.head):
            break
        noun = noun.head
    found = noun_phrase(noun)
    nominal = noun.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}
    return found if nominal and found.start == first.i else None


def possessor(noun: Token) -> Span | None:
    """Return whose a noun is: "**the ministry's** claim", "**their** demand"."""
    owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    return None if owner is None else noun.doc[owner.left_edge.i : owner.right_edge.i + 1]


def _ends_phrase(word: Token) -> bool:
    """Tell whether a word is a clause, or parted by a comma from the noun it hangs on and no item of a list."""
    if word.dep_ in _CLAUSES | _JOINTS:
        return word.dep_ in _CLAUSES
    doc, edge = word.doc, word.left_edge.i
    marks = (doc[i].text for i in range(max(edge - 1, word.head.i + 1), edge + 1))
    if not any(mark in _PARTING for mark in marks):
        return False
    explained = word.dep_ == "appos" and word.ent_type_ == "PERSON" and word.head.ent_type_ != "PERSON"
    return not (explained or word.dep_ == "conj" or any(child.dep_ == "conj" for child in word.rights))
