"""The first lines of a page: headline, byline and date stand before the article, and are no sentences of it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from toolkit.reading._header import skip_blank
from toolkit.reading._inference import LONGEST_LINE, OWN_LINE_DATELINE, day_of_line, is_update_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPENING_LINES = 6
HEADLINE_CHARS = 160
_BYLINE = re.compile(
    r"(?:By|BY|Von|Par|Por|Di)\b:? +((?:[^\W\d_a-zß-ÿ][\w.'’-]*|and|for|in|of|the|de|der|van|von|del|da|&|,)"
    r"(?:,? +(?:[^\W\d_a-zß-ÿ][\w.'’-]*|and|for|in|of|the|de|der|van|von|del|da|&))*)(?: *[|•·] *.*)?",
)
_MARKS = " \t\u00a0#*_"
"""Around a headline or byline in Markdown."""
_ENDS_A_SENTENCE = re.compile(r"[.!?:;,]['\"”’)]*$")
_HOLDS_A_SENTENCE = re.compile(r"[.!?]['\"”’)]*\s+[\"“‘]?[A-ZÀ-Þ]")
_SHORT_FORMS = re.compile(r"\b(?:[A-Z]\.)+$|\b(?:Inc|Co|Ltd|Jr|Sr)\.$")


class Opening(NamedTuple):
    """What the first lines say, and where the article proper begins behind them."""

    fields: Mapping[str, object]
    body_start: int


class _Line(NamedTuple):
    words: str
    start: int
    end: int
    blank_behind: bool


def find_opening(text: str, start: int, known: Mapping[str, object]) -> Opening:
    r"""Give title and author that stand before an article, and the offset behind them.

    Parameters
    ----------
    text : str
    start : int
        Offset behind a header.
    known : mapping
        What a header says already: only what is missing is looked for.

    Examples
    --------
    >>> find_opening("Talks near a text\n\nBy Ana Roe | March 12, 2026\n\nEnvoys met on Monday.\n", 0, {})
    Opening(fields={'title': 'Talks near a text', 'author': 'Ana Roe'}, body_start=48)
    """
    lines = list(_lines(text, start))
    found: dict[str, object] = {}
    used = 0
    if lines and _is_title(lines, known.get("title")):
        found = {} if known.get("title") else {"title": lines[0].words}
        used = 1
    while used < len(lines) and (told := _told_before(lines[used], known)) is not None:
        found |= {name: value for name, value in told.items() if not known.get(name)}
        used += 1
    if not used or used == len(lines):
        return Opening({}, start)
    return Opening(found, skip_blank(text, lines[used - 1].end))


def _lines(text: str, start: int) -> Iterator[_Line]:
    """Yield the first lines that are not blank."""
    for match in islice(re.finditer(r"[^\r\n]*\S[^\r\n]*", text[start : start + 4000]), OPENING_LINES + 1):
        behind = text[start + match.end() : start + match.end() + 4]
        yield _Line(match[0].strip(_MARKS), start + match.start(), start + match.end(), _is_break(behind))


def _is_break(behind: str) -> bool:
    return behind.replace("\r\n", "\n").replace("\r", "\n").startswith("\n\n")


def _is_title(lines: list[_Line], title: object) -> bool:
    first = lines[0].words
    if isinstance(title, str) and title.strip():
        return _plain(first) == _plain(title)
    return (
        len(first) <= HEADLINE_CHARS
        and " " in first
        and _ends_openly(first)
        and not _HOLDS_A_SENTENCE.search(first)
        and len(lines) > 1
        and (lines[0].blank_behind or _told_before(lines[1], {}) is not None)
        and any(not _ends_openly(line.words) for line in lines[1:])
    )


def _ends_openly(line: str) -> bool:
    return not _ENDS_A_SENTENCE.search(line) or bool(_SHORT_FORMS.search(line))


def _told_before(line: _Line, known: Mapping[str, object]) -> dict[str, object] | None:
    """Return what a line says that stands before the article; None for a line of the article."""
    if len(line.words) > LONGEST_LINE:
        return None
    if match := _BYLINE.fullmatch(line.words):
        return {"author": match[1].strip(" ,")}
    if is_update_line(line.words) or day_of_line(line.words) or OWN_LINE_DATELINE.fullmatch(line.words):
        return {}
    author = known.get("author")
    return {} if isinstance(author, str) and _plain(line.words) == _plain(author) else None


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).removeprefix("by ").rstrip(".")
