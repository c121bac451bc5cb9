"""Windows of labelled articles as batches of tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from toolkit.model.tags import SCORES
from toolkit.model.train.polnear import NO_LABEL
from toolkit.model.word_pieces import PAD
from toolkit.model.words import MAX_PIECES, Features, encode

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from tokenizers import Tokenizer

    from toolkit.model.train.polnear import Example, Labels
    from toolkit.model.words import Encoded, Words

CURLY = {"“": '"', "”": '"', "‘": "'", "’": "'"}
STRAIGHTENED = 0.2
"""Share of windows whose curly quotation marks are read as straight ones."""


class Piece(NamedTuple):
    """A stretch of an article with one annotator's labels."""

    words: Words
    labels: Labels
    start: int
    end: int
    straightened: bool


class Batch(NamedTuple):
    """Tensors of windows: ids, features and firsts for the network; the rest to learn from.

    ``guides`` (batch, words, scores) is there where all windows have one; ``whole`` tells which tell of all scores.
    """

    ids: torch.Tensor
    features: torch.Tensor
    firsts: torch.Tensor
    tags: torch.Tensor
    links: torch.Tensor
    opens: torch.Tensor
    lengths: torch.Tensor
    whole: torch.Tensor
    guides: torch.Tensor | None


def straight_ids(tokenizer: Tokenizer) -> dict[int, int]:
    """Return which pieces stand for which where curly quotation marks are read as straight ones."""
    pairs = ((tokenizer.token_to_id(curly), tokenizer.token_to_id(straight)) for curly, straight in CURLY.items())
    return {curly: straight for curly, straight in pairs if curly is not None and straight is not None}


def cut(example: Example, chance: random.Random) -> Iterator[Piece]:
    """Yield the windows of an article, cut anew at each call, with the labels of one annotator."""
    words, labels = example.words, chance.choice(example.views)
    straightened = chance.random() < STRAIGHTENED
    room, start, size, first = MAX_PIECES - 2, 0, 0, chance.random()
    limit = int(room * (0.25 + 0.75 * first))
    for word in range(len(words)):
        size += words.size(word)
        if size > limit:
            stop = _last_opening(words, start, word)
            yield Piece(words, labels, start, stop, straightened)
            start, limit = stop, room
            size = sum(map(words.size, range(start, word + 1)))
    if start < len(words):
        yield Piece(words, labels, start, len(words), straightened)


def _last_opening(words: Words, start: int, end: int) -> int:
    """Return where to cut: at the last paragraph that opens in the stretch, else at the last sentence, else its end."""
    for word in range(end, start, -1):
        if words.opens[word]:
            return word
    for word in range(end, start, -1):
        if words.ends_sentence[word - 1]:
            return word
    return max(end, start + 1)


def collate(pieces: Sequence[Piece], straight: dict[int, int]) -> Batch:
    """Return windows as tensors, padded to the longest."""
    encoded = [encoded_of(piece, straight) for piece in pieces]
    ids, features = pad(encoded)
    most = max(len(found.firsts) for found in encoded)

    def padded(rows: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
        return torch.tensor([[*row, *[filler] * (most - len(row))] for row in rows])

    return Batch(
        ids=ids,
        features=features,
        firsts=padded([found.firsts for found in encoded], 0),
        tags=padded([piece.labels.tags[piece.start : piece.end] for piece in pieces], 0),
        links=padded([piece.labels.links[piece.start : piece.end] for piece in pieces], NO_LABEL),
        opens=padded([piece.words.opens[piece.start : piece.end] for piece in pieces], 0).bool(),
        lengths=torch.tensor([piece.end - piece.start for piece in pieces]),
        whole=torch.tensor([_width(piece) == SCORES for piece in pieces]),
        guides=_guides(pieces),
    )


def encoded_of(piece: Piece, straight: dict[int, int]) -> Encoded:
    """Return a window as the network takes it, its quotation marks made straight where that was drawn."""
    found = encode(piece.words, piece.start, piece.end)
    return found._replace(ids=[straight.get(i, i) for i in found.ids]) if piece.straightened else found


def _guides(pieces: Sequence[Piece]) -> torch.Tensor | None:
    widest = max(map(_width, pieces))
    found = [
        torch.from_numpy(np.pad(guide[piece.start : piece.end], ((0, 0), (0, widest - guide.shape[1]))))
        for piece in pieces
        if (guide := piece.labels.guide) is not None
    ]
    return torch.nn.utils.rnn.pad_sequence(found, batch_first=True) if len(found) == len(pieces) else None


def _width(piece: Piece) -> int:
    return 0 if piece.labels.guide is None else piece.labels.guide.shape[1]


def pad(encoded: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids (batch, longest) and features (batch, longest, 3) of windows, padded behind the shorter ones."""
    longest = max(len(found.ids) for found in encoded)
    none = tuple(Features())
    ids = [found.ids + [PAD] * (longest - len(found.ids)) for found in encoded]
    features = [[*found.features, *[none] * (longest - len(found.ids))] for found in encoded]
    return torch.tensor(ids), torch.tensor(features)
