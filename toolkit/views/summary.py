"""How each actor is judged, as a table whose numbers of sentences open to the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import amount, count_of, percent, require, rows
from toolkit.sentiment.counting import FEWEST, errors_phrase
from toolkit.sentiment.summaries import by_actor, sentiment_by_actor, tally_of
from toolkit.views.evidence import OPINION, by_article, judgements, opinion_fold, opinion_line
from toolkit.views.markup import QUIET, View, joined, tag
from toolkit.views.shares import share_bar, share_key
from toolkit.views.table import BOX, TOLD, shown_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.sentiment.summaries import By
    from toolkit.views.markup import Markup

VOICES = {"outlet": "the outlet", "others": "other speakers", "self": "themselves", "speaks": "others"}
TITLES = {"about": "How each actor is judged", "by": "How each speaker judges others"}
HEADS = {"about": ("Actor", "In the words of"), "by": ("Speaker", "Speaks of")}
WIDTH = 96  # pixels of a bar
COUNTS = "display: block; min-width: 10em; padding-left: 16px; white-space: normal"
SHARES = "display: inline-block; white-space: nowrap"
SIDE = "display: inline-block; min-width: 3.5em; margin: 0 4px"
HALF, ENDS = "display: inline-block; width: 50%", {"blame": "left", "praise": "right"}


def sentiment_summary(
    articles: pd.DataFrame,
    sentiment: pd.DataFrame,
    *,
    by: By = "about",
    top: int | None = 12,
    limit: int | None = 20,
    level: float = 0.95,
) -> View:
    """Show how each actor is judged: shares of blame, neutral and praise, their intervals, and the sentences behind.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    sentiment : pandas.DataFrame
        The sentiment frame; rows without a target or a polarity are left out.
    by : {"about", "by"}
        A row for each actor spoken of and voice, or one for each holder over all others they speak of.
    top : int or None
        Actors shown, those with the most sentences that judge first, all if None; the caption counts the rest.
    limit : int or None
        Sentences shown of a row, all if None; a line below them counts the rest.
    level : float
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    View
        The table; below eight distinct sentences a row has no shares but its sentences. As text, one line for each
        row, with the sentences where there are no shares.

    Raises
    ------
    InputError
        If a column is missing, or ``by`` or ``level`` cannot be used.
    """
    require(sentiment, OPINION, "sentiment")
    by_id = by_article(articles)
    found = rows(sentiment_by_actor(sentiment, by=by, level=level))
    actors = list(dict.fromkeys(row["actor"] for row in found))
    shown = [row for row in found if row["actor"] in set(actors[:top])]
    behind = by_actor(rows(sentiment), by)
    below = ["Holder"] if by == "about" else ["Target"]
    below += ["Article"] if len(by_id) > 1 else []
    parts = [
        shown_of(len(actors[:top]), len(actors), "actor"),
        f"no shares below {FEWEST} distinct sentences",
        errors_phrase(map(tally_of, shown)),
    ]
    caption = f"{TITLES[by]}: {'; '.join(filter(None, parts))}"
    cells: list[tuple[str | Markup, ...]] = []
    lines: list[str] = []
    for row in shown:
        sentences = behind[row["actor"], row["voice"]]
        fold = opinion_fold(_counts(row), sentences, by_id, below=below, limit=limit)
        voice = tag("span", VOICES[row["voice"]], style="white-space: nowrap")
        cells.append((row["actor"], voice, _shares(row), fold))
        lines += _lines(row, HEADS[by][1], sentences, by_id)
    head = (*HEADS[by], f"Shares, {level * 100:g} % intervals", "Sentences")
    # The caption stands outside the box, where it does not scroll away with a wide table.
    told = tag("div", caption, tag("div", share_key()), style=TOLD, **{"class": "tk-told"})
    return View(tag("div", told, tag("div", table_of("", head, cells), style=BOX)), "\n".join([caption, *lines]))


def _shares(row: Row) -> Markup:
    counted = tally_of(row)
    if not counted.is_enough:
        return tag("span", f"fewer than {FEWEST} sentences", style=QUIET)
    blame, praise = f"−{percent(row['blame'])}", f"+{percent(row['praise'])}"
    sides = [tag("span", blame, style=f"{SIDE}; text-align: right"), tag("span", praise, style=SIDE)]
    line = tag("div", sides[0], share_bar(counted, WIDTH), sides[1])
    ends = [tag("span", _range(row, name), style=f"{HALF}; text-align: {side}") for name, side in ENDS.items()]
    return tag("div", line, tag("div", *ends, style=f"{QUIET}; font-size: 85%"), style=SHARES)


def _range(row: Row, name: str) -> str:
    low, high = (percent(row[f"{name}_{end}"]) for end in ("low", "high"))
    return f"{low.removesuffix(' %')}–{high}"


def _counts(row: Row) -> Markup:
    counted = tally_of(row)
    wrong = f"; about {amount(counted.wrong)} wrong" if counted.judged and counted.wrong is not None else ""
    told = tag("span", f"({counted.counts}{wrong})", style=f"{QUIET}; {COUNTS}")
    return joined([f"{counted.n:,}", told], " ")


def _lines(row: Row, relation: str, sentences: Sequence[Row], by_id: Mapping[str, Row]) -> Iterator[str]:
    counted = tally_of(row)
    value = count_of(counted.n, "sentence")
    if counted.is_enough:
        shares = [f"{name} {percent(row[name])} ({_range(row, name)})" for name in ("blame", "neutral", "praise")]
        value = f"{', '.join(shares)}, {value}"
    yield f"{row['actor']} {relation.lower()} {VOICES[row['voice']]}: {value}"
    if not counted.is_enough:
        yield from (f"  {opinion_line(group[0], by_id)}" for group in judgements(sentences))
