"""Tagging articles with a tagger in torch, to validate it and to label articles with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from toolkit.model.chain import chains
from toolkit.model.tags import TAGS
from toolkit.model.train.batches import pad
from toolkit.model.window_scores import own_places
from toolkit.model.words import CONTEXT, MAX_PIECES, encode, windows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from toolkit.model.train.tagger import Tagger
    from toolkit.model.words import Words

BATCH = 8


def scores_of(model: Tagger, words: Words, longest: int = MAX_PIECES, context: int = CONTEXT) -> NDArray[np.float32]:
    """Return the scores (words, those of the model's head) of an article's words; see :func:`windows` for the rest."""
    model.eval()
    found = np.zeros((len(words), model.head.scores.out_features), np.float32)
    cuts = sorted(windows(words, longest, context), key=lambda window: window.end - window.start)
    for first in range(0, len(cuts), BATCH):
        batch = cuts[first : first + BATCH]
        encoded = [encode(words, window.start, window.end) for window in batch]
        ids, features = pad(encoded)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = model(ids, features).float().numpy()
        for row, (window, item) in enumerate(zip(batch, encoded, strict=True)):
            found[window.own : window.own_end] = scores[row, own_places(window, item)]
    return found


def tags_of(model: Tagger, words: Words) -> NDArray[np.int64]:
    """Return the best tags of an article's words."""
    scores = scores_of(model, words)[:, : len(TAGS)]
    transitions = model.head.transitions.detach().numpy()
    return np.concatenate(chains([scores[start:end] for start, end in words.paragraphs()], transitions).best())
