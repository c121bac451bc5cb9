"""Who is quoted, and how: quotations per speaker and kind."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from toolkit.display import (
    BLUE,
    GREEN,
    GRID,
    INK,
    NO_SPEAKER,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    count_of,
    ellipsis,
    require,
    rows,
)
from toolkit.plots.leading import lead
from toolkit.plots.redrawing import redrawable
from toolkit.statements import by_speaker, counts_phrase, in_order, left_out_phrase, sure_rows

if TYPE_CHECKING:
    from collections.abc import Container

    import pandas as pd
    from matplotlib.axes import Axes

TITLE = "Quotations per speaker"

# Colour and hatch of each manner; one of the user's own frame takes the last.
STYLES = {
    "direct": (BLUE, ""), "mixed": (ORANGE, "////"), "indirect": (SKY, "...."), "thought": (PURPLE, "oo"),
    "act": (GREEN, "\\\\\\\\"), "relayed": (GRID, "----"), "denied": (VERMILION, "||||"), None: (GRID, "xx"),
}  # fmt: skip

# A bar with its name beside it or, in a narrow chart, above it: inches from one to the next, its height and how far up
# the name stands in units of these.
ROW, HIGH = 0.34, 0.68
NARROW_ROW, NARROW_HIGH, ABOVE = 0.48, 0.36, 0.44

Bars = list[tuple[str, Counter[str]]]


@redrawable
def speakers(quotations: pd.DataFrame, *, top: int = 12, sure: bool = True, ax: Axes | None = None) -> Axes:
    """Draw how often each speaker is quoted, and in what manner; those who share a statement are each quoted.

    Parameters
    ----------
    quotations : pandas.DataFrame
        Columns ``speaker`` and ``kind``; one row per quotation.
    top : int
        Speakers shown by name; the rest are folded into one bar.
    sure : bool
        Draw only statements that are sure; the note counts the others. False draws all.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        Horizontal stacked bars; quotations without a resolved speaker are the last bar.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, is_narrow, nothing

    require(quotations, ("speaker", "kind"), "quotations")
    shown = rows(sure_rows(quotations, sure=sure))
    counts = by_speaker(shown)
    if not counts:
        return nothing(axes_for(ax, 2.0), TITLE, "no quotations to show")
    bars = _folded(counts, top)
    kinds = in_order(kind for kinds in counts.values() for kind in kinds)
    ax = axes_for(ax, 1.5 + (NARROW_ROW if is_narrow(ax) else ROW) * len(bars))
    _draw(ax, bars, kinds, counts)
    coloured_names(ax, [name for name, _ in bars], quotations)
    note = "; ".join(filter(None, (counts_phrase(shown), left_out_phrase(len(quotations) - len(shown)))))
    return finish(ax, TITLE, _in_words(bars, note), note=note)


def _folded(counts: dict[str, Counter[str]], top: int) -> Bars:
    """Return the bars from the top: the most quoted, the others in one, those without a speaker."""
    named = [(name, kinds) for name, kinds in counts.items() if name != NO_SPEAKER]
    bars, rest = named[:top], named[top:]
    if rest:
        together = sum((kinds for _, kinds in rest), Counter[str]())
        bars.append((f"({count_of(len(rest), 'other')})", together))
    if NO_SPEAKER in counts:
        bars.append((NO_SPEAKER, counts[NO_SPEAKER]))
    return bars


def _draw(ax: Axes, bars: Bars, kinds: list[str], known: Container[str]) -> None:
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    from toolkit.plots.chart import LABEL_WIDTH, is_narrow, legend_below, name_rows, plain_axes

    places = range(len(bars))
    reached = [0] * len(bars)
    handles = []
    for kind in kinds:
        colour, hatch = STYLES.get(kind, STYLES[None])
        style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0.6}
        values = [counts[kind] for _, counts in bars]
        drawn = ax.barh(places, values, left=reached, height=NARROW_HIGH if is_narrow(ax) else HIGH, **style)
        for (name, _), value, patch in zip(bars, values, drawn, strict=True):
            patch.set_visible(value > 0)
            if name in known and value:
                _lead(ax, [patch], name, f"{value:,} {kind}", {"kind": kind})
        reached = [left + value for left, value in zip(reached, values, strict=True)]
        handles.append(Patch(label=kind, **style))
    name_rows(ax, places, [ellipsis(name, LABEL_WIDTH) for name, _ in bars], above=ABOVE)
    for (name, _), place, total, label in zip(bars, places, reached, ax.get_yticklabels(), strict=True):
        number = _number(ax, total, place)
        if name in known:
            _lead(ax, [label, number], name, count_of(total, "quotation"))
    ax.set_ylim(len(bars) - 0.4, -0.6)
    ax.set_xlim(0, max(reached) * (1.15 if is_narrow(ax) else 1.08))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    plain_axes(ax, "top", "right", "left")
    legend_below(ax, handles, len(handles))


def _number(ax: Axes, total: int, place: int) -> Any:
    from toolkit.plots.chart import TEXT

    style: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": TEXT, "color": INK}
    return ax.annotate(f"{total:,}", (total, place), (4, 0), **style)


def _lead(ax: Axes, marks: list[Any], name: str, words: str, more: dict[str, str] | None = None) -> None:
    """Make marks of a speaker a link to what that speaker says."""
    lead(ax, marks, {"speaker": name, **(more or {})}, f"{name}: {words}")


def _in_words(bars: Bars, note: str) -> str:
    parts = []
    for name, counts in bars:
        kinds = [f"{counts[kind]} {kind}" for kind in in_order(counts)]
        parts.append(f"{name} {counts.total()} ({', '.join(kinds)})")
    return f"Bar chart: quotations per speaker ({note}). {'; '.join(parts)}."
