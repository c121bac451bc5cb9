"""Find out what a source is, and hand it to its reader."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, Union

from toolkit.articles import Article, LeftOut
from toolkit.articles._outcomes import Found, Outcome, label
from toolkit.errors import InputError
from toolkit.reading._beside import NAMES as BESIDE
from toolkit.reading._beside import told_beside
from toolkit.reading._contents import file_outcomes, part_outcomes
from toolkit.reading._finding import Files, files_in, files_matching
from toolkit.reading._formats import FORMATS, KINDS
from toolkit.reading._parts import MEGABYTE, NOTHING, File, Options
from toolkit.reading._tables import frame_parts

if TYPE_CHECKING:
    import pandas as pd

Source: TypeAlias = Union[str, os.PathLike[str], "pd.DataFrame", Article, Mapping[str, Any], Sequence["Source"]]

ACCEPTED = "a path, a glob, a folder, a DataFrame with a 'text' column, an Article, an upload, or a list of these"
STDIN = "-"
DEEPEST = 50
"""Lists within lists."""
MEGABYTES = max(each.megabytes for each in FORMATS)


def source_outcomes(source: Source, options: Options, *, within: tuple[Source, ...] = ()) -> Iterator[Outcome]:
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
            yield from source_outcomes(part, options, within=(*within, source))
    elif is_frame(source):
        yield from _frame_outcomes(source, options)
    elif (upload := uploaded(source)) is not None:
        yield from (outcome for file in upload for outcome in file_outcomes(file, options))
    elif is_path(source):
        yield from _path_outcomes(os.path.expanduser(source), options)  # noqa: PTH111 - Path would fold a glob's parts
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


def uploaded(source: object) -> list[File] | None:
    """Return the files of an upload in a notebook, the control or one file of its value; None for another source."""
    if isinstance(source, Mapping) and {"name", "content"} <= source.keys():
        return [File(str(source["name"]), bytes(source["content"]))]
    value = getattr(source, "value", None)
    if not isinstance(value, tuple) or not hasattr(source, "accept"):
        return None
    return [file for each in value for file in uploaded(each) or ()]


def is_url(name: str) -> bool:
    """Whether a name is a web address; none is ever fetched."""
    return name.lower().startswith(("http://", "https://"))


def is_glob(name: str) -> bool:
    """Whether a name that is no file or folder holds wildcards."""
    return glob.has_magic(name)


def _frame_outcomes(frame: pd.DataFrame, options: Options) -> Iterator[Outcome]:
    try:
        yield from part_outcomes(frame_parts(frame, options), "DataFrame", {}, options, separator=" ")
    except InputError as error:
        yield LeftOut("DataFrame", str(error))


def _stdin_outcomes(options: Options) -> Iterator[Outcome]:
    content = sys.stdin.buffer.read(MEGABYTES * MEGABYTE + 1)
    yield from file_outcomes(File("standard input", content), options)


def _path_outcomes(name: str, options: Options) -> Iterator[Outcome]:
    if name == STDIN:
        yield from _stdin_outcomes(options)
    elif os.path.isdir(name):  # noqa: PTH112 - unlike Path, never raises on a name that no path can have
        folder = Path(name)
        none = f"no article in this folder; put in files of kind {KINDS}"
        yield from _found_outcomes(files_in(folder), folder, none, options)
    elif os.path.exists(name):  # noqa: PTH110 - as above
        yield from _disk_outcomes(Path(name), options)
    elif is_url(name):
        yield LeftOut(label(name), "is a web address, and nothing is fetched; save the page as .html")
    elif is_glob(name):
        none = f"no file matches in {Path.cwd()}; check the pattern"
        yield from _found_outcomes(files_matching(name), name, none, options)
    else:
        found = "no such file or folder"
        yield LeftOut(label(name), f"{found}; give {ACCEPTED} (a text in hand is Article(text))")


def _disk_outcomes(path: Path, options: Options, known: Mapping[str, object] = NOTHING) -> Iterator[Outcome]:
    try:
        content = _content(path)
    except InputError as error:
        yield LeftOut(label(path), str(error))
        return
    yield from file_outcomes(File(str(path), content, known), options)


def _content(path: Path) -> bytes:
    """Return the bytes of a file of bounded size.

    Raises
    ------
    InputError
        If the file is too large or cannot be opened; the message names the reason, not the file.
    """
    try:
        if not path.is_file():
            raise InputError("is not a regular file; give a text file or a table")
        size = path.stat().st_size
        if size > MEGABYTES * MEGABYTE:
            found = f"{size / MEGABYTE:.1f} MB"
            raise InputError(f"is too large ({found}; at most {MEGABYTES} MB); split it into several files")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror}); check its permissions") from error


def _found_outcomes(files: Files, root: object, when_none: str, options: Options) -> Iterator[Outcome]:
    yield from files.left_out
    told, faults = told_beside(files.found)
    yield from faults
    for path in files.found:
        if path.name.lower() not in BESIDE:
            yield from _disk_outcomes(path, options, told.get(path, NOTHING))
    if not files.found and not files.left_out:
        yield LeftOut(label(root), when_none)
