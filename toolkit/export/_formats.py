"""The formats that a coverage can be written in, each declared once: what it is called, and for whom it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.display import count_of
from toolkit.errors import InputError
from toolkit.export._discourse import write_discourse
from toolkit.export._facts import count_phrase, labels_left_out, parted, why_no_date, why_no_day
from toolkit.export._frames import LIBRARIES, check_library, write_frame
from toolkit.export._icalendar import icalendar_text
from toolkit.export._network import write_network
from toolkit.export._plover import write_events
from toolkit.export._position_network import write_position_network
from toolkit.export._qdpx import write_qdpx
from toolkit.export._ris import write_ris
from toolkit.export._tasks import interface_path, write_tasks
from toolkit.export._timelinejs import timelinejs_text
from toolkit.export._web_annotations import write_web_annotations
from toolkit.export._workbook import write_workbook
from toolkit.files import check_folder, check_writable, replacing_files, write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.coverage import Coverage
    from toolkit.display import Row

Written = list[tuple[Path, str]]
"""Files, and what each holds, in few words."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Parameters
    ----------
    name : str
        What ``format=`` takes.
    ending : str
        What the name of a file ends in; empty where it is a folder.
    program : str
        What opens it.
    holds : str
        What is in it.
    write : callable
        Writes a coverage to a path, in the place of what was there, and tells what it wrote.
    library : str
        What writes it, where Python does not.
    files : callable
        Gives the files that a coverage makes at a path.
    """

    name: str
    ending: str
    program: str
    holds: str
    write: Callable[[Coverage, Path], Written]
    library: str = ""
    files: Callable[[Coverage, Path], list[Path]] = lambda _, path: [path]


def _tables(ending: str) -> Callable[[Coverage, Path], Written]:
    def write(coverage: Coverage, folder: Path) -> Written:
        """Write all tables, none of which takes its place before all are there: no two runs lie side by side."""
        found = {f"{name}.{ending}": frame for name, frame in coverage.frames().items()}
        with replacing_files(folder) as made:
            for name, frame in found.items():
                write_frame(frame, made / name)
        return [(folder / name, count_of(len(frame), "row")) for name, frame in found.items()]

    return write


def _files(ending: str) -> Callable[[Coverage, Path], list[Path]]:
    return lambda coverage, folder: [folder / f"{name}.{ending}" for name in coverage.frames()]


def _of_rounds(text: Callable[..., str], reason: Callable[[Row], str | None]) -> Callable[[Coverage, Path], Written]:
    def write_rounds(coverage: Coverage, path: Path) -> Written:
        write_text(path, text(coverage.rounds, events=coverage.events, articles=coverage.articles))
        held, left = parted(coverage.rounds, reason, coverage.events)
        labels_left_out(path, left, stacklevel=5)
        return [(path, f"{count_phrase(held)}, {len(left):,} left out")]

    return write_rounds


def _table(name: str, program: str, holds: str) -> Format:
    return Format(name, "", program, holds, _tables(name), LIBRARIES.get(name, ""), _files(name))


FORMATS = (
    _table("csv", "spreadsheets, R", "a table for each frame; outlet, day and title in each row"),
    _table("jsonl", "programs", "a file for each frame, an object a row"),
    _table("parquet", "pandas, R, DuckDB", "a file for each frame, columns with their types"),
    Format(
        "xlsx",
        ".xlsx",
        "Excel, LibreOffice",
        "a sheet for each frame, to read and to set right",
        write_workbook,
        "openpyxl",
    ),
    Format(
        "graphml",
        ".graphml",
        "Gephi, Cytoscape, R",
        "who speaks of whom and who tells whom, as a network",
        write_network,
        "networkx",
    ),
    Format(
        "positions",
        ".positions.graphml",
        "Gephi, Cytoscape, R",
        "actors and issues, and who agrees and who conflicts with whom, as a network",
        write_position_network,
        "networkx",
    ),
    Format(
        "plover", ".plover.csv", "event data in R, pandas", "a PLOVER event for each position that is one", write_events
    ),
    Format(
        "labelstudio",
        ".labelstudio.json",
        "Label Studio",
        "a task for each article with what was found as predictions, to set right; beside it the interface",
        write_tasks,
        files=lambda _, path: [path, interface_path(path)],
    ),
    Format(
        "dna",
        ".dna",
        "Discourse Network Analyzer",
        "articles, judgements, positions, statements and actors",
        write_discourse,
    ),
    Format(
        "qdpx",
        ".qdpx",
        "MAXQDA, ATLAS.ti, NVivo, QualCoder",
        "articles coded by kinds and actors (REFI-QDA)",
        write_qdpx,
    ),
    Format(
        "webannotation",
        ".jsonld",
        "annotation tools",
        "a W3C Web Annotation for each row that has a place",
        write_web_annotations,
    ),
    Format("ris", ".ris", "Zotero, EndNote, Citavi", "a reference for each article", write_ris, "rispy"),
    Format(
        "icalendar",
        ".ics",
        "calendars",
        "rounds and other events that have a day",
        _of_rounds(icalendar_text, why_no_day),
        "icalendar",
    ),
    Format(
        "timelinejs",
        ".timeline.json",
        "TimelineJS",
        "rounds and other events that have a date",
        _of_rounds(timelinejs_text, why_no_date),
    ),
)
"""All formats; of two endings the longer one counts."""


def export(coverage: Coverage, path: str | Path, format: str | None = None) -> Written:  # noqa: A002 - what users call it
    """Write a coverage in the format that the name of a file asks for, or in another; see ``Coverage.export``."""
    return check_export(path, format).write(coverage, Path(path))


def check_export(path: str | Path, format: str | None = None) -> Format:  # noqa: A002 - what users call it
    """Return the format that a coverage would be written in, and tell before long work what could not be.

    Parameters
    ----------
    path : str or Path
        A file by whose ending the format is known, or a folder for tables.
    format : str, optional
        The name of a format, whatever the ending.

    Raises
    ------
    InputError
        If no format, or more than one, has the ending, or nothing can be written there.
    """
    path = Path(path)
    chosen = _named(path, format) if format is not None else _by_ending(path)
    if chosen.ending:
        check_writable(path)
    else:
        check_folder(path)
    check_library(path, chosen.library)
    return chosen


def _named(path: Path, name: str) -> Format:
    found = next((one for one in FORMATS if one.name == name), None)
    if found is None:
        raise InputError(f"{path}: no format {name!r}; accepted are {', '.join(one.name for one in FORMATS)}")
    return found


def _by_ending(path: Path) -> Format:
    name = path.name.lower()
    found = [one for one in FORMATS if one.ending and name.endswith(one.ending)]
    if found:
        return max(found, key=lambda one: len(one.ending))
    if not path.suffix or path.is_dir():
        return FORMATS[0]
    tables = [one.name for one in FORMATS if not one.ending]
    if path.suffix.removeprefix(".").lower() in tables:
        raise InputError(
            f"{path}: a coverage has more tables than one; give a folder, with the format "
            f"{path.suffix.removeprefix('.').lower()}, or write one frame with toolkit.export.write_frame"
        )
    endings = ", ".join(one.ending for one in FORMATS if one.ending)
    raise InputError(
        f"{path}: no format has this ending; accepted are a folder for tables, {endings}; a format that is named "
        "goes into a file of any name"
    )
