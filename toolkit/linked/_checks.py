"""What of each frame may be set right in the page, taken from its declaration: any frame can be checked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from toolkit.frames import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.coverage import Coverage
    from toolkit.frames import Column, FrameSpec

CHECKED = {
    "quotations": ("speaker", "kind"),
    "sentiment": ("holder", "target", "polarity"),
    "rounds": ("first", "last", "place", "status", "parties"),
}
"""Columns of the frames that the page knows well; of further ones, those that it shows."""


def packed_checks(coverage: Coverage) -> list[list[Any]]:
    """Return the frames that can be checked, each as its name, its noun and its fields.

    Parameters
    ----------
    coverage : Coverage

    Returns
    -------
    list of list
        A field is a column, its label and how it is given: ``actor``, ``actors``, ``day``, ``text`` or a list of
        choices. A frame whose rows have no keys, or that says nothing of any article, cannot be checked.
    """
    return [
        [name, spec.noun, [list(field) for field in _fields(spec)]]
        for name, spec in coverage.specs().items()
        if (name in CHECKED or (name in coverage.extra and spec.is_placed)) and has_keys(coverage, spec)
    ]


def has_keys(coverage: Coverage, spec: FrameSpec) -> bool:
    """Tell whether each row of a frame has a key, by which corrections find it."""
    key = spec.the(Role.KEY)
    frame = coverage[spec.name]
    return key in frame and bool(frame[key].notna().all())


def further_columns(spec: FrameSpec) -> list[Column]:
    """Return the columns of a further frame that can be given as a line of text."""
    plain = {Role.ACTOR: (str, list[str]), Role.CATEGORY: (str,), Role.TEXT: (str,), Role.DAY: (None,)}
    return [column for column in spec.beside_words if column.holds in plain.get(column.role, ())]


def _fields(spec: FrameSpec) -> Iterator[tuple[str, str, Any]]:
    known = CHECKED.get(spec.name)
    columns = [spec.column(name) for name in known] if known else further_columns(spec)
    for column in columns:
        yield column.name, column.label, choices(spec, column.name) or _how(column)


def _how(column: Column) -> str:
    if column.role is Role.ACTOR:
        return "actors" if column.holds == list[str] else "actor"
    if column.holds == list[str]:
        return "texts"
    return "day" if column.role is Role.DAY else "text"


def choices(spec: FrameSpec, column: str) -> list[Any]:
    """Return the few values that a column may hold, by the annotation of its record; empty where any may stand."""
    found = _hints(spec.record).get(column) if spec.record else None
    within = [found, *get_args(found)]
    return [value for part in within if get_origin(part) is Literal for value in get_args(part) if value is not None]


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)
