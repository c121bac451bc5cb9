"""Actors ranked by how they are spoken of, or by how they speak of others, with the interval of each mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREEN, VERMILION, count_of, ellipsis, require, rows, signed
from toolkit.sentiment.summaries import FEWEST, errors_phrase, sentiment_by_actor

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.display import Row
    from toolkit.sentiment.summaries import By

TITLES = {"about": "How each actor is spoken of", "by": "How each speaker speaks of others"}

# Colour, marker and name of each voice.
LOOKS = {
    "outlet": (BLUE, "o", "by the outlet"),
    "others": (VERMILION, "s", "by other speakers"),
    "self": (GREEN, "^", "by themselves"),
    "speaks": (BLUE, "o", "mean over those they speak of"),
}
WORDS = {voice: "" if voice == "speaks" else f"{label} " for voice, (_, _, label) in LOOKS.items()}

NOUNS = {"about": "actor", "by": "speaker"}

BETWEEN = 0.22  # inches between the voices of one actor, and units of the axis


def sentiment_ranking(sentiment: pd.DataFrame, *, by: By = "about", top: int = 12, ax: Axes | None = None) -> Axes:
    """Draw the mean sentiment of each actor with its 95 % interval, most positive first.

    Where an actor has several voices, the one with the most sentences gives the rank.

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
    from toolkit.plots.chart import axes_for, coloured_names, finish, nothing

    require(sentiment, ("article_id", "target", "holder", "polarity", "score"), "sentiment")
    found = rows(sentiment_by_actor(sentiment, by=by))
    valued = [row for row in found if row["mean"] is not None]
    if not valued:
        return nothing(axes_for(ax, 2.0), TITLES[by], f"no actor with {FEWEST} sentences or more")
    actors = list(dict.fromkeys(row["actor"] for row in valued))
    shown = sorted(actors[:top], key=lambda actor: -_best(valued, actor))
    voiced = [[row for row in valued if row["actor"] == actor] for actor in shown]
    ax = axes_for(ax, 1.6 + sum(0.2 + BETWEEN * len(voices) for voices in voiced))
    _draw(ax, voiced)
    coloured_names(ax, shown, sentiment)
    few = [row for row in found if row["mean"] is None]
    without = len({row["actor"] for row in found}) - len(actors)
    note = f"{len(shown)} of {count_of(len(actors), NOUNS[by])} with {FEWEST} sentences or more; {without} with fewer"
    told = errors_phrase(rows(sentiment[sentiment["score"].notna()]))
    note += f"; {told}" if told else ""
    return finish(ax, TITLES[by], _in_words(by, voiced, few, note), note=note)


def _best(valued: list[Row], actor: str) -> float:
    """Return the mean of the voice with the most sentences, by which an actor is ranked."""
    return float(max((row for row in valued if row["actor"] == actor), key=lambda row: row["n"])["mean"])


def _draw(ax: Axes, voiced: list[list[Row]]) -> None:
    from toolkit.plots.chart import INK, LABEL_WIDTH, PLAIN, TEXT, plain_axes

    ax.axvline(0, color="#BBBBBB", linewidth=1, zorder=1)
    height, centres = 0.0, []
    for voices in voiced:
        centres.append(height + 0.1 + BETWEEN * len(voices) / 2)
        for number, row in enumerate(sorted(voices, key=lambda row: list(LOOKS).index(row["voice"]))):
            _draw_mean(ax, row, height + 0.1 + BETWEEN * (number + 0.5))
        height += 0.2 + BETWEEN * len(voices)
    names = [ellipsis(voices[0]["actor"], LABEL_WIDTH) for voices in voiced]
    ax.set_yticks(centres, names, fontsize=TEXT, color=INK, **PLAIN)
    ax.set_ylim(height, 0)
    ax.set_xlim(-1.08, 1.14)
    ax.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1 negative", "−0.5", "0", "+0.5", "+1 positive"])
    ax.tick_params(axis="y", length=0)
    plain_axes(ax, "top", "right", "left")
    _legend(ax, {row["voice"] for voices in voiced for row in voices})


def _draw_mean(ax: Axes, row: Row, place: float) -> None:
    from toolkit.plots.chart import INK, TEXT

    colour, marker, _ = LOOKS[row["voice"]]
    ax.plot([row["low"], row["high"]], [place, place], color=colour, linewidth=2, alpha=0.55, zorder=2)
    ax.plot([row["mean"]], [place], marker=marker, color=colour, markersize=7, linestyle="none", zorder=3)
    style: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": TEXT, "color": INK}
    ax.annotate(f"n={row['n']}", (row["high"], place), (8, 0), **style)


def _legend(ax: Axes, voices: set[str]) -> None:
    from matplotlib.lines import Line2D

    from toolkit.plots.chart import legend_below

    handles = [
        Line2D([], [], color=colour, marker=marker, markersize=7, label=label)
        for voice, (colour, marker, label) in LOOKS.items()
        if voice in voices
    ]
    bar = Line2D([], [], color="#808080", linewidth=2, alpha=0.55, label="95 % interval")
    legend_below(ax, [*handles, bar], len(handles) + 1)


def _in_words(by: By, voiced: list[list[Row]], few: list[Row], note: str) -> str:
    parts = [
        f"{row['actor']} {WORDS[row['voice']]}{signed(row['mean'])}, between {signed(row['low'])} and "
        f"{signed(row['high'])} (n={row['n']})"
        for voices in voiced
        for row in voices
    ]
    without = ", ".join(f"{row['actor']} {WORDS[row['voice']]}(n={row['n']})" for row in few)
    more = f" Too few sentences for a mean: {without}." if few else ""
    return f"Dot chart: {TITLES[by].lower()} ({note}). {'; '.join(parts)}.{more}"
