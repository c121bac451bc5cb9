"""How actors are spoken of, and by whom: mean sentiment of each holder toward each target."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.display import OUTLET, count_of, ellipsis, require, rows, signed
from toolkit.sentiment.summaries import FEWEST, grouped, holder_and_target, mean_score

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap

TITLE = "Mean sentiment: holder (row) toward target (column)"


class Cell(NamedTuple):
    """The mean score of a holder toward a target over ``n`` sentences, None of too few."""

    mean: float | None
    n: int


Cells = dict[tuple[str, str], Cell]


def sentiment_matrix(
    sentiment: pd.DataFrame, *, top: int = 10, ax: Axes | None = None, outlet_label: str = OUTLET
) -> Axes:
    """Draw the mean sentiment of each holder toward each target.

    Parameters
    ----------
    sentiment : pandas.DataFrame
        Columns ``holder`` (missing for the outlet's own voice), ``target`` and ``score`` (float, -1 to 1); where
        ``quotation_id`` is there too, a missing holder inside a quotation is a speaker not named;
        one row per sentence and target.
    top : int
        Holders and targets shown, those with the most sentences first; the note counts what is left out.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.
    outlet_label : str
        Name of the row for the outlet's own voice.

    Returns
    -------
    matplotlib.axes.Axes
        A heat map of holders by targets. A cell of fewer than three sentences shows their number alone.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, nothing

    require(sentiment, ("holder", "target", "score"), "sentiment")
    cells = _cells(sentiment, outlet_label)
    if not cells:
        return nothing(axes_for(ax, 2.0), TITLE, "no sentiment to show")
    targets = _most_frequent(cells, 1)[:top]
    # Holders who speak of other targets alone would be empty rows.
    shown = {key: cell for key, cell in cells.items() if key[1] in targets}
    holders = _most_frequent(shown, 0)[:top]
    shown = {key: cell for key, cell in shown.items() if key[0] in holders}
    ax = axes_for(ax, 2.6 + 0.46 * len(holders))
    _draw(ax, shown, holders, targets)
    coloured_names(ax, holders, sentiment)
    note = f"{_of(holders, cells, 0, 'holder')}, {_of(targets, cells, 1, 'target')}"
    note += f"; n = sentences; no mean below n = {FEWEST}"
    return finish(ax, TITLE, _in_words(shown, note), note=note)


def _cells(sentiment: pd.DataFrame, outlet_label: str) -> Cells:
    used = [name for name in ("holder", "target", "score", "quotation_id") if name in sentiment.columns]
    groups = grouped(rows(sentiment[used]), holder_and_target)
    cells = {key: Cell(mean_score(found), len(found)) for key, found in groups.items()}
    return {(outlet_label if holder == OUTLET else holder, target): cell for (holder, target), cell in cells.items()}


def _most_frequent(cells: Cells, part: int) -> list[str]:
    """Return the holders (part 0) or targets (part 1), those with the most sentences first."""
    totals: dict[str, int] = {}
    for key, cell in cells.items():
        totals[key[part]] = totals.get(key[part], 0) + cell.n
    return sorted(totals, key=lambda name: (-totals[name], name))


def _of(shown: list[str], cells: Cells, part: int, noun: str) -> str:
    total = len({key[part] for key in cells})
    return count_of(total, noun) if len(shown) == total else f"{len(shown)} of {count_of(total, noun)}"


def _draw(ax: Axes, cells: Cells, holders: list[str], targets: list[str]) -> None:
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    from toolkit.plots.chart import LABEL_WIDTH, PLAIN, TEXT, plain_axes

    # Red to blue through white is told apart in every common form of colour blindness.
    colours = colormaps["RdBu"]
    for (holder, target), cell in cells.items():
        _draw_cell(ax, targets.index(target), holders.index(holder), cell, colours)
    ax.set_xlim(-0.5, len(targets) - 0.5)
    ax.set_ylim(len(holders) - 0.5, -0.5)
    ax.set_xticks(range(len(targets)), [ellipsis(name, 24) for name in targets], fontsize=TEXT, **PLAIN)
    ax.set_yticks(range(len(holders)), [ellipsis(name, LABEL_WIDTH) for name in holders], fontsize=TEXT, **PLAIN)
    ax.hlines(
        [y + 0.5 for y in range(len(holders) - 1)],
        -0.5,
        len(targets) - 0.5,
        color="#ECECEC",
        linewidth=0.8,
        zorder=0,
    )
    ax.tick_params(length=0)
    ax.tick_params(axis="x", rotation=35)
    for label in ax.get_xticklabels():
        label.set(ha="right", rotation_mode="anchor")
    plain_axes(ax, "top", "right", "left", "bottom")
    scale = ScalarMappable(Normalize(-1, 1), colours)
    bar = ax.figure.colorbar(scale, ax=ax, fraction=0.03, pad=0.02, ticks=[-1, -0.5, 0, 0.5, 1])
    bar.ax.set_yticklabels(["−1 negative", "−0.5", "0", "+0.5", "+1 positive"], fontsize=TEXT)
    bar.outline.set_visible(False)


def _draw_cell(ax: Axes, x: int, y: int, cell: Cell, colours: Colormap) -> None:
    from matplotlib.patches import Rectangle

    from toolkit.plots.chart import INK, TEXT

    few = cell.mean is None
    colour = (0.96, 0.96, 0.96, 1.0) if cell.mean is None else colours((cell.mean + 1) / 2)
    corner = (x - 0.5, y - 0.5)
    if few:
        # Before its version 3.11 matplotlib draws a hatch in the colour of the edge.
        ax.add_patch(Rectangle(corner, 1, 1, facecolor="none", hatch="////", edgecolor="#D8D8D8", lw=0, zorder=1.1))
    ax.add_patch(Rectangle(corner, 1, 1, facecolor=colour, edgecolor="white", linewidth=1.5))
    text = f"n={cell.n}" if cell.mean is None else f"{signed(cell.mean)}\nn={cell.n}"
    ax.text(x, y, text, ha="center", va="center", fontsize=TEXT, color=INK if few else _ink_on(colour))


def _ink_on(colour: tuple[float, ...]) -> str:
    """Return black or white, whichever stands out more (relative luminance, WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "black"


def _in_words(cells: Cells, note: str) -> str:
    parts = [
        f"{holder} toward {target} {'no mean' if cell.mean is None else signed(cell.mean)} (n={cell.n})"
        for (holder, target), cell in sorted(cells.items(), key=lambda item: (-item[1].n, item[0]))
    ]
    return f"Heat map: mean sentiment of each holder toward each target ({note}). {'; '.join(parts)}."
