"""Fitting what stands say by their wording: multinomial logistic regression with a penalty on large weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from toolkit.model.position_tags import ACTS, BASES, STANCES
from toolkit.model.position_wording import N_VECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from toolkit.model.train.positions_gold import Example

PENALTY = 200.0
"""Half the weight of squared weights, in stands; large, for there are as many features as stands."""
ROUNDS = 50


class Linear(NamedTuple):
    """Weights (outputs, features) and biases (outputs,) of a linear model, float32."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]


def fit_wording(examples: Sequence[Example], penalty: float = PENALTY) -> Linear:
    """Return the linear model of stances, acts and bases, by how stands are worded."""
    features = np.vstack([example.wording for example in examples])
    mean, spread = features.mean(0), _spread(features)
    rows = torch.from_numpy((features - mean) / spread)
    parts = [
        _fit(rows, torch.from_numpy(np.concatenate([getattr(example, name) for example in examples])), size, penalty)
        for name, size in (("stances", len(STANCES)), ("acts", len(ACTS)), ("bases", len(BASES)))
    ]
    weight = np.vstack([part.weight for part in parts]) / spread
    bias = np.concatenate([part.bias for part in parts]) - weight @ mean
    return Linear(weight.astype(np.float32), bias.astype(np.float32))


def _spread(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return by what each feature is divided: vectors by their deviation, flags by nothing."""
    spread = np.ones(features.shape[1], np.float32)
    spread[:N_VECTORS] = features[:, :N_VECTORS].std(0) + 1e-2
    return spread


def _fit(rows: torch.Tensor, gold: torch.Tensor, size: int, penalty: float) -> Linear:
    weight = torch.zeros(size, rows.shape[1], requires_grad=True)
    bias = torch.zeros(size, requires_grad=True)
    learner = torch.optim.LBFGS([weight, bias], max_iter=ROUNDS)

    def loss() -> torch.Tensor:
        learner.zero_grad()
        found = functional.cross_entropy(rows @ weight.T + bias, gold) + penalty * (weight**2).sum() / len(gold)
        found.backward()
        return found

    learner.step(loss)
    return Linear(weight.detach().numpy(), bias.detach().numpy())
