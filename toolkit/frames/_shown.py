"""The frames of a coverage: DataFrames that show themselves as a reader wants to see them.

A `Frame` is a pandas DataFrame in all it does; it differs in what a notebook and a console show of it. It knows which
frame of a coverage it is, and the articles it was read from, so that a row of offsets can show the words it stands
for. Both go along through selections, sorts and copies; where an operation loses them, a plain table is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.display import Row
    from toolkit.frames._columns import FrameSpec


class Context(Mapping[str, "Row"]):
    """Articles by their id, shared by the frames of a coverage.

    A pickled frame leaves them behind: it would carry every text along. It then shows its rows without their words.

    Parameters
    ----------
    articles : mapping of str to dict
        Rows of the articles frame; they may be read only when they are asked for.
    """

    def __init__(self, articles: Mapping[str, Row] | None = None) -> None:
        self._articles = articles or {}

    def __getitem__(self, article_id: str) -> Row:
        return self._articles[article_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    def __reduce__(self) -> tuple[type[Context], tuple[()]]:
        return Context, ()

    def __deepcopy__(self, _memo: Any) -> Context:
        return self


class Frame(pd.DataFrame):
    """A DataFrame that shows itself well; made by :meth:`FrameSpec.frame`."""

    # No column of a frame bears such names; pandas hands both on from frame to frame.
    _metadata = ["frame_spec_", "frame_context_"]  # noqa: RUF012 - the form that pandas asks for
    frame_spec_: FrameSpec | None = None
    frame_context_: Context | None = None

    @property
    def _constructor(self) -> type[Frame]:
        return Frame

    def __repr__(self) -> str:
        """Return the rows in a few lines of text."""
        from toolkit.views.frame import frame_view

        return frame_view(self).text

    def _repr_html_(self) -> str | None:
        from toolkit.views.frame import frame_view

        return frame_view(self)._repr_html_()


def shown_as(frame: pd.DataFrame, spec: FrameSpec) -> Frame:
    """Return a frame that knows what it is declared to be."""
    shown = Frame(frame)
    shown.frame_spec_ = spec
    return shown


def in_context(frames: Mapping[str, pd.DataFrame], context: Context | None = None) -> dict[str, pd.DataFrame]:
    """Return the frames of a coverage such that each can show the words its offsets stand for.

    Parameters
    ----------
    frames : mapping of str to pandas.DataFrame
    context : Context, optional
        Where the articles are found; by default in their own frame.
    """
    from toolkit.display import rows

    if context is None:
        context = Context({row["article_id"]: row for row in rows(frames["articles"])})
    for frame in frames.values():
        if isinstance(frame, Frame):
            frame.frame_context_ = context
    return dict(frames)
