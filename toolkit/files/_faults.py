"""Faults of the disk as errors that name the file and the remedy."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.errors import FileError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


@contextmanager
def told(path: Path) -> Iterator[None]:
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
