"""A chart as an image with its alternative text."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from toolkit.plots.describe import describe
from toolkit.views.markup import View, tag

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def picture(ax: Axes) -> View:
    """Show a chart of `toolkit.plots` as an image that says what it shows to those who cannot see it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a function of `toolkit.plots` returned.

    Returns
    -------
    View
        The image, part of the html itself; as text, the alternative text.

    Raises
    ------
    InputError
        If the axes were drawn by something else.
    """
    from toolkit.plots.chart import png

    text = describe(ax)
    source = "data:image/png;base64," + base64.b64encode(png(ax)).decode()
    return View(tag("img", src=source, alt=text, style="max-width: 100%; height: auto"), text)
