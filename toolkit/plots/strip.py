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

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.display import Row

TITLE = "Sentiment along the text"
TITLE_OVER_TIME = "Sentiment over time"

# Colour, marker and word of each polarity.
LOOKS = {1: (BLUE, "^", "positive"), 0: (GREY, "o", "neutral"), -1: (VERMILION, "v", "negative")}

# Markers across the axis: those that would touch are drawn as one, larger.
SLOTS = 64
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
    title = TITLE_OVER_TIME if axis.over_time else TITLE
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
    over_time: bool
    length: float
    undated: int = 0


def _undated(axis: _Axis) -> str:
    return f"; {count_of(axis.undated, 'article')} without a date left out" if axis.undated else ""


def _points(articles: list[Row], sentiment: list[Row]) -> tuple[list[Point], _Axis]:
    if len(articles) == 1:
        article = articles[0]
        own = [row for row in sentiment if row["article_id"] == article["article_id"]]
        return [_point(row, float(row["start"])) for row in own], _Axis(
            over_time=False, length=len(article["text"] or "")
        )
    days = {row["article_id"]: as_day(row["published"]) for row in articles}
    dated = {key: float(day.toordinal()) for key, day in days.items() if day is not None}
    points = [_point(row, dated[row["article_id"]]) for row in sentiment if row["article_id"] in dated]
    return points, _Axis(over_time=True, length=0.0, undated=len(days) - len(dated))


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
    first, last = _bounds(points, axis)
    for (slot, target, polarity), found in _gathered(points, first, (last - first) / SLOTS).items():
        colour, marker, _ = LOOKS[polarity]
        place = (first + (slot + 0.5) * (last - first) / SLOTS, shown.index(target) - LANE * polarity)
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
    ax.set_xlim(first - 0.02 * (last - first), last + 0.02 * (last - first))
    _ticks(ax, axis, first, last)
    _legend(ax)


def _bounds(points: Sequence[Point], axis: _Axis) -> tuple[float, float]:
    """Return the ends of the axis, such that each point lies in the slot of its place."""
    if not axis.over_time:
        return 0.0, max(axis.length, 1.0)
    first, last = min(point.x for point in points), max(point.x for point in points)
    margin = max(0.5, (last - first) / (2 * SLOTS))
    return first - margin, last + margin


def _gathered(points: Sequence[Point], first: float, width: float) -> dict[tuple[int, str, int], list[Point]]:
    """Return the points that share a slot, a target and a polarity."""
    gathered: dict[tuple[int, str, int], list[Point]] = defaultdict(list)
    for point in points:
        slot = min(int((point.x - first) / width), SLOTS - 1)
        gathered[slot, point.target, point.polarity].append(point)
    return gathered


def _area(n: int) -> float:
    return min(AREA * math.pow(n, 0.6), LARGEST)


def _ticks(ax: Axes, axis: _Axis, first: float, last: float) -> None:
    from toolkit.plots.chart import TEXT

    if not axis.over_time:
        ax.set_xticks([0, last / 2, last], ["beginning of the text", "middle", "end"], fontsize=TEXT)
        return
    days = _days(math.ceil(first), math.floor(last))
    ax.set_xticks(days, [day_phrase(dt.date.fromordinal(day)) for day in days], fontsize=TEXT)


def _days(first: int, last: int) -> list[int]:
    """Return at most seven days, evenly apart."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=5, integer=True, min_n_ticks=1).tick_values(first, last)
    return [int(tick) for tick in ticks if first <= tick <= last and tick == int(tick)]


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
