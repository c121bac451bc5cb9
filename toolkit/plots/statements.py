"""On which days statements were made, kind by kind: plain values, nothing drawn."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.phrases import as_day, day_phrase, offset_phrase
from toolkit.statements import in_order, manner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.display import Row

COLUMNS = ("kind", "said", "said_offset", "said_basis")

# A statement further from every round would draw the axis out over days on which nothing took place.
NEAR = 30

# Days told one by one in words; more are summed up.
TOLD = 12


@dataclass(frozen=True, slots=True)
class SaidDay:
    """Statements of one day: those whose day the text states, and those known by their publication day alone."""

    day: int
    stated: int
    published: int

    @property
    def total(self) -> int:
        """All statements of the day."""
        return self.stated + self.published


@dataclass(frozen=True, slots=True)
class Statements:
    """The days of each kind of statement, and how many have no place: ``undated``, or ``far`` from any round."""

    kinds: tuple[tuple[str, tuple[SaidDay, ...]], ...]
    undated: int
    far: int

    @property
    def total(self) -> int:
        """All statements, those without a place included."""
        return self.undated + self.far + sum(said.total for _, days in self.kinds for said in days)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The days with a place on the axis, as spans."""
        return tuple((said.day, said.day) for _, days in self.kinds for said in days)

    @property
    def left_out(self) -> str:
        """What has no place, in words; empty if all have one."""
        parts = ((self.undated, "without a day"), (self.far, "far from any round"))
        return ", ".join(f"{count} {reason}" for count, reason in parts if count)


def statements_of(rows: Sequence[Row], spans: Sequence[tuple[int, int]], *, dated: bool) -> Statements:
    """Return the days of statements that lie near a span, or all of their days where there is no span.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the quotations frame.
    spans : sequence of tuple of int
        First and last day of what stands on the axis.
    dated : bool
        Whether the axis is one of calendar days; if not, of days counted from the publication day.
    """
    counts: dict[str, Counter[tuple[int, bool]]] = {}
    undated = far = 0
    for row in rows:
        day = day_of(row, dated=dated)
        if day is None:
            undated += 1
        elif spans and not _near(day, spans):
            far += 1
        else:
            counts.setdefault(manner_of(row), Counter())[day, row["said_basis"] == "stated"] += 1
    return Statements(tuple((kind, _days(counts[kind])) for kind in in_order(counts)), undated, far)


def day_of(row: Row, *, dated: bool) -> int | None:
    """Return the day on which something was said, None where the axis has no place for it."""
    if not dated:
        return None if row["said_offset"] is None else int(row["said_offset"])
    day = as_day(row["said"])
    return None if day is None else day.toordinal()


def _near(day: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(first - NEAR <= day <= last + NEAR for first, last in spans)


def _days(counts: Counter[tuple[int, bool]]) -> tuple[SaidDay, ...]:
    days = sorted({day for day, _ in counts})
    return tuple(SaidDay(day, stated=counts[day, True], published=counts[day, False]) for day in days)


def in_words(statements: Statements, *, dated: bool) -> str:
    """Return how many statements of which kind were made on which days."""
    kinds = "; ".join(_kind_in_words(kind, days, dated=dated) for kind, days in statements.kinds)
    left_out = f"not drawn: {statements.left_out}" if statements.left_out else ""
    return f"Statements, {statements.total} in all: {'; '.join(filter(None, (kinds, left_out)))}"


def _kind_in_words(kind: str, days: Sequence[SaidDay], *, dated: bool) -> str:
    total = sum(said.total for said in days)
    if len(days) <= TOLD:
        return f"{kind} {total} ({', '.join(_day_in_words(said, dated=dated) for said in days)})"
    published = sum(said.published for said in days)
    first, last = (_day_name(days[place].day, dated=dated) for place in (0, -1))
    return f"{kind} {total} (on {len(days)} days from {first} to {last}, {published} by publication day)"


def _day_in_words(said: SaidDay, *, dated: bool) -> str:
    basis = ", ".join(
        f"{count} {how}" for count, how in ((said.stated, "stated"), (said.published, "by publication day")) if count
    )
    return f"{_day_name(said.day, dated=dated)}: {basis}"


def _day_name(day: int, *, dated: bool) -> str:
    return day_phrase(dt.date.fromordinal(day)) if dated else offset_phrase(day)
