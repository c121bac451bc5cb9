"""The table of corrections: read, checked, written, and put as code."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from toolkit.corrections._file import csv_of, rows_of_csv
from toolkit.corrections._merging import merged
from toolkit.display import HEX_COLOUR, count_of, ellipsis, is_missing, one_line
from toolkit.errors import InputError, ToolkitWarning
from toolkit.files import locked, write_text
from toolkit.frames import DECLARED
from toolkit.records import ActorKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row

    Corrections = str | Path | pd.DataFrame | Sequence[Mapping[str, Any]]
else:
    Corrections = object

FIELDS = ("name", "kind", "side", "role", "colour")
"""Columns of one value; what they give replaces what was found."""

NONE = "(none)"
"""A side or a role that is to be taken away."""

NAMES = DECLARED["corrections"].names
KINDS = get_args(ActorKind)


def read_corrections(source: Corrections | None) -> pd.DataFrame:
    """Return a table of corrections, checked.

    Parameters
    ----------
    source : str, Path, pandas.DataFrame, sequence of mappings or None
        A csv file with a header, a frame, or rows as dicts. Only the column ``actor`` must be there; empty cells say
        nothing. None gives a table without rows.

    Returns
    -------
    pandas.DataFrame
        The columns of ``corrections`` in :data:`toolkit.frames.DECLARED`; ``aliases`` are lists, colours ``#rrggbb``.

    Raises
    ------
    InputError
        Naming the row, what was found in it, and what is accepted.
    """
    name, given = _given(source)
    _refuse_unknown([column for row in given for column in row], name)
    frame = DECLARED["corrections"].frame([_checked(row, f"{name}, row {i}") for i, row in enumerate(given, start=1)])
    frame.attrs["source"] = name
    return frame


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
        theirs = rows_in(path)
        if base is None:
            _warn_of_lost(path, mine, theirs or [])
        elif theirs is not None:
            both = merged(as_rows(read_corrections(base)), as_rows(mine), theirs)
            if both.conflicts:
                told = "; ".join(map(str, both.conflicts))
                raise InputError(f"{path}: changed by another meanwhile: {told}; read it again, and settle these")
            mine = read_corrections(both.rows)
        put(mine, path)
    return path


def checked_path(path: str | Path) -> Path:
    """Return the path of a file that corrections can be kept in."""
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise InputError(f"{path}: corrections are kept as csv; give a file such as {path.with_suffix('.csv').name}")
    return path


def rows_in(path: Path) -> list[Row] | None:
    """Return the rows of a file of corrections without what is empty, None where there is no file."""
    return as_rows(read_corrections(path)) if path.is_file() else None


def put(table: pd.DataFrame, path: Path) -> None:
    """Write a checked table in the place of what lies there; for reading and writing as one act, lock the path."""
    rows = [row | {"aliases": _cell(row.get("aliases", []))} for row in as_rows(table)]
    write_text(path, csv_of(NAMES, rows))


def _warn_of_lost(path: Path, mine: pd.DataFrame, theirs: Sequence[Row]) -> None:
    kept = set(mine["actor"])
    if lost := list(dict.fromkeys(row["actor"] for row in theirs if row["actor"] not in kept)):
        told = ", ".join(map(repr, lost[:5])) + (", …" if len(lost) > 5 else "")
        warnings.warn(f"{path}: held {count_of(len(lost), 'actor')} more, not kept: {told}; to keep what others wrote, "
                      "give base=, the table as it was read", ToolkitWarning, stacklevel=3)  # fmt: skip


def as_code(corrections: Corrections) -> str:
    """Return a table of corrections as Python that makes it: a list of dicts, without what is empty."""
    lines = [f"    {row!r}," for row in as_rows(read_corrections(corrections))]
    return "\n".join(["[", *lines, "]"]) if lines else "[]"


def as_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a checked table as dicts, without what is empty."""
    return [
        {str(name): value for name, value in row.items() if not is_missing(value) and value != []}
        for row in frame[list(NAMES)].to_dict("records")
    ]


def _given(source: Any) -> tuple[str, list[Row]]:
    """Return what to call a source, and its rows."""
    import pandas as pd

    if source is None:
        return "corrections", []
    if isinstance(source, str | Path):
        return str(source), _rows_of_file(Path(source))
    if isinstance(source, pd.DataFrame):
        _require_actor(source.columns, "corrections")
        rows = source.astype(object).to_dict("records")
        named = [{str(column): value for column, value in row.items()} for row in rows]
        return str(source.attrs.get("source", "corrections")), named
    try:
        return "corrections", [dict(row) for row in source]
    except (TypeError, ValueError):
        raise InputError(
            f"corrections: found {type(source).__name__}; give a csv file, a DataFrame or a list of dicts such as "
            "{'actor': 'Trump', 'name': 'Donald Trump'}"
        ) from None


def _rows_of_file(path: Path) -> list[Row]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such file; a csv of corrections has a column actor and any of {', '.join(NAMES[1:])}"
        ) from None
    except OSError as fault:
        raise InputError(f"{path}: cannot be opened ({fault.strerror}); give a csv of corrections") from None
    columns, rows = rows_of_csv(path, content)
    _require_actor(columns, str(path))
    _refuse_unknown(columns, str(path))
    return list(rows)


def _require_actor(columns: Any, name: str) -> None:
    if "actor" not in columns:
        raise InputError(
            f"{name}: no column actor; it has {', '.join(map(str, columns)) or 'no columns'}; accepted are "
            f"{', '.join(NAMES)}"
        )


def _refuse_unknown(columns: Sequence[Any], name: str) -> None:
    if unknown := dict.fromkeys(str(column) for column in columns if column not in NAMES):
        told = ", ".join(column or "without a name" for column in unknown)
        raise InputError(f"{name}: unknown column {told}; accepted are {', '.join(NAMES)}")


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


def _cell(forms: Sequence[str]) -> str:
    plain = not any(";" in form or form.startswith("[") for form in forms)
    return "; ".join(forms) if plain else json.dumps(list(forms), ensure_ascii=False)
