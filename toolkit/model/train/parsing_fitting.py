"""Fitting the parsing network to trees and names at once, resumable after each epoch."""

from __future__ import annotations

import logging
import math
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from toolkit.model.parsing_labels import Labels, name_codes
from toolkit.model.train.parsing_data import Example, NamePool, curled
from toolkit.model.train.parsing_network import Classes, ParsingNetwork
from toolkit.model.train.parsing_schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from toolkit.model.parsing_features import FeatureReader

_LOG = logging.getLogger(__name__)
IGNORED = -100
POOL = 60
"""Batches are cut from pools of about this many sorted by length, so that little of one is padding."""
WARM_UP = 0.03
AVERAGE = 0.9985
"""Decay of the running mean of the weights; the mean is what is measured and shipped."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The training examples: each epoch has all trees, and one part of each other list.

    ``others`` are lists with the number of parts that they are cut into; ``last`` takes their place in the last
    epochs, from number ``turn`` on.
    """

    trees: list[Example]
    others: list[tuple[list[Example], int]]
    last: list[tuple[list[Example], int]]
    turn: int

    def epoch(self, number: int) -> list[Example]:
        """Return the examples of one epoch, counted from 0."""
        chosen = list(self.trees)
        for examples, cuts in self.others if number < self.turn else self.last:
            chosen += examples[number % cuts :: cuts]
        return chosen


@dataclass(slots=True)
class Fit:
    """A network in the making: everything that a checkpoint holds."""

    model: ParsingNetwork
    mean: AveragedModel
    optimizer: torch.optim.AdamW
    epoch: int = 0
    step: int = 0


@dataclass(slots=True)
class Learner:
    """What turns examples into tensors: the features' reader, the labels, the pool of names, the schedule."""

    reader: FeatureReader
    labels: Labels
    pool: NamePool
    schedule: Schedule = field(default_factory=Schedule)

    def encode(self, example: Example, chance: random.Random | None = None) -> dict[str, NDArray[Any]]:
        """Return an example's arrays; varied at random where ``chance`` is given."""
        if chance is not None:
            example = curled(self.pool.exchanged(example, self.schedule.exchanged, chance), chance)
        rows = self.reader.read(example.words, example.spaces, example.starts)
        if chance is not None:
            hidden = np.random.default_rng(chance.getrandbits(32)).random(len(rows)) < self.schedule.hidden_words
            rows[hidden, :3] = 0
        size, labels = len(example), self.labels
        return {
            "features": rows,
            "sentence": np.cumsum(example.starts),
            "tags": _codes(example.tags, labels.tags, size),
            "forms": _codes(example.forms, labels.forms, size),
            "deps": _codes(example.deps, labels.deps, size),
            "heads": np.full(size, IGNORED) if example.heads is None else np.asarray(example.heads),
            "names": np.full(size, IGNORED) if example.names is None else name_codes(example.names, size, labels.names),
        }


def _codes(values: Sequence[str] | None, labels: Sequence[str], size: int) -> NDArray[np.int64]:
    if values is None:
        return np.full(size, IGNORED)
    places = {label: place for place, label in enumerate(labels)}
    return np.array([places.get(value, IGNORED) for value in values])


def collate(batch: Sequence[dict[str, NDArray[Any]]]) -> dict[str, Tensor]:
    """Return padded tensors of a batch, with ``lengths``."""
    longest = max(len(item["features"]) for item in batch)
    tensors = {}
    for key in batch[0]:
        filler = 0 if key in {"features", "sentence"} else IGNORED
        shape = (len(batch), longest, *batch[0][key].shape[1:])
        padded = np.full(shape, filler, np.int64)
        for row, item in zip(padded, batch, strict=True):
            row[: len(item[key])] = item[key]
        tensors[key] = torch.from_numpy(padded)
    tensors["lengths"] = torch.tensor([len(item["features"]) for item in batch])
    return tensors


def losses(model: ParsingNetwork, batch: dict[str, Tensor], smoothing: float) -> dict[str, Tensor]:
    """Return the mean losses by head, of the heads that the batch has something for."""
    with torch.autocast("cpu", torch.bfloat16):
        tags, forms, names, arcs, dependents, heads = model(batch["features"], batch["lengths"])
    found = {}
    for key, scores in (("tags", tags), ("forms", forms), ("names", names)):
        if (batch[key] != IGNORED).any():
            found[key] = functional.cross_entropy(
                scores.float().flatten(0, 1), batch[key].flatten(), ignore_index=IGNORED, label_smoothing=smoothing
            )
    known = batch["heads"] != IGNORED
    if known.any():
        apart = batch["sentence"][:, :, None] != batch["sentence"][:, None, :]
        scores = arcs.float().masked_fill(apart, -1e4)
        found["arcs"] = functional.cross_entropy(scores[known], batch["heads"][known])
        rows = torch.arange(len(known))[:, None].expand_as(known)[known]
        chosen = heads.float()[rows, batch["heads"][known]]
        relations = model.relations(dependents.float()[known], chosen)
        found["relations"] = functional.cross_entropy(relations, batch["deps"][known], ignore_index=IGNORED)
    return found


def fit(parts: Parts, learner: Learner, vectors: NDArray[np.float32], checkpoint: Path, *, seed: int) -> Fit:
    """Return a network fitted to the examples; goes on from ``checkpoint`` where that exists.

    Parameters
    ----------
    parts : Parts
    learner : Learner
    vectors : ndarray
        The table of word vectors, shape (words + 1, dimensions), its first row for unknown words.
    checkpoint : Path
        Written after each epoch.
    seed : int
        Of the first weights, the dropout, the order and the variations.
    """
    torch.manual_seed(seed)
    labels, schedule = learner.labels, learner.schedule
    state = _start(vectors, labels, schedule)
    if checkpoint.is_file():
        _resume(state, checkpoint)
    # The number of steps is not known before the lists are cut; the rate follows the share of epochs done.
    while state.epoch < schedule.epochs:
        _fit_epoch(state, parts.epoch(state.epoch), learner, seed=seed * 1000 + state.epoch)
        state.epoch += 1
        _save(state, checkpoint)
    return state


def _start(vectors: NDArray[np.float32], labels: Labels, schedule: Schedule) -> Fit:
    model = ParsingNetwork(vectors, classes_of(labels))
    learned = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=schedule.rate, weight_decay=0.01, betas=(0.9, 0.98), foreach=True)
    return Fit(model, AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE)), optimizer)


def classes_of(labels: Labels) -> Classes:
    """Return how many classes each head has."""
    return Classes(len(labels.tags), len(labels.forms), len(labels.deps), len(labels.names))


def _fit_epoch(state: Fit, examples: list[Example], learner: Learner, *, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    torch.manual_seed(seed)
    state.model.train()
    schedule = learner.schedule
    smoothing = schedule.smoothing if state.epoch < schedule.turn else 0.0
    batches = list(_batches(examples, schedule.batch, chance))
    started, sums, tokens = time.process_time(), dict.fromkeys(("tags", "forms", "names", "arcs", "relations"), 0.0), 0
    counts = dict.fromkeys(sums, 0)
    for place, batch in enumerate(batches):
        state.step += 1
        done = (state.epoch + place / len(batches)) / schedule.epochs
        rate = schedule.rate * min(done / WARM_UP, 0.5 * (1 + math.cos(math.pi * done)))
        for group in state.optimizer.param_groups:
            group["lr"] = max(rate, 1e-6)
        found = losses(state.model, collate([learner.encode(example, chance) for example in batch]), smoothing)
        weights = [schedule.name_weight if key == "names" else 1.0 for key in found]
        (torch.stack(list(found.values())) * torch.tensor(weights)).sum().backward()
        torch.nn.utils.clip_grad_norm_(state.model.parameters(), 2.0)
        state.optimizer.step()
        state.optimizer.zero_grad()
        state.mean.update_parameters(state.model)
        tokens += sum(map(len, batch))
        for key, value in found.items():
            sums[key] += value.item()
            counts[key] += 1
        if place % 100 == 99:
            _LOG.info("epoch %d, batch %d of %d", state.epoch + 1, place + 1, len(batches))
    shown = ", ".join(f"{key} {sums[key] / max(1, counts[key]):.3f}" for key in sums)
    speed = tokens / (time.process_time() - started)
    _LOG.info("epoch %d: %s; %d words, %.0f a second", state.epoch + 1, shown, tokens, speed)


def _batches(examples: list[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Give batches of about ``size`` words, each of one kind: trees or names."""
    made = []
    for kind in ("heads", "names"):
        chosen = [example for example in examples if getattr(example, kind) is not None]
        chance.shuffle(chosen)
        for pool in _of_words(chosen, POOL * size):
            made += list(_of_words(sorted(pool, key=len), size))
    chance.shuffle(made)
    yield from made


def _of_words(examples: Sequence[Example], size: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    words = 0
    for example in examples:
        batch.append(example)
        words += len(example)
        if words >= size:
            yield batch
            batch, words = [], 0
    if batch:
        yield batch


def _resume(state: Fit, checkpoint: Path) -> None:
    saved = torch.load(checkpoint, weights_only=True)
    state.model.load_state_dict(saved["model"])
    state.mean.load_state_dict(saved["mean"])
    state.optimizer.load_state_dict(saved["optimizer"])
    state.epoch, state.step = saved["epoch"], saved["step"]
    _LOG.info("going on after epoch %d", state.epoch)


def _save(state: Fit, checkpoint: Path) -> None:
    parts = {"model": state.model, "mean": state.mean, "optimizer": state.optimizer}
    saved = {name: part.state_dict() for name, part in parts.items()}
    # A run stopped while it writes must not leave half a checkpoint.
    torch.save(saved | {"epoch": state.epoch, "step": state.step}, checkpoint.with_suffix(".part"))
    checkpoint.with_suffix(".part").replace(checkpoint)
