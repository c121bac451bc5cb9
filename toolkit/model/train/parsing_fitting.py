"""Fitting the reader to trees and names at once, resumable after each epoch."""

from __future__ import annotations

import logging
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional

from toolkit.model.train.parsing_windows import IGNORED, collate
from toolkit.model.train.tagging import POOL, Schedule, learn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from torch import Tensor

    from toolkit.model.train.parsing_data import ExampleSet
    from toolkit.model.train.parsing_windows import Batch, Piece, Source
    from toolkit.model.train.reader import Reader
    from toolkit.model.train.tagging import Fit

_LOG = logging.getLogger(__name__)
APART = -1e4


class Epoch(NamedTuple):
    """What an epoch learns from. Each step takes a batch of either, as long as there are any."""

    trees: Sequence[ExampleSet]
    names: Sequence[ExampleSet]


@dataclass(frozen=True, slots=True)
class Plan(Schedule):
    """How a reader learns.

    ``trees`` and ``names`` are the words in a batch of either; ``name_weight`` is the weight of the names' loss, which
    is small beside the trees', most words being no name.
    """

    trees: int = 768
    names: int = 1440
    name_weight: float = 5.0


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Return the mean losses by head, of the heads that the batch has something for."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = model(batch.ids, batch.features, batch.firsts)
    found = {}
    for key in ("tags", "forms"):
        gold = getattr(batch, key)
        if (gold != IGNORED).any():
            given = getattr(scores, key).float().flatten(0, 1)
            found[key] = functional.cross_entropy(given, gold.flatten(), ignore_index=IGNORED)
    if batch.allowed.any():
        found["names"] = loss_of_names(scores.names.float(), batch.allowed)
    known = batch.heads != IGNORED
    if known.any():
        apart = batch.sentences[:, :, None] != batch.sentences[:, None, :]
        arcs = scores.arcs.float().masked_fill(apart, APART)
        found["arcs"] = functional.cross_entropy(arcs[known], batch.heads[known])
        rows = torch.arange(len(known))[:, None].expand_as(known)[known]
        heads = scores.heads.float()[rows, batch.heads[known]]
        relations = model.head.relations(scores.dependents.float()[known], heads)
        found["relations"] = functional.cross_entropy(relations, batch.deps[known], ignore_index=IGNORED)
    return found


def loss_of_names(scores: Tensor, allowed: Tensor) -> Tensor:
    """Return the mean negative log likelihood, for a word, of being one of the codes that it may have.

    Parameters
    ----------
    scores : Tensor
        Shape (batch, words, codes).
    allowed : Tensor
        Shape (batch, words, codes), bool; words that nothing is known of may have none.
    """
    known = allowed.any(-1)
    scores, allowed = scores[known], allowed[known]
    right = torch.logsumexp(scores.masked_fill(~allowed, float("-inf")), -1)
    return (torch.logsumexp(scores, -1) - right).mean()


def fit(
    state: Fit[Reader],
    epochs: Sequence[Epoch],
    source: Source,
    checkpoint: Path,
    *,
    plan: Plan,
    validate: Callable[[Reader], str],
) -> Reader:
    """Return the reader fitted to trees and names; goes on from ``checkpoint`` where that exists.

    Parameters
    ----------
    state : Fit
        What to start from.
    epochs : sequence of Epoch
    source : Source
    checkpoint : Path
        Written after each epoch.
    plan : Plan
    validate : callable
        Says how good a reader is, for the log.
    """
    if checkpoint.is_file():
        state.restore(checkpoint)
    steps = sum(len(_batches(epoch, source, plan, random.Random(0))) for epoch in epochs)  # noqa: S311
    while state.epoch < len(epochs):
        seed = plan.seed * 1000 + state.epoch
        torch.manual_seed(seed)
        batches = _batches(epochs[state.epoch], source, plan, random.Random(seed))  # noqa: S311 - an order, no secret
        _fit_epoch(state, batches, plan, steps)
        state.epoch += 1
        state.save(checkpoint)
        _LOG.info("epoch %d: %s", state.epoch, validate(state.mean))
    return state.mean.eval()


def _fit_epoch(state: Fit[Reader], batches: Sequence[tuple[Sequence[Piece], ...]], plan: Plan, steps: int) -> None:
    state.model.train()
    started, sums = time.perf_counter(), defaultdict[str, list[float]](list)
    for number, parts in enumerate(batches, 1):
        state.step += 1
        found = {key: loss for part in parts for key, loss in losses(state.model, collate(part)).items()}
        weights = torch.tensor([plan.name_weight if key == "names" else 1.0 for key in found])
        learn(state, (torch.stack(list(found.values())) * weights).sum(), plan, steps)
        for key, value in found.items():
            sums[key].append(value.item())
        if number % 50 == 0:
            shown = ", ".join(f"{key} {sum(values) / len(values):.3f}" for key, values in sums.items())
            taken = (time.perf_counter() - started) / number
            _LOG.info("step %d of %d: %s; %.2f s a step", state.step, steps, shown, taken)
            sums.clear()


def _batches(epoch: Epoch, source: Source, plan: Plan, chance: random.Random) -> list[tuple[list[Piece], ...]]:
    """Return what each step learns from: a batch of trees, one of names, or both."""
    trees, names = (
        _shuffled([piece for one in sets for piece in source.pieces(one, chance)], size, chance)
        for sets, size in ((epoch.trees, plan.trees), (epoch.names, plan.names))
    )
    return [tuple(part for part in parts if part) for parts in zip_longest(trees, names)]


def _shuffled(pieces: list[Piece], size: int, chance: random.Random) -> list[list[Piece]]:
    """Return batches of about ``size`` words, of windows of like lengths, at random."""
    chance.shuffle(pieces)
    room = POOL * size // 100
    pools = [sorted(pieces[i : i + room], key=_length) for i in range(0, len(pieces), room)]
    batches = [batch for pool in pools for batch in _full(pool, size)]
    chance.shuffle(batches)
    return batches


def _length(piece: Piece) -> int:
    return piece.window.end - piece.window.start


def _full(pieces: Sequence[Piece], size: int) -> Iterator[list[Piece]]:
    """Yield batches with as many words as ``size``, padding included."""
    batch: list[Piece] = []
    for piece in pieces:
        if batch and (len(batch) + 1) * _length(piece) > size:
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch
