"""From records to frames: generic by the names of attributes and the roles of columns."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any, get_origin

from toolkit.frames._columns import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from toolkit.frames._columns import Column, FrameSpec
    from toolkit.records import Span

MACHINE = "machine"


def built(spec: FrameSpec, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame with exactly the columns and dtypes declared; rows without an origin are the machine's."""
    import pandas as pd

    from toolkit.frames._keys import with_keys
    from toolkit.frames._shown import shown_as

    kept = list(rows)
    # One index for all: pandas aligns columns that each have their own, which costs more than to fill them.
    index = pd.RangeIndex(len(kept))
    columns = {
        column.name: pd.Series([_cell(row, column) for row in kept], index=index, dtype=column.dtype)
        for column in spec.columns
    }
    return with_keys(shown_as(pd.DataFrame(columns, index=index), spec), spec)


def _cell(row: Mapping[str, Any], column: Column) -> Any:
    if column.name not in row and column.role in _GIVEN:
        return _GIVEN[column.role]
    return row[column.name]


_ABSENT = object()
_SIMPLE = (str, int, float)
_GIVEN = {Role.ORIGIN: MACHINE, Role.KEY: None, Role.NEGOTIATION: None}


def row_of(spec: FrameSpec, record: Any) -> dict[str, Any]:
    """Return a record's values by column name: its attributes, its spans cut into start and end, tuples as lists."""
    row = dict(spec.row(record)) if spec.row else {}
    for rule in spec.follows:
        if not hasattr(record, rule.column):
            row[rule.column] = rule.value(*(getattr(record, name) for name in rule.of))
    for column in spec.columns:
        if column.name not in row and (column.role not in _GIVEN or hasattr(record, column.name)):
            row[column.name] = _value(record, column)
    return row


def _value(record: Any, column: Column) -> Any:
    value: Any = getattr(record, column.name, _ABSENT)
    if value is None or isinstance(value, _SIMPLE):
        return value
    if value is _ABSENT and column.role in {Role.START, Role.END}:
        span = _span(record, column.of)
        return span and span[column.role is Role.END]
    if value is _ABSENT:
        raise AttributeError(f"{type(record).__name__} gives no {column.name}")
    return dict(value) if get_origin(column.holds) is dict else _plain(value)


def _span(record: Any, of: str) -> Span | None:
    """Return a span of a record; its own, where it is in pieces, from the first to the last."""
    if of:
        found: Span | None = getattr(record, f"{of}_span")
        return found
    return record.spans[0][0], record.spans[-1][1]


def _plain(value: Any) -> Any:
    """Return a value as a cell holds it, with lists for tuples and dicts for records."""
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value
