"""What networks in torch say of articles: to validate them, to see how large states become, to label articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch

from toolkit.model.chain import chains
from toolkit.model.tags import TAGS
from toolkit.model.train.batches import pad
from toolkit.model.window_scores import own_places
from toolkit.model.words import encode, windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from toolkit.model.doc_words import DocWords
    from toolkit.model.train.reader import Reader
    from toolkit.model.train.tagger import Tagger
    from toolkit.model.words import Window, Words

BATCH = 8


def scores_of(model: Tagger, words: Words) -> NDArray[np.float32]:
    """Return the scores (words, those of the model's head) of an article's words."""
    model.eval()
    found = np.zeros((len(words), model.head.scores.out_features), np.float32)
    cuts = sorted(windows(words), key=lambda window: window.end - window.start)
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


def read_windows(model: Reader, read: DocWords) -> Iterator[tuple[Window, list[NDArray[np.float32]]]]:
    """Yield a text's windows with the scores of their own words, in the order of ``OUTPUTS``."""
    model.eval()
    for window in read.windows():
        encoded = encode(read.words, window.start, window.end)
        ids, features = pad([encoded])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = model(ids, features, torch.tensor([own_places(window, encoded)]))
        yield window, [part[0].float().numpy() for part in scores]
