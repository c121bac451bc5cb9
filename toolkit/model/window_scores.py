"""Scores of an article's words, from an encoder that reads it window by window."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.word_pieces import vectors_of
from toolkit.model.words import CONTEXT, MAX_PIECES, Features, encode, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from toolkit.model.words import Encoded, Window, Words

N_KINDS = len(Features())
"""Kinds of features that a piece has."""


def score_words(
    session: InferenceSession, words: Words, size: int, longest: int = MAX_PIECES, context: int = CONTEXT
) -> NDArray[np.float32]:
    """Return the scores of words, shape (words, size), float32.

    Parameters
    ----------
    session : InferenceSession
        Of a model with the inputs ``vectors`` (batch, pieces, width), ``features`` (batch, pieces, 3) and ``places``
        (batch, words). It runs on a window at a time: batches leave the processor's cache and are slower.
    words : Words
    size : int
        How many scores a word has.
    longest, context : int
        Of the windows, see :func:`toolkit.model.words.windows`.
    """
    found = np.zeros((len(words), size), np.float32)
    for window in windows(words, longest, context):
        encoded = encode(words, window.start, window.end)
        given = {
            "vectors": vectors_of(np.array([encoded.ids], np.int64)),
            "features": np.fromiter(chain.from_iterable(encoded.features), np.int64).reshape(1, -1, N_KINDS),
            "places": np.array([own_places(window, encoded)], np.int64),
        }
        found[window.own : window.own_end] = session.run(None, given)[0][0]
    return found


def own_places(window: Window, encoded: Encoded) -> list[int]:
    """Return the places of the first pieces of a window's own words."""
    return encoded.firsts[window.own - window.start : window.own_end - window.start]
