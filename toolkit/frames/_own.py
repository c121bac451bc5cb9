"""Declaring a frame of one's own from a dataclass: columns from its annotations, roles from their names."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass, replace
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from toolkit.errors import InputError
from toolkit.frames._columns import Column, FrameSpec, Role, SpanGroup
from toolkit.frames._texts import is_readable
from toolkit.frames._types import check, member, plain, present
from toolkit.frames.declared import DECLARED
from toolkit.frames.declared._shared import KEY, ORIGIN
from toolkit.records import Place, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_DTYPES = {int: ("int64", "Int64"), float: ("float64", "float64"), bool: ("bool", "boolean"),
           dt.date: ("datetime64[s]", "datetime64[s]")}  # fmt: skip
_BY_NAME = {"article_id": Role.ARTICLE, "start": Role.START, "end": Role.END, "text": Role.WORDS,
            "score": Role.SCORE, "probability": Role.SCORE}  # fmt: skip
_BY_TYPE = {int: Role.NUMBER, float: Role.NUMBER, dt.date: Role.DAY}
_BEHIND = {Role.ARTICLE, Role.ID, Role.START, Role.END, Role.SPANS, Role.PLACE, Role.PLACES, Role.REF, Role.KEY,
           Role.ORIGIN}  # fmt: skip
"""What a reader has no use for."""

_IDS = {"quotation_id": "quotations", "round_id": "rounds"}


def frame(
    name: str,
    record: type,
    *,
    columns: Mapping[str, str | Column] | None = None,
    key: Sequence[str] | None = None,
    brief: Sequence[str] | None = None,
    noun: str | None = None,
) -> FrameSpec:
    """Declare a frame of your own: what it holds, so that everything here can show, move, correct and keep it.

    Parameters
    ----------
    name : str
        What it is called in a coverage, ``coverage["amounts"]``, and as a file.
    record : type
        A dataclass; each field is a column, a field such as ``payer_span`` two, ``payer_start`` and ``payer_end``.
        ``article_id``, ``start`` and ``end`` say where a row stands.
    columns : mapping of str to str or Column, optional
        What columns are that their name and type do not tell, by a :class:`Role` such as ``"actor"``, or wholly.
    key : sequence of str, optional
        The columns that tell a row from all others; its article and its own span by default.
    brief : sequence of str, optional
        The columns of a short view; by default all but offsets, ids, keys and origins.
    noun : str, optional
        What one row is, its plural ending in s; the name without its s by default.

    Returns
    -------
    FrameSpec
        ``.of(records)`` makes the frame.

    Raises
    ------
    InputError
        If the record is no dataclass, a type has no column, or a name is not free.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> import toolkit as tk
    >>> @dataclass(frozen=True)
    ... class Amount:
    ...     article_id: str
    ...     start: int
    ...     end: int
    ...     text: str
    ...     payer: str | None
    ...     value: float
    >>> amounts = tk.frame("amounts", Amount, columns={"payer": "actor"})
    >>> amounts.key, amounts.brief, amounts.noun
    (('article_id', 'start', 'end'), ('text', 'payer', 'value'), 'amount')
    """
    if name in DECLARED or not name.isidentifier() or name.startswith("_"):
        raise InputError(f"a frame cannot be called {name!r}; give a word in small letters that no other frame has")
    if not (isinstance(record, type) and is_dataclass(record)):
        raise InputError(f"frame {name}: {record!r} is no dataclass; give the class of the records")
    given = dict(columns or {})
    made = tuple(_with_given(column, given, name) for column in _columns(name, record))
    if given:
        raise InputError(f"frame {name}: no column {', '.join(given)}; it has {', '.join(c.name for c in made)}")
    made += tuple(one for one in (ORIGIN, KEY) if one.name not in {column.name for column in made})
    spec = FrameSpec(name, made, noun=noun or name.removesuffix("s").replace("_", " "), record=record, evidence=True)
    spec = replace(
        spec,
        key=tuple(key if key is not None else _own_place(spec)),
        brief=tuple(brief if brief is not None else (c.name for c in made if c.role not in _BEHIND)),
        groups=(SpanGroup(name, label=spec.the(Role.ACTOR)),) if spec.spans or spec.the(Role.SPANS) else (),
    )
    if unknown := [column for column in (*spec.key, *spec.brief) if column not in spec.names]:
        raise InputError(f"frame {name}: no column {', '.join(unknown)}; it has {', '.join(spec.names)}")
    return spec


_BEHIND = {
    Role.ARTICLE,
    Role.ID,
    Role.START,
    Role.END,
    Role.SPANS,
    Role.PLACE,
    Role.PLACES,
    Role.REF,
    Role.KEY,
    Role.ORIGIN,
}


def _own_place(spec: FrameSpec) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in spec.columns
        if column.role in {Role.ARTICLE, Role.SPANS, Role.PLACES, Role.START, Role.END} and not column.of
    )


def _columns(name: str, record: type) -> Iterator[Column]:
    try:
        hints = get_type_hints(record)
    except NameError as fault:
        raise InputError(
            f"frame {name}: {fault} in the annotations of {record.__name__}; import it outside TYPE_CHECKING"
        ) from None
    for field in fields(record):
        meaning = str(field.metadata.get("meaning", field.name.replace("_", " ")))
        held = present(hints[field.name])
        if held == Span:
            of = field.name.removesuffix("_span")
            maybe = held != hints[field.name]
            for role in (Role.START, Role.END):
                yield Column(f"{of}_{role}", "Int64" if maybe else "int64", f"{role} of {of}", role, of)
        elif field.name == "origin":
            yield ORIGIN
        else:
            yield _column(name, field.name, hints[field.name], meaning)


def _column(frame_name: str, name: str, hint: Any, meaning: str) -> Column:
    check(hint, f"frame {frame_name}, {name}")
    kind = plain(hint)
    dtype = _DTYPES[kind][NoneType in get_args(hint)] if kind in _DTYPES else "object"
    role, of = _guessed(frame_name, name, present(hint))
    return Column(
        name,
        dtype,
        meaning,
        role,
        of,
        kind if dtype == "object" else None,
        editable=role not in _BEHIND | {Role.WORDS, Role.SCORE} and is_readable(kind),
        accepts=get_args(present(hint)) if get_origin(present(hint)) is Literal else (),
        optional=NoneType in get_args(hint) or (dtype == "object" and get_origin(kind) is not None),
    )


def _guessed(frame_name: str, name: str, held: Any) -> tuple[Role, str]:
    """Return the role that a column has by its name or its type, and what it is of."""
    kind = plain(held)
    if held == Place:
        return Role.PLACE, ""
    if member(held) in {Span, Place}:
        return (Role.SPANS if member(held) == Span else Role.PLACES), ""
    if kind is int and name.endswith(("_start", "_end")):
        of, _, side = name.rpartition("_")
        return Role(side), of
    if name in _BY_NAME:
        return _BY_NAME[name], ""
    if name in _IDS:
        return Role.REF, _IDS[name]
    if name == f"{frame_name.removesuffix('s')}_id":
        return Role.ID, ""
    return (Role.CATEGORY if get_origin(held) is Literal else _BY_TYPE.get(kind, Role.TEXT)), ""


def _with_given(column: Column, given: dict[str, str | Column], name: str) -> Column:
    """Return a column with what is said of it, which is taken away from what is given."""
    said = given.pop(column.name, None)
    if said is None:
        return column
    if isinstance(said, Column):
        return replace(said, name=column.name)
    try:
        return replace(column, role=Role(said))
    except ValueError:
        raise InputError(
            f"frame {name}: column {column.name} is said to be {said!r}; accepted are {', '.join(Role)}"
        ) from None
