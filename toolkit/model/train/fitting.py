"""Fitting a classifier to examples, resumable after each epoch, and predicting with it."""

from __future__ import annotations

import logging
import math
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional
from torch.optim.swa_utils import AveragedModel

from toolkit.model.masking import MAX_PIECES, encode_items
from toolkit.model.train.encoder import TargetClassifier, load_pretrained
from toolkit.model.word_pieces import PAD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from toolkit.model.masking import Item
    from toolkit.model.train.newsmtsc import Example

Encoded = tuple[list[int], int]
_LOG = logging.getLogger(__name__)
WARM_UP = 0.08
POOL = 40
"""Batches are cut from pools of this many batches sorted by length, so that little of one is padding."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to learn; the head, which starts from nothing, learns faster than the encoder.

    ``average`` is whether the mean of the weights after each epoch is given rather than the last ones, which have come
    to be surer of the examples than they should.
    """

    rate: float = 1e-4
    head_rate: float = 5e-4
    batch: int = 32
    smoothing: float = 0.1
    other_mention: float = 0.25
    average: bool = False


@dataclass(slots=True)
class Fit:
    """A model in the making: everything that a checkpoint holds."""

    model: TargetClassifier
    mean: AveragedModel
    optimizer: torch.optim.AdamW
    epoch: int = 0
    step: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What every fit reads with: the pretrained encoder's folder, its tokenizer, and how items are shown.

    ``names`` is whether a target's names are shown, ``pieces`` how many word pieces of a sentence at most.
    """

    pretrained: Path
    tokenizer: Tokenizer
    names: bool = False
    pieces: int = MAX_PIECES

    def encode(self, items: Sequence[Item]) -> list[Encoded]:
        """Return the items' pieces and marks."""
        return encode_items(self.tokenizer, items, names=self.names, pieces=self.pieces)


def untaught(source: Source) -> TargetClassifier:
    """Return a classifier that has learned nothing yet but what the encoder brings; always with the same head."""
    torch.manual_seed(0)
    model = TargetClassifier()
    load_pretrained(model, source.pretrained)
    return model


def fit(
    model: TargetClassifier,
    epochs: Sequence[Sequence[Example]],
    source: Source,
    checkpoint: Path,
    *,
    seed: int,
    schedule: Schedule | None = None,
) -> TargetClassifier:
    """Return a classifier fitted to examples; goes on from ``checkpoint`` where that exists.

    Parameters
    ----------
    model : TargetClassifier
        What to start from. Fits that start alike can be averaged.
    epochs : sequence of sequences of Example
        What each epoch learns from.
    source : Source
    checkpoint : Path
        Written after each epoch.
    seed : int
        Of the dropout and the order.
    schedule : Schedule, optional
    """
    schedule = schedule or Schedule()
    state = _start(model, schedule)
    if checkpoint.is_file():
        saved = torch.load(checkpoint, weights_only=True)
        state.model.load_state_dict(saved["model"])
        state.mean.load_state_dict(saved["mean"])
        state.optimizer.load_state_dict(saved["optimizer"])
        state.epoch, state.step = saved["epoch"], saved["step"]
    steps = sum(math.ceil(len(examples) / schedule.batch) for examples in epochs)
    while state.epoch < len(epochs):
        _fit_epoch(state, epochs[state.epoch], source, schedule, steps, seed=seed * 1000 + state.epoch)
        state.epoch += 1
        state.mean.update_parameters(state.model)
        parts = {"model": state.model, "mean": state.mean, "optimizer": state.optimizer}
        saved = {name: part.state_dict() for name, part in parts.items()}
        # A run stopped while it writes must not leave half a checkpoint.
        torch.save(saved | {"epoch": state.epoch, "step": state.step}, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
    return (state.mean.module if schedule.average else state.model).eval()


def _start(model: TargetClassifier, schedule: Schedule) -> Fit:
    head = list(model.head.parameters())
    body = [p for name, p in model.named_parameters() if p.requires_grad and not name.startswith("head.")]
    groups = [{"params": body, "lr": schedule.rate}, {"params": head, "lr": schedule.head_rate}]
    return Fit(model, AveragedModel(model), torch.optim.AdamW(groups, weight_decay=0.01, foreach=True))


def _fit_epoch(
    state: Fit, examples: Sequence[Example], source: Source, schedule: Schedule, steps: int, *, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - an order, no secret
    torch.manual_seed(seed)
    state.model.train()
    chosen = source.encode([_view(example, schedule.other_mention, chance) for example in examples])
    gold = torch.tensor([example.gold for example in examples])
    gold = gold * (1 - schedule.smoothing) + schedule.smoothing / gold.shape[1]
    started, losses = time.perf_counter(), []
    rates = schedule.rate, schedule.head_rate
    for batch in _batches(chosen, schedule.batch, chance):
        state.step += 1
        share = min(state.step / (WARM_UP * steps), (steps - state.step) / ((1 - WARM_UP) * steps))
        for group, rate in zip(state.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * max(share, 0.0)
        with torch.autocast("cpu", torch.bfloat16):
            logits = state.model(*pad([chosen[i] for i in batch]))
        loss = functional.cross_entropy(logits.float(), gold[batch])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
        state.optimizer.step()
        state.optimizer.zero_grad()
        losses.append(loss.item())
    taken = time.perf_counter() - started
    _LOG.info("epoch %d: loss %.3f, %.0f s", state.epoch + 1, sum(losses) / len(losses), taken)


def _view(example: Example, share: float, chance: random.Random) -> Item:
    """Return the example's target, or in a share of the cases another mention of it in the sentence."""
    return chance.choice(example.others) if example.others and chance.random() < share else example.item


def _batches(encoded: list[Encoded], size: int, chance: random.Random) -> list[list[int]]:
    order = list(range(len(encoded)))
    chance.shuffle(order)
    pools = [order[i : i + POOL * size] for i in range(0, len(order), POOL * size)]
    sorted_pools = [sorted(pool, key=lambda i: len(encoded[i][0])) for pool in pools]
    batches = [pool[i : i + size] for pool in sorted_pools for i in range(0, len(pool), size)]
    chance.shuffle(batches)
    return batches


def pad(batch: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids (batch, longest) and the masks' places (batch) as tensors."""
    longest = max(len(ids) for ids, _ in batch)
    ids = torch.tensor([ids + [PAD] * (longest - len(ids)) for ids, _ in batch])
    return ids, torch.tensor([place for _, place in batch])


def predict_probabilities(model: TargetClassifier, encoded: Sequence[Encoded], size: int = 32) -> NDArray[np.float32]:
    """Return the probabilities (n, 3) of encoded items, in order."""
    model.eval()
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    found = np.zeros((len(encoded), 3), np.float32)
    for first in range(0, len(order), size):
        batch = order[first : first + size]
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            found[batch] = model(*pad([encoded[i] for i in batch])).float().softmax(-1).numpy()
    return found
