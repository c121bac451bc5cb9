"""Examples for the reader of names: gold and silver names as windows of words, each with the codes that it may have."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import torch

from toolkit.model.docbins import read_docs
from toolkit.model.name_reader import CONTEXT, LONGEST, read_sentences
from toolkit.model.parsing_labels import name_codes, name_labels
from toolkit.model.train.batches import pad
from toolkit.model.train.parsing_data import KEPT_NAMES, Example, NamePool, curled, named
from toolkit.model.window_scores import own_places
from toolkit.model.words import encode, windows

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    from toolkit.model.name_reader import Read
    from toolkit.model.words import Cutter, Window, Words

LABELS = name_labels(sorted(set(KEPT_NAMES.values())))
"""Of the codes that the network scores."""
ONE_KIND = {"wikigold_ner": (("GPE", "LOC", "FAC"), ("NORP", "MISC"))}
"""Kinds that the annotators of a set did not tell apart; which of them a name is, is left open."""
EXCHANGED = 0.3
"""Share of the examples whose names are exchanged for others."""
MOST_WORDS = 120
"""Paragraphs that follow one another in a set are read together up to about as many words."""


class Piece(NamedTuple):
    """A window of words to learn from: where it is, and the codes of all words."""

    words: Words
    window: Window
    codes: NDArray[np.int64]
    one_kind: tuple[tuple[str, ...], ...]


class Batch(NamedTuple):
    """Tensors of windows; ``allowed`` (batch, words, codes) is true for what a word may be, nowhere behind the last."""

    ids: torch.Tensor
    features: torch.Tensor
    firsts: torch.Tensor
    allowed: torch.Tensor


class NameSet(NamedTuple):
    """The examples of one set, in order, and the kinds it does not tell apart."""

    examples: list[Example]
    one_kind: tuple[tuple[str, ...], ...] = ()


def read_set(path: Path) -> NameSet:
    """Return a set's paragraphs with their names."""
    return NameSet([named(doc) for doc in read_docs(path)], ONE_KIND.get(path.stem, ()))


def split(given: NameSet, every: int = 10, run: int = 12) -> tuple[NameSet, NameSet]:
    """Return a set in two, the second a part in ``every``: runs of examples, for neighbours are of one document."""
    held = [number // run % every == every - 1 for number in range(len(given.examples))]
    pairs = list(zip(given.examples, held, strict=True))
    kept, aside = ([one for one, out in pairs if out is which] for which in (False, True))
    return given._replace(examples=kept), given._replace(examples=aside)


def read_example(example: Example, vocab: Vocab, cut: Cutter) -> Read:
    """Return the words of an example as the reader of names takes them."""
    from spacy.tokens import Doc

    doc = Doc(vocab, words=example.words, spaces=example.spaces, sent_starts=[*example.starts])
    return read_sentences(doc, cut)


def joined(examples: Iterable[Example], chance: random.Random) -> Iterator[Example]:
    """Give examples put together with those that follow them, up to a number of words drawn anew each time."""
    together: list[Example] = []
    room = 0
    for example in examples:
        if together and room < len(example):
            yield _one(together)
            together = []
        if not together:
            room = chance.randint(1, MOST_WORDS)
        together.append(example)
        room -= len(example)
    if together:
        yield _one(together)


def _one(examples: Sequence[Example]) -> Example:
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    names: list[tuple[int, int, str]] = []
    for example in examples:
        first = len(words)
        words += [*example.words, "\n"]
        spaces += [*example.spaces[:-1], False, False]
        starts += [*example.starts, False]
        names += [(first + start, first + end, kind) for start, end, kind in example.names or ()]
    return Example(words=words, spaces=spaces, starts=starts, names=names)


class Source:
    """What turns sets into windows: the pool of names to exchange, and the cutter of words."""

    def __init__(self, pool: NamePool, vocab: Vocab, cut: Cutter) -> None:
        self.pool, self.vocab, self.cut = pool, vocab, cut

    def pieces(self, given: NameSet, chance: random.Random) -> Iterator[Piece]:
        """Give the windows of a set, put together and varied anew at each call."""
        for example in joined(given.examples, chance):
            varied = curled(self.pool.exchanged(example, EXCHANGED, chance), chance)
            read = read_example(varied, self.vocab, self.cut)
            codes = name_codes(varied.names or (), len(varied), LABELS)[read.tokens]
            for window in windows(read.words, LONGEST, CONTEXT):
                yield Piece(read.words, window, codes, given.one_kind)


def collate(pieces: Sequence[Piece]) -> Batch:
    """Return windows as tensors, padded to the longest."""
    encoded = [encode(piece.words, piece.window.start, piece.window.end) for piece in pieces]
    ids, features = pad(encoded)
    most = max(piece.window.own_end - piece.window.own for piece in pieces)
    firsts = torch.zeros(len(pieces), most, dtype=torch.int64)
    allowed = torch.zeros(len(pieces), most, len(LABELS), dtype=torch.bool)
    for row, (piece, found) in enumerate(zip(pieces, encoded, strict=True)):
        own, own_end = piece.window.own, piece.window.own_end
        firsts[row, : own_end - own] = torch.tensor(own_places(piece.window, found))
        allowed[row, : own_end - own] = allowed_codes(piece.one_kind)[piece.codes[own:own_end]]
    return Batch(ids, features, firsts, allowed)


@cache
def allowed_codes(one_kind: tuple[tuple[str, ...], ...]) -> torch.Tensor:
    """Return which codes (second axis) a word may have that a set gives a code (first axis), bool."""
    groups = {kind: group for group in one_kind for kind in group}
    found = torch.eye(len(LABELS), dtype=torch.bool)
    for row, label in enumerate(LABELS[1:], 1):
        for kind in groups.get(label[2:], ()):
            found[row, LABELS.index(label[:2] + kind)] = True
    return found
