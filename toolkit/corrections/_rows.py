"""Lines about the rows of one frame carried through it: what became of each, and the frame after."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import Cells, follow
from toolkit.corrections._contradictions import is_rejection, moment_of, subject
from toolkit.corrections._finding import Finder, own_words, telling
from toolkit.corrections._lines import PIECES, asserted
from toolkit.corrections._outcomes import (
    APPLIED,
    ORPHANED,
    REDUNDANT,
    REVIEW,
    SUPERSEDED,
    Changes,
    Outcome,
    in_order,
    kind_of,
    remade,
)
from toolkit.corrections._places import joined_rows, part_key, parted_row, places_told, same_told
from toolkit.display import rows
from toolkit.errors import InputError
from toolkit.frames import Role, with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from toolkit.corrections._finding import Match
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

    Lines = Mapping[int, Row]

_BY_VERDICT = {"add": "added", "edit": "corrected", "wrong": "corrected", "right": "confirmed"}
_WEIGHT = {"machine": 0, "confirmed": 1, "corrected": 2, "added": 3}


def corrected_rows(
    frame: pd.DataFrame,
    spec: FrameSpec,
    lines: Lines,
    articles: Mapping[str, Row],
    final: Callable[[str], str],
) -> tuple[Changes, dict[int, Outcome]]:
    """Return a frame with lines about its rows carried through, and the outcome of each line.

    Rows that are put back, added, or to be made one with others come first, then what joins and parts rows, in the
    order in which it was said, then all else: what a person says of a row that was joined or parted stands.

    Parameters
    ----------
    frame : pandas.DataFrame
    spec : FrameSpec
    lines : mapping of int to dict
        The lines about this frame by their number; none contradicts another.
    articles : mapping of str to dict
        The rows of the articles by their id.
    final : callable
        Gives what an actor is called in the end.
    """
    work = _Work(frame, spec, Cells(spec, articles, final))
    groups: dict[str, dict[int, Row]] = defaultdict(dict)
    for number, line in lines.items():
        groups[subject(line)][number] = line
    pieces = {number: line for number, line in lines.items() if line["column"] in PIECES}
    parts = {part_key(line) for line in pieces.values() if line["column"] == "split"}
    early = [about for about, group in groups.items() if work.comes_first(group, parts)]
    for about in early:
        work.take(groups.pop(about))
    for number in sorted(pieces, key=lambda number: (moment_of(pieces[number]), number)):
        work.take_piece(number, pieces[number])
    for group in groups.values():
        work.take(group)
    return work.changes(), work.outcomes


class _Work:
    def __init__(self, frame: pd.DataFrame, spec: FrameSpec, cells: Cells) -> None:
        self.frame, self.spec, self.cells = frame, spec, cells
        self.rows = rows(frame)
        self.before: dict[int, Row] = {}
        self.finder = Finder(self.rows, spec, cells.texts)
        self.outcomes: dict[int, Outcome] = {}
        self.said: dict[tuple[int, str], tuple[str, int]] = {}
        self.gone: set[int] = set()
        self.joined: dict[int, int] = {}
        self.new: dict[int, list[int]] = {}
        self.origin = spec.the(Role.ORIGIN)
        self.key = spec.the(Role.KEY)
        self.id = spec.the(Role.ID)

    def comes_first(self, lines: Lines, parts: set[str | None]) -> bool:
        """Tell whether lines about one row come before rows are joined and parted."""
        key = next(iter(lines.values()))["key"]
        if key is not None and key in parts:
            return False
        return any(line["column"] == "same_as" for line in lines.values()) or self._find(lines).number is None

    def take(self, lines: Lines) -> None:
        """Carry the lines about one row through, but for those that join or part it."""
        match = self._find(lines)
        lines = {number: line for number, line in lines.items() if line["column"] not in PIECES}
        if not lines:
            return
        if match.number is None and match.place is None:
            why = "there is no such row now" if match.is_same else "the words are gone"
            self._tell(lines, Outcome(ORPHANED, note=why))
        elif match.number in self.gone:
            self._tell(lines, Outcome(ORPHANED, note="the row was rejected under another key"))
        elif all(is_rejection(line) for line in lines.values()):
            self._reject(lines, match)
        elif match.number is None:
            self._restore(lines, match)
        else:
            self._set(lines, match)

    def _find(self, lines: Lines) -> Match:
        """Return where the row is that lines are about, or the one that it was made one with."""
        told = {name: text for line in lines.values() for name, text in asserted(line).items() if name not in PIECES}
        adds = any(line["verdict"] == "add" for line in lines.values())
        apart = telling(self.spec, told) if adds else []
        match = self.finder.find(
            next(iter(lines.values())),
            lambda row: self._agrees(row, lines),
            lambda row: all(self._now(row, name) == self._wish(row, name, told.get(name, "")) for name in apart),
        )
        return match._replace(number=self._root(match.number))

    def _root(self, number: int | None) -> int | None:
        while number in self.joined:
            number = self.joined[number]
        return number

    def _agrees(self, row: Row, lines: Lines) -> bool:
        """Tell whether a row has what the machine had, or what the person gave."""
        for line in lines.values():
            said = asserted(line)
            for column, text in said.items():
                if column not in PIECES:
                    had = [text, line["found"]] if line["column"] else [text]
                    if self._now(row, column) not in [self._wish(row, column, each or "") for each in had]:
                        return False
        return True

    def _now(self, row: Row, column: str) -> str:
        return self.cells.text(row, column) if column in self.spec.names else ""

    def _wish(self, row: Row, column: str, text: str) -> str:
        try:
            return self.cells.wanted(row, column, text)
        except InputError:
            return text

    def _about(self, row: Row, outcome: str, now: str | None, note: str | None = None) -> Outcome:
        article = self.spec.the(Role.ARTICLE)
        return Outcome(
            outcome,
            row.get(self.key) if self.key else None,
            row.get(article) if article else None,
            now,
            kind_of(row, self.spec),
            note,
        )

    def _tell(self, lines: Lines, outcome: Outcome) -> None:
        self.outcomes |= dict.fromkeys(lines, outcome)

    def _reject(self, lines: Lines, match: Match) -> None:
        if match.number is None:
            self._tell(lines, Outcome(REDUNDANT, article_id=match.place[0] if match.place else None))
            return
        row = self.rows[match.number]
        now = None if match.is_same else own_words(row, self.spec, self.cells.texts)
        self.gone.add(match.number)
        self._tell(lines, self._about(row, APPLIED if match.is_same else REVIEW, now))

    def _restore(self, lines: Lines, match: Match) -> None:
        """Put a row back that the machine does not find now, or add one."""
        place = match.place
        if place is None or not (self.spec.is_placed or self.spec.the(Role.PLACES)):
            self._tell(lines, Outcome(ORPHANED, note="there is no such row now"))
            return
        told: dict[str, str] = {}
        for line in sorted(lines.values(), key=lambda line: line["column"] is not None):
            told |= asserted(line)
        verdicts = {line["verdict"] for line in lines.values()}
        origin = max((_BY_VERDICT[verdict] for verdict in verdicts), key=lambda name: _WEIGHT[name])
        try:
            row = self.cells.new(map(str, self.frame.columns), place, told, origin)
        except InputError as fault:
            self._tell(lines, Outcome(ORPHANED, article_id=place[0], note=str(fault)))
            return
        self._add(row, next(iter(lines.values()))["key"], list(lines))
        for number, line in lines.items():
            self.outcomes[number] = self._about(row, APPLIED if line["verdict"] == "add" else REVIEW, None)

    def _add(self, row: Row, key: str | None, numbers: list[int]) -> None:
        """Take a new row in, such that other lines may be about it."""
        if self.key:
            row[self.key] = key
        self.new[len(self.rows)] = numbers
        self.rows.append(row)
        self.finder.add(len(self.rows) - 1)

    def _set(self, lines: Lines, match: Match) -> None:
        """Set cells of a row that was found."""
        assert match.number is not None
        row = self.rows[match.number]
        old = dict(row)
        wishes: dict[str, str] = {}
        for number, line in sorted(lines.items(), key=lambda item: item[1]["column"] is not None):
            said = asserted(line)
            try:
                wanted = {name: self.cells.wanted(old, name, text) for name, text in said.items()}
            except InputError as fault:
                self.outcomes[number] = self._about(old, ORPHANED, None, str(fault))
                continue
            wishes |= wanted
            self.outcomes[number] = self._judged(line, old, wanted)
        told = [self.outcomes[number].outcome for number in lines]
        if all(outcome == ORPHANED for outcome in told):
            return
        self._take_over(match.number, wishes, next(iter(lines)))
        wishes = {name: text for name, text in wishes.items() if text != self._now(old, name)}
        if wishes:
            self.before.setdefault(match.number, old)
            self.cells.set(row, wishes)
        self._mark(row, "corrected" if wishes else "confirmed")

    def _take_over(self, row: int, wishes: Mapping[str, str], number: int) -> None:
        """Tell of lines about rows that were two when they were looked at that others took their cells over."""
        for name, text in wishes.items():
            before, other = self.said.setdefault((row, name), (text, number))
            if before != text:
                self.outcomes[other].outcome = SUPERSEDED
                self.said[row, name] = text, number

    def _judged(self, line: Row, row: Row, wanted: Mapping[str, str]) -> Outcome:
        """Return the outcome of a line by what its cells have now."""
        now = {name: self._now(row, name) for name in wanted}
        column = line["column"]
        told = now[column] if column else None
        differ = {name for name, text in wanted.items() if now[name] != text}
        if not differ:
            return self._about(row, APPLIED if line["verdict"] == "right" else REDUNDANT, told)
        if line["verdict"] not in {"right", "add"}:
            had = line["found"]
            by_person = row.get(self.origin or "") in {"corrected", "added"}
            if had is None or by_person or self._wish(row, column, had) == now[column]:
                return self._about(row, APPLIED, told)
        if told is None:
            told = "; ".join(f"{name}: {now[name]}" for name in sorted(differ))
        return self._about(row, REVIEW, told)

    def _mark(self, row: Row, origin: str) -> None:
        if self.origin in row and _WEIGHT.get(row[self.origin] or "machine", 0) < _WEIGHT[origin]:
            row[self.origin] = origin

    def take_piece(self, number: int, line: Row) -> None:
        """Make a row one with another, or part it in two."""
        found = self._root(self.finder.find(line).number)
        try:
            if found is None or found in self.gone:
                self.outcomes[number] = Outcome(ORPHANED, note="there is no such row now")
            elif line["column"] == "split":
                self._part(number, found, places_told(line["given"] or "", self.cells.texts), part_key(line))
            else:
                self._join(number, found, *same_told(line["given"] or "", self.cells.texts))
        except InputError as fault:
            self.outcomes[number] = Outcome(ORPHANED, note=str(fault))

    def _join(self, number: int, found: int, key: str | None, places: Sequence[Sequence[Any]]) -> None:
        row = self.rows[found]
        article, start, end = places[0]
        words = " ".join(self.cells.texts[article][start:end].split())
        wanted = {"key": key, "article": article, "start": start, "end": end, "words": words}
        other = self._root(self.finder.find(wanted).number)
        if other is None or other in self.gone:
            self.outcomes[number] = self._about(row, ORPHANED, None, "the row that it is one with is not there now")
            return
        if other == found:
            self.outcomes[number] = self._about(row, REDUNDANT, None)
            return
        self.before.setdefault(other, dict(self.rows[other]))
        joined_rows(self.rows[other], row, self.spec)
        follow(self.rows[other], self.spec)
        self._mark(self.rows[other], "corrected")
        self.joined[found] = other
        self.outcomes[number] = self._about(row, APPLIED, None)

    def _part(self, number: int, found: int, places: Sequence[Sequence[Any]], key: str | None) -> None:
        row = self.rows[found]
        old = dict(row)
        part = parted_row(row, places, self.spec)
        if part is None:
            self.outcomes[number] = self._about(row, REDUNDANT, None)
            return
        self.before.setdefault(found, old)
        for each in (row, part):
            follow(each, self.spec)
        self._mark(row, "corrected")
        if self.origin in part:
            part[self.origin] = "added"
        self.finder.forget_places()
        self._add(part, key, [])
        self.outcomes[number] = self._about(row, APPLIED, None)

    def changes(self) -> Changes:
        """Return the frame after all lines, rows that were added in the order of the texts."""
        out = self.gone | self.joined.keys()
        kept = [number for number in range(len(self.rows)) if number not in out]
        old, new = ([self.rows[n] for n in kept if (n in self.new) is is_new] for is_new in (False, True))
        ordered = in_order(old, new, self.spec, list(self.cells.texts))
        frame = self._frame(ordered)
        place_of = {id(row): place for place, row in enumerate(ordered)}
        for row, numbers in self.new.items():
            if row in kept and self.key:
                for number in numbers:
                    self.outcomes[number].key = frame[self.key].iloc[place_of[id(self.rows[row])]]
        left = [self.rows[number] for number in sorted(self.gone) if number not in self.new]
        was_is = [(old, self.rows[n]) for n, old in self.before.items() if n not in out and n not in self.new]
        return Changes(frame, left, was_is, self._same(frame, place_of))

    def _same(self, frame: pd.DataFrame, place_of: Mapping[int, int]) -> dict[str, str]:
        """Return the ids of now of rows that were made one with others."""
        found: dict[str, str] = {}
        if self.id is None:
            return found
        for number in self.joined:
            into = self._root(number)
            if number not in self.new and into is not None and into not in self.gone:
                found[self.rows[number][self.id]] = frame[self.id].iloc[place_of[id(self.rows[into])]]
        return found

    def _frame(self, kept: Sequence[Row]) -> pd.DataFrame:
        made = with_keys(remade(self.frame, kept), self.spec)
        if self.id and self.key and self.id in made.columns and self.key in made.columns:
            made[self.id] = made[self.id].where(made[self.id].notna(), made[self.key])
        return made
