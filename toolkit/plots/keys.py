"""How the rounds of a timeline look: a marker for the status, a fill for how the days are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION, ellipsis
from toolkit.phrases import day_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.plots.lanes import Lane, Layout
    from toolkit.plots.statements import SaidDay

# Colour and marker of each status; one of the user's own takes the last.
STATUS: dict[str | None, tuple[str, str]] = {
    "proposed": (PURPLE, "D"),
    "planned": (SKY, "s"),
    "under way": (ORANGE, ">"),
    "held": (BLUE, "o"),
    "concluded": (GREEN, "P"),
    "postponed": (GREY, "v"),
    "collapsed": (VERMILION, "X"),
    None: (GREY, "."),
}

SOLID, HOLLOW, HATCHED, WITHIN = (
    "day stated or resolved",
    "day assumed",
    "days from publication day P",
    "some time within these days",
)

AHEAD, CUT_OUT = "ahead, no day given", "months without rounds, cut out"

# A round in which articles disagree on something else than its days.
DIFFERS = "≠"

# The fills of discs of statements.
DISCS = {
    "full": "statement, day stated",
    "none": "statement, day of publication",
    "left": "statements of both on one day",
}

# How wide a disc of statements may be, and how small, in points.
LARGEST, SMALLEST = 13.0, 5.0

# The look of the stretches that the axis leaves out.
CUT: dict[str, Any] = {"facecolor": "white", "hatch": "////", "edgecolor": "#DADADA", "linewidth": 0}

# The look of the day of publication.
PUBLISHED: dict[str, Any] = {"linestyle": "--", "linewidth": 1}


def look(status: str) -> tuple[str, str]:
    """Return the colour and the marker of a status."""
    return STATUS.get(status, STATUS[None])


def bar_style(lane: Lane, colour: str) -> dict[str, Any]:
    """Return the fill of a bar, which tells how its days are known."""
    from matplotlib.colors import to_rgba

    if lane.basis == "unresolved":
        return {"facecolor": to_rgba(colour, 0.15), "edgecolor": colour, "hatch": "/////", "linewidth": 1.2}
    if lane.basis == "assumed":
        return {"facecolor": "white", "edgecolor": colour, "linewidth": 1.6}
    if lane.vague:
        return {"facecolor": to_rgba(colour, 0.3), "edgecolor": colour, "linewidth": 1, "linestyle": ":"}
    return {"facecolor": colour, "edgecolor": colour, "linewidth": 1}


def _key(lane: Lane) -> str:
    if lane.basis == "unresolved":
        return HATCHED
    if lane.basis == "assumed":
        return HOLLOW
    return WITHIN if lane.vague else SOLID


def disc_size(count: int, most: int) -> float:
    """Return the diameter in points of a disc whose area stands for a count."""
    return float(max(SMALLEST, LARGEST * (count / most) ** 0.5))


def disc_fill(said: SaidDay) -> str:
    """Return the fill of a day's disc, which tells how the day is known."""
    if said.stated and said.published:
        return "left"
    return "full" if said.stated else "none"


def handles_of(layout: Layout) -> list[Any]:
    """Return the legend's entries: those of what the layout holds, and no others."""
    from toolkit.plots.chart import INK

    handles = [*_status_handles(layout.lanes), *_bar_handles(layout.lanes), *_report_handles(layout.lanes)]
    if any(lane.ahead for lane in layout.lanes):
        handles.append(_line(AHEAD, marker=">", linestyle="-", color=GREY))
    handles += _statement_handles(layout)
    if layout.scale and len(layout.scale.stretches) > 1:
        handles.append(_patch(CUT_OUT, CUT))
    if layout.marked:
        handles.append(_line(f"published {day_phrase(layout.marked)}", color=INK, **PUBLISHED))
    return handles


def _line(label: str, **style: Any) -> Any:
    from matplotlib.lines import Line2D

    return Line2D([], [], label=label, **{"linestyle": "", "markersize": 7, **style})


def _patch(label: str, style: dict[str, Any]) -> Any:
    from matplotlib.patches import Patch

    return Patch(label=label, **style)


def _status_handles(lanes: Iterable[Lane]) -> Iterator[Any]:
    found = {lane.status for lane in lanes}
    for status in [*(s for s in STATUS if s in found), *sorted(found.difference(STATUS))]:
        colour, marker = look(status)
        yield _line(status, marker=marker, color=colour)


def _bar_handles(lanes: Iterable[Lane]) -> Iterator[Any]:
    seen: dict[str, Lane] = {}
    for lane in lanes:
        if lane.span:
            seen.setdefault(_key(lane), lane)
    for key in (SOLID, HOLLOW, HATCHED, WITHIN):
        if key in seen:
            yield _patch(key, bar_style(seen[key], GREY))


def _report_handles(lanes: Sequence[Lane]) -> Iterator[Any]:
    from matplotlib.path import Path

    from toolkit.plots.chart import INK

    if any(len(lane.spans) > 1 for lane in lanes):
        corners = ((0.0, 0.0), (2.0, 0.0), (2.0, 0.5), (0.0, 0.5), (0.0, 0.0))
        boxes = [Path([(x + dx, y + dy) for dx, dy in corners]) for x, y in ((-1.5, 0.2), (-0.5, -0.7))]
        two = Path.make_compound_path(*boxes)
        yield _line("reports disagree on the days", marker=two, markersize=13, color=GREY)
    fields = dict.fromkeys(field for lane in lanes for field in lane.reports.fields)
    if fields:
        yield _line(
            f"reports disagree: {ellipsis(', '.join(fields), 44)}", marker=f"${DIFFERS}$", markeredgewidth=0, color=INK
        )


def _statement_handles(layout: Layout) -> Iterator[Any]:
    found = {disc_fill(said) for _, days in (layout.statements.kinds if layout.statements else ()) for said in days}
    for fill, label in DISCS.items():
        if fill in found:
            yield _line(label, marker="o", color=GREY, fillstyle=fill, markerfacecoloralt="white")
