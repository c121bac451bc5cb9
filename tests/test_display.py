from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.display import count_of, ellipsis, holder_of, is_missing, names, require, rows, signed
from toolkit.errors import InputError


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, pd.NA])
def test_every_form_of_nothing_is_missing(value: object) -> None:
    assert is_missing(value)


@pytest.mark.parametrize("value", [0, "", False, [], {}, [None], {"a": None}, pd.Timestamp("2031-02-03")])
def test_values_are_not_missing(value: object) -> None:
    assert not is_missing(value)


def test_rows_bring_missing_values_into_one_form() -> None:
    frame = pd.DataFrame({"a": pd.array([1, pd.NA], "Int64"), "b": [[1], None], "c": [pd.NaT, pd.NaT]})
    assert rows(frame) == [{"a": 1, "b": [1], "c": None}, {"a": None, "b": None, "c": None}]


def test_rows_do_not_depend_on_the_index() -> None:
    frame = pd.DataFrame({"a": [1, 2]}, index=[7, 7])
    assert [row["a"] for row in rows(frame)] == [1, 2]


def test_a_message_names_what_is_missing_and_what_there_is() -> None:
    with pytest.raises(InputError, match=r"quotations frame lacks kind, cue; it has speaker; .*coverage\.quotations"):
        require(pd.DataFrame({"speaker": []}), ("speaker", "kind", "cue"), "quotations")


@given(st.text(), st.integers(2, 50))
def test_an_ellipsis_keeps_to_its_width_and_to_one_line(text: str, width: int) -> None:
    cut = ellipsis(text, width)
    assert len(cut) <= width
    assert len(cut.splitlines()) <= 1
    assert cut.removesuffix("…") in " ".join(text.split())


@pytest.mark.parametrize(
    ("score", "text"), [(0.424, "+0.42"), (-0.424, "−0.42"), (0.0, "0.00"), (-0.001, "0.00"), (1.0, "+1.00")]
)
def test_scores_carry_their_sign(score: float, text: str) -> None:
    assert signed(score) == text


def test_counts_agree_with_their_noun() -> None:
    assert [count_of(n, "round") for n in (0, 1, 2, 1200)] == ["0 rounds", "1 round", "2 rounds", "1,200 rounds"]


def test_lists_read_as_names() -> None:
    assert [names(["Ada", "Bo"]), names([]), names(None)] == ["Ada, Bo", "", ""]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"holder": "Ada Novak", "quotation_id": "q1"}, "Ada Novak"),
        ({"holder": None, "quotation_id": "q1"}, "(no speaker named)"),
        ({"holder": None, "quotation_id": None}, "(the outlet)"),
        ({"holder": None}, "(the outlet)"),
    ],
)
def test_only_words_outside_quotations_are_the_outlets(row: dict[str, str | None], expected: str) -> None:
    assert holder_of(row) == expected
