from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from growing import grows_with_its_size

from toolkit.actors import Cast
from toolkit.model.pair_reader import Flag, Judgement
from toolkit.records import Actor, Mention, Opinion, Quotation, Span
from toolkit.sentiment import add_judged, classify, find_opinions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.pair_reader import Question

Judging = Callable[..., None]
PRAISE, BLAME, NONE = Judgement(1, 0.1, 0.1, 0.8), Judgement(-1, 0.8, 0.1, 0.1), Judgement(0, 0.1, 0.8, 0.1)


@pytest.fixture
def judging(monkeypatch: pytest.MonkeyPatch) -> Judging:
    """Have pairs of a holder's and a target's words judged as given; None is a holder who is not in the sentence."""

    def given(*judged: tuple[str | None, str, Judgement]) -> None:
        verdicts = {(holder, target): verdict for holder, target, verdict in judged}

        def judge(questions: Sequence[Question]) -> list[list[Judgement]]:
            def words(text: str, spans: tuple[Span, ...]) -> str | None:
                return text[slice(*spans[0])] if spans else None

            return [
                [verdicts.get((words(q.text, p.holder), str(words(q.text, p.target))), NONE) for p in q.pairs]
                for q in questions
            ]

        monkeypatch.setattr("toolkit.sentiment.opinions.judge", judge)

    return given


def mention(text: str, words: str, actor: str | None = None, how: str = "name") -> Mention:
    start = text.index(words)
    return Mention("a", start, start + len(words), words, actor or words, how)  # type: ignore[arg-type]


def quotation(text: str, words: str, speaker: str | None, number: int = 0) -> Quotation:
    start = text.index(words)
    return Quotation(f"q{number}", "a", ((start, start + len(words)),), words, "indirect", speaker=speaker)


def whole(text: str) -> list[Span]:
    return [(0, len(text))]


def told(opinions: Sequence[Opinion]) -> list[tuple[str, str | None, int]]:
    return [(opinion.target, opinion.holder, opinion.polarity) for opinion in opinions]


@pytest.mark.parametrize("name", ["Varga", "Grace Osei", "Victor Lindqvist", "Mei Tanaka", "Hope Killen"])
@pytest.mark.parametrize("text", ["{} arrived by train.", "The cruel {} lied.", "{} won praise for excellent work."])
def test_another_name_in_the_same_place_changes_nothing(name: str, text: str) -> None:
    start = text.index("{}")
    (one,) = classify([(text.format(name), start, start + len(name))]).itertuples(index=False)
    (other,) = classify([(text.format("Ana Duarte"), start, start + len("Ana Duarte"))]).itertuples(index=False)
    assert one == other


def test_classify_gives_a_frame_in_order_with_a_holder_and_without() -> None:
    praise, blame = "The union praised Varga.", "The union condemned Varga."
    found = classify([(praise, 18, 23), (blame, 20, 25), (praise, 18, 23, (0, 9)), (praise, 4, 9, (18, 23))])
    assert list(found.columns) == ["polarity", "negative", "neutral", "positive"]
    assert found.polarity.tolist() == [1, -1, 1, 0]
    assert found[["negative", "neutral", "positive"]].sum(axis=1).tolist() == pytest.approx([1] * 4)
    assert classify([]).empty


def test_who_is_told_is_spoken_of_by_the_speaker(judging: Judging) -> None:
    judging()
    text = "Duarte warned Holm not to lie again."
    said = replace(quotation(text, "not to lie again", "Duarte"), cue_span=(7, 13), audience_span=(14, 18))
    opinions = find_opinions(text, whole(text), [mention(text, "Duarte"), mention(text, "Holm")], [said])
    assert told(opinions) == [("Duarte", None, 0), ("Holm", "Duarte", 0)]


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


def test_a_list_of_names_costs_no_more_than_its_length(judging: Judging) -> None:
    judging()

    def seconds(number: int) -> float:
        text = "Norway, Sweden and " * number
        places = [(n * 19 + start, n * 19 + end) for n in range(number) for start, end in ((0, 6), (8, 14))]
        mentions = [
            Mention("a", *place, text[slice(*place)], f"{text[slice(*place)]} {place[0] % 400}", "name")
            for place in places
        ]
        begin = time.process_time()
        find_opinions(text, whole(text), mentions, [])
        return time.process_time() - begin

    seconds(1000)
    assert grows_with_its_size(seconds, 1000)


def test_speakers_who_share_a_statement_hold_an_opinion_each(judging: Judging) -> None:
    judging((None, "Holm", BLAME))
    text = "Duarte and Keller said Holm had lied."
    shared = replace(quotation(text, "Holm had lied", "Duarte"), cospeakers=("Keller",))
    opinions = find_opinions(text, whole(text), [mention(text, "Holm")], [shared])
    assert told(opinions) == [("Holm", "Duarte", -1), ("Holm", "Keller", -1)]


def test_who_is_mentioned_judges_in_place_of_the_voice(judging: Judging) -> None:
    judging(("Duarte", "Holm", PRAISE))
    text = "Duarte praised Holm, and Keller left."
    mentions = [mention(text, name) for name in ("Duarte", "Holm", "Keller")]
    assert told(find_opinions(text, whole(text), mentions, [])) == [
        ("Duarte", None, 0),
        ("Holm", "Duarte", 1),
        ("Keller", None, 0),
    ]


def test_groups_and_pronouns_count_where_they_judge_or_are_judged(judging: Judging) -> None:
    text = "The strikers booed Holm. The strikers met Keller."
    further = [
        Mention("a", 0, 12, "The strikers", "strikers", "description"),
        Mention("a", 25, 37, "The strikers", "strikers", "description"),
    ]
    mentions = [mention(text, "Holm"), mention(text, "Keller")]
    sentences = [(0, 24), (25, 49)]
    cast = Cast("a", {name: Actor(name, "person") for name in ("Holm", "Keller")}, list(mentions))
    judging(("The strikers", "Holm", BLAME))
    opinions = find_opinions(text, sentences, mentions, [], further=further)
    add_judged(cast, opinions, further)
    assert told(opinions) == [("Holm", "strikers", -1), ("Keller", None, 0)]
    assert cast.actors["strikers"].kind == "group"
    assert cast.mentions == [further[0], *mentions]


def test_a_state_judged_behind_its_adjective_is_an_actor(judging: Judging) -> None:
    text = "Holm condemned Kenyan lies."
    further = [Mention("a", 15, 21, "Kenyan", "Kenya", "metonym")]
    cast = Cast("a", {"Holm": Actor("Holm", "person")}, [mention(text, "Holm")])
    judging(("Holm", "Kenyan", BLAME))
    opinions = find_opinions(text, whole(text), cast.mentions, [], further=further)
    add_judged(cast, opinions, further)
    assert (cast.actors["Kenya"].kind, cast.actors["Kenya"].side) == ("country", "Kenya")


def test_the_evidence_is_what_one_voice_says(judging: Judging) -> None:
    judging()
    text = "Duarte said on Monday that Holm had lied. Holm smiled."
    mentions = [mention(text, "Duarte"), mention(text, "Holm"), Mention("a", 42, 46, "Holm", "Holm", "name")]
    said = replace(quotation(text, "that Holm had lied", "Duarte"), cue_span=(7, 11))
    opinions = find_opinions(text, [(0, 41), (42, 54)], mentions, [said])
    assert [text[slice(*opinion.evidence or (0, 0))] for opinion in opinions] == [
        "Duarte said on Monday that Holm had lied.",
        "said on Monday that Holm had lied",
        "Holm smiled.",
    ]


def test_holder_is_the_speaker_inside_a_statement_and_none_outside(judging: Judging) -> None:
    judging()
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


def test_statement_of_nobody_known_has_no_holder_but_its_id(judging: Judging) -> None:
    judging((None, "Holm", BLAME))
    text = "He said that Holm had lied."
    (opinion,) = find_opinions(
        text, whole(text), [mention(text, "Holm")], [quotation(text, "that Holm had lied", None)]
    )
    assert (opinion.holder, opinion.quotation_id, opinion.polarity) == (None, "q0", -1)


def test_inner_statement_gives_the_inner_holder(judging: Judging) -> None:
    judging()
    text = "Duarte said Keller told her Holm had lied."
    outer = quotation(text, "Keller told her Holm had lied", "Duarte")
    inner = quotation(text, "Holm had lied", "Keller", number=1)
    opinions = find_opinions(text, whole(text), [mention(text, "Keller"), mention(text, "Holm")], [outer, inner])
    assert told(opinions) == [("Keller", "Duarte", 0), ("Holm", "Keller", 0)]


def test_one_row_for_actor_and_voice_in_a_sentence(judging: Judging) -> None:
    judging()
    text = "Holm met Holm, the envoy."
    mentions = [
        Mention("a", 0, 4, "Holm", "Holm", "name"),
        Mention("a", 9, 13, "Holm", "Holm", "name"),
        Mention("a", 15, 24, "the envoy", "Holm", "title"),
    ]
    (opinion,) = find_opinions(text, whole(text), mentions, [])
    assert opinion.target_span == (0, 4)


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
    apart = [
        opinion
        for start, end in sentences
        for opinion in find_opinions(text, [(start, end)], [m for m in mentions if start <= m.start < end], quotations)
    ]
    assert told(together) == told(apart)
    assert [o.score for o in together] == pytest.approx([o.score for o in apart], abs=1e-5)


def test_a_statement_over_several_sentences_holds_them_all(judging: Judging) -> None:
    judging()
    text = "Holm lied. Varga did too. Holm left."
    statement = Quotation("q0", "a", ((0, 25),), text[:25], "direct", speaker="Duarte")
    mentions = [mention(text, "Holm"), mention(text, "Varga"), Mention("a", 26, 30, "Holm", "Holm", "name")]
    opinions = find_opinions(text, [(0, 10), (11, 25), (26, 36)], mentions, [statement])
    assert [o.holder for o in opinions] == ["Duarte", "Duarte", None]


@pytest.mark.parametrize(
    ("verdict", "score", "probability"), [(PRAISE, 0.7, 0.8), (BLAME, -0.7, 0.8), (NONE, 0.0, 0.8)]
)
def test_the_score_is_what_is_expected_and_the_probability_that_of_the_polarity(
    judging: Judging, verdict: Judgement, score: float, probability: float
) -> None:
    judging(("Duarte", "Holm", verdict), (None, "Holm", verdict))
    text = "Duarte met Holm."
    opinions = find_opinions(text, whole(text), [mention(text, "Duarte"), mention(text, "Holm")], [])
    found = next(opinion for opinion in opinions if opinion.target == "Holm")
    assert (found.score, found.probability) == (pytest.approx(score), pytest.approx(probability))


def test_flags_tell_pairs_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []
    text = "Duarte said Keller blamed Holm."
    said = quotation(text, "Keller blamed Holm", "Duarte")
    monkeypatch.setattr(
        "toolkit.sentiment.opinions.judge",
        lambda given: asked.extend(given) or [[NONE] * len(question.pairs) for question in given],
    )
    find_opinions(text, whole(text), [mention(text, name) for name in ("Duarte", "Keller", "Holm")], [said])
    flags = {(p.holder[0] if p.holder else None, p.target[0]): set(p.flags) for p in asked[0].pairs}
    assert flags[(0, 6), (26, 30)] == {Flag.SPEAKS, Flag.BEFORE}
    assert flags[(12, 18), (26, 30)] == {Flag.MENTIONED, Flag.TOLD, Flag.RELAYED, Flag.BEFORE}
    assert flags[None, (0, 6)] == {Flag.OUTLET}
