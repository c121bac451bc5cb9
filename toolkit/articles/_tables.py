"""Read tables of articles: csv, one JSON object a line, or a DataFrame; one article a row.

A row is named as its user would look it up: in a csv file as a spreadsheet numbers it (the column names are
row 1), in a jsonl file by its line, in a DataFrame by its position from 0.
"""

from __future__ import annotations

import csv
import io
import json
import threading
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toolkit.articles._metadata import ALIASES, NAMES, canonical, outcomes
from toolkit.articles._outcomes import LeftOut, Outcome, clipped, label
from toolkit.articles._text_files import MEGABYTE, decode_file, doubts
from toolkit.errors import InputError
from toolkit.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

TABLE_MEGABYTES = 200
TABLE_ROWS = 200_000
DELIMITERS = (",", ";", "\t")
COLUMNS = frozenset(("text", "path", *NAMES, *ALIASES))

_FIELD_LIMIT_LOCK = threading.Lock()


def csv_outcomes(path: Path) -> Iterator[Outcome]:
    """Give the articles of a csv file with a ``text`` column; comma, semicolon or tab between values."""
    source = label(path)
    try:
        decoded = decode_file(path, TABLE_MEGABYTES)
        rows, broken = _csv_rows(decoded.text)
        head = next((place for place, row in enumerate(rows) if row), 0)
        columns = _checked_columns(rows[head])
    except InputError as error:
        yield LeftOut(source, str(error))
        return
    yield from doubts(decoded, source)
    for number, row in enumerate(rows[head + 1 :], start=head + 2):
        if row:
            yield from _csv_row(columns, row, f"{source}, row {number}", path)
    if broken is not None:
        yield LeftOut(f"{source}, row {len(rows) + 1} and all after it", broken)
    elif not any(rows[head + 1 :]):
        yield LeftOut(source, "has column names but no rows; add the articles")


def jsonl_outcomes(path: Path) -> Iterator[Outcome]:
    """Give the articles of a file with one JSON object a line, each with a ``text``."""
    source = label(path)
    try:
        decoded = decode_file(path, TABLE_MEGABYTES)
        # Only "\n" parts the lines: JSON strings may hold the other separators that splitlines knows.
        lines = decoded.text.split("\n")
        _check_length(sum(not line.isspace() for line in lines if line))
    except InputError as error:
        yield LeftOut(source, str(error))
        return
    yield from doubts(decoded, source)
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from _json_line(line, f"{source}, line {number}", path)


def frame_outcomes(frame: pd.DataFrame) -> Iterator[Outcome]:
    """Give the articles of a DataFrame with a ``text`` column; the frame is left as it is."""
    try:
        columns = _checked_columns([str(name) for name in frame.columns])
        _check_length(len(frame))
    except InputError as error:
        yield LeftOut("DataFrame", str(error))
        return
    if not len(frame):
        yield LeftOut("DataFrame", "has no rows; add the articles")
    wanted = [place for place, name in enumerate(columns) if name in COLUMNS]
    series = [frame.iloc[:, place].tolist() for place in wanted]
    for number, values in enumerate(zip(*series, strict=True)):
        fields = dict(zip((columns[place] for place in wanted), values, strict=True))
        yield from _row_outcomes(fields, f"DataFrame row {number}", None)


def _csv_rows(text: str) -> tuple[list[list[str]], str | None]:
    """Parse strictly: a lenient reader would quietly swallow or alter text around a stray mark."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: list[list[str]] = []
    with _wide_fields():
        try:
            for row in reader:
                _check_length(len(rows))
                rows.append(row)
        except csv.Error as error:
            if not rows:
                raise InputError(f"is no csv table ({error}); export it again") from error
            return (
                rows,
                f"{error} (file line {reader.line_num}); double the quotation marks inside a quoted text",
            )
    return rows, None


def _delimiter(text: str) -> str:
    """Choose the delimiter that finds most of the known columns in the first line."""
    first = next((line for line in io.StringIO(text, newline="") if line.strip()), "")

    def known(delimiter: str) -> int:
        return len(COLUMNS.intersection(name.strip(' "\r\n').lower() for name in first.split(delimiter)))

    return max(DELIMITERS, key=known)


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


def _checked_columns(names: Iterable[str]) -> list[str]:
    columns = [name.strip().lower() for name in names]
    twice = [name for name, count in Counter(columns).items() if count > 1 and name in COLUMNS]
    if twice:
        raise InputError(f"has two columns named {twice[0]!r} (case is ignored); rename one")
    if "text" not in columns:
        found = clipped(", ".join(columns), 200)
        raise InputError(f"has no column named 'text' (found: {found}); rename the column with the articles")
    return columns


def _check_length(rows: int) -> None:
    if rows > TABLE_ROWS:
        raise InputError(f"has more than {TABLE_ROWS:,} rows, the most a table may have; split it")


def _csv_row(columns: list[str], row: list[str], source: str, path: Path) -> Iterator[Outcome]:
    if len(row) > len(columns):
        found = f"has {len(row)} values for {len(columns)} columns"
        yield LeftOut(source, f"{found}; put quotation marks around texts that hold the delimiter")
        return
    yield from _row_outcomes(dict(zip(columns, row, strict=False)), source, path)


def _json_line(line: str, source: str, path: Path) -> Iterator[Outcome]:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        yield LeftOut(source, f"is not JSON ({clipped(error, 120)}); write one JSON object a line")
        return
    if not isinstance(row, dict):
        yield LeftOut(source, f"is a JSON {type(row).__name__}, not an object; write one JSON object a line")
        return
    yield from _row_outcomes({name.strip().lower(): value for name, value in row.items()}, source, path)


def _row_outcomes(row: Mapping[str, object], source: str, path: Path | None) -> Iterator[Outcome]:
    """Give a row's article; a row that names no path of its own carries that of its table."""
    if "text" not in row:
        yield LeftOut(source, "has no 'text'; give it one, or remove it")
        return
    fields = canonical({name: value for name, value in row.items() if name in COLUMNS})
    if path is not None:
        fields.setdefault("path", printable(str(path)))
    yield from outcomes(row["text"], fields, source)
