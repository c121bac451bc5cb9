"""When the rounds of talks took place: one row per round, series by series."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, require, rows
from toolkit.phrases import NO_DATE, as_day, day_phrase, offset_phrase
from toolkit.plots.keys import CUT, bar_handles, bar_style, cut_handle, look, status_handles
from toolkit.plots.lanes import layout_of, ticks_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.plots.lanes import Lane, Layout, Scale

TITLE = "Rounds of talks"

COLUMNS = (
    "series", "ordinal", "label", "place", "first", "last", "offset_first", "offset_last",
    "precision", "date_basis", "status",
)  # fmt: skip

# Width of a bar that would be too thin to see, as a share of the axes.
NARROWEST = 0.012

# Above the grid and the bands of the headers.
FRONT = 5


def timeline(rounds: pd.DataFrame, *, published: dt.date | None = None, ax: Axes | None = None) -> Axes:
    """Draw the rounds of talks as rows along a time axis, series by series.

    Days stated in the text or resolved against a publication date are solid bars, assumed ones hollow. Where
    no round has a date, days counted from the unknown publication day P are hatched bars on an axis of such
    days. A date that is only a month or a year is a pale bar over all of it. Rounds without any day stand in a
    lane of their own on the right, in the order of their numbers. Stretches without rounds are cut out of the
    axis, and the cut is marked.

    Parameters
    ----------
    rounds : pandas.DataFrame
        Columns ``series``, ``ordinal``, ``label``, ``place``, ``first``, ``last``, ``offset_first``,
        ``offset_last`` (days), ``precision``, ``date_basis`` and ``status``; one row per round.
    published : datetime.date, optional
        A publication date to mark on the axis.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        One row per round, its number, place, days and status on the left.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, finish, nothing

    require(rounds, COLUMNS, "rounds")
    if not len(rounds):
        return nothing(axes_for(ax, 2.0), TITLE, "no rounds to show")
    day = None if published is None else as_day(published)
    layout = layout_of(rows(rounds), day)
    ax = axes_for(ax, 1.9 + 0.44 * layout.n_rows)
    _draw(ax, layout)
    note = f"{count_of(len(layout.lanes), 'round')} in {len(layout.headers)} series"
    return finish(ax, TITLE, _in_words(layout, note), note=note)


def _draw(ax: Axes, layout: Layout) -> None:
    from toolkit.plots.chart import PLAIN, TEXT, legend_below, plain_axes

    ax.set_ylim(layout.n_rows - 0.4, -0.5)
    ax.set_xlim(0, layout.width)
    _draw_headers(ax, layout)
    for index, lane in enumerate(layout.lanes):
        _draw_lane(ax, layout, index, lane)
    labels = [f"{lane.name}\n{lane.facts}" for lane in layout.lanes]
    ax.set_yticks(layout.places, labels, fontsize=TEXT, **PLAIN)
    ax.tick_params(axis="y", length=0, pad=18)
    plain_axes(ax, "top", "right", "left")
    if layout.scale:
        _draw_axis(ax, layout, layout.scale)
    else:
        ax.set_xticks([])
        ax.spines["bottom"].set_visible(False)
    if layout.side:
        _draw_side(ax, layout)
    handles = [*status_handles(layout.lanes), *bar_handles(layout.lanes)]
    if layout.scale and len(layout.scale.stretches) > 1:
        handles.append(cut_handle())
    if layout.published and layout.scale and layout.dated:
        handles.append(_draw_published(ax, layout.scale, layout.published))
    legend_below(ax, handles, 4)


def _draw_headers(ax: Axes, layout: Layout) -> None:
    from toolkit.plots.chart import PLAIN, TEXT

    for place, series in layout.headers:
        ax.axhspan(place - 0.36, place + 0.32, color="#F0F0F0", linewidth=0, zorder=3)
        ax.annotate(
            series, (0, place), (4, 0), xycoords=ax.get_yaxis_transform(), textcoords="offset points",
            va="center", fontsize=TEXT, fontweight="bold", zorder=4, **PLAIN,
        )  # fmt: skip


def _draw_lane(ax: Axes, layout: Layout, index: int, lane: Lane) -> None:
    colour, marker = look(lane.status)
    place = layout.places[index]
    # The marker stands beside the label, not on the axis: a status has no date.
    ax.plot(
        [-0.022], [place], marker=marker, color=colour, markersize=7, clip_on=False,
        transform=ax.get_yaxis_transform(),
    )  # fmt: skip
    if index in layout.beside:
        ax.plot(
            [layout.beside[index]], [place], marker=marker, color=colour, markersize=8,
            fillstyle="none", zorder=FRONT,
        )  # fmt: skip
    elif layout.scale and lane.span:
        start, end = layout.scale.x(lane.span[0]), layout.scale.x(lane.span[1] + 1)
        _draw_bar(ax, lane, place, (start, max(end - start, NARROWEST * layout.width)))


def _draw_bar(ax: Axes, lane: Lane, place: float, bar: tuple[float, float]) -> None:
    from matplotlib.patches import Rectangle

    start, width = bar
    colour, _ = look(lane.status)
    height = 0.3 if lane.vague else 0.52
    ax.add_patch(Rectangle((start, place - height / 2), width, height, zorder=FRONT, **bar_style(lane, colour)))
    arrows = {"<": lane.open_start, ">": lane.open_end}
    for marker, at in (("<", start), (">", start + width)):
        if arrows[marker]:
            ax.plot([at], [place], marker=marker, color=colour, markersize=9, zorder=FRONT)


def _draw_axis(ax: Axes, layout: Layout, scale: Scale) -> None:
    from toolkit.plots.chart import PLAIN, TEXT

    ticks = ticks_of(scale, layout.spans, dated=layout.dated, apart=0.12 * layout.width)
    labels = [_tick_label(day, dated=layout.dated) for day in ticks]
    ax.set_xticks([scale.x(day + 0.5) for day in ticks], labels, fontsize=TEXT)
    ax.grid(axis="x", color="#E4E4E4", linewidth=0.8)
    ax.set_axisbelow(True)
    for left, right in pairwise(scale.stretches):
        _draw_break(ax, right.x - scale.gap, scale.gap, place=layout.places[0], days=right.first - left.last)
    if not layout.dated:
        day = f" ({day_phrase(layout.published)})" if layout.published else ", which is unknown"
        label = f"Days counted from the day of publication P{day}"
        ax.set_xlabel(label, fontsize=TEXT, loc="left", **PLAIN)


def _tick_label(day: int, *, dated: bool) -> str:
    if not dated:
        return offset_phrase(day)
    return "\n".join(day_phrase(dt.date.fromordinal(day)).rsplit(" ", 1))


def _draw_break(ax: Axes, x: float, width: float, *, place: float, days: float) -> None:
    from toolkit.plots.chart import INK, TEXT

    ax.axvspan(x, x + width, zorder=2, **CUT)
    # In the row of the first round, where no header of a series is in the way.
    ax.text(
        x + width / 2, place, f"{round(days / 30.44)} mo", rotation=90, ha="center", va="center", fontsize=TEXT,
        color=INK, zorder=FRONT, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )  # fmt: skip


def _draw_side(ax: Axes, layout: Layout) -> None:
    from toolkit.plots.chart import INK, TEXT

    outside = [layout.lanes[index] for index in layout.beside]
    reason = NO_DATE if all(lane.when == NO_DATE for lane in outside) else "no calendar date"
    ax.axvline(layout.end, color=INK, linewidth=1, zorder=4)
    ax.annotate(
        f"order only: {reason}", (layout.width, 1), (0, 7), ha="right", va="bottom", fontsize=TEXT,
        xycoords=ax.get_xaxis_transform(), textcoords="offset points", color=INK, fontstyle="italic",
    )  # fmt: skip


def _draw_published(ax: Axes, scale: Scale, day: dt.date) -> Any:
    """Mark the day of publication and return its legend entry."""
    from matplotlib.lines import Line2D

    from toolkit.plots.chart import INK

    style: dict[str, Any] = {"color": INK, "linestyle": "--", "linewidth": 1}
    ax.axvline(scale.x(day.toordinal() + 0.5), zorder=2, **style)
    return Line2D([], [], label=f"published {day_phrase(day)}", **style)


def _in_words(layout: Layout, note: str) -> str:
    series: dict[str, list[str]] = {}
    for lane in layout.lanes:
        basis = f" [{lane.basis}]" if lane.span and layout.dated else ""
        series.setdefault(lane.series, []).append(f"{lane.name}, {lane.facts}{basis}")
    groups = [f"{name}: {'; '.join(texts)}" for name, texts in series.items()]
    return f"Timeline: rounds of talks ({note}). {'. '.join(groups)}."
