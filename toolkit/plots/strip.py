"""Sentiment in its place: along the sentences of one article, or over the days of several."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREY, GRID, OUTLET, VERMILION, count_of, ellipsis, holder_of, one_line, require, rows
from toolkit.errors import InputError
from toolkit.phrases import as_day, day_phrase
from toolkit.plots.leading import lead
from toolkit.plots.redrawing import redrawable
from toolkit.plots.scale import scale_of, ticks_of
from toolkit.sentiment.counting import (
    LABELS,
    countable,
    errors_phrase,
    grouped,
    holder_and_target,
    place_of,
    ranked,
    sign_of,
    tally,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.display import Row
    from toolkit.plots.scale import Scale
    from toolkit.sentiment.counting import Place

TITLE = "Sentiment along the text"
TITLE_OVER_TIME = "Sentiment over time"

# Colour, marker and word of each polarity.
LOOKS = {1: (BLUE, "^", LABELS["praise"]), 0: (GREY, "o", LABELS["neutral"]), -1: (VERMILION, "v", LABELS["blame"])}

# Markers across the axis: those that would touch are drawn as one, larger.
SLOTS = 64
APART, NARROW_APART = 0.12, 0.22  # of the axis: between two days that are named, and in a narrow chart
ROW, NARROW_ROW = 0.56, 0.72  # inches: from one target to the next, and where the name stands above
LANE, ABOVE = 0.25, 0.48  # of a row: how far praise stands above, and blame below, neutral; and the name above all
NUMBERS = 0.4  # of a row: what the lengths of breaks take where names stand above rows
AREA, LARGEST = 30.0, 150.0  # square points of one sentence, and of as many as tell apart


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence: where on the axis, toward whom, how, and how far in the outlet's own voice, 0 to 1."""

    sentence: Place
    x: float
    target: str
    polarity: int
    own: float


@redrawable
def sentiment_strip(
    articles: pd.DataFrame,
    sentiment: pd.DataFrame,
    *,
    targets: Sequence[str] | None = None,
    top: int = 6,
    ax: Axes | None = None,
) -> Axes:
    """Draw each sentence that speaks of an actor where it stands: whether it blames, praises or does not judge.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id``, ``text`` and ``published``. One article is drawn along its text; of several the dated
        ones are drawn over the days of their publication, and the note counts those without a date. Sentences of
        articles that are not in this frame are left aside.
    sentiment : pandas.DataFrame
        The ``sentiment`` frame. Rows of one sentence count once; it is neutral where none of them judges.
    targets : sequence of str, optional
        Actors to show, in this order; those most often judged by default. The note names those nobody speaks of.
    top : int
        Number of actors shown where ``targets`` is not given.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A row a target with sentences of praise above its line, neutral ones on it and blame below. Markers are
        filled as far as they are the outlet's, hollow as far as others hold them, and the larger the more
        sentences stand in one place.

    Raises
    ------
    InputError
        If a column is missing, or none of ``targets`` is spoken of.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, is_narrow, nothing

    require(articles, ("article_id", "text", "published"), "articles")
    found, axis = _placed(rows(articles), countable(sentiment))
    title = TITLE if len(articles) == 1 else TITLE_OVER_TIME
    if not found:
        return nothing(axes_for(ax, 2.0), title, f"no sentiment to show{_undated(axis)}")
    known = ranked(grouped((row for row, _ in found), holder_and_target), 1)
    shown = _shown(known, targets, top)
    points = [point for target in shown for point in _points(target, found)]
    row = NARROW_ROW if is_narrow(ax) else ROW
    ax = axes_for(ax, 1.5 + row * (len(shown) + _above(axis, narrow=is_narrow(ax))))
    _draw(ax, points, shown, axis)
    coloured_names(ax, shown, sentiment)
    note = f"{count_of(len({point.sentence for point in points}), 'sentence')} on {len(shown)} of "
    note += count_of(len(known), "actor")
    missing = [one_line(target) for target in targets or () if one_line(target) not in shown]
    note += f"; nobody speaks of {', '.join(missing)}" if missing else ""
    note += _undated(axis)
    tallies = [tally(row for row, _ in found if one_line(row["target"]) == target) for target in shown]
    lines = list(filter(None, (note, errors_phrase(tallies))))
    return finish(ax, title, _in_words(title, points, shown, "; ".join(lines)), note="\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Axis:
    """Where points stand: from 0 to ``length``, along a text or, with a scale, over days."""

    length: float
    scale: Scale | None = None
    days: tuple[int, ...] = ()
    undated: int = 0


def _undated(axis: _Axis) -> str:
    return f"; {count_of(axis.undated, 'article')} without a date left out" if axis.undated else ""


def _placed(articles: list[Row], sentiment: list[Row]) -> tuple[list[tuple[Row, float]], _Axis]:
    """Return the rows that have a place on the axis, with it, and the axis."""
    counted = [row for row in sentiment if holder_and_target(row)]
    if len(articles) == 1:
        article = articles[0]
        own = [row for row in counted if row["article_id"] == article["article_id"]]
        return [(row, float(row["start"])) for row in own], _Axis(max(float(len(article["text"] or "")), 1.0))
    days = {row["article_id"]: as_day(row["published"]) for row in articles}
    dated = {key: day.toordinal() for key, day in days.items() if day is not None}
    own = [row for row in counted if row["article_id"] in dated]
    spoken = sorted({dated[row["article_id"]] for row in own})
    scale = scale_of((day, day) for day in spoken)
    found = [(row, scale.x(dated[row["article_id"]] + 0.5)) for row in own] if scale else []
    return found, _Axis(scale.end if scale else 0.0, scale, tuple(spoken), len(days) - len(dated))


def _above(axis: _Axis, *, narrow: bool) -> float:
    """Return the room, in rows, for the lengths of breaks above the first name, which else stands beside its row."""
    return NUMBERS if narrow and axis.scale and len(axis.scale.stretches) > 1 else 0.0


def _points(target: str, found: Sequence[tuple[Row, float]]) -> Iterator[Point]:
    """Give the sentences on a target, one that blames and praises twice; neutral are those in which nobody judges."""
    sentences: defaultdict[Place, list[tuple[Row, float]]] = defaultdict(list)
    for row, x in found:
        if one_line(row["target"]) == target:
            sentences[place_of(row)].append((row, x))
    for sentence, held in sentences.items():
        for polarity in {sign_of(row) for row, _ in held} - {0} or {0}:
            voices = {holder_of(row) == OUTLET for row, _ in held if sign_of(row) == polarity}
            yield Point(sentence, held[0][1], target, polarity, sum(voices) / len(voices))


def _shown(known: list[str], targets: Sequence[str] | None, top: int) -> list[str]:
    if targets is None:
        return known[:top]
    asked = list(dict.fromkeys(map(one_line, targets)))
    shown = [target for target in asked if target in known]
    if not shown:
        raise InputError(f"nobody speaks of {', '.join(asked) or 'no one'}; spoken of are {', '.join(known[:8])}")
    return shown


def _draw(ax: Axes, points: Sequence[Point], shown: list[str], axis: _Axis) -> None:
    from toolkit.plots.chart import LABEL_WIDTH, is_narrow, name_rows, plain_axes

    for row in range(len(shown)):
        ax.axhline(row, color=GRID, linewidth=1, zorder=1)
    for (x, target, polarity), found in _gathered(points, axis).items():
        colour, marker, _ = LOOKS[polarity]
        place = (x, shown.index(target) - LANE * polarity)
        own = sum(point.own for point in found)
        style: dict[str, Any] = {"marker": marker, "edgecolors": colour, "linewidths": 1.1, "zorder": 3}
        mark = ax.scatter(*place, s=_area(len(found)), facecolors=colour if own == len(found) else "white", **style)
        _lead(ax, mark, target, found)
        if 0 < own < len(found):
            # A filling smaller than its share keeps the rim of the quoted ones visible.
            ax.scatter(*place, s=0.6 * own / len(found) * _area(len(found)), facecolors=colour, **style)
    name_rows(ax, range(len(shown)), [ellipsis(name, LABEL_WIDTH) for name in shown], above=ABOVE)
    ax.set_ylim(len(shown) - 0.4, -0.6 - _above(axis, narrow=is_narrow(ax)))
    plain_axes(ax, "top", "right", "left")
    ax.set_xlim(-0.02 * axis.length, 1.02 * axis.length)
    _ticks(ax, axis)
    _legend(ax)


def _lead(ax: Axes, mark: Any, target: str, found: Sequence[Point]) -> None:
    """Make a mark a link to the sentences on its target, those of its article where they are of one."""
    articles = {point.sentence[0] for point in found}
    rows = {"target": target} | ({"article": articles.pop()} if len(articles) == 1 else {})
    lead(ax, [mark], rows, f"{target}: {count_of(len(found), 'sentence')}, {LOOKS[found[0].polarity][2]}")


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
    from toolkit.plots.chart import TEXT, is_narrow

    if axis.scale is None:
        ends = ["beginning of the text", "middle", "end"]
        ax.set_xticks([0, axis.length / 2, axis.length], ends, fontsize=TEXT)
        for label, side in zip(ax.get_xticklabels(), ("left", "center", "right"), strict=True):
            label.set(horizontalalignment=side)
        return
    spans = [(day, day) for day in axis.days]
    apart = (NARROW_APART if is_narrow(ax) else APART) * axis.length
    days = ticks_of(axis.scale, spans, dated=True, apart=apart)
    ax.set_xticks([axis.scale.x(day + 0.5) for day in days], [_label(day) for day in days], fontsize=TEXT)
    draw_breaks(ax, axis.scale, room=apart, at=-0.52 - _above(axis, narrow=is_narrow(ax)))


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
        parts.append(f"{target} {counts[-1]} blame, {counts[0]} neutral, {counts[1]} praise")
    return f"Strip chart: {title.lower()} ({note}). {'; '.join(parts)}."
