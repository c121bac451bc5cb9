"""Where the data for measuring lies: outside the project, named by the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path


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
