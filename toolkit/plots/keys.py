"""How rounds and events of a timeline look: a shape for the type, colour and filling for the status, bars for days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREEN, GREY, GRID, INK, ORANGE, PURPLE, SKY, VERMILION, ellipsis
from toolkit.phrases import day_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.plots.lanes import Lane, Layout
    from toolkit.plots.statements import SaidDay

# Shape and size in points of each type; one of the user's own takes the last.
SIGNS: dict[str | None, tuple[str, float]] = {
    "encounter": ("o", 7.0),
    "agreement": ("D", 6.4),
    "deadline": ("v", 7.6),
    "action": ("*", 10.5),
    "vote": ("s", 6.6),
    None: ("p", 7.5),
}

# Colour and filling of each status: full for what came about, half for what goes on, none for what lies ahead, a
# cross for what did not come about. One of the user's own takes the last.
STATUS: dict[str | None, tuple[str, str]] = {
    "proposed": (PURPLE, "none"),
    "planned": (SKY, "none"),
    "threatened": (VERMILION, "none"),
    "under way": (ORANGE, "left"),
    "held": (BLUE, "full"),
    "concluded": (GREEN, "full"),
    "reached": (GREEN, "full"),
    "met": (GREEN, "full"),
    "postponed": (GREY, "cross"),
    "collapsed": (VERMILION, "cross"),
    "missed": (VERMILION, "cross"),
    None: (GREY, "full"),
}

SOLID, HOLLOW, HATCHED, WITHIN = (
    "day stated or resolved",
    "day assumed",
    "days from publication day P",
    "some time within these days",
)

BETWEEN, CUT_OUT = "known by its order alone", "months with nothing, cut out"

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
CUT: dict[str, Any] = {"facecolor": "white", "hatch": "////", "edgecolor": GRID, "linewidth": 0}

# The look of the days between which something lies by its order alone.
ORDERED: dict[str, Any] = {"linestyle": (0, (1, 2.2)), "linewidth": 1.4, "color": GREY}

# The look of the day of publication.
PUBLISHED: dict[str, Any] = {"linestyle": "--", "linewidth": 1}


def look(status: str) -> tuple[str, str]:
    """Return the colour and the filling of a status."""
    return STATUS.get(status, STATUS[None])


def signs_of(kind: str, status: str) -> list[dict[str, Any]]:
    """Return the markers that make a sign up, one over the other."""
    colour, filling = look(status)
    shape, size = SIGNS.get(kind, SIGNS[None])
    style: dict[str, Any] = {"marker": shape, "markersize": size, "color": colour, "linestyle": ""}
    if filling == "cross":
        hollow = style | {"fillstyle": "none"}
        return [hollow, {"marker": "x", "markersize": size, "color": colour, "linestyle": "", "markeredgewidth": 1.6}]
    return [style | {"fillstyle": filling, "markerfacecoloralt": "white", "markeredgewidth": 1.4}]


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
    handles = [*_type_handles(layout.lanes), *_status_handles(layout.lanes)]
    if not layout.folded:
        handles += [*_bar_handles(layout.lanes), *_report_handles(layout.lanes)]
    if layout.scale and any(lane.before is not None for lane in layout.lanes):
        handles.append(_line(BETWEEN, **ORDERED))
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
        # Of a sign that is crossed out the cross is enough.
        yield _line(status, **signs_of("encounter", status)[-1])


def _type_handles(lanes: Iterable[Lane]) -> Iterator[Any]:
    """Yield the shapes, where there are several."""
    found = {lane.type for lane in lanes}
    known = [*(each for each in SIGNS if each in found), *sorted(found.difference(SIGNS))]
    for kind in known if len(known) > 1 else ():
        shape, size = SIGNS.get(kind, SIGNS[None])
        yield _line(kind, marker=shape, markersize=size, color=GREY)


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
