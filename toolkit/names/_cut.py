"""A run of capitalised words cut at listed forms, titles and the heads of bodies."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.names._piece import Piece
from toolkit.names._runs import is_head, listed_title

if TYPE_CHECKING:
    from spacy.tokens import Doc


def cut(doc: Doc, start: int, end: int) -> list[Piece]:
    """Cut a run at listed forms and titles; what is left over is a name of its own."""
    pieces: list[Piece] = []
    i = start
    while i < end:
        size, label = _listed(doc, i, end)
        if size:
            pieces.append(Piece(i, i + size, label))
            i += size
        elif pieces and pieces[-1].label == "?" and pieces[-1].end == i:
            pieces[-1].end += 1
            i += 1
        else:
            pieces.append(Piece(i, i + 1, "?"))
            i += 1
    return [
        _trimmed(doc, piece)
        for piece in _joined(doc, _titles(doc, pieces))
        if any(doc[j].text[0].isalpha() for j in range(piece.start, piece.end))
    ]


def _listed(doc: Doc, i: int, end: int) -> tuple[int, str]:
    """Return the length and label of the longest listed form that begins at token ``i`` (0 where none does)."""
    for size in range(min(gazetteer.longest_form() + 2, end - i), 0, -1):
        entry = gazetteer.lookup(doc[i : i + size].text)
        if entry and not (size == 1 and _part_of_person(doc, i, end)):
            return size, gazetteer.LABELS[entry.category]
    if size := listed_title(doc, i, end):
        return size, "TITLE"
    before = doc[i - 1].text if i and not doc[i].is_sent_start else ""
    honoured = gazetteer.is_honorific(before) or before in gazetteer.first_names()
    if gazetteer.is_honorific(doc[i].text) or (gazetteer.is_role(doc[i].text) and not honoured):
        return 1, "TITLE"
    return 0, ""


def _titles(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    """Take the words that open a title for a part of it: "Vice Commerce | Minister"."""
    for piece, behind in pairwise(pieces):
        first = doc[piece.start].text
        office = behind.end < len(doc) and doc[behind.end].text[0].isupper() and not doc[behind.start].is_upper
        modifies = first not in gazetteer.first_names() and doc[piece.end - 1].text != "and"
        if piece.label == "?" and behind.label == "TITLE" and piece.end == behind.start and office and modifies:
            piece.label = "TITLE"
    return pieces


def _part_of_person(doc: Doc, i: int, end: int) -> bool:
    """Tell whether a listed word is a first or last name here: "Jordan Bardella", "Denzel Washington"."""
    before = doc[i - 1].text if i else ""
    behind = doc[i + 1].text if i + 1 < end else ""
    if before in gazetteer.first_names():
        return not gazetteer.lookup(before)
    entry = gazetteer.lookup(doc[i].text)
    return doc[i].text in gazetteer.first_names() and bool(behind) and not gazetteer.lookup(behind) and bool(entry)


def _joined(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    """Join the pieces of one body ("Foreign" + "Ministry", "National Security and Defense Council") up to its head."""
    joined: list[Piece] = []
    for piece in pieces:
        heads = [j for j in range(piece.start, piece.end) if is_head(doc[j])]
        if piece.label == "?" and heads:
            cut = heads[-1] + 1
            if is_head(doc[piece.start]) and piece.end - piece.start > 1 and heads[-1] == piece.start:
                cut = piece.end
            joined.append(Piece(piece.start, cut, "ORG"))
            if cut < piece.end:
                joined.append(Piece(cut, piece.end, "?"))
        elif (
            joined
            and piece.label == "GPE"
            and joined[-1].label == "ORG"
            and piece.start > joined[-1].end - 1
            and _is_of(doc, piece.start - 1)
        ):
            joined[-1].end = piece.end
        else:
            joined.append(piece)
    return joined


def _trimmed(doc: Doc, piece: Piece) -> Piece:
    while piece.end - piece.start > 1 and doc[piece.end - 1].text in {"-", "&", "of", "for", "and", "the"}:
        piece.end -= 1
    while piece.end - piece.start > 1 and doc[piece.start].text in {"-", "&", "of", "for", "and", "the"}:
        piece.start += 1
    return piece


def _is_of(doc: Doc, i: int) -> bool:
    return doc[i].lower_ in {"of", "for"} or (doc[i].lower_ == "the" and doc[i - 1].lower_ in {"of", "for"})
