"""A lock between programs: a file beside the one that is written, gone with its holder."""

from __future__ import annotations

import errno
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import FileError
from toolkit.files._checking import check_writable, target_of
from toolkit.files._faults import told

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0
"""Seconds to wait for another program that is writing the same file."""

PAUSE = 0.01


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
    target = target_of(Path(path))
    with told(target):
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
