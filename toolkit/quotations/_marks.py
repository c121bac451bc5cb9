"""Quotation marks: which stretches of a text stand inside them, whatever their shape and however they are left open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.records import Span

_OPENING = {"“": "”", "„": "”“", "«": "»", "``": "''"}
_CLOSING = {"”", "»"}
_MARK = re.compile(r"“|”|„|«|»|``|''|\"|‘|’|'")
_ENDING = ",.!?…"
_CLOSED_BY = {"‘": "’", "'": "'"}
_NEAR = 12
_DECADE = re.compile(r"\d0s")
_APOSTROPHE_BEHIND = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks, marks included; ``goes_on`` where the next paragraph continues it."""

    start: int
    end: int
    goes_on: bool = False

    def holds(self, position: int) -> bool:
        """Tell whether a text offset lies inside."""
        return self.start <= position < self.end


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool
    closes: bool
    text: str
    doubtful: bool = False


def quoted_spans(text: str, paragraphs: Sequence[Span]) -> list[Quoted]:
    """Return the stretches of a text that stand in quotation marks, in order.

    Marks are paired within a paragraph, so that a stray one never spoils the rest. A paragraph that opens a quotation
    and does not close it is quoted to its end if the next paragraph opens with a mark again (the convention for
    quotations over several paragraphs), or if the mark opens a whole sentence; otherwise the mark is passed over.

    Parameters
    ----------
    text : str
    paragraphs : sequence of (int, int)
        The paragraphs to look at, in order.
    """
    found: list[Quoted] = []
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found += _in_paragraph(text, start, end, following)
    return found


def _in_paragraph(text: str, start: int, end: int, following: Span | None) -> Iterator[Quoted]:
    opened: _Mark | None = None
    marks = list(_marks(text, start, end))
    closing = {mark.text: number for number, mark in enumerate(marks) if mark.closes}
    for number, mark in enumerate(marks):
        if opened is None:
            closed = mark.text not in _CLOSED_BY or closing.get(_CLOSED_BY[mark.text], -1) > number
            opened = mark if mark.opens and closed else None
        elif mark.closes and _pairs(opened.text, mark.text) and not (mark.doubtful and _closed_later(marks, number)):
            yield Quoted(opened.start, mark.end)
            opened = None
        elif mark.opens and mark.text != '"' and mark.text == opened.text:
            opened = mark
    if opened is not None:
        if following and _MARK.match(text, following[0]) and text[following[0]] not in "'’":
            yield Quoted(opened.start, end, goes_on=True)
        elif opened.start == start and text[end - 1] in ".!?":
            yield Quoted(opened.start, end)


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in _MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        behind = text[match.end()] if match.end() < end else " "
        left, right = not before.isalnum() and before not in ".,!?…%", not behind.isspace()
        form = match.group()
        if form == '"':
            yield _Mark(*match.span(), left and right, not before.isspace() or not right, form)
        elif form in _OPENING:
            yield _Mark(*match.span(), opens=True, closes=form == "“", text=form)
        elif form in _CLOSING:
            yield _Mark(*match.span(), opens=False, closes=True, text=form)
        elif form == "''":
            yield _Mark(*match.span(), left and right, not left or not right, form)
        elif form == "‘":
            opens = left and right and not _DECADE.match(text, match.end())
            yield _Mark(*match.span(), opens, closes=False, text=form)
        elif form == "'":
            closes = before in _ENDING and not behind.isalnum()
            yield _Mark(*match.span(), left and right and behind.isalpha(), closes, form)
        elif not _APOSTROPHE_BEHIND.match(behind):
            yield _Mark(*match.span(), opens=False, closes=True, text=form, doubtful=before == "s" and behind == " ")


def _closed_later(marks: Sequence[_Mark], number: int) -> bool:
    """Tell whether a mark behind an s may be an apostrophe, as another closes: "‘The workers’ demands are fair,’"."""
    for mark in marks[number + 1 : number + 1 + _NEAR]:
        if mark.text == "‘" and mark.opens:
            return False
        if mark.text == "’" and not mark.doubtful:
            return True
    return False


def _pairs(opening: str, closing: str) -> bool:
    if opening in _OPENING:
        return closing in _OPENING[opening] or (opening == "“" and closing == '"')
    return {"‘": "’", "'": "'", "''": "''", '"': '"'}.get(opening) == closing or (opening == '"' and closing == "”")
