"""What can be written, told before long work; nothing is touched."""

from __future__ import annotations

import os
from pathlib import Path

from toolkit.errors import InputError


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
        if is_special(path):
            return False
        target = target_of(path)
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


def target_of(path: Path) -> Path:
    """Return where a file really lies, so that a link stays a link."""
    # Path.resolve raises on loops, with another error in each version of Python.
    target = Path(os.path.realpath(path))
    if target.is_symlink():
        raise InputError(f"{path}: this link leads nowhere but to itself; choose another name")
    return target


def is_special(path: Path) -> bool:
    """Return whether something stands in its place that is neither file nor folder, such as a device or a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()
