"""Cells of a row as text and set by text, and rows that a person adds, by what the columns are declared to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_origin

from toolkit.corrections._finding import ELLIPSIS, standing
from toolkit.errors import InputError
from toolkit.frames import Role, line_of, marked_of, marked_text, text_of, value_of
from toolkit.frames._renaming import renamed_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from toolkit.corrections._finding import Place
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

Spans = list[list[int]]


class Cells:
    """Reads and sets the cells of rows of one frame.

    Parameters
    ----------
    spec : FrameSpec
    articles : mapping of str to dict
        The rows of the articles by their id.
    final : callable
        Gives what an actor is called in the end.
    """

    def __init__(self, spec: FrameSpec, articles: Mapping[str, Row], final: Callable[[str], str] = str) -> None:
        self.spec, self._articles, self._final = spec, articles, final
        self.texts = {name: row.get("text") or "" for name, row in articles.items()}
        self._by_name = {column.name: column for column in spec.columns}

    def text(self, row: Row, name: str) -> str:
        """Return a cell as text."""
        column = self._by_name[name]
        if column.role in {Role.WORDS, Role.SPANS}:
            return marked_text(self._spans(row, column), self._article_text(row))
        return text_of(row.get(name), column)

    def texts_of(self, row: Row) -> dict[str, str]:
        """Return all that a person may set of a row, as text, without what is empty."""
        told = {column.name: self.text(row, column.name) for column in self.spec.editable if column.name in row}
        return {name: text for name, text in told.items() if text}

    def wanted(self, row: Row, name: str, text: str) -> str:
        """Return a text as `text` would tell it, were the cell so: names as they are in the end, spans where they are.

        Raises
        ------
        InputError
            If the cell cannot be so.
        """
        column = self._by_name.get(name)
        if column is None or not column.editable:
            raise InputError(f"the {self.spec.name} frame has no column {name!r} that can be set")
        if column.role in {Role.WORDS, Role.SPANS}:
            return marked_text(self._placed(row, text), self._article_text(row))
        return text_of(self._value(column, text), column)

    def set(self, row: Row, texts: Mapping[str, str]) -> None:
        """Set cells of a row, and what follows from them."""
        for name, text in texts.items():
            column = self._by_name[name]
            if column.role in {Role.WORDS, Role.SPANS}:
                self._set_spans(row, column, self._placed(row, text))
            else:
                row[name] = self._value(column, text)
        for rule in self.spec.settled:
            if set(rule.of) & texts.keys() and rule.column not in texts and rule.column in row:
                row[rule.column] = rule.value(*(row.get(each) for each in rule.of))
        follow(row, self.spec)

    def new(self, columns: Iterable[str], place: Place, texts: Mapping[str, str], origin: str) -> Row:
        """Return a row at a place, with what is told of it and what follows.

        Raises
        ------
        InputError
            If a cell that cannot be empty is not told.
        """
        article, start, end = place
        row: Row = {name: _empty(self._by_name[name]) for name in columns if name in self._by_name}
        for column in self.spec.columns:
            if column.role is Role.ARTICLE:
                row[column.name] = article
            elif column.role is Role.PLACES:
                row[column.name] = [list(place)]
            elif column.role in {Role.START, Role.END} and (not column.of or column.dtype == "int64"):
                row[column.name] = start if column.role is Role.START else end
            elif column.role is Role.SPANS:
                row[column.name] = [[start, end]]
            elif column.role is Role.WORDS and not column.of:
                row[column.name] = self.texts[article][start:end]
            elif column.role is Role.ORIGIN:
                row[column.name] = origin
        self.set(row, texts)
        if self.spec.added:
            told = self.spec.added(row, self._articles[article])
            row |= {name: value for name, value in told.items() if name in row and name not in texts}
            self.set(row, texts)
        missing = [c.name for c in self.spec.columns if c.editable and not c.optional and row.get(c.name) is None]
        if missing:
            raise InputError(f"a {self.spec.noun} needs its {', '.join(missing)}")
        return row

    def _article_text(self, row: Row) -> str:
        article = self.spec.the(Role.ARTICLE)
        return self.texts.get(row.get(article), "") if article else ""  # type: ignore[arg-type]

    def _value(self, column: Column, text: str) -> Any:
        value = value_of(text, column, self.spec.name)
        return renamed_value(value, self._final) if column.role is Role.ACTOR else value

    def _spans(self, row: Row, column: Column) -> Spans:
        if column.role is Role.SPANS:
            return [[int(start), int(end)] for start, end in row.get(column.name) or ()]
        start, end = (row.get(name) for name in self.spec.spans[column.of])
        return [] if start is None or end is None else [[int(start), int(end)]]

    def _placed(self, row: Row, text: str) -> Spans:
        """Return spans as they stand in the article now, by their words where these moved."""
        whole, found = self._article_text(row), []
        for start, end, words in marked_of(text, self.spec.name):
            if end <= len(whole) and words in {None, line_of(whole[start:end])}:
                found.append([start, end])
            elif words and (span := standing(whole, words, start)):
                found.append(list(span))
            else:
                raise InputError(f"the words {words!r} are gone" if words else f"{start}–{end} is outside the text")
        return sorted(found)

    def _set_spans(self, row: Row, column: Column, spans: Spans) -> None:
        text = self._article_text(row)
        if column.role is Role.SPANS:
            row[column.name] = spans
        names = self.spec.spans[column.of]
        row[names[0]], row[names[1]] = (spans[0][0], spans[-1][1]) if spans else (None, None)
        words = [c.name for c in self.spec.columns if c.role is Role.WORDS and c.of == column.of]
        pieces: Sequence[Sequence[int]] = spans
        if column.role is Role.WORDS and spans:
            pieces = [[spans[0][0], spans[-1][1]]]
        for name in words:
            row[name] = ELLIPSIS.join(text[start:end] for start, end in pieces) if spans else None


def follow(row: Row, spec: FrameSpec) -> None:
    """Work out anew what follows from other cells of a row."""
    for rule in spec.follows:
        if {rule.column, *rule.of} <= row.keys():
            row[rule.column] = rule.value(*(row[name] for name in rule.of))


def _empty(column: Column) -> Any:
    if column.dtype == "int64":
        return 0
    if column.dtype == "bool":
        return False
    kind = get_origin(column.holds)
    return [] if kind in {list, tuple} and column.role is not Role.PLACE else {} if kind is dict else None
