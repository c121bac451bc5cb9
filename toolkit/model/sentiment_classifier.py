"""Sentiment toward a target in a sentence: MiniLM (Wang et al. 2020) fine-tuned on NewsMTSC (Hamborg and Donnay 2021).

The target's own words are hidden from the model, so a name cannot carry a sentiment into the result. Weights, figures
and weaknesses: ``sentiment/CARD.md``; the recipe: ``train/sentiment.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import numpy as np

from toolkit.model._onnx import load_session, read_settings, run_in_batches
from toolkit.model.masking import check_item, encode_items, load_tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.model.masking import Item

FOLDER = Path(__file__).parent / "sentiment"
_LABELS: tuple[Literal[-1, 0, 1], ...] = (-1, 0, 1)


class TargetSentiment(NamedTuple):
    """The most probable polarity, and the calibrated probabilities of all three, which sum to 1."""

    polarity: Literal[-1, 0, 1]
    negative: float
    neutral: float
    positive: float

    @property
    def score(self) -> float:
        """The expected polarity, from -1 (surely negative) to 1 (surely positive)."""
        return self.positive - self.negative

    @property
    def probability(self) -> float:
        """The calibrated probability that the polarity is right."""
        return max(self.negative, self.neutral, self.positive)


def classify(items: Iterable[Item]) -> list[TargetSentiment]:
    """Return the sentiment toward each target, in order.

    An item's result depends on the item alone, whatever else stands in the same call.

    Parameters
    ----------
    items : iterable of (str, int, int)
        A sentence, and the target's start and end in it.

    Returns
    -------
    list of TargetSentiment

    Raises
    ------
    InputError
        Where offsets are no stretch of their text.
    PipelineError
        Where the packaged weights are missing or damaged.

    Examples
    --------
    >>> [praise] = classify([("Observers praised Ms Okafor for her patience.", 18, 27)])
    >>> praise.polarity
    1
    """
    given = list(items)
    for index, item in enumerate(given):
        check_item(index, item)
    if not given:
        return []
    config = read_config()
    session = load_session(FOLDER / "model.onnx", config["sha256"])
    logits = run_in_batches(session, encode_items(load_tokenizer(FOLDER / "tokenizer.json"), given))
    return [_judge(row) for row in _softmax(logits / config["temperature"]).tolist()]


@cache
def read_config() -> dict[str, Any]:
    """Return the model's settings: ``temperature``, which calibrates the probabilities, and the weights' ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits.astype(np.float64) - logits.max(1, keepdims=True))
    return cast("np.ndarray", powers / powers.sum(1, keepdims=True))


def _judge(probabilities: list[float]) -> TargetSentiment:
    negative, neutral, positive = probabilities
    return TargetSentiment(_LABELS[probabilities.index(max(probabilities))], negative, neutral, positive)
