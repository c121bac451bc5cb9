"""Rounds and other events as the rows of a timeline, and the axis they stand on: plain values, nothing drawn."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, ellipsis, one_line
from toolkit.phrases import EVENTS, as_day, date_phrase, group_name, is_vague, round_name, series_name
from toolkit.plots.reports import NO_REPORTS, Reports, reports_of
from toolkit.plots.scale import scale_of
from toolkit.plots.statements import day_of, statements_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.display import Row
    from toolkit.plots.scale import Scale
    from toolkit.plots.statements import Statements

# Width of the lane for what stands outside the axis, as a share of the axis; in a narrow chart.
SIDE, NARROW_SIDE = 0.26, 0.3

# Room behind the last day for the number of its statements, as a share of the axis.
ROOM = 0.08

# In rows of one round: what the header of a group adds, a row of statements, the room for the lengths of breaks, and in
# a narrow chart that for a name above its row, of two lines or of one.
HEADER, STATEMENTS, BREAKS, NAMED, NAMED_SHORT = 0.52, 0.6, 0.6, 0.82, 0.42

LABEL_WIDTH = 32

STATEMENTS_HEADER = "Statements on the day they were made"

# Beyond this many rows each group becomes a row, and beyond this many groups the smallest become one.
MANY, MOST = 30, 26


@dataclass(frozen=True, slots=True)
class Lane:
    """One round or event: what its label says, and the days it covers on the axis (None, None where it has none).

    Days are ordinals of the calendar, or days counted from the publication day; ``open_start`` and ``open_end`` tell
    that only the other end is known. ``after`` and ``before`` are the days between which it lies by its order alone.
    ``reports`` holds what articles disagree on, ``place`` what a page knows its passages by.
    """

    name: str
    when: str
    group: str
    series: str
    type: str
    status: str
    basis: str
    ordinal: int | None
    first: int | None
    last: int | None
    vague: bool
    place: tuple[str, str] | None = None
    open_start: bool = False
    open_end: bool = False
    after: int | None = None
    before: int | None = None
    reports: Reports = NO_REPORTS

    @property
    def facts(self) -> str:
        """The days and the status, in words, and the type where it is not an encounter."""
        return ", ".join([self.type] * (self.type != "encounter") + [self.when, self.status])

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day, None where it stands outside the axis."""
        return None if self.first is None or self.last is None else (self.first, self.last)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The bars to draw: the days that each report gives, or its own."""
        return (self.reports.spans or (self.span,)) if self.span else ()


@dataclass(frozen=True, slots=True)
class Track:
    """One row: a round or event, or all of a group where there are many."""

    label: str
    lanes: tuple[Lane, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands, in rows from the top: the places of tracks, of kinds of statements, of headers.

    The time axis runs from 0 to ``end``. Before it, ``start`` wide, stands what came before its first day; behind it,
    ``side`` wide, what has no place. ``beside`` is where a lane that has no day stands, by its number.
    """

    tracks: tuple[Track, ...]
    statements: Statements | None
    dated: bool
    published: dt.date | None
    spans: tuple[tuple[int, int], ...]
    scale: Scale | None
    start: float
    end: float
    side: float
    beside: dict[int, float]
    places: tuple[float, ...]
    statement_places: tuple[float, ...]
    headers: tuple[tuple[float, str], ...]
    n_rows: float

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All rounds and events, from the top."""
        return tuple(lane for track in self.tracks for lane in track.lanes)

    @property
    def width(self) -> float:
        """All of the axes' width."""
        return self.start + self.end + self.side

    @property
    def marked(self) -> dt.date | None:
        """The day of publication, where the axis has a place for it."""
        return self.published if self.dated and self.scale else None

    @property
    def folded(self) -> bool:
        """Tell whether rows hold groups."""
        return any(track.folded for track in self.tracks)


def layout_of(
    rows: Sequence[Row],
    published: dt.date | None,
    quotations: Sequence[Row] | None = None,
    *,
    events: Sequence[Row] = (),
    narrow: bool = False,
) -> Layout:
    """Return the layout of rounds, events and statements; a publication date has its place among calendar days."""
    dated = _on_calendar([*rows, *events], quotations or ())
    lanes = lanes_of(rows, events, dated=dated)
    tracks = folded(lanes) if len(lanes) > MANY else [Track(_label(lane), (lane,)) for lane in lanes]
    lanes = [lane for track in tracks for lane in track.lanes]
    spans = [span for lane in lanes for span in lane.spans]
    if published and dated:
        spans.append((published.toordinal(), published.toordinal()))
    statements = None if quotations is None else statements_of(quotations, spans, dated=dated)
    spans += statements.spans if statements else ()
    scale = scale_of(spans)
    end = scale.end * (1 + ROOM * bool(statements)) if scale else 0.0
    share = NARROW_SIDE if narrow else SIDE
    without = [index for index, lane in enumerate(lanes) if not lane.span]
    outside = [index for index in without if lanes[index].before is None]
    early = [index for index in without if lanes[index].before is not None and lanes[index].after is None]
    between = [index for index in without if index not in {*outside, *early}]
    start = share / 2 * end if early else 0.0
    side = (share * end or 1.0) if outside else 0.0
    row_of = [number for number, track in enumerate(tracks) if track.folded for _ in track.lanes]
    beside = {index: end + side * x for index, x in _shares(lanes, outside, row_of).items()}
    beside |= {index: start * (x - 1) for index, x in _shares(lanes, early, row_of).items()}
    if scale:
        beside |= {index: _between(lanes, between, index, scale) for index in between}
    stack = _Stack(BREAKS if scale and len(scale.stretches) > 1 else 0.0)
    places = tuple(_stacked(stack, tracks, NAMED if narrow else 0.0))
    kinds = statements.kinds if statements else ()
    above = NAMED_SHORT if narrow else 0.0
    statement_places = stack.add([STATEMENTS] * len(kinds), STATEMENTS_HEADER, above) if kinds else ()
    return Layout(
        tracks=tuple(tracks),
        statements=statements,
        dated=dated,
        published=published,
        spans=tuple(spans),
        scale=scale,
        start=start,
        end=end,
        side=side,
        beside=beside,
        places=places,
        statement_places=statement_places,
        headers=tuple(stack.headers),
        n_rows=stack.height,
    )


def _stacked(stack: _Stack, tracks: Sequence[Track], above: float) -> Iterator[float]:
    """Give the places of tracks; those that hold a group need no header."""
    for header, group in groupby(tracks, key=lambda track: "" if track.folded else track.lanes[0].group):
        yield from stack.add([1.0] * len(list(group)), header, above)


def _label(lane: Lane) -> str:
    return f"{lane.name}\n{lane.facts}"


def folded(lanes: Iterable[Lane]) -> list[Track]:
    """Return a row for each group, the smallest of very many in one."""
    groups = {group: tuple(found) for group, found in groupby(lanes, key=lambda lane: lane.group)}
    kept = sorted(groups, key=lambda group: -len(groups[group]))[: MOST if len(groups) > MOST else None]
    rest = [group for group in groups if group not in kept]
    tracks = [Track(f"{ellipsis(group, LABEL_WIDTH)}\n{_counted(groups[group])}", groups[group], folded=True)
              for group in groups if group in kept]  # fmt: skip
    if rest:
        together = tuple(lane for group in rest for lane in groups[group])
        tracks.append(Track(f"({count_of(len(rest), 'other')})\n{_counted(together)}", together, folded=True))
    return tracks


def _counted(lanes: Sequence[Lane]) -> str:
    """Return what is known of the only one of a group, else how many there are of each type."""
    if len(lanes) == 1:
        return ellipsis(lanes[0].facts, LABEL_WIDTH + 8)
    counts = Counter("round" if lane.type == "encounter" else lane.type for lane in lanes)
    return ", ".join(count_of(n, noun) for noun, n in counts.items())


def _on_calendar(rows: Sequence[Row], quotations: Sequence[Row]) -> bool:
    """Tell whether the axis is one of dates; statements decide where nothing else has any day."""
    if any(row["first"] is not None or row["last"] is not None for row in rows):
        return True
    counted = any(row["offset_first"] is not None or row["offset_last"] is not None for row in rows)
    return not counted and any(day_of(row, dated=True) is not None for row in quotations)


class _Stack:
    """Rows put below each other; a group begins with its header, if it has one."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.headers: list[tuple[float, str]] = []

    def add(self, heights: Sequence[float], header: str, above: float = 0.0) -> tuple[float, ...]:
        """Return the places of a group's rows, each with room above it."""
        if header:
            self.headers.append((self.height + HEADER / 2 + 0.06, ellipsis(header, 2 * LABEL_WIDTH)))
            self.height += HEADER
        ends = tuple(accumulate((height + above for height in heights), initial=self.height))
        self.height = ends[-1]
        return tuple((start + above + end) / 2 for start, end in pairwise(ends))


def _shares(lanes: Sequence[Lane], outside: Sequence[int], row_of: Sequence[int]) -> dict[int, float]:
    """Return how far to the right each lane outside the axis stands: those of one row, and of a series in its order."""
    groups: dict[Any, list[int]] = {}
    for index in outside:
        lane = lanes[index]
        alone = (index,) if lane.ordinal is None else (lane.group, lane.series)
        groups.setdefault(row_of[index] if row_of else alone, []).append(index)
    return {index: (rank + 0.5) / len(peers) for peers in groups.values() for rank, index in enumerate(peers)}


def _between(lanes: Sequence[Lane], between: Sequence[int], index: int, scale: Scale) -> float:
    """Return the place of a lane that lies between two days, beside those that lie between the same."""
    lane = lanes[index]
    assert lane.after is not None
    assert lane.before is not None
    bounds = (lane.group, lane.after, lane.before)
    peers = [other for other in between if (lanes[other].group, lanes[other].after, lanes[other].before) == bounds]
    left, right = scale.x(lane.after + 1), scale.x(lane.before)
    return left + (right - left) * (peers.index(index) + 1) / (len(peers) + 1)


def lanes_of(rows: Sequence[Row], events: Sequence[Row] = (), *, dated: bool) -> list[Lane]:
    """Return the lanes of rounds and events, group by group.

    A group is a negotiation where it is known, and within it, or without one, a series of rounds. Days are those of the
    calendar, or counted from the publication day.
    """
    named = len({_negotiation(row) for row in (*rows, *events)}) > 1
    groups: dict[str, list[Lane]] = {}
    for kind, row in [*(("round", row) for row in rows), *(("events", row) for row in events)]:
        groups.setdefault(_group(row, named=named), []).append(_lane(row, kind, dated=dated))
    ordered = sorted(groups.items(), key=lambda item: (item[0] in EVENTS.values(), _start(item[1])))
    return [replace(lane, group=group) for group, lanes in ordered for lane in _in_order(lanes)]


def _negotiation(row: Row) -> str:
    return one_line(row.get("negotiation"))


def _group(row: Row, *, named: bool) -> str:
    """Return what a row stands under: its negotiation where there are several, else its series or its type."""
    return (_negotiation(row) if named else "") or group_name({**row, "negotiation": None})


def _lane(row: Row, kind: str, *, dated: bool) -> Lane:
    start, end = (row["first"], row["last"]) if dated else (row["offset_first"], row["offset_last"])
    first, last = _day(start), _day(end)
    number = row.get("ordinal") if row.get("ordinal") is not None else row.get("ordinal_implied")
    return Lane(
        name=round_name(row, width=LABEL_WIDTH),
        when=date_phrase(row),
        group="",
        series=series_name(row),
        type=one_line(row.get("type")) or "encounter",
        status=one_line(row["status"]) or "status unknown",
        basis=row["date_basis"] or "unresolved",
        ordinal=None if number is None else int(number),
        first=last if first is None else first,
        last=first if last is None else last,
        vague=is_vague(row),
        place=_place(row, kind),
        open_start=first is None and last is not None,
        open_end=last is None and first is not None,
        reports=reports_of(row),
    )


def _place(row: Row, kind: str) -> tuple[str, str] | None:
    """Return what a page knows the passages by that tell of a row: a round, or the first passage of an event."""
    if kind == "round":
        return ("round", one_line(row["round_id"])) if one_line(row.get("round_id")) else None
    evidence = row.get("evidence") or []
    return ("passage", " ".join(map(str, evidence[0]))) if evidence else None


def _day(value: dt.date | int | None) -> int | None:
    day = as_day(value)
    return day.toordinal() if isinstance(day, dt.date) else None if day is None else int(day)


def _start(group: list[Lane]) -> float:
    return min((lane.first for lane in group if lane.first is not None), default=float("inf"))


def _in_order(group: list[Lane]) -> list[Lane]:
    """Order a group by its days; one without a day goes before the next higher number, else to the end."""
    placed = sorted((lane for lane in group if lane.span), key=lambda lane: lane.span or (0, 0))
    dated = list(placed)
    for lane in (lane for lane in group if not lane.span):
        later = (index for index, other in enumerate(placed) if _follows(other, lane))
        placed.insert(next(later, len(placed)), _bounded(lane, dated))
    return placed


def _follows(lane: Lane, other: Lane) -> bool:
    """Tell whether a lane comes after another of its series by their numbers."""
    numbered = lane.ordinal is not None and other.ordinal is not None and lane.series == other.series
    return numbered and (lane.ordinal or 0) > (other.ordinal or 0)


def _bounded(lane: Lane, dated: Sequence[Lane]) -> Lane:
    """Return a lane without a day with the days between which its number puts it."""
    before = min((other.first for other in dated if _follows(other, lane) and other.first is not None), default=None)
    after = max((other.last for other in dated if _follows(lane, other) and other.last is not None), default=None)
    if before is not None and after is not None and after >= before:
        after = None
    return replace(lane, after=after, before=before)
