"""Lines that contradict each other: the later one stands, and where neither is later both are named."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from toolkit.corrections._lines import asserted, line_text, moment
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.display import Row


def subject(line: Row) -> str:
    """Return which row a line is about."""
    names = ("frame", "key") if line["key"] else ("frame", "article", "start", "end", "words")
    return json.dumps([line[name] for name in names])


def superseded(lines: Sequence[Row]) -> set[int]:
    """Return the places of the lines that a later one contradicts.

    Raises
    ------
    InputError
        Naming two lines that say different things of one cell, or of one row, where neither is later.
    """
    lost: set[int] = set()
    by_subject: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        by_subject[subject(line)].append(place)
    for places in by_subject.values():
        out = [place for place in places if is_rejection(lines[place])]
        kept = [place for place in places if place not in out]
        if out and kept:
            leaves = _is_later(lines, out, kept)
            lost |= set(kept if leaves else out)
            kept = [] if leaves else kept
        for said in _cells(lines, kept).values():
            lost |= set(_losers(lines, said))
    return lost


def is_rejection(line: Row) -> bool:
    """Tell whether a line says that there is no such row."""
    return line["verdict"] == "wrong" and line["column"] is None


def _cells(lines: Sequence[Row], places: Sequence[int]) -> dict[tuple[str, bool], list[tuple[int, str]]]:
    """Return what is said of each column, and where.

    What was said of a row as a whole gives way to what is said of its columns. A row may be parted more than once.
    """
    said: dict[tuple[str, bool], list[tuple[int, str]]] = defaultdict(list)
    for place in places:
        line = lines[place]
        is_whole = line["column"] is None
        if line["column"] != "split" and not (is_whole and line["verdict"] == "right"):
            for column, text in asserted(line).items():
                said[column, is_whole].append((place, text))
    return said


def _losers(lines: Sequence[Row], said: Sequence[tuple[int, str]]) -> Iterator[int]:
    texts: dict[str, list[int]] = defaultdict(list)
    for place, text in said:
        texts[text].append(place)
    groups = list(texts.values())
    best = groups[0]
    for group in groups[1:]:
        winner, loser = (group, best) if _is_later(lines, group, best) else (best, group)
        yield from loser
        best = winner


def _is_later(lines: Sequence[Row], one: Sequence[int], other: Sequence[int]) -> bool:
    """Tell whether the last of some lines was said after the last of others."""
    last = [max((moment_of(lines[place]), place) for place in places) for places in (one, other)]
    if last[0][0] == last[1][0] or any(lines[place]["when"] is None for _, place in last):
        told = " — and — ".join(line_text(lines[place]) for _, place in last)
        raise InputError(f"corrections contradict each other: {told}; drop one, or say in `when` which is later")
    return bool(last[0][0] > last[1][0])


def moment_of(line: Row) -> float:
    """Return when a line was said, in seconds; before all else where that is not known."""
    found = moment(line["when"])
    return found.timestamp() if found else float("-inf")
