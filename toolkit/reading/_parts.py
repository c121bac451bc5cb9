"""What passes between the readers of formats and the one who calls them.

A reader is given a :class:`File` and yields parts: the articles in it, files in it, and what is to be told. It says
nothing of the file's name, and where all of a file is at fault it raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

MEGABYTE = 1_000_000
NOTHING: Mapping[str, object] = MappingProxyType({})


class Options(NamedTuple):
    """What the caller said of all files.

    Parameters
    ----------
    columns
        Which column holds what, by the article's own names.
    day_first
        How to read 09/04/2031.
    language
        The language of articles that are wanted; None for all.
    """

    columns: Mapping[str, str] = MappingProxyType({})
    day_first: bool | None = None
    language: str | None = "en"


@dataclass(frozen=True, slots=True)
class File:
    """A file's content, from wherever it comes.

    Parameters
    ----------
    name
        As its user would look it up; of a file in another, behind that one's name and a stroke.
    content
        Its bytes.
    known
        What is known of its articles from elsewhere, such as the address that a page was saved from.
    """

    name: str
    content: bytes = field(repr=False)
    known: Mapping[str, object] = field(default_factory=dict)

    @property
    def ending(self) -> str:
        """What stands behind the last full stop of the name, in small letters: a hint, where content says nothing."""
        stem, stop, ending = self.name.rpartition(".")
        return f".{ending.lower()}" if stop and stem and "/" not in ending else ""


@dataclass(frozen=True, slots=True)
class Text:
    """An article of a file: its text, and what the file says of it under the article's own names.

    Parameters
    ----------
    text
        The text; anything but a string is left out, and told.
    fields
        Title, published, outlet, author, url, path.
    where
        The place in the file, such as ``row 3``; empty where the file is one article.
    body_start
        Offset at which the article proper begins.
    is_running
        Whether the text may begin with a header, a headline or a byline, as a page does, and a cell does not.
    """

    text: object
    fields: Mapping[str, object] = field(default_factory=dict)
    where: str = ""
    body_start: int = 0
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Inner:
    """A file in a file."""

    name: str
    content: bytes = field(repr=False)
    known: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """A part of a file that gives no article, and what to do about it."""

    reason: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is to be known of a part that was read all the same."""

    reason: str
    where: str = ""


Part: TypeAlias = Text | Inner | Fault | Doubt
Reader: TypeAlias = Callable[[File, Options], Iterator[Part]]
