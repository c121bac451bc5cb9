"""What teachers say of articles: how probable each tag and link of a word is, for a student to learn from.

A student that learns a whole distribution rather than its best sequence learns more from each article (Hinton et al.
2015); for chains the probabilities of each word's tags are what there is to learn (Wang et al. 2020, structure-level
knowledge distillation).
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.model._onnx import load_session, read_settings
from toolkit.model.chain import Posterior, chains
from toolkit.model.data_files import read_rows
from toolkit.model.tags import LEVEL, LINKS_OF, TAGS, link_shares
from toolkit.model.train.polnear import NO_LABEL, Example, Labels
from toolkit.model.window_scores import score_words
from toolkit.model.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.language import Language

    from toolkit.model.words import Cutter, Words

    Guide = Callable[[Words], NDArray[np.float16]]

GOLD_SHARE = 0.5
"""How much of what a student learns from a labelled article is its labels; the rest is what the teachers say."""


def teacher(folder: Path) -> Guide:
    """Return what gives a teacher's view of an article, shape (words, LEVEL), float16.

    Parameters
    ----------
    folder : Path
        Its exported model and settings.
    """
    settings: dict[str, Any] = read_settings(folder)
    session = load_session(folder / "model.onnx", settings["sha256"])
    transitions = np.array(settings["transitions"], np.float32)
    return lambda words: probable(words, score_words(session, words, LEVEL), transitions)


def probable(words: Words, scores: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.float16]:
    """Return how probable each tag and each link of words is, shape (words, LEVEL), float16.

    Parameters
    ----------
    words : Words
    scores : ndarray
        Of tags and links, shape (words, LEVEL), float32.
    transitions : ndarray
        Of one tag behind another, shape (tags, tags), float32.
    """
    tags = chains([scores[start:end, : len(TAGS)] for start, end in words.paragraphs()], transitions)
    links = [link_shares(role, scores[:, len(TAGS) :]) for role in LINKS_OF]
    return np.hstack([np.vstack(Posterior(tags).marginals()), *links]).astype(np.float16)


def read_unlabelled(path: Path, nlp: Language, cut: Cutter, count: int) -> Iterator[Words]:
    """Yield articles of a file of unlabelled news (jsonl.gz), drawn at random, until they hold ``count`` words.

    Raises
    ------
    InputError
        Where the file is missing.
    """
    texts = [row["text"] for row in read_rows(path, "attribution/ and unlabelled/")]
    random.Random(1).shuffle(texts)  # noqa: S311 - a sample, no secret
    for text in texts:
        words = read_words(nlp.make_doc(text), cut)
        count -= len(words)
        if len(words):
            yield words
        if count < 0:
            return


def guided(words: Words, guide: NDArray[np.floating[Any]]) -> Example:
    """Return an unlabelled article with what its teachers say of it."""
    nothing = [0] * len(words), [NO_LABEL] * len(words)
    return Example(words, (Labels(*nothing, guide.astype(np.float32)),))


def blended(example: Example, guide: NDArray[np.floating[Any]]) -> Example:
    """Return a labelled article whose views are each blended with what the teachers say of it."""
    return Example(example.words, tuple(_blended(view, guide.astype(np.float32)) for view in example.views))


def _blended(view: Labels, guide: NDArray[np.float32]) -> Labels:
    mixed = (1 - GOLD_SHARE) * guide
    every = np.arange(len(guide))
    mixed[every, view.tags] += GOLD_SHARE
    links = np.array(view.links)
    for own in LINKS_OF.values():
        mine = (links >= own.start) & (links < own.stop)
        columns = slice(len(TAGS) + own.start, len(TAGS) + own.stop)
        mixed[~mine, columns] = guide[~mine, columns]
        mixed[every[mine], len(TAGS) + links[mine]] += GOLD_SHARE
    return Labels(view.tags, view.links, mixed)
