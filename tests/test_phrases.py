from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from toolkit.phrases import NO_DATE, basis_phrase, date_phrase, ordinal, round_name, series_name


def row(first: str | None = None, last: str | None = None, **more: Any) -> dict[str, Any]:
    days = {"first": first and pd.Timestamp(first), "last": last and pd.Timestamp(last)}
    return {"precision": "day", "offset_first": None, "offset_last": None, **days, **more}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (row("2031-02-17", "2031-02-17"), "17 Feb 2031"),
        (row("2031-02-17", "2031-02-18"), "17–18 Feb 2031"),
        (row("2031-01-31", "2031-02-01"), "31 Jan – 1 Feb 2031"),
        (row("2030-12-31", "2031-01-01"), "31 Dec 2030 – 1 Jan 2031"),
        (row("2031-02-17"), "from 17 Feb 2031"),
        (row(None, "2031-02-18"), "until 18 Feb 2031"),
        (row("2031-02-01", "2031-02-28", precision="month"), "Feb 2031"),
        (row("2031-02-01", "2031-03-31", precision="month"), "Feb – Mar 2031"),
        (row("2030-12-01", "2031-02-28", precision="season"), "Dec 2030 – Feb 2031"),
        (row("2031-01-01", "2031-12-31", precision="year"), "2031"),
        (row("2030-01-01", "2031-12-31", precision="year"), "2030–2031"),
        (row("2031-02-10", "2031-02-16", precision="week"), "within 10–16 Feb 2031"),
        # A whole month named day by day is no vague date.
        (row("2031-02-01", "2031-02-28"), "1–28 Feb 2031"),
        (row(offset_first=-1, offset_last=0), "P−1 to P"),
        (row(offset_first=2, offset_last=2), "P+2"),
        (row(offset_first=-1), "from P−1"),
        (row(offset_last=0), "until P"),
        (row(offset_first=-9, offset_last=-3, precision="week"), "within P−9 to P−3"),
        (row(), NO_DATE),
    ],
)
def test_days_in_words(facts: dict[str, Any], text: str) -> None:
    assert date_phrase(facts) == text


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"ordinal": 3, "place": "Lund", "label": "third round"}, "3rd round – Lund"),
        ({"ordinal": None, "place": "Lund", "label": "talks at the lake"}, "talks at the lake – Lund"),
        ({"ordinal": None, "place": "Lund", "label": "the Lund talks"}, "the Lund talks"),
        ({"ordinal": None, "place": None, "label": None}, "round of talks"),
    ],
)
def test_rounds_are_named_by_number_or_label(facts: dict[str, Any], text: str) -> None:
    assert round_name(facts) == text


def test_a_long_label_leaves_room_for_the_place() -> None:
    name = round_name({"ordinal": None, "place": "Lund", "label": "a long label " * 9}, width=32)
    assert name.endswith("… – Lund")
    assert len(name) <= 32


def test_nothing_is_said_of_how_no_days_are_known() -> None:
    assert basis_phrase(row(date_basis="unresolved")) == ""
    assert basis_phrase(row("2031-02-17", date_basis="stated")) == "stated in the text"


def test_a_round_without_a_series_says_so() -> None:
    assert series_name({"series": None}) == "(no series named)"
