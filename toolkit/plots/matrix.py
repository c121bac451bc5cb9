"""Who judges whom: the sentences of each holder on each target, and the shares of them that blame and that praise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BAND, GRID, INK, OUTLET, ellipsis
from toolkit.plots.leading import lead
from toolkit.plots.redrawing import redrawable
from toolkit.plots.shares import draw_shares, share_handles
from toolkit.sentiment.counting import FEWEST, countable, errors_phrase, matrix_of, tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.sentiment.counting import Pair, Tally

TITLE = "Who judges whom: holder (row), target (column)"

# Of a cell, which is a unit wide and high: the bar's width and height, and how far from it the numbers stand.
BAR, HIGH, ABOVE = 0.88, 0.17, 0.27

# Before its version 3.11 matplotlib draws a hatch in the colour of the edge.
FEW: dict[str, Any] = {"facecolor": BAND, "hatch": "////", "edgecolor": GRID, "linewidth": 0}

# In a narrow chart fewer holders and targets are shown, and the name of a holder takes a part of a cell above its row.
NARROW_TOP, NAMED = 5, 0.45


@redrawable
def sentiment_matrix(
    sentiment: pd.DataFrame, *, top: int = 8, ax: Axes | None = None, outlet_label: str = OUTLET
) -> Axes:
    """Draw how each holder judges each target.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        The ``sentiment`` frame of a coverage: ``article_id`` and ``start`` of each sentence, ``target``, ``holder``
        (missing for the outlet's own voice) and ``polarity``; where ``quotation_id`` is there too, a missing holder
        inside a quotation is a speaker not named.
    top : int
        Holders and targets shown, those with the most sentences that judge first; the note counts what is left out.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.
    outlet_label : str
        Name of the row for the outlet's own voice.

    Returns
    -------
    matplotlib.axes.Axes
        A grid of holders by targets. A cell tells how many distinct sentences blame (−) and praise (+), and of how
        many; from eight sentences on it has a bar of their shares.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, is_narrow, legend_below, nothing

    matrix = matrix_of(countable(sentiment), min(top, NARROW_TOP) if is_narrow(ax) else top)
    cells = {pair: tally(found) for pair, found in matrix.cells.items()}
    if not cells:
        return nothing(axes_for(ax, 2.0), TITLE, "no sentiment to show")
    names = [outlet_label if holder == OUTLET else holder for holder in matrix.holders]
    pitch = 1 + NAMED * is_narrow(ax)
    ax = axes_for(ax, 2.5 + 0.58 * pitch * len(names))
    _draw(ax, matrix.targets, names, pitch)
    for (holder, target), cell in cells.items():
        marks = _draw_cell(ax, (matrix.targets.index(target), pitch * matrix.holders.index(holder)), cell)
        name = outlet_label if holder == OUTLET else holder
        lead(ax, marks, {"speaker": holder, "target": target}, f"{name} toward {target}: {cell.words}")
    coloured_names(ax, names, sentiment)
    legend_below(ax, [*share_handles(), _few()], 4)
    lines = list(filter(None, (f"{matrix.caption}; n sentences", errors_phrase(cells.values()))))
    return finish(ax, TITLE, _in_words(cells, outlet_label, "; ".join(lines)), note="\n".join(lines))


def _draw(ax: Axes, targets: Sequence[str], holders: Sequence[str], pitch: float) -> None:
    from toolkit.plots.chart import LABEL_WIDTH, PLAIN, TEXT, name_rows, plain_axes

    ax.set_xlim(-0.5, len(targets) - 0.5)
    ax.set_ylim(pitch * (len(holders) - 1) + 0.5, 0.5 - pitch)
    ax.set_xticks(range(len(targets)), [ellipsis(name, 24) for name in targets], fontsize=TEXT, **PLAIN)
    places = [pitch * number for number in range(len(holders))]
    name_rows(ax, places, [ellipsis(name, LABEL_WIDTH) for name in holders], above=0.5 + NAMED / 2)
    lines = [place + 0.5 for place in places[:-1]]
    ax.hlines(lines, -0.5, len(targets) - 0.5, color=GRID, linewidth=0.8, zorder=0)
    ax.tick_params(length=0)
    ax.tick_params(axis="x", rotation=35)
    for label in ax.get_xticklabels():
        label.set(ha="right", rotation_mode="anchor")
    plain_axes(ax, "top", "right", "left", "bottom")


def _draw_cell(ax: Axes, place: tuple[float, float], cell: Tally) -> list[Any]:
    """Draw a cell, and return the marks of it."""
    from matplotlib.patches import Rectangle

    from toolkit.plots.chart import TEXT

    x, y = place
    left, right = x - BAR / 2, x + BAR / 2
    if cell.is_enough:
        marks = draw_shares(ax, cell, (left, y - HIGH / 2), (BAR, HIGH))
    else:
        marks = [ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, **FEW))]
    ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor="none", edgecolor="white", linewidth=1.5))
    for at, sign, side in zip((left, right), cell.signs, ("left", "right"), strict=True):
        marks.append(ax.text(at, y - ABOVE, sign, ha=side, va="center", fontsize=TEXT, color=INK))
    # With nothing above it the number stands in the middle.
    below = ABOVE if cell.is_enough or cell.judged else 0
    return [*marks, ax.text(x, y + below, f"n={cell.n:,}", ha="center", va="center", fontsize=TEXT, color=INK)]


def _few() -> Any:
    from matplotlib.patches import Patch

    return Patch(label=f"fewer than {FEWEST} sentences: no shares", **FEW)


def _in_words(cells: Mapping[Pair, Tally], outlet_label: str, note: str) -> str:
    parts = [
        f"{outlet_label if holder == OUTLET else holder} toward {target} {cell.words}"
        for (holder, target), cell in sorted(cells.items(), key=lambda item: (-item[1].judged, -item[1].n, item[0]))
    ]
    return f"Matrix of bars: who judges whom ({note}). {'; '.join(parts)}."
