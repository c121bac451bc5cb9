from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.frames import COVERAGE, DECLARED, Column, FrameSpec, Role, arrow_schema, from_arrow, spec_of, to_arrow

if TYPE_CHECKING:
    from toolkit.coverage import Coverage


def through_parquet(frame: pd.DataFrame, spec: FrameSpec) -> pd.DataFrame:
    file = io.BytesIO()
    pq.write_table(to_arrow(frame, spec), file)
    return from_arrow(pq.read_table(io.BytesIO(file.getvalue())), spec)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, check_exact=True)
    # Lists stay lists, None stays None: pandas' own comparison is blind to both.
    assert repr(one.to_dict("list")) == repr(other.to_dict("list"))


@pytest.mark.parametrize("spec", COVERAGE, ids=lambda spec: spec.name)
def test_every_frame_comes_back_from_parquet(coverage: Coverage, spec: FrameSpec) -> None:
    frame = coverage.frames()[spec.name]
    again = through_parquet(frame, spec)
    same(again, frame)
    assert spec_of(again) == spec


@pytest.mark.parametrize("spec", DECLARED.values(), ids=lambda spec: spec.name)
def test_an_empty_frame_has_the_types_of_a_full_one(spec: FrameSpec) -> None:
    empty = spec.frame([])
    assert to_arrow(empty, spec).schema.equals(arrow_schema(spec), check_metadata=True)
    same(through_parquet(empty, spec), empty)


def test_parts_can_be_put_together(coverage: Coverage) -> None:
    spec = DECLARED["rounds"]
    frame = coverage.rounds
    parts = [to_arrow(frame.iloc[place : place + 1], spec) for place in range(len(frame))]
    same(from_arrow(pa.concat_tables([to_arrow(frame.head(0), spec), *parts]), spec), frame)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
PLACES = st.lists(st.tuples(WORDS, st.integers(0, 99), st.integers(0, 99)).map(list), max_size=3)
CELLS: dict[str, tuple[Column, st.SearchStrategy[Any]]] = {
    "text": (Column("text", "object", "-"), st.none() | WORDS),
    "number": (Column("number", "int64", "-", Role.NUMBER), st.integers(-(2**63), 2**63 - 1)),
    "maybe": (Column("maybe", "Int64", "-", Role.NUMBER), st.none() | st.integers(-(2**53), 2**53)),
    "share": (Column("share", "float64", "-", Role.SCORE), st.none() | st.floats(allow_infinity=True)),
    "sure": (Column("sure", "boolean", "-"), st.none() | st.booleans()),
    "day": (Column("day", "datetime64[s]", "-", Role.DAY), st.none() | st.dates()),
    "spans": (Column("spans", "object", "-", Role.SPANS), PLACES.map(lambda found: [place[1:] for place in found])),
    "place": (Column("place", "object", "-", Role.PLACE), st.none() | PLACES.filter(bool).map(lambda found: found[0])),
    "places": (Column("places", "object", "-", Role.PLACES), st.none() | PLACES),
    "names": (Column("names", "object", "-", holds=list[str]), st.none() | st.lists(WORDS, max_size=3)),
    "nested": (
        Column("nested", "object", "-", holds=dict[str, list[dict[str, float | None]]]),
        st.none() | st.dictionaries(WORDS, st.lists(st.dictionaries(WORDS, st.none() | st.floats(-9, 9)), max_size=2)),
    ),
    "days": (Column("days", "object", "-", holds=list[dt.date | None]), st.lists(st.none() | st.dates(), max_size=3)),
}  # fmt: skip
SPEC = FrameSpec("all_kinds", tuple(column for column, _ in CELLS.values()))


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.fixed_dictionaries({name: cells for name, (_, cells) in CELLS.items()}), max_size=4))
def test_whatever_stands_in_a_cell_comes_back(rows: list[dict[str, Any]]) -> None:
    frame = SPEC.frame(rows)
    same(through_parquet(frame, SPEC), frame)


NOTE = {"source": "a.txt", "reason": "empty", "stage": "reading", "remedy": None}


def test_nan_in_a_cell_of_text_is_none() -> None:
    frame = DECLARED["left_out"].frame([NOTE | {"reason": math.nan}])
    assert from_arrow(to_arrow(frame, DECLARED["left_out"]), DECLARED["left_out"])["reason"].tolist() == [None]


def test_what_is_missing_or_not_declared_is_told() -> None:
    spec = DECLARED["left_out"]
    frame = spec.frame([NOTE])
    with pytest.raises(InputError, match="left_out frame lacks reason"):
        to_arrow(frame.drop(columns="reason"), spec)
    with pytest.raises(InputError, match="not declared: mine"):
        to_arrow(frame.assign(mine=1), spec)
    with pytest.raises(InputError, match="table of left_out lacks reason"):
        from_arrow(to_arrow(frame, spec).drop_columns("reason"), spec)
    with pytest.raises(InputError, match=r"column z: no column for .*complex"):
        arrow_schema(FrameSpec("odd", (Column("z", "object", "-", holds=complex),)))
