"""Rounds of talks as the rows of a timeline, and the axis they stand on: plain values, nothing drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from toolkit.display import ellipsis, one_line
from toolkit.phrases import NO_DATE, as_day, date_phrase, is_vague, round_name, series_name
from toolkit.plots.reports import NO_REPORTS, Reports, reports_of
from toolkit.plots.scale import scale_of
from toolkit.plots.statements import day_of, statements_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.display import Row
    from toolkit.plots.scale import Scale
    from toolkit.plots.statements import Statements

# Width of the lane for rounds outside the axis, as a share of the axis.
SIDE = 0.26

# Room behind the last day for the number of its statements, as a share of the axis.
ROOM = 0.08

# In rows of one round: what the header of a series adds, a row of statements, the room for the lengths of breaks.
HEADER, STATEMENTS, BREAKS = 0.42, 0.6, 0.6

LABEL_WIDTH = 32

STATEMENTS_HEADER = "Statements on the day they were made"

# Statuses of rounds that lie ahead.
AHEAD = {"proposed", "planned"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One round: what its label says, and the days it covers on the axis (None, None where it has none).

    Days are ordinals of the calendar, or days counted from the publication day; ``open_start`` and
    ``open_end`` tell that only the other end is known. ``reports`` holds what articles disagree on.
    """

    name: str
    when: str
    series: str
    status: str
    basis: str
    ordinal: int | None
    first: int | None
    last: int | None
    vague: bool
    open_start: bool = False
    open_end: bool = False
    reports: Reports = NO_REPORTS

    @property
    def facts(self) -> str:
        """The days and the status, in words."""
        return f"{self.when}, {self.status}"

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day, None where the round stands outside the axis."""
        return None if self.first is None or self.last is None else (self.first, self.last)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The bars to draw: the days that each report gives, or the round's own."""
        return (self.reports.spans or (self.span,)) if self.span else ()

    @property
    def ahead(self) -> bool:
        """Tell whether the round lies ahead on a day that is not known."""
        return self.status in AHEAD and self.when == NO_DATE


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in rows from the top: the places of lanes, of kinds of statements, of headers.

    The time axis runs from 0 to ``end``. From there on stand the rounds outside it, ``side`` wide, each at the x in
    ``beside`` that stands under its index.
    """

    lanes: tuple[Lane, ...]
    statements: Statements | None
    dated: bool
    published: dt.date | None
    spans: tuple[tuple[int, int], ...]
    scale: Scale | None
    end: float
    side: float
    beside: dict[int, float]
    places: tuple[float, ...]
    statement_places: tuple[float, ...]
    headers: tuple[tuple[float, str], ...]
    n_rows: float

    @property
    def width(self) -> float:
        """All of the axes' width."""
        return self.end + self.side

    @property
    def marked(self) -> dt.date | None:
        """The day of publication, where the axis has a place for it."""
        return self.published if self.dated and self.scale else None


def layout_of(rows: Sequence[Row], published: dt.date | None, quotations: Sequence[Row] | None = None) -> Layout:
    """Return the layout of rounds and statements; a publication date is given a place on an axis of calendar days."""
    dated = _on_calendar(rows, quotations or ())
    lanes = lanes_of(rows, dated=dated)
    spans = [span for lane in lanes for span in lane.spans]
    if published and dated:
        spans.append((published.toordinal(), published.toordinal()))
    statements = None if quotations is None else statements_of(quotations, spans, dated=dated)
    spans += statements.spans if statements else ()
    scale = scale_of(spans)
    end = scale.end * (1 + ROOM * bool(statements)) if scale else 0.0
    outside = [index for index, lane in enumerate(lanes) if not lane.span]
    side = (SIDE * end or 1.0) if outside else 0.0
    stack = _Stack(BREAKS if scale and len(scale.stretches) > 1 else 0.0)
    groups = [(series, list(group)) for series, group in groupby(lanes, key=lambda lane: lane.series)]
    places = [place for series, group in groups for place in stack.add([1.0] * len(group), series)]
    kinds = statements.kinds if statements else ()
    statement_places = stack.add([STATEMENTS] * len(kinds), STATEMENTS_HEADER) if kinds else ()
    return Layout(
        lanes=tuple(lanes),
        statements=statements,
        dated=dated,
        published=published,
        spans=tuple(spans),
        scale=scale,
        end=end,
        side=side,
        beside={index: end + side * share for index, share in _shares(lanes, outside).items()},
        places=tuple(places),
        statement_places=statement_places,
        headers=tuple(stack.headers),
        n_rows=stack.height,
    )


def _on_calendar(rows: Sequence[Row], quotations: Sequence[Row]) -> bool:
    """Tell whether the axis is one of dates; statements decide where no round has any day."""
    if any(row["first"] is not None or row["last"] is not None for row in rows):
        return True
    counted = any(row["offset_first"] is not None or row["offset_last"] is not None for row in rows)
    return not counted and any(day_of(row, dated=True) is not None for row in quotations)


class _Stack:
    """Rows put below each other; a group begins with a header that shares the first row of the group."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.headers: list[tuple[float, str]] = []

    def add(self, heights: Sequence[float], header: str) -> tuple[float, ...]:
        """Return the places of a group's rows."""
        self.headers.append((self.height + HEADER / 2 + 0.06, ellipsis(header, 2 * LABEL_WIDTH)))
        self.height += HEADER
        ends = tuple(accumulate(heights, initial=self.height))
        self.height = ends[-1]
        return tuple((start + end) / 2 for start, end in pairwise(ends))


def _shares(lanes: Sequence[Lane], outside: Sequence[int]) -> dict[int, float]:
    """Return how far to the right each lane outside the axis stands: those of a series in their order."""
    series: dict[str, list[int]] = {}
    for index in outside:
        series.setdefault(lanes[index].series, []).append(index)
    return {index: (rank + 0.5) / len(peers) for peers in series.values() for rank, index in enumerate(peers)}


def lanes_of(rows: Sequence[Row], *, dated: bool) -> list[Lane]:
    """Return the lanes of rounds, series by series, on calendar days or on days counted from the publication day."""
    series: dict[str, list[Lane]] = {}
    for row in rows:
        lane = _lane(row, dated=dated)
        series.setdefault(lane.series, []).append(lane)
    groups = sorted((_in_order(group) for group in series.values()), key=_start)
    return [lane for group in groups for lane in group]


def _lane(row: Row, *, dated: bool) -> Lane:
    start, end = (row["first"], row["last"]) if dated else (row["offset_first"], row["offset_last"])
    first, last = _day(start), _day(end)
    return Lane(
        name=round_name(row, width=LABEL_WIDTH),
        when=date_phrase(row),
        series=series_name(row),
        status=one_line(row["status"]) or "status unknown",
        basis=row["date_basis"] or "unresolved",
        ordinal=None if row["ordinal"] is None else int(row["ordinal"]),
        first=last if first is None else first,
        last=first if last is None else last,
        vague=is_vague(row),
        open_start=first is None and last is not None,
        open_end=last is None and first is not None,
        reports=reports_of(row),
    )


def _day(value: dt.date | int | None) -> int | None:
    day = as_day(value)
    return day.toordinal() if isinstance(day, dt.date) else None if day is None else int(day)


def _start(group: list[Lane]) -> float:
    return min((lane.first for lane in group if lane.first is not None), default=float("inf"))


def _in_order(group: list[Lane]) -> list[Lane]:
    """Order a series by its days; a round without one goes before the next higher number, else to the end."""
    placed = sorted((lane for lane in group if lane.span), key=lambda lane: lane.span or (0, 0))
    for lane in (lane for lane in group if not lane.span):
        later = (
            index
            for index, other in enumerate(placed)
            if lane.ordinal is not None and other.ordinal is not None and other.ordinal > lane.ordinal
        )
        placed.insert(next(later, len(placed)), lane)
    return placed
