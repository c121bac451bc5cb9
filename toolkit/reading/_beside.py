"""A table beside the files of a folder that says of each what the file itself does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.articles._outcomes import LeftOut, Outcome, label
from toolkit.errors import InputError
from toolkit.reading._columns import known_fields, names_a_file
from toolkit.reading._decoding import decode
from toolkit.reading._tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMES = frozenset(("metadata.csv", "metadata.tsv"))


def told_beside(files: Sequence[Path]) -> tuple[dict[Path, Mapping[str, object]], list[Outcome]]:
    """Return what tables named ``metadata.csv`` say of files in their folders, and what is wrong with the tables.

    Parameters
    ----------
    files : sequence of Path
        All of a folder.
    """
    told: dict[Path, Mapping[str, object]] = {}
    faults: list[Outcome] = []
    for table in files:
        if table.name.lower() in NAMES:
            try:
                told |= _rows(table)
            except (InputError, OSError) as error:
                faults.append(LeftOut(label(table), str(error)))
    return told, faults


def _rows(table: Path) -> dict[Path, Mapping[str, object]]:
    rows = rows_of(decode(table.read_bytes()).text)
    names = list(rows[0]) if rows else []
    file = names_a_file(names)
    if file is None:
        raise InputError("names no file in its rows; add a column 'file', beside those for title, published, outlet")
    return {Path(table.parent, row[file]): known_fields({**row, file: None}) for row in rows if row[file]}
