"""Where the data for measuring lies: outside the project, named by the user."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd


def data_folder(given: str | None, part: str) -> Path:
    """Return the data folder that holds ``part``, or stop with a line that says how to name it.

    Parameters
    ----------
    given : str or None
        The folder from the command line; without it the environment variable TOOLKIT_DATA is read.
    part : str
        The folder's part that is needed, such as ``"attribution"``.
    """
    named = given or os.environ.get("TOOLKIT_DATA")
    if not named:
        sys.exit(
            "No data: name its folder on the command line, or set TOOLKIT_DATA. Its texts are no part of the project."
        )
    folder = Path(named)
    if not (folder / part).is_dir():
        sys.exit(f"No data: {folder} holds no folder {part}/.")
    return folder


def scorer_at(path: Path) -> ModuleType:
    """Return a scorer, which is no part of the project, as a module, or stop with a line that says what is missing."""
    spec = importlib.util.spec_from_file_location(path.stem, path) if path.is_file() else None
    if spec is None or spec.loader is None:
        sys.exit(f"No scorer: {path} is no file; look for {path.name} in a folder scorers beside the data.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def iso_of(day: pd.Timestamp, precision: str | None) -> str | None:
    """Return a day in ISO 8601 as scorers take it, cut to the precision of its round or event."""
    import pandas as pd

    return None if pd.isna(day) else str(day.date())[: {"month": 7, "year": 4}.get(precision or "", 10)]
