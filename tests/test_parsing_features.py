from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.parsing_features import SIZES, FeatureReader, listed_phrases

READER = FeatureReader(["said", "talks", "0000"])
COLUMNS = ["vector", *SIZES]


def row(word: str) -> dict[str, int]:
    return dict(zip(COLUMNS, READER.read([word], [True], [False])[0].tolist(), strict=True))


def test_words_have_the_row_of_their_vector() -> None:
    assert [row(word)["vector"] for word in ("said", "Talks", "1975", "unheard")] == [1, 2, 3, 0]


def test_typographic_marks_read_as_plain_ones() -> None:
    assert row("“") == row('"')
    assert row("O’Hara") == row("O'Hara")


def test_listed_phrases_begin_and_go_on() -> None:
    words = ["The", "United", "States", "and", "Russian", "envoys", "met", "in", "Geneva", "."]
    found = listed_phrases(words)
    assert found[1] > 0
    assert found[2] == found[1] + 7
    assert [bool(kind) for kind in found] == [False, True, True, False, True, False, False, False, True, False]


def test_layout_tells_space_and_sentence_start() -> None:
    rows = READER.read(["A", "b"], [True, False], [True, False])
    assert rows[:, COLUMNS.index("layout")].tolist() == [3, 0]


@given(st.lists(st.text(min_size=1, max_size=60), max_size=30))
def test_any_words_fit_the_tables(words: list[str]) -> None:
    rows = READER.read(words, [False] * len(words), [True] * len(words))
    assert rows.shape == (len(words), len(COLUMNS))
    assert (rows[:, 1:] < np.array(list(SIZES.values()))).all()
    assert (rows >= 0).all()
