"""The noun phrases of a proposition, of which an issue may bear the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from toolkit.records import Span

_WORDS = 4
"""Most words of a name, but for what hangs on it by "of"."""
_PARTS = frozenset(["compound", "amod", "nmod", "nn"])
_NOUNS = frozenset(["NOUN", "PROPN"])


def topics_in(doc: Doc, span: Span) -> tuple[str, ...]:
    """Return the noun phrases of a span without articles, owners and numbers: "the port's **annual fees**".

    Those with "of" are there twice, with it and without: "**exchange of prisoners**", "**exchange**".
    """
    held = doc.char_span(*span, alignment_mode="expand")
    found: dict[str, None] = {}
    for token in held or ():
        if token.pos_ in _NOUNS and token.dep_ not in _PARTS and not _is_apart(token):
            phrase = _phrase(token)
            of = next((child for child in token.rights if child.lower_ == "of"), None)
            inner = next((child for child in of.rights if child.pos_ in _NOUNS), None) if of is not None else None
            if of is not None and inner is not None and inner.idx < span[1]:
                found[f"{phrase} of {_phrase(inner)}"] = None
            found[phrase] = None
    return tuple(found)


def _is_apart(noun: Token) -> bool:
    """Tell whether a noun names a person or a month, which no matter is called by."""
    return noun.ent_type_ == "PERSON" or noun.lower_ in words("times", "capitalised", "month")


def _phrase(noun: Token) -> str:
    start = noun.i
    while start > max(0, noun.i - _WORDS + 1) and _belongs(noun.doc[start - 1], noun):
        start -= 1
    passed = words("positions", "issues", "passed_over")
    while start < noun.i and noun.doc[start].lower_ in passed:
        start += 1
    return noun.doc[start : noun.i + 1].text


def _belongs(word: Token, noun: Token) -> bool:
    """Tell whether a word before a noun is part of its name, hyphens too: "free-**trade** zone"."""
    return word.dep_ in _PARTS and noun.i >= word.head.i > word.i
