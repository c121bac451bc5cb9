"""A linear chain over tags: its best sequence (Viterbi 1967) and how probable a span is in it (Lafferty et al. 2001).

Paragraphs are chains of their own, computed side by side: scores are padded to (words, paragraphs, tags).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from toolkit.model.tags import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_GOES_ON = slice(2, None, 2)
"""The tags that go on with a span."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Paragraphs' scores side by side.

    Attributes
    ----------
    scores : ndarray
        Of tags, shape (longest, paragraphs, tags), float32; zeros behind a paragraph's end.
    lengths : ndarray
        Words in each paragraph, shape (paragraphs,), int64.
    transitions : ndarray
        Scores (from, to) of one tag behind another, float32.
    """

    scores: NDArray[np.float32]
    lengths: NDArray[np.int64]
    transitions: NDArray[np.float32]

    def best(self) -> list[NDArray[np.int64]]:
        """Return the best tags of each paragraph, int64."""
        longest, count, _ = self.scores.shape
        every, last_words = np.arange(count), self.lengths - 1
        reached, came = self.scores.copy(), np.zeros(self.scores.shape, np.int64)
        for word in range(1, longest):
            paths = reached[word - 1][:, :, None] + self.transitions
            came[word] = paths.argmax(1)
            reached[word] += paths.max(1)
        # What was reached behind a paragraph's end is not looked at.
        ends = reached[last_words, every].argmax(1)
        path = np.zeros((longest, count), np.int64)
        path[longest - 1] = ends
        for word in range(longest - 2, -1, -1):
            path[word] = np.where(word < last_words, came[word + 1, every, path[word + 1]], ends)
        return [path[:length, index] for index, length in enumerate(self.lengths)]


def chains(scores: Sequence[NDArray[np.float32]], transitions: NDArray[np.float32]) -> Chains:
    """Return paragraphs side by side, none of which opens in the middle of a span.

    Parameters
    ----------
    scores : sequence of ndarray
        Of each paragraph the scores (words, tags), float32; none is empty.
    transitions : ndarray
        Scores (from, to), float32.
    """
    lengths = np.array([len(rows) for rows in scores], np.int64)
    padded = np.zeros((int(lengths.max(initial=1)), len(scores), len(transitions)), np.float32)
    for index, rows in enumerate(scores):
        padded[: len(rows), index] = rows
    padded[0, :, _GOES_ON] += NEVER
    return Chains(padded, lengths, transitions)


class Posterior:
    """How probable spans are, given the scores of all words of their paragraphs.

    The sums over sequences are carried as shares that add up to 1 at each word, with the logarithm of their size apart.
    """

    def __init__(self, given: Chains) -> None:
        self.chains = given
        self._steps = np.exp(given.transitions.astype(np.float64))
        top = given.scores.max(2, keepdims=True)
        self._weights, self._tops = np.exp((given.scores - top).astype(np.float64)), top[:, :, 0]
        self._before, self._before_size = self._sum_before()
        self._behind, self._behind_size = self._sum_behind()
        last = given.lengths - 1
        self._total = self._before_size[last, np.arange(len(last))]

    def _sum_before(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the share of each tag among the paths up to a word, and the log of all their sum."""
        shares, sizes = np.empty_like(self._weights), np.empty(self._weights.shape[:2])
        reached, size = self._weights[0], self._tops[0].astype(np.float64)
        for word in range(len(shares)):
            if word:
                reached, size = (shares[word - 1] @ self._steps) * self._weights[word], size + self._tops[word]
            sums = reached.sum(1)
            shares[word], size = reached / sums[:, None], size + np.log(sums)
            sizes[word] = size
        return shares, sizes

    def _sum_behind(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return how much of the paths behind a word follow each of its tags, and the log of their size."""
        shares, sizes = np.ones_like(self._weights), np.zeros(self._weights.shape[:2])
        for word in range(len(shares) - 2, -1, -1):
            coming = (self._weights[word + 1] * shares[word + 1]) @ self._steps.T
            most = coming.max(1)
            within = word + 1 < self.chains.lengths
            shares[word] = np.where(within[:, None], coming / most[:, None], 1.0)
            sizes[word] = np.where(within, sizes[word + 1] + self._tops[word + 1] + np.log(most), 0.0)
        return shares, sizes

    def marginals(self) -> list[NDArray[np.float32]]:
        """Return the probability of each tag of each word, for each paragraph an array of shape (words, tags)."""
        together = self._before * self._behind
        together /= together.sum(2, keepdims=True)
        return [together[:length, index].astype(np.float32) for index, length in enumerate(self.chains.lengths)]

    def probability(self, paragraph: int, tag: int, start: int, end: int) -> float:
        """Return the probability of just this span, in [0, 1].

        Parameters
        ----------
        paragraph : int
        tag : int
            The tag that opens the span.
        start, end : int
            Its words in the paragraph, the end exclusive.
        """
        scores, transitions = self.chains.scores[:, paragraph], self.chains.transitions
        inner, last = tag + 1, tag + (end - start > 1)
        path = np.log(self._before[start, paragraph, tag]) + self._before_size[start, paragraph]
        path += scores[start + 1 : end, inner].sum(dtype=np.float64)
        if end - start > 1:
            path += transitions[tag, inner] + (end - start - 2) * transitions[inner, inner]
        if end < self.chains.lengths[paragraph]:
            left = self._steps[last] * self._weights[end, paragraph] * self._behind[end, paragraph]
            path += np.log(left.sum() - left[inner]) + self._tops[end, paragraph] + self._behind_size[end, paragraph]
        return float(np.exp(min(path - self._total[paragraph], 0.0)))
