"""Lines about the rows of one frame carried through it: what became of each, and the frame after."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import Cells, follow
from toolkit.corrections._contradictions import is_rejection, subject
from toolkit.corrections._finding import Finder, own_words
from toolkit.corrections._lines import PIECES, asserted
from toolkit.corrections._places import joined_rows, parted_row, places_told
from toolkit.display import alike, rows
from toolkit.errors import InputError
from toolkit.frames import Role, with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from toolkit.corrections._finding import Match
    from toolkit.display import Row
    from toolkit.frames import FrameSpec

APPLIED, REDUNDANT, REVIEW, ORPHANED, SUPERSEDED = "applied", "redundant", "review", "orphaned", "superseded"

_BY_VERDICT = {"add": "added", "edit": "corrected", "wrong": "corrected", "right": "confirmed"}
_WEIGHT = {"machine": 0, "confirmed": 1, "corrected": 2, "added": 3}


@dataclass(slots=True)
class Outcome:
    """What became of a line: the row's key now, what the machine has now, and a word on why nothing could be done."""

    outcome: str
    key: str | None = None
    article_id: str | None = None
    now: str | None = None
    kind: str | None = None
    note: str | None = None


@dataclass(slots=True)
class Changes:
    """A frame after corrections, and how its rows changed: those that left, and each as it was and is."""

    frame: pd.DataFrame
    left: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    """New ids of rows that were made one with others."""


def corrected_rows(
    frame: pd.DataFrame,
    spec: FrameSpec,
    lines: Mapping[int, Row],
    articles: Mapping[str, Row],
    final: Callable[[str], str],
) -> tuple[Changes, dict[int, Outcome]]:
    """Return a frame with lines about its rows carried through, and the outcome of each line.

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
    groups: dict[str, list[int]] = defaultdict(list)
    for number, line in lines.items():
        groups[subject(line)].append(number)
    for numbers in groups.values():
        work.take({number: lines[number] for number in numbers})
    for number, line in lines.items():
        if line["column"] in PIECES and number not in work.outcomes:
            work.take_piece(number, line)
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
        self.same: dict[str, str] = {}
        self.new: list[tuple[Row, list[int]]] = []
        self.origin = spec.the(Role.ORIGIN)
        self.key = spec.the(Role.KEY)
        self.id = spec.the(Role.ID)

    def take(self, lines: Mapping[int, Row]) -> None:
        """Carry the lines about one row through."""
        match = self.finder.find(next(iter(lines.values())), lambda row: self._agrees(row, lines))
        pieces = {number for number, line in lines.items() if line["column"] in PIECES}
        if match.number is None and match.place is None:
            why = "there is no such row now" if match.is_same else "the words are gone"
            self._tell(lines, Outcome(ORPHANED, note=why))
            return
        if match.number in self.gone:
            self._tell(lines, Outcome(ORPHANED, note="the row was rejected under another key"))
            return
        if all(is_rejection(line) for line in lines.values()):
            self._reject(lines, match)
            return
        whole = {number: line for number, line in lines.items() if number not in pieces}
        if match.number is None:
            self._restore(lines, match)
        elif whole:
            self._set(whole, match)

    def _agrees(self, row: Row, lines: Mapping[int, Row]) -> bool:
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

    def _tell(self, lines: Mapping[int, Row], outcome: Outcome) -> None:
        self.outcomes |= dict.fromkeys(lines, outcome)

    def _reject(self, lines: Mapping[int, Row], match: Match) -> None:
        if match.number is None:
            self._tell(lines, Outcome(REDUNDANT, article_id=match.place[0] if match.place else None))
            return
        row = self.rows[match.number]
        now = None if match.is_same else own_words(row, self.spec, self.cells.texts)
        self.gone.add(match.number)
        self._tell(lines, self._about(row, APPLIED if match.is_same else REVIEW, now))

    def _restore(self, lines: Mapping[int, Row], match: Match) -> None:
        """Put a row back that the machine does not find now, or add one."""
        place = match.place
        if place is None or not (self.spec.is_placed or self.spec.the(Role.PLACES)):
            self._tell(lines, Outcome(ORPHANED, note="there is no such row now"))
            return
        told: dict[str, str] = {}
        for line in sorted(lines.values(), key=lambda line: line["column"] is not None):
            told |= {name: text for name, text in asserted(line).items() if name not in PIECES}
        verdicts = {line["verdict"] for line in lines.values()}
        origin = max((_BY_VERDICT[verdict] for verdict in verdicts), key=lambda name: _WEIGHT[name])
        try:
            row = self.cells.new(map(str, self.frame.columns), place, told, origin)
        except InputError as fault:
            self._tell(lines, Outcome(ORPHANED, article_id=place[0], note=str(fault)))
            return
        first = next(iter(lines.values()))
        if self.key:
            row[self.key] = first["key"]
        self.new.append((row, list(lines)))
        for number, line in lines.items():
            outcome = APPLIED if line["verdict"] == "add" else REVIEW
            self.outcomes[number] = self._about(row, outcome, None)

    def _set(self, lines: Mapping[int, Row], match: Match) -> None:
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
        found = self.finder.find(line, lambda _: True).number
        try:
            places = places_told(line, self.cells.texts)
        except InputError as fault:
            self.outcomes[number] = Outcome(ORPHANED, note=str(fault))
            return
        if found is None or found in self.gone:
            self.outcomes[number] = Outcome(ORPHANED, note="there is no such row now")
        elif line["column"] == "split":
            self._part(number, found, places)
        else:
            self._join(number, found, places)

    def _join(self, number: int, found: int, places: Sequence[Any]) -> None:
        article, start, end = places[0]
        words = self.cells.texts[article][start:end]
        wanted = {"key": None, "article": article, "start": start, "end": end, "words": " ".join(words.split())}
        other = self.finder.find(wanted, lambda _: True).number
        row = self.rows[found]
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
        self.gone.add(found)
        if self.id:
            self.same[row[self.id]] = self.rows[other][self.id]
        self.outcomes[number] = self._about(self.rows[other], APPLIED, None)

    def _part(self, number: int, found: int, places: Sequence[Any]) -> None:
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
        self.new.append((part, []))
        self.outcomes[number] = self._about(row, APPLIED, None)

    def changes(self) -> Changes:
        """Return the frame after all lines, rows that were added in the order of the texts."""
        left = [self.rows[number] for number in sorted(self.gone)]
        if self.id:
            left = [row for row in left if row[self.id] not in self.same]
        changed = [(old, self.rows[number]) for number, old in self.before.items() if number not in self.gone]
        kept = [row for number, row in enumerate(self.rows) if number not in self.gone]
        ordered = _in_order(kept, [row for row, _ in self.new], self.spec, list(self.cells.texts))
        frame = self._frame(ordered)
        for row, numbers in self.new:
            place = next(place for place, each in enumerate(ordered) if each is row)
            for number in numbers:
                self.outcomes[number].key = frame[self.key].iloc[place] if self.key else None
        return Changes(frame, left, changed, self.same)

    def _frame(self, kept: Sequence[Row]) -> pd.DataFrame:
        made = with_keys(remade(self.frame, kept), self.spec)
        if self.id and self.key and self.id in made.columns and self.key in made.columns:
            made[self.id] = made[self.id].where(made[self.id].notna(), made[self.key])
        return made


def remade(frame: pd.DataFrame, kept: Sequence[Row]) -> pd.DataFrame:
    """Return a frame like another with other rows."""
    import pandas as pd

    columns = {name: pd.Series([row.get(str(name)) for row in kept], dtype=frame[name].dtype) for name in frame.columns}
    return alike(pd.DataFrame(columns), frame)


def kind_of(row: Row, spec: FrameSpec) -> str | None:
    """Return what kind of row one is: its first category in the short view, or at all."""
    names = [*(name for name in spec.brief if name in spec.by_role(Role.CATEGORY)), *spec.by_role(Role.CATEGORY)]
    found = next((row[name] for name in names if row.get(name) is not None), None)
    return None if found is None else str(found)


def _in_order(kept: Sequence[Row], new: Sequence[Row], spec: FrameSpec, articles: Sequence[str]) -> list[Row]:
    """Return rows with new ones among them: behind those of their article that begin before them."""
    article = spec.the(Role.ARTICLE)
    if not new or not spec.is_placed or article is None:
        return [*kept, *new]
    start = spec.spans[""][0]
    order = {name: number for number, name in enumerate(articles)}

    def at(row: Row) -> tuple[int, int]:
        return order.get(row[article], len(order)), int(row[start] or 0)

    found = list(kept)
    for row in new:
        behind = [number for number, other in enumerate(found) if at(other) <= at(row)]
        found.insert(behind[-1] + 1 if behind else 0, row)
    return found
