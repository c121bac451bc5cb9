from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from growing import grows_with_its_size

from toolkit.model.sentiment_classifier import TargetSentiment
from toolkit.records import Mention, Quotation, Span
from toolkit.sentiment import classify, find_opinions


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


@pytest.mark.parametrize("name", ["Varga", "Grace Osei", "Victor Lindqvist", "Mei Tanaka", "Hope Killen"])
@pytest.mark.parametrize("text", ["{} arrived by train.", "The cruel {} lied.", "{} won praise for excellent work."])
def test_another_name_in_the_same_place_changes_nothing(name: str, text: str) -> None:
    start = text.index("{}")
    (one,) = classify([(text.format(name), start, start + len(name))]).itertuples(index=False)
    (other,) = classify([(text.format("Ana Duarte"), start, start + len("Ana Duarte"))]).itertuples(index=False)
    assert one == other


def test_classify_gives_a_frame_in_order() -> None:
    found = classify([("The union praised Varga.", 18, 23), ("The union condemned Varga.", 20, 25)])
    assert list(found.columns) == ["polarity", "negative", "neutral", "positive"]
    assert found.polarity.tolist() == [1, -1]
    assert found[["negative", "neutral", "positive"]].sum(axis=1).tolist() == pytest.approx([1, 1])
    assert classify([]).empty


def test_who_is_told_is_spoken_of_by_the_speaker() -> None:
    text = "Duarte warned Holm not to lie again."
    told = replace(quotation(text, "not to lie again", "Duarte"), cue_span=(7, 13), audience_span=(14, 18))
    opinions = find_opinions(text, whole(text), [mention(text, "Duarte"), mention(text, "Holm")], [told])
    assert [(o.target, o.holder) for o in opinions] == [("Duarte", None), ("Holm", "Duarte")]


@pytest.mark.parametrize(
    ("text", "told", "cue", "said"),
    [
        ("Duarte was told that the ferries were late.", "Duarte", "was told", "that the ferries were late"),
        (
            "The harbour union has been assured that pay will rise.",
            "The harbour union",
            "assured",
            "that pay will rise",
        ),
        ("That pay will rise Keller was told by Holm.", "Keller", "was told", "That pay will rise"),
        ("Holm told Keller that pay will rise.", "Keller", "told", "that pay will rise"),
    ],
)
def test_evidence_holds_who_is_told_wherever_they_stand(text: str, told: str, cue: str, said: str) -> None:
    places = {word: (text.index(word), text.index(word) + len(word)) for word in (told, cue)}
    row = replace(quotation(text, said, None), cue_span=places[cue], audience_span=places[told])
    opinion = find_opinions(text, whole(text), [mention(text, told)], [row])[0]
    assert opinion.evidence is not None
    assert all(opinion.evidence[0] <= start and end <= opinion.evidence[1] for start, end in places.values())


def test_a_list_of_names_costs_no_more_than_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    neutral = TargetSentiment(0, 0.1, 0.8, 0.1)
    monkeypatch.setattr("toolkit.model.sentiment_classifier.classify", lambda items: [neutral for _ in items])

    def seconds(number: int) -> float:
        text = "Norway, Sweden and " * number
        places = [(n * 19 + start, n * 19 + end) for n in range(number) for start, end in ((0, 6), (8, 14))]
        mentions = [Mention("a", *place, text[slice(*place)], text[slice(*place)], "name") for place in places]
        begin = time.process_time()
        find_opinions(text, whole(text), mentions, [])
        return time.process_time() - begin

    seconds(1000)
    assert grows_with_its_size(seconds, 1000)


def test_speakers_who_share_a_statement_hold_an_opinion_each() -> None:
    text = "Duarte and Keller said Holm had lied."
    shared = replace(quotation(text, "Holm had lied", "Duarte"), cospeakers=("Keller",))
    opinions = find_opinions(text, whole(text), [mention(text, "Holm")], [shared])
    assert [(o.target, o.holder) for o in opinions] == [("Holm", "Duarte"), ("Holm", "Keller")]


def test_who_judges_by_a_verb_holds_the_opinion() -> None:
    text = "The union praised Holm, and Holm lied."
    mentions = [mention(text, "union"), mention(text, "Holm"), Mention("a", 28, 32, "Holm", "Holm", "name")]
    opinions = find_opinions(text, whole(text), mentions, [])
    assert [(o.target, o.holder, o.target_span) for o in opinions] == [
        ("union", None, (4, 9)),
        ("Holm", "union", (18, 22)),
        ("Holm", None, (28, 32)),
    ]


def test_the_evidence_is_what_one_voice_says() -> None:
    text = "Duarte said on Monday that Holm had lied. Holm smiled."
    mentions = [mention(text, "Duarte"), mention(text, "Holm"), Mention("a", 42, 46, "Holm", "Holm", "name")]
    told = replace(quotation(text, "that Holm had lied", "Duarte"), cue_span=(7, 11))
    opinions = find_opinions(text, [(0, 41), (42, 54)], mentions, [told])
    assert [text[slice(*opinion.evidence or (0, 0))] for opinion in opinions] == [
        "Duarte said on Monday that Holm had lied.",
        "said on Monday that Holm had lied",
        "Holm smiled.",
    ]


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


def test_words_of_a_statement_are_not_the_outlets() -> None:
    plain, loaded = "Duarte said Holm would sign.", "Duarte said Holm was a cruel liar."
    quoted = {plain: "Holm would sign", loaded: "Holm was a cruel liar"}
    scores = [
        find_opinions(text, whole(text), [mention(text, "Duarte")], [quotation(text, words, "Duarte")])[0].polarity
        for text, words in quoted.items()
    ]
    assert scores[0] == scores[1]


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
    text = "Holm praised Varga. " * 50
    sentences = [(n * 20, n * 20 + 19) for n in range(50)]
    mentions = [
        Mention("a", n * 20 + s, n * 20 + e, w, w, "name")
        for n in range(50)
        for s, e, w in [(0, 4, "Holm"), (13, 18, "Varga")]
    ]
    assert len(find_opinions(text, sentences, mentions, [])) == 100


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
