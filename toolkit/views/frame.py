"""Any frame as a reader wants to see it: the columns that matter, the words that offsets stand for, no row numbers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.display import HEX_COLOUR, ellipsis, is_missing, names, one_line, rows
from toolkit.frames import DECLARED, Frame, spec_of
from toolkit.phrases import as_day, day_phrase, share_phrase
from toolkit.views.article import heading_text
from toolkit.views.colours import POLARITIES, tint
from toolkit.views.evidence import HEAD, opinion_cells, opinion_line
from toolkit.views.markup import QUIET, Mark, Markup, View, joined, marked, tag
from toolkit.views.table import actor_table, quotation_table, round_table, shown_of, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.display import Row
    from toolkit.frames import FrameSpec

MOST = 20
"""Rows shown, unless pandas' option ``display.max_rows`` asks for fewer, or for all with None."""

AROUND, WIDEST = 60, 300  # characters
HIGHLIGHT = f"background-color: {tint('#E69F00', 0.3)}; border-radius: 2px"

# Frames of no more columns are shown whole.
FEW = 8

Cells = list["str | Markup"]


def frame_view(frame: pd.DataFrame) -> View:
    """Show a frame: one of a coverage by what matters of it, any other column by column.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any frame. One that is declared knows which one it is and the words of its articles.

    Returns
    -------
    View
        The first rows; the caption counts all, and names the columns that are not shown.
    """
    import pandas as pd

    limit = pd.get_option("display.max_rows")
    limit = len(frame) if limit is None else min(MOST, limit)
    # A plain DataFrame knows neither, and a column may bear any name.
    spec = spec_of(frame)
    by_id: Mapping[str, Row] = (frame.frame_context_ if isinstance(frame, Frame) else None) or {}
    if spec and spec.brief and not isinstance(frame.columns, pd.MultiIndex) and set(spec.names) <= set(frame.columns):
        more = [column for column in frame.columns if column not in spec.names]
        brief = BRIEF.get(spec.name, _declared(spec))
        view = _plain(frame[[*spec.brief, *more]], limit) if more else brief(frame, by_id, limit)
        return _with_note(view, len(frame.columns)) if len(frame.columns) > FEW else view
    return _plain(frame, limit)


def _with_note(view: View, columns: int) -> View:
    note = f"{columns} columns in all: see .columns"
    return View(joined([view.html, tag("div", note, style=QUIET)]), f"{view.text}\n[{note}]")


def _plain(frame: pd.DataFrame, limit: int) -> View:
    """Return all columns of a frame, with its index only where that says something."""
    import pandas as pd

    part = frame.iloc[:limit]
    head = [_label(column) for column in frame.columns]
    keys = None if _is_noise(frame.index) else [_label(key) for key in part.index]
    cells: list[Cells] = []
    # Column by column: names may stand twice in a frame of one's own.
    columns = [[cell_text(value) for value in part.iloc[:, place]] for place in range(len(frame.columns))]
    for number in range(len(part)):
        row: Cells = [column[number] for column in columns]
        cells.append(row if keys is None else [keys[number], *row])
    if keys is not None:
        index = frame.index
        head = [" · ".join(one_line(each) for each in index.names if each is not None), *head]
    caption = shown_of(len(part), len(frame), "row")
    if not head:
        return View(tag("div", caption, style=QUIET), caption)
    plain = pd.DataFrame(part)
    text = plain.to_string(index=keys is not None, max_cols=12, max_colwidth=60, line_width=160) if len(part) else ""
    table = table_of(caption, head, cells)
    return View(tag("div", table, style="overflow-x: auto"), f"{caption}\n{text}" if text else caption)


def _is_noise(index: pd.Index[Any]) -> bool:
    import pandas as pd

    return not isinstance(index, pd.MultiIndex) and index.name is None and pd.api.types.is_integer_dtype(index.dtype)


def _label(key: Any) -> str:
    return " · ".join(map(one_line, key)) if isinstance(key, tuple) else cell_text(key)


def cell_text(value: Any) -> str:
    """Return any value as a reader would write it."""
    if isinstance(value, dict):
        return ellipsis("; ".join(f"{one_line(key)}: {cell_text(each)}" for key, each in value.items()), WIDEST)
    if isinstance(value, list | tuple | set | frozenset) or (hasattr(value, "tolist") and hasattr(value, "__len__")):
        return ellipsis(", ".join(map(cell_text, value)), WIDEST)
    if is_missing(value):
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return day_phrase(value.date())
    if isinstance(value, float):
        return f"{value:,.3g}".replace("-", "−") if abs(value) < 1000 else f"{value:,.0f}"
    return ellipsis(value, WIDEST)


def _listed(
    frame: pd.DataFrame, limit: int, noun: str, head: Sequence[str], cells_of: Callable[[Row], Cells]
) -> tuple[list[Row], str, Markup]:
    """Return the rows shown, a caption, and the table of their cells without the columns that are empty throughout."""
    found = rows(frame.iloc[:limit])
    caption = shown_of(len(found), len(frame), noun)
    cells = [cells_of(row) for row in found]
    used = [i for i in range(len(head)) if not cells or any(row[i] for row in cells)]
    table = table_of(caption, [head[i] for i in used], [[row[i] for i in used] for row in cells])
    return found, caption, tag("div", table, style="overflow-x: auto")


def _view(caption: str, table: Markup, lines: Iterable[str]) -> View:
    return View(table, "\n".join([caption, *lines]))


def _articles(frame: pd.DataFrame, _by_id: Mapping[str, Row], limit: int) -> View:
    def cells(row: Row) -> Cells:
        day = as_day(row["published"])
        known = f"{day_phrase(day)} ({row['published_basis']})" if day else "unknown"
        opening = (row["text"] or "")[int(row["body_start"] or 0) :]
        return [one_line(row["title"]), one_line(row["outlet"]), known, ellipsis(opening[:400], 110),
                f"{row['n_words']:,}", row["article_id"]]  # fmt: skip

    head = ("Title", "Outlet", "Published", "Begins", "Words", "article_id")
    found, caption, table = _listed(frame, limit, "article", head, cells)
    return _view(caption, table, (" | ".join(str(cell) for cell in cells(row) if cell) for row in found))


def _mentions(frame: pd.DataFrame, by_id: Mapping[str, Row], limit: int) -> View:
    def cells(row: Row) -> Cells:
        return [row["actor"], row["how"], _words(row, by_id), _where(row, by_id)]

    found, caption, table = _listed(frame, limit, "mention", ("Actor", "How", "Words", "Article"), cells)
    return _view(caption, table, (f"{row['actor']} ({row['how']}): {_text(row, by_id)}" for row in found))


def _times(frame: pd.DataFrame, by_id: Mapping[str, Row], limit: int) -> View:
    def cells(row: Row) -> Cells:
        value = one_line(row["edtf"]) or one_line(row["value"])
        return [_words(row, by_id), value, row["basis"], row["type"].lower(), _where(row, by_id)]

    head = ("Words", "Value", "How it is known", "Type", "Article")
    found, caption, table = _listed(frame, limit, "time expression", head, cells)
    return _view(caption, table, (f"{row['value']} ({row['basis']}): {_text(row, by_id)}" for row in found))


def _opinions(frame: pd.DataFrame, by_id: Mapping[str, Row], limit: int) -> View:
    shown = HEAD[: {0: 3, 1: 4}.get(len(by_id), 5)]

    def cells(row: Row) -> Cells:
        given = opinion_cells([row], by_id)
        return [given[name] for name in shown]

    found, caption, table = _listed(frame, limit, "opinion", shown, cells)
    lines = (f"{row['holder'] or 'the outlet'} on {row['target']}: {_judged(row, by_id)}" for row in found)
    return _view(caption, table, lines)


def _judged(row: Row, by_id: Mapping[str, Row]) -> str:
    return opinion_line(row, by_id) if by_id else " ".join(POLARITIES[int(row["polarity"] or 0)][:2])


def _left_out(frame: pd.DataFrame, _by_id: Mapping[str, Row], limit: int) -> View:
    head = ("Source", "Reason")
    found, caption, table = _listed(frame, limit, "note", head, lambda row: [row["source"], row["reason"]])
    return _view(caption, table, (f"{row['source']}: {row['reason']}" for row in found))


def _checked(frame: pd.DataFrame, by_id: Mapping[str, Row], limit: int) -> View:
    """Show what became of lines, and how often the machine proved right in the rows that they judge."""
    from toolkit.corrections._judging import shares_of

    view = _declared(DECLARED["checked"])(frame, by_id, limit)
    told = [
        f"{', '.join(filter(None, (one_line(row['frame']), one_line(row['kind']))))}: {share_phrase(row)}"
        for row in rows(shares_of(frame))
    ]
    notes = [tag("div", line, style=QUIET) for line in told]
    return View(joined([view.html, *notes]), "\n".join([view.text, *told]))


def _corrections(frame: pd.DataFrame, _by_id: Mapping[str, Row], limit: int) -> View:
    def cells(row: Row) -> Cells:
        given = one_line(row["colour"])
        # A table may have been changed since it was checked, and whatever stands in a style must be a colour.
        chip = f"border-left: 1em solid {given}; padding-left: 4px" if HEX_COLOUR.fullmatch(given) else None
        colour: str | Markup = tag("span", given, style=chip) if chip else given
        plain = [one_line(row[name]) for name in ("actor", "name", "kind", "side", "role")]
        return [*plain, colour, names(row["aliases"])]

    head = ("Actor", "Is called", "Kind", "Side", "Role", "Colour", "Further forms")
    found, caption, table = _listed(frame, limit, "correction", head, cells)
    lines = (", ".join(f"{key}: {cell_text(value)}" for key, value in row.items() if cell_text(value)) for row in found)
    return _view(caption, table, lines)


def _words(row: Row, by_id: Mapping[str, Row]) -> Markup:
    """Return the words of a row, marked, with the words around them where the article is at hand."""
    article = by_id.get(row["article_id"])
    start, end = int(row["start"]), int(row["end"])
    if article is None:
        return tag("span", row.get("text"), style=HIGHLIGHT)
    first, last = _bounds(article["text"], start, end)
    mark = Mark(start, end, "span", (("style", HIGHLIGHT),))
    return joined(["…" if first else "", marked(article["text"], [mark], first, last), "…"])


def _text(row: Row, by_id: Mapping[str, Row]) -> str:
    article = by_id.get(row["article_id"])
    if article is None:
        return one_line(row.get("text"))
    start, end = int(row["start"]), int(row["end"])
    first, last = _bounds(article["text"], start, end)
    text = article["text"]
    return f"…{one_line(text[first:start])} [{text[start:end]}] {one_line(text[end:last])}…"


def _bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the words around a span begin and end, in one paragraph and between words."""
    first, last = max(0, start - AROUND), min(len(text), end + AROUND)
    first = max(first, text.rfind("\n", 0, start) + 1)
    line = text.find("\n", end)
    last = last if line < 0 else min(last, line)
    if first and text[first - 1] not in " \n":
        first = min((at + 1 for at in [text.find(" ", first, start)] if at >= 0), default=start)
    if last < len(text) and text[last] not in " \n":
        last = max(text.rfind(" ", end, last), end)
    return first, last


def _where(row: Row, by_id: Mapping[str, Row]) -> str:
    """Return the article of a row, nothing where there is only one."""
    article = by_id.get(row["article_id"])
    return "" if len(by_id) == 1 else heading_text(article) if article else f"article {row['article_id']}"


def _declared(spec: FrameSpec) -> Callable[[pd.DataFrame, Mapping[str, Row], int], View]:
    """Return how to show a frame by its declaration: its brief columns, its words where they stand, its article."""
    head = [column.label for column in spec.beside_words] + ["Words", "Article"] * spec.is_placed

    def show(frame: pd.DataFrame, by_id: Mapping[str, Row], limit: int) -> View:
        def plain(row: Row) -> list[str]:
            return [cell_text(row[column.name]) for column in spec.beside_words]

        def cells(row: Row) -> Cells:
            return [*plain(row), _words(row, by_id), _where(row, by_id)] if spec.is_placed else [*plain(row)]

        def line(row: Row) -> str:
            told = ", ".join(filter(None, plain(row)))
            return f"{told}: {_text(row, by_id)}" if spec.is_placed else told

        found, caption, table = _listed(frame, limit, spec.noun, head, cells)
        return _view(caption, table, map(line, found))

    return show


BRIEF: dict[str, Callable[[pd.DataFrame, Mapping[str, Row], int], View]] = {
    "articles": _articles,
    "actors": lambda frame, _by_id, limit: actor_table(frame, limit=limit),
    "mentions": _mentions,
    "quotations": lambda frame, _by_id, limit: quotation_table(frame, limit=limit, sure=False, link=False),
    "sentiment": _opinions,
    "times": _times,
    "rounds": lambda frame, _by_id, limit: round_table(frame, limit=limit),
    "left_out": _left_out,
    "corrections": _corrections,
    "checked": _checked,
}
"""Frames that are shown in a way of their own; all others by their declaration."""
