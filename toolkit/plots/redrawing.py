"""Charts that can be drawn anew: narrower for a small window, from what they were drawn from."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

_KEY = "draw_again"

P = ParamSpec("P")


def redrawable(draw: Callable[P, Axes]) -> Callable[P, Axes]:
    """Make a function that draws a chart leave on it how it was called."""

    @wraps(draw)
    def drawn(*args: P.args, **options: P.kwargs) -> Axes:
        ax = draw(*args, **options)
        vars(ax)[_KEY] = partial(drawn, *args, **options), _contents(ax)
        return ax

    return drawn


def redrawn(ax: Axes, other: Axes) -> Axes | None:
    """Return a chart drawn anew on other axes.

    None where nobody knows how, where it is a part of a figure, or where its user went on drawing on it.
    """
    again: Callable[..., Any] | None
    again, contents = vars(ax).get(_KEY, (None, None))
    if again is None or contents != _contents(ax):
        return None
    found: Axes = again(ax=other)
    return found


def _contents(ax: Axes) -> Any:
    """Return what stands on axes and around them, as far as it takes to see that something else was drawn."""
    texts = [child.get_text() if hasattr(child, "get_text") else type(child).__name__ for child in ax.get_children()]
    return texts, ax.get_xlim(), ax.get_ylim(), ax.get_xlabel(), len(ax.figure.get_children())
