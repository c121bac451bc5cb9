"""Sentiment toward a target in a sentence: MiniLM (Wang et al. 2020) fine-tuned on NewsMTSC (Hamborg and Donnay 2021).

The target's own words are hidden from the model, so a name cannot carry a sentiment into the result. Weights, figures
and weaknesses: ``sentiment/CARD.md``; the recipe: ``train/sentiment.py``.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import numpy as np

from toolkit.model._onnx import load_session, one_thread, read_settings
from toolkit.model.masking import check_item, encode_items
from toolkit.model.word_pieces import PAD, load_tokenizer, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from toolkit.model.masking import Item

FOLDER = Path(__file__).parent / "sentiment"
BATCH = 8
"""Sentences to a run: with fewer there is more to do besides, with more the states leave the processor's cache."""
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


@one_thread()
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
    logits = score_items(session, encode_items(load_tokenizer(), given))
    return [_judge(row) for row in softmax(logits / config["temperature"]).tolist()]


@cache
def read_config() -> dict[str, Any]:
    """Return the model's settings: ``temperature``, which calibrates the probabilities, and the weights' ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)


def score_items(session: InferenceSession, encoded: Sequence[tuple[list[int], int]]) -> NDArray[np.float32]:
    """Return the logits (sentences, 3) of sentences, in order, float32; those of like length are read together.

    Parameters
    ----------
    session : InferenceSession
        Of a model with the inputs ``vectors`` (batch, pieces, width), ``padding`` (batch, pieces; 1 where a piece is
        none) and ``mask_at`` (batch).
    encoded : sequence of (list of int, int)
        Ids of a sentence's pieces, and the place of the mask among them.
    """
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index][0]))
    logits = np.zeros((len(encoded), 3), np.float32)
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        ids = np.full((len(batch), len(encoded[batch[-1]][0])), PAD, np.int64)
        for row, index in zip(ids, batch, strict=True):
            row[: len(encoded[index][0])] = encoded[index][0]
        given = {
            "vectors": vectors_of(ids),
            "padding": (ids == PAD).astype(np.int64),
            "mask_at": np.array([encoded[index][1] for index in batch], np.int64),
        }
        logits[batch] = session.run(None, given)[0]
    return logits


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probabilities (n, 3) of logits (n, 3)."""
    powers = np.exp(logits.astype(np.float64) - logits.max(1, keepdims=True))
    return cast("NDArray[np.float64]", powers / powers.sum(1, keepdims=True))


def _judge(probabilities: list[float]) -> TargetSentiment:
    negative, neutral, positive = probabilities
    return TargetSentiment(_LABELS[probabilities.index(max(probabilities))], negative, neutral, positive)
