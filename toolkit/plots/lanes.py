"""Rounds of talks as the rows of a timeline, and the axis they stand on: plain values, nothing drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.display import ellipsis, one_line
from toolkit.phrases import as_day, date_phrase, is_vague, round_name, series_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.display import Row

# Days without a round after which the axis is broken: two months fit between rounds of one set of talks.
LONGEST_GAP = 60

# Width of a break and of the margins, as shares of the days that are drawn to scale.
BREAK, MARGIN = 0.05, 0.04

# Width of the lane for rounds outside the axis, as a share of the axis; height of a series' header in rows.
SIDE, HEADER = 0.26, 0.8

LABEL_WIDTH = 32


@dataclass(frozen=True, slots=True)
class Lane:
    """One round: what its label says, and the days it covers on the axis (None, None where it has none).

    Days are ordinals of the calendar, or days counted from the publication day; ``open_start`` and
    ``open_end`` tell that only the other end is known.
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

    @property
    def facts(self) -> str:
        """The days and the status, in words."""
        return f"{self.when}, {self.status}"

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day, None where the round stands outside the axis."""
        return None if self.first is None or self.last is None else (self.first, self.last)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days ``first`` to ``last`` drawn to scale from ``x`` on."""

    first: float
    last: float
    x: float


@dataclass(frozen=True, slots=True)
class Scale:
    """A time axis in stretches, one unit per day, with breaks of a fixed width between them."""

    stretches: tuple[Stretch, ...]
    gap: float

    @property
    def end(self) -> float:
        """Where the axis ends, from 0."""
        return self.stretches[-1].x + self.stretches[-1].last - self.stretches[-1].first

    def x(self, day: float) -> float:
        """Return the place of a day that lies in a stretch."""
        stretch = next(s for s in self.stretches if day <= s.last)
        return stretch.x + max(day, stretch.first) - stretch.first

    def shows(self, day: float) -> bool:
        """Tell whether a day lies in a stretch."""
        return any(stretch.first <= day <= stretch.last for stretch in self.stretches)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands: ``places`` of the lanes and ``headers`` of the series, from the top.

    The time axis runs from 0 to ``end``. From there on stand the rounds outside it, ``side`` wide, each at the x in
    ``beside`` that stands under its index.
    """

    lanes: tuple[Lane, ...]
    dated: bool
    published: dt.date | None
    spans: tuple[tuple[int, int], ...]
    scale: Scale | None
    end: float
    side: float
    beside: dict[int, float]
    places: tuple[float, ...]
    headers: tuple[tuple[float, str], ...]

    @property
    def width(self) -> float:
        """All of the axes' width."""
        return self.end + self.side

    @property
    def n_rows(self) -> float:
        """Height of all rows, in rows."""
        return self.places[-1] + 1


def layout_of(rows: Sequence[Row], published: dt.date | None) -> Layout:
    """Return the layout of rounds; a publication date is given a place on an axis of calendar days."""
    lanes, dated = lanes_of(rows)
    spans = [lane.span for lane in lanes if lane.span]
    if published and dated:
        spans.append((published.toordinal(), published.toordinal()))
    scale = scale_of(spans)
    end = scale.end if scale else 0.0
    outside = [index for index, lane in enumerate(lanes) if not lane.span]
    side = (SIDE * end or 1.0) if outside else 0.0
    places, headers = _rows_of(lanes)
    return Layout(
        lanes=tuple(lanes),
        dated=dated,
        published=published,
        spans=tuple(spans),
        scale=scale,
        end=end,
        side=side,
        beside={index: end + side * share for index, share in _shares(lanes, outside).items()},
        places=places,
        headers=headers,
    )


def _rows_of(lanes: Sequence[Lane]) -> tuple[tuple[float, ...], tuple[tuple[float, str], ...]]:
    """Return the place of each lane and of each series' header."""
    places: list[float] = []
    headers: list[tuple[float, str]] = []
    row = 0.0
    for index, lane in enumerate(lanes):
        if index == 0 or lane.series != lanes[index - 1].series:
            headers.append((row, ellipsis(lane.series, 2 * LABEL_WIDTH)))
            row += HEADER
        places.append(row)
        row += 1
    return tuple(places), tuple(headers)


def _shares(lanes: Sequence[Lane], outside: Sequence[int]) -> dict[int, float]:
    """Return how far to the right each lane outside the axis stands: those of a series in their order."""
    series: dict[str, list[int]] = {}
    for index in outside:
        series.setdefault(lanes[index].series, []).append(index)
    return {index: (rank + 0.5) / len(peers) for peers in series.values() for rank, index in enumerate(peers)}


def lanes_of(rows: Sequence[Row]) -> tuple[list[Lane], bool]:
    """Return the lanes of rounds, series by series, and whether they stand on calendar days.

    Rounds counted from an unknown publication day have a place on the axis only where no round has a date.
    """
    dated = any(row["first"] is not None or row["last"] is not None for row in rows)
    series: dict[str, list[Lane]] = {}
    for row in rows:
        lane = _lane(row, dated=dated)
        series.setdefault(lane.series, []).append(lane)
    groups = sorted((_in_order(group) for group in series.values()), key=_start)
    return [lane for group in groups for lane in group], dated


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


def scale_of(spans: Iterable[tuple[int, int]]) -> Scale | None:
    """Return the axis that holds the spans, broken where nothing happens for long; None for no spans."""
    clusters = _clusters(sorted(spans))
    if not clusters:
        return None
    busy = sum(last - first + 1 for first, last in clusters)
    # Margins on both sides of a break must fit into the days that it cuts.
    margin, gap = min(max(1.0, MARGIN * busy), LONGEST_GAP / 3), max(1.0, BREAK * busy)
    stretches: list[Stretch] = []
    x = 0.0
    for first, last in clusters:
        stretch = Stretch(first - margin, last + 1 + margin, x)
        stretches.append(stretch)
        x += stretch.last - stretch.first + gap
    return Scale(tuple(stretches), gap)


def _clusters(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    clusters: list[tuple[int, int]] = []
    for first, last in spans:
        if clusters and first - clusters[-1][1] <= LONGEST_GAP:
            clusters[-1] = (clusters[-1][0], max(last, clusters[-1][1]))
        else:
            clusters.append((first, last))
    return clusters


def ticks_of(scale: Scale, spans: Sequence[tuple[int, int]], *, dated: bool, apart: float) -> list[int]:
    """Return the days to label: the first of each stretch, then starts of months and rounds that fit."""
    wanted = sorted({day for span in spans for day in span})
    opening = [next(day for day in wanted if s.first <= day <= s.last) for s in scale.stretches]
    landmarks = [day for s in scale.stretches for day in _month_starts(s)] if dated else [0] * scale.shows(0)
    chosen: list[int] = []
    for day in (*opening, *landmarks, *wanted):
        if all(abs(scale.x(day) - scale.x(other)) >= apart for other in chosen):
            chosen.append(day)
    return sorted(chosen)


def _month_starts(stretch: Stretch) -> list[int]:
    days = range(int(stretch.first) + 1, int(stretch.last) + 1)
    return [day for day in days if dt.date.fromordinal(day).day == 1]
