from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.sentiment.summaries import FEWEST, VOICES, errors_phrase, expected_errors, sentiment_by_actor

COLUMNS = ["article_id", "target", "holder", "polarity", "score", "quotation_id"]


def opinion(target: Any, holder: Any, score: Any, article: str = "a1", quotation: Any = None) -> tuple[Any, ...]:
    sign = 0 if not score or math.isnan(score) else int(math.copysign(1, score))
    return article, target, holder, sign, score, quotation


def frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def means(found: pd.DataFrame) -> dict[tuple[str, str], float]:
    return {(row.actor, row.voice): row.mean for row in found.itertuples(index=False)}


LAKE = frame(
    opinion("Holm", None, -0.5),
    opinion("Holm", None, 0.0),
    opinion("Holm", None, -0.4, "a2"),
    opinion("Holm", "Duarte", 0.6, "a2", "q1"),
    opinion("Holm", "Keller", 0.3, "a2", "q2"),
    opinion("Holm", None, 0.0, "a3", "q3"),
    opinion("Holm", "Holm", 0.9, "a1", "q4"),
    opinion("Duarte", "Holm", -0.2, "a1", "q4"),
)


def test_each_voice_has_a_mean_of_its_own() -> None:
    found = sentiment_by_actor(LAKE)
    assert list(zip(found["actor"], found["voice"], found["n"], strict=True)) == [
        ("Holm", "others", 3),
        ("Holm", "outlet", 3),
        ("Holm", "self", 1),
        ("Duarte", "others", 1),
    ]
    assert found["mean"].tolist() == pytest.approx([0.3, -0.3, math.nan, math.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("holder", "quotation", "voice"),
    [
        (None, None, "outlet"),
        (math.nan, None, "outlet"),
        (None, "q1", "others"),
        ("Duarte", "q1", "others"),
        ("Holm", "q1", "self"),
        (" Holm\n", "q1", "self"),
    ],
)
def test_voice(holder: Any, quotation: Any, voice: str) -> None:
    (found,) = sentiment_by_actor(frame(opinion("Holm", holder, 0.1, "a1", quotation)))["voice"]
    assert found == voice


def test_a_speaker_is_summed_up_over_others_alone() -> None:
    found = sentiment_by_actor(
        frame(
            opinion("Holm", "Duarte", 0.6, "a1", "q1"),
            opinion("Keller", "Duarte", -0.3, "a1", "q2"),
            opinion("Keller", "Duarte", 0.0, "a2", "q2"),
            opinion("Duarte", "Duarte", 1.0, "a1", "q3"),
            opinion("Duarte", None, -1.0),
        ),
        by="by",
    )
    assert found[["actor", "voice", "n"]].to_numpy().tolist() == [
        ["Duarte", "speaks", 3],
        ["(the outlet)", "speaks", 1],
    ]
    assert found["mean"][0] == pytest.approx(0.1)


def test_counts_of_polarities_and_articles() -> None:
    first = sentiment_by_actor(LAKE).set_index("voice").loc["outlet"]
    assert first[["n", "n_negative", "n_neutral", "n_positive", "n_articles"]].tolist() == [3, 2, 1, 0, 2]


@pytest.mark.parametrize("n", range(1, FEWEST + 2))
def test_no_value_below_the_fewest_sentences(n: int) -> None:
    found = sentiment_by_actor(frame(*[opinion("Holm", None, 0.5)] * n))
    assert found[["mean", "low", "high"]].isna().to_numpy().tolist() == [[n < FEWEST] * 3]
    assert found["n"].tolist() == [n]


def test_the_interval_is_the_same_every_time_and_for_any_order_or_company() -> None:
    alone = frame(*(opinion("Holm", None, n * n / 400 - 0.3) for n in range(20)))
    among = pd.concat([LAKE[LAKE["holder"].notna()], alone])
    bounds = [
        sentiment_by_actor(given).query("actor == 'Holm' and voice == 'outlet'")[["low", "high"]].to_numpy().tolist()
        for given in (among, among, among.iloc[::-1], alone)
    ]
    assert bounds[0] == bounds[1] == bounds[2] == bounds[3]


def test_another_seed_draws_others() -> None:
    spread = frame(*(opinion("Holm", None, n / 50 - 0.7) for n in range(60)))
    one, other = (sentiment_by_actor(spread, draws=50, seed=seed)["low"][0] for seed in (0, 1))
    assert one != other


def test_a_higher_level_is_wider() -> None:
    spread = frame(*(opinion("Holm", None, n / 10 - 0.5) for n in range(11)))
    narrow, wide = (sentiment_by_actor(spread, level=level).iloc[0] for level in (0.5, 0.99))
    assert wide["low"] < narrow["low"] < narrow["mean"] < narrow["high"] < wide["high"]


def test_the_interval_is_that_of_the_normal_where_sentences_are_many() -> None:
    scores = [(n % 21 - 10) / 10 for n in range(2100)]
    found = sentiment_by_actor(frame(*(opinion("Holm", None, score) for score in scores))).iloc[0]
    error = 1.96 * pd.Series(scores).std() / math.sqrt(len(scores))
    assert (found["low"], found["high"]) == pytest.approx((-error, error), abs=0.15 * error)


@pytest.mark.parametrize("row", [opinion(None, None, 0.5), opinion("", None, 0.5), opinion("Holm", None, math.nan)])
def test_rows_without_a_target_or_a_score_count_for_nobody(row: tuple[Any, ...]) -> None:
    assert sentiment_by_actor(frame(row)).empty


def test_an_empty_frame_keeps_the_types() -> None:
    empty, filled = sentiment_by_actor(LAKE.iloc[:0]), sentiment_by_actor(LAKE)
    assert empty.dtypes.to_dict() == filled.dtypes.to_dict()


@pytest.mark.parametrize("options", [{"by": "on"}, {"level": 0}, {"level": 1.0}, {"level": 95}, {"draws": 0}])
def test_options_that_cannot_be_used_are_named(options: dict[str, Any]) -> None:
    (name, value) = next(iter(options.items()))
    with pytest.raises(InputError, match=f"{name}={value!r}.*'about' or 'by'"):
        sentiment_by_actor(LAKE, **options)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match=r"sentiment frame lacks score.*pass coverage\.sentiment"):
        sentiment_by_actor(LAKE.drop(columns="score"))


names = st.sampled_from(["Holm", "Duarte", "Keller", None])
opinions = st.builds(
    opinion, names, names, st.floats(-1, 1), st.sampled_from(["a1", "a2"]), st.sampled_from([None, "q1"])
)


@given(st.lists(opinions, max_size=30), st.sampled_from([0.05, 0.95]))
def test_every_sentence_counts_once_and_every_mean_lies_in_its_interval(rows: list[Any], level: float) -> None:
    found = sentiment_by_actor(frame(*rows), draws=40, level=level)
    assert found["n"].sum() == sum(row[1] is not None for row in rows)
    assert (found["n_negative"] + found["n_neutral"] + found["n_positive"]).tolist() == found["n"].tolist()
    valued = found.dropna(subset=["mean"])
    assert ((valued["low"] <= valued["mean"]) & (valued["mean"] <= valued["high"])).all()
    assert (found["n"] >= FEWEST).tolist() == found["mean"].notna().tolist()
    assert set(found["voice"]) <= set(VOICES)
    by = sentiment_by_actor(frame(*rows), by="by", draws=1)
    assert by["n"].sum() == sum(row[1] is not None and row[1] != row[2] for row in rows)


def test_errors_to_expect_are_what_the_probabilities_leave() -> None:
    sentiment = LAKE.assign(probability=[0.9, 0.8, 0.7, 0.5, 0.5, 0.6, 0.9, 1.0])
    found = sentiment_by_actor(sentiment)
    assert found["n_wrong"].tolist() == pytest.approx([1.4, 0.6, 0.1, 0.0])
    assert errors_phrase(sentiment.to_dict("records")) == "about 2 of 8 labels wrong"


def test_without_probabilities_nothing_is_said_of_errors() -> None:
    assert sentiment_by_actor(LAKE)["n_wrong"].isna().all()
    assert errors_phrase(LAKE.to_dict("records")) == ""
    assert expected_errors([]) is None
