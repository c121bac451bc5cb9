"""What becomes of lines and of the frame that they are about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.display import alike
from toolkit.frames import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.frames import FrameSpec

APPLIED, REDUNDANT, REVIEW, ORPHANED, SUPERSEDED = "applied", "redundant", "review", "orphaned", "superseded"


@dataclass(slots=True)
class Outcome:
    """What became of a line: the row's key now, what the machine has now, and a word on why nothing could be done."""

    outcome: str
    key: str | None = None
    article_id: str | None = None
    now: str | None = None
    kind: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Changes:
    """A frame after corrections, and how its rows changed: those that left, and each as it was and is."""

    frame: pd.DataFrame
    left: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    """New ids of rows that were made one with others."""


def remade(frame: pd.DataFrame, kept: Sequence[Row]) -> pd.DataFrame:
    """Return a frame like another with other rows."""
    import pandas as pd

    columns = {name: pd.Series([row.get(str(name)) for row in kept], dtype=frame[name].dtype) for name in frame.columns}
    return alike(pd.DataFrame(columns), frame)


def kind_of(row: Row, spec: FrameSpec) -> str | None:
    """Return what kind of row one is: its first category in the short view, or at all."""
    names = [*(name for name in spec.brief if name in spec.by_role(Role.CATEGORY)), *spec.by_role(Role.CATEGORY)]
    found = next((row[name] for name in names if row.get(name) is not None), None)
    return None if found is None else str(found)


def in_order(kept: Sequence[Row], new: Sequence[Row], spec: FrameSpec, articles: Sequence[str]) -> list[Row]:
    """Return rows with new ones among them: behind those of their article that begin before them."""
    article = spec.the(Role.ARTICLE)
    if not new or not spec.is_placed or article is None:
        return [*kept, *new]
    start = spec.spans[""][0]
    order = {name: number for number, name in enumerate(articles)}

    def at(row: Row) -> tuple[int, int]:
        return order.get(row[article], len(order)), int(row[start] or 0)

    found = list(kept)
    for row in new:
        behind = [number for number, other in enumerate(found) if at(other) <= at(row)]
        found.insert(behind[-1] + 1 if behind else 0, row)
    return found
