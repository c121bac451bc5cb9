"""How the rounds of a timeline look: a marker for the status, a fill for how the days are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.plots.lanes import Lane

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


# The look of the stretches that the axis leaves out.
CUT: dict[str, Any] = {"facecolor": "white", "hatch": "////", "edgecolor": "#DADADA", "linewidth": 0}


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


def status_handles(lanes: Iterable[Lane]) -> Iterator[Any]:
    """Yield a legend entry for each status that occurs."""
    from matplotlib.lines import Line2D

    found = {lane.status for lane in lanes}
    for status in [*(s for s in STATUS if s in found), *sorted(found.difference(STATUS))]:
        colour, marker = look(status)
        yield Line2D([], [], linestyle="", marker=marker, color=colour, markersize=7, label=status)


def bar_handles(lanes: Iterable[Lane]) -> Iterator[Any]:
    """Yield a legend entry for each way in which days are known."""
    from matplotlib.patches import Patch

    seen: dict[str, Lane] = {}
    for lane in lanes:
        if lane.span:
            seen.setdefault(_key(lane), lane)
    for key in (SOLID, HOLLOW, HATCHED, WITHIN):
        if key in seen:
            yield Patch(label=key, **bar_style(seen[key], GREY))


def cut_handle() -> Any:
    """Return the legend entry of the stretches that the axis leaves out."""
    from matplotlib.patches import Patch

    return Patch(label="months without rounds, cut out", **CUT)
