"""Corrections of rows: one line for each thing that a person said of a row, checked, merged, and as a csv."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from toolkit.display import ellipsis, is_missing
from toolkit.errors import InputError
from toolkit.frames import DECLARED, line_of, marked_of, pairs_of, pairs_text, value_of
from toolkit.frames._columns import Role
from toolkit.frames._texts import list_of, list_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.frames import FrameSpec

SPEC = DECLARED["row_corrections"]
LINE = SPEC.names
VERDICTS = ("right", "wrong", "edit", "add")
PIECES = {"same_as", "split"}
"""Columns that no frame has: the row that a row is one with, the places that make a row of their own."""

_ACTOR_VALUES = ("kind", "side", "role", "colour", "aliases")
_NONE = "(none)"


def is_lines(columns: Iterable[object]) -> bool:
    """Tell whether a table of corrections is one of rows, rather than of actors, by its columns."""
    return "verdict" in set(columns)


def lines_frame(rows: Iterable[Mapping[str, Any]], source: str = "corrections") -> pd.DataFrame:
    """Return lines as a frame, each checked; those without a verdict, of rows not judged yet, say nothing.

    Raises
    ------
    InputError
        Naming the row, what was found in it, and what is accepted.
    """
    found = (checked_line(row, f"{source}, row {number}") for number, row in enumerate(rows, start=1))
    frame = SPEC.frame(line for line in found if line is not None)
    frame.attrs["source"] = source
    return frame


def checked_line(row: Mapping[str, Any], where: str) -> Row | None:
    """Return one line with all its cells, None where nothing was judged."""
    told = {name: line_of(row.get(name)) or None for name in LINE if name not in {"start", "end"}}
    if told["verdict"] is None and told["given"] is None:
        return None
    if told["frame"] is None:
        raise InputError(f"{where}: no frame; name the frame of the row, such as quotations")
    if told["verdict"] not in VERDICTS:
        raise InputError(f"{where}: verdict {told['verdict']!r}; accepted are {', '.join(VERDICTS)}")
    start, end = (_offset(row.get(name), f"{where}: {name}") for name in ("start", "end"))
    if (start is None) != (end is None) or (start is not None and end is not None and start >= end):
        raise InputError(f"{where}: start {start}, end {end}; give two offsets, the end behind the start, or none")
    if told["verdict"] == "edit" and told["column"] is None:
        raise InputError(f"{where}: the verdict edit needs the column that is set right")
    if told["verdict"] == "add" and told["frame"] != "actors" and (told["article"] is None or start is None):
        raise InputError(f"{where}: the verdict add needs the article, start and end of the words")
    if told["verdict"] != "add" and told["key"] is None and told["words"] is None:
        raise InputError(f"{where}: no key and no words; say which row is meant")
    _check_when(told["when"], where)
    line = {name: told.get(name) for name in LINE} | {"start": start, "end": end}
    _check_given(line, where)
    return line


def _offset(value: Any, where: str) -> int | None:
    text = line_of(value)
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if number < 0 or not number.is_integer() or number > 2**53:
        raise InputError(f"{where} {ellipsis(text, 40)!r}; give a number of characters")
    return int(number)


def _check_when(when: str | None, where: str) -> None:
    if when is not None and moment(when) is None:
        raise InputError(f"{where}: when {ellipsis(when, 40)!r}; give a day and time such as 2024-05-31T09:30")


def moment(when: str | None) -> dt.datetime | None:
    """Return a time to compare by; one without a zone is taken for UTC."""
    try:
        found = dt.datetime.fromisoformat(when or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _check_given(line: Row, where: str) -> None:
    """Refuse what a column of the house would not accept, before anything is applied."""
    spec = DECLARED.get(line["frame"])
    if spec is None:
        return
    for name, text in asserted(line, where).items():
        check_value(spec, name, text, where)


def check_value(spec: FrameSpec, name: str, text: str, where: str) -> None:
    """Raise InputError where a column of a frame cannot be set, or not to this."""
    if name in PIECES:
        return
    column = next((column for column in spec.editable if column.name == name), None)
    if column is None:
        accepted = ", ".join(column.name for column in spec.editable) or "none"
        raise InputError(f"{where}: the column {name!r} of {spec.name} cannot be set; those that can are {accepted}")
    if column.role in {Role.WORDS, Role.SPANS}:
        if not marked_of(text, where) and not column.optional:
            raise InputError(f"{where}: {name} cannot be empty; reject the row with the verdict wrong")
    elif spec.name != "actors" or name != "colour":
        value_of(text, column, where)


def asserted(line: Row, where: str = "corrections") -> dict[str, str]:
    """Return what a line says of cells: the text of each column that it gives, confirms or empties."""
    column, given, found = line["column"], line["given"] or "", line["found"] or ""
    if column is not None:
        return {column: found if line["verdict"] == "right" else "" if line["verdict"] == "wrong" else given}
    if line["verdict"] == "add":
        return pairs_of(given, where)
    return pairs_of(found, where) if line["verdict"] == "right" else {}


def identity(line: Mapping[str, Any]) -> str:
    """Return which row a line is about and which column of it, and whose it is: for merging files."""
    about = [line.get("key")] if line.get("key") else [line.get(name) for name in ("article", "start", "end", "words")]
    part = line.get("given") if line.get("column") == "split" else None
    return json.dumps([line["frame"], *about, line.get("column"), part, line.get("who")], default=str)


def lines_of(frame: pd.DataFrame) -> list[Row]:
    """Return the lines of a checked frame with None where there is nothing."""
    return [
        {str(name): None if is_missing(value) else value for name, value in row.items()}
        for row in frame[list(LINE)].to_dict("records")
    ]


def lines_of_actors(table: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """Give the lines that say what a table of actors says, its rows without what is empty."""
    for row in table:
        common = dict.fromkeys(LINE) | {"frame": "actors", "words": row["actor"]}
        if "name" in row:
            yield common | {"column": "actor", "given": row["name"], "verdict": "edit"}
        if "kind" in row and "aliases" in row:
            # Where there is no such actor, both together add it.
            told = {name: _text(row[name]) for name in _ACTOR_VALUES if name in row}
            yield common | {"given": pairs_text(told), "verdict": "add"}
            continue
        for name in _ACTOR_VALUES:
            if name in row:
                empty = row[name] == _NONE
                yield common | {"column": name, "given": None if empty else _text(row[name]), "verdict": "edit"}


def _text(value: Any) -> str:
    return list_text(value) if isinstance(value, list) else str(value)


def actors_of_lines(lines: Iterable[Row]) -> list[Row]:
    """Return lines about actors as rows of the table of actors, a row each."""
    found = []
    for line in lines:
        row: Row = {"actor": line["words"]}
        for name, text in asserted(line).items():
            if line["verdict"] == "right" and name in {"actor", "aliases"}:
                continue
            if name == "actor":
                row["name"] = text
            elif name == "aliases":
                row[name] = list_of(text, "corrections")
            elif text or name in {"side", "role"}:
                row[name] = text or _NONE
        found.append(row)
    return found


def merged_lines(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Return the lines of two who began with the same, and what both said otherwise of one cell; theirs is kept."""
    from toolkit.corrections._merging import merged

    def keyed(lines: Sequence[Row]) -> list[Row]:
        return [{"line": identity(line)} | {k: v for k, v in line.items() if v is not None} for line in lines]

    both = merged(keyed(base), keyed(mine), keyed(theirs), key="line")
    rows = [dict.fromkeys(LINE) | {k: v for k, v in row.items() if k != "line"} for row in both.rows]
    told = [f"{conflict.column} of {conflict.actor}" for conflict in both.conflicts if conflict.column != "when"]
    return [row for row in rows if row["frame"] and row["verdict"]], told


def line_text(line: Mapping[str, Any]) -> str:
    """Return a line in a few words, for messages."""
    about = f"{line['frame']} {ellipsis(line.get('words') or line.get('key'), 40)!r}"
    column = f", {line['column']}" if line.get("column") else ""
    given = f" {ellipsis(line['given'], 40)!r}" if line.get("given") else ""
    who = f" by {line['who']}" if line.get("who") else ""
    return f"{about}{column}: {line['verdict']}{given}{who}"
