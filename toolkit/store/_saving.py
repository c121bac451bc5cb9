"""Keeping a coverage as it is, corrections and all, in a folder."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.files import check_folder, locked, new_folder
from toolkit.frames import to_arrow
from toolkit.store._layout import PATIENCE, STATE, VIEWS, current_view, make_current, tidy
from toolkit.store._views import About, is_whole, write_about, write_table

if TYPE_CHECKING:
    from toolkit.coverage import Coverage


def save(coverage: Coverage, folder: str | Path) -> Path:
    """Write a coverage to a folder, in place of one that was saved there before; see ``coverage.save``."""
    folder = Path(folder)
    before = current_view(folder)
    if before is not None and not is_whole(before):
        raise InputError(f"{folder}: articles have been analysed into this folder; save to another")
    check_folder(folder)
    specs = coverage.specs()
    # Whatever a column of one's own may hold that no file can is told before anything is written.
    tables = {name: to_arrow(frame, specs[name]) for name, frame in coverage.frames().items()}
    with locked(folder / STATE, patience=PATIENCE):
        view = secrets.token_hex(8)
        with new_folder(folder / VIEWS / view) as made:
            for name, table in tables.items():
                write_table(made / f"{name}.parquet", table)
            write_about(made, About(dict(coverage.metadata), "", tuple(coverage.extra)))
        make_current(folder, view)
        tidy(folder, view, set())
    return folder
