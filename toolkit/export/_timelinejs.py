"""Rounds of talks and other events as TimelineJS draws them: one JSON object of a title slide and events.

The form is that of TimelineJS 3, https://timeline.knightlab.com/docs/json-format.html. A date there is a year, a year
and month, or a day, so vague dates stay as vague as they are; what it cannot hold is what has no date.
"""

from __future__ import annotations

import calendar
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from toolkit.export._facts import (
    TITLE,
    articles_by_id,
    count_phrase,
    days_of,
    id_of,
    labels_left_out,
    left_out_line,
    name_of,
    parted,
    passages_of,
    plain,
    why_no_date,
)
from toolkit.files import write_text
from toolkit.phrases import date_phrase, group_name, is_vague, series_name
from toolkit.round_facts import facts_of
from toolkit.views.markup import escape, joined, tag

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.display import Row

YEARS = {"year", "decade", "century"}

# TimelineJS takes markup out of these fields, turning entities into signs, and then shows the rest as html: what is
# escaped once comes out as live markup, so that the signs of markup give way to others of their shape.
HARMLESS = str.maketrans({"<": "‹", ">": "›", "&": "＆"})


def timelinejs(
    rounds: pd.DataFrame, *, events: pd.DataFrame | None = None, articles: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Return rounds and other events as TimelineJS reads them: an event for each that has a date, in groups.

    Parameters
    ----------
    rounds : pandas.DataFrame
        The rounds frame.
    events : pandas.DataFrame, optional
        The events frame: agreements, deadlines, actions and votes.
    articles : pandas.DataFrame, optional
        Columns ``article_id`` and ``text``; with it each quotes the sentences it was read from.

    Returns
    -------
    dict
        ``title`` and ``events``, of plain values. An event has ``start_date``, ``end_date`` (inclusive, where it has
        more than one day), ``display_date`` (the dates in words), ``text`` (html, in which all that comes from an
        article is escaped) and ``group`` (the series of a round, the negotiation or type of another event). Dates
        known by month or year have no finer parts; a date known by week spans its days. The title names what has no
        date and so is no event.

    Raises
    ------
    InputError
        If a column is missing.
    """
    held, left = parted(rounds, why_no_date, events)
    by_id = articles_by_id(articles)
    return {"title": _title(held, left), "events": [_event(row, by_id) for row in held]}


def timelinejs_text(
    rounds: pd.DataFrame, *, events: pd.DataFrame | None = None, articles: pd.DataFrame | None = None
) -> str:
    """Return the rounds as the text of a file for TimelineJS."""
    return f"{json.dumps(timelinejs(rounds, events=events, articles=articles), ensure_ascii=False, indent=1)}\n"


def write_timelinejs(
    rounds: pd.DataFrame, path: str | Path, *, events: pd.DataFrame | None = None, articles: pd.DataFrame | None = None
) -> list[str]:
    """Write the rounds as a JSON file for TimelineJS.

    Parameters
    ----------
    rounds, events, articles : pandas.DataFrame
        As in `timelinejs`.
    path : str or Path
        The file; replaced where it exists.

    Returns
    -------
    list of str
        Labels of the rounds that have no date and are in the file by name alone; a warning names them too.

    Raises
    ------
    InputError
        If a column is missing.
    """
    path = Path(path)
    write_text(path, timelinejs_text(rounds, events=events, articles=articles))
    return labels_left_out(path, parted(rounds, why_no_date, events)[1])


def _title(held: list[Row], left: list[tuple[Row, str]]) -> dict[str, Any]:
    series = {series_name(row) for row in held if "round_id" in row}
    text = tag("p", f"{count_phrase(held)} in {len(series)} series.")
    if left:
        lines = [tag("li", plain(left_out_line(row, reason))) for row, reason in left]
        text = joined([text, tag("p", "Not on the timeline:"), tag("ul", *lines)])
    return {"text": {"headline": TITLE, "text": str(text)}, "autolink": False}


def _event(row: Row, articles: Mapping[str, Row] | None) -> dict[str, Any]:
    start, end = _dates(row)
    assumed = " (assumed)" if row["date_basis"] == "assumed" else ""
    event = {
        "unique_id": f"round-{quote(plain(id_of(row)), safe='')}",
        "start_date": start,
        "display_date": f"{date_phrase(row)}{assumed}",
        "group": plain(group_name(row)).translate(HARMLESS),
        "text": {"headline": str(escape(plain(name_of(row)))), "text": _html(row, articles)},
        # An address in an article is shown, and is no link.
        "autolink": False,
    }
    return event if end == start else event | {"end_date": end}


def _dates(row: Row) -> tuple[dict[str, int], dict[str, int]]:
    """Return the first and the last date; the one that is known where only one is."""
    first, last = days_of(row)
    one, other = first or last, last or first
    assert one is not None
    assert other is not None
    grain = _grain(row, first, last)
    return _date(one, grain), _date(other, grain)


def _grain(row: Row, first: dt.date | None, last: dt.date | None) -> int:
    """Return how many parts of a date are known: 1 the year, 2 the month, 3 the day."""
    if not is_vague(row):
        return 3
    # A bound of a vague date is the outer edge of its period.
    whole_months = (first is None or first.day == 1) and (last is None or _ends_month(last))
    whole_years = whole_months and (first is None or first.month == 1) and (last is None or last.month == 12)
    if whole_years and row["precision"] in YEARS:
        return 1
    return 2 if whole_months else 3


def _ends_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _date(day: dt.date, grain: int) -> dict[str, int]:
    return dict([("year", day.year), ("month", day.month), ("day", day.day)][:grain])


def _html(row: Row, articles: Mapping[str, Row] | None) -> str:
    facts = [joined([tag("b", name), f": {plain(value)}"]) for name, value in facts_of(row)]
    passages = [
        tag("blockquote", tag("p", plain(passage)), tag("p", tag("i", plain(where))))
        for passage, where in passages_of(row, articles)
    ]
    return str(joined([tag("p", joined(facts, "<br>")), *passages]))
