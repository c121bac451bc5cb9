"""The packaged reader of pairs: what it is asked, what its answers hang on, and kinds of sentences."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.digests import SHA256
from toolkit.model.marking import LONGEST, mark_sentences
from toolkit.model.pair_reader import (
    FOLDER,
    KINDS,
    UNREAD,
    Flag,
    Pair,
    Question,
    encode_questions,
    judge,
    kind_of,
    read_config,
)
from toolkit.model.word_pieces import MASK, load_tokenizer

NAMES = ["Amina Diallo", "Wei Zhang", "Ursula von der Heide", "Kwame Mensah", "Norway", "NATO", "李娜"]
SENTENCES = [
    "{} accused {} of breaking every promise made to the fishermen.",
    "{} thanked {} for a generous and honest offer.",
    "{} met {} in the harbour city on Tuesday.",
    "{} was called a liar by {}, and the talks broke off.",
]


def asked(sentence: str, one: str, other: str) -> Question:
    text = sentence.format(one, other)
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in (one, other))
    pairs = (
        Pair((spans[0],), (spans[1],), (Flag.MENTIONED, Flag.BEFORE)),
        Pair((spans[1],), (spans[0],), (Flag.MENTIONED,)),
        Pair((), (spans[1],), (Flag.OUTLET,)),
    )
    return Question(text, spans, pairs)


def test_other_names_give_the_same_result() -> None:
    for sentence in SENTENCES:
        pairs = list(zip(NAMES, [*NAMES[1:], NAMES[0]], strict=True))
        first, *rest = judge([asked(sentence, *pair) for pair in pairs])
        for one in rest:
            for verdict, expected in zip(one, first, strict=True):
                assert verdict == pytest.approx(expected, abs=1e-5)


def test_a_result_depends_on_its_sentence_alone() -> None:
    questions = [asked(sentence + " And so on." * (n % 5), "Reis", "Holm") for n, sentence in enumerate(SENTENCES * 5)]
    together = judge(questions)
    order = list(range(len(questions)))
    random.Random(3).shuffle(order)  # noqa: S311 - an order, no secret
    for index, shuffled in zip(order, judge([questions[i] for i in order]), strict=True):
        for one, other in zip(shuffled, together[index], strict=True):
            assert one == pytest.approx(other, abs=1e-5)
    for index in order[:4]:
        for one, other in zip(judge([questions[index]])[0], together[index], strict=True):
            assert one == pytest.approx(other, abs=1e-5)


def test_a_pair_depends_on_no_other_pair() -> None:
    whole = asked(SENTENCES[0], "Reis", "Holm")
    for number, pair in enumerate(whole.pairs):
        [[alone]] = judge([whole._replace(pairs=(pair,))])
        assert alone == pytest.approx(judge([whole])[0][number], abs=1e-5)


def test_probabilities_sum_to_one_and_a_polarity_reaches_the_threshold() -> None:
    for verdicts in judge([asked(sentence, "Reis", "Holm") for sentence in SENTENCES]):
        for verdict in verdicts:
            assert verdict.negative + verdict.neutral + verdict.positive == pytest.approx(1)
            assert verdict.score == pytest.approx(verdict.positive - verdict.negative)
            assert (verdict.polarity != 0) == (max(verdict.negative, verdict.positive) >= read_config()["threshold"])
            assert verdict.probability == (verdict.neutral, verdict.positive, verdict.negative)[verdict.polarity]


def test_nothing_asked_gives_nothing() -> None:
    assert judge([]) == []
    assert judge([Question("Holm left.", ((0, 4),), ())]) == [[]]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=300), st.data())
def test_any_text_is_encoded_with_a_mark_for_each_mention_that_fits(text: str, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, len(text) - 1), max_size=6))
    spans = [(start, data.draw(st.integers(start + 1, len(text)))) for start in starts]
    [marked] = mark_sentences(load_tokenizer(), [(text, spans)])
    assert len(marked.ids) <= LONGEST
    assert all(marked.ids[place] == MASK for place in marked.marks.values())
    assert set(marked.marks) <= set(spans)
    if len(marked.ids) < LONGEST:
        assert set(marked.marks) == set(spans)


def test_names_are_hidden_and_descriptions_are_not() -> None:
    text = "Kwame Mensah’s lawyers met the Kenyan envoy."
    [marked] = mark_sentences(load_tokenizer(), [(text, [(0, 22), (0, 12), (27, 43)])])
    shown = load_tokenizer().decode(marked.ids, skip_special_tokens=False)
    assert shown == "[CLS] [MASK] someone ’ s lawyers met [MASK] the someone envoy. [SEP]"


def test_a_mention_behind_the_cut_has_no_mark() -> None:
    text = "word " * 300 + "Holm lied."
    question = Question(text, ((1500, 1504),), (Pair((), ((1500, 1504),), (Flag.OUTLET,)),))
    [found] = encode_questions([question])
    assert (len(found.ids), found.targets) == (LONGEST, [[]])
    [[verdict]] = judge([question])
    assert verdict == UNREAD


@pytest.mark.parametrize(
    ("flags", "kind"),
    [
        ((Flag.OUTLET,), "outlet"),
        ((Flag.SPEAKS, Flag.FAR), "speaks"),
        ((Flag.MENTIONED, Flag.TOLD, Flag.BEFORE), "mentioned"),
    ],
)
def test_kind_of_a_pair(flags: tuple[Flag, ...], kind: str) -> None:
    assert kind_of(flags) == kind


def test_settings_belong_to_the_packaged_weights() -> None:
    config = read_config()
    assert set(config["calibration"]) == set(KINDS)
    assert 0.25 < config["threshold"] < 0.75
    assert all(slope > 0 for _, slope in config["calibration"].values())
    assert SHA256["model/opinions/model.onnx"] == config["sha256"]


def test_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 8e6


def test_the_card_names_the_weights() -> None:
    assert read_config()["sha256"] in (FOLDER / "CARD.md").read_text(encoding="utf-8")
