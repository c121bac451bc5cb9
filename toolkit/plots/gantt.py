"""When rounds of talks and other events took place, and when they were spoken of: rows along one time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import count_of, require, rows
from toolkit.phrases import as_day
from toolkit.plots import statements
from toolkit.plots.keys import handles_of
from toolkit.plots.lanes import layout_of
from toolkit.plots.redrawing import redrawable
from toolkit.statements import left_out_phrase, sure_rows

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.plots.lanes import Lane, Layout

TITLE, TITLE_OF_ALL = "Rounds of talks", "Rounds of talks and other events"

COLUMNS = (
    "series", "ordinal", "label", "place", "first", "last", "offset_first", "offset_last",
    "precision", "date_basis", "status",
)  # fmt: skip

EVENTS = ("type", *(column for column in COLUMNS if column not in {"series", "ordinal"}))

# In inches: a row, what stands above and below the rows, a line of the legend.
ROW, AROUND, LEGEND_LINE = 0.36, 1.15, 0.19

LEGEND_COLUMNS = 3


@redrawable
def timeline(
    rounds: pd.DataFrame,
    *,
    events: pd.DataFrame | None = None,
    quotations: pd.DataFrame | None = None,
    sure: bool = True,
    published: dt.date | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw rounds of talks and other events as rows along a time axis, and the statements below them.

    Rows stand under the negotiation they are of where there are several, else under their series or type. Of very many
    each negotiation or series is one row, with a sign for each round and event of it.

    The shape of a sign is the type: a disc for an encounter, a diamond for an agreement, a triangle for a deadline, a
    star for an action, a square for a vote. It is full for what came about, hollow for what was planned, proposed or
    threatened, and crossed out for what did not come about.

    Days of rounds that are stated in the text or resolved against a publication date are solid bars, assumed ones
    hollow. Where nothing has a date, days counted from the unknown publication day P are hatched bars on an axis of
    such days. A date that is only a month or a year is a pale bar over all of it. Stretches in which nothing took
    place are cut out of the axis, and the cut is marked.

    A round without a day that is numbered stands between the rounds before and after it, or left of the axis where
    only what followed it has a day; else, like all that nothing is known of, in a lane of its own on the right. Where
    articles give different days, each version is a thin bar; other differences are a ≠ beside the name.

    Statements are discs on the day on which they were made, a row for each kind, their area the number of
    statements. A filled disc stands for a day that the text states, a ring for the day of publication, taken for
    want of a better one, a half-filled disc for both. Days over a month away from every round have no place on
    the axis: their statements are counted in the line below the title, as are those without a day.

    Parameters
    ----------
    rounds : pandas.DataFrame
        Columns ``series``, ``ordinal``, ``label``, ``place``, ``first``, ``last``, ``offset_first``,
        ``offset_last`` (days), ``precision``, ``date_basis`` and ``status``, and ``conflicts`` if there are
        any; one row per round. With ``round_id`` each mark in a page leads to its passages.
    events : pandas.DataFrame, optional
        Agreements, deadlines, actions and votes, with the columns of ``rounds`` but ``series`` and ``ordinal``, and
        with ``type``.
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
        One row per round or event, its name, place, days and status on the left; one row per kind of statement.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, finish, is_narrow, legend_below, nothing
    from toolkit.plots.marks import draw

    require(rounds, COLUMNS, "rounds")
    if quotations is not None:
        require(quotations, statements.COLUMNS, "quotations")
    if events is not None:
        require(events, EVENTS, "events")
    others = [] if events is None else rows(events)
    if not len(rounds) and not others:
        return nothing(axes_for(ax, 2.0), TITLE, "no rounds to show")
    said = None if quotations is None else rows(sure_rows(quotations, sure=sure))
    layout = layout_of(rows(rounds), as_day(published), said, events=others, narrow=is_narrow(ax))
    handles = handles_of(layout)
    legend_lines = len(handles) if is_narrow(ax) else -(-len(handles) // LEGEND_COLUMNS)
    ax = axes_for(ax, AROUND + LEGEND_LINE * legend_lines + ROW * layout.n_rows)
    draw(ax, layout)
    legend_below(ax, handles, LEGEND_COLUMNS)
    left_out = 0 if said is None or quotations is None else len(quotations) - len(said)
    note = "; ".join(filter(None, (_note(layout), left_out_phrase(left_out))))
    return finish(ax, TITLE_OF_ALL if others else TITLE, _in_words(layout, note), note=note)


def _note(layout: Layout) -> str:
    talks = [lane for lane in layout.lanes if lane.type == "encounter"]
    note = f"{count_of(len(talks), 'round')} in {len({lane.series for lane in talks})} series"
    if len(talks) < len(layout.lanes):
        note += f"; {count_of(len(layout.lanes) - len(talks), 'other event')}"
    if layout.statements is None:
        return note
    note += f"; {count_of(layout.statements.total, 'statement')}"
    return note + (f", not drawn: {layout.statements.left_out}" if layout.statements.left_out else "")


def _in_words(layout: Layout, note: str) -> str:
    groups: dict[str, list[str]] = {}
    for lane in layout.lanes:
        groups.setdefault(lane.group, []).append(_lane_in_words(lane, dated=layout.dated))
    parts = [f"{name}: {'; '.join(texts)}" for name, texts in groups.items()]
    if layout.statements is not None:
        parts.append(statements.in_words(layout.statements, dated=layout.dated))
    return f"Timeline: rounds of talks ({note}). {'. '.join(parts)}."


def _lane_in_words(lane: Lane, *, dated: bool) -> str:
    basis = f" [{lane.basis}]" if lane.span and dated else ""
    reports = f" ({'; '.join(lane.reports.words)})" if lane.reports.words else ""
    return f"{lane.name}, {lane.facts}{basis}{reports}"
