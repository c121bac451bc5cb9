from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.frames import COVERAGE, DECLARED, FrameSpec, Role, with_keys
from toolkit.records import Mention

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

MENTIONS = DECLARED["mentions"]


@pytest.mark.parametrize("spec", COVERAGE, ids=lambda spec: spec.name)
def test_every_row_has_a_key_of_its_own(coverage: Coverage, spec: FrameSpec) -> None:
    keys = coverage[spec.name]["key"].tolist()
    assert all(re.fullmatch(r"[0-9a-f]{12}(-\d+)?", key) for key in keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("spec", [spec for spec in COVERAGE if spec.the(Role.ARTICLE)], ids=lambda spec: spec.name)
def test_keys_are_the_same_whatever_is_read_beside(coverage: Coverage, undated: Coverage, spec: FrameSpec) -> None:
    article = undated.articles["article_id"].iloc[0]
    beside = coverage[spec.name]
    assert beside[beside["article_id"] == article]["key"].tolist() == undated[spec.name]["key"].tolist()


def test_what_is_corrected_keeps_its_key(coverage: Coverage) -> None:
    after = tk.correct(coverage, [{"actor": "Volodymyr Zelenskyy", "name": "Ada Berg"}])
    for name in ("mentions", "quotations", "sentiment", "rounds", "actors"):
        assert set(after[name]["key"]) == set(coverage[name]["key"]), name
    assert "corrected" in set(after.quotations["origin"])


def test_a_row_that_is_added_gets_a_key(coverage: Coverage) -> None:
    after = tk.correct(coverage, [{"actor": "Fog", "kind": "group", "aliases": ["talks"]}])
    for name in ("mentions", "actors"):
        keys = after[name]["key"]
        assert keys.notna().all()
        assert keys.is_unique
        assert set(keys) >= set(coverage[name]["key"])


def test_rows_of_one_place_are_counted_in_their_order() -> None:
    one = Mention("a", 0, 3, "Ada", "Ada", "name")
    first, second, other = MENTIONS.of([one, replace(one, actor="Bo"), replace(one, start=1)])["key"]
    assert second == f"{first}-2"
    assert other[:12] != first


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 2)), min_size=1, max_size=8), st.data())
def test_keys_that_are_there_stay_and_no_two_are_the_same(places: list[tuple[str, int]], data: Any) -> None:
    frame = MENTIONS.of([Mention(article, at, 9, "x", "x", "name") for article, at in places])
    gone = [data.draw(st.booleans()) for _ in places]
    holed = frame.assign(key=frame["key"].mask(gone))
    again = with_keys(holed.copy(), MENTIONS)["key"]
    assert again.is_unique
    assert again.notna().all()
    assert [key for key, lost in zip(again, gone, strict=True) if not lost] == holed["key"].dropna().tolist()


def test_two_rounds_told_of_in_one_sentence_have_two_ids() -> None:
    told = tk.analyze([tk.Article("The third round of talks in Oslo came after the third round in Lima.")]).rounds
    assert sorted(told["place"]) == ["Lima", "Oslo"]
    assert told["round_id"].is_unique
    assert told["key"].is_unique
