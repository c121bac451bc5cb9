"""Who speaks of whom, and how: a table of means that open to their sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.display import BLUE, GREY, VERMILION, count_of, require, rows, signed
from toolkit.sentiment.summaries import FEWEST, errors_phrase, grouped, holder_and_target, mean_score
from toolkit.views.colours import tint
from toolkit.views.evidence import OPINION, by_article, opinion_fold, opinion_line
from toolkit.views.markup import QUIET, Markup, View, joined, tag
from toolkit.views.table import LINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.sentiment.summaries import Pair

CELL = "text-align: left; vertical-align: top; padding: 3px 5px"
# A wide table scrolls in a box of its own, not the page.
BOX = "overflow-x: auto; max-width: 100%"
COLUMN = "min-width: 4em; max-width: 9em; font-weight: normal; overflow-wrap: break-word"
ROW = "min-width: 7em; max-width: 12em; font-weight: normal; overflow-wrap: break-word"

Cells = dict["Pair", list["Row"]]


def opinion_matrix(articles: pd.DataFrame, sentiment: pd.DataFrame, *, top: int = 8, limit: int | None = 20) -> View:
    """Show the mean sentiment of each holder toward each target; each mean opens to its sentences.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    sentiment : pandas.DataFrame
        The sentiment frame; rows without a target or a score are left out.
    top : int
        Holders and targets shown, those with the most sentences first; the caption counts the rest.
    limit : int or None
        Sentences shown of a cell, all if None; a line below them counts the rest.

    Returns
    -------
    View
        A table of holders by targets. A cell tells the mean and the number of sentences n, or n alone below three;
        as text, one line for each cell, with the sentences where there is no mean.

    Raises
    ------
    InputError
        If a column is missing.
    """
    require(sentiment, OPINION, "sentiment")
    by_id = by_article(articles)
    cells = grouped(rows(sentiment), holder_and_target)
    targets = _most_frequent(cells, 1)[:top]
    # Holders who speak of other targets alone would be empty rows.
    within = {key: found for key, found in cells.items() if key[1] in targets}
    holders = _most_frequent(within, 0)[:top]
    caption = _caption(cells, holders, targets)
    lines = [line for key, found in _in_order(within, holders, targets) for line in _lines(key, found, by_id)]
    body = [_row(holder, targets, cells, by_id, limit) for holder in holders]
    return View(_table(caption, targets, body), "\n".join([caption, *lines]))


def _most_frequent(cells: Cells, part: int) -> list[str]:
    """Return the holders (part 0) or targets (part 1), those with the most sentences first."""
    totals: Counter[str] = Counter()
    for key, found in cells.items():
        totals[key[part]] += len(found)
    return sorted(totals, key=lambda name: (-totals[name], name))


def _caption(cells: Cells, holders: Sequence[str], targets: Sequence[str]) -> str:
    if not cells:
        return "Mean sentiment: no sentiment to show"
    parts = [
        count_of(total, noun) if len(shown) == total else f"{len(shown)} of {count_of(total, noun)}"
        for shown, total, noun in (
            (holders, len({holder for holder, _ in cells}), "holder"),
            (targets, len({target for _, target in cells}), "target"),
        )
    ]
    told = f"n sentences, no mean below n = {FEWEST}; a cell opens to its sentences"
    wrong = errors_phrase([row for found in cells.values() for row in found])
    told += f"; {wrong}" if wrong else ""
    return f"Mean sentiment, −1 to +1, of each holder (row) toward each target (column): {', '.join(parts)}; {told}"


def _in_order(cells: Cells, holders: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[Pair, list[Row]]]:
    pairs = ((holder, target) for holder in holders for target in targets)
    yield from ((pair, cells[pair]) for pair in pairs if pair in cells)


def _lines(key: Pair, found: Sequence[Row], by_id: Mapping[str, Row]) -> Iterator[str]:
    mean = mean_score(found)
    yield f"{key[0]} toward {key[1]}: {'' if mean is None else f'{signed(mean)} '}(n={len(found)})"
    if mean is None:
        yield from (f"  {opinion_line(row, by_id)}" for row in found)


def _table(caption: str, targets: Sequence[str], body: Sequence[Markup]) -> Markup:
    names = [tag("th", name, scope="col", style=f"{CELL}; {LINE}; {COLUMN}", dir="auto") for name in targets]
    corner = tag("td", tag("span", "holder ↓ target →", style=QUIET), style=f"{CELL}; {LINE}; white-space: nowrap")
    head = tag("thead", tag("tr", corner, *names))
    table = tag("table", head, tag("tbody", *body), style="border-collapse: collapse; line-height: 1.45")
    # The caption stands outside the box, where it does not scroll away with a wide table.
    told = tag("div", caption, style=f"{QUIET}; font-size: 90%; padding: 3px 8px")
    return tag("div", told, tag("div", table, style=BOX) if targets else "")


def _row(holder: str, targets: Sequence[str], cells: Cells, by_id: Mapping[str, Row], limit: int | None) -> Markup:
    name = tag("th", holder, scope="row", style=f"{CELL}; {LINE}; {ROW}", dir="auto")
    return tag("tr", name, *(_cell(cells.get((holder, target), []), by_id, limit) for target in targets))


def _cell(found: Sequence[Row], by_id: Mapping[str, Row], limit: int | None) -> Markup:
    if not found:
        return tag("td", style=f"{CELL}; {LINE}")
    below = ("Article",) if len(by_id) > 1 else ()
    return tag("td", opinion_fold(_label(found), found, by_id, below=below, limit=limit), style=f"{CELL}; {LINE}")


def _label(found: Sequence[Row]) -> Markup:
    mean = mean_score(found)
    n = tag("span", f"n={len(found)}", style=QUIET)
    if mean is None:
        return n
    style = f"background-color: {mean_tint(mean)}; border-radius: 3px; padding: 2px 6px"
    value = tag("span", tag("span", signed(mean), style="font-weight: bold"), style=style)
    # Below the mean, so that eight targets fit beside each other on a page.
    return joined([value, " ", tag("span", n, style="display: block; padding: 2px 0 0 18px")])


def mean_tint(mean: float) -> str:
    """Return the background of a mean: the stronger, the further from zero."""
    shown = round(mean, 2)
    colour = GREY if not shown else BLUE if shown > 0 else VERMILION
    return tint(colour, round(0.1 + 0.4 * min(abs(mean), 1), 2))
