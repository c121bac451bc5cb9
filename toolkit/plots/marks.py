"""What a timeline shows, drawn from its layout: bars, arrows, discs, the axis and its cuts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from toolkit.display import GREY
from toolkit.phrases import NO_DATE, day_phrase, offset_phrase
from toolkit.plots.bars import STYLES
from toolkit.plots.breaks import draw_breaks
from toolkit.plots.chart import INK, PLAIN, TEXT, plain_axes
from toolkit.plots.keys import DIFFERS, PUBLISHED, bar_style, disc_fill, disc_size, look
from toolkit.plots.lanes import BREAKS, HEADER
from toolkit.plots.scale import ticks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from toolkit.plots.lanes import Lane, Layout
    from toolkit.plots.scale import Scale
    from toolkit.plots.statements import SaidDay

# As shares of the axes' width: a bar that would be too thin to see, room for a number, for a number of months.
NARROWEST, NUMBER, UNIT = 0.012, 0.05, 0.075

# Height of a round's bar in rows, and of one of several as a share of its own row.
BAR, VAGUE_BAR, THIN = 0.46, 0.28, 0.7

# Statements of a day for which a disc is large; where all days have fewer, none is.
MANY = 9

# Above the grid and the bands of the headers.
FRONT = 5

# Where the marker of a row stands left of the axes, as a share of their width.
BESIDE = -0.022


def draw(ax: Axes, layout: Layout) -> None:
    """Draw all of a layout but its legend and title."""
    ax.set_ylim(layout.n_rows + 0.1, 0)
    ax.set_xlim(0, layout.width)
    for place, text in layout.headers:
        _draw_header(ax, place, text)
    for index, lane in enumerate(layout.lanes):
        _draw_lane(ax, layout, index, lane)
    _draw_labels(ax, layout)
    plain_axes(ax, "top", "right", "left")
    if layout.scale:
        _draw_axis(ax, layout, layout.scale)
        _draw_statements(ax, layout, layout.scale)
    else:
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
    if layout.side:
        _draw_side(ax, layout)
    if layout.marked and layout.scale:
        ax.axvline(layout.scale.x(layout.marked.toordinal() + 0.5), zorder=2, color=INK, **PUBLISHED)


def _draw_header(ax: Axes, place: float, text: str) -> None:
    ax.axhspan(place - HEADER / 2, place + HEADER / 2, color="#F0F0F0", linewidth=0, zorder=3)
    ax.annotate(
        text, (0, place), (4, 0), xycoords=ax.get_yaxis_transform(), textcoords="offset points",
        va="center", fontsize=TEXT, fontweight="bold", zorder=4, **PLAIN,
    )  # fmt: skip


def _draw_labels(ax: Axes, layout: Layout) -> None:
    labels = [f"{lane.name}{f' {DIFFERS}' if lane.reports.fields else ''}\n{lane.facts}" for lane in layout.lanes]
    for kind, days in layout.statements.kinds if layout.statements else ():
        labels.append(f"{kind} ({sum(said.total for said in days)})")
    ax.set_yticks([*layout.places, *layout.statement_places], labels, fontsize=TEXT, **PLAIN)
    ax.tick_params(axis="y", length=0, pad=18)


def _draw_lane(ax: Axes, layout: Layout, index: int, lane: Lane) -> None:
    colour, marker = look(lane.status)
    place = layout.places[index]
    # The marker stands beside the label, not on the axis: a status has no date.
    ax.plot(
        [BESIDE], [place], marker=marker, color=colour, markersize=7, clip_on=False,
        transform=ax.get_yaxis_transform(),
    )  # fmt: skip
    if index in layout.beside:
        _draw_beside(ax, layout, lane, (layout.beside[index], place))
    elif layout.scale:
        height = (VAGUE_BAR if lane.vague else BAR) / len(lane.spans)
        for row, (first, last) in enumerate(lane.spans):
            start, end = layout.scale.x(first), layout.scale.x(last + 1)
            middle = place + (row - (len(lane.spans) - 1) / 2) * height
            size = (max(end - start, NARROWEST * layout.width), height if len(lane.spans) == 1 else THIN * height)
            _draw_bar(ax, lane, (start, middle), size)


def _draw_bar(ax: Axes, lane: Lane, place: tuple[float, float], size: tuple[float, float]) -> None:
    from matplotlib.patches import Rectangle

    (start, middle), (width, height) = place, size
    colour, _ = look(lane.status)
    style = bar_style(lane, colour) | ({"linewidth": 1} if len(lane.spans) > 1 else {})
    ax.add_patch(Rectangle((start, middle - height / 2), width, height, zorder=FRONT, **style))
    arrows = {"<": lane.open_start, ">": lane.open_end}
    for marker, at in (("<", start), (">", start + width)):
        if arrows[marker]:
            ax.plot([at], [middle], marker=marker, color=colour, markersize=8, zorder=FRONT)


def _draw_beside(ax: Axes, layout: Layout, lane: Lane, place: tuple[float, float]) -> None:
    """Draw a round that has no place on the axis: an arrow if it lies ahead, else a hollow marker."""
    colour, marker = look(lane.status)
    if lane.ahead:
        style = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.8, "mutation_scale": 13}
        ax.annotate("", (layout.width, place[1]), place, arrowprops={"shrinkA": 0, "shrinkB": 2, **style}, zorder=FRONT)
    else:
        ax.plot([place[0]], [place[1]], marker=marker, color=colour, markersize=8, fillstyle="none", zorder=FRONT)


def _draw_statements(ax: Axes, layout: Layout, scale: Scale) -> None:
    kinds = layout.statements.kinds if layout.statements else ()
    most = max((MANY, *(said.total for _, days in kinds for said in days)))
    for place, (kind, days) in zip(layout.statement_places, kinds, strict=True):
        colour, _ = STYLES.get(kind, (GREY, ""))
        for said in sorted(days, key=lambda said: -said.total):
            # White beneath, so that a hollow disc is not crossed by the grid.
            for fill, ink in (("full", "white"), (disc_fill(said), colour)):
                ax.plot(
                    [scale.x(said.day + 0.5)], [place], marker="o", markersize=disc_size(said.total, most),
                    color=ink, fillstyle=fill, markerfacecoloralt="white", markeredgewidth=1.4, zorder=FRONT,
                )  # fmt: skip
        _draw_numbers(ax, layout, place, days)


def _draw_numbers(ax: Axes, layout: Layout, place: float, days: Sequence[SaidDay]) -> None:
    """Write how many beside discs that stand for several, ``2+5`` beside two that are close, where there is room."""
    assert layout.scale
    places = [layout.scale.x(said.day + 0.5) for said in days]
    run: list[int] = []
    for said, x, following in zip(days, places, [*places[1:], float("inf")], strict=True):
        run.append(said.total)
        room = (following - x) / (NUMBER * layout.width)
        if room <= 1:
            continue
        if max(run) > 1 and len(run) < min(room, 4):
            ax.annotate(
                "+".join(map(str, run)), (x, place), (9, 0), textcoords="offset points", va="center",
                fontsize=TEXT, color=INK, zorder=FRONT,
            )  # fmt: skip
        run = []


def _draw_axis(ax: Axes, layout: Layout, scale: Scale) -> None:
    ticks = ticks_of(scale, layout.spans, dated=layout.dated, apart=0.08 * layout.width)
    labels = [_tick_label(day, dated=layout.dated) for day in ticks]
    ax.set_xticks([scale.x(day + 0.5) for day in ticks], labels, fontsize=TEXT)
    ax.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    ax.set_axisbelow(True)
    draw_breaks(ax, scale, room=UNIT * layout.width, at=BREAKS / 2)
    if not layout.dated:
        day = f" ({day_phrase(layout.published)})" if layout.published else ", which is unknown"
        label = f"Days counted from the day of publication P{day}"
        ax.set_xlabel(label, fontsize=TEXT, loc="left", **PLAIN)


def _tick_label(day: int, *, dated: bool) -> str:
    if not dated:
        return offset_phrase(day)
    return "\n".join(day_phrase(dt.date.fromordinal(day)).rsplit(" ", 1))


def _draw_side(ax: Axes, layout: Layout) -> None:
    outside = [layout.lanes[index] for index in layout.beside]
    reason = "no date given" if all(lane.when == NO_DATE for lane in outside) else "no calendar date"
    ax.axvline(layout.end, color=INK, linewidth=1, zorder=4)
    ax.annotate(
        f"order only:\n{reason}", (layout.width, 0), (0, -7), ha="right", va="top", fontsize=TEXT,
        xycoords=ax.get_xaxis_transform(), textcoords="offset points", color=INK, fontstyle="italic",
    )  # fmt: skip
