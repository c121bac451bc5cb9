"""The words of a Doc whose sentences are set, as the parser reads them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from toolkit.model.words import OPENS, features_of, read_words, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from toolkit.model.words import Cutter, Window, Words
    from toolkit.records import Span

LONGEST: Final = 160
"""Most pieces of a window: attention costs their square, and names and trees need little else than their paragraph."""


@dataclass(frozen=True, slots=True)
class DocWords:
    """Words with each one's place among the Doc's tokens, shape (words,), and the number of its sentence, rising."""

    words: Words
    tokens: NDArray[np.int64]
    sentences: NDArray[np.int64]

    def windows(self) -> list[Window]:
        """Return the windows to be read: whole paragraphs, and nothing before them."""
        return windows(self.words, LONGEST, 0)


def read_doc(doc: Doc, cut: Cutter, part: Span | None = None) -> DocWords:
    """Return the words of a Doc; the mark of a word that opens a paragraph is given to all that open a sentence.

    Parameters
    ----------
    doc : Doc
        Tokens with sentence starts; nothing else is read.
    cut : callable
        From :func:`toolkit.model.words.word_cutter`.
    part : (int, int), optional
        The part of the text to read; all of it by default.
    """
    words = read_words(doc, cut, part)
    offsets, blank, starts = doc.to_array(["IDX", "IS_SPACE", "SENT_START"]).astype(np.int64).T
    first, last = part or (0, len(doc.text))
    tokens = np.flatnonzero((blank == 0) & (offsets >= first) & (offsets < last))
    sentences = np.cumsum(starts == 1)[tokens]
    opens = (np.diff(sentences, prepend=-1) > 0).tolist()
    features = [
        features_of(own.case, own.quoted, OPENS) if opening else own
        for own, opening in zip(words.features, opens, strict=True)
    ]
    ends = [*opens[1:], True][: len(opens)]
    return DocWords(replace(words, features=features, ends_sentence=ends), tokens, sentences)
