from __future__ import annotations

import re

import pytest

from toolkit.records import Mention, Quotation, Span
from toolkit.sentiment import THRESHOLD, find_opinions, polarity, tone


def mention(text: str, words: str, actor: str | None = None, how: str = "name") -> Mention:
    start = text.index(words)
    return Mention("a", start, start + len(words), words, actor or words, how)  # type: ignore[arg-type]


def quotation(text: str, words: str, speaker: str | None, number: int = 0) -> Quotation:
    start = text.index(words)
    return Quotation(f"q{number}", "a", ((start, start + len(words)),), words, "indirect", speaker=speaker)


def whole(text: str) -> list[Span]:
    return [(0, len(text))]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("The brave and generous Varga saved the talks.", 1),
        ("Varga won praise for her excellent work.", 1),
        ("Varga lied and betrayed the union.", -1),
        ("The crowd condemned the cruel attack by Varga.", -1),
        ("Varga is not honest.", -1),
        ("Varga arrived by train on Monday.", 0),
    ],
)
def test_sign_of_plain_sentences(text: str, sign: int) -> None:
    (opinion,) = find_opinions(text, whole(text), [mention(text, "Varga")], [])
    assert opinion.polarity == sign
    assert -1 <= opinion.score <= 1


@pytest.mark.parametrize("name", ["Varga", "Grace", "Victor", "Peace Party", "Hope Killen", "War Child", "!!!", "😀"])
@pytest.mark.parametrize("text", ["{} arrived by train.", "The cruel {} lied.", "{} won praise for excellent work."])
def test_a_name_has_no_tone(name: str, text: str) -> None:
    start = text.index("{}")
    named = text.format(name)
    assert tone(named, start, start + len(name)) == tone(text.format("Varga"), start, start + len("Varga"))


@pytest.mark.parametrize(
    ("score", "label"),
    [(1.0, 1), (THRESHOLD, 1), (THRESHOLD - 0.01, 0), (0.0, 0), (-THRESHOLD + 0.01, 0), (-THRESHOLD, -1), (-1.0, -1)],
)
def test_scores_near_zero_are_neutral(score: float, label: int) -> None:
    assert polarity(score) == label


def test_words_far_away_do_not_count() -> None:
    far = "Varga came to the town on the lake by the morning train, and then a cruel and horrible storm broke."
    assert tone(far, 0, 5) == 0


def test_holder_is_the_speaker_inside_a_statement_and_none_outside() -> None:
    text = "Duarte said that Holm had lied. Holm smiled."
    sentences = [(0, 31), (32, 44)]
    mentions = [mention(text, "Duarte"), mention(text, "Holm"), Mention("a", 32, 36, "Holm", "Holm", "name")]
    opinions = find_opinions(text, sentences, mentions, [quotation(text, "that Holm had lied", "Duarte")])
    assert [(o.target, o.holder, o.quotation_id) for o in opinions] == [
        ("Duarte", None, None),
        ("Holm", "Duarte", "q0"),
        ("Holm", None, None),
    ]
    assert [(o.start, o.end) for o in opinions] == [(0, 31), (0, 31), (32, 44)]


def test_statement_of_nobody_known_has_no_holder_but_its_id() -> None:
    text = "He said that Holm had lied."
    (opinion,) = find_opinions(
        text, whole(text), [mention(text, "Holm")], [quotation(text, "that Holm had lied", None)]
    )
    assert (opinion.holder, opinion.quotation_id) == (None, "q0")


def test_inner_statement_gives_the_inner_holder() -> None:
    text = "Duarte said Keller told her Holm had lied."
    outer = quotation(text, "Keller told her Holm had lied", "Duarte")
    inner = quotation(text, "Holm had lied", "Keller", number=1)
    opinions = find_opinions(text, whole(text), [mention(text, "Keller"), mention(text, "Holm")], [outer, inner])
    assert [(o.target, o.holder) for o in opinions] == [("Keller", "Duarte"), ("Holm", "Keller")]


def test_tone_of_the_outlet_stays_out_of_the_statement() -> None:
    text = "In a cruel and horrible turn, Duarte said Holm would sign."
    (opinion,) = find_opinions(
        text, whole(text), [mention(text, "Holm")], [quotation(text, "Holm would sign", "Duarte")]
    )
    assert opinion.score == 0


def test_one_row_for_actor_and_voice_in_a_sentence() -> None:
    text = "Holm met Holm, the envoy."
    mentions = [
        Mention("a", 0, 4, "Holm", "Holm", "name"),
        Mention("a", 9, 13, "Holm", "Holm", "name"),
        Mention("a", 15, 24, "the envoy", "Holm", "title"),
    ]
    (opinion,) = find_opinions(text, whole(text), mentions, [])
    assert opinion.target_span == (0, 4)


def test_many_mentions() -> None:
    text = "Holm praised Varga. " * 2000
    sentences = [(n * 20, n * 20 + 19) for n in range(2000)]
    mentions = [
        Mention("a", n * 20 + s, n * 20 + e, w, w, "name")
        for n in range(2000)
        for s, e, w in [(0, 4, "Holm"), (13, 18, "Varga")]
    ]
    assert len(find_opinions(text, sentences, mentions, [])) == 4000


def test_a_sentence_is_read_the_same_among_others() -> None:
    text = "Holm lied. Duarte said Holm won praise. It was great for Varga, she said, and Holm is kind."
    sentences = [(0, 10), (11, 39), (40, 91)]
    names = ("Holm", "Duarte", "Varga")
    mentions = sorted(
        (
            Mention("a", found.start(), found.end(), name, name, "name")
            for name in names
            for found in re.finditer(name, text)
        ),
        key=lambda found: found.start,
    )
    split = Quotation("q1", "a", ((40, 62), (74, 91)), "", "mixed", speaker="Duarte", cue_span=(68, 72))
    quotations = [quotation(text, "Holm won praise", "Duarte"), split]
    together = find_opinions(text, sentences, mentions, quotations)
    assert together == [
        opinion
        for start, end in sentences
        for opinion in find_opinions(text, [(start, end)], [m for m in mentions if start <= m.start < end], quotations)
    ]
    assert [(o.target, o.holder) for o in together] == [
        ("Holm", None), ("Duarte", None), ("Holm", "Duarte"), ("Varga", "Duarte"), ("Holm", "Duarte"),
    ]  # fmt: skip


def test_a_statement_over_several_sentences_holds_them_all() -> None:
    text = "Holm lied. Varga did too. Holm left."
    statement = Quotation("q0", "a", ((0, 25),), text[:25], "direct", speaker="Duarte")
    mentions = [mention(text, "Holm"), mention(text, "Varga"), Mention("a", 26, 30, "Holm", "Holm", "name")]
    opinions = find_opinions(text, [(0, 10), (11, 25), (26, 36)], mentions, [statement])
    assert [o.holder for o in opinions] == ["Duarte", "Duarte", None]
