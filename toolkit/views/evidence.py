"""The sentences behind a figure: of one cell of a sentiment matrix, of each round of talks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of, ellipsis, holder_of, one_line, percent, require, rows
from toolkit.phrases import date_phrase, round_name
from toolkit.plots.leading import place_name
from toolkit.round_facts import facts_of, in_order
from toolkit.sentiment.counting import place_of, sign_of
from toolkit.views.article import heading_facts, heading_text
from toolkit.views.colours import POLARITIES, chip_style, tint
from toolkit.views.markup import QUIET, Mark, Markup, View, joined, marked, tag
from toolkit.views.table import shown_of, table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.sentiment.counting import Place

OPINION = ("article_id", "start", "end", "target", "target_start", "target_end", "holder", "polarity")
"""Columns of the sentiment frame that its sentences are shown from."""

HEAD = ("Sentiment", "Holder", "Target", "Sentence", "Article")

NAME = f"{QUIET}; text-align: left; vertical-align: top; padding: 1px 12px 1px 0"
VALUE = "text-align: left; padding: 1px 0"
BLOCK = "margin: 6px 0; padding: 2px 10px; border-left: 3px solid rgba(128, 128, 128, 0.5); max-width: 46em"
ASIDE = "opacity: 0.7"
SENTENCE = "margin: 6px 0; min-width: 16em; max-width: 26em; white-space: normal; line-height: 1.5"


def sentiment_evidence(
    articles: pd.DataFrame,
    sentiment: pd.DataFrame,
    *,
    holder: str | None = None,
    target: str | None = None,
    limit: int | None = 20,
) -> View:
    """Show the sentences behind a figure: those in which a holder speaks of a target.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    sentiment : pandas.DataFrame
        The sentiment frame.
    holder, target : str, optional
        Show only these; ``"(the outlet)"`` for the outlet's own voice.
    limit : int or None
        Sentences shown, all if None; the caption counts the rest.

    Returns
    -------
    View
        The sentences with the target marked, their polarity as word, sign and colour, and where they stand.

    Raises
    ------
    InputError
        If a column is missing.
    """
    require(sentiment, OPINION, "sentiment")
    by_id = by_article(articles)
    found = judgements(
        row for row in rows(sentiment) if holder in (None, holder_of(row)) and target in (None, one_line(row["target"]))
    )
    shown, count = _within(found, limit)
    caption = f"{holder or 'any holder'} toward {target or 'any target'}: {count}"
    # What is the same in every row is said once.
    one_article = len({row["article_id"] for row, *_ in shown}) == 1
    if one_article:
        caption += f", in {where_of(by_id, shown[0][0]['article_id'])}"
    said = {"Holder": holder is not None, "Target": target is not None, "Article": one_article}
    cells = [opinion_cells(group, by_id) for group in shown]
    head = [name for name in HEAD if not said.get(name)]
    table = table_of(caption, head, [[cell[name] for name in head] for cell in cells])
    return View(table, "\n".join([caption, *(opinion_line(group[0], by_id) for group in shown)]))


def round_evidence(articles: pd.DataFrame, rounds: pd.DataFrame) -> View:
    """Show each round with its facts and the passages that they were read from, folded until opened.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    rounds : pandas.DataFrame
        The rounds frame.

    Returns
    -------
    View
        One fold per round; as text, its facts and passages.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns = ("series", "ordinal", "label", "place", "first", "last", "date_basis", "status", "evidence")
    require(rounds, columns, "rounds")
    by_id = by_article(articles)
    found = in_order(rows(rounds))
    caption = count_of(len(found), "round")
    folds = [_fold(row, by_id) for row in found]
    lines = [line for row in found for line in _round_lines(row, by_id)]
    return View(tag("div", tag("div", caption, style=QUIET), *folds), "\n".join([caption, *lines]))


def by_article(articles: pd.DataFrame) -> dict[str, Row]:
    """Return the rows of an articles frame by their id."""
    require(articles, ("article_id", "text"), "articles")
    return {row["article_id"]: row for row in rows(articles)}


def judgements(found: Iterable[Row]) -> list[list[Row]]:
    """Return rows of the sentiment frame by sentence, target and polarity, in their order."""
    groups: defaultdict[tuple[Place, str, int], list[Row]] = defaultdict(list)
    for row in found:
        groups[place_of(row), one_line(row["target"]), sign_of(row)].append(row)
    return list(groups.values())


def _within(groups: Sequence[Sequence[Row]], limit: int | None) -> tuple[list[Sequence[Row]], str]:
    """Return the groups of the first sentences, as many as the limit says, and how many of all sentences these are."""
    sentences = list(dict.fromkeys(place_of(row) for row, *_ in groups))
    kept = set(sentences[:limit])
    return [group for group in groups if place_of(group[0]) in kept], shown_of(len(kept), len(sentences), "sentence")


def opinion_cells(found: Sequence[Row], by_id: Mapping[str, Row]) -> dict[str, Any]:
    """Return what rows of one sentence, target and polarity show, by the names of :data:`HEAD`, the target marked."""
    first = found[0]
    colour, word = _polarity(first)
    style = f"background-color: {tint(colour, 0.25)}; border-bottom: 2px solid {colour}"
    mark = Mark(int(first["target_start"]), int(first["target_end"]), "span", (("style", style),))
    return {
        "Sentiment": tag("span", word, style=chip_style(colour)),
        "Holder": ", ".join(dict.fromkeys(holder_of(row) for row in found)),
        "Target": one_line(first["target"]),
        "Sentence": passage_of(by_id, first["article_id"], first["start"], first["end"], [mark, *_beside(first)]),
        "Article": where_of(by_id, first["article_id"]),
    }


def _beside(row: Row) -> list[Mark]:
    """Return marks that quieten the words of a sentence that are of another voice than the opinion."""
    if row.get("evidence_start") is None or row.get("evidence_end") is None:
        return []
    around = ((row["start"], row["evidence_start"]), (row["evidence_end"], row["end"]))
    return [Mark(int(start), int(end), "span", (("style", ASIDE),)) for start, end in around if start < end]


def opinion_line(row: Row, by_id: Mapping[str, Row]) -> str:
    """Return a row of the sentiment frame in one line of text."""
    return ellipsis(f"{_polarity(row)[1]} {_text(by_id, row['article_id'], row['start'], row['end'])}", 160)


def opinion_fold(
    label: Markup, found: Sequence[Row], by_id: Mapping[str, Row], *, below: Sequence[str], limit: int | None
) -> Markup:
    """Return sentences folded under a label, each once; ``below`` names the cells told under it, of :data:`HEAD`."""
    # Those that judge come first: they are what a figure is opened for.
    told = sorted(judgements(found), key=lambda group: not sign_of(group[0]))
    shown, count = _within(told, limit)
    blocks = []
    for group in shown:
        cells = opinion_cells(group, by_id)
        facts = tag("div", " · ".join(cells[name] for name in below), style=QUIET, dir="auto") if below else ""
        blocks.append(tag("div", cells["Sentiment"], " ", cells["Sentence"], facts, style=SENTENCE, dir="auto"))
    more = tag("div", count, style=QUIET) if len(shown) < len(told) else ""
    return tag("details", tag("summary", label, style="white-space: nowrap"), *blocks, more)


def _polarity(row: Row) -> tuple[str, str]:
    """Return the colour and the words of an opinion's polarity, and how sure it is."""
    sign, word, colour = POLARITIES[0 if row["polarity"] is None else int(row["polarity"])]
    sure = "" if row.get("probability") is None else f", sure: {percent(row['probability'])}"
    return colour, f"{sign} {word}{sure}"


def passage_of(by_id: Mapping[str, Row], article_id: str, start: int, end: int, marks: Sequence[Mark] = ()) -> Markup:
    """Return words of an article with marks in them."""
    article = by_id.get(article_id)
    if article is None:
        return tag("em", f"(article {article_id} is not in the articles frame)")
    return marked(article["text"], marks, int(start), int(end))


def _text(by_id: Mapping[str, Row], article_id: str, start: int, end: int) -> str:
    article = by_id.get(article_id)
    if article is None:
        return f"(article {article_id} is not in the articles frame)"
    return one_line(article["text"][int(start) : int(end)])


def where_of(by_id: Mapping[str, Row], article_id: str) -> str:
    """Return what an article is called, with its outlet and day."""
    article = by_id.get(article_id)
    return f"(article {article_id})" if article is None else f"{heading_text(article)}, {heading_facts(article)}"


def _fold(row: Row, by_id: Mapping[str, Row]) -> Markup:
    summary = joined(
        [
            tag("span", round_name(row), style="font-weight: bold"),
            f", {date_phrase(row)}, {one_line(row['status'])}",
        ]
    )
    facts = [
        tag("tr", tag("th", name, scope="row", style=NAME), tag("td", value, style=VALUE, dir="auto"))
        for name, value in facts_of(row)
    ]
    passages = [
        tag(
            "blockquote",
            passage_of(by_id, article_id, start, end),
            tag("div", where_of(by_id, article_id), style=QUIET),
            style=BLOCK,
            dir="auto",
        )
        for article_id, start, end in row["evidence"] or []
    ]
    # Charts lead here.
    known = place_name({"round": one_line(row["round_id"])}) if row.get("round_id") else None
    return tag("details", tag("summary", summary, dir="auto"), tag("table", tag("tbody", *facts)), *passages,
               id=known, style="margin: 4px 0; line-height: 1.5")  # fmt: skip


def _round_lines(row: Row, by_id: Mapping[str, Row]) -> Iterator[str]:
    yield f"{round_name(row)}, {date_phrase(row)}, {one_line(row['status'])}"
    for article_id, start, end in row["evidence"] or []:
        yield f"  “{ellipsis(_text(by_id, article_id, start, end), 120)}”"
