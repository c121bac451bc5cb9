"""Who stands where: a table whose cells open to their rows, one issue side by side in time, and what stands agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import BLUE, GREY, PURPLE, VERMILION, ellipsis, one_line
from toolkit.phrases import day_phrase
from toolkit.positions.counting import (
    AGAINST,
    BOTH,
    FOR,
    OPEN,
    actor_of,
    changes_of,
    countable,
    matrix_of,
    stand_of,
    standings_of,
)
from toolkit.views.colours import chip_style
from toolkit.views.evidence import by_article, passage_of, where_of
from toolkit.views.markup import QUIET, Mark, Markup, View, tag
from toolkit.views.table import BOX, TOLD, cross_table, shown_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.positions.counting import Told

COLOURS = {FOR: BLUE, AGAINST: VERMILION, OPEN: GREY, BOTH: PURPLE}
HEAD = ("Day", "Actor", "Stance", "What changed", "In the article's words", "Article")
PASSAGE = "margin: 6px 0; min-width: 16em; max-width: 26em; white-space: normal; line-height: 1.5"


def position_matrix(articles: pd.DataFrame, positions: pd.DataFrame, *, top: int = 8, limit: int | None = 20) -> View:
    """Show where each actor stands on each issue; each cell opens to its positions.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.
    top : int
        Actors and issues shown, those with the most of the others first; the caption counts the rest.
    limit : int or None
        Positions shown of a cell, all if None; a line below them counts the rest.

    Returns
    -------
    View
        A table of actors by issues. A cell has the sign of the stance, + for, − against, ? open, ± both, in brackets
        where it holds under a condition, and the number of positions. As text, one line for each cell.

    Raises
    ------
    InputError
        If a column is missing.
    """
    by_id = by_article(articles)
    matrix = matrix_of(countable(positions), top)
    caption = f"Who stands where, actor (row) and issue (column): {matrix.caption}; a cell opens to its positions"
    if not matrix.cells:
        return View(tag("div", "No positions to show", style=QUIET), "No positions to show")
    body = [
        (actor, [_cell(matrix.cells.get((actor, issue), []), by_id, limit) for issue in matrix.issues])
        for actor in matrix.actors
    ]
    table = cross_table("actor\u00a0↓ issue\u00a0→", matrix.issues, body)
    lines = [f"{actor} on {issue}: {stand_of(found).words}" for (actor, issue), found in matrix.cells.items()]
    return View(
        tag("div", tag("div", caption, style=TOLD, **{"class": "tk-told"}), table), "\n".join([caption, *lines])
    )


def _cell(found: Sequence[Row], by_id: Mapping[str, Row], limit: int | None) -> Markup | str:
    if not found:
        return ""
    stand = stand_of(found)
    chip = tag("span", f"{stand.sign} {stand.n:,}", style=chip_style(COLOURS[stand.stance]), title=stand.words)
    told = changes_of(found)
    blocks = [_block(one, by_id) for one in told[:limit]]
    more = tag("div", shown_of(len(blocks), len(told), "position"), style=QUIET) if len(blocks) < len(told) else ""
    return tag("details", tag("summary", chip, style="white-space: nowrap"), *blocks, more)


def _block(one: Told, by_id: Mapping[str, Row]) -> Markup:
    facts = " · ".join(
        filter(None, (day_phrase(one.day) if one.day else "", one.change, where_of(by_id, one.row["article_id"])))
    )
    return tag("div", _stance(one.row), " ", _words(one.row, by_id), tag("div", facts, style=QUIET), style=PASSAGE,
               dir="auto")  # fmt: skip


def _stance(row: Row) -> Markup:
    told = f"{row['stance']} ({row['act']}{', on a condition' if row['condition'] else ''})"
    return tag("span", told, style=chip_style(COLOURS.get(row["stance"], GREY)))


def _words(row: Row, by_id: Mapping[str, Row]) -> Markup:
    """Return the evidence with its proposition and condition marked."""
    marks = [
        Mark(int(row[f"{of}_start"]), int(row[f"{of}_end"]), name)
        for of, name in (("prop", "b"), ("condition", "i"))
        if row.get(f"{of}_start") is not None and row.get(f"{of}_end") is not None
    ]
    spans = [(row["start"], row["end"]), *((mark.start, mark.end) for mark in marks)]
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    return passage_of(by_id, row["article_id"], int(start), int(end), marks)


def position_changes(
    articles: pd.DataFrame,
    positions: pd.DataFrame,
    *,
    issue: str | None = None,
    actor: str | None = None,
    limit: int | None = 50,
) -> View:
    """Show positions by day, each with what is other than the actor's position before on the issue.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.
    issue, actor : str, optional
        Show only these.
    limit : int or None
        Rows shown, all if None; the caption counts the rest.

    Returns
    -------
    View
        A table of the positions in the article's words; as text, a line each.

    Raises
    ------
    InputError
        If a column is missing.
    """
    by_id = by_article(articles)
    told = [
        one
        for one in changes_of(row for row in countable(positions) if issue in (None, one_line(row["issue"])))
        if actor in (None, actor_of(one.row))
    ]
    shown = told[:limit]
    caption = f"{actor or 'any actor'} on {issue or 'any issue'}: {shown_of(len(shown), len(told), 'position')}"
    cells = [
        (
            tag("span", day_phrase(one.day), style="white-space: nowrap") if one.day else "",
            actor_of(one.row),
            _stance(one.row),
            tag("b", one.change) if one.change else "",
            _words(one.row, by_id),
            where_of(by_id, one.row["article_id"]),
        )
        for one in shown
    ]
    lines = [_line(one) for one in shown]
    return View(tag("div", table_of(caption, HEAD, cells), style=BOX), "\n".join([caption, *lines]))


def _line(one: Told) -> str:
    change = f" [{one.change}]" if one.change else ""
    day = f"{day_phrase(one.day)}, " if one.day else ""
    return ellipsis(f"{day}{actor_of(one.row)}, {one.row['stance']}{change}: {one_line(one.row['text'])}", 160)


def standings(positions: pd.DataFrame, *, top: int | None = 12) -> View:
    """Show for each issue who has agreed, who is for, against or undecided, and who stands alone.

    Parameters
    ----------
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.
    top : int or None
        Issues shown, those with the most actors first; all if None.

    Returns
    -------
    View
        A table of issues, without columns in which nothing stands; as text, a line each.

    Raises
    ------
    InputError
        If a column is missing.
    """
    found = standings_of(countable(positions), top)
    head: tuple[str, ...] = ("Issue", "Agreed", "For", "Against", "Open", "Alone")
    cells = [
        (
            one.issue,
            *(", ".join(held) for held in (one.agreed, one.favour, one.against, one.undecided)),
            one.alone or "",
        )
        for one in found
    ]
    told = [0, *(number for number in range(1, len(head)) if any(row[number] for row in cells))]
    head, cells = tuple(head[number] for number in told), [tuple(row[number] for number in told) for row in cells]
    caption = f"Who is for and against: {shown_of(len(found), len(standings_of(countable(positions))), 'issue')}"
    lines = ["; ".join([row[0], *_named(head[1:], row[1:])]) for row in cells]
    return View(tag("div", table_of(caption, head, cells), style=BOX), "\n".join([caption, *lines]))


def _named(head: Iterable[str], cells: Iterable[str]) -> list[str]:
    return [f"{name.lower()}: {cell}" for name, cell in zip(head, cells, strict=True) if cell]
