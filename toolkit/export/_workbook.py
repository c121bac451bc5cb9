"""All frames as one workbook for Excel, LibreOffice and others: a sheet each, to be read, filtered and set right.

Beside each row stand outlet, day and title of its article. Cells hold text, numbers and days, never formulas. Ids,
offsets and keys are there, in hidden columns; a hidden sheet remembers what was written, so that
:func:`toolkit.read_corrections` can tell what a person changed (see :mod:`toolkit.corrections._workbook`).
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Any

from toolkit.corrections._remembering import Memory
from toolkit.corrections._workbook import ABOUT, CELL, HEADS, MEMORY, NOTE, VERDICT, VERDICTS, escaped, shown
from toolkit.display import count_of, is_missing
from toolkit.errors import InputError
from toolkit.export._placing import BESIDE, articles_of, beside, frames_of, has_articles, words_of
from toolkit.export._zipping import write_zip
from toolkit.frames import Role, text_of
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment
    from openpyxl.workbook.workbook import Workbook

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

TECHNICAL = {Role.ID, Role.ARTICLE, Role.START, Role.END, Role.SPANS, Role.PLACE, Role.PLACES, Role.REF, Role.KEY}
"""What a program needs and a reader does not."""

WIDTHS = {Role.WORDS: 60, Role.DAY: 12, Role.NUMBER: 10, Role.SCORE: 10, Role.CATEGORY: 14, Role.ORIGIN: 12}
WIDTH = 24
WORDS = "Words as written"
ROLES = {WORDS: Role.WORDS, "Published": Role.DAY}
"""Of the columns that stand beside those of a frame."""

ROWS = 1_048_576
"""That a sheet can have."""

MOST = 2**53
"""Numbers beyond, infinite ones among them, stand as text."""

OLDEST = dt.date(1900, 3, 1)
"""Days before are not the same in all spreadsheets, and stand as text."""

_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

_HOW = (
    "Sort and filter as you like. Cells below a bold head may be changed, and “Your verdict” takes right or wrong for "
    "the row as a whole; a note goes with either, or with a change. Words of an article are looked for near where they "
    "stood. toolkit.correct(coverage, …) and --corrections take this file over. Changes of other cells, and rows that "
    "are deleted, say nothing."
)


def write_workbook(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write all frames that have rows as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = f"toolkit {version()}"
    articles, found = articles_of(coverage), list(frames_of(coverage))
    _check_size(path, {spec.name: len(rows) for spec, rows in found})
    titles = _titles([spec.name for spec, _ in found])
    _write_about(book, coverage, {titles[spec.name]: len(rows) for spec, rows in found})
    for spec, rows in found:
        _write_sheet(book, titles[spec.name], spec, rows, articles)
    memory = book.create_sheet(MEMORY)
    # In no menu of Excel's.
    memory.sheet_state = "veryHidden"
    for spec, rows in found:
        for told in _remembered(titles[spec.name], spec, rows, articles):
            memory.append(told)
    content = io.BytesIO()
    book.save(content)
    write_zip(path, _without_clock(content))
    return [(path, count_of(len(found), "sheet"))]


def _check_size(path: Path, counts: Mapping[str, int]) -> None:
    # The hidden sheet has a row for each row, and one for the heads of each frame.
    if sum(counts.values()) + len(counts) >= ROWS:
        told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
        raise InputError(
            f"{path}: too many rows for a workbook, which takes {ROWS:,} ({told}); write tables to a folder"
        )


def _titles(names: Iterable[str]) -> dict[str, str]:
    """Return a title for the sheet of each frame: at most 31 characters, and no two the same."""
    found: dict[str, str] = {}
    for name in names:
        title, number = name[:31], 1
        while title.casefold() in {each.casefold() for each in (ABOUT, MEMORY, *found.values())}:
            number += 1
            title = f"{name[:28]}_{number}"
        found[name] = title
    return found


def _write_about(book: Workbook, coverage: Coverage, counts: Mapping[str, int]) -> None:
    sheet = book.create_sheet(ABOUT)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 28, 100
    lines = [
        ("News coverage of negotiations", ""),
        ("Made by", f"toolkit {version()}"),
        *((name, count_of(count, "row")) for name, count in counts.items()),
        ("Setting right", _HOW),
        *((name, value) for name, value in coverage.metadata.items()),
    ]
    for line in lines:
        sheet.append([_cell(sheet, text) for text in line])


def _write_sheet(book: Workbook, title: str, spec: FrameSpec, rows: list[Row], articles: Mapping[str, Row]) -> None:
    sheet = book.create_sheet(title)
    columns = list(_columns(spec))
    _lay_out(sheet, spec, columns, len(rows) + 1)
    sheet.append([_head(sheet, head, is_bold=head in {VERDICT, NOTE, *_heads(spec)}) for head, _ in columns])
    for row in rows:
        known = {name.capitalize(): value for name, value in beside(row, spec, articles).items()}
        known[WORDS] = words_of(row, spec, articles)
        sheet.append(
            [_cell(sheet, known.get(head) if column is None else _value(row, column)) for head, column in columns]
        )


def _lay_out(sheet: Any, spec: FrameSpec, columns: list[tuple[str, Column | None]], last: int) -> None:
    """Set what must be known of a sheet before its rows: widths, the frozen head, the filter, the verdicts."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, (head, column) in enumerate(columns, start=1):
        place = sheet.column_dimensions[get_column_letter(number)]
        place.width = WIDTHS.get(column.role if column else ROLES.get(head, Role.TEXT), WIDTH)
        place.hidden = column is not None and _is_hidden(spec, column)
        if head == VERDICT:
            choice = DataValidation("list", formula1=f'"{",".join(VERDICTS)}"', allow_blank=True)
            choice.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{last}")
            sheet.data_validations.append(choice)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _columns(spec: FrameSpec) -> Iterator[tuple[str, Column | None]]:
    """Yield the heads of a sheet, each with the column it shows, None where it is none of the frame's own."""
    if has_articles(spec):
        yield from ((name.capitalize(), None) for name in BESIDE if name not in spec.names)
    ordered = sorted(spec.columns, key=lambda column: (_is_hidden(spec, column), column.name not in spec.brief))
    seen = [column for column in ordered if not _is_hidden(spec, column)]
    yield from ((column.label, column) for column in seen)
    if has_articles(spec) and not any(column.role is Role.WORDS and not column.of for column in seen):
        yield WORDS, None
    if _can_be_set(spec):
        yield from ((head, None) for head in (VERDICT, NOTE))
    yield from ((column.label, column) for column in ordered if _is_hidden(spec, column))


def _is_hidden(spec: FrameSpec, column: Column) -> bool:
    # The texts of articles are longer than cells can be.
    return column.role in TECHNICAL or (spec.name == "articles" and column.name in {"text", "body_start"})


def _can_be_set(spec: FrameSpec) -> bool:
    return bool(spec.editable) and spec.the(Role.KEY) is not None


def _heads(spec: FrameSpec) -> dict[str, str]:
    """Return which column is set by what is written below a head: pieces are set by their words."""
    pieces = spec.the(Role.SPANS)
    found = {column.label: column.name for column in spec.editable if column.role is not Role.SPANS}
    if pieces and spec.column(pieces).editable:
        found |= {c.label: pieces for c in spec.columns if c.role is Role.WORDS and not c.of and not c.editable}
    return found


def _remembered(title: str, spec: FrameSpec, rows: list[Row], articles: Mapping[str, Row]) -> Iterator[list[str]]:
    """Yield rows of the hidden sheet: sheet, frame, key, and what was written, as JSON in as many cells as it takes."""
    key = spec.the(Role.KEY)
    if key is None or not spec.editable:
        return
    yield [title, spec.name, HEADS, *_pieces(_heads(spec))]
    memory = Memory(spec, articles)
    for row in rows:
        yield [title, spec.name, row[key], *_pieces(memory.of(row))]


def _pieces(told: Mapping[str, Any]) -> list[str]:
    # Escapes keep signs that no cell can hold, and what a cell would take for one; no formula begins so.
    text = json.dumps(told).replace("_x", r"_\u0078")
    return [f"|{text[at : at + CELL - 1]}" for at in range(0, len(text), CELL - 1)]


def _value(row: Row, column: Column) -> Any:
    value = row.get(column.name)
    if isinstance(value, dt.date) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    nested = isinstance(value, dict | list | tuple) and any(
        isinstance(each, dict | list | tuple) for each in _parts(value)
    )
    return json.dumps(value, ensure_ascii=False, default=str) if nested else text_of(value, column)


def _parts(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _head(sheet: Any, text: str, *, is_bold: bool) -> Cell:
    from openpyxl.styles import Font

    cell = _cell(sheet, text)
    cell.font = Font(bold=is_bold)
    return cell


@cache
def _wrapped() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _cell(sheet: Any, value: Any) -> Cell:
    """Return a cell that holds a value and is no formula, whatever the value begins with."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date) and value < OLDEST:
        value = value.isoformat()
    if isinstance(value, str):
        value = escaped(shown(value))
    elif isinstance(value, int | float) and not abs(value) <= MOST:
        value = str(value)
    cell = WriteOnlyCell(sheet, None if is_missing(value) else value)
    cell.alignment = _wrapped()
    if isinstance(value, str):
        cell.data_type = "s"
        # Nor when it is edited.
        cell.quotePrefix = value[:1] in {"=", "+", "-", "@"}
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    return cell


def _without_clock(content: io.BytesIO) -> Iterator[tuple[str, bytes]]:
    """Yield the members of a workbook, none of which says when it was made."""
    with zipfile.ZipFile(content) as archive:
        for name in archive.namelist():
            held = archive.read(name)
            yield name, _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", held) if name == "docProps/core.xml" else held
