"""Fitting the reader of pairs: parts drawn from sources, on states that its frozen layers made once."""

from __future__ import annotations

import logging
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from toolkit.model.pair_reader import Asked, arrays
from toolkit.model.train.encoder import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from torch import Tensor

    from toolkit.model.train.pair_network import PairNetwork

_LOG = logging.getLogger(__name__)
POOL = 40
"""Batches are cut from pools of this many batches sorted by length, so that little of one is padding."""
MOST_PAIRS = 8
"""Pairs of a sentence that are learned from at a time: all that judge, and some that do not."""


@dataclass(slots=True)
class Example:
    """A sentence as the network takes it, what is right of its pairs as classes 0, 1, 2, and how much each counts."""

    asked: Asked
    classes: list[int]
    weight: float
    states: np.ndarray | None = field(default=None, repr=False)

    @property
    def judges(self) -> bool:
        """Whether any of its pairs is a judgement."""
        return any(label != 1 for label in self.classes)


class Share(NamedTuple):
    """How many sentences of a source each part holds: of those that judge, and of the others."""

    judging: int
    others: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to learn; the head, most of which starts from nothing, learns faster than the layer it asks."""

    parts: int = 10
    rate: float = 1e-4
    head_rate: float = 5e-4
    batch: int = 32
    pieces: int = 1600
    warm_up: int = 60
    smoothing: float = 0.03
    judging_weight: float = 2.0


def fit(
    model: PairNetwork,
    sources: Mapping[str, Sequence[Example]],
    shares: Mapping[str, Share],
    checkpoint: Path,
    seed: int,
    schedule: Schedule | None = None,
) -> PairNetwork:
    """Return the network fitted to examples; a run that was stopped goes on behind the last part in ``checkpoint``.

    Parameters
    ----------
    model : PairNetwork
        From :func:`toolkit.model.train.pair_network.from_classifier`.
    sources : mapping of str to sequence of Example
    shares : mapping of str to Share
        What each part takes of each source.
    checkpoint : Path
        Written after each part.
    seed : int
        Of the draws, the order and the dropout.
    schedule : Schedule, optional
    """
    schedule = schedule or Schedule()
    groups = _learning(model, schedule)
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, foreach=True)
    first = step = 0
    if checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        first, step = saved["part"], saved["step"]
    for part in range(first, schedule.parts):
        chance = random.Random(seed * 1000 + part)  # noqa: S311 - an order, no secret
        torch.manual_seed(seed * 1000 + part)
        batches = _batches(draw(sources, shares, chance), schedule, chance)
        model.train()
        losses = []
        for number, batch in enumerate(batches):
            step += 1
            done = (part + number / len(batches)) / schedule.parts
            for group, rate in zip(optimizer.param_groups, (schedule.rate, schedule.head_rate), strict=True):
                group["lr"] = rate * min(1.0, step / schedule.warm_up) * max(0.01, 1 - done)
            loss = _loss(model, batch, schedule)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            losses.append(loss.item())
        _LOG.info("part %d: %d batches, loss %.3f", part + 1, len(losses), float(np.mean(losses)))
        saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "part": part + 1, "step": step}
        # A run stopped while it writes must not leave half a checkpoint.
        torch.save(saved, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
    return model.eval()


def _learning(model: PairNetwork, schedule: Schedule) -> list[dict[str, object]]:
    """Return what learns, the layers and the head, and keep all else as it is."""
    for name, values in model.named_parameters():
        values.requires_grad_(model.learns(name))
    head = list(model.head.parameters())
    body = [value for name, value in model.named_parameters() if value.requires_grad and not name.startswith("head.")]
    return [{"params": body, "lr": schedule.rate}, {"params": head, "lr": schedule.head_rate}]


def draw(sources: Mapping[str, Sequence[Example]], shares: Mapping[str, Share], chance: random.Random) -> list[Example]:
    """Return the sentences of a part: of each source so many that judge and so many others, as far as there are."""
    found: list[Example] = []
    for name, examples in sources.items():
        judging = [one for one in examples if one.judges]
        others = [one for one in examples if not one.judges]
        for pool, count in zip((judging, others), shares[name], strict=True):
            found += chance.sample(pool, min(count, len(pool)))
    return found


def _batches(examples: Sequence[Example], schedule: Schedule, chance: random.Random) -> list[list[Example]]:
    order = chance.sample(examples, len(examples))
    size = POOL * schedule.batch
    batches: list[list[Example]] = []
    for start in range(0, len(order), size):
        pool = sorted(order[start : start + size], key=lambda one: len(one.asked.ids))
        batches += list(_cut(pool, schedule))
    chance.shuffle(batches)
    return [[fewer(one, chance) for one in batch] for batch in batches]


def _cut(pool: Sequence[Example], schedule: Schedule) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for one in pool:
        batch.append(one)
        if len(batch) >= schedule.batch or len(batch) * len(one.asked.ids) > schedule.pieces:
            yield batch
            batch = []
    if batch:
        yield batch


def fewer(example: Example, chance: random.Random) -> Example:
    """Return a sentence with at most :data:`MOST_PAIRS` pairs, but all that judge."""
    if len(example.classes) <= MOST_PAIRS:
        return example
    judging = [index for index, label in enumerate(example.classes) if label != 1]
    others = [index for index, label in enumerate(example.classes) if label == 1]
    kept = judging + chance.sample(others, max(1, min(len(others), MOST_PAIRS - len(judging))))
    asked = example.asked
    parts = ([values[index] for index in kept] for values in (asked.holders, asked.targets, asked.flags))
    return Example(Asked(asked.ids, *parts), [example.classes[index] for index in kept], example.weight, example.states)


def _loss(model: PairNetwork, batch: Sequence[Example], schedule: Schedule) -> Tensor:
    given = {name: torch.from_numpy(values) for name, values in arrays([one.asked for one in batch]).items()}
    marks = (given[name].float() for name in ("holders", "targets", "flags"))
    logits = model(given["ids"], below(model, batch, given["ids"]), *marks)
    gold, weights = torch.ones(logits.shape[:2], dtype=torch.long), torch.zeros(logits.shape[:2])
    for row, one in enumerate(batch):
        for pair, label in enumerate(one.classes):
            gold[row, pair] = label
            weights[row, pair] = one.weight * (schedule.judging_weight if label != 1 else 1.0)
    each = functional.cross_entropy(
        logits.flatten(0, 1), gold.flatten(), reduction="none", label_smoothing=schedule.smoothing
    )
    return (each * weights.flatten()).sum() / weights.sum()


def below(model: PairNetwork, batch: Sequence[Example], ids: Tensor) -> Tensor:
    """Return the states behind the frozen layers; those of a sentence are kept when they were made once."""
    missing = [row for row, one in enumerate(batch) if one.states is None]
    if missing:
        with torch.no_grad():
            made = model.below(ids[missing]).half().numpy()
        for row, states in zip(missing, made, strict=True):
            batch[row].states = states[: len(batch[row].asked.ids)].copy()
    states = np.zeros((*ids.shape, WIDTH), np.float32)
    for row, one in enumerate(batch):
        assert one.states is not None
        states[row, : len(one.states)] = one.states
    return torch.from_numpy(states)
