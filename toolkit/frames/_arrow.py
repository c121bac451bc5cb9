"""Frames as Arrow tables and back, equal in values and dtypes: types follow from the declaration.

Dicts are lists of ``key`` and ``value``, places structs of ``article_id``, ``start`` and ``end``, days ``date32``, so
that any program that reads Parquet reads them.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypedDict

from toolkit.display import is_missing, require
from toolkit.errors import InputError
from toolkit.frames._columns import Column, FrameSpec, Role, SpanGroup
from toolkit.frames._types import check, fields_of, key_and_value, member, plain
from toolkit.records import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    import pyarrow as pa


_BY_DTYPE = {
    "int64": int, "Int64": int, "float64": float, "bool": bool, "boolean": bool, "datetime64[s]": dt.date,
}  # fmt: skip

_FULL = {"int64", "bool"}
"""Dtypes that know no missing value."""

NAME = b"toolkit.frame"
"""Key of a schema's metadata: the name of the frame."""
DECLARATION = b"toolkit.declaration"
"""Key of a schema's metadata: what the types do not tell of a frame, as JSON, so that a further one reads itself."""


def arrow_schema(spec: FrameSpec) -> pa.Schema:
    """Return the Arrow schema of a frame.

    Raises
    ------
    InputError
        If pyarrow is missing, or a column holds what Arrow has no type for.
    """
    pa = _pyarrow()
    for column in spec.columns:
        check(_held(column), f"the {spec.name} frame, column {column.name}")
    told = {NAME: spec.name, DECLARATION: json.dumps(_told(spec))}
    return pa.schema([pa.field(column.name, _type(_held(column))) for column in spec.columns], told)


def spec_in(schema: pa.Schema) -> FrameSpec:
    """Return the declaration of a frame from its schema: the toolkit's own by name, a further one as it was written.

    Raises
    ------
    InputError
        If the schema is none of a frame.
    """
    from toolkit.frames.declared import DECLARED

    told = schema.metadata or {}
    if NAME not in told or DECLARATION not in told:
        raise InputError("this table does not say which frame it is; write frames with the toolkit's own functions")
    name = told[NAME].decode()
    if name in DECLARED:
        return DECLARED[name]
    spec = json.loads(told[DECLARATION])
    columns = [
        Column(
            **{**column, "role": Role(column["role"]), "accepts": tuple(column.get("accepts", ()))},
            holds=_held_by(schema.field(column["name"]).type),
        )
        for column in spec["columns"]
    ]
    groups = tuple(SpanGroup(**group) for group in spec["groups"])
    return FrameSpec(
        name, tuple(columns), tuple(spec["key"]), tuple(spec["brief"]), spec["noun"], groups=groups, evidence=True
    )


def _told(spec: FrameSpec) -> dict[str, Any]:
    names = ("name", "dtype", "meaning", "role", "of", "editable", "accepts", "optional")
    return {
        "columns": [{name: getattr(column, name) for name in names} for column in spec.columns],
        "key": spec.key,
        "brief": spec.brief,
        "noun": spec.noun,
        "groups": [asdict(group) for group in spec.groups],
    }


def _dict_of(fields: dict[str, Any]) -> Any:
    make: Any = TypedDict
    return make("Cell", fields)


def _held_by(kind: pa.DataType) -> Any:
    """Return the type of what a cell holds, from the type that Arrow has for it."""
    import pyarrow.types as at

    simple = ((at.is_string, str), (at.is_boolean, bool), (at.is_integer, int), (at.is_floating, float),
              (at.is_date, dt.date))  # fmt: skip
    for is_kind, held in simple:
        if is_kind(kind):
            return held
    if at.is_list(kind):
        inner = kind.value_type
        if at.is_struct(inner) and [field.name for field in inner] == ["key", "value"]:
            return dict[_held_by(inner.field("key").type), _held_by(inner.field("value").type)]  # type: ignore[misc]
        return list[_held_by(inner)]  # type: ignore[misc]
    if [field.name for field in kind] == ["article_id", "start", "end"]:
        return Place
    # Made by call, since the fields are known only now; it is told apart by its hints alone.
    return _dict_of({field.name: _held_by(field.type) for field in kind})


def to_arrow(frame: pd.DataFrame, spec: FrameSpec) -> pa.Table:
    """Return a frame as a table with the schema of its declaration; its index is left behind.

    Raises
    ------
    InputError
        If the frame lacks a column, or has one that is not declared and so has no type.
    """
    pa = _pyarrow()
    require(frame, spec.names, spec.name)
    if more := [str(name) for name in frame.columns if name not in spec.names]:
        raise InputError(
            f"the {spec.name} frame has columns that are not declared: {', '.join(more)}; drop them, or declare them"
        )
    schema = arrow_schema(spec)
    columns = [
        pa.array(_packed(frame[column.name], column), type=field.type, from_pandas=True)
        for column, field in zip(spec.columns, schema, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def check_rows(rows: Sequence[Mapping[str, Any]], spec: FrameSpec) -> None:
    """Refuse values that the columns of a frame cannot hold, before a frame is made of them.

    Raises
    ------
    InputError
        Naming the column.
    """
    pa = _pyarrow()
    for column, field in zip(spec.columns, arrow_schema(spec), strict=True):
        values = [row[column.name] for row in rows if column.name in row]
        if column.dtype in _FULL and None in values:
            raise InputError(f"column {column.name} of the {spec.name} frame cannot hold None")
        try:
            packed = [_pack(value, column.holds) for value in values] if column.dtype == "object" else values
            pa.array(packed, type=field.type)
        except (pa.ArrowException, TypeError, ValueError, AttributeError) as fault:
            raise InputError(f"column {column.name} of the {spec.name} frame cannot hold this: {fault}") from fault


def from_arrow(table: pa.Table, spec: FrameSpec) -> pd.DataFrame:
    """Return the frame that a table holds, with the dtypes of its declaration and plain lists and dicts.

    Raises
    ------
    InputError
        If the table lacks a column.
    """
    import pandas as pd

    from toolkit.frames._shown import shown_as

    missing = [name for name in spec.names if name not in table.column_names]
    if missing:
        raise InputError(
            f"the table of {spec.name} lacks {', '.join(missing)}; it has {', '.join(table.column_names)}; "
            "it may have been written by another version"
        )
    columns = {
        column.name: pd.Series(_unpacked(table[column.name].to_pylist(), column), dtype=column.dtype)
        for column in spec.columns
    }
    return shown_as(pd.DataFrame(columns), spec)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError as fault:
        raise InputError("tables of Arrow and Parquet need pyarrow, which is missing; pip install pyarrow") from fault
    return pa


def _held(column: Column) -> Any:
    return _BY_DTYPE.get(column.dtype, column.holds)


def _packed(values: pd.Series[Any], column: Column) -> Any:
    if column.dtype != "object" or plain(column.holds) is str:
        return values.array
    return [None if is_missing(value) else _pack(value, column.holds) for value in values]


def _unpacked(values: list[Any], column: Column) -> list[Any]:
    if column.dtype != "object" or column.holds is str:
        return values
    return [_unpack(value, column.holds) for value in values]


def _type(holds: Any) -> pa.DataType:
    """Return the Arrow type of what a cell holds."""
    import pyarrow as pa

    holds = plain(holds)
    simple = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32()}
    if holds in simple:
        return simple[holds]
    if holds == Place:
        return pa.struct([("article_id", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    if fields := fields_of(holds):
        return pa.struct([(name, _type(each)) for name, each in fields.items()])
    if pair := key_and_value(holds):
        return pa.list_(pa.struct([("key", _type(pair[0])), ("value", _type(pair[1]))]))
    return pa.list_(_type(member(holds)))


def _pack(value: Any, holds: Any) -> Any:
    """Return a cell as Arrow takes it."""
    holds = plain(holds)
    if value is None:
        return None
    if holds == Place:
        return dict(zip(("article_id", "start", "end"), value, strict=True))
    if fields := fields_of(holds):
        return {name: _pack(value.get(name), each) for name, each in fields.items()}
    if pair := key_and_value(holds):
        return [{"key": _pack(one, pair[0]), "value": _pack(other, pair[1])} for one, other in value.items()]
    if held := member(holds):
        return [_pack(each, held) for each in value]
    return value


def _unpack(value: Any, holds: Any) -> Any:
    """Return a cell from what Arrow gives."""
    holds = plain(holds)
    if value is None:
        return None
    if holds == Place:
        return list(value.values())
    if fields := fields_of(holds):
        return {name: _unpack(value[name], each) for name, each in fields.items()}
    if pair := key_and_value(holds):
        return {_unpack(each["key"], pair[0]): _unpack(each["value"], pair[1]) for each in value}
    if held := member(holds):
        return [_unpack(each, held) for each in value]
    return value
