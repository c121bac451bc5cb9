"""An article read once, by the layers that the readers of statements, events and positions share.

Weights: ``trunk/CARD.md``; they are the lower layers of the tagger of attributions, whose recipe makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from toolkit.model._onnx import load_session, one_thread, read_settings
from toolkit.model.window_scores import own_places, piece_inputs
from toolkit.model.words import cutter, encode, read_words, windows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from spacy.tokens import Doc

    from toolkit.model.words import Window, Words
    from toolkit.records import Span

FOLDER = Path(__file__).parent / "trunk"
LAYERS = 2
"""How many layers are shared."""


class WindowStates(NamedTuple):
    """A window, the states of its pieces (1, pieces, width), and the places of its own words (1, words)."""

    window: Window
    states: NDArray[np.float32]
    places: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ArticleStates:
    """The words of an article, and the states of its windows as the shared layers give them."""

    words: Words
    windows: tuple[WindowStates, ...] = ()

    def scores(self, session: InferenceSession, size: int) -> NDArray[np.float32]:
        """Return the scores of all words, shape (words, size), float32.

        Parameters
        ----------
        session : InferenceSession
            Of layers above the shared ones: from ``states`` and ``places`` to ``scores``.
        size : int
            How many scores a word has.
        """
        found = np.zeros((len(self.words), size), np.float32)
        for window, states, places in self.windows:
            (scores,) = session.run(["scores"], {"states": states, "places": places})
            found[window.own : window.own_end] = scores[0]
        return found


@one_thread()
def read_states(doc: Doc, body: Span | None = None) -> ArticleStates:
    """Return an article's words and their states; they depend on the article alone.

    Parameters
    ----------
    doc : Doc
        Tokens of spaCy's English tokenizer; nothing else is read.
    body : (int, int), optional
        The part of the text to read; all of it by default.

    Raises
    ------
    PipelineError
        Where the packaged weights are missing or damaged.
    """
    words = read_words(doc, cutter(), body)
    if not len(words):
        return ArticleStates(words)
    return states_of(load_session(FOLDER / "model.onnx", read_config()["sha256"]), words)


def states_of(session: InferenceSession, words: Words) -> ArticleStates:
    """Return the states of an article's words, by a session of shared layers."""
    return ArticleStates(words, tuple(_read(session, words, window) for window in windows(words)))


def _read(session: InferenceSession, words: Words, window: Window) -> WindowStates:
    encoded = encode(words, window.start, window.end)
    (states,) = session.run(["states"], piece_inputs(encoded))
    return WindowStates(window, states, np.array([own_places(window, encoded)], np.int64))


@cache
def read_config() -> Mapping[str, Any]:
    """Return the settings: the weights' ``sha256``.

    Raises
    ------
    PipelineError
        Where the package came without the model.
    """
    return read_settings(FOLDER)
