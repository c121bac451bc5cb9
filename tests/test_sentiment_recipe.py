from __future__ import annotations

import gzip
import json
import random
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from toolkit.errors import InputError, PipelineError
from toolkit.model.train import sentiment, starting
from toolkit.model.train.newsmtsc import Example, candidate_targets, macro_f1, read_examples, split
from toolkit.model.train.written import fill, filled, sentences

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "sentence_normalized": "Ms Okafor broke her word.",
    "targets": [
        {"from": 0, "to": 9, "mention": "Ms Okafor", "polarity": 2.0, "further_mentions": [{"from": 16, "to": 19}]}
    ],
}


def write(path: Path, *rows: dict[str, object]) -> Path:
    lines = "\n".join(map(json.dumps, rows)) + "\n"
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


@pytest.mark.parametrize("name", ["train.jsonl", "train.jsonl.gz"])
def test_examples_have_a_class_and_further_mentions(tmp_path: Path, name: str) -> None:
    [example] = read_examples(write(tmp_path / name, ROW))
    text = ROW["sentence_normalized"]
    assert example == Example((text, 0, 9), (1.0, 0.0, 0.0), ((text, 16, 19),))


def test_offsets_of_another_version_are_refused(tmp_path: Path) -> None:
    row = ROW | {"targets": [{"from": 1, "to": 9, "mention": "Ms Okafor", "polarity": 2.0}]}
    with pytest.raises(InputError, match="another version"):
        read_examples(write(tmp_path / "train.jsonl", row))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_examples(tmp_path / "train.jsonl")


def test_split_keeps_a_sentence_on_one_side() -> None:
    examples = [Example((f"Sentence {i // 2}.", 0, 3), (0.0, 1.0, 0.0)) for i in range(1000)]
    fit, held = split(examples)
    assert len(fit) + len(held) == 1000
    assert not {example.item[0] for example in fit} & {example.item[0] for example in held}
    assert 40 < len(held) < 120


def test_candidates_are_names_and_pronouns_in_their_sentences(tmp_path: Path) -> None:
    text = "Yesterday on Monday the envoy met Amina Diallo, who said that he would return to the harbour soon."
    items = candidate_targets(write(tmp_path / "news.jsonl", {"text": text}), 10, seed=1)
    assert {sentence[start:end] for sentence, start, end in items} == {"Amina Diallo", "he"}


def test_written_sentences_are_examples_for_each_blank() -> None:
    found = fill("{+} and {-} met; “{0} was there,” she said.", ["the union", "Varga", "Oslo"])
    text = "The union and Varga met; “Oslo was there,” she said."
    assert [(one.item[0], text[one.item[1] : one.item[2]], one.gold.index(1.0)) for one in found] == [
        (text, "The union", 2),
        (text, "Varga", 0),
        (text, "Oslo", 1),
    ]


def test_written_sentences_are_well_formed_and_never_twice_the_same() -> None:
    blanks = [blank for sentence in sentences() for blank in re.findall(r"\{[^}]*\}?|\}", sentence)]
    assert set(blanks) == {"{+}", "{-}", "{0}"}
    assert len(set(sentences())) == len(sentences())
    assert all(re.search(r"\{[-0+]\}", sentence) for sentence in sentences())


def test_blanks_are_filled_with_different_names_each_time() -> None:
    people = [f"Ana Number{letter}" for letter in "abcdefghij"]
    chance = random.Random(1)  # noqa: S311 - a choice of names, no secret
    first, second = filled(sentences(), people, chance), filled(sentences(), people, chance)
    assert len(first) == len(second) > len(sentences())
    assert [one.item for one in first] != [one.item for one in second]
    by_text: dict[str, list[str]] = {}
    for one in first:
        by_text.setdefault(one.item[0], []).append(one.item[0][one.item[1] : one.item[2]].lower())
    assert all(len(set(names)) == len(names) for names in by_text.values())


def test_macro_f1_is_the_mean_over_classes() -> None:
    gold = [Example(("", 0, 0), row) for row in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 1.0))]
    found = np.array([[0.9, 0.1, 0.0], [0.2, 0.5, 0.3], [0.0, 0.1, 0.9], [0.0, 0.9, 0.1]])
    assert macro_f1(gold, found) == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)


def test_silver_examples_have_few_neutral_ones(tmp_path: Path) -> None:
    text = "Yesterday the chief envoy met {} for talks on the harbour and on fishing rights in the bay."
    names = ["Amina", "Bruno", "Carla", "Diego", "Elena", "Farid", "Greta", "Hamid", "Irena", "Jorge"]
    (tmp_path / "unlabelled").mkdir()
    write(tmp_path / "unlabelled" / "news.jsonl.gz", *({"text": text.format(name)} for name in names))
    probabilities = np.array([[0.1, 0.8, 0.1]] * 7 + [[0.8, 0.1, 0.1]] * 3)
    for name in sentiment.TEACHERS:
        np.save(tmp_path / f"silver-{name}.npy", probabilities)
    silver = sentiment.read_silver(sentiment.Run(tmp_path, tmp_path))
    assert [example.gold[1] for example in silver].count(0.8) == 2
    assert len(silver) == 5


def test_gold_examples_are_blended_with_what_the_large_student_says(tmp_path: Path) -> None:
    for folder in ("sentiment", "unlabelled"):
        (tmp_path / folder).mkdir()
    rows = [ROW | {"sentence_normalized": f"Ms Okafor broke her word {number} times."} for number in range(40)]
    write(tmp_path / "sentiment" / "newsmtsc_train.jsonl.gz", *rows)
    text = "Yesterday on Monday the chief envoy met Amina Diallo for talks on the harbour and on the bay."
    write(tmp_path / "unlabelled" / "news.jsonl.gz", {"text": text})
    run = sentiment.Run(tmp_path, tmp_path)
    np.save(tmp_path / "gold-large.npy", np.array([[0.2, 0.8, 0.0]] * len(run.examples[0])))
    np.save(tmp_path / "silver-large.npy", np.array([[0.9, 0.1, 0.0]]))
    gold, silver = sentiment.read_labels(run)
    assert gold
    assert all(example.gold == pytest.approx((0.6, 0.4, 0.0)) for example in gold)
    assert [example.gold for example in silver] == [pytest.approx((0.9, 0.1, 0.0))]


def test_what_training_needs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda _name: None)
    with pytest.raises(PipelineError, match=r"training needs torch.*\[train\]"):
        starting.need_training_packages()


def test_the_command_stops_without_training_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match="2"):
        sentiment.main([str(tmp_path), "--out", str(tmp_path)])
    assert "training needs torch" in capsys.readouterr().err


def test_small_students_learn_from_written_sentences_with_names_of_news(tmp_path: Path) -> None:
    (tmp_path / "unlabelled").mkdir()
    text = "Yesterday the envoy met {}, who said that They would return to the harbour very soon."
    people = [
        "Amina Diallo",
        "Espen Holm",
        "Ana Duarte",
        "Olga Venn",
        "Maria Varga",
        "Bo Lind",
        "Ida Keller",
        "Ole Brandt",
    ]
    news = [{"text": text.format(name)} for name in people]
    write(tmp_path / "unlabelled" / "news.jsonl.gz", *news)
    run = sentiment.Run(tmp_path, tmp_path)
    found = sentiment.written(run, 20, 0)
    targets = {one.item[0][one.item[1] : one.item[2]] for one in found}
    assert targets & set(people)
    assert not {"They", "who"} & targets
    assert len({one.item[0] for one in found}) == 20 * sentiment.WRITTEN_TIMES
    assert found != sentiment.written(run, 20, 1)
