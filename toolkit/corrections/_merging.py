"""Two people's changes of one table: both are kept where they do not touch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.display import Row

Key = tuple[str, int]


class Conflict(NamedTuple):
    """A cell that both changed: None is an empty one."""

    actor: str
    column: str
    theirs: object
    mine: object

    def __str__(self) -> str:
        return f"{self.column} of {self.actor!r} is {_told(self.theirs)} there and {_told(self.mine)} here"


class Merged(NamedTuple):
    """Rows with the changes of both, and the cells of which theirs is kept."""

    rows: list[Row]
    conflicts: list[Conflict]


def merged(base: Iterable[Row], mine: Iterable[Row], theirs: Iterable[Row], *, key: str = "actor") -> Merged:
    """Return a table with the changes that two made of it.

    Parameters
    ----------
    base : iterable of dict
        The rows that both began with, without empty cells.
    mine, theirs : iterable of dict
        What either made of them.
    key : str
        The column that tells which rows are the same; rows that share it are told by their order.

    Returns
    -------
    Merged
        Their rows in their order, then those that only I have. Where both changed a cell, each otherwise, theirs is
        kept, since it lies in the file, and the conflict holds mine. Of lists, what either added or took out counts.
    """
    was, own, other = (_by_key(rows, key) for rows in (base, mine, theirs))
    rows: list[Row] = []
    conflicts: list[Conflict] = []
    for known in dict.fromkeys([*other, *own]):
        row: Row = {}
        before, ours, its = (table.get(known, {}) for table in (was, own, other))
        for column in dict.fromkeys([*its, *ours]):
            one, left, right = before.get(column), ours.get(column), its.get(column)
            value = _forms(one, left, right) if _are_lists(one, left, right) else left if right == one else right
            if value not in (None, []):
                row[column] = value
        conflicts += [
            Conflict(known[0], column, its.get(column), ours.get(column))
            for column in dict.fromkeys([*before, *its, *ours])
            if _differ(before.get(column), ours.get(column), its.get(column))
        ]
        if row:
            # Of a row that I took out, what they changed stays.
            rows.append({key: known[0], **row})
    return Merged(rows, conflicts)


def _told(cell: object) -> str:
    return "empty" if cell is None else repr(cell)


def _are_lists(*cells: object) -> bool:
    return all(cell is None or isinstance(cell, list) for cell in cells)


def _forms(one: list[str] | None, left: list[str] | None, right: list[str] | None) -> list[str]:
    before, ours = one or [], left or []
    gone = [form for form in before if form not in ours]
    return list(dict.fromkeys([*(form for form in right or [] if form not in gone),
                               *(form for form in ours if form not in before)]))  # fmt: skip


def _differ(one: object, left: object, right: object) -> bool:
    return not _are_lists(one, left, right) and one not in (left, right) and left != right


def _by_key(rows: Iterable[Row], key: str) -> dict[Key, Row]:
    seen: Counter[str] = Counter()
    found: dict[Key, Row] = {}
    for row in rows:
        name = row[key]
        found[name, seen[name]] = row
        seen[name] += 1
    return found
