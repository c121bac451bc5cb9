"""Actors by how they are judged, or how they judge others: shares of blame, neutral and praise with their intervals."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.display import BLUE, GREY, GRID, INK, OUTLET, VERMILION, count_of, ellipsis, percent, rows
from toolkit.plots.leading import lead
from toolkit.plots.redrawing import redrawable
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

HIGH, BESIDE = 0.15, 0.11  # inches, the units of the axis: of a bar, and from its middle to the interval of each share
INTERVAL: dict[str, Any] = {"linewidth": 1.6, "solid_capstyle": "butt"}


class Room(NamedTuple):
    """Inches from a bar to the next and more from one actor to the next; what stands beside bars, whose width is 1."""

    between: float
    apart: float
    left: float
    right: float


BESIDE_BARS = {"about": Room(0.32, 0.14, 0.42, 0.3), "by": Room(0.32, 0.14, 0.16, 0.3)}
ABOVE_BARS = Room(0.46, 0.32, 0.17, 0.17)


@redrawable
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
    from toolkit.plots.chart import axes_for, coloured_names, finish, is_narrow, nothing

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
    room = ABOVE_BARS if is_narrow(ax) else BESIDE_BARS[by]
    ax = axes_for(ax, 1.6 + sum(room.apart + room.between * len(voices) for voices in voiced))
    _draw(ax, voiced, room)
    coloured_names(ax, shown, sentiment)
    few = [row for row in found if not tally_of(row).is_enough]
    without = len({row["actor"] for row in found}) - len(judged)
    counts = f"{len(shown)} of {count_of(len(judged), NOUNS[by])} with {FEWEST} sentences or more; {without} with fewer"
    lines = list(filter(None, (counts, errors_phrase(tally_of(row) for voices in voiced for row in voices))))
    return finish(ax, TITLES[by], _in_words(by, voiced, few, "; ".join(lines)), note="\n".join(lines))


def _voice(row: Row) -> int:
    return list(WORDS).index(row["voice"])


def _draw(ax: Axes, voiced: Sequence[Sequence[Row]], room: Room) -> None:
    from toolkit.plots.chart import LABEL_WIDTH, is_narrow, legend_below, name_rows, plain_axes

    height, places = 0.0, []
    for voices in voiced:
        if height:
            ax.axhline(height, color=GRID, linewidth=0.8)
        # In a narrow chart the name takes the room between actors, and what is said of a bar the room above it.
        top = height + room.apart * (0.95 if is_narrow(ax) else 0.5)
        places.append(height + 0.16 if is_narrow(ax) else top + room.between * len(voices) / 2)
        for number, row in enumerate(voices):
            _draw_bar(ax, row, top + room.between * (number + (0.68 if is_narrow(ax) else 0.5)))
        height += room.apart + room.between * len(voices)
    name_rows(ax, places, [ellipsis(voices[0]["actor"], LABEL_WIDTH) for voices in voiced], above=0)
    for label in ax.get_yticklabels():
        label.set(color=INK, weight="bold" if is_narrow(ax) else "normal")
    ax.set_ylim(height, 0)
    ax.set_xlim(-room.left, 1 + room.right)
    ax.set_xticks([])
    plain_axes(ax, "top", "right", "left", "bottom")
    legend_below(ax, [*share_handles(), _interval_handle()], 4)


def _draw_bar(ax: Axes, row: Row, place: float) -> None:
    from toolkit.plots.chart import TEXT, is_narrow

    bars = draw_shares(ax, tally_of(row), (0, place - HIGH / 2), (1, HIGH))
    # Praise is measured from the right.
    ax.plot([row["blame_low"], row["blame_high"]], [place - BESIDE] * 2, color=VERMILION, **INTERVAL)
    ax.plot([1 - row["praise_low"], 1 - row["praise_high"]], [place + BESIDE] * 2, color=BLUE, **INTERVAL)
    style: dict[str, Any] = {"va": "center", "fontsize": TEXT, "color": INK}
    said, number = WORDS[row["voice"]], f"n={row['n']:,}"
    texts = [
        ax.text(-0.012, place, _signed("−", row["blame"]), ha="right", **style),
        ax.text(1.012, place, _signed("+", row["praise"]), ha="left", **style),
    ]
    if is_narrow(ax):
        texts.append(ax.text(0, place - 0.21, f"{said}, {number}".removeprefix(", "), ha="left", **style))
    else:
        texts.append(ax.text(1.17, place, number, ha="left", **style))
        texts.append(ax.text(-0.17, place, said, ha="right", **style))
    lead(ax, [*bars, *texts], _chosen(row), f"{_named(row)}: {tally_of(row).words}")


def _signed(sign: str, share: float) -> str:
    return f"{sign}{percent(share)}" if round(100 * share) else percent(0)


def _chosen(row: Row) -> dict[str, str]:
    """Return what the sentences of a bar are chosen by; those of others are among all on the actor."""
    actor = row["actor"]
    if row["voice"] == "speaks":
        return {"speaker": actor, "list": "sentences"}
    holder = {"outlet": OUTLET, "self": actor}.get(row["voice"])
    return {"speaker": holder, "target": actor} if holder else {"target": actor}


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
