"""The questions that rules ask of a dependency tree: phrases, subjects, objects, clauses, and what hangs on a word.

Labels are ClearNLP's, as in ``en_core_web_*`` and in the toolkit's own parser (Choi and Palmer, 2012, Guidelines for
the CLEAR style constituent to dependency conversion). A question whose answer the tree does not hold is answered with
None, or with nothing; ask ``token.has_dep()`` first, as a pipeline need not have a parser. No walk from word to word
takes more than a few steps, so that hostile nesting costs no more than its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"])
_CLAUSES = frozenset(["relcl", "acl", "advcl", "ccomp", "parataxis"])
_STATEMENTS = ("ccomp", "parataxis", "xcomp")
_RELATIVES = frozenset(["who", "whom", "which", "that"])
_BRACKETS = frozenset(["(", "["])
_FARTHEST = 8
"""Most steps from a verb to the one that lends it a subject, and most words in one coordination."""


def phrase(word: Token) -> Span:
    """Return a word with all that hangs on it, without the punctuation around."""
    return _trimmed(word.doc[word.left_edge.i : word.right_edge.i + 1], word)


def noun_phrase(head: Token) -> Span:
    """Return a noun with what hangs on it, up to the first clause: "**the head of the team**, who left"."""
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in _CLAUSES:
            break
        end = child.right_edge.i + 1
    bracket = next((i for i in range(head.i + 1, end) if head.doc[i].text in _BRACKETS), end)
    return _trimmed(head.doc[head.left_edge.i : bracket], head)


def head_phrase(head: Token) -> Span:
    """Return a noun with what stands before it: "**the Italian head** of the team"."""
    return _trimmed(head.doc[head.left_edge.i : head.i + 1], head)


def hanging_on(word: Token, *labels: str) -> list[Token]:
    """Return the words that hang on a word by one of some labels, in order; all of them without labels."""
    return [child for child in word.children if not labels or child.dep_ in labels]


def subject(verb: Token) -> Token | None:
    """Return the subject of a verb, of a passive too, with those that a verb takes from another.

    A conjoined verb shares its subject ("came and **left**"), a relative clause has its noun ("Reis, who **left**"),
    and so has a participle behind a noun; an infinitive or participle without one has that of the verb it hangs on.
    """
    for _ in range(_FARTHEST):
        own = next((child for child in verb.lefts if child.dep_ in _SUBJECTS), None)
        own = own or next((child for child in verb.rights if child.dep_ in _SUBJECTS), None)
        relative = verb.dep_ == "relcl" and (own is None or own.lower_ in _RELATIVES)
        if relative or (own is None and verb.dep_ == "acl"):
            return verb.head
        if own is not None:
            return own
        if verb.dep_ not in {"conj", "xcomp", "advcl"} or verb.head is verb:
            return None
        verb = verb.head
    return None


def is_verb(word: Token) -> bool:
    """Tell whether a word is a verb where it stands: "the ministry **claims** that …", but not "its **claims**"."""
    return word.pos_ in {"VERB", "AUX"}


def is_passive(verb: Token) -> bool:
    """Tell whether the subject of a verb undergoes it: "was **told**"."""
    return any(child.dep_ == "auxpass" for child in verb.lefts)


def agent(verb: Token) -> Token | None:
    """Return who does what a passive tells: "was praised by **the union**"."""
    preposition = next((child for child in verb.rights if child.dep_ == "agent"), None)
    return None if preposition is None else next((c for c in preposition.rights if c.dep_ == "pobj"), None)


def direct_object(verb: Token) -> Token | None:
    """Return the object of a verb: "praised **the mayor**"."""
    return next((child for child in verb.rights if child.dep_ == "dobj"), None)


def clause(cue: Token) -> Span | None:
    """Return the clause that a verb of saying governs: its complement, or what it is put into.

    Of several that hang on it the first is taken; where the verb is a mere parenthesis ("The deal, he **said**, is
    near"), what surrounds it.
    """
    for label in _STATEMENTS:
        found = next((child for child in cue.children if child.dep_ == label), None)
        if found is not None:
            return phrase(found)
    return phrase(cue.head) if cue.dep_ == "parataxis" else None


def appositions(noun: Token) -> list[Token]:
    """Return the nouns set beside a noun: "Holm, **the foreign minister** of Norway, said"."""
    return [child for child in noun.rights if child.dep_ == "appos"]


def possessor(noun: Token) -> Token | None:
    """Return whose a noun is: "**the ministry**'s claim", "**their** demand"."""
    return next((child for child in noun.lefts if child.dep_ == "poss"), None)


def conjuncts(word: Token) -> list[Token]:
    """Return a word with those joined to it, from the first on: "**Brazil**, **Ghana** and **Kenya**"."""
    for _ in range(_FARTHEST):
        if word.dep_ != "conj" or word.head is word:
            break
        word = word.head
    return list(_joined(word))


def _joined(word: Token | None) -> Iterator[Token]:
    for _ in range(_FARTHEST):
        if word is None:
            return
        yield word
        joined = [child for child in word.rights if child.dep_ == "conj"]
        yield from joined[:-1][:_FARTHEST]
        word = joined[-1] if joined else None


def _trimmed(span: Span, head: Token) -> Span:
    """Return a span without punctuation and white space at its ends, which still holds its head."""
    start, end = span.start, span.end
    doc = span.doc
    while start < head.i and (doc[start].is_punct or doc[start].is_space):
        start += 1
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start:end]
