from __future__ import annotations

import json
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.digests import SHA256
from toolkit.errors import InputError, PipelineError
from toolkit.model import _onnx
from toolkit.model.masking import MAX_PIECES, encode_items, hide_names
from toolkit.model.sentiment_classifier import FOLDER, TargetSentiment, classify, read_config
from toolkit.model.word_pieces import MASK, load_tokenizer

PRAISED = "The mediators praised [Ms Okafor] for her patience."
BLAMED = "Union leaders accused [Mr Lindqvist] of lying and of wrecking the talks."
PLAIN = "[Ms Okafor] will travel to the harbour city on Tuesday."
NAMES = [
    "Amina Diallo",
    "Wei Zhang",
    "Carlos Mendoza",
    "Olga Petrova",
    "Mohammed al-Hassan",
    "Emily Johnson",
    "Rajesh Patel",
    "Ursula von der Heide",
    "Kwame Mensah",
    "John Miller",
    "李娜",
]
CALLS = [
    "[NAME] broke every promise made to the fishermen, the union said.",
    "Delegates applauded [NAME] for a generous and honest offer.",
    "The talks with [NAME] resume in the spring.",
    "Critics say that [NAME] has misled the parliament for years.",
    "It was [NAME] who rescued the agreement at the last minute.",
]


def item(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(("marked", "polarity"), [(PRAISED, 1), (BLAMED, -1), (PLAIN, 0)])
def test_polarity_of_clear_sentences(marked: str, polarity: int) -> None:
    assert classify([item(marked)])[0].polarity == polarity


def test_targets_of_one_sentence_differ() -> None:
    text = "The mediators praised Ms Okafor for her patience and blamed Mr Lindqvist for the collapse of the talks."
    targets = [(text, text.index(name), text.index(name) + len(name)) for name in ("Ms Okafor", "Mr Lindqvist")]
    assert [judged.polarity for judged in classify(targets)] == [1, -1]


def test_probabilities_sum_to_one_and_the_greatest_names_the_polarity() -> None:
    for judged in classify(item(marked) for marked in (PRAISED, BLAMED, PLAIN)):
        probabilities = judged[1:]
        assert sum(probabilities) == pytest.approx(1)
        assert max(probabilities) == probabilities[judged.polarity + 1]
        assert judged.score == pytest.approx(judged.positive - judged.negative)
        assert judged.probability == max(probabilities)


def test_nothing_gives_nothing() -> None:
    assert classify([]) == []


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 3), (-1, 3), (0, 99)])
def test_offsets_outside_the_text_are_named(start: int, end: int) -> None:
    with pytest.raises(InputError, match=rf"item 1: offsets {start}:{end} are no stretch of its text of 10"):
        classify([("Ms Okafor.", 0, 9), ("Ms Okafor.", start, end)])


def test_a_result_depends_on_its_item_alone() -> None:
    items = [
        item(call.replace("NAME", name) + " And so on." * (i % 7)) for i, name in enumerate(NAMES) for call in CALLS
    ]
    together = classify(items)
    order = list(range(len(items)))
    random.Random(3).shuffle(order)  # noqa: S311 - an order, no secret
    for index, shuffled in zip(order, classify(items[i] for i in order), strict=True):
        assert shuffled == pytest.approx(together[index], abs=1e-5)
    for index in order[:8]:
        assert classify([items[index]])[0] == pytest.approx(together[index], abs=1e-5)


@pytest.mark.parametrize("call", CALLS)
def test_another_name_gives_the_same_result(call: str) -> None:
    judged = classify(item(call.replace("NAME", name)) for name in NAMES)
    assert all(each == pytest.approx(judged[0], abs=1e-5) for each in judged)


def dev_targets() -> list[tuple[str, int, int]]:
    """Every fourth name that is a target in the development sentences of NewsMTSC, which are no part of the project."""
    folder = Path(os.environ.get("TOOLKIT_DATA", ""), "sentiment")
    files = sorted(folder.glob("newsmtsc_dev_*.jsonl"))
    if not os.environ.get("TOOLKIT_DATA") or not files:
        pytest.skip("no data: set TOOLKIT_DATA to the folder that holds sentiment/newsmtsc_dev_*.jsonl")
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").split("\n") if line]
    targets = [(row["sentence_normalized"], found["from"], found["to"]) for row in rows for found in row["targets"]]
    return [(text, a, b) for text, a, b in targets if text[a].isupper() and hide_names(text[a:b]) != text[a:b]][::4]


def test_other_names_change_few_labels_of_real_sentences() -> None:
    targets = dev_targets()
    before = [judged.polarity for judged in classify(targets)]
    changed = 0
    for name in NAMES:
        swapped = [(f"{text[:start]}{name}{text[end:]}", start, start + len(name)) for text, start, end in targets]
        changed += sum(one != other.polarity for one, other in zip(before, classify(swapped), strict=True))
    assert changed / (len(targets) * len(NAMES)) <= 0.03


@pytest.mark.parametrize(
    ("mention", "shown"),
    [
        ("President Okafor", "someone"),
        ("Ursula von der Leyen", "someone"),
        ("bin Rashid", "someone"),
        ("the Iranian delegation", "the someone delegation"),
        ("The senator", "The senator"),
        ("He", "He"),
        ("NATO", "someone"),
        ("محمد", "someone"),
        ("the envoy", "the envoy"),
        ("", ""),
    ],
)
def test_names_are_hidden_and_descriptions_are_not(mention: str, shown: str) -> None:
    assert hide_names(mention) == shown


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=400), st.data())
def test_any_text_is_encoded_with_one_mark(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    tokenizer = load_tokenizer()
    [(ids, place)] = encode_items(tokenizer, [(text, start, end)])
    assert len(ids) <= MAX_PIECES
    assert ids[place] == MASK
    assert ids.count(MASK) == 1


def test_special_pieces_written_in_a_text_are_plain_words() -> None:
    tokenizer = load_tokenizer()
    [(ids, place)] = encode_items(tokenizer, [("[MASK] [SEP] praised him.", 21, 24)])
    assert ids.count(MASK) == 1
    assert ids[place] == MASK


def test_a_target_late_in_a_long_sentence_is_kept() -> None:
    text = "word " * 300 + "Ms Okafor lied."
    [(ids, place)] = encode_items(load_tokenizer(), [(text, 1500, 1509)])
    assert ids[place] == MASK
    assert len(ids) == MAX_PIECES


def test_settings_belong_to_the_packaged_weights() -> None:
    config = read_config()
    assert 0.5 < config["temperature"] < 3
    assert config["labels"] == [-1, 0, 1]
    assert SHA256["model/sentiment/model.onnx"] == config["sha256"]


def test_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 26e6


def test_weights_that_are_not_the_packaged_ones_are_refused() -> None:
    with pytest.raises(PipelineError, match="not the packaged file"):
        _onnx.load_session(FOLDER / "config.json", "0" * 64)


def test_weights_are_read_once() -> None:
    classify([item(PLAIN)])
    before = _onnx.load_session.cache_info()
    classify([item(PLAIN)])
    assert _onnx.load_session.cache_info().misses == before.misses


def test_card_names_the_packaged_weights() -> None:
    card = (FOLDER / "CARD.md").read_text(encoding="utf-8")
    assert read_config()["sha256"] in card
    assert re.search(r"this model, int8\*\* \| \*\*\d\d\.\d", card)


def test_score_of_a_certain_judgement() -> None:
    assert TargetSentiment(-1, 1.0, 0.0, 0.0).score == -1
