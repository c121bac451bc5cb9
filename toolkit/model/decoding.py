"""From the scores of words to tags, forms, trees and names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from toolkit.model.parsing_labels import best_path, names_in
from toolkit.model.trees import best_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from toolkit.model.doc_words import DocWords
    from toolkit.model.parsing_labels import Labels
    from toolkit.model.words import Window

OUTPUTS: Final = ("names", "tags", "forms", "arcs", "dependents", "heads")
"""What the network gives for the words of a window, see :class:`toolkit.model.train.reader.Scores`."""


@dataclass(slots=True)
class Annotation:
    """What is found for words: places in the labels, heads as places among the words, scores of the names' codes."""

    tags: NDArray[np.int64]
    forms: NDArray[np.int64]
    deps: NDArray[np.int64]
    heads: NDArray[np.int64]
    names: NDArray[np.float32]

    @classmethod
    def empty(cls, size: int, codes: int) -> Annotation:
        """Return an annotation to be filled."""
        tags, forms, deps = (np.zeros(size, np.int64) for _ in range(3))
        return cls(tags, forms, deps, np.arange(size), np.zeros((size, codes), np.float32))


class Decoder:
    """Finds what the scores say.

    Parameters
    ----------
    labels : Labels
    relation : ndarray
        Weights of the relations, shape (width + 1, relations, width + 1).
    """

    def __init__(self, labels: Labels, relation: NDArray[Any]) -> None:
        self.labels = labels
        self._relation = np.ascontiguousarray(relation.reshape(relation.shape[0], -1), np.float32)
        upos = [form.split(" ", 1)[0] for form in labels.forms]
        self._upos = np.array([[one == other for other in sorted(set(upos))] for one in upos], np.float32)
        self._root = labels.deps.index("ROOT")

    def annotation(self, read: DocWords, scored: Iterable[tuple[Window, Sequence[NDArray[np.float32]]]]) -> Annotation:
        """Return what is found for words, given the ``OUTPUTS`` for the own words of each of their windows."""
        found = Annotation.empty(len(read.tokens), len(self.labels.names))
        for window, (names, tags, forms, arcs, dependents, heads) in scored:
            here = slice(window.own, window.own_end)
            found.names[here], found.tags[here] = names, tags.argmax(1)
            found.forms[here] = self._best_forms(forms)
            chosen = best_trees(arcs, read.sentences[here])
            found.heads[here] = window.own + chosen
            found.deps[here] = self._best_relations(dependents, heads[chosen], chosen == np.arange(len(chosen)))
        return found

    def names(self, read: DocWords, found: Annotation) -> Iterator[tuple[int, int, str]]:
        """Yield the names that are found: first token, token behind the last, kind."""
        for start, end, kind in names_in(best_path(found.names, self.labels.names, read.sentences), self.labels.names):
            yield int(read.tokens[start]), int(read.tokens[end - 1]) + 1, kind

    def _best_forms(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the best form of the UPOS whose forms have the greatest probability together."""
        powers = np.exp(scores - scores.max(1, keepdims=True))
        upos = (powers @ self._upos).argmax(1)
        best: NDArray[np.int64] = (powers * self._upos[:, upos].T).argmax(1)
        return best

    def _best_relations(
        self, dependents: NDArray[np.float32], heads: NDArray[np.float32], roots: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        partial = (_with_one(dependents) @ self._relation).reshape(len(heads), -1, heads.shape[1] + 1)
        scores = (partial @ _with_one(heads)[:, :, None])[:, :, 0]
        scores[:, self._root] = np.where(roots, np.inf, -np.inf)
        best: NDArray[np.int64] = scores.argmax(1)
        return best


def best_trees(arcs: NDArray[np.float32], sentences: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each word's head in the best tree of its sentence; a root is its own.

    Parameters
    ----------
    arcs : ndarray
        Scores, shape (words, words), see :func:`toolkit.model.trees.best_heads`.
    sentences : ndarray
        The number of each word's sentence, rising, shape (words,).
    """
    heads = np.zeros(len(sentences), np.int64)
    bounds = [*np.flatnonzero(np.diff(sentences, prepend=-1)).tolist(), len(sentences)]
    for start, end in pairwise(bounds):
        heads[start:end] = start + best_heads(arcs[start:end, start:end])
    return heads


def _with_one(states: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([states, np.ones((len(states), 1), np.float32)], 1)
