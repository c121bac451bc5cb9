"""What a file of another program remembers of a row, so that what a person changed in it is told as lines.

The program's own cells may be sorted, cut or moved; beside them the file keeps each row as it was written, and what
differs from that was said by a person.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import Cells
from toolkit.corrections._finding import ELLIPSIS
from toolkit.corrections._lines import LINE
from toolkit.corrections._making import line_about
from toolkit.errors import InputError
from toolkit.frames import Role, line_of, marked_of, pairs_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.display import Row
    from toolkit.frames import FrameSpec

ABOUT = ("article", "start", "end", "words")
PLACED = (Role.WORDS, Role.SPANS)


class Memory:
    """Remembers the rows of a frame.

    Parameters
    ----------
    spec : FrameSpec
    articles : mapping of str to dict
        The rows of the articles by their id.
    """

    def __init__(self, spec: FrameSpec, articles: Mapping[str, Row]) -> None:
        self._spec, self._cells = spec, Cells(spec, articles)

    def of(self, row: Row) -> Row:
        """Return what there is to remember of a row, in plain values: which row it is, and what can be set of it."""
        told = self._cells.texts_of(row)
        placed = {column.name for column in self._spec.editable if column.role in PLACED and column.name in row}
        about = line_about(row, self._spec, self._cells.texts)
        return {
            **{name: about[name] for name in ABOUT if about[name] is not None},
            "cells": {name: text for name, text in told.items() if name not in placed},
            "places": {name: told.get(name, "") for name in sorted(placed)},
        }


def edited(frame: str, key: str, had: Row, given: Mapping[str, str]) -> Iterator[Row]:
    """Yield a line for each cell that is now another.

    Parameters
    ----------
    frame, key : str
        The row.
    had : dict
        What was remembered of it.
    given : mapping of str to str
        What its cells are now, by column, as text.
    """
    for name, text in given.items():
        found = had["places"].get(name) or had["cells"].get(name, "")
        if text != found:
            yield _line(frame, key, had) | {"column": name, "found": found, "given": text, "verdict": "edit"}


def confirmed(frame: str, key: str, had: Row) -> Row:
    """Return the line that says that a row is right as it was."""
    told = {name: text for name, text in {**had["cells"], **had["places"]}.items() if text}
    return _line(frame, key, had) | {"found": pairs_text(told), "verdict": "right"}


def rejected(frame: str, key: str, had: Row) -> Row:
    """Return the line that says that there should be no such row."""
    return _line(frame, key, had) | {"verdict": "wrong"}


def words_in(marked: str) -> str:
    """Return the words of spans, pieces joined by an ellipsis."""
    return ELLIPSIS.join(span.words or "" for span in marked_of(marked, "a place")) if marked else ""


def marked_near(words: str, had: Row, column: str) -> str:
    """Return words given for a place as the text of a span, to be looked for near what stood there; spans stay."""
    found = had["places"].get(column, "")
    if _is_marked(words):
        return words
    near = marked_of(found, "a place")
    start, end = (near[0].start, near[0].end) if near else (had.get("start") or 0, had.get("end") or 1)
    pieces = filter(None, map(line_of, words.split(ELLIPSIS.strip())))
    return "; ".join(f"{start}–{end} {json.dumps(piece, ensure_ascii=False)}" for piece in pieces)


def _is_marked(text: str) -> bool:
    try:
        return all(span.words is not None for span in marked_of(text, "a place"))
    except InputError:
        return False


def _line(frame: str, key: str, had: Row) -> dict[str, Any]:
    return dict.fromkeys(LINE) | {"frame": frame, "key": key} | {name: had.get(name) for name in ABOUT}
