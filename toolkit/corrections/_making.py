"""Corrections made in code: a value that grows with each thing said of a row, and is written, merged and applied."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from toolkit.corrections._cells import Cells
from toolkit.corrections._finding import own_places, own_words, telling
from toolkit.corrections._lines import LINE, check_value, identity, lines_frame, lines_of
from toolkit.corrections._places import place_text, same_text
from toolkit.display import count_of, is_missing, rows
from toolkit.errors import InputError
from toolkit.frames import Role, line_of, marked_text, pairs_text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import FrameSpec


def check(coverage: Coverage, *, who: str | None = None, when: str | None = None) -> Checks:
    """Begin to check the rows of a coverage, and to set them right.

    Parameters
    ----------
    coverage : Coverage
        What :func:`toolkit.analyze` returned.
    who : str, optional
        Your name or initials, for each line.
    when : str, optional
        Day and time for each line, ISO 8601; by default that at which it is made.

    Returns
    -------
    Checks
        Corrections without a line so far.

    Examples
    --------
    >>> import toolkit as tk
    >>> coverage = tk.analyze(tk.read("seeds/"))  # doctest: +SKIP
    >>> first, second, *_ = coverage.quotations.key  # doctest: +SKIP
    >>> mine = tk.check(coverage, who="AB")  # doctest: +SKIP
    >>> mine = mine.set("quotations", first, speaker="Ada Berg").reject("quotations", second)  # doctest: +SKIP
    >>> tk.write_corrections(mine, "mine.csv")  # doctest: +SKIP
    >>> tk.correct(coverage, mine).checked  # doctest: +SKIP
    """
    return Checks(coverage, who, when)


@dataclass(frozen=True, slots=True, repr=False)
class Checks:
    """What a person said of the rows of a coverage; each method returns the value with one thing more.

    What was said of the same cell before by the same person is replaced. ``lines`` holds all as a frame, which
    :func:`toolkit.write_corrections`, :func:`toolkit.correct` and ``corrections=`` take, as they take the value itself.
    """

    coverage: Coverage
    who: str | None = None
    when: str | None = None
    said: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def lines(self) -> pd.DataFrame:
        """The corrections, with the columns of ``row_corrections`` in :data:`toolkit.frames.DECLARED`."""
        return lines_frame(self.said)

    def confirm(self, frame: str, key: str, column: str | None = None, *, note: str | None = None) -> Checks:
        """Say that a row is right, or one cell of it."""
        line, row, cells = self._line(frame, key)
        found = pairs_text(cells.texts_of(row)) if column is None else self._had(cells, row, column)
        return self._with([line | {"column": column, "found": found, "verdict": "right", "note": note}])

    def reject(self, frame: str, key: str, *, note: str | None = None) -> Checks:
        """Say that there should be no such row; with an actor, its mentions and the opinions of it leave."""
        line, _, _ = self._line(frame, key)
        return self._with([line | {"verdict": "wrong", "note": note}])

    def set(self, frame: str, key: str, *, note: str | None = None, **values: Any) -> Checks:
        """Say what cells of a row should be; None empties one. A place in the text is given as (start, end)."""
        line, row, cells = self._line(frame, key)
        article = line["article"]
        return self._with(
            line
            | {
                "column": name,
                "found": self._had(cells, row, name),
                "given": self._text(cells.spec, name, value, article),
                "verdict": "edit",
                "note": note,
            }
            for name, value in values.items()
        )

    def add(
        self, frame: str, article_id: str, start: int, end: int, *, note: str | None = None, **values: Any
    ) -> Checks:
        """Say that a row is missing that stands at a place of an article; what is not given is worked out.

        A row of the same words is the one that is meant, but in one sentence an opinion of another holder or target.
        """
        spec = self._spec(frame)
        text = self._texts().get(article_id, "")
        if not 0 <= start < end <= len(text):
            raise InputError(f"{start}–{end} is no place in article {article_id!r}; give offsets in its text")
        told = {name: self._text(spec, name, value, article_id) for name, value in values.items()}
        place = {"frame": frame, "article": article_id, "start": start, "end": end, "words": line_of(text[start:end])}
        # Of one sentence several rows may be missing: each is known by what tells it from the others.
        key = _new_key([*place.values(), *(told.get(name) for name in telling(spec, told))])
        return self._with([place | {"key": key, "given": pairs_text(told), "verdict": "add", "note": note}])

    def add_actor(self, name: str, kind: str, forms: Iterable[str], *, note: str | None = None) -> Checks:
        """Say that there is an actor of a name, whom forms always mean; so a wrong merge is undone."""
        told = {"kind": kind, "aliases": "; ".join(map(line_of, forms))}
        line = {"frame": "actors", "words": line_of(name), "given": pairs_text(told), "verdict": "add", "note": note}
        return self._with([line])

    def merge(self, frame: str, key: str, into: str, *, note: str | None = None) -> Checks:
        """Say that a row is one with another, by their keys: two rounds, or two actors."""
        line, row, _ = self._line(frame, key)
        _, other, _ = self._line(frame, into)
        if frame == "actors":
            told: Row = {"column": "actor", "found": row["actor"], "given": other["actor"]}
        else:
            told = {"column": "same_as", "given": same_text(into, self._places(frame, other)[:1], self._texts())}
        return self._with([line | told | {"verdict": "edit", "note": note}])

    def split(self, frame: str, key: str, places: Iterable[Sequence[Any]], *, note: str | None = None) -> Checks:
        """Say that places, each (article_id, start, end), are of a row of their own; more than once, of several."""
        line, row, _ = self._line(frame, key)
        self._places(frame, row)
        given = place_text(places, self._texts())
        return self._with([line | {"column": "split", "given": given, "verdict": "edit", "note": note}])

    def undo(self) -> Checks:
        """Return the value without the last line."""
        return replace(self, said=self.said[:-1])

    def apply(self) -> Coverage:
        """Return the coverage with all this carried through; see :func:`toolkit.correct`."""
        from toolkit.corrections import correct

        return correct(self.coverage, self.lines)

    def __len__(self) -> int:
        return len(self.said)

    def __repr__(self) -> str:
        """Say how much was said, and what to do with it."""
        told = count_of(len(self.said), "line")
        return f"Checks: {told}. toolkit.write_corrections(…, 'mine.csv') keeps them; .apply() carries them through"

    def _with(self, lines: Iterable[Row]) -> Checks:
        when = self.when or dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        blank = dict.fromkeys(LINE)
        made = lines_of(lines_frame(blank | line | {"who": self.who, "when": when} for line in lines))
        again = {identity(line) for line in made}
        return replace(self, said=(*(line for line in self.said if identity(line) not in again), *made))

    def _spec(self, frame: str) -> FrameSpec:
        specs = self.coverage.specs()
        if frame not in specs:
            raise InputError(f"no frame {frame!r}; this coverage has {', '.join(specs)}")
        return specs[frame]

    def _line(self, frame: str, key: str) -> tuple[Row, Row, Cells]:
        spec = self._spec(frame)
        found = self.coverage[frame]
        name = spec.the(Role.KEY)
        at = found[found[name] == key] if name else found.iloc[:0]
        if len(at) != 1:
            raise InputError(f"no {spec.noun} with the key {key!r}; take one of coverage[{frame!r}][{name!r}]")
        (row,) = rows(at)
        return line_about(row, spec, self._texts()), row, Cells(spec, self._articles())

    def _articles(self) -> dict[str, Row]:
        return {row["article_id"]: row for row in rows(self.coverage.articles)}

    def _texts(self) -> dict[str, str]:
        return {name: row["text"] or "" for name, row in self._articles().items()}

    def _places(self, frame: str, row: Row) -> list[Any]:
        if self._spec(frame).the(Role.PLACES) is None:
            raise InputError(f"rows of {frame} stand in one place each; there is nothing to merge or to split")
        return list(own_places(row, self._spec(frame)))

    @staticmethod
    def _had(cells: Cells, row: Row, column: str) -> str:
        if column not in {each.name for each in cells.spec.editable}:
            check_value(cells.spec, column, "", "corrections")
        return cells.text(row, column)

    def _text(self, spec: FrameSpec, name: str, value: Any, article: str | None) -> str:
        """Return a value as the text of a line."""
        column = next((each for each in spec.editable if each.name == name), None)
        text = "" if is_missing(value) else str(value)
        if column is not None and column.role in {Role.WORDS, Role.SPANS} and not isinstance(value, str):
            spans = [] if value is None else [value] if isinstance(value[0], int) else list(value)
            text = marked_text(spans, self._texts().get(article or "", ""))
        elif column is not None and not isinstance(value, str):
            text = text_of(value, column)
        check_value(spec, name, text, spec.name)
        return text


def _new_key(told: Sequence[Any]) -> str:
    return f"new-{hashlib.sha256(repr(told).encode()).hexdigest()[:8]}"


def line_about(row: Row, spec: FrameSpec, texts: Mapping[str, str]) -> Row:
    """Return the cells of a line that say which row is meant."""
    article, start, end = next(iter(own_places(row, spec)), (None, None, None))
    return {
        "frame": spec.name,
        "key": row.get(spec.the(Role.KEY) or ""),
        "article": article or row.get(spec.the(Role.ARTICLE) or ""),
        "start": start,
        "end": end,
        "words": own_words(row, spec, texts),
    }
