from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

from toolkit.errors import InputError
from toolkit.model import evaluate
from toolkit.model.parsing_scores import PLACES, interval, name_scores, names_of, reporting_verbs, tree_scores

if TYPE_CHECKING:
    from pathlib import Path

VOCAB = spacy.blank("en").vocab
WORDS = ["Ana", "Duarte", "said", "Kenya", "agreed", "."]
SPACES = [True, True, True, True, False, False]
HEADS = [1, 2, 2, 4, 2, 2]
DEPS = ["compound", "nsubj", "ROOT", "nsubj", "ccomp", "punct"]


def doc(
    heads: list[int] = HEADS, deps: list[str] = DEPS, *, names: tuple[tuple[int, int, str], ...] = ((0, 2, "PERSON"),)
) -> Doc:
    tags = ["NNP", "NNP", "VBD", "NNP", "VBD", "."]
    pos = ["PROPN", "PROPN", "VERB", "PROPN", "VERB", "PUNCT"]
    lemmas = ["Ana", "Duarte", "say", "Kenya", "agree", "."]
    made = Doc(VOCAB, words=WORDS, spaces=SPACES, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas)
    made.set_ents([Span(made, start, end, label=label) for start, end, label in names])
    return made


def test_a_perfect_parse_has_full_scores() -> None:
    assert tree_scores([doc()], [doc()]) == dict.fromkeys(["UAS", "LAS", "XPOS", "UPOS", "lemma", "sentences"], 100.0)


def test_a_wrong_head_and_a_wrong_relation_cost_their_share() -> None:
    found = doc([1, 2, 2, 2, 2, 2], ["compound", "nsubj", "ROOT", "nsubj", "conj", "punct"])
    scores = tree_scores([doc()], [found])
    assert scores["UAS"] == pytest.approx(80.0)
    assert scores["LAS"] == pytest.approx(60.0)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (doc(), (1, 100.0, 100.0)),
        (doc([1, 2, 2, 4, 2, 2], ["compound", "nsubj", "ROOT", "nsubj", "conj", "punct"]), (1, 100.0, 0.0)),
        (doc([1, 4, 4, 4, 4, 4], ["compound", "nsubj", "ccomp", "nsubj", "ROOT", "punct"]), (1, 0.0, 0.0)),
    ],
)
def test_reporting_verbs_are_right_by_subject_and_clause(found: Doc, expected: tuple[int, float, float]) -> None:
    assert reporting_verbs([doc()], [found]) == expected


def test_names_are_right_by_ends_and_kind() -> None:
    gold = names_of([doc(names=((0, 2, "PERSON"), (3, 4, "GPE")))], PLACES)
    found = names_of([doc(names=((0, 2, "ORG"), (3, 4, "LOC")))], PLACES)
    scores = name_scores(gold, found)
    assert (scores["all"], scores["spans"], scores["LOC"], scores["PERSON"]) == (50.0, 100.0, 100.0, 0.0)


def test_the_interval_holds_the_score() -> None:
    gold = {(i, 0, 5, "PERSON") for i in range(40)}
    found = {(i, 0, 5, "PERSON" if i % 4 else "ORG") for i in range(40)}
    low, high = interval(gold, found)
    assert low < name_scores(gold, found)["all"] == 75.0 < high


def test_the_command_prints_the_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "language").mkdir()
    attributes = ["TAG", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
    DocBin(attrs=attributes, docs=[doc()] * 4).to_disk(tmp_path / "language" / "small.spacy")
    monkeypatch.setattr(evaluate, "TREES", {"small": "small"})
    monkeypatch.setattr(evaluate, "NAMES", {"small": ("small", PLACES)})
    monkeypatch.setattr(evaluate, "TIMED", "small")
    monkeypatch.setattr(evaluate, "RUNNING", "small")
    assert evaluate.main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "| small | 100.0 | 100.0 |" in printed
    assert "PERSON 100.0" in printed
    assert "running text: F 100.0" in printed
    assert "words/s" in printed


def test_missing_data_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        evaluate.main([str(tmp_path)])
    assert "pudnews_test_clear.spacy: no such file" in capsys.readouterr().err


def test_memory_is_told_for_the_articles_that_were_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "unlabelled").mkdir()
    rows = "".join(json.dumps({"text": "Ana left Oslo."}) + "\n" for _ in range(3))
    (tmp_path / "unlabelled" / "news.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    evaluate.print_memory(spacy.blank("en"), tmp_path)
    assert capsys.readouterr().out.startswith("3 articles, 12 tokens")


def test_missing_articles_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"news.jsonl.gz: no such file; name the data folder that holds unlabelled/"):
        evaluate.print_memory(spacy.blank("en"), tmp_path)
