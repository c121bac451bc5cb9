from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.parsing_labels import Labels, best_path, name_codes, name_labels, names_in

LABELS = name_labels(["GPE", "PERSON"])


@st.composite
def names(draw: st.DrawFn) -> tuple[int, list[tuple[int, int, str]]]:
    size = draw(st.integers(1, 20))
    found, i = [], 0
    while i < size:
        length = draw(st.integers(1, 3))
        if draw(st.booleans()) and i + length <= size:
            found.append((i, i + length, draw(st.sampled_from(["GPE", "PERSON"]))))
        i += length
    return size, found


@given(names())
def test_codes_are_read_back(case: tuple[int, list[tuple[int, int, str]]]) -> None:
    size, found = case
    assert names_in(name_codes(found, size, LABELS), LABELS) == found


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_any_scores_give_names_that_begin_and_end_in_their_sentence(size: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(size, len(LABELS))).astype(np.float32)
    sentences = np.sort(chance.integers(0, 3, size))
    path = best_path(scores, LABELS, sentences)
    found = names_in(path, LABELS)
    assert name_codes(found, size, LABELS).tolist() == path.tolist()
    assert all(sentences[start] == sentences[end - 1] for start, end, _ in found)


def test_there_is_a_path_of_nothing() -> None:
    assert not len(best_path(np.zeros((0, len(LABELS)), np.float32), LABELS, np.zeros(0, np.int64)))


def test_the_best_of_the_paths_that_are_allowed_is_taken() -> None:
    scores = np.zeros((2, len(LABELS)), np.float32)
    scores[0, LABELS.index("B-PERSON")] = 3
    scores[1, LABELS.index("L-GPE")] = 2
    scores[1, LABELS.index("L-PERSON")] = 1
    assert names_in(best_path(scores, LABELS, np.array([1, 1])), LABELS) == [(0, 2, "PERSON")]


def test_labels_survive_json() -> None:
    labels = Labels(("NN",), ("NOUN Number=Sing",), ("ROOT",), LABELS)
    assert Labels.of({key: list(value) for key, value in labels.as_dict().items()}) == labels


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        name_codes([(0, 1, "PLANET")], 1, LABELS)
