"""Positions by word lists over the dependency tree: who accepts, rejects or demands what, denials and modals counted.

This is the floor: it needs no weights, and says nothing where a stand is told in other words than those listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.lexicon.wordlists import load, words
from toolkit.positions._acts import adjectives, denied, fitting, nouns, stance_of, verbs
from toolkit.positions._conditions import condition_of
from toolkit.positions._phrase import Phrase
from toolkit.text.syntax import is_passive, is_subject, is_verb, possessor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Token

    from toolkit.positions._phrase import PositionInput
    from toolkit.records import Act, Mention, PositionTime, Quotation

_NEAR = 4
"""How many phrases before one may tell the same."""
_STEPS = 6
"""Most steps from a verb to the one whose subject it shares."""
_SHARING = frozenset(["conj", "xcomp", "advcl"])
_COMPLEMENTS = frozenset(["dobj", "ccomp", "xcomp", "prep", "prt", "attr", "acl", "pcomp", "dative", "oprd", "advcl"])
_CARRIES = frozenset(["dobj", "ccomp", "xcomp", "attr", "acl", "prep"])
_CLAUSES = frozenset(["ccomp", "xcomp"])
_BEFORE_VERB = frozenset(["aux", "auxpass", "neg", "advmod"])
_PREDICATES = frozenset(["acomp", "attr", "oprd", "conj"])
_RELATIVES = frozenset(["who", "which", "that"])
_WE = frozenset(["we", "us", "our"])
_SUPPOSED, _COMING = frozenset(["would", "could", "might"]), frozenset(["will", "wo", "shall"])


class _Stand(NamedTuple):
    """A word that carries an act: where its evidence begins and ends, and what it is on."""

    word: Token
    act: Act
    begin: Token
    end: Token
    prop: tuple[Token, Token]
    by_modal: bool = False


def find_phrases(given: PositionInput) -> list[Phrase]:
    """Return the words of stands in an article, in order; a Doc without a tree gives none."""
    if not given.doc.has_annotation("DEP") or not given.sentences:
        return []
    found: list[Phrase] = []
    voices, begin = given.voices(), given.sentences[0][0]
    for token in given.doc:
        if token.idx < begin:
            continue
        for stand in _stands(token):
            told = voices.over((token.idx, token.idx + len(token)))
            new = [_phrase(stand, holder) for holder in _holders(given, stand, told)]
            found += [phrase for phrase in new if not any(_tells_again(phrase, other) for other in found[-_NEAR:])]
    return found


def _tells_again(phrase: Phrase, other: Phrase) -> bool:
    """Tell whether a phrase lies within one found before, of the same holder: "ready to accept the offer"."""
    within = other.start <= phrase.start and phrase.end <= other.end
    return within and phrase.holder == other.holder


def _stands(token: Token) -> Iterator[_Stand]:
    """Give the stand that a word carries, none for most."""
    lemma = token.lemma_.lower()
    if is_verb(token):
        listed = fitting(verbs().get(lemma, ()), _behind(token))
        yield from (listed and list(_of_verb(token, listed.act))) or _of_modal(token)
    elif token.dep_ in _PREDICATES and (listed := fitting(adjectives().get(lemma, ()), _behind(token))):
        yield from _of_adjective(token, listed.act)
    elif token.pos_ == "NOUN" and (listed := fitting(nouns().get(lemma, ()), _behind(token))):
        yield from _of_noun(token, listed.act)


def _behind(token: Token) -> set[str]:
    """Return the words that an entry of a list may have behind its first: particles, prepositions, the verb taken."""
    hanging = [word for child in token.rights for word in (child, *(c for c in child.lefts if c.dep_ == "aux"))]
    return {form for word in hanging for form in (word.lower_, word.lemma_)}


def _of_verb(verb: Token, act: Act) -> Iterator[_Stand]:
    said = denied(act) if _is_denied(verb) else act
    if said is None:
        return
    if is_passive(verb):
        subject = next((child for child in verb.lefts if is_subject(child)), None)
        if subject is not None:
            yield _Stand(verb, said, subject.left_edge, verb, (subject.left_edge, subject.right_edge))
        return
    governed = [child for child in verb.rights if child.dep_ in _COMPLEMENTS]
    carried = [child for child in governed if child.dep_ in _CARRIES]
    if carried:
        main = min(carried, key=lambda child: (child.dep_ not in _CLAUSES, child.dep_ == "prep"))
        prop = main.left_edge, main.right_edge
        yield _Stand(verb, said, _opening(verb), governed[-1].right_edge, prop)


def _of_modal(verb: Token) -> Iterator[_Stand]:
    """Give the stand of "must", "should", "will" and "will not", which have one inside statements alone."""
    modal = next((child for child in verb.lefts if child.dep_ == "aux" and child.tag_ == "MD"), None)
    listed = load("positions")["modals"]
    act: Act | None = next((each for each, forms in listed.items() if modal and modal.lower_ in forms), None)
    if modal is not None and act is not None:
        said: Act = "rejects" if _is_denied(verb) else act
        yield _Stand(verb, said, modal, verb.right_edge, (verb, verb.right_edge), by_modal=True)


def _of_adjective(word: Token, act: Act) -> Iterator[_Stand]:
    carried = [child for child in word.rights if child.dep_ in {"xcomp", "prep", "ccomp"}]
    said = denied(act) if _is_denied(word.head) else act
    if carried and said is not None and is_verb(word.head):
        edges = carried[-1].left_edge, carried[-1].right_edge
        yield _Stand(word, said, _opening(word.head), edges[1], edges)


def _of_noun(noun: Token, act: Act) -> Iterator[_Stand]:
    carried = [child for child in noun.rights if child.dep_ in {"prep", "acl"}]
    if carried:
        edges = carried[0].left_edge, carried[-1].right_edge
        yield _Stand(noun, act, noun, edges[1], edges)


def _is_denied(verb: Token) -> bool:
    """Tell whether a verb is denied: "did **not** accept", "**no longer** demands"."""
    return any(child.dep_ == "neg" or child.lower_ in {"longer", "never"} for child in verb.lefts)


def _opening(verb: Token) -> Token:
    return next((child.left_edge for child in verb.lefts if child.dep_ in _BEFORE_VERB), verb)


def _phrase(stand: _Stand, holder: Mention | None) -> Phrase:
    """Return the words of a stand of somebody; where nobody holds it who is named, it is whoever speaks."""
    condition = condition_of([stand.word, *(child for child in stand.word.children if is_verb(child))])
    return Phrase(
        start=stand.begin.idx,
        end=_end_of(stand.end),
        stance=stance_of(stand.act),
        act=stand.act,
        prop=(stand.prop[0].idx, _end_of(stand.prop[1])),
        condition=None if condition is None else (condition.start_char, condition.end_char),
        holder=holder,
        is_speakers=holder is None,
        time=time_of(stand.word),
    )


def _end_of(token: Token) -> int:
    while (token.is_punct or token.dep_ == "cc") and token.i:
        token = token.nbor(-1)
    return token.idx + len(token)


def _holders(given: PositionInput, stand: _Stand, told: Quotation | None) -> list[Mention | None]:
    """Return who holds a stand, None for whoever speaks, whose words are in the first person or say what must be."""
    if stand.word.pos_ == "NOUN":
        owner = possessor(stand.word)
        return [] if owner is None else _mentions(given, [owner.root])
    if stand.by_modal and (told is None or stand.act == "demands"):
        return [None] if told else []
    subject = _subject(stand.word)
    if subject is None:
        return []
    if told is not None and subject.lower_ in words("grammar", "first_person") | _WE:
        return [None]
    return _mentions(given, [subject, *subject.conjuncts])


def _mentions(given: PositionInput, tokens: Iterable[Token]) -> list[Mention | None]:
    found = (given.mention_over(token) for token in tokens)
    return list(dict.fromkeys(mention for mention in found if mention))


def _subject(word: Token) -> Token | None:
    """Return who does what a verb or adjective tells, a passive's by its "by", shared with the verb before it."""
    verb = word if is_verb(word) else word.head
    if is_passive(verb):
        by = next((child for child in verb.rights if child.dep_ == "agent"), None)
        return None if by is None else next((child for child in by.rights if child.dep_ == "pobj"), None)
    for _ in range(_STEPS):
        # The nearest: a dateline before it is read as another.
        own = next((child for child in reversed(list(verb.lefts)) if is_subject(child)), None)
        if own is not None:
            return verb.head if own.lower_ in _RELATIVES and verb.dep_ == "relcl" else own
        if verb.dep_ in {"acl", "relcl"}:
            return verb.head
        if verb.dep_ not in _SHARING:
            return None
        verb = verb.head
    return None


def time_of(word: Token) -> PositionTime:
    """Return when a stand holds, by the auxiliaries of the word that carries it."""
    verb = word if is_verb(word) else word.head
    before = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    if before & _SUPPOSED:
        return "hypothetical"
    return "future" if before & _COMING else "past" if "had" in before else "now"
