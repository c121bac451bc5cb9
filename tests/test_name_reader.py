"""What is read of a Doc for its names, and what the packaged reader finds."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.model.name_reader import (
    FOLDER,
    NameReader,
    Read,
    cutter,
    names_of,
    packaged_reader,
    read_sentences,
)
from toolkit.model.parsing_labels import name_labels
from toolkit.sentences import sentences

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

NLP = spacy.blank("en")


def doc_of(text: str) -> Doc:
    doc = NLP.make_doc(text)
    starts = {start for start, _ in sentences(text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def shown(text: str) -> list[str]:
    doc = doc_of(text)
    return [doc[int(i)].text for i in read_sentences(doc, cutter()).tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks failed. Ana Duarte left. But nobody wept.", ["Ana", "Duarte", "left", "."]),
        ("They said that I was late. It rained.", []),
        ("The Hague waited.", ["The", "Hague", "waited", "."]),
        # In small letters throughout, as on the web, a name cannot be told by capitals.
        ("ana duarte left oslo.", ["ana", "duarte", "left", "oslo", "."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_that_can_hold_no_name_are_not_read(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_a_paragraph_opens_with_the_first_word_that_is_read() -> None:
    doc = doc_of("Ana left.\nThe rain fell. Oslo slept.\n\nBrandt wept. It was late.")
    read = read_sentences(doc, cutter())
    opening = [doc[int(i)].text for i, opens in zip(read.tokens, read.words.opens, strict=True) if opens]
    assert opening == ["Ana", "Oslo", "Brandt"]


def test_a_part_of_a_text_is_read_alone() -> None:
    doc = doc_of("Oslo Post\n\nAna Duarte left.")
    read = read_sentences(doc, cutter(), (11, len(doc.text)))
    assert [doc[int(i)].text for i in read.tokens] == ["Ana", "Duarte", "left", "."]
    assert len(read.words) == len(read.tokens)


def test_names_are_the_best_path_of_each_paragraph() -> None:
    labels = name_labels(["GPE", "PERSON"])
    doc = doc_of("Ana Duarte\nleft Oslo")
    read = read_sentences(doc, cutter())
    scores = np.zeros((4, len(labels)), np.float32)
    for word, label in enumerate(["B-PERSON", "L-PERSON", "O", "U-GPE"]):
        scores[word, labels.index(label)] = 5
    assert list(names_of(read, scores, labels)) == [(0, 2, "PERSON"), (4, 5, "GPE")]
    # A name that begins must end: the next best path is taken.
    scores[1] = 0
    scores[1, labels.index("O")] = 1
    assert [name[:2] for name in names_of(read, scores, labels)][-1] == (4, 5)
    assert all(start < end for start, end, _ in names_of(read, scores, labels))


def test_the_packaged_reader_tells_kinds() -> None:
    text = "Kenyan President Grace Okafor met envoys of the European Commission in Oslo on Tuesday."
    doc = doc_of(text)
    found = {(doc[start:end].text, kind) for start, end, kind in packaged_reader().names(doc)}
    assert {("Kenyan", "NORP"), ("Grace Okafor", "PERSON"), ("European Commission", "ORG"), ("Oslo", "GPE")} <= found


PIECES = st.sampled_from([*"aA.,“”\"'()-\n \t0é—", "President ", "Geneva ", "said ", "Ana Duarte "])


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=120).map("".join))
def test_names_of_any_text_are_in_order_and_do_not_overlap(text: str) -> None:
    doc = doc_of(text)
    names = packaged_reader().names(doc)
    bounds = [place for start, end, _ in names for place in (start, end)]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= len(doc) for start, end, _ in names)
    assert {kind for _, _, kind in names} <= {"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"}


def test_nothing_is_read_where_there_is_nothing() -> None:
    read = read_sentences(doc_of(""), cutter())
    assert isinstance(read, Read)
    assert packaged_reader().names(doc_of("")) == []


def test_settings_belong_to_the_packaged_weights() -> None:
    digest = hashlib.sha256((FOLDER / "model.onnx").read_bytes()).hexdigest()
    assert packaged_reader().sha256 == digest == tk.load().meta["toolkit_names_weights"]
    assert digest in (FOLDER / "CARD.md").read_text(encoding="utf-8")


def test_missing_weights_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(tk.PipelineError, match=r"config.json: no such file"):
        NameReader(tmp_path)
