"""How speakers, kinds of quotation and polarities look: legible on light and on dark pages.

JupyterLab keeps few styles in notebooks that are not trusted: it drops ``color: inherit``, ``currentColor`` and
``var(...)``. So text keeps the page's own colour, over translucent tints, and no ``mark`` element, black on yellow
in every browser, stands around it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.display import BLUE, GREY, NO_SPEAKER, PALETTE, VERMILION, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.display import Row

# The line below a quotation tells its kind.
LINES = {"direct": "solid", "mixed": "dashed", "indirect": "dotted"}

POLARITIES = {1: ("+", "positive", BLUE), 0: ("±", "neutral", GREY), -1: ("−", "negative", VERMILION)}


def tint(colour: str, alpha: float) -> str:
    """Return a translucent colour, so that text stays legible on it whatever the page's own colours."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {alpha})"


def speaker_of(row: Row) -> str:
    """Return the name of a quotation's speaker, or a phrase where there is none."""
    return one_line(row["speaker"]) or NO_SPEAKER


def speaker_colours(quotations: Iterable[Row], given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a colour for each speaker, those quoted most first: the one given, else the palette's, grey beyond it."""
    given = given or {}
    counts = Counter(speaker_of(row) for row in quotations)
    without = counts.pop(NO_SPEAKER, 0)
    free = iter([colour for colour in PALETTE if colour.lower() not in {each.lower() for each in given.values()}])
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    colours = {name: given[name] if name in given else next(free, GREY) for name in ranked}
    return colours | ({NO_SPEAKER: GREY} if without else {})


def quotation_style(colour: str, kind: str, *, depth: int = 0) -> str:
    """Return the style of a quotation: its speaker's colour, a line for its kind."""
    line = LINES.get(kind, "double")
    return (
        f"background-color: {tint(colour, 0.14 if depth else 0.22)}; "
        f"border-bottom: {3 if line == 'double' else 2}px {line} {colour}"
    )


def chip_style(colour: str) -> str:
    """Return the style of a small label in a colour."""
    return (
        f"background-color: {tint(colour, 0.22)}; border: 1px solid {colour}; "
        "border-radius: 3px; padding: 0 4px; display: inline-block"
    )
