"""How shares of blame, neutral and praise look in a chart: one bar, blame from the left, praise from the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.sentiment.counting import Tally

# Fill of each part, and its name with its sign. Blame is hatched, so that it differs from praise without colour too.
LOOKS: dict[str, tuple[dict[str, Any], str]] = {
    "blame": ({"facecolor": VERMILION, "hatch": "////", "edgecolor": "white"}, "− blame"),
    "neutral": ({"facecolor": "#E2E2E2"}, "neutral"),
    "praise": ({"facecolor": BLUE}, "+ praise"),
}


def draw_shares(ax: Axes, counted: Tally, corner: tuple[float, float], size: tuple[float, float]) -> None:
    """Draw the shares of some sentences as one bar from its lower left corner, which is as wide as all of them."""
    from matplotlib.patches import Rectangle

    (x, y), (width, height) = corner, size
    for name, part in counted.parts.items():
        look, _ = LOOKS[name]
        share = width * part / counted.n
        ax.add_patch(Rectangle((x, y), share, height, linewidth=0, **look))
        x += share


def share_handles() -> list[Any]:
    """Return the entries of a legend."""
    from matplotlib.patches import Patch

    return [Patch(label=label, linewidth=0, **look) for look, label in LOOKS.values()]
