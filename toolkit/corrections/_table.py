"""Corrections, of actors and of rows: read, checked, written, and put as code."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from toolkit.corrections._contradictions import is_rejection
from toolkit.corrections._file import csv_of, rows_of_csv
from toolkit.corrections._lines import (
    LINE,
    actors_of_lines,
    is_lines,
    line_text,
    lines_frame,
    lines_of,
    lines_of_actors,
    merged_lines,
)
from toolkit.corrections._merging import merged
from toolkit.corrections._tasks import lines_of_tasks
from toolkit.corrections._workbook import lines_of_workbook
from toolkit.display import HEX_COLOUR, count_of, ellipsis, is_missing, one_line
from toolkit.errors import InputError, ToolkitWarning
from toolkit.files import locked, write_text
from toolkit.frames import DECLARED
from toolkit.frames._texts import list_text
from toolkit.records import ActorKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from toolkit.corrections._making import Checks
    from toolkit.display import Row

    OneSource: TypeAlias = str | Path | pd.DataFrame | Checks | Sequence[Mapping[str, Any]]
    Corrections: TypeAlias = OneSource | Sequence[OneSource]
else:
    Corrections = object

FIELDS = ("name", "kind", "side", "role", "colour")
"""Columns of one value; what they give replaces what was found."""

NONE = "(none)"
"""A side or a role that is to be taken away."""

_ELSEWHERE = {".xlsx": lines_of_workbook, ".json": lines_of_tasks}
"""Files of other programs that a coverage was exported to, by their ending, and what reads what was said in them."""

NAMES = DECLARED["corrections"].names
KINDS = get_args(ActorKind)


def read_corrections(source: Corrections | None) -> pd.DataFrame:
    """Return corrections, checked.

    Parameters
    ----------
    source : str, Path, pandas.DataFrame, Checks, sequence of mappings, None, or a list of several of them
        A csv file with a header, a frame, what :func:`toolkit.check` made, or rows as dicts; or a workbook or tasks of
        Label Studio that a coverage was exported to, changed there. There are two kinds of tables, told apart by their
        columns. A table of actors has a row an actor, of which only ``actor`` must be there; lines
        about rows of any frame have a ``verdict``. Empty cells say nothing. None gives a table without rows.

    Returns
    -------
    pandas.DataFrame
        The columns of ``corrections`` (actors; ``aliases`` are lists, colours ``#rrggbb``) or of ``row_corrections``
        in :data:`toolkit.frames.DECLARED`; of several, where any has lines, lines that say the same as all of them.

    Raises
    ------
    InputError
        Naming the row, what was found in it, and what is accepted.
    """
    if _is_several(source):
        return _joined([read_corrections(each) for each in source])  # type: ignore[union-attr, arg-type]
    name, columns, given = _given(source)
    if is_lines(columns):
        _refuse_unknown([column for row in given for column in row], name, LINE)
        return lines_frame(given, name)
    _refuse_unknown([column for row in given for column in row], name, NAMES)
    frame = DECLARED["corrections"].frame([_checked(row, f"{name}, row {i}") for i, row in enumerate(given, start=1)])
    frame.attrs["source"] = name
    return frame


def has_lines(table: pd.DataFrame) -> bool:
    """Tell whether a checked table holds lines about rows, rather than a row an actor."""
    return is_lines(table.columns)


def as_lines(table: pd.DataFrame) -> list[Row]:
    """Return what a checked table of either kind says, as lines."""
    return lines_of(table) if has_lines(table) else list(lines_of_actors(as_rows(table)))


def _is_several(source: Any) -> bool:
    return isinstance(source, list | tuple) and any(
        isinstance(each, str | Path | list | tuple) or hasattr(each, "columns") or hasattr(each, "lines")
        for each in source
    )


def _joined(found: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if any(map(has_lines, found)):
        return lines_frame(line for table in found for line in as_lines(table))
    return read_corrections([row for table in found for row in as_rows(table)])


def write_corrections(corrections: Corrections, path: str | Path, *, base: Corrections | None = None) -> Path:
    """Write a table of corrections as a csv that `read_corrections` and spreadsheets read.

    Parameters
    ----------
    corrections : as of `read_corrections`
    path : str or Path
        A file ending in ``.csv``, replaced where it exists.
    base : as of `read_corrections`, optional
        What was read from the file before it was changed. What others have changed in it since, by hand or from
        another process, is then kept too.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        If another has changed the same cell otherwise since ``base`` was read, or what lies there is no table of
        corrections, or a torn one; it then stays as it is.
    FileError
        If the file cannot be written; what was there is whole.

    Warns
    -----
    ToolkitWarning
        Without ``base``, of rows that the file holds and the table does not: they are gone.
    """
    mine, path = read_corrections(corrections), checked_path(path)
    with locked(path):
        there = read_corrections(path) if path.is_file() else None
        if base is None:
            _warn_of_lost(path, mine, there)
        elif there is not None:
            mine = _with_theirs(path, read_corrections(base), mine, there)
        put(mine, path)
    return path


def _with_theirs(path: Path, base: pd.DataFrame, mine: pd.DataFrame, there: pd.DataFrame) -> pd.DataFrame:
    """Return what both have made of a table."""
    if any(map(has_lines, (mine, there))):
        rows, told = merged_lines(*(as_lines(table) for table in (base, mine, there)))
        both = lines_frame(rows, str(path))
    else:
        found = merged(as_rows(base), as_rows(mine), as_rows(there))
        both, told = read_corrections(found.rows), list(map(str, found.conflicts))
    if told:
        raise InputError(f"{path}: changed by another meanwhile: {'; '.join(told)}; read it again, and settle these")
    return both


def checked_path(path: str | Path) -> Path:
    """Return the path of a file that corrections can be kept in."""
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise InputError(f"{path}: corrections are kept as csv; give a file such as {path.with_suffix('.csv').name}")
    return path


def actors_in(table: pd.DataFrame) -> pd.DataFrame:
    """Return what a checked table of either kind says of actors, as a table of actors."""
    if not has_lines(table):
        return table
    about = (line for line in lines_of(table) if line["frame"] == "actors" and line["verdict"] != "wrong")
    return read_corrections([row for row in actors_of_lines(about) if len(row) > 1])


def with_actors(table: pd.DataFrame | None, actors: pd.DataFrame) -> pd.DataFrame:
    """Return a table that says of actors what a table of actors says; of a table of lines all others stay.

    So do those that reject an actor, which no table of actors can say.
    """
    if table is None or not has_lines(table):
        return actors
    had, new = lines_of(table), list(lines_of_actors(as_rows(actors)))
    said = [_said(line) for line in new]
    kept = [line for line in had if line["frame"] != "actors" or is_rejection(line) or _said(line) in said]
    known = [_said(line) for line in kept]
    return lines_frame([*kept, *(line for line, each in zip(new, said, strict=True) if each not in known)])


def _said(line: Row) -> Row:
    """Return what a line says of an actor, whoever found what when."""
    return {name: line[name] for name in ("frame", "words", "column", "given", "verdict")}


def put(table: pd.DataFrame, path: Path) -> None:
    """Write a checked table in the place of what lies there; for reading and writing as one act, lock the path."""
    write_text(path, as_csv(table))


def as_csv(table: pd.DataFrame) -> str:
    """Return a checked table as the text of its file."""
    if has_lines(table):
        return csv_of(LINE, lines_of(table))
    return csv_of(NAMES, [row | {"aliases": list_text(row.get("aliases", []))} for row in as_rows(table)])


def _warn_of_lost(path: Path, mine: pd.DataFrame, there: pd.DataFrame | None) -> None:
    if there is None:
        return
    as_told = has_lines(mine) or has_lines(there)
    kept, had = (_about(table, as_told=as_told) for table in (mine, there))
    if lost := [each for each in dict.fromkeys(had) if each not in set(kept)]:
        told = ", ".join(lost[:5]) + (", …" if len(lost) > 5 else "")
        noun = "line" if as_told else "actor"
        warnings.warn(f"{path}: held {count_of(len(lost), noun)} more, not kept: {told}; to keep what others wrote, "
                      "give base=, the table as it was read", ToolkitWarning, stacklevel=4)  # fmt: skip


def _about(table: pd.DataFrame, *, as_told: bool) -> list[str]:
    return [line_text(line) for line in as_lines(table)] if as_told else [repr(name) for name in table["actor"]]


def as_code(corrections: Corrections) -> str:
    """Return corrections as Python that makes them: a list of dicts, without what is empty."""
    lines = [f"    {row!r}," for row in as_rows(read_corrections(corrections))]
    return "\n".join(["[", *lines, "]"]) if lines else "[]"


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a checked table as dicts, without what is empty."""
    return [
        {str(name): value for name, value in row.items() if not is_missing(value) and value != []}
        for row in frame[list(LINE if has_lines(frame) else NAMES)].to_dict("records")
    ]


def _given(source: Any) -> tuple[str, list[str], list[Row]]:
    """Return what to call a source, its columns, and its rows."""
    import pandas as pd

    if source is None:
        return "corrections", list(NAMES), []
    if isinstance(source, str | Path):
        return str(source), *_rows_of_file(Path(source))
    if not isinstance(source, pd.DataFrame):
        source = getattr(source, "lines", source)
    if isinstance(source, pd.DataFrame):
        columns = [str(column) for column in source.columns]
        if not is_lines(columns):
            _require_actor(columns, "corrections")
        rows = source.astype(object).to_dict("records")
        named = [{str(column): value for column, value in row.items()} for row in rows]
        return str(source.attrs.get("source", "corrections")), columns, named
    try:
        given: list[Row] = [dict(row) for row in source]
    except (TypeError, ValueError):
        raise InputError(
            f"corrections: found {type(source).__name__}; give a csv file, a DataFrame or a list of dicts such as "
            "{'actor': 'Trump', 'name': 'Donald Trump'}"
        ) from None
    return "corrections", [str(column) for row in given for column in row], given


def _rows_of_file(path: Path) -> tuple[list[str], list[Row]]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such file; a csv of corrections has the columns {', '.join(LINE)}, or of actors "
            f"{', '.join(NAMES)}"
        ) from None
    except OSError as fault:
        raise InputError(f"{path}: cannot be opened ({fault.strerror}); give a csv of corrections") from None
    if path.suffix.lower() in _ELSEWHERE:
        return list(LINE), _ELSEWHERE[path.suffix.lower()](path, content)
    columns, rows = rows_of_csv(path, content)
    if is_lines(columns):
        _refuse_unknown(columns, str(path), LINE)
    else:
        _require_actor(columns, str(path))
        _refuse_unknown(columns, str(path), NAMES)
    return columns, list(rows)


def _require_actor(columns: Any, name: str) -> None:
    if "actor" not in columns:
        raise InputError(
            f"{name}: no column actor; it has {', '.join(map(str, columns)) or 'no columns'}; accepted are "
            f"{', '.join(NAMES)}"
        )


def _refuse_unknown(columns: Sequence[Any], name: str, accepted: Sequence[str]) -> None:
    if unknown := dict.fromkeys(str(column) for column in columns if column not in accepted):
        told = ", ".join(column or "without a name" for column in unknown)
        raise InputError(f"{name}: unknown column {told}; accepted are {', '.join(accepted)}")


def _checked(row: Row, where: str) -> Row:
    actor = one_line(row.get("actor"))
    if not actor:
        raise InputError(f"{where}: no actor; name the actor that the row is about")
    values: Row = {name: one_line(row.get(name)) or None for name in FIELDS}
    if values["kind"] is not None and values["kind"] not in KINDS:
        raise InputError(f"{where}: kind {values['kind']!r} of {actor!r}; accepted are {', '.join(KINDS)}")
    colour = values["colour"] and _colour(values["colour"], f"{where}: colour of {actor!r}")
    forms = _forms(row.get("aliases"), where)
    for text in (actor, *values.values(), *forms):
        if text and text.encode("utf-8", "replace").decode() != text:
            shown = ellipsis(ascii(text), 80)
            raise InputError(f"{where}: {shown} holds half of a surrogate pair, which no file can; take it out")
    return {"actor": actor, **values, "colour": colour, "aliases": forms}


def _colour(text: str, where: str) -> str:
    if HEX_COLOUR.fullmatch(text):
        return text.lower()
    from matplotlib.colors import to_hex

    try:
        return to_hex(text)
    except ValueError:
        raise InputError(f"{where} is {text!r}; give #rrggbb or the name of a colour, such as teal") from None


def _forms(value: Any, where: str) -> list[str]:
    if isinstance(value, str):
        value = _from_json(value, where) if value.lstrip().startswith("[") else value.split(";")
    if is_missing(value):
        return []
    if not isinstance(value, list | tuple) and not hasattr(value, "tolist"):
        raise InputError(f"{where}: aliases {value!r}; give a list of forms, or a text with semicolons between them")
    if any(isinstance(each, list | tuple | dict) for each in value):
        raise InputError(f"{where}: aliases are lists within lists; give a list of forms")
    return list(dict.fromkeys(form for each in value if (form := one_line(each))))


def _from_json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(
            f"{where}: aliases {ellipsis(text, 60)!r} is no list; divide the forms by semicolons"
        ) from None
