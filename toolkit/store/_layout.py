"""Where things stand in a store, and which view of it is current."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from toolkit.errors import InputError
from toolkit.files import leftovers, write_text

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
    """Return the current view of a store; None where it has none, being new, cut short in its first run, or damaged.

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
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise InputError(
            f"{path}: damaged; delete it, then save to the folder again, or analyse the same articles into it: "
            "what was read is not read anew"
        ) from fault
    if layout != LAYOUT:
        raise InputError(f"{path}: a store of layout {layout}, this toolkit reads {LAYOUT}; give a new folder")
    return view if view.is_dir() else None


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
                _delete(path)
    for file in leftovers(folder):
        with suppress(OSError):
            file.unlink()


def _delete(path: Path) -> None:
    """Delete a folder; cut short, it leaves nothing that could be taken for whole."""
    gone = path if path.name.startswith(".") else path.with_name(f".{path.name}.tmp")
    # On some systems what another process reads cannot be moved; the next run deletes it.
    with suppress(OSError):
        path.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
