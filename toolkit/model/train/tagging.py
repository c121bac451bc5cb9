"""Fitting the tagger to labelled articles, resumable after each epoch."""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import torch
from torch import nn
from torch.nn import functional

from toolkit.model.tags import TAGS
from toolkit.model.train.batches import collate, cut, straight_ids
from toolkit.model.train.encoder import load_pretrained
from toolkit.model.train.polnear import NO_LABEL
from toolkit.model.train.tagger import Tagger, chain_loss, guided_links, guided_loss

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

    from toolkit.model.train.batches import Piece
    from toolkit.model.train.polnear import Example

Network = TypeVar("Network", bound=nn.Module)
Loss = Callable[[Network, "Sequence[Piece]"], torch.Tensor]
_LOG = logging.getLogger(__name__)
WARM_UP = 0.06
POOL = 40
"""Batches are cut from pools of this many batches sorted by length, so that little of one is padding."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to learn; the head, which starts from nothing, learns faster than the encoder.

    ``seed`` is that of the dropout, the cuts and the order.
    """

    rate: float = 2.5e-4
    head_rate: float = 1e-3
    seed: int = 1
    trail: float = 0.995
    """The weights that are given trail behind those in training: a running mean that keeps this share at each step."""


@dataclass(frozen=True, slots=True)
class TaggerSchedule(Schedule):
    """How a tagger learns: ``batch`` windows at a step, the loss of links weighed by ``links``.

    ``epochs`` is how many are made of those that the rates are planned for; all by default.
    """

    batch: int = 8
    links: float = 0.2
    epochs: int | None = None


@dataclass(slots=True)
class Fit(Generic[Network]):
    """A network in the making: everything that a checkpoint holds."""

    model: Network
    mean: Network
    optimizer: torch.optim.AdamW
    epoch: int = 0
    step: int = 0

    def save(self, path: Path) -> None:
        """Write a checkpoint; a run stopped meanwhile leaves the last one whole."""
        parts = {"model": self.model, "mean": self.mean, "optimizer": self.optimizer}
        saved = {name: part.state_dict() for name, part in parts.items()}
        torch.save(saved | {"epoch": self.epoch, "step": self.step}, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint."""
        saved = torch.load(path, weights_only=True)
        for name, part in (("model", self.model), ("mean", self.mean), ("optimizer", self.optimizer)):
            part.load_state_dict(saved[name])
        self.epoch, self.step = saved["epoch"], saved["step"]


def start(model: Network, schedule: Schedule) -> Fit[Network]:
    """Return what a fit begins with: the network and the optimiser of what may learn, apart its ``head``."""
    new = list(model.get_submodule("head").parameters())
    fresh = {id(parameter) for parameter in new}
    body = [p for p in model.parameters() if p.requires_grad and id(p) not in fresh]
    groups = [
        {"params": body, "lr": schedule.rate, "weight_decay": 0.01},
        {"params": new, "lr": schedule.head_rate, "weight_decay": 0.0},
    ]
    return Fit(model, copy.deepcopy(model), torch.optim.AdamW(groups, foreach=True))


def untaught(pretrained: Path) -> Tagger:
    """Return a tagger that has learned nothing yet but what the encoder brings."""
    torch.manual_seed(0)
    model = Tagger()
    load_pretrained(model, pretrained)
    return model


def fit(
    state: Fit[Network],
    epochs: Sequence[Sequence[Example]],
    loss: Loss[Network],
    checkpoint: Path,
    *,
    schedule: TaggerSchedule,
    validate: Callable[[Network], str] | None = None,
) -> Network:
    """Return the network fitted to articles; goes on from ``checkpoint`` where that exists.

    Parameters
    ----------
    state : Fit
        What to start from.
    epochs : sequence of sequences of Example
        What each epoch learns from.
    loss : callable
        Returns what a network is to learn from the windows of a batch.
    checkpoint : Path
        Written after each epoch.
    schedule : TaggerSchedule
    validate : callable, optional
        Says how good a network is, for the log.
    """
    if checkpoint.is_file():
        state.restore(checkpoint)
    steps = sum(len(_batches(examples, schedule.batch, random.Random(schedule.seed))) for examples in epochs)  # noqa: S311
    while state.epoch < (schedule.epochs or len(epochs)):
        chance = random.Random(schedule.seed * 1000 + state.epoch)  # noqa: S311 - an order, no secret
        torch.manual_seed(schedule.seed * 1000 + state.epoch)
        batches = _batches(epochs[state.epoch], schedule.batch, chance)
        _fit_epoch(state, batches, loss, schedule, steps)
        state.epoch += 1
        state.save(checkpoint)
        if validate is not None:
            _LOG.info("epoch %d: %s; mean %s", state.epoch, validate(state.model), validate(state.mean))
    return state.mean.eval()


def _fit_epoch(
    state: Fit[Network], batches: Sequence[Sequence[Piece]], loss: Loss[Network], schedule: TaggerSchedule, steps: int
) -> None:
    state.model.train()
    started, losses = time.perf_counter(), []
    for batch in batches:
        state.step += 1
        losses.append(learn(state, loss(state.model, batch), schedule, steps))
        if len(losses) % 50 == 0:
            taken = time.perf_counter() - started
            _LOG.info(
                "step %d of %d: loss %.3f, %.2f s a step", state.step, steps, _mean(losses[-50:]), taken / len(losses)
            )


def tagger_loss(tokenizer: Tokenizer, schedule: TaggerSchedule) -> Loss[Tagger]:
    """Return what a tagger learns from windows: the labels, or the guides where all have one."""
    straight = straight_ids(tokenizer)

    def loss_of(model: Tagger, batch: Sequence[Piece]) -> torch.Tensor:
        tensors = collate(batch, straight)
        with torch.autocast("cpu", torch.bfloat16):
            scores, links = model.word_scores(tensors)
        chain = tensors.opens, tensors.lengths, model.head.transitions
        if tensors.guides is not None:
            tags = tensors.guides[..., : len(TAGS)]
            return guided_loss(scores, tags, *chain) + schedule.links * guided_links(links, tensors.guides)
        loss = chain_loss(scores, tensors.tags, *chain)
        if (tensors.links != NO_LABEL).any():
            linked = functional.cross_entropy(links.flatten(0, 1), tensors.links.flatten(), ignore_index=NO_LABEL)
            loss = loss + schedule.links * linked
        return loss

    return loss_of


def learn(state: Fit[Any], loss: torch.Tensor, schedule: Schedule, steps: int) -> float:
    """Take one step of ``steps`` down a loss, and return that; the rates rise at first and then fall to nothing."""
    share = min(state.step / (WARM_UP * steps), (steps - state.step) / ((1 - WARM_UP) * steps))
    for group, rate in zip(state.optimizer.param_groups, (schedule.rate, schedule.head_rate), strict=True):
        group["lr"] = rate * max(share, 0.0)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
    state.optimizer.step()
    state.optimizer.zero_grad()
    _trail(state, min(schedule.trail, state.step / (state.step + 10)))
    return loss.item()


def _trail(state: Fit[Any], share: float) -> None:
    with torch.no_grad():
        mean, now = list(state.mean.parameters()), list(state.model.parameters())
        torch._foreach_lerp_(mean, now, 1 - share)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _batches(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Piece]]:
    pieces = [piece for example in examples for piece in cut(example, chance)]
    chance.shuffle(pieces)
    pools = [pieces[i : i + POOL * size] for i in range(0, len(pieces), POOL * size)]
    ordered = [sorted(pool, key=lambda piece: piece.end - piece.start) for pool in pools]
    batches = [pool[i : i + size] for pool in ordered for i in range(0, len(pool), size)]
    chance.shuffle(batches)
    return batches
