"""Windows of words to learn from, each with what is known of its words: trees, tags, names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch

from toolkit.model.doc_words import read_doc
from toolkit.model.parsing_labels import name_codes
from toolkit.model.train.batches import pad
from toolkit.model.train.parsing_data import curled, joined
from toolkit.model.window_scores import own_places
from toolkit.model.words import encode

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    from toolkit.model.doc_words import DocWords
    from toolkit.model.parsing_labels import Labels
    from toolkit.model.train.parsing_data import Example, ExampleSet, NamePool
    from toolkit.model.words import Cutter, Window, Words

IGNORED = -100
"""Stands where nothing is known of a word, or its head is outside its window."""
EXCHANGED = 0.3
"""Share of the examples whose names are exchanged for others."""


class Piece(NamedTuple):
    """A window to learn from, with the columns of all words of its text; ``allowed`` (codes, codes) is for names."""

    words: Words
    window: Window
    columns: Mapping[str, NDArray[np.int64]]
    allowed: torch.Tensor


class Batch(NamedTuple):
    """Tensors of windows, padded to the longest.

    ``tags``, ``forms``, ``heads``, ``deps`` (batch, words) are ``IGNORED`` where unknown; ``sentences`` number the
    sentences of a window; ``allowed`` (batch, words, codes) is true for the codes of names that a word may have,
    nowhere where names are unknown.
    """

    ids: torch.Tensor
    features: torch.Tensor
    firsts: torch.Tensor
    tags: torch.Tensor
    forms: torch.Tensor
    heads: torch.Tensor
    deps: torch.Tensor
    sentences: torch.Tensor
    allowed: torch.Tensor


class Source:
    """What turns sets of examples into windows: the labels, the pool of names to exchange, the cutter of words."""

    def __init__(self, labels: Labels, pool: NamePool, vocab: Vocab, cut: Cutter) -> None:
        self.labels, self.pool, self.vocab, self.cut = labels, pool, vocab, cut

    def read(self, example: Example) -> DocWords:
        """Return the words of an example as the parser takes them."""
        from spacy.tokens import Doc

        return read_doc(Doc(self.vocab, example.words, example.spaces, sent_starts=[*example.starts]), self.cut)

    def pieces(self, given: ExampleSet, chance: random.Random) -> Iterator[Piece]:
        """Give the windows of a set, put together and varied anew at each call."""
        allowed = allowed_codes(self.labels.names, given.one_kind)
        for example in joined(given.examples, chance):
            varied = curled(self.pool.exchanged(example, EXCHANGED, chance), chance)
            read = self.read(varied)
            columns = self._columns(varied, read)
            for window in read.windows():
                yield Piece(read.words, window, columns, allowed)

    def known(self, example: Example) -> tuple[DocWords, dict[str, NDArray[np.int64]]]:
        """Return the words of an example, and what is known of them."""
        read = self.read(example)
        return read, self._columns(example, read)

    def _columns(self, example: Example, read: DocWords) -> dict[str, NDArray[np.int64]]:
        """Return an example's columns by word; heads are counted in words."""
        labels, size = self.labels, len(example)
        heads = np.full(size, IGNORED)
        if example.heads is not None:
            place = np.full(size, IGNORED)
            place[read.tokens] = np.arange(len(read.tokens))
            heads = place[np.array(example.heads, np.int64)]
        names = np.full(size, IGNORED) if example.names is None else name_codes(example.names, size, labels.names)
        columns = {
            "tags": _codes(example.tags, labels.tags, size),
            "forms": _codes(example.forms, labels.forms, size),
            "heads": heads,
            "deps": _codes(example.deps, labels.deps, size),
            "sentences": np.cumsum(example.starts),
            "names": names,
        }
        return {name: values[read.tokens] for name, values in columns.items()}


def _codes(values: Sequence[str] | None, labels: Sequence[str], size: int) -> NDArray[np.int64]:
    if values is None:
        return np.full(size, IGNORED)
    places = {label: place for place, label in enumerate(labels)}
    return np.array([places.get(value, IGNORED) for value in values], np.int64)


def collate(pieces: Sequence[Piece]) -> Batch:
    """Return windows as tensors."""
    encoded = [encode(piece.words, piece.window.start, piece.window.end) for piece in pieces]
    ids, features = pad(encoded)
    most = max(piece.window.own_end - piece.window.own for piece in pieces)
    fillers = {"firsts": 0, "tags": IGNORED, "forms": IGNORED, "heads": IGNORED, "deps": IGNORED, "sentences": -1}
    columns: dict[str, Any] = {
        name: torch.full((len(pieces), most), filler, dtype=torch.int64) for name, filler in fillers.items()
    }
    allowed = torch.zeros(len(pieces), most, pieces[0].allowed.shape[1], dtype=torch.bool)
    for row, (piece, found) in enumerate(zip(pieces, encoded, strict=True)):
        own, own_end = piece.window.own, piece.window.own_end
        size = own_end - own
        columns["firsts"][row, :size] = torch.tensor(own_places(piece.window, found))
        for name in ("tags", "forms", "deps", "sentences"):
            columns[name][row, :size] = torch.from_numpy(piece.columns[name][own:own_end])
        heads = piece.columns["heads"][own:own_end] - own
        outside = (heads < 0) | (heads >= size)
        columns["heads"][row, :size] = torch.from_numpy(np.where(outside, IGNORED, heads))
        names = piece.columns["names"][own:own_end]
        if len(names) and names[0] != IGNORED:
            allowed[row, :size] = piece.allowed[torch.from_numpy(names)]
    return Batch(ids, features, allowed=allowed, **columns)


@cache
def allowed_codes(labels: tuple[str, ...], one_kind: tuple[tuple[str, ...], ...]) -> torch.Tensor:
    """Return which codes of names (second axis) a word may have that a set gives a code (first axis), bool."""
    groups = {kind: group for group in one_kind for kind in group}
    found = torch.eye(len(labels), dtype=torch.bool)
    for row, label in enumerate(labels[1:], 1):
        for kind in groups.get(label[2:], ()):
            found[row, labels.index(label[:2] + kind)] = True
    return found
