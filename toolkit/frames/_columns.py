"""What a frame is: its columns, each with a meaning and a role, and what tells one row from another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from toolkit.records import Place, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd


class Role(StrEnum):
    """What a column is to those who read, move, rename or show a frame without knowing it."""

    ID = "id"
    """Names its row, for the ``REF`` columns of other frames."""
    ARTICLE = "article"
    """The article_id that the offsets of the row are in."""
    START = "start"
    """Offset of the first character of a span; with the ``END`` of the same ``of`` it is one span."""
    END = "end"
    """Offset behind a span."""
    SPANS = "spans"
    """List of [start, end]: the pieces of the row's own span."""
    PLACE = "place"
    """[article_id, start, end], or None."""
    PLACES = "places"
    """List of places."""
    ACTOR = "actor"
    """Names of actors: one, a list, a dict by or of names, or conflicts about them."""
    TITLE = "title"
    """A title that begins with names of actors, a dash between them: "Kenya–Norway talks"."""
    NEGOTIATION = "negotiation"
    """The name of the negotiation that the row is of, a title too; it is the article's where no record says."""
    DAY = "day"
    """A calendar day."""
    WORDS = "words"
    """The words of the span ``of``, as the article has them."""
    REF = "ref"
    """The id of a row of the frame ``of``."""
    ORIGIN = "origin"
    """Who gave the row: machine, confirmed, corrected or added."""
    KEY = "key"
    """What the row is known by on each run."""
    KEYS = "keys"
    """All keys by which the row may be known, its own among them."""
    SCORE = "score"
    """How sure, how strong: a measure of the machine's."""
    NUMBER = "number"
    """A count, a number, an amount."""
    CATEGORY = "category"
    """One of a few words."""
    TEXT = "text"
    """Any other text, and lists of it."""


_HOLDS = {Role.SPANS: list[Span], Role.PLACE: Place, Role.PLACES: list[Place]}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a frame.

    Parameters
    ----------
    name : str
    dtype : str
        Of pandas; ``object`` columns hold what ``holds`` says, or None.
    meaning : str
        What a reader of the frame is told.
    role : Role
    of : str
        Which span a ``START``, ``END`` or ``WORDS`` column belongs to, the empty string being the row's own; which
        frame a ``REF`` points into.
    holds : type, optional
        Type of the values of an ``object`` column, such as ``list[str]``; by its role, or str.
    editable : bool
        Whether a person may set it right. Of a column of words it is their place that is set.
    accepts : tuple
        The values that a person may give; any where it is empty.
    optional : bool
        Whether a cell may be empty.
    through : tuple of str, optional
        A ``REF`` column of this frame and a column of the frame it points into, which the cell goes along with: where
        that column loses or changes the value that the cell has, so does the cell.
    """

    name: str
    dtype: str
    meaning: str
    role: Role = Role.TEXT
    of: str = ""
    holds: Any = None
    editable: bool = False
    accepts: tuple[Any, ...] = ()
    optional: bool = True
    through: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if self.holds is None and self.dtype == "object":
            object.__setattr__(self, "holds", _HOLDS.get(self.role, str))

    @property
    def label(self) -> str:
        """The name as the head of a table."""
        return self.name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class SpanGroup:
    """A key of ``Doc.spans`` that the rows of a frame fill.

    Parameters
    ----------
    name : str
        The key.
    of : str
        Which of the row's spans.
    label : str, optional
        The column that labels the span.
    """

    name: str
    of: str = ""
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Follows:
    """A column whose cells follow from others of the same row, and are worked out anew when those change.

    Parameters
    ----------
    column : str
    of : tuple of str
        The columns, or attributes of the record, that it follows from.
    value : callable
        Gives the cell from those.
    """

    column: str
    of: tuple[str, ...]
    value: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """One frame, declared: what any other part of the house knows of it.

    Parameters
    ----------
    name : str
        As an attribute or a file is called.
    columns : tuple of Column
        In order.
    key : tuple of str
        The columns that tell a row from all others: article, spans, what they are about. A row whose extent a person
        sets right keeps the key that it had.
    brief : tuple of str
        The columns that a short view shows.
    noun : str
        What one row is; its plural ends in s.
    record : type, optional
        The dataclass that a row is made from.
    row : callable, optional
        Gives the values of a record that no attribute has, by column name.
    follows : tuple of Follows
        The columns that follow from others.
    settled : tuple of Follows
        What follows where a person sets a cell: setting one of the columns ``of`` sets ``column`` too, unless it was
        given itself.
    added : callable, optional
        Gives cells of a row that a person adds, by column name, from those known so far and the row of its article.
    groups : tuple of SpanGroup
        What :func:`toolkit.annotate` shows of it.
    once : tuple of str
        Columns in which no two rows agree: where new names make two alike, the first stays.
    evidence : bool
        Whether its rows are findings, whose sentences stay where texts may not be passed on.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    noun: str = "row"
    record: type | None = None
    row: Callable[[Any], Mapping[str, Any]] | None = None
    follows: tuple[Follows, ...] = ()
    settled: tuple[Follows, ...] = ()
    added: Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]] | None = None
    groups: tuple[SpanGroup, ...] = ()
    once: tuple[str, ...] = ()
    evidence: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column of a name."""
        return next(column for column in self.columns if column.name == name)

    def by_role(self, *roles: Role) -> tuple[str, ...]:
        """Return the names of the columns that have one of the roles."""
        return tuple(column.name for column in self.columns if column.role in roles)

    def the(self, role: Role) -> str | None:
        """Return the first column of a role, None where there is none."""
        return next(iter(self.by_role(role)), None)

    @property
    def spans(self) -> dict[str, tuple[str, str]]:
        """The columns of start and end of each span, by what it is the span of; the row's own is ``""``."""
        ends = {column.of: column.name for column in self.columns if column.role is Role.END}
        return {
            column.of: (column.name, ends[column.of])
            for column in self.columns
            if column.role is Role.START and column.of in ends
        }

    @property
    def is_placed(self) -> bool:
        """Whether a row has words of its own in an article."""
        return "" in self.spans and self.the(Role.ARTICLE) is not None

    @property
    def editable(self) -> tuple[Column, ...]:
        """The columns that a person may set right."""
        return tuple(column for column in self.columns if column.editable)

    @property
    def beside_words(self) -> tuple[Column, ...]:
        """The columns of the brief view, but for the row's own words where an article has them."""
        shown = (self.column(name) for name in self.brief or self.names)
        return tuple(one for one in shown if not (self.is_placed and one.role is Role.WORDS and not one.of))

    def frame(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """Return a frame of exactly these columns and dtypes from values by column name."""
        from toolkit.frames._building import built

        return built(self, rows)

    def of(self, records: Iterable[Any]) -> pd.DataFrame:
        """Return the frame of records, a row each, in their order."""
        from toolkit.frames._building import row_of

        return self.frame(row_of(self, record) for record in records)


def spec_of(frame: object) -> FrameSpec | None:
    """Return what a frame knows it is declared to be, None where it knows nothing."""
    # Of a plain frame, a column may bear that name.
    found = getattr(frame, "frame_spec_", None)
    return found if isinstance(found, FrameSpec) else None
