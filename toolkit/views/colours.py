"""How speakers, kinds of quotation and polarities look: legible on light and on dark pages.

JupyterLab keeps few styles in notebooks that are not trusted: it drops ``color: inherit``, ``currentColor`` and
``var(...)``. So text keeps the page's own colour, over translucent tints, and no ``mark`` element, black on yellow
in every browser, stands around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import BLUE, GREY, NO_SPEAKER, PALETTE, VERMILION, one_line, rows
from toolkit.statements import by_speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from toolkit.display import Row

# The line below a quotation tells its manner; a double one, that it is none of these.
LINES = {"direct": "solid", "mixed": "dashed", "indirect": "dotted"}

# The shades of each colour of the palette: itself, darker, lighter.
SHADES = (0, -0.45, 0.45)
_POOL = [(base, shade) for shade in SHADES for base in PALETTE]

POLARITIES = {1: ("+", "positive", BLUE), 0: ("±", "neutral", GREY), -1: ("−", "negative", VERMILION)}


def tint(colour: str, alpha: float) -> str:
    """Return a translucent colour, so that text stays legible on it whatever the page's own colours."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {alpha})"


def speaker_colours(
    quotations: Iterable[Row], given: Mapping[str, str] | None = None, sides: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return a colour for each speaker, those quoted most first: the one given, else one that nobody else has.

    Speakers of one side have shades of one colour as long as there are some; the others take what is free, and grey
    when nothing is.

    Parameters
    ----------
    quotations : iterable of dict
        Rows of the quotations frame.
    given : mapping of str to str, optional
        Colours that a user gave to speakers.
    sides : mapping of str to str, optional
        The side of each actor; see `sides_of`.
    """
    given, sides = given or {}, sides or {}
    taken = {colour.lower() for colour in given.values()}
    free = {(base, shade) for base in PALETTE for shade in SHADES if shaded(base, shade).lower() not in taken}
    bases: dict[str, str] = {}
    colours: dict[str, str] = {}
    for name in by_speaker(quotations):
        side = sides.get(name) or name
        if name == NO_SPEAKER or name in given:
            colours[name] = given.get(name, GREY)
            continue
        own = [pair for pair in _POOL if pair in free and pair[0] == bases.get(side)]
        new = [pair for pair in _POOL if pair in free and pair[0] not in bases.values() and pair[1] == 0]
        pair = next(iter([*own, *new, *(pair for pair in _POOL if pair in free)]), None)
        if pair is not None:
            free.remove(pair)
            bases.setdefault(side, pair[0])
        colours[name] = GREY if pair is None else shaded(*pair)
    return colours


def sides_of(actors: pd.DataFrame | None) -> dict[str, str]:
    """Return the side of each actor that has one."""
    known = [] if actors is None or "side" not in actors.columns else rows(actors[["actor", "side"]])
    return {one_line(row["actor"]): one_line(row["side"]) for row in known if row["side"]}


def shaded(colour: str, shade: float) -> str:
    """Return a colour mixed with black, or with white where the shade is positive."""
    end, share = (255, shade) if shade > 0 else (0, -shade)
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * (1 - share) + end * share):02X}" for i in (1, 3, 5))


def quotation_style(colour: str, manner: str, *, depth: int = 0) -> str:
    """Return the style of a quotation: its speaker's colour, a line for its manner."""
    line = LINES.get(manner, "double")
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
