"""Files and folders made under a passing name and put in place by one step."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.files._checking import check_folder, check_writable, is_special, target_of
from toolkit.files._faults import told

if TYPE_CHECKING:
    from collections.abc import Iterator

_PASSING = re.compile(r"\.[0-9a-f]{12}\.tmp")


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Yield a new file to be filled, and put it in the place of another when the block is done.

    Parameters
    ----------
    path : str or Path
        The file to make or to replace. It keeps its permissions; of a link, what it leads to is replaced. Folders
        that are missing are made. A device or a pipe, which nothing can be put in the place of, is written to.

    Yields
    ------
    Path
        An empty file in the same folder.

    Raises
    ------
    InputError
        As of `check_writable`, and where the content is no text that UTF-8 can hold.
    FileError
        If it could not be written or put in its place; ``path`` is then what it was.
    """
    path = Path(path)
    check_writable(path)
    with told(path):
        if is_special(path):
            with _poured_into(path) as made:
                yield made
            return
        target = target_of(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = _new_file(target.parent)
        try:
            yield made
            _settle(made)
            if target.exists():
                shutil.copymode(target, made)
            os.replace(made, target)  # noqa: PTH105 - the tests of faults stand in for the calls of os
        except BaseException:
            _discard(made)
            raise
        _sync_folder(target.parent)


@contextmanager
def replacing_files(folder: str | Path) -> Iterator[Path]:
    """Yield a new folder for files that belong together, and put them into another when the block is done.

    Parameters
    ----------
    folder : str or Path
        Where the files go; made where it is missing. Those that stand there under the same names are replaced, each
        by one step, when all are written; others stay.

    Yields
    ------
    Path
        An empty folder within it; what is written there must be files.

    Raises
    ------
    InputError, FileError
        As of `replacing`; where the fault comes before all are written, nothing in ``folder`` has changed.
    """
    folder = Path(folder)
    check_folder(folder)
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        scratch = folder / _passing_name()
        scratch.mkdir()
        try:
            yield scratch
            made = sorted(scratch.iterdir())
            for each in made:
                check_writable(folder / each.name)
                _settle(each)
            for each in made:
                target = target_of(folder / each.name)
                if target.exists():
                    shutil.copymode(target, each)
                # A link may lead to another disk, which nothing can be moved to in one step.
                if target.parent == folder.resolve():
                    os.replace(each, target)  # noqa: PTH105 - as above
                else:
                    with replacing(target) as copy:
                        shutil.copyfile(each, copy)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        _sync_folder(folder)


@contextmanager
def new_folder(path: str | Path) -> Iterator[Path]:
    """Yield a folder to be filled, and give it its name when the block is done: it is there whole, or not at all.

    Parameters
    ----------
    path : str or Path
        The folder to make; folders above it that are missing are made.

    Yields
    ------
    Path
        An empty folder beside it.

    Raises
    ------
    InputError
        If there is something in its place, before or after the block, or nothing can be written there.
    FileError
        If it could not be written.
    """
    path = Path(path)
    check_folder(path.parent)
    _refuse_taken(path)
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.parent / _passing_name()
        made.mkdir()
        try:
            yield made
            for place, _, names in os.walk(made):
                for name in names:
                    _settle(Path(place, name))
                _sync_folder(Path(place))
            _refuse_taken(path)
            made.rename(path)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        _sync_folder(path.parent)


def write_text(path: str | Path, text: str) -> None:
    """Write a text as UTF-8, its line ends as they are, in the place of what was there; see `replacing`."""
    with replacing(path) as made:
        made.write_bytes(text.encode("utf-8"))


def leftovers(folder: Path) -> list[Path]:
    """Return the files in a folder that bear a passing name: where nobody writes, those that killed processes left."""
    return [path for path in folder.iterdir() if _PASSING.fullmatch(path.name) and path.is_file()]


def _passing_name() -> str:
    return f".{secrets.token_hex(6)}.tmp"


def _new_file(folder: Path) -> Path:
    made = folder / _passing_name()
    # Unlike those of tempfile it has the permissions that any new file has.
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    return made


@contextmanager
def _poured_into(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "content")
        made.touch()
        yield made
        with path.open("wb") as stream:
            stream.write(made.read_bytes())


def _settle(made: Path) -> None:
    """Have the disk hold a file before its name says so."""
    handle = os.open(made, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """Have the disk hold the names in a folder, where the system can; the file is whole either way."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _discard(made: Path) -> None:
    with suppress(OSError):
        made.unlink(missing_ok=True)


def _refuse_taken(path: Path) -> None:
    if os.path.lexists(path):
        raise InputError(f"{path}: there is something in this place already; choose another name")
