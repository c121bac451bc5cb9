"""What a row is known by: the same on each run, whatever else is read beside it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from toolkit.display import is_missing
from toolkit.frames._columns import Role

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.frames._columns import FrameSpec

DIGITS = 12
_ENCODER = json.JSONEncoder(default=str)


def with_keys(frame: pd.DataFrame, spec: FrameSpec) -> pd.DataFrame:
    """Return a frame in which each row has a key; rows that have one keep it.

    A key hashes the frame's name and the columns declared to tell a row. Rows that agree in all of them are told
    apart by a running number, in the order of the frame, which within an article is that of its text.
    """
    import pandas as pd

    column = spec.the(Role.KEY)
    if column is None or not {column, *spec.key} <= set(frame.columns) or not frame[column].isna().any():
        return frame
    taken = set(frame[column].dropna())
    keys = []
    parts = [_first(frame[name], spec.column(name).role) for name in spec.key]
    for known, told in zip(frame[column], zip(*parts, strict=True), strict=True):
        keys.append(_free(_digest(spec.name, told), taken) if is_missing(known) else known)
        taken.add(keys[-1])
    # In place of a copy: the frame was made for this.
    frame[column] = pd.Series(keys, index=frame.index, dtype=object)
    return frame


def _first(values: pd.Series[Any], role: Role) -> list[Any]:
    """Return cells, of places just the first: more of them are found as more articles are read."""
    cells = values.tolist()
    return [places[:1] if places else None for places in cells] if role is Role.PLACES else cells


def _digest(name: str, told: tuple[Any, ...]) -> str:
    plain = [None if is_missing(value) else value for value in told]
    return hashlib.sha256(_ENCODER.encode([name, *plain]).encode()).hexdigest()[:DIGITS]


def _free(key: str, taken: set[str]) -> str:
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free
