"""What kind of name a piece is: by its neighbours, then by its other occurrences in the article."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.cues import is_cue
from toolkit.lexicon.spelling import skeleton
from toolkit.lexicon.wordlists import words
from toolkit.names._endings import Endings
from toolkit.names._piece import Piece
from toolkit.names._runs import opens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc, Token

_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")
_PERSON_TOKENS = 4


def typed(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    for position, piece in enumerate(pieces):
        if piece.label == "?":
            titled = position > 0 and pieces[position - 1].label == "TITLE" and pieces[position - 1].end == piece.start
            piece.label = _type(doc, piece, titled=titled)
        opener = doc[piece.start].lower_ in words("names", "name_openers")
        if piece.label == "PERSON" and piece.end - piece.start > 1 and opener:
            piece.start += 1
    return pieces


def _type(doc: Doc, piece: Piece, *, titled: bool) -> str:
    text = doc[piece.start : piece.end].text
    before = doc[piece.start - 1] if piece.start and not doc[piece.start].is_sent_start else None
    place_heads = words("names", "place_heads")
    if text.lower() in words("names", "partisans"):
        return "NORP"
    if titled or (before is not None and gazetteer.is_role(before.text)):
        return "PERSON" if piece.end - piece.start <= _PERSON_TOKENS else "?"
    if doc[piece.start].text in gazetteer.first_names() and 1 < piece.end - piece.start <= _PERSON_TOKENS + 2:
        return "PERSON"
    if doc[piece.end - 1].lower_ in place_heads or doc[piece.start].lower_ in place_heads:
        return "LOC"
    if piece.end - piece.start == 1:
        return _type_of_word(doc, piece.start, before)
    if before is not None and before.lower_ in words("names", "inner_locatives"):
        return "LOC"
    return "PERSON" if _name_shaped(doc, piece) or _acts_as_speaker(doc, piece.end) else "?"


def _type_of_word(doc: Doc, i: int, before: Token | None) -> str:
    """Return the type of a name of one word."""
    if _ACRONYM.fullmatch(doc[i].text):
        return "ORG"
    if _acts_as_speaker(doc, i + 1) or _follows_quotation(doc, i):
        return "PERSON"
    return "LOC" if before is not None and before.lower_ in words("names", "locative_prepositions") else "?"


def _name_shaped(doc: Doc, piece: Piece) -> bool:
    """Tell whether two to four words look like a person's name: in title case, none a common noun."""
    tokens = [
        doc[j]
        for j in range(piece.start, piece.end)
        if doc[j].lower_ not in words("names", "particles") and doc[j].text != "-"
    ]
    before = doc[piece.start - 1].lower_ if piece.start else ""
    if opens(doc[piece.start]) and not before.strip() and _ends_line(doc, piece.end):
        return False
    return (
        2 <= len(tokens) <= _PERSON_TOKENS
        and before != "the"
        and all(token.is_alpha and not token.is_upper for token in tokens)
        and not any(token.lower_ in words("names", "common_capitalised") for token in tokens)
    )


def _ends_line(doc: Doc, i: int) -> bool:
    """Tell whether nothing but a full stop follows before the line ends."""
    behind = i + (i < len(doc) and doc[i].text == ".")
    return behind >= len(doc) or "\n" in doc[behind].text


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
    people = [piece for piece in pieces if piece.label == "PERSON"]
    last_names = {skeleton(doc[piece.end - 1].text) for piece in people if piece.end - piece.start > 1}
    full = Endings(doc[piece.start : piece.end].text for piece in people)
    first_names = {doc[piece.start].text for piece in people if piece.end - piece.start > 1}
    bodies = _first_words_of_bodies(doc, pieces)
    for piece in pieces:
        if piece.label not in {"TITLE", "?"}:
            votes.setdefault(doc[piece.start : piece.end].text, Counter())[piece.label] += 1
    for piece in pieces:
        text = doc[piece.start : piece.end].text
        entry = gazetteer.lookup(text)
        if piece.label == "TITLE":
            continue
        if entry and not entry.ambiguous:
            # Whether a region governs itself, or a seat is a body, is told by what is read of it, and once for all.
            if entry.category in {"region", "metonym"} and piece.label != "PERSON":
                told = Counter({label: n for label, n in votes.get(text, Counter()).items() if label != "PERSON"})
                piece.label = told.most_common(1)[0][0] if told else piece.label
            continue
        single = piece.end - piece.start == 1
        unknown = piece.label == "?"
        last = single and skeleton(text) in last_names
        first = single and (
            (unknown and text in gazetteer.first_names()) or (piece.label in {"?", "ORG"} and text in first_names)
        )
        short = not single and unknown and full.has(f" {_lowered(text)}")
        if last or first or short:
            piece.label = "PERSON"
        elif text in bodies and piece.label == "PERSON" and text not in first_names:
            piece.label = "ORG"
        elif text in votes:
            piece.label = votes[text].most_common(1)[0][0]


def _first_words_of_bodies(doc: Doc, pieces: Iterable[Piece]) -> set[str]:
    """Return the names that a common noun follows in a body's name: "Ora" of "Ora Media"."""
    heads = words("names", "organisation_heads")
    return {
        doc[piece.start].text
        for piece in pieces
        if piece.label == "ORG" and piece.end - piece.start == 2 and doc[piece.end - 1].lower_ in heads
    }


def _lowered(name: str) -> str:
    """Return a name with its first word, a particle capitalised for its place, as it stands behind a first name."""
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in words("names", "particles") else name


def known_openers(doc: Doc, pieces: list[Piece], headlines: frozenset[int], first_token: int) -> list[Piece]:
    """Return the last names of people found, in any spelling, that open a sentence or stand in a headline.

    A listed first name before one is part of it; a name that is a month's too counts where a title or cue stands by.
    """
    people = {skeleton(doc[piece.end - 1].text) for piece in pieces if piece.label == "PERSON"}
    full = {doc[piece.start : piece.end].text for piece in pieces if piece.label == "PERSON"}
    taken = {i for piece in pieces if piece.label != "?" for i in range(piece.start, piece.end)}
    found: list[Piece] = []
    for token in doc[first_token:]:
        if token.i in taken or not token.is_title or skeleton(token.text) not in people:
            continue
        if token.lower_ in words("names", "calendar_words"):
            start = token.i if _person_by_context(doc, token.i) else None
        else:
            start = _name_start(doc, token.i, full, taken)
        opening = start is not None and len(token) > 3 and (opens(doc[start]) or start in headlines)
        if start is not None and (opening or token.lower_ in words("names", "calendar_words")):
            if found and start < found[-1].end:
                found[-1].end = token.i + 1
            else:
                found.append(Piece(start, token.i + 1, "PERSON"))
    return found


def _name_start(doc: Doc, i: int, full: set[str], taken: set[int]) -> int:
    """Return where a name that ends at token ``i`` begins: with a first name that is listed, or known with it."""
    before = doc[i - 1].text if i and i - 1 not in taken and not doc[i].is_sent_start else ""
    return i - 1 if before in gazetteer.first_names() or f"{before} {doc[i].text}" in full else i


def _person_by_context(doc: Doc, i: int) -> bool:
    """Tell whether a word such as "May" is a person's name by what stands beside it."""
    before, behind = doc[i - 1] if i else None, doc[i + 1] if i + 1 < len(doc) else None
    titled = before is not None and (gazetteer.is_honorific(before.text) or gazetteer.is_role(before.text))
    speaks = behind is not None and (is_cue(behind.text) or behind.text in {"'s", "’s"})
    return titled or (speaks and not (before is not None and before.lower_ in words("names", "locative_prepositions")))
