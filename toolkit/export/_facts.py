"""What a timeline and a calendar say of a round or another event, and which of them they cannot hold."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from toolkit.display import count_of, one_line, require, rows
from toolkit.errors import ToolkitWarning
from toolkit.phrases import NO_DATE, as_day, date_phrase, group_name, is_vague, round_name
from toolkit.views.article import heading_facts, heading_text
from toolkit.views.evidence import by_article

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from toolkit.display import Row

TITLE = "Rounds of talks"

COLUMNS = (
    "round_id", "series", "ordinal", "label", "place", "first", "last", "offset_first", "offset_last",
    "precision", "date_basis", "status",
)  # fmt: skip

EVENTS = ("event_id", "type", *(column for column in COLUMNS if column not in {"round_id", "series", "ordinal"}))

TOOK_PLACE = {"held", "concluded", "reached", "met"}
CALLED_OFF = {"postponed", "collapsed", "missed"}

Parted = tuple[list["Row"], list[tuple["Row", str]]]


def parted(rounds: pd.DataFrame, reason: Callable[[Row], str | None], events: pd.DataFrame | None = None) -> Parted:
    """Return the rounds and events that a format holds, and those that it does not, each with the reason."""
    require(rounds, COLUMNS, "rounds")
    if events is not None:
        require(events, EVENTS, "events")
    others = () if events is None else rows(events)
    judged = [(row, reason(row)) for row in (*rows(rounds), *others)]
    return [row for row, why in judged if why is None], [(row, why) for row, why in judged if why is not None]


def why_no_date(row: Row) -> str | None:
    """Return why a round has no place on a timeline, or None where it has one."""
    first, last = days_of(row)
    if first is None and last is None:
        phrase = date_phrase(row)
        return NO_DATE if phrase == NO_DATE else f"only {phrase}, counted from the unknown publication day P"
    if first is not None and last is not None and last < first:
        return f"its last day {last} lies before its first {first}"
    return None


def why_no_day(row: Row) -> str | None:
    """Return why a round has no day in a calendar, or None where it has one."""
    return why_no_date(row) or (f"no day, only {date_phrase(row)}" if is_vague(row) else None)


def id_of(row: Row) -> str:
    """Return the id of a round or an event, told apart from each other."""
    return one_line(row["round_id"]) if "round_id" in row else f"event-{one_line(row['event_id'])}"


def count_phrase(held: Sequence[Row]) -> str:
    """Return how many rounds and other events there are."""
    talks = sum("round_id" in row for row in held)
    others = f" and {count_of(len(held) - talks, 'other event')}" if len(held) > talks else ""
    return f"{count_of(talks, 'round')}{others}"


def days_of(row: Row) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a round."""
    return as_day(row["first"]), as_day(row["last"])


def name_of(row: Row) -> str:
    """Return what a round is called, with its status where it is not one of talks that took place."""
    status = one_line(row["status"])
    kind = "" if "round_id" in row else f"{one_line(row['type']).capitalize()}: "
    return f"{kind}{round_name(row, width=160)}{'' if status in TOOK_PLACE or not status else f' ({status})'}"


def left_out_line(row: Row, reason: str) -> str:
    """Return a round that is left out in one line: its name, its series and the reason."""
    return f"{round_name(row)}, {group_name(row)}: {reason}"


def labels_left_out(path: Path, left: list[tuple[Row, str]], *, stacklevel: int = 3) -> list[str]:
    """Return the labels of the rounds left out of a file, and warn of each, where the file was asked for."""
    if left:
        lines = "; ".join(left_out_line(row, reason) for row, reason in left)
        undated = any(row["offset_first"] is not None or row["offset_last"] is not None for row, _ in left)
        remedy = "; give the publication date, read(…, published=…), to turn P into a day" if undated else ""
        warnings.warn(
            f"{path}: cannot hold {count_phrase([row for row, _ in left])}: {lines}{remedy}",
            ToolkitWarning,
            stacklevel=stacklevel,
        )
    return [one_line(row["label"]) or round_name(row) for row, _ in left]


def articles_by_id(articles: pd.DataFrame | None) -> dict[str, Row] | None:
    """Return the rows of an articles frame by id, None where no frame is given."""
    if articles is None:
        return None
    return by_article(articles)


def passages_of(row: Row, articles: Mapping[str, Row] | None) -> Iterator[tuple[str, str]]:
    """Yield the sentences a round was read from, each with the article it stands in; none without articles."""
    if articles is None:
        return
    for article_id, start, end in row.get("evidence") or []:
        article = articles.get(article_id)
        if article is None:
            yield f"(article {article_id} is not in the articles frame)", f"article {article_id}"
        else:
            where = f"{heading_text(article)}, {heading_facts(article)}"
            yield one_line(article["text"][int(start) : int(end)]), where


def plain(text: str) -> str:
    """Return a text without control characters but line ends, and with halves of surrogate pairs as question marks."""
    kept = "".join(sign for sign in text if sign == "\n" or not (sign < " " or sign == "\x7f"))
    return kept.encode("utf-8", "replace").decode("utf-8")
