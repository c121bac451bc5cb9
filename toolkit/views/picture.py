"""A chart in a page: drawn by lines, in the page's colours, wide and narrow, each mark a link to its rows."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.packaged import read_text
from toolkit.plots.describe import describe
from toolkit.views.markup import LITERAL, Markup, View, tag

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STYLE = Path(__file__).resolve().parent.parent / "templates" / "charts" / "charts.css"


def picture(ax: Axes) -> View:
    """Show a chart of `toolkit.plots`; those who cannot see it find what it shows.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        What a function of `toolkit.plots` returned.

    Returns
    -------
    View
        The chart, part of the html itself, and an image of it for places that show neither drawings nor style sheets,
        such as a notebook that is not trusted; as text, the alternative text.

    Raises
    ------
    InputError
        If the axes were drawn by something else.
    """
    from toolkit.plots.chart import png

    text = describe(ax)
    source = "data:image/png;base64," + base64.b64encode(png(ax)).decode()
    still = tag("img", src=source, alt=text, style="max-width: 100%; height: auto", **{"class": "tk-still"})
    style = Markup(f"<style>{chart_style()}</style>")
    return View(tag("div", style, chart(ax), still, **{"class": LITERAL}), text)


def chart(ax: Axes) -> Markup:
    """Return a chart of `toolkit.plots` for a page that has the style of charts, and may have their script."""
    from toolkit.plots.svg import drawings

    return tag("div", Markup(drawings(ax)), **{"class": "tk-chart"})


@cache
def chart_style() -> str:
    """Return the style sheet of charts."""
    return read_text(STYLE)
