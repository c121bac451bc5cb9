"""What a cell holds, as a type: taken apart for those who declare columns and those who store them."""

from __future__ import annotations

import datetime as dt
from dataclasses import is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from toolkit.errors import InputError
from toolkit.records import Place

PLAIN = (str, int, float, bool, dt.date)


def present(holds: Any) -> Any:
    """Return a type without what it says of None."""
    if get_origin(holds) not in {Union, UnionType}:
        return holds
    others = [each for each in get_args(holds) if each is not NoneType]
    return others[0] if len(others) == 1 else holds


def plain(holds: Any) -> Any:
    """Return a type without what it says of None, and for a choice of few words or numbers the type of them."""
    holds = present(holds)
    return type(get_args(holds)[0]) if get_origin(holds) is Literal else holds


def fields_of(holds: Any) -> dict[str, Any]:
    """Return the types of the fields of a dict with fixed keys, or of a dataclass; none for any other type."""
    return get_type_hints(holds) if is_typeddict(holds) or is_dataclass(holds) else {}


def key_and_value(holds: Any) -> tuple[Any, Any] | None:
    """Return the types of a dict's keys and values, None for what is no dict."""
    if get_origin(holds) is not dict:
        return None
    key, value = get_args(holds)
    return key, value


def member(holds: Any) -> Any:
    """Return the one type of the members of a list or tuple, None for what is neither."""
    members = {each for each in get_args(holds) if each is not Ellipsis}
    return members.pop() if get_origin(holds) in {list, tuple} and len(members) == 1 else None


def check(holds: Any, where: str) -> None:
    """Raise where a type is none that a cell can hold and a file can keep.

    Raises
    ------
    InputError
        Naming ``where``, what was found and what is accepted.
    """
    holds = plain(holds)
    if holds in PLAIN or holds == Place:
        return
    parts = [*fields_of(holds).values(), *(key_and_value(holds) or ()), member(holds)]
    inside = [part for part in parts if part is not None]
    if not inside:
        raise InputError(
            f"{where}: no column for {holds}; accepted are str, int, float, bool, date, a span, and lists, dicts and "
            "dataclasses of them, each list of one type"
        )
    for part in inside:
        check(part, where)


def restored(value: Any, holds: Any) -> Any:
    """Return a cell from what JSON makes of it."""
    holds = plain(holds)
    if value is None:
        return None
    if holds is dt.date:
        return dt.date.fromisoformat(value)
    if fields := fields_of(holds):
        return {name: restored(value.get(name), each) for name, each in fields.items()}
    if pair := key_and_value(holds):
        return {restored(_key(key, pair[0]), pair[0]): restored(each, pair[1]) for key, each in value.items()}
    if held := member(holds):
        return [restored(each, held) for each in value]
    return value


def _key(key: str, holds: Any) -> Any:
    """Return a dict's key, which JSON makes a text."""
    return holds(key) if plain(holds) in {int, float} else key
