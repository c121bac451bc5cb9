"""What of each frame may be set right in the page, taken from its declaration: any frame can be checked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.corrections._judging import precision
from toolkit.corrections._places import part_key
from toolkit.display import is_missing, rows
from toolkit.frames import Role, line_of, text_of
from toolkit.frames._types import member

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

CHECKED = {
    "quotations": ("speaker", "kind", "cospeakers", "source_kind", "spans", "cue"),
    "sentiment": ("holder", "target", "polarity"),
    "rounds": ("first", "last", "place", "status", "parties"),
}
"""Columns of the frames that the page knows by heart; of further ones, all that can be set as a line of text."""


def packed_checks(coverage: Coverage) -> list[list[Any]]:
    """Return the frames that can be checked, each as its name, its noun and its fields.

    Parameters
    ----------
    coverage : Coverage

    Returns
    -------
    list of list
        A field is a column, its label, how it is given (``actor``, ``actors``, ``list``, ``day``, ``words`` for a place
        in the text, ``text`` or a list of choices) and whether it may be empty. Frames whose rows have no keys, or no
        words, cannot be checked.
    """
    return [
        [name, spec.noun, [[one.name, one.label, _how(one), one.optional] for one in fields_of(spec)]]
        for name, spec in coverage.specs().items()
        if (name in CHECKED or (name in coverage.extra and spec.is_placed)) and _has_keys(coverage, spec)
    ]


def packed_judged(coverage: Coverage) -> list[list[Any]]:
    """Return how many rows proved right of those judged before, each by frame, kind, right ones and all."""
    return [[row["frame"], row["kind"], row["n_right"], row["n"]] for row in rows(precision(coverage))]


def fields_of(spec: FrameSpec) -> list[Column]:
    """Return the columns of a frame that the page sets right."""
    if known := CHECKED.get(spec.name):
        return [spec.column(name) for name in known]
    return [column for column in spec.editable if column.role not in {Role.WORDS, Role.SPANS}]


def texts_of(row: Row, spec: FrameSpec) -> list[str]:
    """Return what the page can set right of a row, as corrections write it."""
    return [text_of(row[column.name], column) for column in fields_of(spec)]


def line_texts(lines: Sequence[Row]) -> list[dict[str, Any]]:
    """Return lines of corrections as the page holds them: texts, and offsets where they are known."""
    return [{name: _plain(value) for name, value in line.items()} for line in lines]


def names_given(lines: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return what lines give: names, and keys of rows, that may be chosen though the machine read none of them."""
    texts = [str(line.get(name) or "") for line in lines for name in ("given", "key")]
    texts += [part_key(line) or "" for line in lines if line.get("column") == "split"]
    parts = [part for text in texts for part in text.split(";")]
    return {part.strip() for part in (*texts, *parts, *(part.partition(":")[2] for part in parts))} - {""}


def _plain(value: Any) -> Any:
    return "" if is_missing(value) else value if isinstance(value, int) else line_of(value)


def _has_keys(coverage: Coverage, spec: FrameSpec) -> bool:
    key, frame = spec.the(Role.KEY), coverage[spec.name]
    return key in frame and bool(frame[key].notna().all())


def _how(column: Column) -> str | list[Any]:
    if column.accepts:
        return list(column.accepts)
    if column.role in {Role.WORDS, Role.SPANS}:
        return "words"
    if member(column.holds):
        return "actors" if column.role is Role.ACTOR else "list"
    if column.role is Role.ACTOR and column.holds is str:
        return "actor"
    return "day" if column.dtype == "datetime64[s]" or column.holds is dt.date else "text"
