"""The reader of names in torch, and fitting it to windows of names; resumable after each epoch."""

from __future__ import annotations

import logging
import random
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from toolkit.model.name_reader import CONTEXT, LONGEST
from toolkit.model.train import predicting
from toolkit.model.train.encoder import WIDTH, load_pretrained
from toolkit.model.train.names_data import LABELS, collate
from toolkit.model.train.shrinking import shrink
from toolkit.model.train.tagger import Tagger
from toolkit.model.train.tagging import POOL, Schedule, learn
from toolkit.model.words import N_FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from toolkit.model.train.names_data import Batch, NameSet, Piece, Source
    from toolkit.model.train.tagging import Fit
    from toolkit.model.words import Words

_LOG = logging.getLogger(__name__)
KEPT_LAYERS = (0, 1, 2, 3)
"""The encoder's layers that the reader begins with."""
KEPT_INNER = 512
"""Units within each of these, of 1,536."""
_WORDS = 180


class Head(nn.Module):
    """What is learned from nothing: vectors of the words' features, and scores of the codes of names."""

    def __init__(self) -> None:
        super().__init__()
        self.features = nn.Embedding(N_FEATURES, WIDTH)
        nn.init.zeros_(self.features.weight)
        self.scores = nn.Linear(WIDTH, len(LABELS))


class NameTagger(Tagger):
    """Windows of pieces to scores of codes for each piece."""

    def __init__(self, dropout: float = 0.1, **sizes: int) -> None:
        super().__init__(dropout, **sizes)
        self.head = Head()

    def own_scores(self, batch: Batch) -> Tensor:
        """Return the scores (batch, words, codes) of the windows' own words."""
        places = batch.firsts[:, :, None].expand(-1, -1, len(LABELS))
        return torch.gather(self(batch.ids, batch.features).float(), 1, places)


def untaught(pretrained: Path, sample: Sequence[Words]) -> NameTagger:
    """Return a reader that has learned nothing yet, cut from the encoder by what that makes of a sample."""
    torch.manual_seed(0)
    whole = NameTagger()
    load_pretrained(whole, pretrained)
    small = NameTagger(layers=len(KEPT_LAYERS), inner=KEPT_INNER)
    return shrink(whole, small, KEPT_LAYERS, lambda: [scores_of(whole, words) for words in sample])


def loss_of(scores: Tensor, allowed: Tensor) -> Tensor:
    """Return the mean negative log likelihood, for a word, of being one of the codes that it may have.

    Parameters
    ----------
    scores : Tensor
        Shape (batch, words, codes).
    allowed : Tensor
        Shape (batch, words, codes), bool; nothing is allowed behind a window's last word.
    """
    known = allowed.any(-1)
    scores, allowed = scores[known], allowed[known]
    right = torch.logsumexp(scores.masked_fill(~allowed, float("-inf")), -1)
    return (torch.logsumexp(scores, -1) - right).mean()


def fit(
    state: Fit,
    epochs: Sequence[Sequence[NameSet]],
    source: Source,
    checkpoint: Path,
    *,
    schedule: Schedule,
    validate: Callable[[NameTagger], str],
) -> NameTagger:
    """Return the reader fitted to sets of names; goes on from ``checkpoint`` where that exists.

    Parameters
    ----------
    state : Fit
        What to start from.
    epochs : sequence of sequences of NameSet
        What each epoch learns from.
    source : Source
    checkpoint : Path
        Written after each epoch.
    schedule : Schedule
    validate : callable
        Says how good a reader is, for the log.
    """
    if checkpoint.is_file():
        state.restore(checkpoint)
    steps = _steps(epochs, source, schedule)
    while state.epoch < len(epochs):
        torch.manual_seed(schedule.seed * 1000 + state.epoch)
        _fit_epoch(state, _batches(epochs[state.epoch], source, schedule, state.epoch), schedule, steps)
        state.epoch += 1
        state.save(checkpoint)
        _LOG.info("epoch %d: %s", state.epoch, validate(state.mean))
    return state.mean.eval()


def _steps(epochs: Sequence[Sequence[NameSet]], source: Source, schedule: Schedule) -> int:
    """Return how many steps all epochs have, near enough: those of the first and the last are counted."""
    first, last = (len(_batches(sets, source, schedule, 0)) for sets in (epochs[0], epochs[-1]))
    like_first = sum(len(sets) == len(epochs[0]) for sets in epochs)
    return first * like_first + last * (len(epochs) - like_first)


def _batches(sets: Sequence[NameSet], source: Source, schedule: Schedule, epoch: int) -> list[list[Piece]]:
    chance = random.Random(schedule.seed * 1000 + epoch)  # noqa: S311 - an order, no secret
    pieces = [piece for one in sets for piece in source.pieces(one, chance)]
    chance.shuffle(pieces)
    size = schedule.batch
    pools = [pieces[i : i + POOL * size] for i in range(0, len(pieces), POOL * size)]
    # About as many words to a batch: short windows come in greater numbers.
    batches = [batch for pool in pools for batch in _full(sorted(pool, key=_length), size)]
    chance.shuffle(batches)
    return batches


def _length(piece: Piece) -> int:
    return piece.window.end - piece.window.start


def _full(pieces: Sequence[Piece], size: int) -> list[list[Piece]]:
    """Return batches of like lengths with as many words as ``size`` windows of 180."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if not found or (len(found[-1]) + 1) * _length(piece) > size * _WORDS:
            found.append([])
        found[-1].append(piece)
    return found


def _fit_epoch(state: Fit, batches: Sequence[Sequence[Piece]], schedule: Schedule, steps: int) -> None:
    state.model.train()
    started, losses = time.perf_counter(), []
    for batch in batches:
        state.step += 1
        tensors = collate(batch)
        with torch.autocast("cpu", torch.bfloat16):
            scores = state.model.own_scores(tensors)
        losses.append(learn(state, loss_of(scores, tensors.allowed), schedule, steps))
        if len(losses) % 50 == 0:
            taken, recent = time.perf_counter() - started, float(np.mean(losses[-50:]))
            _LOG.info("step %d of %d: loss %.4f, %.2f s a step", state.step, steps, recent, taken / len(losses))


def scores_of(model: NameTagger, words: Words) -> NDArray[np.float32]:
    """Return the scores (words, codes) of a text's words, read in windows as the packaged reader reads them."""
    return predicting.scores_of(model, words, LONGEST, CONTEXT)
