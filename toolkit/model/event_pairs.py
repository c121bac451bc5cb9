"""What spans around a phrase are to the event it tells of, and which phrases tell of one event.

A phrase and a span are each the mean of their words' vectors; small networks of one hidden layer weigh a pair, with
features of how they stand to each other (as for coreference in Lee et al. 2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from toolkit.model.event_tags import KINDS, TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

WIDTH = 64
"""Numbers of a phrase's vector, and of a span's."""
BACK, AHEAD = 2, 1
"""Sentences before and behind that of a phrase in which spans are asked about."""
_DISTANCES = np.array([1, 3, 6, 11, 21, 41])
_SENTENCES = np.array([1, 2, 3, 6, 12])


class Spot(NamedTuple):
    """A phrase or a span: its kind, first word and word behind the last, its sentence, and whether it is a pronoun."""

    kind: str
    start: int
    end: int
    sentence: int
    pronoun: bool = False


N_PAIR = (BACK + AHEAD + 1) + 3 + (len(_DISTANCES) + 1) + len(KINDS) + 1 + len(TYPES) + 2
N_SAME = (len(_SENTENCES) + 1) + 3 + len(TYPES) + 3


def near(phrases: Sequence[Spot], spans: Sequence[Spot]) -> NDArray[np.int64]:
    """Return the pairs of a phrase and a span that stand near each other, shape (pairs, 2), int64."""
    found = [
        (i, j)
        for i, phrase in enumerate(phrases)
        for j, span in enumerate(spans)
        if -BACK <= span.sentence - phrase.sentence <= AHEAD
    ]
    return np.array(found, np.int64).reshape(-1, 2)


def pair_features(phrases: Sequence[Spot], spans: Sequence[Spot], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how the phrase and the span of each pair stand to each other, shape (pairs, N_PAIR), float32."""
    rows = np.zeros((len(pairs), N_PAIR), np.float32)
    for row, (i, j) in zip(rows, pairs.tolist(), strict=True):
        phrase, span = phrases[i], spans[j]
        side = 0 if span.end <= phrase.start else 2 if span.start >= phrase.end else 1
        distance = max(phrase.start - span.end, span.start - phrase.end, -1) + 1
        between = sorted((phrase.start, span.start))
        others = any(between[0] < other.start < between[1] and other is not phrase for other in phrases)
        rival = any(
            other is not span
            and other.kind == span.kind
            and between[0] < other.start < between[1]
            and other.start >= phrase.end * (side == 2)
            for other in spans
        )
        at = 0
        for size, place in (
            (BACK + AHEAD + 1, span.sentence - phrase.sentence + BACK),
            (3, side),
            (len(_DISTANCES) + 1, int(np.searchsorted(_DISTANCES, distance, "right"))),
            (len(KINDS), KINDS.index(span.kind)),
            (len(TYPES), TYPES.index(phrase.kind)),
        ):
            row[at + place] = 1
            at += size
        row[at:] = span.pronoun, others, rival
    return rows


def couples(phrases: Sequence[Spot]) -> NDArray[np.int64]:
    """Return the pairs of phrases of one type, the earlier first, shape (pairs, 2), int64."""
    found = [(i, j) for j, other in enumerate(phrases) for i, one in enumerate(phrases[:j]) if one.kind == other.kind]
    return np.array(found, np.int64).reshape(-1, 2)


def couple_features(phrases: Sequence[Spot], words: Sequence[str], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how two phrases stand to each other, shape (pairs, N_SAME), float32; ``words`` are the article's."""
    rows = np.zeros((len(pairs), N_SAME), np.float32)
    telling = [{word[:5] for word in map(str.lower, words[p.start : p.end]) if len(word) > 3} for p in phrases]
    for row, (i, j) in zip(rows, pairs.tolist(), strict=True):
        one, other = phrases[i], phrases[j]
        between = sum(each.kind == one.kind for each in phrases[i + 1 : j])
        at = 0
        for size, place in (
            (len(_SENTENCES) + 1, int(np.searchsorted(_SENTENCES, other.sentence - one.sentence, "right"))),
            (3, min(between, 2)),
            (len(TYPES), TYPES.index(one.kind)),
        ):
            row[at + place] = 1
            at += size
        shared = len(telling[i] & telling[j])
        row[at:] = shared / max(1, min(len(telling[i]), len(telling[j]))), min(shared, 3) / 3, one.sentence == 0
    return rows


def means(vectors: NDArray[np.float32], spots: Sequence[Spot]) -> NDArray[np.float32]:
    """Return the mean vector of each spot's words, shape (spots, width), float32."""
    if not spots:
        return np.zeros((0, vectors.shape[1]), np.float32)
    sums = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, 0, np.float64)])
    starts, ends = np.array([spot.start for spot in spots]), np.array([spot.end for spot in spots])
    found: NDArray[np.float32] = ((sums[ends] - sums[starts]) / (ends - starts)[:, None]).astype(np.float32)
    return found


def pair_input(
    phrases: NDArray[np.float32], spans: NDArray[np.float32], pairs: NDArray[np.int64], features: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what the network of pairs takes: both vectors, their product, the features."""
    one, other = phrases[pairs[:, 0]], spans[pairs[:, 1]]
    return np.hstack([one, other, one * other, features])


def couple_input(
    phrases: NDArray[np.float32], pairs: NDArray[np.int64], features: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what the network of couples takes: sum, difference and product of both vectors, the features."""
    one, other = phrases[pairs[:, 0]], phrases[pairs[:, 1]]
    return np.hstack([one + other, np.abs(one - other), one * other, features])


def small_network(
    weights: Mapping[str, NDArray[np.float32]], name: str, rows: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what a network of one hidden layer gives for each row."""
    hidden = np.maximum(rows @ weights[f"{name}.0.weight"].T + weights[f"{name}.0.bias"], 0)
    found: NDArray[np.float32] = hidden @ weights[f"{name}.3.weight"].T + weights[f"{name}.3.bias"]
    return found
