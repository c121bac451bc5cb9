"""Articles as windows of words and pieces: nothing is left out, nothing is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.word_pieces import load_tokenizer
from toolkit.model.words import (
    INSIDE,
    MARK,
    MAX_PIECES,
    OUTSIDE,
    Words,
    encode,
    read_features,
    read_words,
    windows,
    word_cutter,
)

if TYPE_CHECKING:
    from toolkit.articles import Article

TEXTS = st.text(st.sampled_from("ab Zé“”\"'.,\n\t-x9€中🙂"), max_size=900)
NLP = spacy.blank("en")


def words_of(text: str) -> Words:
    return read_words(NLP.make_doc(text), word_cutter(load_tokenizer()))


@settings(max_examples=60)
@given(TEXTS)
def test_windows_hold_each_word_once_and_fit(text: str) -> None:
    words = words_of(text)
    cuts = windows(words)
    assert [word for cut in cuts for word in range(cut.own, cut.own_end)] == list(range(len(words)))
    for cut in cuts:
        encoded = encode(words, cut.start, cut.end)
        assert len(encoded.ids) == len(encoded.features) <= MAX_PIECES
        assert len(encoded.firsts) == cut.end - cut.start
        assert cut.start <= cut.own <= cut.own_end <= cut.end


def test_a_long_paragraph_is_cut_at_a_sentence() -> None:
    words = words_of("The two sides met again and agreed on little. " * 60)
    assert all(words.ends_sentence[cut.own_end - 1] for cut in windows(words))
    assert len(windows(words)) > 2


def test_a_paragraph_opens_at_its_first_word() -> None:
    words = words_of("The talks ended.\n\n“We leave,” she said.\nNobody signed.")
    opening = [words.spans[word][0] for word in range(len(words)) if words.opens[word]]
    assert opening == [0, 18, 40]
    assert words.paragraphs() == [(0, 4), (4, 12), (12, 15)]


@pytest.mark.parametrize(
    ("texts", "quoted"),
    [
        (["“", "No", "”", "he"], [MARK, INSIDE, MARK, OUTSIDE]),
        (['"', "No", '"', "he"], [MARK, INSIDE, MARK, OUTSIDE]),
        (["``", "No", "''", "he"], [MARK, INSIDE, MARK, OUTSIDE]),
        (["he", "'s", "here"], [OUTSIDE, OUTSIDE, OUTSIDE]),
    ],
)
def test_words_inside_marks(texts: list[str], quoted: list[int]) -> None:
    assert [found.quoted for found in read_features(texts, [True] + [False] * (len(texts) - 1))] == quoted


def test_a_stray_mark_ends_with_its_paragraph() -> None:
    found = list(read_features(["“", "No", "Then", "he"], [True, False, True, False]))
    assert [feature.quoted for feature in found] == [MARK, INSIDE, OUTSIDE, OUTSIDE]


def test_seed_fits(seed: Article) -> None:
    words = words_of(seed.text)
    assert sum(cut.own_end - cut.own for cut in windows(words)) == len(words)
