"""Tables of articles, one a row: csv in any dress, workbooks, DataFrames.

A row is named as its user would look it up: in a csv file and a workbook as a spreadsheet numbers it (the column names
are row 1), in a DataFrame by its position from 0.
"""

from __future__ import annotations

import csv
import io
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.reading._columns import TEASER, layout_of, plain_name, role_of
from toolkit.reading._decoding import decode
from toolkit.reading._parts import MEGABYTE, Doubt, Fault, File, Options, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from toolkit.reading._columns import Layout

TABLE_MEGABYTES = 200
TABLE_ROWS = 200_000
DELIMITERS = (",", ";", "\t", "|")
_COLUMNS_OF_PROSE = 3
"""Fewer words with commas between may open an article."""
_SEP = "sep="

_FIELD_LIMIT_LOCK = threading.Lock()


def read_csv(file: File, options: Options) -> Iterator[Part]:
    """Yield the articles of a csv file; comma, semicolon, tab or ``|`` between values."""
    decoded = decode(file.content)
    rows, broken = _csv_rows(decoded.text)
    head = next((place for place, row in enumerate(rows) if row and not _is_sep(row)), None)
    if head is None:
        raise InputError("has no column names; add them, and the articles")
    layout = layout_of(rows[head], options.columns)
    if decoded.doubt:
        yield Doubt(decoded.doubt)
    numbered = ((f"row {number}", row) for number, row in enumerate(rows[head + 1 :], start=head + 2) if row)
    yield from table_parts(rows[head], layout, numbered)
    if broken is not None:
        yield Fault(broken, f"row {len(rows) + 1} and all after it")
    elif not any(rows[head + 1 :]):
        raise InputError("has column names but no rows; add the articles")


def frame_parts(frame: pd.DataFrame, options: Options) -> Iterator[Part]:
    """Yield the articles of a DataFrame; the frame is left as it is."""
    names = [str(name) for name in frame.columns]
    layout = layout_of(names, options.columns)
    check_length(len(frame))
    if not len(frame):
        raise InputError("has no rows; add the articles")
    series = [frame.iloc[:, place].tolist() for place in range(len(names))]
    numbered = ((f"row {number}", values) for number, values in enumerate(zip(*series, strict=True)))
    yield from table_parts(names, layout, numbered)


def table_parts(names: Sequence[str], layout: Layout, rows: Iterable[tuple[str, Sequence[Any]]]) -> Iterator[Part]:
    """Yield the articles of rows, after what was guessed of their columns."""
    if layout.told:
        yield Doubt(layout.told)
    held = {name for role in ("text", TEASER) for name in layout.roles.get(role, ())}
    for where, values in rows:
        row = dict(zip(names, values, strict=False))
        if len(values) > len(names):
            found = f"has {len(values)} values for {len(names)} columns"
            yield Fault(f"{found}; put quotation marks around texts that hold the delimiter", where)
        elif not held & row.keys():
            yield Fault("has no 'text'; give it one, or remove it", where)
        else:
            fields = layout.fields(row)
            yield Text(fields.pop("text", None), fields, where)


def check_length(rows: int) -> None:
    """Raise InputError for a table of more rows than one may have."""
    if rows > TABLE_ROWS:
        raise InputError(f"has more than {TABLE_ROWS:,} rows, the most a table may have; split it")


def looks_like_csv(text: str) -> bool:
    """Whether the first line names columns of articles: one that holds their text, and another known one."""
    first = _first_line(text)
    return any(_told(first, delimiter) for delimiter in DELIMITERS)


def _told(line: str, delimiter: str) -> bool:
    roles = [role_of(plain_name(name)) for name in line.split(delimiter)]
    if delimiter == "," and len(roles) < _COLUMNS_OF_PROSE:
        return False
    return len(line) < 5000 and len(set(filter(None, roles))) > 1 and bool({"text", TEASER}.intersection(roles))


def _csv_rows(text: str) -> tuple[list[list[str]], str | None]:
    """Parse strictly: a lenient reader would quietly swallow or alter text around a stray mark."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    rows: list[list[str]] = []
    with _wide_fields():
        try:
            for row in reader:
                check_length(len(rows))
                rows.append(row)
        except csv.Error as error:
            if not rows:
                raise InputError(f"is no csv table ({error}); export it again") from error
            return (
                rows,
                f"{error} (file line {reader.line_num}); double the quotation marks inside a quoted text",
            )
    return rows, None


def delimiter_of(text: str) -> str:
    """Choose the delimiter that a spreadsheet's own first line names, or that finds most known columns."""
    first = _first_line(text)
    if first.lower().startswith(_SEP) and len(first.strip()) == len(_SEP) + 1:
        return first.strip()[-1]

    def known(delimiter: str) -> tuple[int, int]:
        names = first.split(delimiter)
        return sum(role_of(plain_name(name)) is not None for name in names), len(names)

    return max(DELIMITERS, key=known)


def _is_sep(row: Sequence[str]) -> bool:
    return row[0].lower().startswith(_SEP) and len("".join(row)) <= len(_SEP) + 1


def _first_line(text: str) -> str:
    return next((line for line in io.StringIO(text[:100_000], newline="") if line.strip()), "")


@contextmanager
def _wide_fields() -> Iterator[None]:
    """Let csv fields be as long as a table may be; the limit is the process's own, so it is put back."""
    with _FIELD_LIMIT_LOCK:
        before = csv.field_size_limit()
        csv.field_size_limit(max(before, TABLE_MEGABYTES * MEGABYTE))
        try:
            yield
        finally:
            csv.field_size_limit(before)


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a csv text by its column names.

    Raises
    ------
    InputError
        If it is no csv table.
    """
    rows, broken = _csv_rows(text)
    if broken is not None:
        raise InputError(broken)
    filled = [row for row in rows if row and not _is_sep(row)]
    return [dict(zip(filled[0], row, strict=False)) for row in filled[1:]]
