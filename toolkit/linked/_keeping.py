"""Corrections that a widget holds, kept in a file with each row that is checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.corrections import read_corrections, write_corrections
from toolkit.corrections._lines import lines_frame
from toolkit.corrections._table import as_lines, checked_path
from toolkit.errors import ToolkitError
from toolkit.files import check_writable
from toolkit.linked._checks import line_texts, names_given

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from toolkit.corrections import Corrections

GIVEN = ("speaker", "target", "kind", "round")
"""Filters whose values a person may give."""

IN_PYTHON = "kept in Python as .corrections of the widget"

Lines = list[dict[str, Any]]


class Kept:
    """A file that corrections are kept in, with what it held when it was last read or written.

    Parameters
    ----------
    path : Path
        Read where it is there.
    """

    def __init__(self, path: Path) -> None:
        self._path = checked_path(path)
        check_writable(self._path)
        self.lines = lines_of(self._path) if self._path.is_file() else []

    def write(self, lines: Lines) -> str:
        """Keep lines, and those that another has put into the file since; say where, or why not."""
        try:
            if lines != self.lines:
                write_corrections(lines, self._path, base=self.lines)
                self.lines = lines_of(self._path)
        except ToolkitError as fault:
            return f"not kept: {fault}"
        return str(self)

    def __str__(self) -> str:
        return f"kept in {self._path.name}"


def parted(filters: Mapping[str, str], lines: Lines) -> tuple[dict[str, str], dict[str, str]]:
    """Return filters whose values the machine read, and those whose values a person gave."""
    given = names_given(lines)
    new = {key: value for key, value in filters.items() if key in GIVEN and value in given}
    return {key: value for key, value in filters.items() if key not in new}, new


def lines_of(corrections: Corrections | None) -> Lines:
    """Return corrections as lines that the page holds."""
    return line_texts(as_lines(read_corrections(corrections)))


def begun(corrections: Corrections | None) -> tuple[Lines, Kept | None]:
    """Return the lines to begin with, and the file that they are kept in where one was given."""
    if isinstance(corrections, str | Path):
        held = Kept(Path(corrections))
        return held.lines, held
    return lines_of(corrections), None


class Correcting:
    """What a widget has in which rows are checked, beside the traits ``lines`` and ``kept``."""

    lines: Lines
    kept: str
    _file: Kept | None = None

    @property
    def corrections(self) -> pd.DataFrame:
        """What was checked so far, as `toolkit.read_corrections` returns it; set it to begin with others."""
        return lines_frame(self.lines)

    @corrections.setter
    def corrections(self, corrections: Corrections | None) -> None:
        self.lines = lines_of(corrections)

    def _keep(self, lines: Lines) -> None:
        """Write lines to the file, if there is one, and take in what another has put there."""
        if self._file is None:
            return
        self.kept = self._file.write(lines)
        if self.kept == str(self._file):
            self.lines = self._file.lines
