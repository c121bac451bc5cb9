"""Actors by how they are judged, or how they judge others: shares of blame, neutral and praise with their intervals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREY, VERMILION, count_of, ellipsis, percent, rows
from toolkit.plots.shares import draw_shares, share_handles
from toolkit.sentiment.counting import FEWEST, errors_phrase
from toolkit.sentiment.summaries import sentiment_by_actor, tally_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.display import Row
    from toolkit.sentiment.summaries import By

TITLES = {"about": "How each actor is judged", "by": "How each speaker judges others"}

WORDS = {"outlet": "by the outlet", "others": "by others", "self": "by themselves", "speaks": ""}

NOUNS = {"about": "actor", "by": "speaker"}

BETWEEN, APART = 0.32, 0.14  # inches from one bar to the next, and more from one actor to the next; units of the axis
HIGH, BESIDE = 0.15, 0.11  # of a bar, and from its middle to the interval of each share
ROOM = {"about": 0.42, "by": 0.16}  # left of the bars, whose width is 1, for voices and shares
INTERVAL: dict[str, Any] = {"linewidth": 1.6, "solid_capstyle": "butt"}


def sentiment_ranking(sentiment: pd.DataFrame, *, by: By = "about", top: int = 12, ax: Axes | None = None) -> Axes:
    """Draw how each actor is judged, those with the most sentences that judge them first.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        The ``sentiment`` frame of a coverage.
    by : {"about", "by"}
        Those spoken of, with a bar for each voice, or those who speak.
    top : int
        Actors shown; the note counts the others.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A bar for each actor and voice, as long as all their sentences: those that blame from the left, those that
        praise from the right, the neutral between them, with a 95 % interval at either. Actors with fewer than eight
        distinct sentences in every voice have no bar: they are named, with their sentences, in the alternative text
        and counted in the note.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, nothing

    found = rows(sentiment_by_actor(sentiment, by=by))
    told = [row for row in found if tally_of(row).is_enough]
    if not told:
        return nothing(axes_for(ax, 2.0), TITLES[by], f"no actor with {FEWEST} sentences or more")
    judged: Counter[str] = Counter()
    for row in told:
        judged[row["actor"]] += tally_of(row).judged
    # Of those judged as often, the frame's order stays.
    shown = sorted(judged, key=lambda actor: -judged[actor])[:top]
    voiced = [sorted((row for row in told if row["actor"] == actor), key=_voice) for actor in shown]
    ax = axes_for(ax, 1.6 + sum(APART + BETWEEN * len(voices) for voices in voiced))
    _draw(ax, voiced, by)
    coloured_names(ax, shown, sentiment)
    few = [row for row in found if not tally_of(row).is_enough]
    without = len({row["actor"] for row in found}) - len(judged)
    counts = f"{len(shown)} of {count_of(len(judged), NOUNS[by])} with {FEWEST} sentences or more; {without} with fewer"
    lines = list(filter(None, (counts, errors_phrase(tally_of(row) for voices in voiced for row in voices))))
    return finish(ax, TITLES[by], _in_words(by, voiced, few, "; ".join(lines)), note="\n".join(lines))


def _voice(row: Row) -> int:
    return list(WORDS).index(row["voice"])


def _draw(ax: Axes, voiced: Sequence[Sequence[Row]], by: By) -> None:
    from toolkit.plots.chart import INK, LABEL_WIDTH, PLAIN, TEXT, legend_below, plain_axes

    height, centres = 0.0, []
    for voices in voiced:
        if height:
            ax.axhline(height, color="#ECECEC", linewidth=0.8)
        height += APART / 2
        centres.append(height + BETWEEN * len(voices) / 2)
        for number, row in enumerate(voices):
            _draw_bar(ax, row, height + BETWEEN * (number + 0.5))
        height += APART / 2 + BETWEEN * len(voices)
    names = [ellipsis(voices[0]["actor"], LABEL_WIDTH) for voices in voiced]
    ax.set_yticks(centres, names, fontsize=TEXT, color=INK, **PLAIN)
    ax.set_ylim(height, 0)
    ax.set_xlim(-ROOM[by], 1.3)
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    plain_axes(ax, "top", "right", "left", "bottom")
    legend_below(ax, [*share_handles(), _interval_handle()], 4)


def _draw_bar(ax: Axes, row: Row, place: float) -> None:
    from toolkit.plots.chart import INK, TEXT

    draw_shares(ax, tally_of(row), (0, place - HIGH / 2), (1, HIGH))
    # Praise is measured from the right.
    ax.plot([row["blame_low"], row["blame_high"]], [place - BESIDE] * 2, color=VERMILION, **INTERVAL)
    ax.plot([1 - row["praise_low"], 1 - row["praise_high"]], [place + BESIDE] * 2, color=BLUE, **INTERVAL)
    style: dict[str, Any] = {"va": "center", "fontsize": TEXT, "color": INK}
    ax.text(-0.012, place, f"−{percent(row['blame'])}", ha="right", **style)
    ax.text(1.012, place, f"+{percent(row['praise'])}", ha="left", **style)
    ax.text(1.17, place, f"n={row['n']:,}", ha="left", **style)
    ax.text(-0.17, place, WORDS[row["voice"]], ha="right", **style)


def _interval_handle() -> Any:
    from matplotlib.lines import Line2D

    label = "95 % interval, of blame above and of praise below"
    return Line2D([], [], color=GREY, label=label, **INTERVAL)


def _in_words(by: By, voiced: Sequence[Sequence[Row]], few: Sequence[Row], note: str) -> str:
    parts = [f"{_named(row)} {_shares(row)} (n={row['n']})" for voices in voiced for row in voices]
    without = ", ".join(f"{_named(row)} {tally_of(row).words}" for row in few)
    more = f" Too few sentences for shares: {without}." if few else ""
    return f"Bar chart: {TITLES[by].lower()} ({note}). {'; '.join(parts)}.{more}"


def _named(row: Row) -> str:
    return f"{row['actor']} {WORDS[row['voice']]}".rstrip()


def _shares(row: Row) -> str:
    return ", ".join(
        f"{name} {percent(row[name])} ({percent(row[f'{name}_low'])} to {percent(row[f'{name}_high'])})"
        for name in ("blame", "neutral", "praise")
    )
