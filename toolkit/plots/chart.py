"""The figure that our charts are drawn on.

The functions that draw import this module when they are called, for matplotlib is slow to load.
"""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from toolkit.display import DRAWN, INK, given_colours
from toolkit.plots.describe import description_of, set_description
from toolkit.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from matplotlib.axes import Axes

WIDTH, NARROW = 8.0, 3.5  # inches: the width of a notebook's output, and of a page on a telephone
TITLE, TEXT = 11, 9  # points
LABEL_WIDTH = 32  # characters
SHORT = 19  # characters: of a legend in two columns

# Names come from articles: a dollar sign in one must not start a formula.
PLAIN: dict[str, Any] = {"parse_math": False}

# The mark of texts on a coloured ground of their own, in which paper around the letters would be a spot.
GROUND = "ground"


class Chart(Figure):
    """A figure whose ``repr`` is the alternative text of its axes.

    A notebook stores the ``repr`` of a figure beside the picture, so that readers who cannot see the picture,
    and whoever searches the file, find what it shows. A chart of one Axes takes the height that its content
    needs.

    Parameters
    ----------
    figsize : tuple of float, optional
        Width and height in inches.
    **options
        As of `matplotlib.figure.Figure`; the layout is ``"constrained"`` unless another is named.
    """

    def __init__(self, figsize: tuple[float, float] = (WIDTH, 4.0), **options: Any) -> None:
        options.setdefault("layout", "constrained")
        super().__init__(figsize=figsize, **options)

    def _repr_mimebundle_(self, **_options: Any) -> dict[str, str]:
        """Return what a rendered page shows; a notebook shows the picture that stands beside it."""
        from toolkit.plots.svg import drawings

        if len(self.axes) != 1 or description_of(self.axes[0]) is None:
            return {}
        return {DRAWN: drawings(self.axes[0])}

    def __repr__(self) -> str:
        texts = [text for ax in self.axes if (text := description_of(ax))]
        return visible("\n".join(texts)) or super().__repr__()


def axes_for(ax: Axes | None, height: float) -> Axes:
    """Return the axes to draw on: those given, or those of a new chart, shown when the cell ends."""
    if ax is None:
        from matplotlib import pyplot as plt

        figure = plt.figure(FigureClass=Chart, figsize=(WIDTH, height))
        return figure.subplots()
    if isinstance(ax.figure, Chart) and len(ax.figure.axes) == 1:
        ax.figure.set_figheight(height)
    return ax


def is_narrow(ax: Axes | None) -> bool:
    """Tell whether axes are those of a chart for a narrow window, in which names stand above what they name."""
    if ax is None or not isinstance(ax.figure, Chart) or len(ax.figure.axes) != 1:
        return False
    return bool(ax.figure.get_figwidth() < (WIDTH + NARROW) / 2)


def finish(ax: Axes, title: str, text: str, *, note: str = "") -> Axes:
    """Set the title (with quieter lines below it) and the alternative text."""
    lines = [part for line in note.splitlines() for part in textwrap.wrap(line, 46 if is_narrow(ax) else 74)]
    pad = 8 + 14 * len(lines)
    title = textwrap.fill(title, 34) if is_narrow(ax) else title
    ax.set_title(title, loc="left", fontsize=TITLE, fontweight="bold", pad=pad, **PLAIN)
    if lines:
        ax.annotate(
            "\n".join(lines), (0, 1), (0, 7), xycoords="axes fraction", textcoords="offset points", va="bottom",
            fontsize=TEXT, color=INK, **PLAIN,
        )  # fmt: skip
    set_description(ax, text)
    return ax


def nothing(ax: Axes, title: str, message: str) -> Axes:
    """Draw a message in place of a chart without data."""
    ax.set_axis_off()
    ax.text(
        0.5,
        0.5,
        message,
        ha="center",
        va="center",
        fontsize=TITLE,
        color=INK,
        transform=ax.transAxes,
        **PLAIN,
    )
    return finish(ax, title, f"{title}: {message}.")


def plain_axes(ax: Axes, *hidden: str) -> None:
    """Hide some sides of the frame and bring the tick labels to a legible size."""
    for side in hidden:
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=TEXT)


def name_rows(ax: Axes, places: Sequence[float], names: Sequence[str], *, above: float) -> None:
    """Set names beside rows; in a narrow chart over them, ``above`` their places in units of the axis."""
    narrow = is_narrow(ax)
    ax.set_yticks([place - above * narrow for place in places], names, fontsize=TEXT, **PLAIN)
    ax.tick_params(axis="y", length=0)
    if narrow:
        ax.tick_params(axis="y", pad=0)
        ax.set_axisbelow(False)
        for label in ax.get_yticklabels():
            label.set(ha="left", in_layout=False)


def coloured_names(ax: Axes, names: Sequence[str], frame: pd.DataFrame) -> None:
    """Set the colours that a user has given to actors beside their names, which stand at the vertical axis' ticks."""
    colours = given_colours(frame)
    found = [(place, colours[name]) for place, name in zip(ax.get_yticks(), names, strict=True) if name in colours]
    square: dict[str, Any] = {"marker": "s", "markersize": 6, "clip_on": False, "transform": ax.get_yaxis_transform()}
    for place, colour in found:
        ax.plot([-0.012], [place], color=colour, **square)
    if found and not is_narrow(ax):
        ax.tick_params(axis="y", pad=14)


def legend_below(ax: Axes, handles: list[Any], columns: int) -> None:
    """Draw a legend below the data: across the whole of a chart, else below the axes given."""
    if is_narrow(ax):
        columns = min(columns, 2)
        for handle in handles:
            handle.set_label(textwrap.fill(handle.get_label(), SHORT))
    style: dict[str, Any] = {"frameon": False, "fontsize": TEXT, "handlelength": 2.2, "ncols": columns}
    if isinstance(ax.figure, Chart):
        legend = ax.figure.legend(handles=handles, loc="outside lower left", **style)
    else:
        legend = ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.12), **style)
    for label in legend.get_texts():
        label.set_parse_math(False)


def png(ax: Axes) -> bytes:
    """Return a chart as a PNG, its alternative text among the metadata."""
    figure = ax.figure
    out = io.BytesIO()
    metadata = {"Description": description_of(ax) or "", "Software": None}
    assert isinstance(figure, Figure)
    figure.savefig(out, format="png", dpi=144, facecolor="white", metadata=metadata)
    return out.getvalue()
