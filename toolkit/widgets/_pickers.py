"""Pickers: one control over one column of any frame, and the rows that it leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import NO_SPEAKER, one_line, require
from toolkit.errors import InputError
from toolkit.views.frame import frame_view
from toolkit.widgets._controls import counted, picker
from toolkit.widgets._explorer import Explorer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    import pandas as pd


class Picker(Explorer):
    """An explorer of one frame, whose ``rows`` are those chosen; made by `speaker_picker` and `date_picker`."""

    def __init__(
        self, name: str, controls: Mapping[str, Any], frame: pd.DataFrame, keeps: Callable[..., pd.Series[bool]]
    ) -> None:
        self._frame, self._keeps = frame, keeps
        super().__init__(name, controls, lambda **choice: frame_view(frame[keeps(**choice)]))

    @property
    def rows(self) -> pd.DataFrame:
        """The rows chosen, as a frame of the kind given."""
        return self._frame[self._keeps(**self.selection)]


def speaker_picker(frame: pd.DataFrame, *, column: str = "speaker") -> Picker:
    """Pick a speaker, and see the rows that are theirs.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame, such as ``coverage.quotations``.
    column : str
        The column of names; ``target`` or ``actor`` serve as well.

    Returns
    -------
    Picker
        Its ``selection`` has the name of the column, None for all; its ``rows`` are those chosen.

    Raises
    ------
    InputError
        If there is no such column.
    """
    require(frame, (column,), "given")
    names = frame[column].map(lambda name: one_line(name) or NO_SPEAKER)
    control = picker(column.capitalize(), counted(names, last=NO_SPEAKER))

    def keeps(**choice: str | None) -> pd.Series[bool]:
        chosen = choice[column]
        return names.notna() if chosen is None else names == chosen

    return Picker(f"{column.capitalize()} picker", {column: control}, frame, keeps)


def date_picker(frame: pd.DataFrame, *, column: str = "published") -> Picker:
    """Pick a first and a last day, and see the rows that lie between them.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame, such as ``coverage.articles``.
    column : str
        A column of dates: ``published``, ``said`` or ``first``. Rows without a day are shown only without bounds.

    Returns
    -------
    Picker
        Its ``selection`` has ``first`` and ``last``, None for no bound; its ``rows`` are those chosen.

    Raises
    ------
    InputError
        If there is no such column, or it holds no dates.
    """
    import ipywidgets
    import pandas as pd

    require(frame, (column,), "given")
    try:
        days = pd.to_datetime(frame[column])
    except (TypeError, ValueError) as fault:
        raise InputError(f"column {column} of the given frame holds no dates: {one_line(fault)}") from None
    known = [day.date() for day in days.dropna()]
    span = f", {min(known)} to {max(known)} here" if known else ""
    controls = {
        name: ipywidgets.DatePicker(description=label, tooltip=f"{label} {column}{span}")
        for name, label in (("first", "From"), ("last", "To"))
    }

    def keeps(first: dt.date | None, last: dt.date | None) -> pd.Series[bool]:
        kept = days.notna() if first or last else pd.Series(data=True, index=frame.index)
        kept &= days >= pd.Timestamp(first) if first else True
        return kept & (days < pd.Timestamp(last) + pd.Timedelta(days=1) if last else True)

    return Picker(f"Date picker of {column}", controls, frame, keeps)
