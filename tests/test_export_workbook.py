"""The workbook, read back by openpyxl, and what is set right in it, read back as corrections."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import exported
import pytest
from openpyxl import load_workbook

import toolkit as tk
from toolkit.errors import InputError
from toolkit.frames import line_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from toolkit.coverage import Coverage


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return exported.coverage()


@pytest.fixture(scope="module")
def written(coverage: Coverage, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return coverage.export(tmp_path_factory.mktemp("workbook") / "a.xlsx").read_bytes()


@pytest.fixture
def path(written: bytes, tmp_path: Path) -> Path:
    (tmp_path / "a.xlsx").write_bytes(written)
    return tmp_path / "a.xlsx"


def heads(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def column(sheet: Worksheet, head: str) -> list[Any]:
    return [sheet.cell(row, heads(sheet)[head]).value for row in range(2, sheet.max_row + 1)]


def edited(path: Path, sheet: str, changes: dict[tuple[int, str], Any], *, saved: bool = False) -> Path:
    """Change cells, by number of the row and head, as a person does in a spreadsheet; what is typed is no formula."""
    book = load_workbook(path)
    for (row, head), value in changes.items():
        cell = book[sheet].cell(row + 2, heads(book[sheet])[head])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    if saved:
        book.properties.lastModifiedBy = "Ida"
        # Which later versions of openpyxl do themselves.
        book.properties.modified = dt.datetime(2031, 4, 1, 9, 30)  # noqa: DTZ001 - as openpyxl keeps it
    book.save(path)
    return path


def test_sheets_are_there_to_be_read(coverage: Coverage, path: Path) -> None:
    book = load_workbook(path)
    shown = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert [sheet.title for sheet in shown] == [
        "about", "articles", "actors", "mentions", "quotations", "sentiment", "times", "rounds", "numbers",
    ]  # fmt: skip
    for sheet in shown[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.max_row == len(coverage[sheet.title]) + 1
        assert all(cell.alignment.wrap_text for cell in sheet[2])
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])
    sheet = book["quotations"]
    visible = [
        head for head, at in heads(sheet).items() if not sheet.column_dimensions[sheet.cell(1, at).column_letter].hidden
    ]
    assert visible[:7] == ["Outlet", "Published", "Title", "Text", "Kind", "Cue", "Speaker"]
    assert not {"Key", "Start", "Spans", "Article id"} & set(visible)
    assert column(sheet, "Outlet") == ["Ferry Post", None]
    assert [day and day.date() for day in column(sheet, "Published")] == [dt.date(2031, 3, 4), None]
    assert column(book["sentiment"], "Words as written") == [
        "She praised Kip.", exported.SECOND, exported.SECOND,
    ]  # fmt: skip
    assert column(book["sentiment"], "Polarity") == [1, -1, 0]
    assert column(book["rounds"], "Outlet") == ["Ferry Post"]
    assert column(book["actors"], "Aliases")[0] == '["Ada Berg", "Berg; A."]'


def test_old_days_and_lists_stay_what_they_are(path: Path) -> None:
    sheet = load_workbook(path)["numbers"]
    assert (column(sheet, "Day"), column(sheet, "Near"), column(sheet, "Share")) == (
        ["1850-01-02"],
        ["on; March"],
        [pytest.approx(0.3)],
    )


def test_no_cell_is_a_formula_and_none_is_lost(tmp_path: Path) -> None:
    coverage = exported.coverage(exported.hostile)
    book = load_workbook(coverage.export(tmp_path / "a.xlsx"))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not isinstance(cell.value, str) or not cell.value.startswith("=") or cell.quotePrefix
    told = column(book["quotations"], "Speaker")[0].replace("_x005F_", "_")
    assert told == line_of(exported.hostile("Ada Berg"))


def test_long_words_are_cut_and_stay_uncorrected(coverage: Coverage, tmp_path: Path) -> None:
    long = "Norland " * 9000
    actors = coverage.actors.assign(role=[long, None, None])
    path = coverage.with_frames({"actors": actors}).export(tmp_path / "a.xlsx")
    (role, *_) = column(load_workbook(path)["actors"], "Role")
    assert len(role) < 32_767
    assert role.endswith("…")
    assert not len(tk.read_corrections(path))


def test_a_workbook_that_nobody_changed_says_nothing(path: Path) -> None:
    assert not len(tk.read_corrections(path))
    # Written by another program, too.
    assert not len(tk.read_corrections(edited(path, "quotations", {})))


def test_nor_does_one_whose_fields_are_traps(tmp_path: Path) -> None:
    path = exported.coverage(exported.hostile).export(tmp_path / "a.xlsx")
    assert not len(tk.read_corrections(path))
    for row in load_workbook(path)["as written"].iter_rows(values_only=True):
        assert not any("_x" in cell for cell in row if cell)


EDITS = [
    # The frame, the row and the head of a cell, what is typed, the column and what is given for it.
    ("articles", 1, "Title", "A motto", "title", "A motto"),
    ("actors", 0, "Role", "=premier", "role", "=premier"),
    ("quotations", 0, "Kind", "mixed", "kind", "mixed"),
    ("quotations", 0, "Cue force", None, "cue_force", None),
    ("quotations", 0, "Speaker", "Kip", "speaker", "Kip"),
    ("quotations", 0, "Said", dt.date(2031, 3, 2), "said", "2031-03-02"),
    ("sentiment", 1, "Polarity", 1, "polarity", "1"),
    ("sentiment", 2, "Polarity", 1.0, "polarity", "1"),
    ("rounds", 0, "Parties", "Norland; Dock Union; Kip", "parties", "Norland; Dock Union; Kip"),
    ("numbers", 0, "Share", 0.5, "share", "0.5"),
]


def test_edited_cells_come_back_as_corrections(coverage: Coverage, path: Path) -> None:
    for frame in dict.fromkeys(frame for frame, *_ in EDITS):
        edited(path, frame, {(row, head): value for of, row, head, value, *_ in EDITS if of == frame}, saved=True)
    lines = tk.read_corrections(path)
    assert set(lines["verdict"]) == {"edit"}
    assert set(lines["when"]).isdisjoint({None})
    told = lines[["frame", "key", "column", "given"]].fillna("").to_numpy().tolist()
    assert sorted(told) == sorted(
        [frame, coverage[frame]["key"].iloc[row], column, given or ""] for frame, row, _, _, column, given in EDITS
    )
    corrected = tk.correct(coverage, path)
    assert set(corrected.checked["outcome"]) == {"applied"}
    for frame, row, *_ in EDITS:
        assert corrected[frame]["origin"].iloc[row] == "corrected"


def test_who_saved_it_stands_on_each_line(path: Path) -> None:
    edited(path, "quotations", {(0, "Speaker"): "Kip", (0, "Your note"): "see line 3"}, saved=True)
    (line,) = tk.read_corrections(path).to_dict("records")
    assert (line["who"], line["note"]) == ("Ida", "see line 3")


@pytest.mark.parametrize(
    ("head", "words", "pieces"),
    [
        ("Cue", "told the union", ["told the union"]),
        ("Text", "the quay stays shut", ["the quay stays shut"]),
        ("Text", "quay stays shut … “for good”", ["quay stays shut", "“for good”"]),
        ("Cue", '27–35 "Ada Berg"', ["Ada Berg"]),
    ],
)
def test_words_are_looked_for_near_where_they_stood(
    head: str, words: str, pieces: list[str], coverage: Coverage, path: Path
) -> None:
    edited(path, "quotations", {(0, head): words})
    row = tk.correct(coverage, path).quotations.iloc[0]
    if head == "Cue":
        assert [exported.FIRST[row["cue_start"] : row["cue_end"]]] == [row["cue"]] == pieces
    else:
        assert [exported.FIRST[start:end] for start, end in row["spans"]] == pieces


def test_verdicts_on_rows(coverage: Coverage, path: Path) -> None:
    edited(path, "quotations", {(0, "Your verdict"): "right", (1, "Your verdict"): "wrong", (1, "Speaker"): "x"})
    corrected = tk.correct(coverage, path)
    assert corrected.checked[["verdict", "outcome"]].to_numpy().tolist() == [["right", "applied"], ["wrong", "applied"]]
    assert corrected.quotations["origin"].tolist() == ["confirmed"]


def test_rows_may_be_sorted_and_deleted(coverage: Coverage, path: Path) -> None:
    book = load_workbook(path)
    sheet = book["mentions"]
    sheet.delete_rows(3, 2)
    sheet.move_range("A2:Z2", rows=5)
    sheet.cell(7, heads(sheet)["Actor"]).value = "Dock Union"
    del book["times"]
    book.save(path)
    (line,) = tk.read_corrections(path).to_dict("records")
    assert (line["key"], line["given"]) == (coverage.mentions["key"].iloc[0], "Dock Union")


def broken(change: Callable[[Any], object]) -> Callable[[Path], object]:
    def apply(path: Path) -> None:
        book = load_workbook(path)
        change(book)
        book.save(path)

    return apply


@pytest.mark.parametrize(
    ("breaks", "told"),
    [
        (lambda path: path.write_bytes(b"PK nothing"), "not a workbook that can be read"),
        (broken(lambda book: book.remove(book["as written"])), "no sheet 'as written', which remembers"),
        (broken(lambda book: book["as written"].delete_cols(4)), "the sheet 'as written' was changed"),
        (broken(lambda book: book["actors"].delete_rows(1)), "sheet actors: no column Key"),
        (broken(lambda book: book["actors"].append(["Lund"])), "sheet actors, row 5: the key '' is none"),
        (
            lambda path: edited(path, "actors", {(0, "Your verdict"): "perhaps"}),
            "row 2: verdict 'perhaps'; accepted are",
        ),
        (lambda path: edited(path, "actors", {(0, "Your note"): "hm"}), "row 2: a note, but no verdict"),
    ],
)
def test_what_cannot_be_read_is_told(breaks: Callable[[Path], object], told: str, path: Path) -> None:
    breaks(path)
    with pytest.raises(InputError, match=told):
        tk.read_corrections(path)


def test_a_workbook_that_would_fill_the_memory_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.corrections._workbook.LARGEST", 10_000)
    with pytest.raises(InputError, match=r"a\.xlsx: would unpack to [\d,]+ bytes"):
        tk.read_corrections(path)


def test_a_value_that_a_column_does_not_accept_is_told(path: Path) -> None:
    edited(path, "sentiment", {(0, "Polarity"): 7})
    with pytest.raises(InputError, match="polarity '7'; accepted are -1, 0, 1"):
        tk.read_corrections(path)


def test_too_many_rows_are_told(coverage: Coverage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.export._workbook.ROWS", 20)
    with pytest.raises(InputError, match=r"which takes 20 \(articles 2, actors 3"):
        coverage.export(tmp_path / "a.xlsx")


def test_the_hidden_sheet_holds_what_was_written_however_long(coverage: Coverage, path: Path) -> None:
    told = [row for row in load_workbook(path)["as written"].iter_rows(values_only=True) if row[0] == "quotations"]
    pieces = [piece for piece in told[1][3:] if piece]
    found = json.loads("".join(piece[1:] for piece in pieces))
    assert found["cells"]["speaker"] == "Ada Berg"
    assert found["words"] == line_of(coverage.quotations["text"].iloc[0])
