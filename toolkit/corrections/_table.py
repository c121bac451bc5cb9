"""The table of corrections: read, checked, written, and put as code."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from toolkit import tables
from toolkit.display import HEX_COLOUR, is_missing, one_line
from toolkit.errors import InputError
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

NAMES = tuple(column.name for column in tables.COLUMNS["corrections"])
KINDS = get_args(ActorKind)

# What `toolkit.export.guard` puts before text that a spreadsheet would run as a formula.
_GUARDED = re.compile(r"^'('*[=+\-@\t\r\n＝＋－＠])")


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
    unknown = dict.fromkeys(str(column) for row in given for column in row if column not in NAMES)
    if unknown:
        raise InputError(f"{name}: unknown column {', '.join(unknown)}; accepted are {', '.join(NAMES)}")
    frame = tables.frame("corrections", [_checked(row, f"{name}, row {i}") for i, row in enumerate(given, start=1)])
    frame.attrs["source"] = name
    return frame


def write_corrections(corrections: Corrections, path: str | Path) -> Path:
    """Write a table of corrections as a csv that `read_corrections` and spreadsheets read.

    Parameters
    ----------
    corrections : as of `read_corrections`
    path : str or Path
        A file ending in ``.csv``; replaced where it exists.
    """
    from toolkit.export import write_frame

    frame = read_corrections(corrections)
    path = Path(path)
    if path.suffix.lower() != ".csv":
        raise InputError(f"{path}: corrections are kept as csv; give a file such as {path.with_suffix('.csv').name}")
    return write_frame(frame.assign(aliases=[_cell(forms) for forms in frame["aliases"]]), path)


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
    import pandas as pd

    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", skipinitialspace=True)
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such file; a csv of corrections has a column actor and any of {', '.join(NAMES[1:])}"
        ) from None
    except pd.errors.EmptyDataError:
        return []
    except (ValueError, OSError) as fault:
        raise InputError(f"{path}: not a csv in UTF-8 ({one_line(fault)}); save it as CSV UTF-8") from None
    _require_actor(frame.columns, str(path))
    return [
        {str(name): _GUARDED.sub(r"\1", value) for name, value in row.items() if isinstance(value, str)}
        for row in frame.to_dict("records")
    ]


def _require_actor(columns: Any, name: str) -> None:
    if "actor" not in columns:
        raise InputError(
            f"{name}: no column actor; it has {', '.join(map(str, columns)) or 'no columns'}; accepted are "
            f"{', '.join(NAMES)}"
        )


def _checked(row: Row, where: str) -> Row:
    actor = one_line(row.get("actor"))
    if not actor:
        raise InputError(f"{where}: no actor; name the actor that the row is about")
    values: Row = {name: one_line(row.get(name)) or None for name in FIELDS}
    if values["kind"] is not None and values["kind"] not in KINDS:
        raise InputError(f"{where}: kind {values['kind']!r} of {actor!r}; accepted are {', '.join(KINDS)}")
    colour = values["colour"] and _colour(values["colour"], f"{where}: colour of {actor!r}")
    return {"actor": actor, **values, "colour": colour, "aliases": _forms(row.get("aliases"), where)}


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
    return list(dict.fromkeys(form for each in value if (form := one_line(each))))


def _from_json(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise InputError(f"{where}: aliases {text!r} is no list; divide the forms by semicolons") from None


def _cell(forms: Sequence[str]) -> str:
    plain = not any(";" in form or form.startswith("[") for form in forms)
    return "; ".join(forms) if plain else json.dumps(list(forms), ensure_ascii=False)
