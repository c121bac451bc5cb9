"""Tell the header of a text file from the opening of its article.

A header is the first block of the file, one ``key: value`` a line, ended by a blank line. Every key must be
one of those below, in any case, and none may come twice, so that an article that opens with "Note: …" has no
header. A headline such as "Source: talks to resume" is no header either: ``source`` and ``by`` are ordinary
words, so they count only beside another key. A block between two ``---`` lines is a header if it has at
least one known key; what else it holds is not read.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from toolkit.articles._metadata import ALIASES, NAMES, canonical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEYS = frozenset((*NAMES, *ALIASES))
ORDINARY_WORDS = frozenset({"source", "by"})
FENCE = "---"
HEADER_CHARS = 8_000
VALUE_CHARS = 500


class Header(NamedTuple):
    """Fields under their canonical names, and the offset at which the body begins."""

    fields: Mapping[str, object]
    body_start: int


def find_header(text: str) -> Header:
    r"""Give the header of a text; without one, no fields and a body that begins at 0.

    Examples
    --------
    >>> find_header("Title: Talks resume\n\nVienna waits.")
    Header(fields={'title': 'Talks resume'}, body_start=21)
    >>> find_header("Note: the talks resume.\n\nVienna waits.")
    Header(fields={}, body_start=0)
    """
    lines = list(io.StringIO(text[:HEADER_CHARS], newline=""))
    if not lines:
        return Header({}, 0)
    found = _fenced(lines) if lines[0].strip() == FENCE else _plain(lines)
    if found is None:
        return Header({}, 0)
    pairs, used = found
    return Header(canonical(pairs), _skip_blank(text, sum(len(line) for line in lines[:used])))


def _plain(lines: Sequence[str]) -> tuple[dict[str, str], int] | None:
    end = next((number for number, line in enumerate(lines) if not line.strip()), None)
    if not end:
        return None
    pairs = [_pair(line) for line in lines[:end]]
    keys = [key for key, _ in pairs]
    if not KEYS.issuperset(keys) or len(set(keys)) < len(keys) or ORDINARY_WORDS.issuperset(keys):
        return None
    if any(len(value) > VALUE_CHARS for _, value in pairs):
        return None
    return dict(pairs), end + 1


def _fenced(lines: Sequence[str]) -> tuple[dict[str, str], int] | None:
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        return None
    pairs = {key: _unquoted(value) for key, value in map(_pair, lines[1:end]) if key in KEYS}
    return (pairs, end + 1) if pairs else None


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip().lower(), value.strip()


def _unquoted(value: str) -> str:
    """Take off the quotation marks that front matter puts around a value, but not those inside it."""
    for mark in "\"'":
        if len(value) > 1 and value[0] == value[-1] == mark and mark not in value[1:-1]:
            return value[1:-1]
    return value


def _skip_blank(text: str, start: int) -> int:
    """Move to the start of the first line that is not blank."""
    place = start
    while place < len(text) and text[place].isspace():
        place += 1
        if text[place - 1] in "\r\n":
            start = place
    return start if place < len(text) else place
