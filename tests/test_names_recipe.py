"""The recipe of the reader of names: sets, windows, losses, and what the exported graph computes."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from toolkit.model._onnx import load_session
from toolkit.model.name_reader import CONTEXT, LONGEST, cutter
from toolkit.model.parsing_labels import name_codes
from toolkit.model.train.parsing_data import Example, NamePool
from toolkit.model.window_scores import score_words
from toolkit.model.word_pieces import vectors_of

pytest.importorskip("torch")
import torch

from toolkit.model.train.names import Run, export
from toolkit.model.train.names_data import (
    LABELS,
    ONE_KIND,
    NameSet,
    Source,
    allowed_codes,
    collate,
    joined,
    read_example,
    read_set,
    split,
)
from toolkit.model.train.naming import NameTagger, loss_of, scores_of

if TYPE_CHECKING:
    from pathlib import Path

CHANCE = random.Random(3)  # noqa: S311 - no secret
WORDS = ["Ana", "Duarte", "left", "Oslo", "."]


def example(words: list[str] = WORDS, names: list[tuple[int, int, str]] | None = None) -> Example:
    names = [(0, 2, "PERSON"), (3, 4, "GPE")] if names is None else names
    starts = [place == 0 for place in range(len(words))]
    return Example(words=words, spaces=[True] * len(words), starts=starts, names=names)


def source() -> Source:
    return Source(NamePool([]), spacy.blank("en").vocab, cutter())


def code(label: str) -> int:
    return LABELS.index(label)


def test_paragraphs_are_joined_with_their_names() -> None:
    together = list(joined([example()] * 40, CHANCE))
    assert 1 < len(together) < 40
    assert sum(len(one.names or ()) for one in together) == 80
    for one in together:
        for start, end, kind in one.names or ():
            assert one.words[start:end] == (["Ana", "Duarte"] if kind == "PERSON" else ["Oslo"])


def test_windows_have_the_codes_of_their_words() -> None:
    [piece] = source().pieces(NameSet([example()]), CHANCE)
    assert [LABELS[i] for i in piece.codes] == ["B-PERSON", "L-PERSON", "O", "U-GPE", "O"]


def test_kinds_that_a_set_does_not_tell_apart_are_left_open() -> None:
    [piece] = source().pieces(NameSet([example()], ONE_KIND["wikigold_ner"]), CHANCE)
    batch = collate([piece])
    found = [{LABELS[i] for i in np.flatnonzero(row)} for row in batch.allowed[0].numpy()]
    assert found == [{"B-PERSON"}, {"L-PERSON"}, {"O"}, {"U-GPE", "U-LOC", "U-FAC"}, {"O"}]
    assert bool(allowed_codes(()).eq(torch.eye(len(LABELS), dtype=torch.bool)).all())


def test_loss_is_that_of_all_codes_that_are_allowed() -> None:
    scores = torch.tensor([[[1.0, 2.0, 0.5], [0.0, 0.0, 3.0]]])
    allowed = torch.tensor([[[True, True, False], [False, False, False]]])
    shares = scores[0, 0].softmax(0)
    assert loss_of(scores, allowed).item() == pytest.approx(-float((shares[0] + shares[1]).log()), abs=1e-6)


def test_a_part_is_kept_aside_in_runs() -> None:
    given = NameSet([example([str(i)], []) for i in range(240)])
    rest, held = split(given)
    assert len(held.examples) == 24
    assert [one.words[0] for one in held.examples[:12]] == [str(i) for i in range(108, 120)]
    assert len(rest.examples) + len(held.examples) == 240


def small() -> NameTagger:
    torch.manual_seed(0)
    return NameTagger(layers=1, inner=32).eval()


def write(path: Path, count: int) -> None:
    nlp = spacy.blank("en")
    docs = []
    for _ in range(count):
        doc = Doc(nlp.vocab, words=WORDS)
        doc.set_ents([Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "GPE")])
        docs.append(doc)
    path.parent.mkdir(parents=True, exist_ok=True)
    DocBin(docs=docs, store_user_data=False).to_disk(path)


def test_unclear_sets_are_left_out_by_the_switch(tmp_path: Path) -> None:
    for name in ("ww_train", "gum_ner_train", "wikigold_ner", "polnear_ner"):
        write(tmp_path / "language" / f"{name}.spacy", 130)
    everything, clear = Run(tmp_path, tmp_path), Run(tmp_path, tmp_path, clear_only=True)
    assert [len(sets) for sets in everything.parts()] == [4, 4, 4, 3]
    assert [len(sets) for sets in clear.parts()] == [2] * 4
    assert len(everything.gold[1].examples) == 12
    assert read_set(tmp_path / "language" / "wikigold_ner.spacy").one_kind == ONE_KIND["wikigold_ner"]


def test_the_exported_graph_computes_what_torch_does(tmp_path: Path) -> None:
    write(tmp_path / "language" / "gum_ner_train.spacy", 130)
    write(tmp_path / "language" / "wikigold_ner.spacy", 30)
    run = Run(tmp_path, tmp_path, clear_only=True)
    model = small()
    model.words.weight.data = torch.from_numpy(vectors_of(np.arange(len(model.words.weight))))
    folder = export(run, model)
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    read = read_example(example(), run.vocab, cutter())
    session = load_session(folder / "model.onnx", settings["sha256"])
    exported = score_words(session, read.words, len(LABELS), LONGEST, CONTEXT)
    assert settings["labels"] == list(LABELS)
    np.testing.assert_allclose(exported, scores_of(model, read.words), atol=0.15)


def test_codes_of_words_are_found_by_their_tokens() -> None:
    one = example(["Ana", "left", ".", "\n", "Oslo", "slept", "."], [(0, 1, "PERSON"), (4, 5, "GPE")])
    read = read_example(one, spacy.blank("en").vocab, cutter())
    codes = name_codes(one.names or (), len(one), LABELS)[read.tokens]
    assert [LABELS[i] for i in codes] == ["U-PERSON", "O", "O", "U-GPE", "O", "O"]
    assert code("U-GPE") in codes
