from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.sentiment.counting import FEWEST
from toolkit.sentiment.summaries import VOICES, sentiment_by_actor

COLUMNS = ["article_id", "start", "target", "holder", "polarity", "quotation_id"]
SHARES = ("blame", "neutral", "praise")
ENDS = [f"{name}_{end}" for name in SHARES for end in ("low", "high")]


def opinion(
    target: Any, holder: Any, polarity: Any, start: int = 0, article: str = "a0", quotation: Any = None
) -> tuple[Any, ...]:
    return article, start, target, holder, polarity, quotation


def frame(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def judged(target: str, polarities: str, *, holder: Any = None, articles: int = 1) -> list[tuple[Any, ...]]:
    """A sentence for each of ``-``, ``0`` and ``+``, in as many articles as are asked for."""
    signs = {"-": -1, "0": 0, "+": 1}
    return [
        opinion(target, holder, signs[sign], 10 * n, f"a{n * articles // len(polarities)}", holder and f"q{n}")
        for n, sign in enumerate(polarities)
    ]


LAKE = frame(
    *judged("Holm", "--0000000+", articles=2),
    *judged("Holm", "-+++", holder="Duarte"),
    *judged("Holm", "0+", holder="Holm"),
    *judged("Duarte", "--------", holder="Holm"),
)


def test_each_voice_has_a_row_of_its_own_and_the_most_judged_come_first() -> None:
    found = sentiment_by_actor(LAKE)
    assert list(zip(found["actor"], found["voice"], found["n"], found["n_articles"], strict=True)) == [
        ("Duarte", "others", 8, 1),
        ("Holm", "others", 4, 1),
        ("Holm", "outlet", 10, 2),
        ("Holm", "self", 2, 1),
    ]


def test_actors_who_are_only_mentioned_come_last() -> None:
    found = sentiment_by_actor(frame(*judged("Envoy", "0" * 20), *judged("Holm", "-0000000")))
    assert found["actor"].tolist() == ["Holm", "Envoy"]


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
    (found,) = sentiment_by_actor(frame(opinion("Holm", holder, 1, quotation=quotation)))["voice"]
    assert found == voice


def test_a_speaker_is_summed_up_over_others_alone() -> None:
    found = sentiment_by_actor(
        frame(
            *judged("Holm", "+-", holder="Duarte"),
            opinion("Keller", "Duarte", -1, 0, quotation="q1"),
            opinion("Duarte", "Duarte", 1, 90, quotation="q3"),
            opinion("Duarte", None, -1),
        ),
        by="by",
    )
    assert found[["actor", "voice", "n", "n_blame", "n_praise"]].to_numpy().tolist() == [
        ["Duarte", "speaks", 2, 1.5, 0.5],
        ["(the outlet)", "speaks", 1, 1, 0],
    ]


def test_shares_are_of_distinct_sentences() -> None:
    first = sentiment_by_actor(LAKE).set_index(["actor", "voice"]).loc["Holm", "outlet"]
    assert first[[f"n_{name}" for name in SHARES]].tolist() == [2, 7, 1]
    assert first[list(SHARES)].tolist() == pytest.approx([0.2, 0.7, 0.1])


@pytest.mark.parametrize("n", [1, FEWEST - 1, FEWEST, FEWEST + 1])
def test_no_share_below_the_fewest_sentences(n: int) -> None:
    # Speakers who share statements make more rows, no more sentences.
    shared = [one for name in ("Ida", "Bo", "Cy") for one in judged("Holm", "+" * n, holder=name)]
    found = sentiment_by_actor(frame(*shared))
    assert found[[*SHARES, *ENDS]].isna().to_numpy().tolist() == [[n < FEWEST] * 9]
    assert found["n"].tolist() == [n]


def test_sentences_of_one_article_are_drawn_together() -> None:
    polarities = "-" * 12 + "0" * 12
    one, two, all_apart = (
        sentiment_by_actor(frame(*judged("Holm", polarities, articles=articles))).iloc[0] for articles in (1, 2, 24)
    )
    assert one["blame"] == two["blame"] == all_apart["blame"] == 0.5
    assert (two["blame_low"], two["blame_high"]) == (0, 1)
    assert (one["blame_low"], one["blame_high"]) == (all_apart["blame_low"], all_apart["blame_high"])
    assert 0.25 < one["blame_low"] < 0.5 < one["blame_high"] < 0.75


def test_a_share_of_nothing_is_no_certainty() -> None:
    found = sentiment_by_actor(frame(*judged("Holm", "0" * 8))).iloc[0]
    assert (found["blame_low"], found["blame_high"]) == pytest.approx((0, 0.3244), abs=1e-4)
    assert (found["neutral_low"], found["neutral_high"]) == pytest.approx((0.6756, 1), abs=1e-4)


def test_the_interval_is_the_same_every_time_and_for_any_order_or_company() -> None:
    alone = frame(*judged("Keller", "-0+00-0+00-00+0+00", articles=5))
    among = pd.concat([LAKE, alone])
    bounds = [
        sentiment_by_actor(given).query("actor == 'Keller'")[ENDS].to_numpy().tolist()
        for given in (among, among, among.iloc[::-1], alone)
    ]
    assert bounds[0] == bounds[1] == bounds[2] == bounds[3]


def test_another_seed_draws_others() -> None:
    spread = frame(*judged("Holm", "-" * 20 + "0" * 32 + "+" * 20, articles=9))
    one, other = (sentiment_by_actor(spread, draws=50, seed=seed)[ENDS].iloc[0].tolist() for seed in (0, 1))
    assert one != other


def test_a_higher_level_is_wider() -> None:
    spread = frame(*judged("Holm", "-0+00-0+0" * 3))
    narrow, wide = (sentiment_by_actor(spread, level=level).iloc[0] for level in (0.5, 0.99))
    for name in SHARES:
        assert (
            wide[f"{name}_low"] < narrow[f"{name}_low"] < narrow[name] < narrow[f"{name}_high"] < wide[f"{name}_high"]
        )


def test_the_interval_is_that_of_the_normal_where_sentences_are_many() -> None:
    found = sentiment_by_actor(frame(*judged("Holm", "-00+0" * 400))).iloc[0]
    error = 1.96 * math.sqrt(0.2 * 0.8 / 2000)
    assert (found["blame_low"], found["blame_high"]) == pytest.approx((0.2 - error, 0.2 + error), abs=0.15 * error)


@pytest.mark.parametrize("row", [opinion(None, None, 1), opinion("", None, 1), opinion("Holm", None, math.nan)])
def test_rows_without_a_target_or_a_polarity_count_for_nobody(row: tuple[Any, ...]) -> None:
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
    with pytest.raises(InputError, match=r"sentiment frame lacks start.*pass coverage\.sentiment"):
        sentiment_by_actor(LAKE.drop(columns="start"))


names = st.sampled_from(["Holm", "Duarte", "Keller", None])
opinions = st.builds(
    opinion, names, names, st.sampled_from([-1, 0, 1]), st.integers(0, 20), st.sampled_from(["a1", "a2", "a3"]),
    st.sampled_from([None, "q1"]),
)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(opinions, max_size=60), st.sampled_from([0.05, 0.95]), st.sampled_from(["about", "by"]))
def test_every_share_lies_in_its_interval_and_all_sum_up(rows: list[Any], level: float, by: Any) -> None:
    found = sentiment_by_actor(frame(*rows), by=by, draws=40, level=level)
    assert found[[f"n_{name}" for name in SHARES]].sum(axis=1).tolist() == found["n"].tolist()
    assert (found["n"] >= FEWEST).tolist() == found["blame"].notna().tolist()
    told = found.dropna(subset=["blame"])
    assert told[list(SHARES)].sum(axis=1).tolist() == pytest.approx([1.0] * len(told))
    for name in SHARES:
        assert ((told[f"{name}_low"] <= told[name]) & (told[name] <= told[f"{name}_high"])).all()
        assert (told[f"{name}_low"] >= 0).all()
        assert (told[f"{name}_high"] <= 1).all()
    assert set(found["voice"]) <= {*VOICES, "speaks"}


@settings(max_examples=40)
@given(st.lists(opinions, max_size=60))
def test_speakers_who_share_a_statement_change_nothing_of_how_others_are_judged(rows: list[Any]) -> None:
    given_ = frame(*rows)
    named = given_[given_["holder"].notna() & (given_["holder"] != given_["target"])]
    doubled = pd.concat([given_, named.assign(holder="Ida Roth"), named.assign(holder="Max Lund")])
    pd.testing.assert_frame_equal(sentiment_by_actor(doubled, draws=20), sentiment_by_actor(given_, draws=20))


def test_errors_to_expect_are_those_of_the_sentences_that_judge() -> None:
    sentiment = frame(*judged("Holm", "-0+")).assign(probability=[0.9, 0.2, 0.7])
    assert sentiment_by_actor(sentiment)["n_wrong"].tolist() == pytest.approx([0.4])
    assert sentiment_by_actor(LAKE)["n_wrong"].isna().all()
