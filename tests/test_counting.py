from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.sentiment.counting import FEWEST, Tally, countable, errors_phrase, matrix_of, tally


def row(polarity: int, *, start: int = 0, article: str = "a1", holder: Any = None, **more: Any) -> dict[str, Any]:
    return {"article_id": article, "start": start, "target": "Holm", "holder": holder, "polarity": polarity, **more}


@pytest.mark.parametrize(
    ("found", "n", "blame", "neutral", "praise"),
    [
        ([], 0, 0, 0, 0),
        ([row(-1)], 1, 1, 0, 0),
        ([row(0)], 1, 0, 1, 0),
        ([row(1), row(1, holder="Ida"), row(1, holder="Bo")], 1, 0, 0, 1),
        ([row(0), row(-1, holder="Ida")], 1, 1, 0, 0),
        ([row(1, holder="Ida"), row(-1, holder="Bo"), row(-1, holder="Cy")], 1, 0.5, 0, 0.5),
        ([row(1), row(1, start=40), row(1, start=40, article="a2")], 3, 0, 0, 3),
    ],
)
def test_a_sentence_counts_once(found: list[Any], n: int, blame: float, neutral: int, praise: float) -> None:
    counted = tally(found)
    assert (counted.n, counted.blame, counted.neutral, counted.praise) == (n, blame, neutral, praise)


rows = st.builds(
    row,
    st.sampled_from([-1, 0, 1]),
    start=st.integers(0, 12),
    article=st.sampled_from(["a1", "a2"]),
    holder=st.sampled_from([None, "Ida", "Bo", "Holm"]),
    probability=st.sampled_from([0.5, 0.75, 1.0]),
)


@given(st.lists(rows, max_size=40), st.randoms(use_true_random=False))
def test_neither_speakers_who_share_a_statement_nor_the_order_of_rows_matter(found: list[Any], random: Any) -> None:
    joined = [*found, *({**one, "holder": "somebody beside them"} for one in found)]
    random.shuffle(joined)
    assert tally(joined) == tally(found)


@given(st.lists(rows, max_size=40))
def test_parts_sum_up_to_all_sentences(found: list[Any]) -> None:
    counted = tally(found)
    assert sum(counted.parts.values()) == counted.n == len({(one["article_id"], one["start"]) for one in found})
    assert min(counted.parts.values()) >= 0
    assert counted.wrong is not None
    assert 0 <= counted.wrong <= counted.judged


@pytest.mark.parametrize(
    ("counted", "words", "signs"),
    [
        (Tally(3, 2, 0, None), "2 blame, 1 neutral (n=3)", ("−2", "")),
        (Tally(3, 0.5, 1.5, None), "0.5 blame, 1 neutral, 1.5 praise (n=3)", ("−0.5", "+1.5")),
        (Tally(FEWEST, 2, 0, None), "blame 25 %, neutral 75 %, praise 0 % (n=8)", ("−2", "")),
        (Tally(1200, 0, 1100, None), "blame 0 %, neutral 8 %, praise 92 % (n=1,200)", ("", "+1,100")),
    ],
)
def test_in_words_there_are_shares_from_the_fewest_sentences_on(
    counted: Tally, words: str, signs: tuple[str, str]
) -> None:
    assert counted.words == words
    assert counted.signs == signs


@pytest.mark.parametrize(
    ("found", "phrase"),
    [
        ([row(-1, start=n, probability=0.5) for n in range(4)], "about 2 of 4 coloured judgements likely wrong"),
        ([row(0, start=n, probability=0.1) for n in range(4)], ""),
        ([row(0, probability=0.1), row(1, start=9, probability=0.2)], "about 1 of 1 coloured judgement likely wrong"),
        (
            [row(1, probability=0.3), row(1, holder="Ida", probability=1.0)],
            "about 0 of 1 coloured judgement likely wrong",
        ),
        ([row(1, probability=0.2), row(-1, probability=0.6)], "about 1 of 1 coloured judgement likely wrong"),
        ([row(1), row(1, start=9, probability=0.9)], ""),
        ([], ""),
    ],
)
def test_errors_are_those_of_the_coloured_alone(found: list[Any], phrase: str) -> None:
    assert errors_phrase([tally(found)]) == phrase


def test_errors_of_several_counts_are_summed() -> None:
    told = errors_phrase([Tally(9, 2, 2, 1.4), Tally(9, 0, 0, 0.0), Tally(9, 1, 0, 0.4)])
    assert told == "about 2 of 5 coloured judgements likely wrong"
    assert errors_phrase([Tally(9, 2, 2, 1.4), Tally(9, 1, 0, None)]) == ""


def speech(holder: Any, target: str, polarity: int, start: int) -> dict[str, Any]:
    return {**row(polarity, start=start, holder=holder), "target": target}


SAID = [
    *(speech(None, "Envoy", 0, start) for start in range(20)),
    speech("Ida", "Holm", -1, 30),
    speech("Ida", "Holm", 1, 40),
    speech("Bo", "Duarte", -1, 50),
    speech("Bo", "Holm", 0, 60),
]


def test_those_who_judge_and_are_judged_come_before_those_often_named() -> None:
    matrix = matrix_of(SAID, 10)
    assert matrix.holders == ["Ida", "Bo", "(the outlet)"]
    assert matrix.targets == ["Holm", "Duarte", "Envoy"]
    assert matrix.caption == "3 holders, 3 targets"


def test_holders_of_targets_that_are_not_shown_are_no_rows() -> None:
    matrix = matrix_of(SAID, 1)
    assert (matrix.holders, matrix.targets, list(matrix.cells)) == (["Ida"], ["Holm"], [("Ida", "Holm")])
    assert matrix.caption == "1 of 3 holders, 1 of 3 targets"


def test_shared_statements_lift_no_target() -> None:
    shared = [speech(name, "Crew", 1, 70) for name in ("Ida", "Bo", "Cy", "Dee")]
    assert matrix_of([*SAID, *shared], 10).targets[:2] == ["Holm", "Crew"]


def test_counting_needs_neither_probabilities_nor_quotations() -> None:
    frame = pd.DataFrame([row(1)])
    assert countable(frame) == [row(1)]
    with pytest.raises(InputError, match=r"sentiment frame lacks polarity.*pass coverage\.sentiment"):
        countable(frame.drop(columns="polarity"))
