"""Find out what a source is, and hand it to its reader."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeGuard, Union

from toolkit.articles._article import Article
from toolkit.articles._finding import Files, files_in, files_matching
from toolkit.articles._outcomes import Found, LeftOut, Outcome, label
from toolkit.articles._tables import csv_outcomes, frame_outcomes, jsonl_outcomes
from toolkit.articles._text_files import text_file_outcomes
from toolkit.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Source: TypeAlias = Union[str, os.PathLike[str], "pd.DataFrame", Article, Sequence["Source"]]

READERS: dict[str, Callable[[Path], Iterator[Outcome]]] = {
    ".txt": text_file_outcomes,
    ".md": text_file_outcomes,
    ".csv": csv_outcomes,
    ".jsonl": jsonl_outcomes,
}
KINDS = ", ".join(READERS)
ACCEPTED = "a path, a glob, a folder, a DataFrame with a 'text' column, an Article, or a list of these"

DEEPEST = 50
"""Lists within lists."""


def source_outcomes(source: Source, *, within: tuple[Source, ...] = ()) -> Iterator[Outcome]:
    """Give what becomes of each file, row and article of a source, in reading order.

    Raises
    ------
    InputError
        If a list of sources contains itself, or lists lie too deep in one another; ``within`` are those around it.
    """
    if isinstance(source, Article):
        yield Found(label(source.path or f"article {source.article_id}"), source)
    elif is_batch(source):
        if any(source is outer for outer in within):
            raise InputError("a list of sources contains itself; take it out of itself")
        if len(within) == DEEPEST:
            raise InputError(f"lists of sources lie more than {DEEPEST} deep in one another; give one flat list")
        for part in source:
            yield from source_outcomes(part, within=(*within, source))
    elif is_frame(source):
        yield from frame_outcomes(source)
    elif is_path(source):
        yield from _path_outcomes(os.path.expanduser(source))  # noqa: PTH111 - Path would fold away a glob's parts
    else:
        yield LeftOut(label(repr(source)), f"is a {type(source).__name__}; give {ACCEPTED}")


def is_batch(source: object) -> TypeGuard[Sequence[Source]]:
    """Whether a source is a list or tuple of sources."""
    return isinstance(source, (list, tuple))


def is_frame(source: object) -> TypeGuard[pd.DataFrame]:
    """Whether a source is a DataFrame, told by its shape so that pandas need not be imported."""
    return hasattr(source, "columns") and hasattr(source, "iloc")


def is_path(source: object) -> TypeGuard[str | os.PathLike[str]]:
    """Whether a source names a file, a folder or a glob."""
    return isinstance(source, (str, os.PathLike))


def is_url(name: str) -> bool:
    """Whether a name is a web address; none is ever fetched."""
    return name.lower().startswith(("http://", "https://"))


def is_glob(name: str) -> bool:
    """Whether a name that is no file or folder holds wildcards."""
    return glob.has_magic(name)


def _path_outcomes(name: str) -> Iterator[Outcome]:
    if os.path.isdir(name):  # noqa: PTH112 - unlike Path, never raises on a name that no path can have
        folder = Path(name)
        yield from _found_outcomes(files_in(folder), folder, f"no article in this folder; put in files of kind {KINDS}")
    elif os.path.exists(name):  # noqa: PTH110 - as above
        yield from _file_outcomes(Path(name))
    elif is_url(name):
        yield LeftOut(label(name), "is a web address, and nothing is fetched; save the page's text as a .txt file")
    elif is_glob(name):
        yield from _found_outcomes(files_matching(name), name, f"no file matches in {Path.cwd()}; check the pattern")
    else:
        found = "no such file or folder"
        yield LeftOut(label(name), f"{found}; give {ACCEPTED} (a text in hand is Article(text))")


def _file_outcomes(path: Path) -> Iterator[Outcome]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        found = f"is of kind {path.suffix or 'unknown'!r}"
        yield LeftOut(label(path), f"{found}; accepted: {KINDS}; save its text as .txt")
        return
    yield from reader(path)


def _found_outcomes(files: Files, root: object, when_none: str) -> Iterator[Outcome]:
    yield from files.left_out
    for path in files.found:
        yield from _file_outcomes(path)
    if not files.found and not files.left_out:
        yield LeftOut(label(root), when_none)
