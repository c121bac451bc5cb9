"""Articles labelled by a teacher, for a student to learn from: those for training, and unlabelled news."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.attribution_tagger import score_words
from toolkit.model.chain import chains
from toolkit.model.tags import LINKS, TAGS, begin
from toolkit.model.train.polnear import NO_LABEL, Example, Labels, read_articles
from toolkit.model.words import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from spacy.language import Language

    from toolkit.model.words import Cutter, Words

LONGEST = 2_000
"""Words: longer texts are transcripts and the like."""
SHORTEST = 100


def guided(example: Example, session: InferenceSession) -> Example:
    """Return an article with the teacher's scores beside what each annotator says."""
    guide = score_words(session, example.words)[:, : len(TAGS)].astype(np.float16)
    return replace(example, views=tuple(replace(view, guide=guide) for view in example.views))


def unlabelled(path: Path, nlp: Language, cut: Cutter, words: int, seed: int) -> list[Words]:
    """Return articles of unlabelled news, in an order of chance, as many as hold a number of words."""
    articles = list(read_articles(path))
    random.Random(seed).shuffle(articles)  # noqa: S311 - an order, no secret
    found: list[Words] = []
    for article in articles:
        if words <= 0:
            break
        read = read_words(nlp.make_doc(article["text"]), cut)
        if SHORTEST <= len(read) <= LONGEST:
            found.append(read)
            words -= len(read)
    return found


def labelled(words: Words, session: InferenceSession, transitions: NDArray[np.float32]) -> Example:
    """Return an article as the teacher tags and links it."""
    scores = score_words(session, words)
    places = words.paragraphs()
    tags = np.concatenate(chains([scores[a:b, : len(TAGS)] for a, b in places], transitions).best()).tolist()
    links = list(_links(tags, scores))
    return Example(words, (Labels(tags, links, scores[:, : len(TAGS)].astype(np.float16)),))


def _links(tags: list[int], scores: NDArray[np.float32]) -> Iterator[int]:
    first = len(TAGS)
    for tag, row in zip(tags, scores, strict=True):
        if tag == begin("cue"):
            yield int(row[first : first + 3].argmax())
        elif tag == begin("content"):
            yield 3 + int(row[first + 3 : first + len(LINKS)].argmax())
        else:
            yield NO_LABEL
