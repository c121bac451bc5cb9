"""Workbooks of Excel and LibreOffice: each sheet that names a column of texts is a table of articles."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.reading._bounds import check_document
from toolkit.reading._columns import layout_of
from toolkit.reading._parts import Fault, File, Options, Part
from toolkit.reading._tables import TABLE_ROWS, check_length, table_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VOID = 1000
"""Behind so many empty rows nothing is looked for: a stray cell may stand a million rows down."""
COLUMNS = 500
"""Of a sheet; what lies further out is not looked at."""


def read_xlsx(file: File, options: Options) -> Iterator[Part]:
    """Yield the articles of an .xlsx workbook; of formulas the values that they had when it was saved."""
    from openpyxl import load_workbook

    check_document(file.content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions that no cell's text depends on
        book = load_workbook(io.BytesIO(file.content), read_only=True, data_only=True, keep_links=False)
        sheets = [(str(sheet.title), _xlsx_rows(sheet)) for sheet in book.worksheets]
        yield from _sheets(sheets, options)


def _xlsx_rows(sheet: Any) -> Iterator[list[Any]]:
    # A cell far out is no reason to go all the way.
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield list(row[:COLUMNS])


def read_ods(file: File, options: Options) -> Iterator[Part]:
    """Yield the articles of an .ods workbook."""
    from odfdo import Document

    check_document(file.content)
    body = Document(io.BytesIO(file.content)).body
    yield from _sheets([(str(table.name), _ods_rows(table)) for table in body.tables], options)


def _ods_rows(table: Any) -> Iterator[list[Any]]:
    for row in table.get_elements("descendant::table:table-row"):
        values: list[Any] = []
        for cell in row.get_elements("table:table-cell | table:covered-table-cell"):
            # Empty cells and rows stand once with their number, which may be all that the program knows of.
            repeated = int(cell.get_attribute("table:number-columns-repeated") or 1)
            values += [_ods_value(cell)] * min(repeated, COLUMNS - len(values))
        yield values


def _ods_value(cell: Any) -> Any:
    day = cell.get_attribute("office:date-value")
    return day or "\n".join(line.inner_text for line in cell.get_elements("text:p")) or None


def _sheets(sheets: Iterable[tuple[str, Iterator[list[Any]]]], options: Options) -> Iterator[Part]:
    faults: list[Fault] = []
    found = False
    for title, rows in sheets:
        try:
            for part in _sheet(title, rows, options):
                found = True
                yield part
        except InputError as error:
            faults.append(Fault(str(error), f"sheet {title}"))
    if not found and len(faults) <= 1:
        raise InputError(faults[0].reason if faults else "has no sheet with rows; add the articles")
    yield from faults


def _sheet(title: str, rows: Iterator[list[Any]], options: Options) -> Iterator[Part]:
    filled = list(_filled(rows))
    check_length(len(filled) - 1)
    if not filled:
        return
    _, head = filled[0]
    names = ["" if name is None else str(name) for name in head]
    layout = layout_of(names, options.columns)
    if not filled[1:]:
        raise InputError("has column names but no rows; add the articles")
    yield from table_parts(names, layout, ((f"sheet {title}, row {number}", row) for number, row in filled[1:]))


def _filled(rows: Iterator[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    """Yield the rows that hold something, by their numbers, up to where a sheet is void."""
    void = 0
    for number, row in enumerate(rows, start=1):
        values = _trimmed(row)
        void = 0 if values else void + 1
        if void == VOID or number > TABLE_ROWS + VOID:
            return
        if values:
            yield number, values


def _trimmed(row: list[Any]) -> list[Any]:
    end = next((place for place in range(len(row), 0, -1) if row[place - 1] not in {None, ""}), 0)
    return row[:end]
