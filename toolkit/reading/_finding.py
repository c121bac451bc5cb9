"""The files of a folder or a glob, and none beyond: links that lead out of it, or round in it, are not followed.

A folder of articles may come from anywhere, and a link in it could bring in any file of its reader's disk, or so many
paths to one file that the reading never ends.
"""

from __future__ import annotations

import fnmatch
import glob
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.articles._outcomes import LeftOut, label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ANY_DEPTH = "**"


class Files(NamedTuple):
    """Files in the order of their names, and what leads out or could not be looked into."""

    found: list[Path]
    left_out: list[LeftOut]


def files_in(folder: Path) -> Files:
    """Find the files of a folder and its subfolders, past those that are hidden."""
    return _below(folder, [ANY_DEPTH])


def files_matching(pattern: str) -> Files:
    """Find the files that match a glob: ``**`` stands for folders of any depth, and no wildcard for a hidden name."""
    parts = Path(pattern).parts
    literal = next(place for place, part in enumerate(parts) if glob.has_magic(part))
    return _below(Path(*parts[:literal]), parts[literal:])


def is_passed_over(path: PurePath) -> bool:
    """Whether a folder or glob says nothing of a file: hidden, or a README."""
    return path.name.startswith(".") or path.stem.lower() == "readme"


def _below(base: Path, parts: Sequence[str]) -> Files:
    found: list[Path] = []
    left_out: list[LeftOut] = []
    for path in sorted(set(_matches(base, parts, left_out)), key=lambda path: path.parts):
        if is_passed_over(path):
            continue
        if path.is_symlink() and not _leads_within(path, base):
            reason = f"is a link that leads out of {label(base)}; to read what it leads to, give that by its own name"
            left_out.append(LeftOut(label(path), reason))
        elif not path.is_dir():
            found.append(path)
    return Files(found, left_out)


def _matches(base: Path, parts: Sequence[str], left_out: list[LeftOut]) -> Iterator[Path]:
    """Yield what matches the parts of a pattern below a folder, and any link to a folder on the way."""
    todo: list[tuple[Path, int]] = [(base, 0)]
    seen: set[tuple[Path, int]] = set()
    while todo:
        state = todo.pop()
        if state in seen:
            continue
        seen.add(state)
        folder, at = state
        part, is_last = parts[at], at + 1 == len(parts)
        if part == ANY_DEPTH and not is_last:
            todo.append((folder, at + 1))
        for path in _entries(folder, part, left_out):
            is_folder, is_link = path.is_dir(), path.is_symlink()
            if is_last or (is_folder and is_link):
                yield path
            if is_folder and part == ANY_DEPTH and not is_link:
                todo.append((path, at))
            # One step down a link that stays within is no loop: the pattern has an end.
            if is_folder and part != ANY_DEPTH and not is_last and (not is_link or _leads_within(path, base)):
                todo.append((path, at + 1))


def _entries(folder: Path, part: str, left_out: list[LeftOut]) -> list[Path]:
    """Return what matches one part of a pattern in a folder."""
    if not glob.has_magic(part):
        return [folder / part] if os.path.lexists(folder / part) else []
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names, which are not yet paths
    except OSError as error:
        if folder.exists():
            left_out.append(LeftOut(label(folder), f"cannot be opened ({error.strerror}); check its permissions"))
        return []
    return [folder / name for name in names if _fits(name, part)]


def _fits(name: str, part: str) -> bool:
    if name.startswith(".") and not part.startswith("."):
        return False
    return part == ANY_DEPTH or fnmatch.fnmatch(name, part)


def _leads_within(path: Path, base: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(base))
