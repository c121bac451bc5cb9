"""The noun phrases before or behind a cue that are its source, asked of the tree where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words
from toolkit.quotations import _neighbours
from toolkit.quotations._cues import CueAt, SourceAt
from toolkit.text import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


_NAMING = frozenset(["NOUN", "PROPN", "PRON"])


def source_left(doc: Doc, cue: CueAt, start: int) -> SourceAt | None:
    """Return the subject of a cue that stands before it; None where another word stands there."""
    verb = doc[cue.start : cue.end].root
    subject = syntax.subject(verb) if verb.has_dep() else None
    if subject is not None and start <= subject.i < cue.start:
        return _headed(subject, start, cue.start)
    return _source(_neighbours.phrase_before(doc, before_auxiliaries(doc, cue.start, start), start))


def sharing_source(doc: Doc, cue: CueAt, start: int) -> SourceAt | None:
    """Return the subject that a cue shares with a verb before it: "**Kenya** signed a pact, agreeing to …"."""
    verb = doc[cue.start : cue.end].root
    if not verb.has_dep() or not syntax.is_verb(verb) or syntax.is_passive(verb):
        return None
    subject = syntax.shared_subject(verb)
    if subject is None or not start <= subject.i < cue.start or not (subject.ent_type_ or subject.pos_ in _NAMING):
        return None
    return _headed(subject, start, cue.start)


def source_right(doc: Doc, cue: CueAt, end: int) -> SourceAt | None:
    """Return the noun phrase behind an inverted cue: "said Umerov, who leads …", "according to two sources"."""
    if cue.end >= end:
        return None
    first = doc[cue.end]
    if not first.has_dep():
        return _source(_neighbours.phrase_behind(doc, cue.end, end), inverted=True)
    phrase = syntax.phrase_from(first)
    return SourceAt(phrase.start, min(phrase.end, end), inverted=True) if phrase is not None else None


def owner_before(doc: Doc, i: int, start: int) -> SourceAt | None:
    """Return whose a noun is: "**the ministry's** repeated claim", "**their** demand"."""
    if not doc[i].has_dep():
        return _source(_neighbours.owner_before(doc, i, start))
    owner = syntax.possessor(doc[i])
    return SourceAt(owner.start, owner.end) if owner is not None and owner.start >= start else None


def name_before(doc: Doc, end: int, start: int) -> SourceAt | None:
    """Return the name or pronoun that ends before token ``end``: "Interfax quoted **Peskov** as saying"."""
    begin = end
    while begin > start and doc[begin - 1].ent_type_ in {"PERSON", "ORG", "GPE"}:
        begin -= 1
    if begin == end and end > start and doc[end - 1].lower_ in words("grammar", "subject_pronouns"):
        begin -= 1
    return SourceAt(begin, end) if begin < end else None


def subject_of_sentence(doc: Doc, start: int, end: int) -> SourceAt | None:
    """Return the first subject among tokens ``[start, end)`` that may speak, the first name or "he" without a tree."""
    for token in doc[start:end]:
        parsed = token.has_dep()
        named = token.lower_ in {"he", "she"} or token.ent_type_ in {"PERSON", "ORG"}
        if parsed and syntax.is_subject(token) and (named or _may_speak(token)):
            return _headed(token, start, end)
        if named and not parsed:
            stop = next((i for i in range(token.i + 1, end) if doc[i].ent_iob_ != "I"), end)
            return SourceAt(token.i, stop)
    return None


def before_auxiliaries(doc: Doc, i: int, start: int) -> int:
    """Return the first of the auxiliaries and adverbs before token ``i``: "**has repeatedly** said"."""
    auxiliaries = words("grammar", "auxiliaries")
    while i > start and (doc[i - 1].lower_ in auxiliaries or doc[i - 1].lower_.endswith("ly")):
        i -= 1
    return i


def speaking_nouns() -> frozenset[str]:
    """Return the nouns for people, bodies and documents that say something."""
    return words("grammar", "unnamed_sources") | words("grammar", "institutions") | words("grammar", "documents")


def _may_speak(noun: Token) -> bool:
    return noun.lower_ in speaking_nouns() or gazetteer.is_role(noun.text)


def _headed(noun: Token, start: int, end: int) -> SourceAt:
    phrase = syntax.noun_phrase(noun)
    return SourceAt(max(phrase.start, start), min(phrase.end, end))


def _source(tokens: tuple[int, int] | None, *, inverted: bool = False) -> SourceAt | None:
    return None if tokens is None else SourceAt(*tokens, inverted)
