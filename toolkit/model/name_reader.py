"""Names in an article as an encoder reads them: lower layers of MiniLM (Wang et al. 2020) fine-tuned on gold names.

Weights, figures and weaknesses: ``names/CARD.md``; the recipe: ``train/names.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model._onnx import load_session, read_settings
from toolkit.model.parsing_labels import best_path, read_names
from toolkit.model.window_scores import score_words
from toolkit.model.word_pieces import load_tokenizer
from toolkit.model.words import PLAIN, TITLE, Words, read_words, word_cutter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from toolkit.model.words import Cutter
    from toolkit.records import Span

FOLDER = Path(__file__).parent / "names"
LONGEST = 128
"""Most pieces of a window: attention costs their square, and names need little else than their own paragraph."""
CONTEXT = 0
UNNAMED = frozenset(["MISC"])
"""Kinds of names that are told apart from others but not given."""


@dataclass(frozen=True, slots=True)
class Read:
    """The words to be read of a Doc, those of sentences that may hold a name, and each one's place among the tokens."""

    words: Words
    tokens: NDArray[np.int64]


class NameReader:
    """Reads names with the network in a folder of weights.

    Parameters
    ----------
    folder : Path
        Holds ``config.json`` and ``model.onnx``.

    Raises
    ------
    PipelineError
        Where the weights are missing or damaged.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        settings = read_settings(folder)
        self.labels: tuple[str, ...] = tuple(settings["labels"])
        self.sha256: str = settings["sha256"]
        self.session = load_session(folder / "model.onnx", self.sha256)

    def names(self, doc: Doc, body: Span | None = None) -> list[tuple[int, int, str]]:
        """Return the names of a Doc in order: first token, token behind the last, kind.

        Parameters
        ----------
        doc : Doc
            Tokens with sentence starts; nothing else is read.
        body : (int, int), optional
            The part of the text to read; all of it by default.
        """
        read = read_sentences(doc, cutter(), body)
        scores = score_words(self.session, read.words, len(self.labels), LONGEST, CONTEXT)
        return [name for name in names_of(read, scores, self.labels) if name[2] not in UNNAMED]


@cache
def packaged_reader() -> NameReader:
    """Return the reader with the packaged weights, loaded once."""
    return NameReader()


@cache
def cutter() -> Cutter:
    """Return what gives the pieces of a word."""
    return word_cutter(load_tokenizer())


def read_sentences(doc: Doc, cut: Cutter, body: Span | None = None) -> Read:
    """Return the words of the sentences that may hold a name: a sixth of news is in others, and is not read.

    A sentence may hold one unless it begins with a capital, as sentences do, and all its words with one are stop words
    ("The", "But", "I").

    Parameters
    ----------
    doc : Doc
        Tokens with sentence starts.
    cut : callable
        From :func:`toolkit.model.words.word_cutter`.
    body : (int, int), optional
        The part of the text to read; all of it by default.
    """
    words = read_words(doc, cut, body)
    columns = doc.to_array(["IDX", "IS_SPACE", "SENT_START", "IS_STOP"]).astype(np.int64)
    first, last = body or (0, len(doc.text))
    tokens = np.flatnonzero((columns[:, 1] == 0) & (columns[:, 0] >= first) & (columns[:, 0] < last))
    if not len(tokens):
        return Read(words, tokens)
    sentence = np.cumsum(columns[:, 2] == 1)[tokens]
    cases = np.array([features.case for features in words.features])
    opens = np.diff(sentence, prepend=-1) > 0
    may = (cases != PLAIN) & ~((cases == TITLE) & (columns[tokens, 3] == 1))
    # In lower case throughout, as on the web, a name cannot be told by capitals.
    may |= opens & (cases == PLAIN) & np.array([doc[int(i)].is_lower for i in tokens])
    kept = np.isin(sentence, sentence[may])
    return Read(_only(words, kept), tokens[kept])


def _only(words: Words, kept: NDArray[np.bool_]) -> Words:
    """Return the words that are kept; a paragraph opens with the first of them."""
    places = np.flatnonzero(kept).tolist()
    paragraph = np.cumsum(words.opens)[kept]
    return Words(
        spans=[words.spans[i] for i in places],
        pieces=[words.pieces[i] for i in places],
        features=[words.features[i] for i in places],
        opens=(np.diff(paragraph, prepend=0) > 0).tolist(),
        ends_sentence=[words.ends_sentence[i] for i in places],
    )


def names_of(read: Read, scores: NDArray[np.float32], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the names of the best path of codes, paragraph by paragraph: first token, token behind the last, kind.

    Parameters
    ----------
    read : Read
    scores : ndarray
        Shape (words, codes), float32.
    labels : sequence of str
        Of the codes, from :func:`toolkit.model.parsing_labels.name_labels`.
    """
    for first, last in read.words.paragraphs():
        for start, end, kind in read_names(best_path(scores[first:last], labels), labels):
            yield int(read.tokens[first + start]), int(read.tokens[first + end - 1]) + 1, kind
