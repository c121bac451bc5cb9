"""Files that are whole at any moment: made beside their target under a passing name, then put in its place.

Whatever goes wrong meanwhile (a full disk, a fault in the content, a killed process), the target is what it was. All
that the toolkit writes goes through `replacing`, `replacing_files` or `new_folder`; `check_writable` tells before long
work what these would refuse after it, and `locked` keeps others out between reading a file and replacing it.

A passing name begins with a dot and ends in ``.tmp``; one that a killed process left behind may be deleted.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import FileError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0
"""Seconds to wait for another program that is writing the same file."""

PAUSE = 0.01

_PASSING = re.compile(r"\.[0-9a-f]{12}\.tmp")

REMEDIES = {
    errno.ENOSPC: "make room on the disk, or choose another place",
    errno.EDQUOT: "make room within the quota, or choose another place",
    errno.EFBIG: "the file is too large for this disk; choose another place",
    errno.EACCES: "check the permissions of its folder, or choose another place",
    errno.EPERM: "check the permissions of its folder, or choose another place",
    errno.EROFS: "this disk is read-only; choose another place",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EIO: "check the disk, or choose another place",
}


def check_writable(path: str | Path) -> bool:
    """Tell whether a file can be written, without touching anything.

    Parameters
    ----------
    path : str or Path
        The file, there or not; folders that it lacks are made when it is written.

    Returns
    -------
    bool
        Whether there is a file in its place, which will be replaced.

    Raises
    ------
    InputError
        If a folder stands in its place, or it or the nearest folder above it cannot be written; saying what to do.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise InputError(f"{path}: this is a folder; give a file, such as {path / 'NAME'}")
        if _is_special(path):
            return False
        target = _target(path)
        there = target.exists()
    except (OSError, ValueError) as fault:
        if isinstance(fault, InputError):
            raise
        raise InputError(f"{path}: no file can have this name ({fault}); choose another") from fault
    if there and not os.access(target, os.W_OK):
        raise InputError(f"{path}: this file is read-only; make it writable, or choose another name")
    check_folder(target.parent)
    return there


def check_folder(folder: str | Path) -> None:
    """Tell whether files can be made in a folder, without touching anything; it may be missing.

    Parameters
    ----------
    folder : str or Path
        The folder; those that it lacks are made when something is written.

    Raises
    ------
    InputError
        If it, or the nearest folder above it that is there, is a file or cannot be written.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - Path.resolve would follow the links of a target to be
    nearest = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    if not nearest.is_dir():
        raise InputError(f"{nearest}: this is a file; give a folder, or take it away")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise InputError(f"{nearest}: nothing can be written in this folder; check its permissions, or choose another")


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
    with _told(path):
        if _is_special(path):
            with _poured_into(path) as made:
                yield made
            return
        target = _target(path)
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
    with _told(folder):
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
                target = _target(folder / each.name)
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
    with _told(path):
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


@contextmanager
def locked(path: str | Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other programs that lock the same file waiting: for reading it, changing it and writing it as one act.

    Parameters
    ----------
    path : str or Path
        The file, there or not; it is not touched. The lock is a file beside it, gone when the block is done; that of
        a killed process holds nobody up.
    patience : float
        Seconds to wait for another.

    Raises
    ------
    FileError
        If another holds the lock for longer.
    """
    check_writable(path)
    target = _target(Path(path))
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        name = target.parent / f".{target.name[:60]}.lock"
        handle = _locked_handle(name, time.monotonic() + patience, target)
    try:
        yield
    finally:
        # Who waits for a name that is gone takes the lock anew: see _locked_handle.
        with suppress(OSError):
            name.unlink()
        with suppress(OSError):
            os.close(handle)


def _locked_handle(name: Path, deadline: float, target: Path) -> int:
    while True:
        handle = os.open(name, os.O_RDWR | os.O_CREAT, 0o666)
        if _try_lock(handle) and _is_still(name, handle):
            return handle
        os.close(handle)
        if time.monotonic() > deadline:
            raise FileError(f"{target}: another program is writing it; try again, or delete {name} if there is none")
        time.sleep(PAUSE)


def _try_lock(handle: int) -> bool:
    """Take a lock that ends with the process, whatever becomes of it."""
    try:
        if os.name == "posix":
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError as fault:
        # A disk that knows no locks must not keep its user from writing.
        return fault.errno in {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS}
    return True


def _is_still(name: Path, handle: int) -> bool:
    """Return whether a name still leads to the file that was locked, which another may have taken away meanwhile."""
    try:
        return os.path.samestat(name.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _target(path: Path) -> Path:
    """Return where a file really lies, so that a link stays a link."""
    # Path.resolve raises on loops, with another error in each version of Python.
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise InputError(f"{path}: this link leads nowhere but to itself; choose another name")
    return target


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


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


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn a fault of the disk, or of text on its way to it, into one that names the file and the remedy."""
    try:
        yield
    except UnicodeEncodeError as fault:
        found = ascii(fault.object[fault.start : fault.end][:1])
        raise InputError(
            f"{path}: not written: the text holds {found}, half of a surrogate pair, which no file can; take it out"
        ) from fault
    except FileError:
        raise
    except OSError as fault:
        remedy = REMEDIES.get(fault.errno or 0, "choose another place")
        found = fault.strerror or str(fault)
        raise FileError(f"{path}: not written ({found}); what was there is kept; {remedy}") from fault
