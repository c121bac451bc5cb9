"""Tell the header of a text file from the opening of its article.

A header is the first block of the file, one ``key: value`` a line, a long value going on in indented lines, ended by a
blank line. One key at least must say something of an article; others are passed over. None may come twice, so that an
interview has no header. A headline such as "Source: talks to resume" is none either: ``source`` and ``by`` are
ordinary words, so they count only beside another key. A block between two ``---`` lines is a header likewise.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load
from toolkit.reading._columns import known_fields, plain_name, role_of
from toolkit.reading._metadata import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FENCE = "---"
HEADER_CHARS = 8_000
VALUE_CHARS = 500
_KEY = re.compile(r"[^\W\d_][\w /-]{0,28}")


class Header(NamedTuple):
    """Fields under their own names, and the offset at which the body begins."""

    fields: Mapping[str, object]
    body_start: int


def find_header(text: str) -> Header:
    r"""Give the header of a text; without one, no fields and a body that begins at 0.

    Examples
    --------
    >>> find_header("Title: Talks resume\nSection: World\n\nVienna waits.")
    Header(fields={'title': 'Talks resume'}, body_start=36)
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
    return Header(known_fields(pairs), skip_blank(text, sum(len(line) for line in lines[:used])))


def _plain(lines: Sequence[str]) -> tuple[dict[str, str], int] | None:
    end = next((number for number, line in enumerate(lines) if not line.strip()), None)
    if not end:
        return None
    pairs = [_pair(line) for line in _unfolded(lines[:end])]
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys) or not all(map(_KEY.fullmatch, keys)) or not _tell_of_an_article(keys):
        return None
    if any(len(value) > VALUE_CHARS for _, value in pairs):
        return None
    return dict(pairs), end + 1


def _unfolded(lines: Iterable[str]) -> list[str]:
    """Join indented lines to the one before."""
    whole: list[str] = []
    for line in lines:
        if whole and line[0] in " \t":
            whole[-1] = f"{whole[-1].rstrip()} {line.strip()}"
        else:
            whole.append(line)
    return whole


def _fenced(lines: Sequence[str]) -> tuple[dict[str, str], int] | None:
    end = next((number for number, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        return None
    pairs = {key: _unquoted(value) for key, value in map(_pair, lines[1:end])}
    return (pairs, end + 1) if any(role_of(plain_name(key)) in NAMES for key in pairs) else None


def _tell_of_an_article(keys: Iterable[str]) -> bool:
    told = [plain for plain in map(plain_name, keys) if role_of(plain) in NAMES]
    return not _ordinary_words().issuperset(told)


@derived
def _ordinary_words() -> frozenset[str]:
    return frozenset(map(plain_name, load("reading")["header"]["ordinary"]))


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    return key.strip(), value.strip()


def _unquoted(value: str) -> str:
    """Take off the quotation marks that front matter puts around a value, but not those inside it."""
    for mark in "\"'":
        if len(value) > 1 and value[0] == value[-1] == mark and mark not in value[1:-1]:
            return value[1:-1]
    return value


def skip_blank(text: str, start: int) -> int:
    """Move to the start of the first line that is not blank."""
    place = start
    while place < len(text) and text[place].isspace():
        place += 1
        if text[place - 1] in "\r\n":
            start = place
    return start if place < len(text) else place
