"""The frames of a coverage: DataFrames that show themselves as a reader wants to see them.

A `Frame` is a pandas DataFrame in all it does; it differs in what a notebook and a console show of it. It knows which
frame of a coverage it is, and the articles it was read from, so that a row of offsets can show the words it stands
for. Both go along through selections, sorts and copies; where an operation loses them, a plain table is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.display import Row


class Context(dict[str, "Row"]):
    """Articles by their id, shared by the frames of a coverage.

    A pickled frame leaves them behind: it would carry every text along. It then shows its rows without their words.
    """

    def __reduce__(self) -> tuple[type[Context], tuple[()]]:
        return Context, ()

    def __deepcopy__(self, _memo: Any) -> Context:
        return self


class Frame(pd.DataFrame):
    """A DataFrame that shows itself well; made by :mod:`toolkit.tables`."""

    _metadata = ["_frame_name", "_frame_context"]  # noqa: RUF012 - the form that pandas asks for
    _frame_name: str | None = None
    _frame_context: Context | None = None

    def told(self, **known: Any) -> Frame:
        """Keep what a frame knows of itself, ``name`` or ``context``, and return it."""
        for key, value in known.items():
            object.__setattr__(self, f"_frame_{key}", value)
        return self

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def __repr__(self) -> str:
        """Return the rows in a few lines of text."""
        from toolkit.views.frame import frame_view

        return frame_view(self, self._frame_name, self._frame_context).text

    def _repr_html_(self) -> str | None:
        from toolkit.views.frame import frame_view

        return frame_view(self, self._frame_name, self._frame_context)._repr_html_()


def named(frame: pd.DataFrame, name: str) -> Frame:
    """Return a frame that knows which frame of a coverage it is."""
    return Frame(frame).told(name=name)


def in_context(frames: Mapping[str, pd.DataFrame], articles: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return frames that can show the words of the articles that their rows stand in."""
    from toolkit.display import rows

    context = Context({row["article_id"]: row for row in rows(articles)})
    for frame in frames.values():
        if isinstance(frame, Frame):
            frame.told(context=context)
    return dict(frames)
