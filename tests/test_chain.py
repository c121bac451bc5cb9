"""The chain over tags against the sum over all sequences, which short paragraphs allow."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.chain import Posterior, chains
from toolkit.model.tags import NEVER, TAGS, begin, spans_of, well_formed

LENGTHS = st.lists(st.integers(1, 4), min_size=1, max_size=3)


def drawn(seed: int, lengths: list[int]) -> tuple[list[np.ndarray], np.ndarray]:
    chance = np.random.default_rng(seed)
    scores = [chance.normal(0, 2, (length, len(TAGS))).astype(np.float32) for length in lengths]
    return scores, chance.normal(0, 1, (len(TAGS), len(TAGS))).astype(np.float32) + well_formed()


def paths(scores: np.ndarray, transitions: np.ndarray) -> dict[tuple[int, ...], float]:
    """The score of each well-formed sequence of tags."""
    found = {}
    for path in product(range(len(TAGS)), repeat=len(scores)):
        score = sum(scores[word, tag] for word, tag in enumerate(path))
        score += sum(transitions[a, b] for a, b in pairwise(path))
        if score > NEVER / 2 and not TAGS[path[0]].startswith("I"):
            found[path] = float(score)
    return found


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), LENGTHS)
def test_best_tags_are_those_of_the_best_sequence(seed: int, lengths: list[int]) -> None:
    scores, transitions = drawn(seed, lengths)
    for rows, best in zip(scores, chains(scores, transitions).best(), strict=True):
        every = paths(rows, transitions)
        assert every[tuple(best.tolist())] == pytest.approx(max(every.values()), abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), LENGTHS)
def test_probability_of_a_span_is_its_share_of_all_sequences(seed: int, lengths: list[int]) -> None:
    scores, transitions = drawn(seed, lengths)
    posterior = Posterior(chains(scores, transitions))
    for paragraph, rows in enumerate(scores):
        every = paths(rows, transitions)
        total = sum(np.exp(list(every.values())))
        for start in range(len(rows)):
            for end in range(start + 1, len(rows) + 1):
                holding = [p for p in every if ("cue", start, end) in spans_of(p)]
                share = sum(np.exp([every[path] for path in holding])) / total
                found = posterior.probability(paragraph, begin("cue"), start, end)
                assert found == pytest.approx(share, abs=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), LENGTHS)
def test_marginals_are_the_shares_of_the_sequences_with_a_tag(seed: int, lengths: list[int]) -> None:
    scores, transitions = drawn(seed, lengths)
    for rows, found in zip(scores, Posterior(chains(scores, transitions)).marginals(), strict=True):
        every = paths(rows, transitions)
        wanted = np.zeros((len(rows), len(TAGS)))
        for path, score in every.items():
            wanted[np.arange(len(rows)), path] += np.exp(score)
        assert found == pytest.approx(wanted / wanted.sum(1, keepdims=True), abs=1e-5)


def test_paragraphs_side_by_side_are_as_alone() -> None:
    scores, transitions = drawn(3, [4, 1, 3])
    together = chains(scores, transitions).best()
    alone = [chains([rows], transitions).best()[0] for rows in scores]
    assert [tags.tolist() for tags in together] == [tags.tolist() for tags in alone]


def test_spans_of_tags() -> None:
    tags = [TAGS.index(tag) for tag in ("B-source", "I-source", "B-cue", "O", "B-content", "I-content", "B-content")]
    assert spans_of(tags) == [("source", 0, 2), ("cue", 2, 3), ("content", 4, 6), ("content", 6, 7)]
