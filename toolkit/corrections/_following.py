"""What other frames make of rows that a person set right: references, voices, mentions, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import follow
from toolkit.corrections._forms import Moved, moved_along
from toolkit.corrections._outcomes import remade
from toolkit.display import alike, rows
from toolkit.frames import Role, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from toolkit.corrections._outcomes import Changes
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

    Frames = dict[str, pd.DataFrame]


def followed(frames: Frames, specs: Mapping[str, FrameSpec], name: str, changes: Changes) -> Frames:
    """Return frames in which all goes along with what was changed in one of them."""
    frames = {**frames, name: changes.frame}
    spec = specs[name]
    if name == "mentions":
        frames = _with_mentions(frames, changes)
    if spec.the(Role.ID) is None or not (changes.left or changes.changed or changes.same):
        return frames
    for other, each in specs.items():
        refs = [column.name for column in each.columns if column.role is Role.REF and column.of == name]
        for ref in refs:
            if ref in frames[other].columns:
                frames[other] = _referring(frames[other], each, ref, spec, changes)
    return frames


def _referring(frame: pd.DataFrame, spec: FrameSpec, ref: str, of: FrameSpec, changes: Changes) -> pd.DataFrame:
    """Return a frame whose references, and what goes along with them, are those of now."""
    own = str(of.the(Role.ID))
    left = {row[own]: row for row in changes.left}
    changed = {old[own]: (old, new) for old, new in changes.changed}
    through = [column for column in spec.columns if column.through and column.through[0] == ref]
    origin = spec.the(Role.ORIGIN)
    found, touched = rows(frame), False
    for row in found:
        at = row[ref]
        if at in changes.same:
            row[ref], touched = changes.same[at], True
        elif at in left or (at in changed and not _still_in(row, spec, changed[at], of)):
            gone = left.get(at) or changed[at][0]
            before = dict(row)
            row[ref], touched = None, True
            for column in through:
                if row.get(column.name) in _values(gone, column.through[1]):  # type: ignore[index]  # it has one
                    row[column.name] = None
            _mark(row, before, spec, origin)
        elif at in changed:
            before = dict(row)
            for column in through:
                _go_along(row, column.name, *(each.get(column.through[1]) for each in changed[at]))  # type: ignore[index]
            touched |= _mark(row, before, spec, origin)
    return remade(frame, found) if touched else frame


def _values(row: Row, name: str) -> list[Any]:
    # Who shares a statement may judge in it too.
    return [row.get(name), *(row.get("cospeakers") or ())]


def _go_along(row: Row, name: str, old: Any, new: Any) -> None:
    if row.get(name) == old and old != new:
        row[name] = new


def _still_in(row: Row, spec: FrameSpec, was_is: tuple[Row, Row], of: FrameSpec) -> bool:
    """Tell whether the words that a row is about still stand in the row that it refers to, where its extent changed."""
    spans, place = of.the(Role.SPANS), spec.spans.get("target")
    was, of_row = was_is
    if spans is None or place is None or not set(place) <= row.keys() or was.get(spans) == of_row.get(spans):
        return True
    start, end = (row[name] for name in place)
    return any(first <= start and end <= last for first, last in of_row.get(spans) or ())


def _mark(row: Row, before: Row, spec: FrameSpec, origin: str | None) -> bool:
    follow(row, spec)
    if row == before:
        return False
    if origin in row and row[origin] != "added":
        row[origin] = "corrected"
    return True


def _with_mentions(frames: Frames, changes: Changes) -> Frames:
    """Return statements and opinions under the actors that are meant now; opinions of no mention leave."""
    moved = [
        Moved(old["article_id"], int(old["start"]), int(old["end"]), old["actor"], new["actor"])
        for old, new in changes.changed
        if old["actor"] != new["actor"]
    ]
    frames = moved_along(frames, moved) if moved else frames
    opinions = frames.get("sentiment")
    names = ["article_id", "target_start", "target_end"]
    if not changes.left or opinions is None or not set(names) <= set(opinions.columns):
        return frames
    gone = {(row["article_id"], int(row["start"]), int(row["end"])) for row in changes.left}
    stays = [place not in gone for place in zip(*(opinions[name] for name in names), strict=True)]
    return frames | {"sentiment": alike(opinions[stays].reset_index(drop=True), opinions)}


def recounted(frames: Frames) -> Frames:
    """Return frames whose actors are counted anew, where they have counts."""
    needed = {"mentions": "actor", "quotations": "speaker", "actors": "n_mentions"}
    if any(name not in frames or column not in frames[name].columns for name, column in needed.items()):
        return frames
    if "cospeakers" not in frames["quotations"].columns or "n_quotations" not in frames["actors"].columns:
        return frames
    return frames | {"actors": counted(frames["actors"], frames["mentions"], frames["quotations"])}


def named_in(frames: Mapping[str, pd.DataFrame], specs: Mapping[str, FrameSpec]) -> set[str]:
    """Return all actors that any frame but that of the actors names."""
    found: set[str] = set()
    for name, spec in specs.items():
        for column in spec.by_role(Role.ACTOR) if name != "actors" else ():
            if column in frames[name].columns:
                for cell in frames[name][column]:
                    found.update(_names(cell))
    return found


def _names(cell: Any) -> Iterator[str]:
    if isinstance(cell, str):
        yield cell
    elif isinstance(cell, dict):
        for key, value in cell.items():
            yield key
            yield from _names(value)
    elif isinstance(cell, list | tuple):
        for each in cell:
            yield from _names(each)
