"""The csv that corrections are kept in: read strictly, so that what is torn or shifted is told and never used.

A person edits the file by hand, in a spreadsheet or an editor, and the toolkit writes it. What the toolkit wrote can
be told, and must be whole: of its column names the first alone stands in quotation marks, as no other program writes
them, and then the file holds an empty line, the last, without which its end is missing. A spreadsheet that saves the
file drops both signs, and shows neither.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from toolkit.display import ellipsis, one_line
from toolkit.errors import InputError
from toolkit.frames import guard, unguarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

DELIMITERS = (",", ";", "\t")

_OURS = re.compile(r'"[^"\r\n]+",[^"\r\n]')


def rows_of_csv(path: Path, content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table that is whole.

    Parameters
    ----------
    path : Path
        The file, for messages.
    content : bytes
        What it holds: UTF-8, with comma, semicolon or tab between the cells.

    Raises
    ------
    InputError
        Naming the line that has more or fewer cells than there are columns, or the end that is missing.
    """
    text = _decoded(path, content)
    lines = list(_lines(path, text))
    if not lines:
        raise InputError(f"{path}: the file is empty; delete it to begin anew")
    number, names = lines[0]
    for number, cells in lines[1:]:
        if len(cells) != len(names):
            raise InputError(
                f"{path}, line {number}: has {len(cells)} cells for {len(names)} columns "
                f"({ellipsis(', '.join(cells), 60)}); the file is torn or a comma is missing or too many: mend the "
                "line, with quotation marks around cells that hold a comma"
            )
    if not _is_whole(content, text):
        raise InputError(
            f"{path}, line {number}: the end of the file is missing, so that corrections may be lost; take it from a "
            "copy, or, where all are there, add an empty line at the end"
        )
    return _named(path, names, [cells for _, cells in lines[1:]])


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as the text of a file that `rows_of_csv` and spreadsheets read."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first, *others = columns
    out.write(f'\ufeff"{first}",')
    writer.writerow(others)
    writer.writerows([guard(one_line(row.get(name))) for name in columns] for row in rows)
    out.write("\n")
    return out.getvalue()


def _is_whole(content: bytes, text: str) -> bool:
    if _OURS.match(text):
        return re.search(r"(\r?\n)\1", text) is not None
    # What spreadsheets and earlier versions write begins with a mark, and ends its last line too.
    return text.endswith(("\n", "\r")) or not (content.startswith(codecs.BOM_UTF8) or len(text.splitlines()) < 2)


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputError(f"{path}: not a csv in UTF-8 ({one_line(fault)}); save it as CSV UTF-8") from None


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold something, each with its number."""
    first = text.partition("\n")[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True, skipinitialspace=True
    )
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as fault:
        raise InputError(
            f"{path}, line {reader.line_num}: not a csv in UTF-8 ({fault}); the file is torn or a quotation mark is "
            "missing: mend the line"
        ) from None


def _named(path: Path, names: Sequence[str], table: Sequence[Sequence[str]]) -> tuple[list[str], list[dict[str, str]]]:
    """Return cells by the names of their columns; columns without a name or a cell are none."""
    stripped = [name.strip() for name in names]
    used = [place for place, name in enumerate(stripped) if name or any(cells[place] for cells in table)]
    columns = [stripped[place] for place in used]
    if twice := [name for name in columns if columns.count(name) > 1]:
        raise InputError(f"{path}: two columns are named {twice[0]!r}; rename or delete one")
    # Spreadsheets keep lines of which all cells were emptied.
    rows = [{stripped[place]: unguarded(cells[place]) for place in used} for cells in table if any(cells)]
    return columns, rows
