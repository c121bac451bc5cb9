"""Who speaks, in what manner, and how sure: the counts that lists, charts and pages share."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.display import NO_SPEAKER
from toolkit.statements import (
    MANNERS,
    SURE,
    by_speaker,
    counts_phrase,
    in_order,
    is_sure,
    manner_of,
    speakers_of,
    sure_rows,
    sureness,
    sureness_phrase,
    voices_of,
)


def said(speaker: str | None = "Ada", **more: Any) -> dict[str, Any]:
    return {"speaker": speaker, "kind": "direct", "cospeakers": [], **more}


@pytest.mark.parametrize(
    ("row", "manner"),
    [
        (said(), "direct"),
        (said(kind="mixed", via=None, cue_force="says", negated=False), "mixed"),
        (said(via="q1"), "relayed"),
        (said(negated=True), "denied"),
        (said(cue_force="denies"), "denied"),
        (said(via="q1", negated=True), "relayed"),
        (said(kind="indirect", cue_force="thinks"), "thought"),
        (said(kind="indirect", mode="said", cue_force="thinks"), "indirect"),
        (said(kind="indirect", mode="thought"), "thought"),
        (said(kind="mixed", mode="act"), "act"),
        (said(kind="sung"), "sung"),
        (said(kind=None, mode=float("nan"), negated=pd.NA), "unknown"),
    ],
)
def test_only_what_a_speaker_said_is_direct_mixed_or_indirect(row: dict[str, Any], manner: str) -> None:
    assert manner_of(row) == manner


def test_all_who_share_a_statement_speak() -> None:
    assert voices_of(said("Ada", cospeakers=["Bo", "Ada"])) == ["Ada", "Bo"]
    assert voices_of(said(None, cospeakers=None)) == [NO_SPEAKER]


def test_speakers_are_counted_once_and_nobody_is_none() -> None:
    rows = [said(cospeakers=["Bo"]), said("Bo", via="q1"), said(None)]
    assert {name: dict(kinds) for name, kinds in by_speaker(rows).items()} == {
        "Bo": {"direct": 1, "relayed": 1}, "Ada": {"direct": 1}, NO_SPEAKER: {"direct": 1},
    }  # fmt: skip
    assert speakers_of(rows) == ["Bo", "Ada"]
    assert counts_phrase(rows) == "3 quotations, 2 speakers"


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ({}, None),
        ({"score": 0.5}, 0.5),
        ({"score": 0.5, "speaker_score": 0.5}, 0.25),
        ({"score": 0.5, "speaker_score": float("nan")}, 0.5),
        ({"score": 0.1, "origin": "confirmed"}, 1.0),
        ({"score": 0.1, "origin": "machine"}, 0.1),
    ],
)
def test_words_and_speaker_must_both_be_right(row: dict[str, Any], score: float | None) -> None:
    assert sureness(row) == score


def test_sure_rows_keep_what_is_sure_checked_or_without_a_score() -> None:
    frame = pd.DataFrame(
        {"score": [SURE, SURE - 0.01, None, 0.1], "origin": ["machine", "machine", "machine", "added"]}
    )
    assert list(sure_rows(frame).index) == [0, 2, 3]
    assert len(sure_rows(frame, sure=False)) == 4
    assert len(sure_rows(frame[["origin"]])) == 4


def test_a_score_says_what_it_is_of() -> None:
    assert sureness_phrase({"score": 0.951, "speaker_score": 0.8}) == "sure: words 95 %, speaker 80 %"
    assert sureness_phrase({"score": 0.3, "origin": "corrected"}) == "checked by a person"
    assert sureness_phrase({}) == ""


@given(st.floats(0, 1), st.floats(0, 1))
def test_nothing_is_surer_than_its_words_or_its_speaker(words: float, speaker: float) -> None:
    row = {"score": words, "speaker_score": speaker}
    assert (sureness(row) or 0.0) <= min(words, speaker)
    assert not is_sure(row) or min(words, speaker) >= SURE


@given(st.lists(st.sampled_from([*MANNERS, "sung"])))
def test_manners_have_one_order(manners: list[str]) -> None:
    found = in_order(manners)
    assert set(found) == set(manners)
    assert found == [manner for manner in (*MANNERS, "sung") if manner in manners]
