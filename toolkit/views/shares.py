"""Shares of blame, neutral and praise as a bar in a table: blame from its left end, praise from its right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import BLUE, GREY, VERMILION
from toolkit.sentiment.counting import LABELS
from toolkit.views.colours import tint
from toolkit.views.markup import Markup, joined, tag

if TYPE_CHECKING:
    from toolkit.sentiment.counting import Tally

LOOKS = {"blame": VERMILION, "neutral": tint(GREY, 0.3), "praise": BLUE}
PART = "display: inline-block; height: 10px; vertical-align: top"
BAR = "display: inline-block; height: 10px; vertical-align: middle; white-space: nowrap; overflow: hidden"


def share_bar(counted: Tally, width: int) -> Markup:
    """Return the shares of some sentences as a bar of a width in pixels; it says nothing to those who cannot see it."""
    parts = [
        tag("span", style=f"{PART}; width: {100 * part / counted.n:.4g}%; background-color: {LOOKS[name]}")
        for name, part in counted.parts.items()
        if part
    ]
    return tag("span", *parts, style=f"{BAR}; width: {width}px", **{"aria-hidden": "true"})


def share_key() -> Markup:
    """Return what the colours of the bars mean."""
    chips = [
        joined([tag("span", style=f"{PART}; width: 10px; margin: 3px 4px 0 0; background-color: {LOOKS[name]}"), word])
        for name, word in LABELS.items()
    ]
    return tag("span", *(tag("span", chip, style="margin-right: 12px; white-space: nowrap") for chip in chips))
