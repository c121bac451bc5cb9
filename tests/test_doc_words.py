"""What is read of a Doc whose sentences are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.doc_words import LONGEST, read_doc
from toolkit.model.words import cutter, encode
from toolkit.text.sentences import sentences

if TYPE_CHECKING:
    from spacy.tokens import Doc

NLP = spacy.blank("en")


def doc_of(text: str) -> Doc:
    doc = NLP.make_doc(text)
    starts = {start for start, _ in sentences(text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def test_words_are_read_with_their_sentences() -> None:
    doc = doc_of("Ana left.\nOslo slept. Nobody came.")
    read = read_doc(doc, cutter())
    assert [doc[int(i)].text for i in read.tokens] == [token.text for token in doc if not token.is_space]
    assert read.sentences.tolist() == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert read.words.ends_sentence == [False, False, True] * 3
    assert read.words.opens == [True, False, False, True, False, False, False, False, False]


def test_a_part_of_a_text_is_read_alone() -> None:
    doc = doc_of("Oslo Post\n\nAna left.")
    read = read_doc(doc, cutter(), (11, len(doc.text)))
    assert [doc[int(i)].text for i in read.tokens] == read.words.texts == ["Ana", "left", "."]
    assert read.words.opens == [True, False, False]


PIECES = st.sampled_from(["No. ", "we ", "say ", "Zmijewski-Wroclawiewicz ", "\n", "“", "x" * 40 + " ", "a.b "])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=260).map("".join))
def test_windows_hold_each_word_once_and_fit(text: str) -> None:
    read = read_doc(doc_of(text), cutter())
    cuts = read.windows()
    assert [word for cut in cuts for word in range(cut.own, cut.own_end)] == list(range(len(read.words)))
    assert all(len(encode(read.words, cut.start, cut.end).ids) <= LONGEST for cut in cuts)
