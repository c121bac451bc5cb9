"""Pieces laid over the tokens of a Doc, where rules look for those that lie beside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from toolkit.names._piece import Piece


class Laid:
    """Pieces by the tokens that they take up, none over another.

    Parameters
    ----------
    doc : Doc
    pieces : iterable of Piece
    """

    def __init__(self, doc: Doc, pieces: Iterable[Piece]) -> None:
        self._doc = doc
        self._at: dict[int, Piece] = {}
        self._ends_of_bodies: Counter[str] = Counter()
        for piece in pieces:
            self._take_up(piece)

    def beside(self, start: int, end: int) -> list[Piece]:
        """Return the pieces that take up any of the tokens ``[start, end)``, in order."""
        met = (self._at[i] for i in range(start, end) if i in self._at)
        return list({piece.start: piece for piece in met}.values())

    def lay(self, piece: Piece) -> None:
        """Lay a piece in the place of all that lie where it does."""
        for other in self.beside(piece.start, piece.end):
            self._count_end(other, -1)
            for i in range(other.start, other.end):
                del self._at[i]
        self._take_up(piece)

    def relabel(self, piece: Piece, label: str) -> None:
        """Give a piece that lies here another label."""
        self._count_end(piece, -1)
        piece.label = label
        self._count_end(piece, 1)

    def ends_a_body(self, word: str) -> bool:
        """Tell whether a body's name of several words ends with a word: "Harbour Council … the Council"."""
        return self._ends_of_bodies[word] > 0

    def in_order(self) -> list[Piece]:
        """Return the pieces in the order of the text."""
        return [self._at[i] for i in sorted(self._at) if self._at[i].start == i]

    def _take_up(self, piece: Piece) -> None:
        self._at.update(dict.fromkeys(range(piece.start, piece.end), piece))
        self._count_end(piece, 1)

    def _count_end(self, piece: Piece, step: int) -> None:
        if piece.label == "ORG" and piece.end - piece.start > 1:
            self._ends_of_bodies[self._doc[piece.end - 1].text] += step
