"""Quotations, actors and rounds as compact tables."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, given_colours, names, one_line, require, rows
from toolkit.packaged import read_text
from toolkit.phrases import basis_phrase, date_phrase, round_name, series_name
from toolkit.plots.leading import place_name
from toolkit.round_facts import in_order
from toolkit.statements import left_out_phrase, manner_of, sure_rows, voices_of
from toolkit.views.article import quotation_line
from toolkit.views.colours import chip_style, speaker_colours
from toolkit.views.markup import QUIET, Markup, View, anchor, joined, tag
from toolkit.views.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from toolkit.display import Row

STYLE = Path(__file__).resolve().parent.parent / "templates" / "tables" / "cards.css"

NOTHING = "–"
"""Stands where a row has nothing to be called by: a header may not be empty."""
CELL = "text-align: left; vertical-align: top; padding: 3px 8px"
LINE = "border-bottom: 1px solid rgba(128, 128, 128, 0.4)"
TOLD = f"{QUIET}; font-size: 90%; text-align: left; padding: 3px 8px"
# A wide table scrolls in a box of its own, not the page.
BOX = "overflow-x: auto; max-width: 100%"
# Close together, so that eight columns fit beside each other on a page.
CROSSED = f"text-align: left; vertical-align: top; padding: 3px 4px; {LINE}"
COLUMN = "max-width: 9em; font-weight: normal; overflow-wrap: break-word"
ROW = "min-width: 6em; max-width: 12em; font-weight: normal; overflow-wrap: break-word"


def quotation_table(
    quotations: pd.DataFrame,
    *,
    first: int | None = None,
    limit: int | None = 50,
    sure: bool = True,
    link: bool = True,
    copy: int = 0,
) -> View:
    """Show quotations as a table, each row linked to its place in the marked article.

    Parameters
    ----------
    quotations : pandas.DataFrame
        Columns ``quotation_id``, ``article_id``, ``speaker``, ``cue``, ``text``, ``kind``, ``source_text``.
    first : int, optional
        Rows that stand open; those behind them unfold.
    limit : int or None
        Rows shown, all if None; the caption counts the rest.
    sure : bool
        Show only quotations that are sure; the caption counts the others. False shows all.
    link : bool
        Link the rows into `marked_article`, shown in the same notebook or page.
    copy : int
        The number of the marked article to link into.

    Returns
    -------
    View
        The table; as text, one line for each row shown.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns = ("quotation_id", "article_id", "speaker", "cue", "text", "kind", "source_text")
    require(quotations, columns, "quotations")
    found = rows(sure_rows(quotations, sure=sure))
    shown = found[:limit]
    colours = speaker_colours(rows(quotations), given_colours(quotations))
    cells = []
    places: set[str] = set()
    for number, row in enumerate(shown, start=1):
        href = f"#{anchor(row['article_id'], row['quotation_id'], copy)}"
        place = tag("a", str(number), href=href, title="Go to the quotation in the article") if link else str(number)
        chips = [tag("span", name, style=chip_style(colours[name]), dir="auto") for name in voices_of(row)]
        cells.append(
            (
                place,
                joined(chips, " "),
                one_line(row["cue"]),
                row["text"] or "",
                joined([*(_places(row, places) if link and not copy else ()), manner_of(row)]),
                one_line(row["source_text"]),
            )
        )
    counted = (shown_of(len(shown), len(found), "quotation"), left_out_phrase(len(quotations) - len(found)))
    caption = "; ".join(filter(None, counted))
    table = table_of(caption, ("#", "Speaker", "Cue", "Quotation", "Kind", "Source"), cells, first)
    lines = [f"{number}. {quotation_line(row)}" for number, row in enumerate(shown, start=1)]
    return View(table, "\n".join([caption, *lines]))


def _places(row: Row, known: set[str]) -> Iterator[Markup]:
    """Give the places that charts lead to: of each speaker, and of each manner of what they say, the first row."""
    for name in voices_of(row):
        for rows_of in ({"speaker": name}, {"speaker": name, "kind": manner_of(row)}):
            if (place := place_name(rows_of)) not in known:
                known.add(place)
                yield tag("span", id=place)


def actor_table(
    actors: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    first: int | None = None,
    limit: int | None = 50,
    copy: int = 0,
) -> View:
    """Show actors as a table, in the frame's order.

    Parameters
    ----------
    actors : pandas.DataFrame
        Columns ``actor``, ``kind``, ``side``, ``role``, ``aliases``, ``n_mentions`` and ``n_quotations``, which counts
        quotations that are less sure too unless the frame is of :meth:`toolkit.Coverage.sure`.
    mentions : pandas.DataFrame, optional
        The mentions frame. With it each form of a name leads to its first place in the marked article that is shown
        with the same mentions, a role to the words that give it, and the number of mentions unfolds to all places.
    first : int, optional
        Rows that stand open; those behind them unfold.
    limit : int or None
        Rows shown, all if None; the caption counts the rest.
    copy : int
        The number of the marked article to link into.

    Returns
    -------
    View
        The table; as text, one line for each row shown.

    Raises
    ------
    InputError
        If a column is missing.
    """
    require(actors, ("actor", "kind", "side", "role", "aliases", "n_mentions", "n_quotations"), "actors")
    shown = rows(actors.iloc[:limit])
    places = Places(mentions, copy)
    cells = [
        (
            tag("span", one_line(row["actor"]), style="font-weight: bold"),
            one_line(row["kind"]),
            one_line(row["side"]),
            places.role(row),
            places.forms(row),
            places.count(row),
            f"{int(row['n_quotations'] or 0):,}",
        )
        for row in shown
    ]
    caption = shown_of(len(shown), len(actors), "actor")
    head = ("Actor", "Kind", "Side", "Role", "Forms in the text", "Mentions", "Quotations")
    lines = [_actor_line(row) for row in shown]
    return View(table_of(caption, head, cells, first), "\n".join([caption, *lines]))


def round_table(rounds: pd.DataFrame, *, limit: int | None = 100) -> View:
    """Show rounds of talks as a table, series by series.

    Parameters
    ----------
    rounds : pandas.DataFrame
        The rounds frame.
    limit : int or None
        Rows shown, all if None; the caption counts the rest.

    Returns
    -------
    View
        The table; as text, one line for each row shown.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns = (
        "series",
        "ordinal",
        "label",
        "first",
        "last",
        "date_text",
        "date_basis",
        "place",
        "parties",
        "status",
    )
    require(rounds, columns, "rounds")
    found = in_order(rows(rounds))
    shown = found[:limit]
    cells = [
        (
            tag("span", round_name(row), style="font-weight: bold"),
            series_name(row),
            date_phrase(row),
            basis_phrase(row),
            one_line(row["date_text"]),
            names(row["parties"] or []),
            one_line(row["status"]),
        )
        for row in shown
    ]
    caption = shown_of(len(shown), len(found), "round")
    head = ("Round", "Series", "Days", "How the days are known", "Words of the text", "Parties", "Status")
    lines = [f"{round_name(row)}, {date_phrase(row)}, {one_line(row['status'])}" for row in shown]
    return View(table_of(caption, head, cells), "\n".join([caption, *lines]))


def table_of(caption: str, head: Sequence[str], cells: Sequence[Sequence[Any]], first: int | None = None) -> Markup:
    """Return a table with column headers, and a caption if it is not empty; the first cell of a row is its header.

    Rows behind the ``first`` stand in a table of their own, folded until opened.
    """
    if first is not None and len(cells) > first:
        rest = tag("summary", f"The other {count_of(len(cells) - first, 'row')}")
        folded = tag("details", rest, table_of("", head, cells[first:]), **{"class": "tk-rest"})
        return tag("div", table_of(caption, head, cells[:first]), folded)
    top = tag("tr", *(tag("th", name, scope="col", style=f"{CELL}; {LINE}") for name in head))
    body = [
        tag(
            "tr",
            tag(
                "th",
                first or NOTHING,
                scope="row",
                style=f"{CELL}; {LINE}; font-weight: normal",
                dir="auto",
                role="rowheader",
            ),
            *(_cell(cell, name) for name, cell in zip(head[1:], others, strict=True)),
            role="row",
        )
        for first, *others in cells
    ]
    return tag(
        "table",
        tag("caption", caption, style=f"{TOLD}; caption-side: top") if caption else "",
        tag("thead", top),
        tag("tbody", *body, role="rowgroup"),
        style="border-collapse: collapse; max-width: 100%; line-height: 1.45",
        role="table",
        **{"class": "tk-table"},
    )


def cross_table(corner: str, columns: Sequence[str], body: Sequence[tuple[str, Sequence[Any]]]) -> Markup:
    """Return a table whose rows and columns both have names, in a box in which it scrolls where it is too wide."""
    names = [tag("th", name, scope="col", style=f"{CROSSED}; {COLUMN}", dir="auto") for name in columns]
    first = tag("td", tag("span", corner, style=QUIET), style=CROSSED)
    lines = [
        tag(
            "tr",
            tag("th", name, scope="row", style=f"{CROSSED}; {ROW}", dir="auto", role="rowheader"),
            *(_cell(cell, head, CROSSED) for cell, head in zip(cells, columns, strict=True)),
            role="row",
        )
        for name, cells in body
    ]
    table = tag(
        "table",
        tag("thead", tag("tr", first, *names)),
        tag("tbody", *lines, role="rowgroup"),
        style="border-collapse: collapse; line-height: 1.45",
        role="table",
        **{"class": "tk-table"},
    )
    return tag("div", table, style=BOX)


def _cell(cell: Any, head: str, style: str = f"{CELL}; {LINE}") -> Markup:
    # In a narrow page rows are cards, in which each cell says what it is; roles keep them a table to a screen reader.
    if not cell:
        return tag("td", style=style, role="cell")
    return tag("td", cell, style=style, dir="auto", role="cell", **{"data-head": head})


@cache
def table_style() -> str:
    """Return the style sheet by which tables of these views are cards in a narrow page."""
    return read_text(STYLE)


def shown_of(shown: int, total: int, noun: str) -> str:
    """Return how many of all are shown."""
    return count_of(total, noun) if shown == total else f"{shown:,} of {count_of(total, noun)} shown"


def _actor_line(row: Row) -> str:
    mentions, quotations = int(row["n_mentions"] or 0), int(row["n_quotations"] or 0)
    counts = f"{count_of(mentions, 'mention')}, {count_of(quotations, 'quotation')}"
    return f"{one_line(row['actor'])} ({one_line(row['kind'])}): {counts}"
