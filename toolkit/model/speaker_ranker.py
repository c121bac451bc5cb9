"""Who of several candidates speaks: a logistic model over what speaks for each, written out as plain numbers.

Weights, figures and weaknesses: ``speakers/CARD.md``; the recipe: ``train/speakers.py``.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.model._onnx import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.records import Quotation

    Judge = Callable[[Quotation, Sequence[Any], Sequence["Features"]], tuple[int, float]]
    """What gives the number of the candidate of a quotation that is chosen, and how likely it is to be right."""

FOLDER = Path(__file__).parent / "speakers"
Features = dict[str, float]
"""What speaks for a candidate: the features that are not 0, by name."""


LEAST = -0.5
"""Log odds that another candidate than the rules' verdict must have: nobody is better than a mere guess."""


class Ranker:
    """A judge that sums up the weights of each candidate's features.

    Parameters
    ----------
    weights : mapping of str to float
        The log odds that each feature adds.
    calibration : (float, float)
        Intercept and slope from log odds to the share that proved right on articles kept aside (Platt 1999).
    """

    def __init__(self, weights: Mapping[str, float], calibration: Sequence[float] = (0.0, 1.0)) -> None:
        self._weights, self._calibration = weights, calibration

    def log_odds(self, features: Features) -> float:
        """Return the log odds that a candidate speaks."""
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items())

    def chosen(self, features: Sequence[Features]) -> int:
        """Return the number of the likeliest candidate where it is likely enough, else of the first."""
        odds = [self.log_odds(found) for found in features]
        likeliest = max(range(len(odds)), key=odds.__getitem__)
        return likeliest if odds[likeliest] > LEAST else 0

    def __call__(
        self,
        quotation: Quotation,  # noqa: ARG002 - a judge that records is asked alike
        candidates: Sequence[Any],  # noqa: ARG002
        features: Sequence[Features],
    ) -> tuple[int, float]:
        """Return the number of the candidate that is chosen, and how likely it is."""
        number = self.chosen(features)
        intercept, slope = self._calibration
        return number, 1 / (1 + math.exp(-(intercept + slope * self.log_odds(features[number]))))


@cache
def packaged_judge() -> Ranker:
    """Return the packaged ranker."""
    settings = read_settings(FOLDER)
    return Ranker(settings["weights"], settings["calibration"])
