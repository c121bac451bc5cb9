"""The best dependency tree of a sentence by the scores of each word's head (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def best_heads(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return each word's head in the tree of the greatest sum of scores, with one root.

    Parameters
    ----------
    scores : ndarray
        Shape (words, words): of each word (row), how well each other (column) is its head; the diagonal scores a word
        as root.

    Returns
    -------
    ndarray
        Heads; the root is its own.
    """
    heads: NDArray[np.int64] = scores.argmax(1)
    if _is_tree(heads):
        return heads
    roots = np.flatnonzero(heads == np.arange(len(heads)))
    candidates = roots if len(roots) else np.arange(len(heads))
    # Where several words would be roots each is tried, the likeliest first; one is enough in nearly all sentences.
    tried = candidates[np.argsort(-_as_root(scores)[candidates])][:3]
    trees = [_rooted(scores, int(root)) for root in tried]
    return max(trees, key=lambda tree: float(scores[np.arange(len(tree)), tree].sum()))


def _as_root(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what each word's being the root gains over its best head."""
    others = scores.copy()
    np.fill_diagonal(others, -np.inf)
    gains: NDArray[np.float32] = np.diag(scores) - others.max(1)
    return gains


def _is_tree(heads: NDArray[np.int64]) -> bool:
    """Tell whether all words lead to one root."""
    if (heads == np.arange(len(heads))).sum() != 1:
        return False
    reached, steps = heads, 1
    while steps < len(heads):
        reached, steps = reached[reached], steps * 2
    return bool((reached == reached[0]).all())


def _rooted(scores: NDArray[np.float32], root: int) -> NDArray[np.int64]:
    own = scores.astype(np.float64)
    np.fill_diagonal(own, -np.inf)
    own[root] = -np.inf
    heads = _arborescence(own, root)
    heads[root] = root
    return heads


def _arborescence(scores: NDArray[np.float64], root: int) -> NDArray[np.int64]:
    """Return the heads of the greatest arborescence under ``root``: cycles are drawn together and opened again."""
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    size = len(outside) + 1
    drawn = np.full((size, size), -np.inf)
    drawn[:-1, :-1] = scores[np.ix_(outside, outside)]
    drawn[-1, :-1] = entering.max(0)
    drawn[:-1, -1] = leaving.max(1)
    small = _arborescence(drawn, int(np.flatnonzero(outside == root)[0]))
    for place, word in enumerate(outside):
        if word != root:
            head = small[place]
            heads[word] = cycle[leaving[place].argmax()] if head == size - 1 else outside[head]
    opened = int(entering[:, small[-1]].argmax())
    heads[cycle[opened]] = outside[small[-1]]
    return heads


def _cycle(heads: NDArray[np.int64], root: int) -> NDArray[np.int64] | None:
    seen = np.zeros(len(heads), np.int64)
    seen[root] = -1
    for start in range(len(heads)):
        word, mark = start, start + 1
        while seen[word] == 0:
            seen[word] = mark
            word = int(heads[word])
        if seen[word] == mark:
            cycle = [word]
            while heads[cycle[-1]] != word:
                cycle.append(int(heads[cycle[-1]]))
            return np.array(cycle)
    return None
