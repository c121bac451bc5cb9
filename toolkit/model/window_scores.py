"""Scores of an article's words, from an encoder that reads it window by window."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model.word_pieces import vectors_of
from toolkit.model.words import Features, encode, windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from toolkit.model.words import Encoded, Window, Words

N_KINDS = len(Features())
"""Kinds of features that a piece has."""


def score_words(session: InferenceSession, words: Words, size: int) -> NDArray[np.float32]:
    """Return the scores of words, shape (words, size), float32.

    Parameters
    ----------
    session : InferenceSession
        See :func:`run_windows`; gives scores alone.
    words : Words
    size : int
        How many scores a word has.
    """
    found = np.zeros((len(words), size), np.float32)
    for window, (scores,) in run_windows(session, ["scores"], words, windows(words)):
        found[window.own : window.own_end] = scores
    return found


def run_windows(
    session: InferenceSession, outputs: Sequence[str], words: Words, cuts: Iterable[Window]
) -> Iterator[tuple[Window, list[Any]]]:
    """Yield an article's windows, with what a model gives for the words of each that are its own.

    Parameters
    ----------
    session : InferenceSession
        Of a model with the inputs ``vectors`` (batch, pieces, width), ``features`` (batch, pieces, 3) and ``places``
        (batch, words). It runs on a window at a time: batches leave the processor's cache and are slower.
    outputs : sequence of str
        Names of the model's outputs.
    words : Words
    cuts : iterable of Window
        From :func:`toolkit.model.words.windows`.
    """
    for window in cuts:
        encoded = encode(words, window.start, window.end)
        given = piece_inputs(encoded) | {"places": np.array([own_places(window, encoded)], np.int64)}
        yield window, [output[0] for output in session.run(outputs, given)]


def piece_inputs(encoded: Encoded) -> dict[str, NDArray[Any]]:
    """Return the pieces of a window as inputs: ``vectors`` (1, pieces, width) and ``features`` (1, pieces, 3)."""
    return {
        "vectors": vectors_of(np.array([encoded.ids], np.int64)),
        "features": np.fromiter(chain.from_iterable(encoded.features), np.int64).reshape(1, -1, N_KINDS),
    }


def own_places(window: Window, encoded: Encoded) -> list[int]:
    """Return the places of the first pieces of a window's own words."""
    return encoded.firsts[window.own - window.start : window.own_end - window.start]
