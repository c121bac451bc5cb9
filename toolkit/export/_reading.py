"""Read back what `write_frame` wrote: the columns and dtypes that a frame is declared to have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.display import is_missing
from toolkit.errors import InputError
from toolkit.frames import restored, unguarded

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from toolkit.frames import Column, FrameSpec


def read_frame(path: str | Path, spec: FrameSpec) -> pd.DataFrame:
    """Return a frame from a file that `write_frame` wrote, equal in values and dtypes.

    Parameters
    ----------
    path : str or Path
        A file ending in ``.csv``, ``.jsonl`` or ``.parquet``.
    spec : FrameSpec
        What the frame is declared to be: one of ``toolkit.frames.DECLARED``, or what `toolkit.frame` returned.

    Raises
    ------
    InputError
        When the ending is another, or the file lacks a column or holds what the column cannot.

    Notes
    -----
    A csv does not tell an empty text from none: both are read as None.
    """
    path = Path(path)
    read = _READERS.get(path.suffix.removeprefix(".").lower())
    if read is None:
        accepted = ", ".join(f".{name}" for name in _READERS)
        raise InputError(f"{path}: no way to read {path.suffix or 'a name without ending'}; accepted: {accepted}")
    found = read(path)
    if missing := [name for name in spec.names if name not in found]:
        raise InputError(f"{path}: no column {', '.join(missing)}; the file has {', '.join(found) or 'none'}")
    columns = {column.name: [_value(cell, column) for cell in found[column.name]] for column in spec.columns}
    count = len(columns[spec.columns[0].name])
    try:
        return spec.frame({name: cells[row] for name, cells in columns.items()} for row in range(count))
    except (TypeError, ValueError) as fault:
        raise InputError(f"{path}: not a frame of {spec.name} ({fault}); write it anew with write_frame") from fault


def _csv_columns(path: Path) -> dict[str, list[Any]]:
    import pandas as pd

    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False)
    return {str(name): [unguarded(cell) or None for cell in frame[name]] for name in frame}


def _jsonl_columns(path: Path) -> dict[str, list[Any]]:
    # Only a line feed ends a line: texts hold other separators.
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [json.loads(line) for line in lines if line]
    return {name: [row[name] for row in found] for name in (found[0] if found else {})}


def _parquet_columns(path: Path) -> dict[str, list[Any]]:
    import pandas as pd

    frame = pd.read_parquet(path, engine="pyarrow")
    return {str(name): [None if is_missing(cell) else cell for cell in frame[name]] for name in frame}


_READERS: dict[str, Callable[[Path], dict[str, list[Any]]]] = {
    "csv": _csv_columns,
    "jsonl": _jsonl_columns,
    "parquet": _parquet_columns,
}

_FLAGS = {"True": True, "False": False}


def _value(cell: Any, column: Column) -> Any:
    """Return a cell as the column holds it, from itself or from text."""
    if cell is None:
        return None
    if column.dtype == "object":
        nested = column.holds is not str
        return restored(json.loads(cell) if isinstance(cell, str) and nested else cell, column.holds)
    if column.dtype in {"bool", "boolean"}:
        return _FLAGS.get(cell, cell) if isinstance(cell, str) else cell
    if column.dtype == "float64":
        return float(cell)
    return int(cell) if column.dtype in {"int64", "Int64"} else cell
