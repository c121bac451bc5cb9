"""Actors ranked by how they are spoken of, or by how they speak of others, with the interval of each mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREEN, VERMILION, count_of, ellipsis, require, rows, signed
from toolkit.summaries import FEWEST, sentiment_by_actor

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.display import Row
    from toolkit.summaries import By

TITLES = {"about": "How each actor is spoken of", "by": "How each speaker speaks of others"}

# Colour, marker and name of each voice.
LOOKS = {
    "outlet": (BLUE, "o", "by the outlet"),
    "others": (VERMILION, "s", "by other speakers"),
    "self": (GREEN, "^", "by themselves"),
    "speaks": (BLUE, "o", "mean over those they speak of"),
}


def sentiment_ranking(sentiment: pd.DataFrame, *, by: By = "about", top: int = 12, ax: Axes | None = None) -> Axes:
    """Draw the mean sentiment of each actor with its 95 % interval, most positive first.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        The ``sentiment`` frame of a coverage.
    by : {"about", "by"}
        Rank those spoken of, each voice with a marker of its own, or those who speak.
    top : int
        Actors shown, those with the most sentences; the note counts the others.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A dot a voice and a bar over its interval. Actors with fewer than three sentences in every voice have no
        mean: they are named, with their number of sentences, in the alternative text and counted in the note.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, finish, nothing

    require(sentiment, ("article_id", "target", "holder", "polarity", "score"), "sentiment")
    found = rows(sentiment_by_actor(sentiment, by=by))
    valued = [row for row in found if row["mean"] is not None]
    if not valued:
        return nothing(axes_for(ax, 2.0), TITLES[by], f"no actor with {FEWEST} sentences or more")
    actors = list(dict.fromkeys(row["actor"] for row in valued))
    shown = sorted(actors[:top], key=lambda actor: -_best(valued, actor))
    ax = axes_for(ax, 1.6 + 0.42 * len(shown))
    _draw(ax, [row for row in valued if row["actor"] in shown], shown)
    few = len({row["actor"] for row in found}) - len(actors)
    note = f"{len(shown)} of {count_of(len(actors), 'actor')} with {FEWEST} sentences or more; {few} with fewer"
    return finish(ax, TITLES[by], _in_words(TITLES[by], valued, shown, note), note=note)


def _best(valued: list[Row], actor: str) -> float:
    """Return the mean of the voice with the most sentences, by which an actor is ranked."""
    return float(max((row for row in valued if row["actor"] == actor), key=lambda row: row["n"])["mean"])


def _draw(ax: Axes, valued: list[Row], shown: list[str]) -> None:
    from matplotlib.lines import Line2D

    from toolkit.plots.chart import INK, LABEL_WIDTH, PLAIN, TEXT, legend_below, plain_axes

    voices = [voice for voice in LOOKS if any(row["voice"] == voice for row in valued)]
    ax.axvline(0, color="#BBBBBB", linewidth=1, zorder=1)
    for row in valued:
        apart = 0.24 * (voices.index(row["voice"]) - (len(voices) - 1) / 2)
        place = shown.index(row["actor"]) + apart
        colour, marker, _ = LOOKS[row["voice"]]
        ax.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=2, alpha=0.6, zorder=2)
        ax.plot([row["mean"]], [place], marker=marker, color=colour, markersize=7, linestyle="none", zorder=3)
        style: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": TEXT - 1, "color": INK}
        ax.annotate(f"n={row['n']}", (max(row["high"], row["mean"]), place), (6, 0), **style)
    ax.set_yticks(range(len(shown)), [ellipsis(name, LABEL_WIDTH) for name in shown], fontsize=TEXT, **PLAIN)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlim(-1.08, 1.14)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1 negative", "−0.5", "0", "+0.5", "+1 positive"])
    ax.tick_params(axis="y", length=0)
    plain_axes(ax, "top", "right", "left")
    handles = [
        Line2D([], [], color=LOOKS[voice][0], marker=LOOKS[voice][1], markersize=7, label=LOOKS[voice][2])
        for voice in voices
    ]
    legend_below(ax, handles, len(handles))


def _in_words(title: str, valued: list[Row], shown: list[str], note: str) -> str:
    parts = [
        f"{row['actor']} {LOOKS[row['voice']][2]} {signed(row['mean'])}, between {signed(row['low'])} and "
        f"{signed(row['high'])} (n={row['n']})"
        for actor in shown
        for row in valued
        if row["actor"] == actor
    ]
    return f"Dot chart: {title.lower()} ({note}). {'; '.join(parts)}."
