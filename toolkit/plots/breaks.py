"""The cuts of a time axis, drawn."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.display import INK
from toolkit.plots.chart import TEXT
from toolkit.plots.keys import CUT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.plots.scale import Scale

# Before the lines of the grid and behind marks; the numbers before both.
BEHIND, FRONT = 2, 5


def draw_breaks(ax: Axes, scale: Scale, *, room: float, at: float) -> None:
    """Hatch the cuts and write how many months each leaves out, the unit only where there is room for all of them.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    scale : Scale
        The axis.
    room : float
        Width that a number with its unit takes, in units of the axis.
    at : float
        Height of the numbers.
    """
    middles = [stretch.x - scale.gap / 2 for stretch in scale.stretches[1:]]
    unit = " mo" if all(b - a > room for a, b in pairwise(middles)) else ""
    for middle, (left, right) in zip(middles, pairwise(scale.stretches), strict=True):
        ax.axvspan(middle - scale.gap / 2, middle + scale.gap / 2, zorder=BEHIND, **CUT)
        ax.text(
            middle, at, f"{round((right.first - left.last) / 30.44)}{unit}", ha="center", va="center",
            fontsize=TEXT, color=INK, zorder=FRONT, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        )  # fmt: skip
