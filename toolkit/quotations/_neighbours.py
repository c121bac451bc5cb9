"""Noun phrases told from the words beside them, for pipelines that set no dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_Tokens = tuple[int, int]
_INNER_MARKS = frozenset(["-", "‑", "'s", "’s", "'", "’"])
_BREAKS = ("phrase_breaks", "inner_prepositions", "object_pronouns")
_LONGEST_PHRASE = 14
_LONGEST_APPOSITION = 20


def phrase_before(doc: Doc, end: int, start: int) -> _Tokens | None:
    """Return the noun phrase that ends before token ``end``, a name's apposition left out: "**Reis**, the mayor,"."""
    if end > start and doc[end - 1].text == ",":
        commas = (i for i in range(end - 2, max(start, end - _LONGEST_APPOSITION), -1) if doc[i].text == ",")
        end = next((i for i in commas if doc[i - 1].ent_type_), start)
    begin = end
    while begin > start and end - begin < _LONGEST_PHRASE and _in_phrase(doc, begin - 1):
        begin -= 1
    if begin == end and end > start and doc[end - 1].lower_ in words("grammar", "subject_pronouns"):
        begin -= 1
    return (begin, end) if begin < end else None


def phrase_behind(doc: Doc, start: int, end: int) -> _Tokens | None:
    """Return the noun phrase that begins at token ``start``."""
    stop = start
    while stop < min(end, start + _LONGEST_PHRASE) and _in_phrase(doc, stop):
        stop += 1
    return (start, stop) if stop > start else None


def owner_before(doc: Doc, i: int, start: int) -> _Tokens | None:
    """Return whose a noun is: "**the ministry's** claim", "**their** demand"."""
    if i > start and doc[i - 1].lower_ in words("grammar", "possessives"):
        return i - 1, i
    return phrase_before(doc, i, start) if i > start and doc[i - 1].lower_ in {"'s", "’s"} else None


def _in_phrase(doc: Doc, i: int) -> bool:
    token = doc[i]
    if token.ent_type_ or (token.text in _INNER_MARKS and i > 0 and not doc[i - 1].whitespace_):
        return True
    breaks = any(token.lower_ in words("grammar", name) for name in _BREAKS)
    return not (breaks or token.is_punct or token.is_space)
