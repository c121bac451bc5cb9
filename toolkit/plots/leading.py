"""Where the marks of a chart lead: to the rows they stand for, in a page that shows these."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

_KEY = "marks"


def lead(ax: Axes, artists: Iterable[Artist], rows: Mapping[str, str], words: str) -> None:
    """Make marks of a chart a link to the rows they stand for.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What the marks are drawn on.
    artists : iterable of matplotlib.artist.Artist
        The marks.
    rows : mapping of str to str
        What the rows are chosen by, as the linked view knows it: ``speaker``, ``target``, ``kind``, ``round`` …
    words : str
        What the marks say, for those who cannot see them.
    """
    href = f"#{place_name(rows)}"
    marks_of(ax)[href] = words
    for artist in artists:
        artist.set_url(href)


def place_name(rows: Mapping[str, str]) -> str:
    """Return the name of a place in a page that shows rows: what they are chosen by, ``speaker=Ada+Berg``."""
    return urlencode(rows, errors="replace")


def marks_of(ax: Axes) -> dict[str, str]:
    """Return what the marks of axes say, by the address they lead to."""
    marks: dict[str, str] = vars(ax).setdefault(_KEY, {})
    return marks
