"""A time axis in stretches of days, broken where nothing happens for long: plain values, nothing drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Days without a round after which the axis is broken: two months fit between rounds of one set of talks.
LONGEST_GAP = 60

# Width of a break and of the margins, as shares of the days that are drawn to scale.
BREAK, MARGIN = 0.05, 0.04


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
    # The margins of a stretch may lie beyond the calendar.
    days = range(max(ceil(stretch.first), 1), min(floor(stretch.last), dt.date.max.toordinal() + 1))
    return [day for day in days if dt.date.fromordinal(day).day == 1]
