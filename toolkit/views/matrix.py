"""Who judges whom: a table of shares that open to their sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import require, rows
from toolkit.sentiment.counting import FEWEST, errors_phrase, matrix_of, tally
from toolkit.views.evidence import OPINION, by_article, judgements, opinion_fold, opinion_line
from toolkit.views.markup import QUIET, Markup, View, joined, tag
from toolkit.views.shares import share_bar, share_key
from toolkit.views.table import TOLD, cross_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.sentiment.counting import Matrix, Pair

BELOW = "display: block; padding-left: 16px; line-height: 1.3"
WIDTH = 56  # pixels of a bar


def opinion_matrix(articles: pd.DataFrame, sentiment: pd.DataFrame, *, top: int = 8, limit: int | None = 20) -> View:
    """Show how each holder judges each target; each cell opens to its sentences.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    sentiment : pandas.DataFrame
        The sentiment frame; rows without a target or a polarity are left out.
    top : int
        Holders and targets shown, those with the most sentences that judge first; the caption counts the rest.
    limit : int or None
        Sentences shown of a cell, all if None; a line below them counts the rest.

    Returns
    -------
    View
        A table of holders by targets. A cell tells how many distinct sentences blame (−) and praise (+), and of how
        many; from eight on it has a bar of their shares. As text, one line for each cell, with the sentences where
        they are too few for shares.

    Raises
    ------
    InputError
        If a column is missing.
    """
    require(sentiment, OPINION, "sentiment")
    by_id = by_article(articles)
    matrix = matrix_of(rows(sentiment), top)
    caption = _caption(matrix)
    lines = [line for pair, found in matrix.cells.items() for line in _lines(pair, found, by_id)]
    body = [
        (holder, [_cell(matrix.cells.get((holder, target), []), by_id, limit) for target in matrix.targets])
        for holder in matrix.holders
    ]
    # The caption stands outside the box, where it does not scroll away with a wide table.
    told = tag("div", caption, tag("div", share_key()) if matrix.targets else "", style=TOLD, **{"class": "tk-told"})
    table = cross_table("holder\u00a0↓ target\u00a0→", matrix.targets, body) if matrix.targets else ""
    return View(tag("div", told, table), "\n".join([caption, *lines]))


def _caption(matrix: Matrix) -> str:
    if not matrix.cells:
        return "Who judges whom: no sentiment to show"
    told = f"− + and n count sentences, a bar their shares from n = {FEWEST} on; a cell opens to its sentences"
    wrong = errors_phrase(map(tally, matrix.cells.values()))
    parts = "; ".join(filter(None, (matrix.caption, told, wrong)))
    return f"Who judges whom, holder (row) and target (column): {parts}"


def _lines(pair: Pair, found: Sequence[Row], by_id: Mapping[str, Row]) -> Iterator[str]:
    counted = tally(found)
    yield f"{pair[0]} toward {pair[1]}: {counted.words}"
    if not counted.is_enough:
        yield from (f"  {opinion_line(row, by_id)}" for row, *_ in judgements(found))


def _cell(found: Sequence[Row], by_id: Mapping[str, Row], limit: int | None) -> Markup | str:
    below = ("Article",) if len(by_id) > 1 else ()
    return opinion_fold(_label(found), found, by_id, below=below, limit=limit) if found else ""


def _label(found: Sequence[Row]) -> Markup:
    counted = tally(found)
    signs = " ".join(filter(None, counted.signs))
    first, *below = [
        *([tag("span", signs, style="font-weight: bold")] if signs else []),
        *([share_bar(counted, WIDTH)] if counted.is_enough else []),
        tag("span", f"n={counted.n:,}", style=QUIET),
    ]
    # One below the other, so that eight targets fit beside each other on a page.
    return joined([first, *(tag("span", each, style=BELOW) for each in below)], " ")
