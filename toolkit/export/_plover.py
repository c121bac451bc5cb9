"""Positions as events of PLOVER: who does what to whom, by the roots of the political event ontology.

The roots are those of PLOVER (Open Event Data Alliance): AGREE, SUPPORT, COOPERATE, CONCEDE, REQUEST, REJECT, THREATEN.
A position that is none of these, such as a wish put to nobody or a claim, is no event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, rows
from toolkit.export._frames import write_frame
from toolkit.frames import line_of

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.display import Row

ROOTS = {
    "accepts": "AGREE",
    "agreed": "AGREE",
    "promises": "AGREE",
    "proposes": "AGREE",
    "offers": "CONCEDE",
    "withdraws": "CONCEDE",
    "demands": "REQUEST",
    "rejects": "REJECT",
    "threatens": "THREATEN",
}
"""The root of each act; others have none."""


def event_of(row: Row) -> str | None:
    """Return the root of a position, None where it is no event; what another is to do is asked for, not agreed to."""
    doer = line_of(row["doer"])
    if row["act"] == "proposes" and doer and doer != line_of(row["actor"]):
        return "REQUEST"
    return ROOTS.get(row["act"])


def write_events(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write the positions of a coverage that are events, a row each."""
    import pandas as pd

    found = [_event(row) for row in rows(coverage.positions) if event_of(row)]
    write_frame(pd.DataFrame(found, columns=list(_COLUMNS)), path)
    left = len(coverage.positions) - len(found)
    return [(path, f"{count_of(len(found), 'event')}, {count_of(left, 'position')} left out")]


_COLUMNS = (
    "date",
    "source",
    "target",
    "event_type",
    "time",
    "issue",
    "condition",
    "article_id",
    "start",
    "end",
    "text",
)


def _event(row: Row) -> dict[str, Any]:
    target = row["addressee"] or (row["doer"] if row["doer"] != row["actor"] else None)
    return {**row, "source": row["actor"], "target": target, "event_type": event_of(row)}
