"""Fitting what stands say by their wording: a small network, most of whose input is hidden as it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from toolkit.model.position_tags import ACTS, BASES, STANCES
from toolkit.model.position_wording import N_VECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from toolkit.model.train.positions_gold import Example

HIDDEN, HIDDEN_INPUT, HIDDEN_INNER = 128, 0.6, 0.5
"""Units, and shares of what goes into the network and of its units that are hidden: few stands are learned by heart."""
RATE, DECAY, ROUNDS, BATCH = 5e-4, 0.3, 40, 64


def fit_wording(examples: Sequence[Example], rounds: int = ROUNDS, seed: int = 1) -> dict[str, NDArray[np.float32]]:
    """Return the network of stances, acts and bases, by the names that the reader knows its weights by."""
    features = np.vstack([example.wording for example in examples])
    mean, spread = features.mean(0), _spread(features)
    rows = torch.from_numpy((features - mean) / spread)
    gold = [
        torch.from_numpy(np.concatenate([getattr(example, name) for example in examples]))
        for name in ("stances", "acts", "bases")
    ]
    network = _fit(rows, gold, rounds, seed)
    weights = {f"kind.{name}": value.numpy() for name, value in network.state_dict().items()}
    # The reader takes features as they are: what they were divided by goes into the weights.
    weights["kind.0.weight"] = weights["kind.0.weight"] / spread
    weights["kind.0.bias"] = weights["kind.0.bias"] - weights["kind.0.weight"] @ mean
    return {name: value.astype(np.float32) for name, value in weights.items()}


def _spread(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return by what each feature is divided: vectors by their deviation, flags by nothing."""
    spread = np.ones(features.shape[1], np.float32)
    spread[:N_VECTORS] = features[:, :N_VECTORS].std(0) + 1e-2
    return spread


def _fit(rows: torch.Tensor, gold: Sequence[torch.Tensor], rounds: int, seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    sizes = [len(STANCES), len(ACTS), len(BASES)]
    first, last = nn.Linear(rows.shape[1], HIDDEN), nn.Linear(HIDDEN, sum(sizes))
    network = nn.Sequential(first, nn.ReLU(), nn.Dropout(HIDDEN_INNER), last)
    learner = torch.optim.AdamW(network.parameters(), RATE, weight_decay=DECAY)
    for _ in range(rounds):
        network.train()
        for batch in torch.randperm(len(rows)).split(BATCH):
            scores = network(functional.dropout(rows[batch], HIDDEN_INPUT)).split(sizes, 1)
            losses = [functional.cross_entropy(each, right[batch]) for each, right in zip(scores, gold, strict=True)]
            torch.stack(losses).sum().backward()
            learner.step()
            learner.zero_grad()
    return network.eval()
