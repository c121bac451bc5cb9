"""Sentiment in its place: along the sentences of one article, or over the days of several."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREY, VERMILION, count_of, ellipsis, one_line, require, rows
from toolkit.errors import InputError
from toolkit.phrases import as_day, day_phrase
from toolkit.plots.scale import scale_of, ticks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.display import Row
    from toolkit.plots.scale import Scale

TITLE = "Sentiment along the text"
TITLE_OVER_TIME = "Sentiment over time"

# Colour, marker and word of each polarity.
LOOKS = {1: (BLUE, "^", "positive"), 0: (GREY, "o", "neutral"), -1: (VERMILION, "v", "negative")}

# Markers across the axis: those that would touch are drawn as one, larger.
SLOTS = 64
APART = 0.12  # of the axis: between two days that are named
LANE = 0.25  # of a row: how far positive stands above, and negative below, neutral
AREA, LARGEST = 30.0, 150.0  # square points of one sentence, and of as many as tell apart


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence: where on the axis, toward whom, how, and in whose voice."""

    x: float
    target: str
    polarity: int
    quoted: bool


def sentiment_strip(
    articles: pd.DataFrame,
    sentiment: pd.DataFrame,
    *,
    targets: Sequence[str] | None = None,
    top: int = 6,
    ax: Axes | None = None,
) -> Axes:
    """Draw each sentence's polarity toward each target, where it stands.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id``, ``text`` and ``published``. One article is drawn along its text; of several the dated
        ones are drawn over the days of their publication, and the note counts those without a date. Sentences of
        articles that are not in this frame are left aside.
    sentiment : pandas.DataFrame
        The ``sentiment`` frame.
    targets : sequence of str, optional
        Actors to show, in this order; those most spoken of by default. The note names those nobody speaks of.
    top : int
        Number of actors shown where ``targets`` is not given.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A row a target with positive sentences above its line, neutral ones on it and negative ones below. Markers are
        filled as far as they are the outlet's, hollow as far as others hold them, and the larger the more
        sentences stand in one place.

    Raises
    ------
    InputError
        If a column is missing, or none of ``targets`` is spoken of.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, nothing

    require(articles, ("article_id", "text", "published"), "articles")
    require(sentiment, ("article_id", "start", "target", "polarity", "quotation_id"), "sentiment")
    found, axis = _points(rows(articles), rows(sentiment))
    title = TITLE if len(articles) == 1 else TITLE_OVER_TIME
    if not found:
        return nothing(axes_for(ax, 2.0), title, f"no sentiment to show{_undated(axis)}")
    shown = _shown(found, targets, top)
    points = [point for point in found if point.target in shown]
    ax = axes_for(ax, 1.5 + 0.56 * len(shown))
    _draw(ax, points, shown, axis)
    coloured_names(ax, shown, sentiment)
    note = f"{count_of(len(points), 'sentence')} on {len(shown)} of {count_of(len(_targets(found)), 'actor')}"
    missing = [one_line(target) for target in targets or () if one_line(target) not in shown]
    note += f"; nobody speaks of {', '.join(missing)}" if missing else ""
    note += _undated(axis)
    return finish(ax, title, _in_words(title, points, shown, note), note=note)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where points stand: from 0 to ``length``, along a text or, with a scale, over days."""

    length: float
    scale: Scale | None = None
    days: tuple[int, ...] = ()
    undated: int = 0


def _undated(axis: _Axis) -> str:
    return f"; {count_of(axis.undated, 'article')} without a date left out" if axis.undated else ""


def _points(articles: list[Row], sentiment: list[Row]) -> tuple[list[Point], _Axis]:
    if len(articles) == 1:
        article = articles[0]
        own = [row for row in sentiment if row["article_id"] == article["article_id"]]
        return [_point(row, float(row["start"])) for row in own], _Axis(max(float(len(article["text"] or "")), 1.0))
    days = {row["article_id"]: as_day(row["published"]) for row in articles}
    dated = {key: day.toordinal() for key, day in days.items() if day is not None}
    own = [row for row in sentiment if row["article_id"] in dated]
    spoken = sorted({dated[row["article_id"]] for row in own})
    scale = scale_of((day, day) for day in spoken)
    points = [_point(row, scale.x(dated[row["article_id"]] + 0.5)) for row in own] if scale else []
    return points, _Axis(scale.end if scale else 0.0, scale, tuple(spoken), len(days) - len(dated))


def _point(row: Row, x: float) -> Point:
    quoted = row["quotation_id"] is not None or bool(one_line(row.get("holder")))
    return Point(x, one_line(row["target"]), int(row["polarity"]), quoted)


def _targets(points: Sequence[Point]) -> list[str]:
    counts = Counter(point.target for point in points)
    return sorted(counts, key=lambda target: (-counts[target], target))


def _shown(points: Sequence[Point], targets: Sequence[str] | None, top: int) -> list[str]:
    known = _targets(points)
    if targets is None:
        return known[:top]
    asked = list(dict.fromkeys(map(one_line, targets)))
    shown = [target for target in asked if target in known]
    if not shown:
        raise InputError(f"nobody speaks of {', '.join(asked) or 'no one'}; spoken of are {', '.join(known[:8])}")
    return shown


def _draw(ax: Axes, points: Sequence[Point], shown: list[str], axis: _Axis) -> None:
    from toolkit.plots.chart import LABEL_WIDTH, PLAIN, TEXT, plain_axes

    for row in range(len(shown)):
        ax.axhline(row, color="#E4E4E4", linewidth=1, zorder=1)
    for (x, target, polarity), found in _gathered(points, axis).items():
        colour, marker, _ = LOOKS[polarity]
        place = (x, shown.index(target) - LANE * polarity)
        own = sum(not point.quoted for point in found)
        style: dict[str, Any] = {"marker": marker, "edgecolors": colour, "linewidths": 1.1, "zorder": 3}
        ax.scatter(*place, s=_area(len(found)), facecolors=colour if own == len(found) else "white", **style)
        if 0 < own < len(found):
            # A filling smaller than its share keeps the rim of the quoted ones visible.
            ax.scatter(*place, s=0.6 * own / len(found) * _area(len(found)), facecolors=colour, **style)
    ax.set_yticks(range(len(shown)), [ellipsis(name, LABEL_WIDTH) for name in shown], fontsize=TEXT, **PLAIN)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    plain_axes(ax, "top", "right", "left")
    ax.set_xlim(-0.02 * axis.length, 1.02 * axis.length)
    _ticks(ax, axis)
    _legend(ax)


def _gathered(points: Sequence[Point], axis: _Axis) -> dict[tuple[float, str, int], list[Point]]:
    """Return the points that share a place, a target and a polarity: those that would touch share one."""
    width = axis.length / SLOTS
    gathered: dict[tuple[float, str, int], list[Point]] = defaultdict(list)
    for point in points:
        slot = min(int(point.x / width), SLOTS - 1)
        gathered[(slot + 0.5) * width, point.target, point.polarity].append(point)
    return gathered


def _area(n: int) -> float:
    return min(AREA * math.pow(n, 0.6), LARGEST)


def _ticks(ax: Axes, axis: _Axis) -> None:
    from toolkit.plots.breaks import draw_breaks
    from toolkit.plots.chart import TEXT

    if axis.scale is None:
        ends = ["beginning of the text", "middle", "end"]
        ax.set_xticks([0, axis.length / 2, axis.length], ends, fontsize=TEXT)
        return
    spans = [(day, day) for day in axis.days]
    days = ticks_of(axis.scale, spans, dated=True, apart=APART * axis.length)
    ax.set_xticks([axis.scale.x(day + 0.5) for day in days], [_label(day) for day in days], fontsize=TEXT)
    draw_breaks(ax, axis.scale, room=APART * axis.length, at=-0.52)


def _label(day: int) -> str:
    return "\n".join(day_phrase(dt.date.fromordinal(day)).rsplit(" ", 1))


def _legend(ax: Axes) -> None:
    from matplotlib.lines import Line2D

    from toolkit.plots.chart import legend_below

    style: dict[str, Any] = {"linestyle": "none", "markersize": 6.5}
    handles = [
        Line2D([], [], color=colour, marker=marker, label=word, **style) for colour, marker, word in LOOKS.values()
    ]
    hollow = Line2D([], [], color=GREY, marker="D", fillstyle="none", label="hollow: of others", **style)
    larger = Line2D([], [], color=GREY, marker="D", label="larger: more sentences", **(style | {"markersize": 9}))
    legend_below(ax, [*handles, hollow, larger], 5)


def _in_words(title: str, points: Sequence[Point], shown: list[str], note: str) -> str:
    parts = []
    for target in shown:
        counts = Counter(point.polarity for point in points if point.target == target)
        parts.append(f"{target} {counts[1]} positive, {counts[0]} neutral, {counts[-1]} negative")
    return f"Strip chart: {title.lower()} ({note}). {'; '.join(parts)}."
