"""Sentiment in its place: along the sentences of one article, or over the days of several."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence, or the sentences of one article: where on the axis, toward whom, how, and in whose voice."""

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
        ones are drawn over the days of their publication, and the note counts those without a date.
    sentiment : pandas.DataFrame
        The ``sentiment`` frame.
    targets : sequence of str, optional
        Actors to show, in this order; those most spoken of by default.
    top : int
        Number of actors shown where ``targets`` is not given.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A row a target, a marker a sentence: shape and colour tell the polarity, filled markers are the outlet's voice,
        hollow ones are quoted.

    Raises
    ------
    InputError
        If a column is missing, or none of ``targets`` is spoken of.
    """
    from toolkit.plots.chart import axes_for, finish, nothing

    require(articles, ("article_id", "text", "published"), "articles")
    require(sentiment, ("article_id", "start", "target", "polarity", "quotation_id"), "sentiment")
    found, axis = _points(rows(articles), rows(sentiment))
    title = TITLE_OVER_TIME if axis.over_time else TITLE
    shown = _shown(found, targets, top)
    if not shown:
        return nothing(axes_for(ax, 2.0), title, "no sentiment to show")
    points = [point for point in found if point.target in shown]
    ax = axes_for(ax, 1.5 + 0.42 * len(shown))
    _draw(ax, points, shown, axis)
    note = f"{count_of(len(points), 'sentence')} on {len(shown)} of {count_of(len(_targets(found)), 'actor')}"
    note += f"; {count_of(axis.undated, 'article')} without a date left out" if axis.undated else ""
    return finish(ax, title, _in_words(title, points, shown, note), note=note)


@dataclass(frozen=True, slots=True)
class _Axis:
    over_time: bool
    length: float
    undated: int = 0


def _points(articles: list[Row], sentiment: list[Row]) -> tuple[list[Point], _Axis]:
    if len(articles) == 1:
        article = articles[0]
        own = [row for row in sentiment if row["article_id"] == article["article_id"]]
        return [_point(row, float(row["start"])) for row in own], _Axis(over_time=False, length=len(article["text"]))
    days = {row["article_id"]: as_day(row["published"]) for row in articles}
    dated = {key: float(day.toordinal()) for key, day in days.items() if day is not None}
    points = [_point(row, dated[row["article_id"]]) for row in sentiment if row["article_id"] in dated]
    return points, _Axis(over_time=True, length=0.0, undated=len(days) - len(dated))


def _point(row: Row, x: float) -> Point:
    return Point(x, one_line(row["target"]), int(row["polarity"]), row["quotation_id"] is not None)


def _targets(points: Sequence[Point]) -> list[str]:
    counts = Counter(point.target for point in points)
    return sorted(counts, key=lambda target: (-counts[target], target))


def _shown(points: Sequence[Point], targets: Sequence[str] | None, top: int) -> list[str]:
    known = _targets(points)
    if targets is None:
        return known[:top]
    shown = [target for target in targets if target in known]
    if not shown:
        raise InputError(f"nobody speaks of {', '.join(targets) or 'no one'}; spoken of are {', '.join(known[:8])}")
    return shown


def _draw(ax: Axes, points: Sequence[Point], shown: list[str], axis: _Axis) -> None:
    from matplotlib.lines import Line2D

    from toolkit.plots.chart import LABEL_WIDTH, PLAIN, TEXT, legend_below, plain_axes

    for row in range(len(shown)):
        ax.axhline(row, color="#EEEEEE", linewidth=1, zorder=1)
    placed: dict[tuple[float, int], int] = defaultdict(int)
    for point in points:
        row = shown.index(point.target)
        colour, marker, _ = LOOKS[point.polarity]
        # Sentences that share a place stand above each other.
        lift = 0.13 * placed[point.x, row]
        placed[point.x, row] += 1
        fill = "none" if point.quoted else "full"
        ax.plot([point.x], [row - min(lift, 0.4)], marker=marker, color=colour, markersize=7, fillstyle=fill, zorder=3)
    ax.set_yticks(range(len(shown)), [ellipsis(name, LABEL_WIDTH) for name in shown], fontsize=TEXT, **PLAIN)
    ax.set_ylim(len(shown) - 0.4, -0.7)
    ax.tick_params(axis="y", length=0)
    plain_axes(ax, "top", "right", "left")
    if axis.over_time:
        days = sorted({int(point.x) for point in points})
        ticks = days if len(days) <= 6 else days[:: len(days) // 5]
        ax.set_xticks(ticks, [day_phrase(dt.date.fromordinal(day)) for day in ticks], fontsize=TEXT)
    else:
        ax.set_xlim(-0.02 * axis.length, 1.02 * axis.length)
        ax.set_xticks([0, axis.length / 2, axis.length], ["beginning of the text", "middle", "end"], fontsize=TEXT)
    handles = [Line2D([], [], color=c, marker=m, linestyle="none", label=word) for c, m, word in LOOKS.values()]
    hollow = Line2D([], [], color=GREY, marker="o", linestyle="none", fillstyle="none", label="hollow: quoted")
    legend_below(ax, [*handles, hollow], 4)


def _in_words(title: str, points: Sequence[Point], shown: list[str], note: str) -> str:
    parts = []
    for target in shown:
        counts = Counter(point.polarity for point in points if point.target == target)
        parts.append(f"{target} {counts[1]} positive, {counts[0]} neutral, {counts[-1]} negative")
    return f"Strip chart: {title.lower()} ({note}). {'; '.join(parts)}."
