"""A constant for each kind of name, chosen on development sets and added to the scores of its codes.

A network that has met few names of a kind gives that kind too seldom; where a rare kind is taken for a common one, both
lose (Menon et al. 2021, long-tail learning via logit adjustment).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from toolkit.model.parsing_labels import best_path, read_names
from toolkit.model.train.parsing_fitting import collate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from toolkit.model.train.parsing_data import Example
    from toolkit.model.train.parsing_fitting import Learner
    from toolkit.model.train.parsing_network import ParsingNetwork

_LOG = logging.getLogger(__name__)
STEPS = ((2.0, 1.0, -1.0), (1.0, 0.5, -0.5))
"""Changes tried for each kind, coarse ones first."""
LEAST_GAIN = 0.02
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Scored:
    """One development set: its examples, the network's scores of their words, which kinds count and as what."""

    examples: Sequence[Example]
    scores: Sequence[NDArray[np.float32]]
    kinds: Mapping[str, str]
    weight: float

    def f1(self, labels: Sequence[str], added: NDArray[np.float32]) -> float:
        """Return typed F1, in per cent, with constants added to the scores of the codes."""
        both = total = 0
        for example, scores in zip(self.examples, self.scores, strict=True):
            found = read_names(best_path(scores + added, labels), labels)
            ours, gold = self._counted(found), self._counted(example.names or ())
            both += len(ours & gold)
            total += len(ours) + len(gold)
        return 200 * both / max(1, total)

    def _counted(self, names: Sequence[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
        return {(start, end, self.kinds[kind]) for start, end, kind in names if kind in self.kinds}


def score_examples(model: ParsingNetwork, learner: Learner, examples: Sequence[Example]) -> list[NDArray[np.float32]]:
    """Return the scores (words, codes) of the names of examples, in order."""
    encoded = [learner.encode(example) for example in examples]
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]["features"]))
    found: dict[int, NDArray[np.float32]] = {}
    with torch.no_grad():
        for first in range(0, len(order), _BATCH):
            places = order[first : first + _BATCH]
            batch = collate([encoded[i] for i in places])
            scores = model(batch["features"], batch["lengths"])[2].numpy()
            found |= {i: row[: len(encoded[i]["features"])] for i, row in zip(places, scores, strict=True)}
    return [found[i] for i in range(len(encoded))]


def choose_constants(sets: Sequence[Scored], labels: Sequence[str]) -> dict[str, float]:
    """Return the constant of each kind that makes the weighted sum of F1 greatest, one kind after another."""
    chosen = dict.fromkeys(sorted({label[2:] for label in labels} - {""}), 0.0)
    best = _value(sets, labels, chosen)
    for steps in STEPS:
        for kind in chosen:
            for step in steps:
                tried = {**chosen, kind: chosen[kind] + step}
                value = _value(sets, labels, tried)
                if value > best + LEAST_GAIN:
                    chosen, best = tried, value
    _LOG.info("constants of the kinds of names: %s", chosen)
    return chosen


def _value(sets: Sequence[Scored], labels: Sequence[str], constants: Mapping[str, float]) -> float:
    added = by_code(labels, constants)
    return sum(one.weight * one.f1(labels, added) for one in sets)


def by_code(labels: Sequence[str], constants: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the constants by code; "nothing" has none."""
    return np.array([constants.get(label[2:], 0.0) for label in labels], np.float32)


def add_constants(model: ParsingNetwork, labels: Sequence[str], constants: Mapping[str, float]) -> None:
    """Put the constants into the network's biases."""
    with torch.no_grad():
        model.names.bias += torch.from_numpy(by_code(labels, constants))
