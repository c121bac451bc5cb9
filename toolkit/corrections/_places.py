"""Rows that stand in several places, such as rounds of talks: two made one, and one parted in two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.corrections._finding import standing
from toolkit.errors import InputError
from toolkit.frames import Role, line_of, marked_of, marked_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.display import Row
    from toolkit.frames import FrameSpec

_ONE = re.compile(r'\s*;?\s*(?P<article>[^\s;"]+)\s+(?P<span>(?P<start>\d+)\s*[–-]\s*\d+\s*("(?:[^"\\]|\\.)*")?)')


def place_text(places: Iterable[Sequence[Any]], texts: Mapping[str, str]) -> str:
    """Return places as text, ``065ef9a8c944 12–40 "the words"``, with semicolons between."""
    return "; ".join(
        f"{article} {marked_text([(int(start), int(end))], texts.get(article, ''))}" for article, start, end in places
    )


def same_text(key: str, places: Iterable[Sequence[Any]], texts: Mapping[str, str]) -> str:
    """Return the row that another is one with as text: its key, and the first of its places."""
    return f"{key}: {place_text(places, texts)}"


def same_told(text: str, texts: Mapping[str, str]) -> tuple[str | None, list[list[Any]]]:
    """Return the key, if any, and the places of the row that another is one with; see `places_told`."""
    key, sign, places = text.partition(": ")
    return (key, places_told(places, texts)) if sign and " " not in key else (None, places_told(text, texts))


def part_key(line: Mapping[str, Any]) -> str | None:
    """Return what the row is known by that a line parts from another: that one's key and the first place given."""
    match = _ONE.match(line["given"] or "")
    return f"{line['key']}-{match['article']}-{int(match['start'])}" if match and line["key"] else None


def places_told(text: str, texts: Mapping[str, str]) -> list[list[Any]]:
    """Return the places that a text gives, where their words stand now.

    Raises
    ------
    InputError
        If it gives none, or their words are gone.
    """
    at, found = 0, []
    while at < len(text):
        match = _ONE.match(text, at)
        if match is None:
            break
        (span,) = marked_of(match["span"], "a place")
        whole = texts.get(match["article"], "")
        place: Sequence[int] | None = span[:2]
        if span.end > len(whole) or span.words not in {None, line_of(whole[span.start : span.end])}:
            place = standing(whole, span.words, span.start) if span.words else None
        if place is None:
            raise InputError(f"the words {span.words!r} are gone")
        found.append([match["article"], *place])
        at = match.end()
    if not found or text[at:].strip(" ;"):
        raise InputError(f'{text!r} is no place; give an article\'s id and a span, such as 065ef9a8c944 12–40 "words"')
    return found


def joined_rows(row: Row, other: Row, spec: FrameSpec) -> None:
    """Give a row the places of another, and what it lacks."""
    for column in spec.columns:
        mine: Any = row.get(column.name)
        theirs: Any = other.get(column.name)
        if column.role in {Role.ID, Role.KEY, Role.ORIGIN} or theirs is None:
            continue
        if column.role is Role.KEYS:
            theirs = [*theirs, *filter(None, (other.get(name) for name in spec.by_role(Role.KEY)))]
        if mine is None:
            row[column.name] = theirs
        elif isinstance(mine, dict):
            row[column.name] = {**theirs, **mine}
        elif isinstance(mine, list):
            row[column.name] = [*mine, *(each for each in theirs if each not in mine)]


def parted_row(row: Row, places: Sequence[Sequence[Any]], spec: FrameSpec) -> Row | None:
    """Take places out of a row, and return another row that has them; None where it has none of them, or no others."""
    name = spec.the(Role.PLACES)
    if name is None:
        return None
    wanted = [list(place) for place in places]
    mine = [list(place) for place in row.get(name) or ()]
    gone = [place for place in mine if place in wanted]
    if not gone or len(gone) == len(mine):
        return None
    row[name] = [place for place in mine if place not in gone]
    blank = dict.fromkeys(spec.by_role(Role.ID, Role.KEY))
    part: Row = {**row, **blank, name: gone}
    return part | {each: [] for each in spec.by_role(Role.KEYS)}
