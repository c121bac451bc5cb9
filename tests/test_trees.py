from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.trees import best_heads


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(head == word for word, head in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        word = start
        for _ in heads:
            word = heads[word]
        if heads[word] != word:
            return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(scores[np.arange(len(heads)), list(heads)].sum())


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[5.0]], [0]),
        ([[9, 0, 0], [8, 0, 0], [0, 8, 0]], [0, 0, 1]),
        # Each word prefers the other: the cycle is opened where that costs least.
        ([[1, 9], [9, 4]], [1, 1]),
        # Two words would be roots.
        ([[9, 2, 0], [0, 8, 0], [0, 9, 0]], [1, 1, 1]),
    ],
)
def test_heads_of_small_sentences(scores: list[list[float]], expected: list[int]) -> None:
    assert best_heads(np.array(scores, np.float32)).tolist() == expected


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_tree_is_the_best_of_all_with_one_of_the_likeliest_roots(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    heads = tuple(best_heads(scores).tolist())
    assert is_tree(heads)
    root = next(word for word, head in enumerate(heads) if head == word)
    same_root = [tree for tree in product(range(size), repeat=size) if tree[root] == root and is_tree(tree)]
    assert total(scores, heads) == pytest.approx(max(total(scores, tree) for tree in same_root), abs=1e-4)


def test_a_long_sentence_is_one_tree() -> None:
    scores = np.random.default_rng(1).normal(size=(160, 160)).astype(np.float32)
    assert is_tree(tuple(best_heads(scores).tolist()))
