"""How each actor is spoken of, as a table whose numbers of sentences open to the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.display import count_of, require, rows, signed
from toolkit.sentiment.summaries import FEWEST, actor_and_voice, errors_phrase, grouped, sentiment_by_actor
from toolkit.views.evidence import OPINION, by_article, opinion_fold, opinion_line
from toolkit.views.markup import QUIET, View, joined, tag
from toolkit.views.matrix import BOX, mean_tint
from toolkit.views.table import shown_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.sentiment.summaries import By
    from toolkit.views.markup import Markup

VOICES = {"outlet": "the outlet", "others": "other speakers", "self": "themselves", "speaks": "others"}
HEADS = {"about": ("Actor", "In the words of"), "by": ("Speaker", "Speaks of")}


def sentiment_summary(
    articles: pd.DataFrame,
    sentiment: pd.DataFrame,
    *,
    by: By = "about",
    top: int | None = 12,
    limit: int | None = 20,
    level: float = 0.95,
) -> View:
    """Show how each actor is spoken of, with the interval of each mean and the sentences behind it.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    sentiment : pandas.DataFrame
        The sentiment frame; rows without a target or a score are left out.
    by : {"about", "by"}
        A row for each actor spoken of and voice, or one for each holder over all others they speak of.
    top : int or None
        Actors shown, those with the most sentences first, all if None; the caption counts the rest.
    limit : int or None
        Sentences shown of a row, all if None; a line below them counts the rest.
    level : float
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    View
        The table; below three sentences a row has no mean but its sentences. As text, one line for each row, with
        the sentences where there is no mean.

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
    behind = grouped(rows(sentiment), lambda row: actor_and_voice(row, by))
    below = ["Holder"] if by == "about" else ["Target"]
    below += ["Article"] if len(by_id) > 1 else []
    caption = (
        f"Sentiment, −1 to +1: {shown_of(len(actors[:top]), len(actors), 'actor')}; no mean below {FEWEST} sentences"
    )
    told = errors_phrase([row for key, group in behind.items() if key[0] in actors[:top] for row in group])
    caption += f"; {told}" if told else ""
    cells: list[tuple[str | Markup, ...]] = []
    lines: list[str] = []
    for row in shown:
        sentences = behind[row["actor"], row["voice"]]
        fold = opinion_fold(_counts(row), sentences, by_id, below=below, limit=limit)
        voice = tag("span", VOICES[row["voice"]], style="white-space: nowrap")
        cells.append((row["actor"], voice, _mean(row), fold))
        lines += _lines(row, HEADS[by][1], sentences, by_id)
    head = (*HEADS[by], f"Mean and {level * 100:g} % interval", "Sentences")
    return View(tag("div", table_of(caption, head, cells), style=BOX), "\n".join([caption, *lines]))


def _mean(row: Row) -> Markup:
    if row["mean"] is None:
        return tag("span", f"fewer than {FEWEST} sentences", style=QUIET)
    style = f"font-weight: bold; padding: 0 4px; border-radius: 3px; background-color: {mean_tint(row['mean'])}"
    value = joined([tag("span", signed(row["mean"]), style=style), tag("span", _interval(row), style=QUIET)], " ")
    return tag("span", value, style="white-space: nowrap")


def _interval(row: Row) -> str:
    return f"[{signed(row['low'])}, {signed(row['high'])}]"


def _counts(row: Row) -> Markup:
    kinds = [f"{row[f'n_{kind}']} {kind}" for kind in ("positive", "neutral", "negative") if row[f"n_{kind}"]]
    wrong = "" if row["n_wrong"] is None else f"; about {row['n_wrong']:.1f} wrong"
    told = tag("span", f"({', '.join(kinds)}{wrong})", style=f"{QUIET}; white-space: normal")
    return joined([f"{row['n']:,}", told], " ")


def _lines(row: Row, relation: str, sentences: Sequence[Row], by_id: Mapping[str, Row]) -> Iterator[str]:
    value = count_of(row["n"], "sentence")
    if row["mean"] is not None:
        value = f"{signed(row['mean'])} {_interval(row)}, {value}"
    yield f"{row['actor']} {relation.lower()} {VOICES[row['voice']]}: {value}"
    if row["mean"] is None:
        yield from (f"  {opinion_line(sentence, by_id)}" for sentence in sentences)
