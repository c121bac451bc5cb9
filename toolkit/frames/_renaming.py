"""Actors under other names, wherever a frame or a record names them: the one program for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.frames._columns import Role
from toolkit.records import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from toolkit.frames._columns import FrameSpec

    Names = Mapping[str, str]

_R = TypeVar("_R")


def renamed(
    frame: pd.DataFrame, spec: FrameSpec, names: Names, *, by_article: Mapping[str, Names] | None = None
) -> tuple[pd.DataFrame, pd.Series[bool]]:
    """Return a frame whose actors bear other names, and which rows name one of them.

    Parameters
    ----------
    frame : pandas.DataFrame
        A frame of the declaration; columns may be missing.
    spec : FrameSpec
    names : mapping of str to str
        The new name of each actor that gets one.
    by_article : mapping of str to mapping, optional
        Further new names by article_id, for the rows of that article alone; they go first.

    Returns
    -------
    tuple of pandas.DataFrame and pandas.Series of bool
        What follows from names, such as who else shares a statement, is worked out anew. Where one article's names
        make rows alike that there can be but one of, the first stays.
    """
    import pandas as pd

    changed = pd.Series(data=False, index=frame.index)
    if not names and not by_article:
        return frame, changed
    frame = frame.copy()
    known = _names_of_rows(frame, spec, names, by_article or {})
    for column, change in _changes(spec).items():
        if column not in frame.columns:
            continue
        before = frame[column].tolist()
        after = [change(value, each) for value, each in zip(before, known, strict=True)]
        if spec.column(column).role is Role.ACTOR:
            moved = [one != other for one, other in zip(map(repr, before), map(repr, after), strict=True)]
            changed |= pd.Series(moved, index=frame.index)
        frame[column] = pd.Series(after, index=frame.index, dtype=object)
    for rule in spec.follows:
        if {rule.column, *rule.of} <= set(frame.columns):
            values = [rule.value(*cells) for cells in zip(*(frame[name] for name in rule.of), strict=True)]
            frame[rule.column] = pd.Series(values, index=frame.index, dtype=frame[rule.column].dtype)
    if by_article and spec.once and frame.duplicated([*spec.once]).any():
        first = ~frame.duplicated([*spec.once])
        return frame[first].reset_index(drop=True), changed[first].reset_index(drop=True)
    return frame, changed


def renamed_record(record: _R, spec: FrameSpec, names: Names) -> _R:
    """Return a record whose actors bear other names; see :func:`renamed`."""
    found = {name: getattr(record, name) for name in _changes(spec) if hasattr(record, name)}
    after = {name: _changes(spec)[name](value, names) for name, value in found.items()}
    if after == found:
        return record
    record = replace(record, **after)  # type: ignore[type-var]  # records are dataclasses
    for rule in spec.follows:
        if hasattr(record, rule.column):
            value = rule.value(*(getattr(record, name) for name in rule.of))
            kind = type(getattr(record, rule.column))
            record = replace(record, **{rule.column: kind(value)})  # type: ignore[type-var]
    return record


def renamed_value(value: Any, final: Callable[[str], str]) -> Any:
    """Return a cell that names actors with each name as ``final`` gives it."""
    return _change(value, _Final(final))


class _Final(dict[str, str]):
    """New names by a function."""

    def __init__(self, final: Callable[[str], str]) -> None:
        super().__init__()
        self._final = final

    def get(self, name: str, default: Any = None) -> Any:
        return self._final(name) if name else default


def _names_of_rows(frame: pd.DataFrame, spec: FrameSpec, names: Names, by_article: Mapping[str, Names]) -> list[Names]:
    article = spec.the(Role.ARTICLE)
    if not by_article or article is None:
        return [names] * len(frame)
    together = {name: {**names, **own} for name, own in by_article.items()}
    return [together.get(name, names) for name in frame[article]]


def _changes(spec: FrameSpec) -> dict[str, Callable[[Any, Names], Any]]:
    """Return how the cells of each column that names actors change."""
    by_role = {Role.ACTOR: _change, Role.TITLE: _in_title, Role.NEGOTIATION: _in_title}
    return {column.name: by_role[column.role] for column in spec.columns if column.role in by_role}


def _change(value: Any, names: Names) -> Any:
    """Return a cell with its names changed: one name, a list, a dict by or of names, a list of conflicts."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        if "field" in value and "values" in value:
            return value | {"values": {names.get(key, key): ids for key, ids in value["values"].items()}}
        return {names.get(key, key): _change(each, names) for key, each in value.items()}
    if isinstance(value, Conflict):
        return replace(value, values=tuple((names.get(told, told), ids) for told, ids in value.values))  # noqa: PD011 - a record's field, no frame
    if isinstance(value, list | tuple):
        after = [_change(each, names) for each in value]
        hashable = not any(isinstance(each, dict) for each in after)
        return type(value)(dict.fromkeys(after) if hashable else after)
    return value


def _in_title(title: Any, names: Names) -> Any:
    """Return a title that begins with names of parties, "Kenya–Norway talks", under their new names."""
    if not isinstance(title, str) or "–" not in title:
        return title
    *parties, rest = title.split("–")
    last = next((name for name in names if rest.startswith(f"{name} ")), None)
    rest = rest if last is None else f"{names[last]}{rest.removeprefix(last)}"
    return "–".join([*(names.get(name, name) for name in parties), rest])
