"""What kind of name a piece is: by its neighbours, then by its other occurrences in the article."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit import gazetteer
from toolkit.cues import is_cue
from toolkit.names._piece import Piece
from toolkit.names._runs import opens
from toolkit.spelling import skeleton
from toolkit.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")
_PERSON_TOKENS = 4


def typed(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    for position, piece in enumerate(pieces):
        if piece.label == "?":
            titled = position > 0 and pieces[position - 1].label == "TITLE" and pieces[position - 1].end == piece.start
            piece.label = _type(doc, piece, titled=titled)
    return pieces


def _type(doc: Doc, piece: Piece, *, titled: bool) -> str:
    size = piece.end - piece.start
    text = doc[piece.start : piece.end].text
    before = doc[piece.start - 1] if piece.start and not doc[piece.start].is_sent_start else None
    if titled or (before is not None and gazetteer.is_role(before.text)):
        return "PERSON" if size <= _PERSON_TOKENS else "?"
    if doc[piece.start].text in gazetteer.first_names() and 1 < size <= _PERSON_TOKENS + 2:
        return "PERSON"
    if doc[piece.end - 1].lower_ in words("names", "place_heads") or doc[piece.start].lower_ in words(
        "names", "place_heads"
    ):
        return "LOC"
    if size == 1 and _ACRONYM.fullmatch(text):
        return "ORG"
    if size > 1 and _name_shaped(doc, piece):
        return "PERSON"
    if _acts_as_speaker(doc, piece.end) or (size == 1 and _follows_quotation(doc, piece.start)):
        return "PERSON"
    if size == 1 and before is not None and before.lower_ in words("names", "locative_prepositions"):
        return "LOC"
    return "?"


def _name_shaped(doc: Doc, piece: Piece) -> bool:
    """Tell whether two to four words look like a person's name: in title case, none a common noun."""
    tokens = [
        doc[j]
        for j in range(piece.start, piece.end)
        if doc[j].lower_ not in words("names", "particles") and doc[j].text != "-"
    ]
    before = doc[piece.start - 1].lower_ if piece.start else ""
    return (
        2 <= len(tokens) <= _PERSON_TOKENS
        and before != "the"
        and all(token.is_alpha and not token.is_upper for token in tokens)
        and not any(token.lower_ in words("names", "common_capitalised") for token in tokens)
    )


def _acts_as_speaker(doc: Doc, end: int) -> bool:
    return end < len(doc) and not doc[end].is_sent_start and is_cue(doc[end].text)


def _follows_quotation(doc: Doc, start: int) -> bool:
    """Tell whether a cue and a closing mark stand before a word, so that it speaks: "…,” said Umerov"."""
    if start < 2 or doc[start].is_sent_start or not is_cue(doc[start - 1].text):
        return False
    return doc[start - 2].text in words("grammar", "closing_marks")


def harmonise(doc: Doc, pieces: list[Piece]) -> None:
    """Give a form the type that most of its occurrences have, and a bare last name its person's."""
    votes: dict[str, Counter[str]] = {}
    last_names = {doc[piece.end - 1].text for piece in pieces if piece.label == "PERSON"}
    for piece in pieces:
        if piece.label not in {"TITLE", "?"}:
            votes.setdefault(doc[piece.start : piece.end].text, Counter())[piece.label] += 1
    for piece in pieces:
        text = doc[piece.start : piece.end].text
        if piece.label == "TITLE" or gazetteer.lookup(text):
            continue
        if piece.end - piece.start == 1 and text in last_names:
            piece.label = "PERSON"
        elif text in votes:
            piece.label = votes[text].most_common(1)[0][0]


def known_openers(doc: Doc, pieces: list[Piece], headlines: frozenset[int], first_token: int) -> Iterator[Piece]:
    """Give the last names of people found, in any spelling, that open a sentence or stand in a headline."""
    people = {skeleton(doc[piece.end - 1].text) for piece in pieces if piece.label == "PERSON"}
    taken = {i for piece in pieces for i in range(piece.start, piece.end)}
    for token in doc[first_token:]:
        if (
            token.i not in taken
            and len(token) > 3
            and (opens(token) or token.i in headlines)
            and token.is_title
            and skeleton(token.text) in people
        ):
            yield Piece(token.i, token.i + 1, "PERSON")
