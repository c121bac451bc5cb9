"""Where things stand in a store, and which view of it is current."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Final

from toolkit.errors import InputError
from toolkit.files import write_text

if TYPE_CHECKING:
    from pathlib import Path

STATE: Final = "toolkit-store.json"
PARTS: Final = "parts"
VIEWS: Final = "views"
PATIENCE: Final = 1.0
"""Seconds to wait for another run that is writing to the same store: it will hardly end sooner than its work."""
LAYOUT: Final = 1
"""Of the folder; raised when a store of before can no longer be read."""


def current_view(folder: Path) -> Path | None:
    """Return the current view of a store; None where it has none yet, being new or cut short in its first run.

    Raises
    ------
    InputError
        If the folder holds something else, or a store of another layout.
    """
    path = folder / STATE
    if not path.is_file():
        _refuse_others(folder)
        return None
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        layout, view = state["layout"], folder / VIEWS / str(state["view"])
    except (ValueError, KeyError, TypeError) as fault:
        raise InputError(
            f"{path}: damaged; delete it and analyse into the folder again, what was read is kept"
        ) from fault
    if layout != LAYOUT:
        raise InputError(f"{path}: a store of layout {layout}, this toolkit reads {LAYOUT}; give a new folder")
    if not view.is_dir():
        raise InputError(f"{view}: missing; delete {path} and analyse into the folder again, what is read stays")
    return view


def _refuse_others(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: this is a file; give a folder for the store")
    others = sorted(path.name for path in folder.glob("[!.]*") if path.name not in {PARTS, VIEWS})
    if others:
        raise InputError(f"{folder}: this folder holds {others[0]} and is no store; give a new or empty one")


def make_current(folder: Path, view: str) -> None:
    """Have a view be the current one, in one step."""
    write_text(folder / STATE, json.dumps({"layout": LAYOUT, "view": view}))


def parts_in(folder: Path) -> list[Path]:
    """Return the parts that stand whole in a store."""
    return sorted(path for path in (folder / PARTS).glob("*") if path.is_dir() and not path.name.startswith("."))


def tidy(folder: Path, view: str, parts: set[str]) -> None:
    """Delete what no current row stands in, and what killed runs have left behind."""
    for room, kept in ((VIEWS, {view}), (PARTS, parts)):
        for path in (folder / room).glob("*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
