"""What plots, views and widgets share: checks on frames, cells as text, colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

Row = dict[str, Any]

NO_SPEAKER = "(no speaker named)"
OUTLET = "(the outlet)"

KINDS = ("direct", "mixed", "indirect")

DRAWN = "application/vnd.toolkit.chart+html"
"""The type of a chart's drawings among the outputs of a notebook."""

# Okabe and Ito's palette (Color Universal Design, 2008) without its yellow, too faint on white, and its
# black, invisible on a dark page. No colour is used alone: each comes with a hatch, a marker or a word.
BLUE, VERMILION, GREEN = "#0072B2", "#D55E00", "#009E73"
PURPLE, SKY, ORANGE = "#CC79A7", "#56B4E9", "#E69F00"
GREY = "#808080"
# Of text, of thin lines and of what is neither this nor that, of what lies behind marks: a page has its own.
INK, GRID, BAND = "#333333", "#DADADA", "#EFEFEF"
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY)


def holder_of(row: Row) -> str:
    """Return the holder of an opinion: an actor, the outlet, or a phrase where a quotation names no speaker."""
    return one_line(row["holder"]) or (NO_SPEAKER if row.get("quotation_id") else OUTLET)


def require(frame: pd.DataFrame, columns: Iterable[str], name: str) -> None:
    """Raise where something is no frame or lacks columns.

    Parameters
    ----------
    frame : pandas.DataFrame
        The frame to be shown.
    columns : iterable of str
        What it must have.
    name : str
        The frame's name in a coverage, for the message.

    Raises
    ------
    InputError
        Naming what was found, what is missing and where to take it from.
    """
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"{name}: found {type(frame).__name__}, expected a pandas DataFrame; pass coverage.{name}")
    missing = [column for column in columns if column not in frame.columns]
    present = ", ".join(map(str, frame.columns)) or "no columns"
    if missing:
        raise InputError(
            f"the {name} frame lacks {', '.join(missing)}; it has {present}; "
            f"pass coverage.{name}, or rename the columns of your own frame"
        )


def rows(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame as dicts, every missing value as None."""
    return [
        {str(column): None if is_missing(value) else value for column, value in row.items()}
        for row in frame.to_dict("records")
    ]


def given_colours(frame: pd.DataFrame) -> dict[str, str]:
    """Return the colours that a user has given to actors, ``#rrggbb`` by name; they go along in ``frame.attrs``."""
    given = frame.attrs.get("colours")
    found = given.items() if isinstance(given, dict) else ()
    # Whatever stands in a style must be a colour and nothing else.
    return {one_line(name): colour for name, colour in found if HEX_COLOUR.fullmatch(str(colour))}


def alike(frame: pd.DataFrame, model: pd.DataFrame) -> pd.DataFrame:
    """Return a frame of the class of another, with what that one keeps beside its columns."""
    made: pd.DataFrame = type(model)(frame)
    return made.__finalize__(model)  # type: ignore[operator, no-any-return]  # pandas-stubs do not know it


# What most cells are; pandas is slow to say that they are not missing.
_THERE = (str, int, list, dict)


def is_missing(value: Any) -> bool:
    """Tell whether a cell is empty: None, NaN, NaT or NA; a list or a dict never is."""
    if value is None or isinstance(value, _THERE):
        return value is None
    import pandas as pd

    return bool(pd.api.types.is_scalar(value) and pd.isna(value))


def one_line(value: Any) -> str:
    """Return a cell as one line of text, the empty string where it is missing."""
    return "" if is_missing(value) else " ".join(str(value).split())


def ellipsis(value: Any, width: int) -> str:
    """Return a cell as one line of at most ``width`` characters, the last an ellipsis where it was cut."""
    text = one_line(value)
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def names(values: Any) -> str:
    """Return a list cell as names divided by commas."""
    return "" if is_missing(values) else ", ".join(one_line(value) for value in values)


def count_of(n: int, noun: str) -> str:
    """Return a count with its noun, ``1 round`` or ``2 rounds``."""
    return f"{n:,} {noun_of(n, noun)}"


def noun_of(n: int, noun: str) -> str:
    """Return a noun as it stands behind a count."""
    return noun if n == 1 else f"{noun}s"


def signed(score: float) -> str:
    """Return a score with its sign and two decimals, ``−0.42``."""
    text = f"{score:+.2f}".replace("-", "−")
    return "0.00" if text[1:] == "0.00" else text


def percent(share: float) -> str:
    """Return a share in whole percent, ``38 %``."""
    return f"{100 * share:.0f} %"


def amount(value: float) -> str:
    """Return a number of things that may be halved, ``1,204`` or ``4.5``."""
    return f"{value:,.1f}".removesuffix(".0")
