"""How shares of blame, neutral and praise look in a chart: one bar, blame from the left, praise from the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GRID, VERMILION
from toolkit.sentiment.counting import LABELS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.sentiment.counting import Tally

# Blame is hatched, so that it differs from praise without colour too.
LOOKS: dict[str, dict[str, Any]] = {
    "blame": {"facecolor": VERMILION, "hatch": "////", "edgecolor": "white"},
    "neutral": {"facecolor": GRID},
    "praise": {"facecolor": BLUE},
}


def draw_shares(ax: Axes, counted: Tally, corner: tuple[float, float], size: tuple[float, float]) -> list[Any]:
    """Draw the shares of some sentences as one bar from its lower left corner, and return its parts."""
    from matplotlib.patches import Rectangle

    (x, y), (width, height) = corner, size
    bars = []
    for name, part in counted.parts.items():
        share = width * part / counted.n
        bars.append(ax.add_patch(Rectangle((x, y), share, height, linewidth=0, **LOOKS[name])))
        x += share
    return bars


def share_handles() -> list[Any]:
    """Return the entries of a legend."""
    from matplotlib.patches import Patch

    return [Patch(label=LABELS[name], linewidth=0, **look) for name, look in LOOKS.items()]
