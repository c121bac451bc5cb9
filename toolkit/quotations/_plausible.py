"""Whether what rules find inside a statement is one: the cue a verb with a subject, and its words said or thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.cues import by_noun, forms
from toolkit.lexicon.wordlists import words
from toolkit.quotations._cues import dictionary_forms
from toolkit.quotations._reading import tokens_of
from toolkit.quotations._sources import speaking_nouns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from toolkit.quotations._cues import CueAt, SourceAt
    from toolkit.quotations._reading import Draft

_MODAL_REACH = 3


def is_report(doc: Doc, draft: Draft) -> bool:
    """Tell whether an inner find reports what was said or thought, and by another than who speaks.

    Parameters
    ----------
    doc : Doc
    draft : Draft
        Found by rule within the words of a statement.
    """
    cue, source = draft.cue, draft.source
    if cue is None or source is None:
        return True
    opening = tokens_of(doc, draft.pieces[0])[0]
    return (
        _is_subject(doc, source)
        and _says_something(doc, draft, opening)
        and _is_verb(doc, cue, source)
        and not _is_own(doc, cue, source)
        and not (opening.i >= cue.end and opening.lower_ in words("grammar", "no_statement"))
        and not (cue.cue.words[0] in forms("tell") and draft.audience is None and opening.i > cue.end)
        and not (_is_foretold(doc, cue) and not _is_clause(opening))
    )


def _says_something(doc: Doc, draft: Draft, opening: Token) -> bool:
    """Tell whether a content is more than a word ("anyone says **that**"), or in quotation marks."""
    return opening.is_punct or len(draft.pieces) > 1 or len(tokens_of(doc, draft.pieces[0])) > 1


def _is_subject(doc: Doc, source: SourceAt) -> bool:
    """Tell whether a source is one noun phrase: "we remain" and "Clinton has escaped" hold a verb."""
    tokens = doc[source.start : source.end]
    verbs = words("grammar", "auxiliaries") - {"both", "all", "first", "long"}
    held = (token.pos_ == "AUX" if token.has_dep() else token.lower_ in verbs for token in tokens)
    if any(held) or tokens[0].text in {"'s", "’s"}:
        return False
    return len(tokens) == 1 or tokens[0].lower_ not in words("grammar", "subject_pronouns")


def _is_verb(doc: Doc, cue: CueAt, source: SourceAt) -> bool:
    """Tell whether a form that may be a noun is a verb: behind a name, a pronoun, or a noun for who speaks."""
    form = cue.cue.words[0]
    if cue.cue.fixed or len(cue.cue.words) > 1 or not (form in words("grammar", "noun_forms") or form in by_noun()):
        return True
    subject = doc[source.end - 1]
    named = subject.ent_type_ in {"PERSON", "ORG", "GPE"} and subject.i == source.end - 1
    pronoun = subject.lower_ in words("grammar", "subject_pronouns")
    if subject.lower_.endswith("s") and not form.endswith("s"):
        return True
    return named or pronoun or subject.lower_ in speaking_nouns() or gazetteer.is_role(subject.text)


def _is_own(doc: Doc, cue: CueAt, source: SourceAt) -> bool:
    """Tell whether who speaks tells of themselves now ("I hope …"), or of anyone ("if you want …")."""
    first = doc[source.start].lower_ if source.end - source.start == 1 else ""
    present = cue.cue.words[0] in dictionary_forms() or cue.cue.participle
    return (first in {"i", "we"} and present) or (first == "you" and cue.cue.force == "thinks")


def _is_foretold(doc: Doc, cue: CueAt) -> bool:
    """Tell whether a cue is an act to come: "they would accept it"; what someone will say is said all the same."""
    before = doc[max(cue.start - _MODAL_REACH, 0) : cue.start]
    act = cue.cue.force in {"says", "agrees", "denies"} and cue.cue.words[0] not in {"say", "tell"}
    return act and any(token.lower_ in words("grammar", "modals") for token in before)


def _is_clause(opening: Token) -> bool:
    """Tell whether a content is a clause with its opener, an infinitive or in quotation marks, rather than a thing."""
    return opening.lower_ in words("grammar", "told_openers") or opening.lower_ == "to" or opening.is_punct
