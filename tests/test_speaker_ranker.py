"""Who of several candidates speaks: what is asked about them, how they are ranked, and how that is learned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.actors import find_actors
from toolkit.model.speaker_ranker import LEAST, Ranker, packaged_judge
from toolkit.model.train.speakers import Example, Told, as_labelled, examples_of, fit, matched, settings_of
from toolkit.quotations import find_quotations
from toolkit.records import Quotation
from toolkit.speakers import resolve_speakers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from toolkit.model.speaker_ranker import Features

SAID = Quotation("q", "a", ((0, 1),), "x", "indirect")
features = st.dictionaries(st.sampled_from("abc"), st.sampled_from([0.0, 1.0]))


@given(st.lists(features, min_size=1), st.dictionaries(st.sampled_from("abc"), st.floats(-5, 5)))
def test_whoever_has_most_for_them_is_chosen_with_a_probability(
    told: list[Features], weights: dict[str, float]
) -> None:
    ranker = Ranker(weights)
    number, probability = ranker(SAID, told, told)
    most = max(map(ranker.log_odds, told))
    assert ranker.log_odds(told[number]) == most if most > LEAST else number == 0
    assert 0 < probability < 1


def test_of_equal_candidates_the_first_is_chosen_which_the_rules_find() -> None:
    assert Ranker({})(SAID, ["Reis", "Duarte"], [{}, {}]) == (0, 0.5)


def asked(nlp: Language, text: str) -> list[list[str | None]]:
    """Return the candidates for each statement of a text."""
    found: list[list[str | None]] = []

    def judge(_: Quotation, named: Sequence[Any], __: Sequence[Features]) -> tuple[int, float]:
        found.append([speaker.name if speaker else None for speaker in named])
        return 0, 1.0

    doc = nlp(text)
    resolve_speakers(doc, find_quotations(doc), find_actors(doc), judge=judge)
    return found


def test_a_name_is_asked_about_alone_and_they_may_be_whoever_is_near(nlp: Language) -> None:
    first, second = asked(nlp, "Kenyan officials said no. The Harbour Fund met. They said the port was shut.")
    assert first == ["Kenyan officials", None]
    assert {"Kenyan officials", "Harbour Fund", None} <= set(second)


def test_each_speaker_has_a_probability_and_a_name_more_than_a_far_pronoun(nlp: Language) -> None:
    doc = nlp("Ana Duarte said the port was open. It rained. The fund met the council. They said it was shut.")
    found = resolve_speakers(doc, find_quotations(doc), find_actors(doc))
    named, pronoun = (quotation.speaker_score or 0 for quotation in found)
    assert 0 < pronoun < named < 1


def test_the_packaged_ranker_knows_what_it_is_asked(nlp: Language) -> None:
    seen: list[Features] = []

    def judge(quotation: Quotation, named: Sequence[Any], told: Sequence[Features]) -> tuple[int, float]:
        seen.extend(told)
        return packaged_judge()(quotation, named, told)

    doc = nlp("Ana Duarte met the fund. It said the port was shut. “We wait,” she said.")
    resolve_speakers(doc, find_quotations(doc), find_actors(doc), judge=judge)
    assert all(packaged_judge().log_odds(told) != 0 for told in seen)


TEXT = "The dockers' union said the port was shut. It wants a rise."
ROWS = [
    {"content": [[24, 41]], "source": [[0, 18]], "cue": [[19, 23]], "speaker": ["Dockers United"], "via": None},
    {"content": [[49, 55]], "source": [[43, 45]], "cue": [[46, 51]], "speaker": [], "via": None},
]
LABELS = {
    "actors": [{"name": "Dockers United", "kind": "organisation", "forms": ["the dockers' union"]}],
    "statements": ROWS,
}


def test_labels_are_read_as_statements_with_their_sources() -> None:
    first, second = as_labelled(LABELS, TEXT)
    assert (first.text, first.cue, first.source_text, first.kind) == (
        "the port was shut", "said", "The dockers' union", "indirect",
    )  # fmt: skip
    assert second.source_text == "It"


def test_only_statements_that_overlap_with_a_label_are_learned_from() -> None:
    given = [Quotation("a", "", ((20, 41),), "", "indirect"), Quotation("b", "", ((0, 10),), "", "indirect")]
    assert [(quotation.quotation_id, row["source"]) for quotation, row in matched(given, ROWS)] == [("a", [[0, 18]])]


@pytest.mark.parametrize(
    ("names", "speakers", "right"),
    [
        (["dockers' union"], ["Dockers United"], True),
        (["Union"], ["Dockers United"], True),
        (["Duarte"], ["Ana Duarte"], True),
        (["Luis Duarte"], ["Ana Duarte"], False),
        (["Reis"], ["Ana Duarte"], False),
        (["angry farmers"], ["farmers"], True),
        ([], ["farmers"], False),
        ([], ["an aide"], True),
        ([], [], True),
        (["Ana Duarte"], [], False),
        (["Reis", "Ana Duarte"], ["Ana Duarte"], True),
    ],
)
def test_names_are_right_by_any_form(names: list[str], speakers: list[str], right: bool) -> None:  # noqa: FBT001
    actors = [
        *LABELS["actors"],
        {"name": "Ana Duarte", "kind": "person", "forms": ["Duarte"]},
        {"name": "farmers", "kind": "group", "forms": []},
        {"name": "an aide", "kind": "unnamed", "forms": []},
    ]
    assert Told(actors, {"Union": ["the dockers' union"]}).right(names, speakers) is right


def test_examples_are_the_labelled_statements_with_the_rules_verdict_first(nlp: Language) -> None:
    found = list(examples_of(nlp(TEXT), as_labelled(LABELS, TEXT), LABELS))
    assert len(found) == 2
    assert found[0].right[0]
    assert all(len(example.features) == len(example.right) for example in found)


def test_what_is_right_is_learned_and_how_often_is_calibrated() -> None:
    examples = [Example([{"near": 1.0}, {"far": 1.0}], [True, False])] * 40
    examples += [Example([{"near": 1.0}, {"far": 1.0}], [False, True])] * 10
    weights = fit(examples)
    assert weights["near"] > 0 > weights["far"]
    settings = settings_of(examples, examples)
    _, probability = Ranker(settings["weights"], settings["calibration"])(SAID, "ab", [{"near": 1.0}, {"far": 1.0}])
    assert probability == pytest.approx(0.8, abs=0.05)
