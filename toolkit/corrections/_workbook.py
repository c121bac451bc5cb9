"""A workbook that a coverage was written to, with what a person changed in it: read back as lines."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

from toolkit.corrections._remembering import confirmed, edited, marked_near, rejected, words_in
from toolkit.display import ellipsis, one_line
from toolkit.errors import InputError
from toolkit.frames import line_of
from toolkit.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.display import Row

ABOUT, MEMORY, HEADS = "about", "as written", "(heads)"
VERDICT, NOTE, KEY = "Your verdict", "Your note", "Key"
VERDICTS = ("right", "wrong")

CELL = 32_000
"""Characters that go into a cell; no spreadsheet takes more than 32,767."""

LARGEST = 2**31
"""Bytes that a workbook may unpack to."""

SHOWN = 8_000
"""Characters that are shown of a text."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)")


def shown(text: str) -> str:
    """Return what a cell shows of a text."""
    return ellipsis(printable(text), SHOWN)


def escaped(text: str) -> str:
    """Return a text as a workbook holds it, where ``_x0041_`` would be a sign."""
    return _ESCAPE.sub("_x005F_", text)


def lines_of_workbook(path: Path, content: bytes) -> list[Row]:
    """Return what was said in a workbook, as lines.

    Parameters
    ----------
    path : Path
        The file, for messages.
    content : bytes
        What it holds.

    Raises
    ------
    InputError
        If it is no workbook that a coverage was written to, or a row in it cannot be told from others.
    """
    from openpyxl import load_workbook

    try:
        _check_size(content)
        # Of formulas, what they came to; none is worked out here.
        book = load_workbook(io.BytesIO(content), data_only=True)
    except InputError as fault:
        raise InputError(f"{path}: {fault}") from None
    except Exception as fault:
        # What is no workbook fails in as many ways as there are parts of one.
        raise InputError(f"{path}: not a workbook that can be read ({one_line(fault)}); save it as .xlsx") from fault
    if MEMORY not in book.sheetnames:
        raise InputError(
            f"{path}: no sheet {MEMORY!r}, which remembers what was found; change a workbook that "
            'coverage.export("….xlsx") has written, and keep its hidden sheet'
        )
    told = {"who": book.properties.lastModifiedBy, "when": _when(book.properties)}
    lines = [
        line | told
        for title, (frame, heads, rows) in _remembered(path, book[MEMORY]).items()
        if title in book.sheetnames
        for line in _lines_of_sheet(f"{path}, sheet {title}", book[title], frame, heads, rows)
    ]
    book.close()
    return lines


def _check_size(content: bytes) -> None:
    """Refuse what would unpack to more than any workbook that is written here."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > LARGEST:
        raise InputError(f"would unpack to {size:,} bytes, of which {LARGEST:,} are read; take it for damaged")


def _when(properties: Any) -> str | None:
    """Return when a workbook was last saved by a spreadsheet."""
    saved: dt.datetime | None = properties.modified
    return None if saved is None or saved == properties.created else saved.isoformat(timespec="seconds")


def _remembered(path: Path, sheet: Any) -> dict[str, tuple[str, Mapping[str, str], dict[str, Row]]]:
    """Return, by the title of a sheet, its frame, its columns by their heads, and its rows by their keys."""
    found: dict[str, tuple[str, Mapping[str, str], dict[str, Row]]] = {}
    try:
        for title, frame, key, *pieces in sheet.iter_rows(values_only=True):
            told = json.loads("".join(_plain(piece)[1:] for piece in pieces if piece))
            if key == HEADS:
                found[title] = (frame, told, {})
            else:
                found[title][2][key] = told
    except (KeyError, ValueError, RecursionError):
        raise InputError(f"{path}: the sheet {MEMORY!r} was changed; write the workbook anew") from None
    return found


def _lines_of_sheet(
    where: str, sheet: Any, frame: str, heads: Mapping[str, str], rows: Mapping[str, Row]
) -> Iterator[Row]:
    told = sheet.iter_rows(values_only=True)
    names = [_plain(name) for name in next(told, ())]
    if KEY not in names:
        raise InputError(f"{where}: no column {KEY}; keep the first row, and the hidden columns, as they are")
    for number, cells in enumerate(told, start=2):
        row = dict(zip(names, cells, strict=True))
        if not any(_plain(cell) for cell in cells):
            continue
        key = _plain(row[KEY])
        if key not in rows:
            raise InputError(
                f"{where}, row {number}: the key {key!r} is none that was written; take the row away, and say that "
                "one is missing with toolkit.check(coverage).add(…)"
            )
        yield from _lines_of_row(f"{where}, row {number}", frame, key, rows[key], row, heads)


def _lines_of_row(
    where: str, frame: str, key: str, had: Row, row: Mapping[str, Any], heads: Mapping[str, str]
) -> Iterator[Row]:
    verdict, note = (_plain(row.get(name)).strip() or None for name in (VERDICT, NOTE))
    if verdict not in {None, *VERDICTS}:
        raise InputError(f"{where}: verdict {verdict!r}; accepted are {', '.join(VERDICTS)}")
    given = {name: _given(row[head], had, name) for head, name in heads.items() if head in row}
    lines = list(edited(frame, key, had, given))
    if verdict == "wrong":
        lines = [rejected(frame, key, had)]
    elif verdict == "right" and not lines:
        lines = [confirmed(frame, key, had)]
    if note and not lines:
        raise InputError(f"{where}: a note, but no verdict and no change; give the verdict right or wrong")
    yield from (line | {"note": note} for line in lines)


def _given(cell: Any, had: Row, column: str) -> str:
    text = line_of(_plain(cell))
    if column in had["places"]:
        found = had["places"][column]
        return str(found) if text == shown(words_in(found)) else marked_near(text, had, column)
    found = had["cells"].get(column, "")
    return str(found) if text == shown(found) or _same_number(text, found) else text


def _same_number(one: str, other: str) -> bool:
    """Tell whether two numbers differ by no more than what spreadsheets round."""
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-12)
    except ValueError:
        return False


def _plain(cell: Any) -> str:
    """Return a cell as the text that was written for it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _ESCAPED.sub("_", str(cell))
