"""Actors that a person found to be none: what names them goes on without them, or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import follow
from toolkit.corrections._contradictions import is_rejection
from toolkit.corrections._following import followed
from toolkit.corrections._outcomes import APPLIED, ORPHANED, REDUNDANT, Changes, Outcome, remade
from toolkit.corrections._plan import bearers_of
from toolkit.display import count_of, names, one_line, rows
from toolkit.frames import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

    Frames = dict[str, pd.DataFrame]


def without_dismissed(
    frames: Frames, specs: Mapping[str, FrameSpec], lines: Mapping[int, Row]
) -> tuple[Frames, dict[int, Outcome]]:
    """Return frames in which the actors are none that lines reject, and the outcome of these lines.

    A row whose cell cannot be empty leaves: the mentions of the actor, the opinions of it. Any other goes on without
    it: a statement has the next who shares it for its speaker, or none; a round has the other parties; an actor of its
    side has no side.
    """
    rejections = {number: line for number, line in lines.items() if is_rejection(line)}
    if not rejections:
        return frames, {}
    by_name = {one_line(row["actor"]): row for row in rows(frames["actors"])}
    bearers = bearers_of(frames["actors"])
    meant, told = set(), {}
    for number, line in rejections.items():
        name = one_line(line["words"])
        row = by_name.get(name)
        if row is not None:
            meant.add(name)
            told[number] = Outcome(APPLIED, row.get("key"), kind=row.get("kind"), note=_named(frames, specs, name))
        elif others := bearers.get(name):
            # Whom it is a form of was not found wrong.
            told[number] = Outcome(ORPHANED, note=f"{name!r} is a form of {names(sorted(others))} now")
        else:
            told[number] = Outcome(REDUNDANT)
    for name, spec in specs.items():
        if columns := [column for column in spec.columns if column.role is Role.ACTOR and column.name in frames[name]]:
            frames = followed(frames, specs, name, _changes(frames[name], spec, columns, meant))
    return frames, told


def _named(frames: Frames, specs: Mapping[str, FrameSpec], actor: str) -> str | None:
    """Return in how many rows of each frame an actor is named, in words."""
    told = []
    for name, spec in specs.items():
        columns = [column for column in spec.by_role(Role.ACTOR) if column in frames[name]] if name != "actors" else []
        cells = zip(*(frames[name][column] for column in columns), strict=True)
        if n := sum(any(_names(cell, {actor}) for cell in row) for row in cells):
            told.append(count_of(n, spec.noun))
    return f"named in {names(told)}" if told else None


def _changes(frame: pd.DataFrame, spec: FrameSpec, columns: list[Column], gone: Collection[str]) -> Changes:
    """Return a frame without some actors, with the rows that left and those that changed."""
    kept: list[Row] = []
    changes = Changes(frame)
    for row in rows(frame):
        if any(row[column.name] in gone for column in columns if column.holds is str and not column.optional):
            changes.left.append(row)
            continue
        if any(_names(row[column.name], gone) for column in columns) or _is_of_side(row, spec, gone):
            old = dict(row)
            _take_out(row, spec, columns, gone)
            changes.changed.append((old, row))
        kept.append(row)
    if changes.left or changes.changed:
        changes.frame = remade(frame, kept)
    return changes


def _is_of_side(row: Row, spec: FrameSpec, gone: Collection[str]) -> bool:
    return spec.name == "actors" and row.get("side") in gone


def _take_out(row: Row, spec: FrameSpec, columns: list[Column], gone: Collection[str]) -> None:
    old = dict(row)
    for column in columns:
        row[column.name] = _without(row[column.name], gone)
    if _is_of_side(row, spec, gone):
        row["side"] = row["side_evidence"] = None
    if row.get("speaker") is None and row.get("cospeakers"):
        row["speaker"], *row["cospeakers"] = row["cospeakers"]
    changed = {name for name, value in row.items() if value != old[name]}
    for rule in spec.settled:
        if rule.column in row and changed & set(rule.of):
            row[rule.column] = rule.value(*(row.get(name) for name in rule.of))
    follow(row, spec)
    origin = spec.the(Role.ORIGIN)
    if origin in row and row[origin] != "added":
        row[origin] = "corrected"


def _names(cell: Any, gone: Collection[str]) -> bool:
    """Tell whether a cell names one of some actors; what sources say of them otherwise stays as it is told."""
    if isinstance(cell, dict):
        return any(isinstance(each, str) and each in gone for pair in cell.items() for each in pair)
    if isinstance(cell, list | tuple):
        return any(isinstance(each, str) and each in gone for each in cell)
    return isinstance(cell, str) and cell in gone


def _without(cell: Any, gone: Collection[str]) -> Any:
    if isinstance(cell, dict):
        return {key: value for key, value in cell.items() if not _names({key: value}, gone)}
    if isinstance(cell, list | tuple):
        return [each for each in cell if not (isinstance(each, str) and each in gone)]
    return None if cell in gone else cell
