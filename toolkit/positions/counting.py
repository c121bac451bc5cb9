"""What a figure on positions stands on: the stands of each actor on each issue, and how they changed.

A stand told of as past counts where nothing later is told alone. An actor is for or against an issue by what most rows
say, open where all say so, and both where as many say the one as the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.display import count_of, one_line, require, rows
from toolkit.phrases import as_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row

NOBODY = "(nobody named)"
COUNTED = ("article_id", "start", "actor", "issue", "stance", "act", "condition", "time", "date")
"""Columns of the positions frame that its rows are counted by."""

FOR, AGAINST, OPEN, BOTH = "for", "against", "open", "both"
SIGNS = {FOR: "+", AGAINST: "−", OPEN: "?", BOTH: "±"}
"""The sign of each stance; one under a condition stands in brackets."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an actor stands on an issue, by rows of the frame.

    Parameters
    ----------
    n : int
        Rows.
    counts : mapping of str to int
        Rows by their stance.
    conditional : int
        Rows with a condition.
    """

    n: int
    counts: Mapping[str, int]
    conditional: int

    @property
    def stance(self) -> str:
        """For, against, open or both."""
        pro, contra = self.counts.get(FOR, 0), self.counts.get(AGAINST, 0)
        if pro == contra:
            return BOTH if pro else OPEN
        return FOR if pro > contra else AGAINST

    @property
    def is_conditional(self) -> bool:
        """Whether it holds under a condition in at least half of the rows."""
        return 2 * self.conditional >= self.n

    @property
    def sign(self) -> str:
        """The sign of the stance, in brackets where it holds under a condition."""
        return f"({SIGNS[self.stance]})" if self.is_conditional else SIGNS[self.stance]

    @property
    def words(self) -> str:
        """The stance in words, with the number of rows."""
        condition = ", on a condition" if self.is_conditional else ""
        stance = "for and against" if self.stance == BOTH else self.stance
        return f"{stance}{condition} (n={self.n:,})"


def stand_of(found: Iterable[Row]) -> Stand:
    """Count the rows of one actor on one issue."""
    told = list(found)
    present = [row for row in told if row["time"] != "past"] or told
    counts = Counter(one_line(row["stance"]) for row in present)
    return Stand(len(told), counts, sum(bool(row["condition"]) for row in present))


def actor_of(row: Row) -> str:
    """Return who holds a position, or a phrase where the text names nobody."""
    return one_line(row["actor"]) or NOBODY


class Matrix(NamedTuple):
    """The rows of the frame by actor and issue, those with the most first, and what is left out in words."""

    actors: list[str]
    issues: list[str]
    cells: dict[Pair, list[Row]]
    caption: str


def countable(positions: pd.DataFrame) -> list[Row]:
    """Return the rows of a positions frame that are on an issue, by day.

    Raises
    ------
    InputError
        If a column is missing.
    """
    require(positions, COUNTED, "positions")
    found = [row for row in rows(positions) if one_line(row["issue"])]
    return sorted(found, key=_when)


def matrix_of(found: Sequence[Row], top: int) -> Matrix:
    """Return the actors and issues with the most rows, those named first, and the rows of each pair."""
    cells: defaultdict[Pair, list[Row]] = defaultdict(list)
    for row in found:
        cells[actor_of(row), one_line(row["issue"])].append(row)
    # Who takes sides on many issues, and what many take sides on, goes before what is said often.
    issues = _first((issue for _, issue in cells), top)
    actors = _first((actor for actor, issue in cells if issue in issues and actor != NOBODY), top)
    kept = {pair: cells[pair] for pair in sorted(cells) if pair[0] in actors and pair[1] in issues}
    told = len({issue for _, issue in cells}), len({actor for actor, _ in cells} - {NOBODY})
    caption = f"{len(actors):,} of {count_of(told[1], 'actor')}, {len(issues):,} of {count_of(told[0], 'issue')}"
    return Matrix(actors, issues, kept, caption)


def _first(names: Iterable[str], top: int) -> list[str]:
    counts = Counter(names)
    return sorted(counts, key=lambda name: (-counts[name], name))[:top]


class Told(NamedTuple):
    """One position in time: its day, its row, and what is other than before with the same actor and issue."""

    day: dt.date | None
    row: Row
    change: str


def changes_of(found: Iterable[Row]) -> list[Told]:
    """Return positions by day, each with what has changed since the actor's last on the issue."""
    by_pair: defaultdict[Pair, list[Row]] = defaultdict(list)
    for row in sorted(found, key=_when):
        by_pair[actor_of(row), one_line(row["issue"])].append(row)
    told = [
        Told(as_day(row["date"]), row, _change(before, row) if before else "")
        for of_pair in by_pair.values()
        for before, row in pairwise([None, *of_pair])
        if row
    ]
    return sorted(told, key=lambda one: _when(one.row))


def _change(before: Row, now: Row) -> str:
    """Return what a position has that the one before had otherwise, in words; the empty string where nothing."""
    parts = []
    if before["stance"] != now["stance"]:
        parts.append(f"now {now['stance']}")
    if now["act"] == "withdraws" and before["act"] != "withdraws":
        parts.append("withdraws")
    if bool(before["condition"]) != bool(now["condition"]):
        parts.append("adds a condition" if now["condition"] else "drops the condition")
    return ", ".join(parts)


class Standing(NamedTuple):
    """Who stands where on one issue."""

    issue: str
    agreed: list[str]
    favour: list[str]
    against: list[str]
    undecided: list[str]
    alone: str | None


def standings_of(found: Iterable[Row], top: int | None = None) -> list[Standing]:
    """Return who has agreed, who is for, against or open on each issue, those with the most actors first.

    Somebody stands alone who is the one against what at least two others are for, or the one for what they are against.
    """
    by_issue: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        if one_line(row["actor"]):
            by_issue[one_line(row["issue"])][one_line(row["actor"])].append(row)
    ordered = sorted(by_issue, key=lambda issue: (-len(by_issue[issue]), issue))[:top]
    return [_standing(issue, by_issue[issue]) for issue in ordered]


def _standing(issue: str, held: Mapping[str, Sequence[Row]]) -> Standing:
    stances = {actor: stand_of(found).stance for actor, found in sorted(held.items())}
    agreed = [actor for actor, found in sorted(held.items()) if any(row["act"] == "agreed" for row in found)]
    sides = {side: [actor for actor, stance in stances.items() if stance == side] for side in SIGNS}
    few, many = sorted((sides[FOR], sides[AGAINST]), key=len)
    alone = few[0] if len(few) == 1 and len(many) > 1 else None
    return Standing(issue, agreed, sides[FOR], sides[AGAINST], [*sides[OPEN], *sides[BOTH]], alone)


def _when(row: Row) -> tuple[bool, str, str, int]:
    day = as_day(row["date"])
    return day is None, day.isoformat() if day else "", str(row["article_id"]), int(row["start"])
