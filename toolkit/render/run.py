"""The round over several notebooks: execute all, then write pages or the notebooks themselves."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from toolkit.errors import InputError
from toolkit.files import check_folder, check_writable, replacing_files, write_text
from toolkit.render.kernel import TIMEOUT, execute
from toolkit.render.notebooks import normalise, read_notebook, without_drawings, write_notebook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nbformat import NotebookNode

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Executed:
    """A notebook as it stands in its file, and as executing it leaves it (normalised)."""

    path: Path
    committed: NotebookNode
    fresh: NotebookNode


def execute_all(notebooks: Iterable[str | Path], *, timeout: int = TIMEOUT) -> list[Executed]:
    """Execute notebooks one after the other, each in a fresh kernel.

    Parameters
    ----------
    notebooks : iterable of str or Path
        ``.ipynb`` files.
    timeout : int
        Seconds that one cell may take.

    Returns
    -------
    list of Executed
        In the order given.

    Raises
    ------
    InputError
        When a file is missing or no notebook; nothing is executed then.
    NotebookError
        When a cell raises, hangs, or loses its kernel.
    """
    read = [(Path(path), read_notebook(path)) for path in notebooks]
    executed = []
    for number, (path, committed) in enumerate(read, start=1):
        logger.info("running %s (%d of %d)", path, number, len(read))
        fresh = normalise(execute(committed, path, timeout=timeout))
        executed.append(Executed(path, committed, fresh))
    return executed


def write_back(executed: Iterable[Executed]) -> list[Path]:
    """Replace each notebook file by its executed, normalised form, its charts as pictures that show anywhere.

    Parameters
    ----------
    executed : iterable of Executed
        What `execute_all` gave.

    Returns
    -------
    list of Path
        The files written.
    """
    paths = []
    for item in executed:
        write_notebook(without_drawings(item.fresh), item.path)
        paths.append(item.path)
    return paths


def write_pages(executed: Sequence[Executed], out: str | Path) -> list[Path]:
    """Write each notebook as one html page that loads nothing; the pages link to one another.

    Parameters
    ----------
    executed : sequence of Executed
        What `execute_all` gave.
    out : str or Path
        Folder for the pages, made where it is missing; a page is named after its notebook.

    Returns
    -------
    list of Path
        The pages, in the order of the notebooks.

    Raises
    ------
    InputError
        When two notebooks would give the same page, or ``out`` is a file.
    FileError
        When they cannot be written; pages that were there are whole.
    """
    from toolkit.render.page import Link, page_html, title_of

    out = Path(out)
    check_pages([item.path for item in executed], out)
    paths = [out / f"{item.path.stem}.html" for item in executed]
    links = [
        Link(quote(path.name), title_of(item.fresh, item.path.stem)) for path, item in zip(paths, executed, strict=True)
    ]
    with replacing_files(out) as made:
        for number, (path, item) in enumerate(zip(paths, executed, strict=True)):
            html = page_html(item.fresh, folder=item.path.resolve().parent, pages=links, current=number)
            write_text(made / path.name, html)
    return paths


def check_pages(notebooks: Iterable[str | Path], out: str | Path) -> None:
    """Raise InputError where `write_pages` could not write the pages of notebooks, before they are executed."""
    check_folder(out)
    seen: dict[str, Path] = {}
    for path in map(Path, notebooks):
        other = seen.setdefault(path.stem.casefold(), path)
        if other is not path:
            raise InputError(f"{other} and {path} would both become {path.stem}.html; rename one of them")
        check_writable(Path(out, f"{path.stem}.html"))
