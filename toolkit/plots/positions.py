"""Who stands where on which issue, how it changed, and how far apart what is offered and asked for lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.display import BLUE, GREY, GRID, INK, PURPLE, VERMILION, amount, count_of, ellipsis, one_line, require
from toolkit.errors import InputError
from toolkit.phrases import day_phrase
from toolkit.plots.leading import lead
from toolkit.plots.redrawing import redrawable
from toolkit.positions.counting import (
    AGAINST,
    BOTH,
    FOR,
    OPEN,
    SIGNS,
    actor_of,
    changes_of,
    countable,
    matrix_of,
    stand_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from toolkit.display import Row
    from toolkit.positions.counting import Pair, Stand, Told

TITLE, OVER_TIME, AMOUNTS = "Who stands where", "How positions changed", "Demands and offers"

LOOKS = {FOR: (BLUE, "^"), AGAINST: (VERMILION, "v"), OPEN: (GREY, "o"), BOTH: (PURPLE, "D")}
"""Colour and marker of each stance."""
PALE = 0.28
ASKED, GIVEN = frozenset(["demands", "seeks"]), frozenset(["offers", "promises", "proposes", "accepts", "agreed"])
_ACTS = ("demands", "offers", "rejects")
"""An act of each kind that amounts are drawn by."""

# Inches: a row of the grid, of the days, and more in a narrow chart for the name above it; as shares of a row. A narrow
# grid shows fewer actors and issues.
ROW, DAYS_ROW, NARROW_TOP, NAMED = 0.46, 0.5, 5, 0.5


@redrawable
def positions(positions: pd.DataFrame, *, top: int = 8, ax: Axes | None = None) -> Axes:
    """Draw where each actor stands on each issue.

    Parameters
    ----------
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.
    top : int
        Actors and issues shown, those with the most of the others first; the note counts what is left out.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A grid of actors by issues. A cell has the sign of the stance, + for, − against, ? open, ± both, in brackets
        and hatched where it holds under a condition, and the number of rows it stands on.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, is_narrow, legend_below, nothing

    matrix = matrix_of(countable(positions), min(top, NARROW_TOP) if is_narrow(ax) else top)
    cells = {pair: stand_of(found) for pair, found in matrix.cells.items()}
    if not cells:
        return nothing(axes_for(ax, 2.0), TITLE, "no positions to show")
    pitch = 1 + NAMED * is_narrow(ax)
    ax = axes_for(ax, 2.6 + ROW * pitch * len(matrix.actors))
    _draw_grid(ax, matrix.issues, matrix.actors, pitch)
    for (actor, issue), stand in cells.items():
        marks = _draw_cell(ax, (matrix.issues.index(issue), pitch * matrix.actors.index(actor)), stand)
        _lead(ax, marks, matrix.cells[actor, issue][0], f"{actor} on {issue}: {stand.words}")
    coloured_names(ax, matrix.actors, positions)
    legend_below(ax, _handles({stand.stance for stand in cells.values()}, squares=True), 3)
    return finish(ax, TITLE, _in_words(cells, matrix.caption), note=f"{matrix.caption}; n positions")


def _lead(ax: Axes, marks: Iterable[Artist], row: Row, words: str) -> None:
    """Make marks a link to the passage of the first position they stand for."""
    if {"article_id", "start", "end"} <= row.keys():
        lead(ax, marks, {"passage": f"{row['article_id']} {row['start']} {row['end']}"}, words)


def _draw_grid(ax: Axes, issues: Sequence[str], actors: Sequence[str], pitch: float) -> None:
    from toolkit.plots.chart import LABEL_WIDTH, PLAIN, TEXT, name_rows, plain_axes

    ax.set_xlim(-0.5, len(issues) - 0.5)
    ax.set_ylim(pitch * (len(actors) - 1) + 0.5, 0.5 - pitch)
    ax.set_xticks(range(len(issues)), [ellipsis(name, 24) for name in issues], fontsize=TEXT, **PLAIN)
    places = [pitch * number for number in range(len(actors))]
    name_rows(ax, places, [ellipsis(name, LABEL_WIDTH) for name in actors], above=0.5 + NAMED / 2)
    ax.tick_params(length=0)
    ax.tick_params(axis="x", rotation=35)
    for label in ax.get_xticklabels():
        label.set(ha="right", rotation_mode="anchor")
    plain_axes(ax, "top", "right", "left", "bottom")


def _draw_cell(ax: Axes, place: tuple[float, float], stand: Stand) -> list[Artist]:
    """Draw a cell, and return the marks of it."""
    from matplotlib.patches import Rectangle

    from toolkit.plots.chart import GROUND, TEXT, TITLE

    x, y = place
    style = _fill(stand.stance, conditional=stand.is_conditional)
    middle: dict[str, Any] = {"va": "center", "ha": "center", "color": INK}
    if not stand.is_conditional:
        middle["gid"] = GROUND
    return [
        ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, **style)),
        ax.text(x - 0.12, y, stand.sign, fontsize=TITLE, fontweight="bold", **middle),
        ax.text(x + 0.28, y, f"{stand.n:,}", fontsize=TEXT, **middle),
    ]


def _fill(stance: str, *, conditional: bool) -> dict[str, Any]:
    from matplotlib.colors import to_rgba

    colour = LOOKS[stance][0]
    hatch = {"hatch": "////"} if conditional else {}
    return {"facecolor": to_rgba(colour, PALE), "edgecolor": to_rgba(colour, PALE), "linewidth": 0, **hatch}


def _handles(found: Iterable[str], *, squares: bool) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    kept = [stance for stance in LOOKS if stance in set(found)]
    names = {stance: f"{SIGNS[stance]} {'for and against' if stance == BOTH else stance}" for stance in kept}
    if squares:
        patches = [Patch(label=names[stance], **_fill(stance, conditional=False)) for stance in kept]
        return [*patches, Patch(label="( ) on a condition", **_fill(OPEN, conditional=True))]
    style: dict[str, Any] = {"linestyle": "none", "markersize": 7}
    marks = [Line2D([], [], color=LOOKS[stance][0], marker=LOOKS[stance][1], label=names[stance], **style)
             for stance in kept]  # fmt: skip
    return [*marks, Line2D([], [], color=GREY, marker="o", fillstyle="none", label="hollow: on a condition", **style)]


def _in_words(cells: Mapping[Pair, Stand], note: str) -> str:
    parts = [f"{actor} on {issue}: {stand.words}" for (actor, issue), stand in cells.items()]
    return f"Matrix: who stands where ({note}). {'; '.join(parts)}."


@redrawable
def positions_over_time(positions: pd.DataFrame, issue: str, *, top: int = 8, ax: Axes | None = None) -> Axes:
    """Draw what each actor said of one issue, day by day, with what changed.

    Parameters
    ----------
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.
    issue : str
        One of its issues.
    top : int
        Actors shown, those with the most positions on it first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        A row an actor with a marker for each position, hollow where it holds under a condition; words tell what is
        other than the actor's position before.

    Raises
    ------
    InputError
        If a column is missing, or no position is on the issue.
    """
    from toolkit.plots.chart import axes_for, coloured_names, finish, is_narrow, legend_below, nothing

    found = countable(positions)
    on = [row for row in found if one_line(row["issue"]) == one_line(issue)]
    if not on:
        known = ", ".join(matrix_of(found, 8).issues) or "none"
        raise InputError(f"no position is on {one_line(issue)!r}; the issues told of most are {known}")
    told = [one for one in changes_of(on) if one.day is not None]
    actors = matrix_of([one.row for one in told], top).actors
    title = f"{OVER_TIME}: {ellipsis(issue, 48)}"
    if not actors:
        return nothing(axes_for(ax, 2.0), title, "no position with a day and a name")
    shown = [one for one in told if actor_of(one.row) in actors]
    ax = axes_for(ax, 1.7 + DAYS_ROW * (1 + NAMED * is_narrow(ax)) * len(actors))
    for one in shown:
        _draw_told(ax, one, actors.index(actor_of(one.row)))
    _name_days(ax, [one.day for one in shown if one.day], actors)
    coloured_names(ax, actors, positions)
    legend_below(ax, _handles({one.row["stance"] for one in shown}, squares=False), 4)
    note = f"{count_of(len(shown), 'position')} of {count_of(len(actors), 'actor')}"
    note += (
        f"; {len(on) - len(shown):,} not drawn: without a day or a name, or of others" if len(on) > len(shown) else ""
    )
    return finish(ax, title, f"{title} ({note}). {'; '.join(map(_told_in_words, shown))}.", note=note)


def _told_in_words(one: Told) -> str:
    change = f" [{one.change}]" if one.change else ""
    condition = f", {one_line(one.row['condition'])}" if one.row["condition"] else ""
    return f"{day_phrase(one.day) if one.day else ''} {actor_of(one.row)} {one.row['stance']}{condition}{change}"


def _draw_told(ax: Axes, one: Told, row: int) -> None:
    from toolkit.plots.chart import PLAIN, TEXT

    colour, marker = LOOKS[one.row["stance"]]
    assert one.day is not None
    day = one.day.toordinal()
    face = "white" if one.row["condition"] else colour
    mark = ax.scatter(day, row, s=64, marker=marker, facecolors=face, edgecolors=colour, linewidths=1.3, zorder=3)
    _lead(ax, [mark], one.row, _told_in_words(one))
    if one.change:
        ax.annotate(one.change, (day, row), (0, 8), textcoords="offset points", ha="center", fontsize=TEXT, **PLAIN)


def _name_days(ax: Axes, days: Sequence[dt.date], names: Sequence[str]) -> None:
    from toolkit.plots.chart import LABEL_WIDTH, PLAIN, TEXT, name_rows, plain_axes

    first, last = min(days), max(days)
    room = max((last - first).days * 0.06, 1.0)
    ax.set_xlim(first.toordinal() - room, last.toordinal() + room)
    ends = list(dict.fromkeys([first, last]))
    ax.set_xticks([day.toordinal() for day in ends], [day_phrase(day) for day in ends], fontsize=TEXT, **PLAIN)
    name_rows(ax, range(len(names)), [ellipsis(name, LABEL_WIDTH) for name in names], above=0.4)
    ax.set_ylim(len(names) - 0.4, -0.8)
    for row in range(len(names)):
        ax.axhline(row, color=GRID, linewidth=1, zorder=1)
    plain_axes(ax, "top", "right", "left")


@redrawable
def amounts(
    positions: pd.DataFrame, *, unit: str | None = None, issue: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the amounts that actors demand and offer, over the days on which they were told.

    Parameters
    ----------
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.
    unit : str, optional
        What is counted, such as ``"percent"``; by default what most positions count.
    issue : str, optional
        One issue; all by default.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new chart if not given.

    Returns
    -------
    matplotlib.axes.Axes
        Demands point up, offers and what was agreed to point down, others are dots; each bears the name of its actor.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from toolkit.plots.chart import axes_for, finish, legend_below, nothing, plain_axes

    require(positions, ("amount", "unit"), "positions")
    found = [row for row in countable(positions) if row["amount"] is not None and issue in (None, row["issue"])]
    counts = {each: sum(row["unit"] == each for row in found) for each in sorted({row["unit"] for row in found})}
    unit = unit or max(counts, key=lambda each: counts[each], default=None)
    shown = [one for one in changes_of(row for row in found if row["unit"] == unit) if one.day]
    if not shown:
        return nothing(axes_for(ax, 2.0), AMOUNTS, "no amounts to show")
    ax = axes_for(ax, 3.6)
    for (day, value, word), actors in _together(shown).items():
        _draw_amount(ax, (day.toordinal(), value), word, ", ".join(actors))
    ax.set_ylabel(str(unit))
    ax.margins(0.12, 0.2)
    ax.yaxis.set_major_formatter(lambda value, _: _short(value))
    days = [day for day, _, _ in _together(shown)]
    ends = list(dict.fromkeys([min(days), max(days)]))
    ax.set_xticks([day.toordinal() for day in ends], [day_phrase(day) for day in ends])
    plain_axes(ax, "top", "right")
    legend_below(ax, _amount_handles(), 3)
    others = (
        f"; {len(found) - len(shown):,} of other units or without a day not drawn" if len(found) > len(shown) else ""
    )
    note = f"{count_of(len(shown), 'amount')} in {unit}{others}"
    parts = [f"{day_phrase(one.day)} {actor_of(one.row)} {one.row['act']} {_short(one.row['amount'])}"
             for one in shown if one.day]  # fmt: skip
    return finish(ax, AMOUNTS, f"{AMOUNTS} ({note}). {'; '.join(parts)}.", note=note)


def _look(act: str) -> tuple[str, str, str]:
    if act in ASKED:
        return VERMILION, "^", "demanded"
    return (BLUE, "v", "offered or agreed") if act in GIVEN else (GREY, "o", "other")


def _together(shown: Iterable[Told]) -> dict[tuple[dt.date, float, str], list[str]]:
    """Return the actors who told one amount by one kind of act on one day."""
    found: dict[tuple[dt.date, float, str], list[str]] = {}
    for one in shown:
        if one.day is not None:
            actors = found.setdefault((one.day, float(one.row["amount"]), _look(one.row["act"])[2]), [])
            actors += [name] if (name := actor_of(one.row)) not in actors else []
    return found


def _draw_amount(ax: Axes, place: tuple[float, float], word: str, names: str) -> None:
    from toolkit.plots.chart import PLAIN, TEXT

    colour, marker = next((colour, marker) for colour, marker, known in map(_look, _ACTS) if known == word)
    ax.scatter(*place, s=64, marker=marker, color=colour, zorder=3)
    ax.annotate(ellipsis(names, 40), place, (7, 0), textcoords="offset points", va="center", fontsize=TEXT, **PLAIN)


def _short(value: float) -> str:
    """Return a number as news writes it, ``1.4 billion``."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {word}"
    return amount(value)


def _amount_handles() -> list[Any]:
    from matplotlib.lines import Line2D

    looks = [_look(act) for act in _ACTS]
    return [Line2D([], [], color=colour, marker=marker, label=word, linestyle="none", markersize=7)
            for colour, marker, word in looks]  # fmt: skip
