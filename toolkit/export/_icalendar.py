"""Rounds of talks and other events as a calendar: iCalendar (RFC 5545), which every calendar program reads.

A round is an all-day event over the days it lasts. Nothing is taken from a clock: ``DTSTAMP``, which every event must
have, is midnight (UTC) of the first day of the round, so that the same frame gives the same file; ``UID`` comes from
``round_id``, so that a later file replaces the events of an earlier one in place of adding to them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.display import one_line
from toolkit.export._facts import (
    CALLED_OFF,
    TITLE,
    TOOK_PLACE,
    articles_by_id,
    days_of,
    id_of,
    labels_left_out,
    left_out_line,
    name_of,
    parted,
    passages_of,
    plain,
    why_no_day,
)
from toolkit.files import write_text
from toolkit.phrases import date_phrase, group_name, series_name
from toolkit.round_facts import facts_of, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from icalendar import Event

    from toolkit.display import Row

PRODUCT = "negotiation-news-toolkit"


def icalendar_text(
    rounds: pd.DataFrame, *, events: pd.DataFrame | None = None, articles: pd.DataFrame | None = None
) -> str:
    """Return the rounds as the text of an iCalendar file: an all-day event for each whose days are known.

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
    str
        Lines of at most 75 octets (UTF-8), each ended by carriage return and line feed. ``STATUS`` is CONFIRMED for
        what takes or took place, was reached or met; TENTATIVE for what is proposed, planned or threatened, of an
        unknown status, or of assumed days; CANCELLED for what was postponed or missed, or collapsed. Where only one
        bound is known, that day is the event, and its name says "from" or "until". The description of the calendar
        names what has no day: no date, or one known by week, month or year. Where nothing has a day the calendar is
        empty.

    Raises
    ------
    InputError
        If a column is missing.
    """
    from icalendar import Calendar, vText

    held, left = parted(rounds, why_no_day, events)
    by_id = articles_by_id(articles)
    calendar = Calendar()
    known = {"version": "2.0", "prodid": f"-//{PRODUCT}//{TITLE}//EN", "calscale": "GREGORIAN", "x-wr-calname": TITLE}
    if left:
        missing = ["Without a day in this calendar:", *(left_out_line(row, why) for row, why in left)]
        known["x-wr-caldesc"] = plain("\n".join(missing))
    for name, value in known.items():
        calendar.add(name, vText(value))
    for row, uid in zip(held, _uids(held), strict=True):
        calendar.add_component(_event(row, uid, by_id))
    return str(calendar.to_ical(sorted=False), "utf-8")


def write_icalendar(
    rounds: pd.DataFrame, path: str | Path, *, events: pd.DataFrame | None = None, articles: pd.DataFrame | None = None
) -> list[str]:
    """Write the rounds as an iCalendar file.

    Parameters
    ----------
    rounds, events, articles : pandas.DataFrame
        As in `icalendar_text`.
    path : str or Path
        The file, by custom ending in ``.ics``; replaced where it exists.

    Returns
    -------
    list of str
        Labels of the rounds without a day, which are in the file by name alone; a warning names them too.

    Raises
    ------
    InputError
        If a column is missing.
    """
    path = Path(path)
    write_text(path, icalendar_text(rounds, events=events, articles=articles))
    return labels_left_out(path, parted(rounds, why_no_day, events)[1])


def _uids(held: list[Row]) -> Iterator[str]:
    """Yield an id for each round, numbered where rounds share theirs: a calendar keeps one event of an id."""
    seen: Counter[str] = Counter()
    for row in held:
        round_id = id_of(row) or "round"
        seen[round_id] += 1
        number = f"-{seen[round_id]}" if seen[round_id] > 1 else ""
        yield f"{round_id}{number}@{PRODUCT}"


def _event(row: Row, uid: str, articles: Mapping[str, Row] | None) -> Event:
    from icalendar import Event

    first, last = days_of(row)
    start, end = first or last, last or first
    assert start is not None
    assert end is not None
    known = [f"{name}: {value}" for name, value in facts_of(row)]
    quoted = [f"“{passage}” ({where})" for passage, where in passages_of(row, articles)]
    event = Event()
    event.add("uid", plain(uid))
    event.add("dtstamp", dt.datetime.combine(start, dt.time(), dt.UTC))
    event.add("dtstart", start)
    # The end of an event is the day after its last; one without an end is of a day, as it is at the calendar's end.
    if end < dt.date.max:
        event.add("dtend", end + dt.timedelta(days=1))
    event.add("summary", plain(_summary(row)))
    if place := place_of(row):
        event.add("location", plain(place))
    event.add("description", plain("\n".join(known + quoted)))
    categories = (group_name(row), one_line(row.get("format")), "" if "round_id" in row else one_line(row["type"]))
    event.add("categories", [plain(text) for text in categories if text])
    event.add("status", _status(row))
    # Talks that are read about do not fill the reader's own day.
    event.add("transp", "TRANSPARENT")
    return event


def _summary(row: Row) -> str:
    """Return the series and the name of a round, with its dates where the days of the event do not tell them."""
    series = f"{series_name(row)}: " if one_line(row.get("series")) else ""
    return f"{series}{name_of(row)}{'' if all(days_of(row)) else f', {date_phrase(row)}'}"


def _status(row: Row) -> str:
    if row["status"] in CALLED_OFF:
        return "CANCELLED"
    certain = row["status"] in {*TOOK_PLACE, "under way"} and row["date_basis"] != "assumed"
    return "CONFIRMED" if certain else "TENTATIVE"
