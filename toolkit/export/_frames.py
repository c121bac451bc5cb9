"""Write a frame to a file: csv for spreadsheets, jsonl and parquet for programs.

=========  ============================================================================================
``csv``    UTF-8 with a byte-order mark, so that spreadsheets read accents and quotation marks rightly.
           Nested columns (lists, dicts) are JSON text. Dates are ISO 8601. Missing values are empty.
           Text that a spreadsheet would run as a formula gets one apostrophe in front, names of columns too; see
           `toolkit.frames.guard`. Rows of a coverage begin with outlet, day and title of their article.
``jsonl``  One JSON object a line, UTF-8, nested values as they are, dates ISO 8601, missing values null.
``parquet``  Column types kept; nested columns are JSON text, so that a column has one type in every file.
           Needs pyarrow.
=========  ============================================================================================
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.display import rows
from toolkit.errors import InputError
from toolkit.export._placing import BESIDE, beside, has_articles
from toolkit.files import replacing
from toolkit.frames import guard, spec_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    import pandas as pd


def write_frame(frame: pd.DataFrame, path: str | Path) -> Path:
    """Write a frame in the format that the name of the file ends in.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame; its index is not written.
    path : str or Path
        A file ending in ``.csv``, ``.jsonl`` or ``.parquet``; replaced where it exists.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    InputError
        When the ending is another, or parquet is asked for without pyarrow.
    FileError
        When the file cannot be written; what was there is whole.
    """
    path = Path(path)
    if _ending(path) not in WRITERS:
        accepted = ", ".join(f".{name}" for name in WRITERS)
        raise InputError(f"{path}: no way to write {path.suffix or 'a name without ending'}; accepted: {accepted}")
    check_library(path, LIBRARIES.get(_ending(path), ""))
    with replacing(path) as made:
        WRITERS[_ending(path)](frame, made)
    return path


def check_library(path: Path, library: str) -> None:
    """Raise InputError where a format needs a library that is not there."""
    if library and find_spec(library) is None:
        raise InputError(f"{path}: this format needs {library}, which is missing; pip install {library}")


def _ending(path: Path) -> str:
    return path.suffix.removeprefix(".").lower()


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

    frame = _standing_alone(frame)
    texts = [
        name
        for name, column in frame.items()
        if not (is_numeric_dtype(column.dtype) or is_datetime64_any_dtype(column.dtype))
    ]
    flat = _replace(frame, texts, _cell)
    # Before Python 3.13 a carriage return is no reason to quote a cell, and would end the row.
    returns = any(isinstance(cell, str) and "\r" in cell for name in texts for cell in flat[name])
    flat.rename(columns=_cell).to_csv(
        path,
        index=False,
        encoding="utf-8-sig",
        lineterminator="\n",
        quoting=csv.QUOTE_NONNUMERIC if returns else csv.QUOTE_MINIMAL,
    )


def _standing_alone(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of a coverage with outlet, day and title of each row's article before its own columns."""
    import pandas as pd

    spec, context = spec_of(frame), getattr(frame, "frame_context_", None)
    if spec is None or not context or not has_articles(spec):
        return frame
    found = [beside(row, spec, context) for row in rows(frame)]
    names = [name for name in BESIDE if name not in frame.columns]
    more = {name: pd.Series([row[name] for row in found], index=frame.index, dtype=object) for name in names}
    return pd.DataFrame({**more, **frame})


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    flat = _replace(frame, [name for name, column in frame.items() if column.dtype == object], _flat)
    for name, column in flat.items():
        if column.dtype == object and all(isinstance(value, str) for value in column.dropna()):
            # A column without a single value would otherwise have no type.
            flat[name] = column.astype("string")
    flat.to_parquet(path, engine="pyarrow", index=False)


def _write_jsonl(frame: pd.DataFrame, path: Path) -> None:
    import pandas as pd

    columns = {str(name): _days(column).astype(object) for name, column in frame.items()}
    rows = pd.DataFrame(columns, index=frame.index).to_dict(orient="records")
    lines = [json.dumps(_plain(row), ensure_ascii=False, allow_nan=False) for row in rows]
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}

LIBRARIES = {"parquet": "pyarrow"}


def _replace(frame: pd.DataFrame, names: Iterable[Hashable], change: Callable[[Any], Any]) -> pd.DataFrame:
    """Return a copy with ``change`` applied to each value of the columns named."""
    import pandas as pd

    result = frame.copy()
    for name in names:
        values = [change(value) for value in frame[name]]
        result[name] = pd.Series(values, index=frame.index, dtype=object)
    return result


def _cell(value: Any) -> Any:
    flat = _flat(value)
    return guard(flat) if isinstance(flat, str) else flat


def _flat(value: Any) -> Any:
    nested = isinstance(value, (list, tuple, dict, set, frozenset)) or hasattr(value, "tolist")
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False) if nested else value


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; missing values of any kind are None."""
    import pandas as pd

    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(item) for item in value), key=str)
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if pd.isna(value):
        return None
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def _days(column: pd.Series[Any]) -> pd.Series[Any]:
    """Turn a column of timestamps that are all midnight into dates; leave any other as it is."""
    from pandas.api.types import is_datetime64_any_dtype

    if not is_datetime64_any_dtype(column.dtype):
        return column
    present = column.dropna()
    days: pd.Series[Any] = column.dt.date
    return days if bool((present == present.dt.normalize()).all()) else column
