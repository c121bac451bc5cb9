"""Explorers of a coverage: who says what, who judges whom, who stands where, when the rounds took place."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from toolkit.display import NO_SPEAKER, OUTLET, ellipsis, holder_of, one_line, require, rows
from toolkit.errors import InputError, ToolkitError
from toolkit.plots import timeline
from toolkit.positions.counting import NOBODY, actor_of, countable
from toolkit.sentiment.counting import place_of
from toolkit.statements import MANNERS, manner_of, sure_rows, voices_of
from toolkit.views import View, marked_article, picture, position_changes, round_table, sentiment_evidence
from toolkit.views.article import heading_text
from toolkit.views.markup import tag
from toolkit.widgets._controls import counted, picker, told_apart
from toolkit.widgets._explorer import Explorer

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    import pandas as pd

    from toolkit.coverage import Coverage


def quotation_explorer(
    coverage: Coverage | None = None,
    *,
    articles: pd.DataFrame | None = None,
    quotations: pd.DataFrame | None = None,
) -> Explorer:
    """Explore who says what: pick an article, a speaker and a kind, and read the quotations in their place.

    Parameters
    ----------
    coverage : Coverage, optional
        Where the frames come from that are not given.
    articles, quotations : pandas.DataFrame, optional
        Frames of your own, such as corrected ones.

    Returns
    -------
    Explorer
        Its choice has ``article_id``, ``speaker`` and ``kind``; a speaker or kind of None stands for all. ``sure`` is
        False for quotations that are less sure too. Counts are those of sure ones.

    Raises
    ------
    InputError
        If a frame is missing, lacks a column, or has no article.
    """
    articles = _frame(coverage, articles, "articles")
    quotations = _frame(coverage, quotations, "quotations")
    require(articles, ("article_id", "text"), "articles")
    require(quotations, ("speaker", "kind"), "quotations")
    titles = [(ellipsis(heading_text(row), 60), row["article_id"]) for row in rows(articles)]
    if not titles:
        raise InputError("the articles frame is empty; an explorer of quotations needs at least one article")
    found, all_of_them = rows(sure_rows(quotations)), rows(quotations)
    voices, known = (list(chain.from_iterable(map(voices_of, each))) for each in (found, all_of_them))
    kinds, others = (list(map(manner_of, each)) for each in (found, all_of_them))
    controls = {
        "article_id": picker("Article", told_apart(titles), wide=True),
        "speaker": picker("Speaker", counted(voices, last=NO_SPEAKER, also=known)),
        "kind": picker("Kind", counted(kinds, order=MANNERS, also=others)),
        "sure": picker("Show", [(f"sure ({len(found)})", True), (f"less sure too ({len(all_of_them)})", False)]),
    }

    def show(article_id: str, speaker: str | None, kind: str | None, sure: bool) -> View:  # noqa: FBT001 - by name
        # A copy of its own: tables link into the article that stands alone.
        return marked_article(articles, quotations, article_id, speaker=speaker, kind=kind, sure=sure, copy=1)

    return Explorer("Quotation explorer", controls, show)


def sentiment_explorer(
    coverage: Coverage | None = None,
    *,
    articles: pd.DataFrame | None = None,
    sentiment: pd.DataFrame | None = None,
) -> Explorer:
    """Explore who judges whom: pick a holder and a target, and read the sentences.

    Parameters
    ----------
    coverage : Coverage, optional
        Where the frames come from that are not given.
    articles, sentiment : pandas.DataFrame, optional
        Frames of your own, such as corrected ones.

    Returns
    -------
    Explorer
        Its choice has ``holder`` and ``target``; None stands for all.

    Raises
    ------
    InputError
        If a frame is missing or lacks a column.
    """
    articles = _frame(coverage, articles, "articles")
    sentiment = _frame(coverage, sentiment, "sentiment")
    require(sentiment, ("article_id", "start", "holder", "target"), "sentiment")
    found = [(row, place_of(row)) for row in rows(sentiment)]
    # A sentence counts once for each name, however many rows it has.
    holders = dict.fromkeys((holder_of(row), sentence) for row, sentence in found)
    targets = dict.fromkeys((one_line(row["target"]), sentence) for row, sentence in found)
    controls = {
        "holder": picker("Holder", counted((name for name, _ in holders), last=OUTLET)),
        "target": picker("Target", counted(name for name, _ in targets)),
    }

    def show(holder: str | None, target: str | None) -> View:
        return sentiment_evidence(articles, sentiment, holder=holder, target=target, limit=50)

    return Explorer("Sentiment explorer", controls, show)


def position_explorer(
    coverage: Coverage | None = None,
    *,
    articles: pd.DataFrame | None = None,
    positions: pd.DataFrame | None = None,
) -> Explorer:
    """Explore who stands where: pick an issue and an actor, and read the positions by day, with what changed.

    Parameters
    ----------
    coverage : Coverage, optional
        Where the frames come from that are not given.
    articles, positions : pandas.DataFrame, optional
        Frames of your own, such as corrected ones.

    Returns
    -------
    Explorer
        Its choice has ``issue`` and ``actor``; None stands for all.

    Raises
    ------
    InputError
        If a frame is missing or lacks a column.
    """
    articles = _frame(coverage, articles, "articles")
    positions = _frame(coverage, positions, "positions")
    found = countable(positions)
    controls = {
        "issue": picker("Issue", counted(one_line(row["issue"]) for row in found)),
        "actor": picker("Actor", counted((actor_of(row) for row in found), last=NOBODY)),
    }

    def show(issue: str | None, actor: str | None) -> View:
        return position_changes(articles, positions, issue=issue, actor=actor)

    return Explorer("Position explorer", controls, show)


def timeline_explorer(
    reanalyze: Callable[[dt.date | None], pd.DataFrame], *, published: dt.date | None = None
) -> Explorer:
    """Explore when the rounds took place: set the date of publication, and the timeline is read anew.

    Parameters
    ----------
    reanalyze : callable
        Takes a publication date, or None for an unknown one, and returns the rounds frame; for example
        ``lambda day: tk.analyze(tk.read(path, published=day)).rounds``.
    published : datetime.date, optional
        The date to begin with.

    Returns
    -------
    Explorer
        Its choice has ``published``. An error of the toolkit's own is shown in place of the timeline.
    """
    import ipywidgets

    picker = ipywidgets.DatePicker(
        description="Published", value=published, tooltip="Date of publication, against which days are read"
    )

    def show(published: dt.date | None) -> View:
        try:
            return _timeline_view(reanalyze(published), published)
        except ToolkitError as error:
            return View(tag("p", f"No timeline: {error}", role="alert"), f"No timeline: {error}")

    return Explorer("Timeline explorer", {"published": picker}, show)


def _timeline_view(rounds: pd.DataFrame, published: dt.date | None) -> View:
    from toolkit.plots.chart import Chart

    # Outside pyplot, which would show the chart a second time at the end of the cell.
    chart = picture(timeline(rounds, published=published, ax=Chart().subplots()))
    table = round_table(rounds)
    return View(tag("div", chart.html, table.html), f"{chart.text}\n{table.text}")


def _frame(coverage: Coverage | None, frame: pd.DataFrame | None, name: str) -> pd.DataFrame:
    if frame is None:
        frame = getattr(coverage, name, None)
    if frame is None:
        raise InputError(f"no {name} frame: found {type(coverage).__name__}; pass a coverage, or {name}=…")
    return frame
