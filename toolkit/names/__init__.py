"""Names of people, bodies, states, places and peoples: by word lists, by the network, and by rules.

The rules need no weights: a run of capitalised words is cut at listed forms and titles, and each piece is typed by the
lists, then by what stands beside it ("President", "said", "in"), then by its other occurrences.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.names._cut import cut
from toolkit.names._merge import merged
from toolkit.names._piece import Piece
from toolkit.names._runs import capitalised, headline_tokens, opens, runs
from toolkit.names._types import harmonise, known_openers, typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

__all__ = ["Piece", "find_names", "merge_names"]


def merge_names(doc: Doc, read: Iterable[tuple[int, int, str]], *, first_token: int = 0) -> list[Piece]:
    """Return the names of a Doc that a network has read, set right by the lists and rules.

    Parameters
    ----------
    doc : Doc
        With sentences and tags.
    read : iterable of (int, int, str)
        The names as the network reads them: first token, token behind the last, label.
    first_token : int
        Tokens before it (a file's header) are passed over.

    Returns
    -------
    list of Piece
        In order, not overlapping, labelled PERSON, ORG, GPE, LOC, NORP or FAC; a form has one label throughout.
    """
    pieces = [Piece(start, end, label) for start, end, label in read if start >= first_token]
    return merged(doc, pieces, find_names(doc, first_token=first_token), first_token=first_token)


def find_names(doc: Doc, *, first_token: int = 0) -> list[Piece]:
    """Return the names that lists and rules alone find in a Doc with sentence boundaries set.

    Parameters
    ----------
    doc : Doc
        Tokens with ``is_sent_start`` set.
    first_token : int
        Tokens before it (a file's header) are passed over.

    Returns
    -------
    list of Piece
        In order, not overlapping, labelled PERSON, ORG, GPE, LOC or NORP.
    """
    capitals = (token for token in doc[first_token:] if capitalised(token))
    counts = Counter(token.text for token in capitals if not opens(token))
    headlines = headline_tokens(doc)
    pieces = [
        piece
        for run in runs(doc, counts, first_token)
        for piece in typed(doc, cut(doc, run.start, run.end))
        if run.start not in headlines or gazetteer.lookup(doc[piece.start : piece.end].text)
    ]
    openers = known_openers(doc, pieces, headlines, first_token)
    known = {i for piece in openers for i in range(piece.start, piece.end)}
    kept = [piece for piece in pieces if known.isdisjoint(range(piece.start, piece.end))]
    pieces = sorted([*kept, *openers], key=lambda piece: piece.start)
    harmonise(doc, pieces)
    return [piece for piece in pieces if piece.label not in {"TITLE", "?"}]
