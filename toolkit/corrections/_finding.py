"""The row that a line is about: by its key, else by its words, nearest to where they stood."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.frames import Role, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.display import Row
    from toolkit.frames import FrameSpec

Place = tuple[str, int, int]

LIKE = 0.5
"""Share of what two spans cover together that both must cover, to be taken for one cut otherwise."""

FEWEST = 12
"""Characters of words that tell an article whose header was changed."""

ELLIPSIS = " … "


class Match(NamedTuple):
    """Where a row was found.

    ``number`` is its number, None where there is none; ``place`` where its words stand now, None where they are gone;
    ``is_same`` whether it has these very words, rather than others in about the same place.
    """

    number: int | None
    place: Place | None
    is_same: bool


def _any(_: Row) -> bool:
    return True


def own_places(row: Row, spec: FrameSpec) -> list[Place]:
    """Return where the row's own words stand, the first place being the one it is told by."""
    article = spec.the(Role.ARTICLE)
    if spec.is_placed and article is not None:
        start, end = (row.get(name) for name in spec.spans[""])
        return [] if start is None or end is None else [(row[article], int(start), int(end))]
    places = spec.the(Role.PLACES)
    return [(each[0], int(each[1]), int(each[2])) for each in row.get(places) or ()] if places else []


def own_words(row: Row, spec: FrameSpec, texts: Mapping[str, str]) -> str:
    """Return the words that a row is told by: its own, else its name in the short view, in one line."""
    own = next((column.name for column in spec.columns if column.role is Role.WORDS and not column.of), None)
    if own is not None and row.get(own) is not None:
        return line_of(row[own])
    for article, start, end in own_places(row, spec)[:1]:
        return line_of(texts.get(article, "")[start:end])
    named = (row.get(name) for name in (*spec.brief, *spec.names))
    return line_of(next((value for value in named if isinstance(value, str)), None))


def telling(spec: FrameSpec, told: Mapping[str, str]) -> list[str]:
    """Return the columns that tell rows of the same words apart, such as two opinions in one sentence.

    Those in which no two rows agree, and those of the key of which something is told.
    """
    key = [name for name in spec.key if name in told]
    return [column.name for column in spec.editable if column.name in {*spec.once, *key}]


def standing(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Return where words stand in a text, whatever white space is between them: the place nearest to an offset.

    None where they are gone, or stand as near on both sides.
    """
    first, *others = words.split(ELLIPSIS)
    found = sorted((abs(start - near), start, end) for start, end in _places_of(text, first))
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    _, start, end = found[0]
    for piece in others:
        end = next((stop for begin, stop in _places_of(text, piece) if begin >= end), -1)
        if end < 0:
            return None
    return start, end


def _places_of(text: str, words: str) -> Iterator[tuple[int, int]]:
    if pieces := words.split():
        for match in re.finditer(r"\s+".join(map(re.escape, pieces)), text):
            yield match.span()


class Finder:
    """Finds the rows of a frame that lines are about.

    Parameters
    ----------
    rows : sequence of dict
    spec : FrameSpec
    texts : mapping of str to str
        The articles' texts by their id.
    """

    def __init__(self, rows: Sequence[Row], spec: FrameSpec, texts: Mapping[str, str]) -> None:
        self._rows, self._spec, self._texts = rows, spec, texts
        known = spec.by_role(Role.KEYS)
        self.by_key = {key: number for number, row in enumerate(rows) for name in known for key in row.get(name) or ()}
        key = spec.the(Role.KEY)
        self.by_key |= {row.get(key): number for number, row in enumerate(rows) if row.get(key)} if key else {}

    def add(self, number: int) -> None:
        """Know a row too that now stands behind the others."""
        row = self._rows[number]
        if key := row.get(self._spec.the(Role.KEY) or ""):
            self.by_key[key] = number
        for place in own_places(row, self._spec) if "_by_article" in self.__dict__ else ():
            self._by_article[place[0]].append((place, number))

    def forget_places(self) -> None:
        """Look anew where the rows stand, when they are next asked for by their words."""
        self.__dict__.pop("_by_article", None)

    @cached_property
    def _by_article(self) -> dict[str, list[tuple[Place, int]]]:
        found: dict[str, list[tuple[Place, int]]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            for place in own_places(row, self._spec):
                found[place[0]].append((place, number))
        return found

    @cached_property
    def _by_words(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self._rows):
            if not own_places(row, self._spec):
                found[own_words(row, self._spec, self._texts)].append(number)
        return found

    def find(self, line: Row, agrees: Callable[[Row], bool] = _any, may_be: Callable[[Row], bool] = _any) -> Match:
        """Return where the row of a line is; of several rows with the same words the one that agrees with it.

        Rows that are known by their words alone, and that it may not be, are left aside.
        """
        if line["key"] in self.by_key:
            number = self.by_key[line["key"]]
            return Match(number, next(iter(own_places(self._rows[number], self._spec)), None), is_same=True)
        if not line["words"]:
            return Match(None, None, is_same=False)
        place = self._place(line)
        if place is None:
            named = self._by_words.get(line["words"], [])
            is_placed = self._spec.is_placed or self._spec.the(Role.PLACES) is not None
            return Match(named[0] if len(named) == 1 else None, None, is_same=not is_placed)
        return self._at(place, agrees, may_be)

    def _place(self, line: Row) -> Place | None:
        """Return where the words of a line stand now."""
        words, start = line["words"], line["start"]
        if start is None:
            return None
        if line["article"] in self._texts:
            # Where the words stand as they did, those as near on either side are others.
            text = self._texts[line["article"]]
            if line["end"] is not None and line_of(text[start : line["end"]]) == words:
                return line["article"], start, line["end"]
            span = standing(text, words, start)
            return (line["article"], *span) if span else None
        if len(words) < FEWEST:
            return None
        # The article may have been read anew, with another header, and have another id.
        found = [(article, *span) for article, text in self._texts.items() for span in _places_of(text, words)]
        return found[0] if len(found) == 1 else None

    def _at(self, place: Place, agrees: Callable[[Row], bool], may_be: Callable[[Row], bool]) -> Match:
        near = [(_share(place, other), number) for other, number in self._by_article[place[0]]]
        shares = [(share, number) for share, number in near if share >= LIKE and may_be(self._rows[number])]
        same = list(dict.fromkeys(number for share, number in shares if share == 1))
        if len(same) > 1:
            same = [number for number in same if agrees(self._rows[number])]
        if same:
            return Match(same[0] if len(same) == 1 else None, place, is_same=True)
        like = sorted(shares, reverse=True)
        is_one = len(like) == 1 or (len(like) > 1 and like[0][0] > like[1][0])
        return Match(like[0][1] if is_one else None, place, is_same=False)


def _share(one: Place, other: Place) -> float:
    """Return what two spans share of what they cover together."""
    shared = min(one[2], other[2]) - max(one[1], other[1])
    covered = max(one[2], other[2]) - min(one[1], other[1])
    return max(0, shared) / covered if covered else 0.0
