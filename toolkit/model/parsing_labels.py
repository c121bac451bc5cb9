"""The labels that the parsing network tells apart, and the codes of names' tokens."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


OTHER = "MISC"
"""The kind of names of events, laws, works and the like: told apart from others, so that they are taken for none."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by head, in the order of the scores.

    ``forms`` are a UPOS and its features joined by a blank; ``names`` begin with "O" and have each kind in four
    places: begins, is inside, ends, stands alone (``B-``, ``I-``, ``L-``, ``U-``).
    """

    tags: tuple[str, ...]
    forms: tuple[str, ...]
    deps: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, found: dict[str, Sequence[str]]) -> Labels:
        """Return labels from what :meth:`as_dict` gave."""
        return cls(**{key: tuple(values) for key, values in found.items()})

    def as_dict(self) -> dict[str, Sequence[str]]:
        """Return plain lists, to be written as JSON."""
        return asdict(self)


def name_labels(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the given kinds of names."""
    return ("O", *(f"{place}-{kind}" for kind in kinds for place in "BILU"))


def name_codes(names: Iterable[tuple[int, int, str]], size: int, labels: Sequence[str]) -> NDArray[np.int64]:
    """Return each token's place in ``labels``, for names given as (first, end, kind)."""
    places = {label: place for place, label in enumerate(labels)}
    codes = np.zeros(size, np.int64)
    for start, end, kind in names:
        if end - start == 1:
            codes[start] = places[f"U-{kind}"]
        else:
            codes[start : end - 1] = places[f"I-{kind}"]
            codes[start], codes[end - 1] = places[f"B-{kind}"], places[f"L-{kind}"]
    return codes


def best_path(scores: NDArray[np.float32], labels: Sequence[str], sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the codes with the greatest sum of scores in which names begin and end within their sentence.

    Parameters
    ----------
    scores : ndarray
        Shape (tokens, codes).
    labels : sequence of str
        Of the codes, from :func:`name_labels`.
    sentences : ndarray
        The number of each token's sentence, rising, shape (tokens,).
    """
    allowed, opens, closes = _transitions(tuple(labels))
    path: NDArray[np.int64] = scores.argmax(1)
    if not len(path):
        return path
    starts = np.flatnonzero(np.diff(sentences, prepend=-1))
    ends = np.append(starts[1:], len(path))
    steps = np.append(allowed[path[:-1], path[1:]], 0)
    # What goes on behind a sentence is judged as its end.
    steps[ends - 1] = closes[path[ends - 1]]
    steps[starts] += opens[path[starts]]
    wrong = np.add.reduceat(steps, starts) != 0
    # In most sentences the best code of each token makes a path.
    for start, end in zip(starts[wrong].tolist(), ends[wrong].tolist(), strict=True):
        path[start:end] = _decoded(scores[start:end], allowed, opens, closes)
    return path


def _decoded(
    scores: NDArray[np.float32], allowed: NDArray[np.float32], opens: NDArray[np.float32], closes: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return the best path of one sentence (Viterbi)."""
    path = np.zeros(len(scores), np.int64)
    back = np.zeros(scores.shape, np.int64)
    total = scores[0] + opens
    for i in range(1, len(scores)):
        reached = total[:, None] + allowed
        back[i] = reached.argmax(0)
        total = reached[back[i], np.arange(scores.shape[1])] + scores[i]
    path[-1] = (total + closes).argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


@cache
def _transitions(labels: tuple[str, ...]) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return the penalties of going from one code to another, of beginning and of ending with one."""
    free = np.array([label[0] in "OLU" for label in labels])
    begins = np.array([label[0] in "OBU" for label in labels])
    kinds = np.array([label[2:] for label in labels])
    going_on = np.array([label[0] in "IL" for label in labels])
    allowed = np.where(free[:, None], begins[None, :], going_on[None, :] & (kinds[:, None] == kinds[None, :]))
    impossible = np.float32(-1e4)
    return (
        np.where(allowed, np.float32(0), impossible),
        np.where(begins, np.float32(0), impossible),
        np.where(free, np.float32(0), impossible),
    )


def names_in(path: NDArray[np.int64], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the names (first, end, kind) of a path of codes."""
    names, begin = [], 0
    for i, code in enumerate(path):
        place, kind = labels[code][0], labels[code][2:]
        if place in "BU":
            begin = i
        if place in "LU":
            names.append((begin, i + 1, kind))
    return names
