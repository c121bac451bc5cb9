"""When the rounds of talks took place, and when they were spoken of: rows along one time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import count_of, require, rows
from toolkit.phrases import as_day
from toolkit.plots import statements
from toolkit.plots.keys import handles_of
from toolkit.plots.lanes import layout_of
from toolkit.statements import left_out_phrase, sure_rows

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.plots.lanes import Lane, Layout

TITLE = "Rounds of talks"

COLUMNS = (
    "series", "ordinal", "label", "place", "first", "last", "offset_first", "offset_last",
    "precision", "date_basis", "status",
)  # fmt: skip

# In inches: a row, what stands above and below the rows, a line of the legend.
ROW, AROUND, LEGEND_LINE = 0.36, 1.15, 0.19

LEGEND_COLUMNS = 3


def timeline(
    rounds: pd.DataFrame,
    *,
    quotations: pd.DataFrame | None = None,
    sure: bool = True,
    published: dt.date | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the rounds of talks as rows along a time axis, series by series, and the statements below them.

    Days stated in the text or resolved against a publication date are solid bars, assumed ones hollow. Where
    no round has a date, days counted from the unknown publication day P are hatched bars on an axis of such
    days. A date that is only a month or a year is a pale bar over all of it. Stretches in which nothing took
    place are cut out of the axis, and the cut is marked.

    Rounds without any day stand in a lane of their own on the right, in the order of their numbers; those
    proposed or planned are arrows. Where articles give different days, each version is a thin bar; other
    differences are a ≠ beside the name.

    Statements are discs on the day on which they were made, a row for each kind, their area the number of
    statements. A filled disc stands for a day that the text states, a ring for the day of publication, taken for
    want of a better one, a half-filled disc for both. Days over a month away from every round have no place on
    the axis: their statements are counted in the line below the title, as are those without a day.

    Parameters
    ----------
    rounds : pandas.DataFrame
        Columns ``series``, ``ordinal``, ``label``, ``place``, ``first``, ``last``, ``offset_first``,
        ``offset_last`` (days), ``precision``, ``date_basis`` and ``status``, and ``conflicts`` if there are
        any; one row per round.
    quotations : pandas.DataFrame, optional
        Columns ``kind``, ``said``, ``said_offset`` (days) and ``said_basis``; one row per statement.
    sure : bool
        Draw only statements that are sure; the note counts the others. False draws all.
    published : datetime.date, optional
        A publication date to mark on the axis.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        One row per round, its number, place, days and status on the left; one row per kind of statement.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, finish, legend_below, nothing
    from toolkit.plots.marks import draw

    require(rounds, COLUMNS, "rounds")
    if quotations is not None:
        require(quotations, statements.COLUMNS, "quotations")
    if not len(rounds):
        return nothing(axes_for(ax, 2.0), TITLE, "no rounds to show")
    said = None if quotations is None else rows(sure_rows(quotations, sure=sure))
    layout = layout_of(rows(rounds), as_day(published), said)
    handles = handles_of(layout)
    legend_lines = -(-len(handles) // LEGEND_COLUMNS)
    ax = axes_for(ax, AROUND + LEGEND_LINE * legend_lines + ROW * layout.n_rows)
    draw(ax, layout)
    legend_below(ax, handles, LEGEND_COLUMNS)
    left_out = 0 if said is None or quotations is None else len(quotations) - len(said)
    note = "; ".join(filter(None, (_note(layout), left_out_phrase(left_out))))
    return finish(ax, TITLE, _in_words(layout, note), note=note)


def _note(layout: Layout) -> str:
    n_series = len({lane.series for lane in layout.lanes})
    note = f"{count_of(len(layout.lanes), 'round')} in {n_series} series"
    if layout.statements is None:
        return note
    note += f"; {count_of(layout.statements.total, 'statement')}"
    return note + (f", not drawn: {layout.statements.left_out}" if layout.statements.left_out else "")


def _in_words(layout: Layout, note: str) -> str:
    series: dict[str, list[str]] = {}
    for lane in layout.lanes:
        series.setdefault(lane.series, []).append(_lane_in_words(lane, dated=layout.dated))
    parts = [f"{name}: {'; '.join(texts)}" for name, texts in series.items()]
    if layout.statements is not None:
        parts.append(statements.in_words(layout.statements, dated=layout.dated))
    return f"Timeline: rounds of talks ({note}). {'. '.join(parts)}."


def _lane_in_words(lane: Lane, *, dated: bool) -> str:
    basis = f" [{lane.basis}]" if lane.span and dated else ""
    reports = f" ({'; '.join(lane.reports.words)})" if lane.reports.words else ""
    return f"{lane.name}, {lane.facts}{basis}{reports}"
