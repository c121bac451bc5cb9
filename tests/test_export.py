from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from typing import TYPE_CHECKING

import exported
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import InputError
from toolkit.export import read_frame, write_frame
from toolkit.frames import DECLARED, guard, unguarded
from toolkit.records import Round, TimeExpression

if TYPE_CHECKING:
    from pathlib import Path

FRAME = pd.DataFrame(
    {
        "text": ["“Ça suffit”", "=1+1", None],
        "score": [-0.4, 0.5, float("nan")],
        "ordinal": pd.array([1, None, 3], dtype="Int64"),
        "first": pd.to_datetime(["2031-05-02", None, "2031-05-04"]),
        "seen": pd.to_datetime(["2031-05-02 10:30", None, "2031-05-04 00:00"]),
        "kind": pd.Categorical(["direct", "@mixed", "direct"]),
        "spans": [[(1, 5)], [[2, 3], [4, 9]], np.array([[7, 8]])],
        "leaders": [{"North": "Ada Byrd"}, {}, None],
        "nothing": [None, None, None],
    }
)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_csv(tmp_path: Path) -> None:
    path = write_frame(FRAME, tmp_path / "frame.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbftext,")
    first, second, third = read_csv(path)
    assert first == {
        "text": "“Ça suffit”",
        "score": "-0.4",
        "ordinal": "1",
        "first": "2031-05-02",
        "seen": "2031-05-02 10:30:00",
        "kind": "direct",
        "spans": "[[1, 5]]",
        "leaders": '{"North": "Ada Byrd"}',
        "nothing": "",
    }
    assert (second["text"], second["kind"], second["ordinal"], second["first"]) == (
        "'=1+1",
        "'@mixed",
        "",
        "",
    )
    assert (third["text"], third["score"], third["spans"], third["leaders"]) == ("", "", "[[7, 8]]", "")


def test_jsonl(tmp_path: Path) -> None:
    lines = write_frame(FRAME, tmp_path / "frame.jsonl").read_text(encoding="utf-8").splitlines()
    first, second, third = (json.loads(line) for line in lines)
    assert "“Ça suffit”" in lines[0]
    assert first["spans"] == [[1, 5]]
    assert first["leaders"] == {"North": "Ada Byrd"}
    assert (first["ordinal"], first["first"], first["seen"]) == (1, "2031-05-02", "2031-05-02T10:30:00")
    assert (second["text"], second["kind"], second["ordinal"], second["first"]) == (
        "=1+1",
        "@mixed",
        None,
        None,
    )
    assert (third["score"], third["spans"], third["nothing"]) == (None, [[7, 8]], None)


def test_jsonl_writes_days_of_any_kind(tmp_path: Path) -> None:
    frame = pd.DataFrame({"day": [dt.date(2031, 5, 2)], "sides": [{"north", "south"}], "n": [np.int64(3)]})
    line = write_frame(frame, tmp_path / "a.jsonl").read_text(encoding="utf-8")
    assert json.loads(line) == {"day": "2031-05-02", "sides": ["north", "south"], "n": 3}


def test_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    back = pd.read_parquet(write_frame(FRAME, tmp_path / "frame.parquet"))
    assert back["text"].tolist()[:2] == ["“Ça suffit”", "=1+1"]
    assert back["first"].iloc[0] == pd.Timestamp("2031-05-02")
    assert back["ordinal"].dtype == "Int64"
    assert [json.loads(spans) for spans in back["spans"]] == [[[1, 5]], [[2, 3], [4, 9]], [[7, 8]]]
    assert json.loads(back["leaders"].iloc[0]) == {"North": "Ada Byrd"}


def test_a_parquet_column_has_one_type_whatever_is_in_it(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    frames = {
        "full": pd.DataFrame({"spans": [[1, 2]], "leaders": [{"a": "b"}], "via": ["q1"]}),
        "bare": pd.DataFrame({"spans": [[]], "leaders": [None], "via": [None]}, dtype=object),
    }
    types = []
    for name, frame in frames.items():
        schema = parquet.read_schema(write_frame(frame, tmp_path / f"{name}.parquet"))
        types.append([str(field.type).removeprefix("large_") for field in schema])
    assert types[0] == types[1] == ["string"] * 3


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="pip install pyarrow"):
        write_frame(FRAME, tmp_path / "frame.parquet")


@pytest.mark.parametrize("name", ["frame.xls", "frame"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"accepted: \.csv, \.jsonl, \.parquet"):
        write_frame(FRAME, tmp_path / name)


def test_names_of_columns_are_no_formulas_either(tmp_path: Path) -> None:
    (row,) = read_csv(write_frame(pd.DataFrame({"=1+1": ["a"], "@x": [1], "plain": [2], 7: [3]}), tmp_path / "a.csv"))
    assert list(row) == ["'=1+1", "'@x", "plain", "7"]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_frame_that_no_file_can_hold_leaves_the_old_file(ending: str, tmp_path: Path) -> None:
    path = write_frame(pd.DataFrame({"text": ["plain"]}), tmp_path / f"a.{ending}")
    before = path.read_bytes()
    with pytest.raises(InputError, match="half of a surrogate pair"):
        write_frame(pd.DataFrame({"text": ["plain", "x\ud800"]}, dtype=object), path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_the_frame_is_left_as_it_was(tmp_path: Path) -> None:
    before = FRAME.copy(deep=True)
    for ending in ("csv", "jsonl"):
        write_frame(FRAME, tmp_path / f"frame.{ending}")
    pd.testing.assert_frame_equal(FRAME, before)


def test_a_frame_without_rows(tmp_path: Path) -> None:
    assert write_frame(FRAME.head(0), tmp_path / "a.jsonl").read_bytes() == b""
    assert read_csv(write_frame(FRAME.head(0), tmp_path / "a.csv")) == []


@pytest.mark.parametrize("name", ["frame.csv", "frame.jsonl"])
def test_rounds_and_times_carry_their_dates_as_edtf(name: str, tmp_path: Path) -> None:
    summer = dt.date(2031, 6, 1), dt.date(2031, 8, 31)
    days = dt.date(2031, 2, 17), dt.date(2031, 2, 18)
    frames = [
        DECLARED["rounds"].of(
            [Round("r1", "lake talks", "talks", first=days[0], last=days[1], edtf="2031-02-17/2031-02-18")]
        ),
        DECLARED["times"].of([TimeExpression("a1", 0, 6, "summer", "DATE", "2031-SU", "2031-22", *summer)]),
    ]
    written = [write_frame(frame, tmp_path / f"{number}-{name}") for number, frame in enumerate(frames)]
    read = read_csv if name.endswith("csv") else lambda path: [json.loads(path.read_text(encoding="utf-8"))]
    assert [read(path)[0]["edtf"] for path in written] == ["2031-02-17/2031-02-18", "2031-22"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('=HYPERLINK("http://example.org")', '\'=HYPERLINK("http://example.org")'),
        ("+cmd", "'+cmd"),
        ("- a dash opens this quotation", "'- a dash opens this quotation"),
        ("@minister", "'@minister"),
        ("\tindented", "'\tindented"),
        ("＝1", "'＝1"),
        ("-0.4", "-0.4"),
        ("+3", "+3"),
        ("-1+2", "'-1+2"),
        ("'=1", "''=1"),
        ("'Tis late", "'Tis late"),
        ("", ""),
        ("plain = text", "plain = text"),
    ],
)
def test_guard(text: str, written: str) -> None:
    assert guard(text) == written


def test_rows_of_a_coverage_stand_alone_in_a_csv_and_come_back(tmp_path: Path) -> None:
    coverage = exported.coverage()
    first, second = read_csv(write_frame(coverage.quotations, tmp_path / "a.csv"))
    assert [first[name] for name in ("outlet", "published", "title")] == [
        "Ferry Post",
        "2031-03-04",
        "Harbour talks resume",
    ]
    assert (second["outlet"], second["published"]) == ("", "")
    (talks,) = read_csv(write_frame(coverage.rounds, tmp_path / "b.csv"))
    assert talks["title"] == "Harbour talks resume"
    # A selection of columns, as anyone makes one, has lost its place; articles and actors stand alone as they are.
    assert "outlet" not in read_csv(write_frame(pd.DataFrame(coverage.quotations), tmp_path / "c.csv"))[0]
    for name, spec in coverage.specs().items():
        written = write_frame(coverage[name], tmp_path / f"{name}.csv")
        pd.testing.assert_frame_equal(read_frame(written, spec), coverage[name], check_frame_type=False)


def test_a_column_of_ones_own_is_not_taken_for_the_articles(tmp_path: Path) -> None:
    coverage = exported.coverage()
    named = coverage.mentions.assign(outlet="mine")
    assert read_csv(write_frame(named, tmp_path / "a.csv"))[0]["outlet"] == "mine"


def test_an_apostrophe_within_a_text_stays(tmp_path: Path) -> None:
    left_out = DECLARED["left_out"]
    frame = left_out.frame([{"source": "a", "reason": "it holds '=1 and ''@x", "stage": "'=b", "remedy": "'c"}])
    back = read_frame(write_frame(frame, tmp_path / "a.csv"), left_out)
    assert back["reason"].tolist() == ["it holds '=1 and ''@x"]
    assert back["stage"].tolist() == ["'=b"]


@given(st.text(alphabet="'=+-@\t\na1.", max_size=8))
def test_a_guarded_text_can_be_restored(text: str) -> None:
    assert unguarded(guard(text)) == text
