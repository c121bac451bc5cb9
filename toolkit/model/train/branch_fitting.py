"""Fitting a reader above the shared layers article by article, resumable after each pass, and writing its files."""

from __future__ import annotations

import hashlib
import logging
import random
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import torch

from toolkit.model.train.branch import scores_of
from toolkit.model.train.exporting import watched_maxima, watched_tops
from toolkit.model.train.graph import build_branch
from toolkit.model.train.tagging import learn, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from toolkit.model.train.branch import Branch
    from toolkit.model.train.tagging import Schedule
    from toolkit.model.words import Words

EMPTY: Mapping[str, NDArray[np.float32]] = MappingProxyType({})
_LOG = logging.getLogger(__name__)


class Plan(NamedTuple):
    """How a reader learns.

    Parameters
    ----------
    schedule : Schedule
    passes, planned : int
        Over the articles: those that are made, and those that the rates are planned for.
    shares : mapping of str to float
        How much each loss weighs, 1 if it is not there.
    """

    schedule: Schedule
    passes: int
    planned: int
    shares: Mapping[str, float]


def fit(
    model: Branch,
    prepare: Callable[[Branch], Sequence[Any]],
    losses_of: Callable[[Branch, Any, random.Random], Mapping[str, Tensor]],
    checkpoint: Path,
    plan: Plan,
) -> Branch:
    """Return the running mean of a reader fitted to articles, one a step; goes on from ``checkpoint`` if that exists.

    Parameters
    ----------
    model : Branch
        What to start from.
    prepare : callable
        Gives the articles to learn from.
    losses_of : callable
        Gives the losses of an article by what they are of.
    checkpoint : Path
        Written after each pass.
    plan : Plan
    """
    schedule = plan.schedule
    state = start(model, schedule)
    if checkpoint.is_file():
        state.restore(checkpoint)
    prepared = list(prepare(state.model)) if state.epoch < plan.passes else []
    while state.epoch < plan.passes:
        chance = random.Random(schedule.seed * 1000 + state.epoch)  # noqa: S311 - an order, no secret
        torch.manual_seed(schedule.seed * 1000 + state.epoch)
        state.model.train()
        chance.shuffle(prepared)
        summed: Counter[str] = Counter()
        for article in prepared:
            state.step += 1
            losses = losses_of(state.model, article, chance)
            summed.update({name: loss.item() for name, loss in losses.items()})
            whole = torch.stack([loss * plan.shares.get(name, 1.0) for name, loss in losses.items()]).sum()
            learn(state, whole, schedule, plan.planned * len(prepared))
        state.epoch += 1
        state.save(checkpoint)
        told = ", ".join(f"{name} {value / len(prepared):.3f}" for name, value in summed.items())
        _LOG.info("%s, pass %d: %s", checkpoint.stem, state.epoch, told)
    return state.mean.eval()


def networks_of(model: Branch) -> dict[str, NDArray[np.float32]]:
    """Return the weights of the small networks, by the names that the reader knows them by."""
    parts = {name.removeprefix("head."): value.numpy() for name, value in model.head.state_dict().items()}
    return {name: value for name, value in parts.items() if name.split(".")[0] not in {"features", "scores", "learned"}}


def export(
    model: Branch, sample: Iterable[Words], folder: Path, name: str, more: Mapping[str, NDArray[np.float32]] = EMPTY
) -> dict[str, Any]:
    """Write a reader as int8 ONNX and its small networks into ``folder``; return its transitions and the digest.

    Parameters
    ----------
    model : Branch
    sample : iterable of Words
        Articles that tell how large activations become.
    folder : Path
    name : str
        Of the graph.
    more : mapping of str to ndarray
        What else is kept with the small networks.
    """
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    path, articles = folder / "model.onnx", list(sample)

    def run() -> None:
        for words in articles:
            scores_of(model, words)

    tops = watched_maxima(model.layers, run) | watched_tops(model.layers, run)
    weights = {part: values.numpy() for part, values in model.state_dict().items()}
    onnx.save(build_branch(weights, tops, name), path)
    rounded: dict[str, Any] = {part: value.astype(np.float16) for part, value in {**networks_of(model), **more}.items()}
    np.savez(folder / "networks.npz", **rounded)
    transitions = model.head.transitions.detach().numpy().astype(float).round(4).tolist()
    return {"transitions": transitions, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
