"""The alternative text of a chart, kept on its axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_KEY = "alternative_text"


def describe(ax: Axes) -> str:
    """Return what a chart shows, in words.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a function of `toolkit.plots` returned.

    Returns
    -------
    str
        The chart's alternative text.

    Raises
    ------
    InputError
        If the axes were drawn by something else.
    """
    text = description_of(ax)
    if text is None:
        raise InputError(
            f"found {type(ax).__name__} without a description; pass the axes that a function of toolkit.plots returned"
        )
    return text


def description_of(ax: Axes) -> str | None:
    """Return the alternative text of axes, None where they have none."""
    return vars(ax).get(_KEY)


def set_description(ax: Axes, text: str) -> None:
    """Keep the alternative text of a chart on its axes."""
    # An attribute, since matplotlib's own labels show up elsewhere: in the legend, as an id in SVG files.
    vars(ax)[_KEY] = text
