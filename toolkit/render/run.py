"""The round over several notebooks: execute all, then write pages or the notebooks themselves."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from toolkit.errors import InputError
from toolkit.render.kernel import TIMEOUT, execute
from toolkit.render.notebooks import normalise, read_notebook, write_notebook

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
    """Replace each notebook file by its executed, normalised form.

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
        write_notebook(item.fresh, item.path)
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
    """
    from toolkit.render.page import Link, page_html, title_of

    out = Path(out)
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: this is a file; give a folder for the pages")
    paths = [out / f"{item.path.stem}.html" for item in executed]
    _refuse_collisions(executed)
    out.mkdir(parents=True, exist_ok=True)
    links = [
        Link(quote(path.name), title_of(item.fresh, item.path.stem)) for path, item in zip(paths, executed, strict=True)
    ]
    for number, (path, item) in enumerate(zip(paths, executed, strict=True)):
        html = page_html(item.fresh, folder=item.path.resolve().parent, pages=links, current=number)
        path.write_text(html, encoding="utf-8", newline="\n")
    return paths


def _refuse_collisions(executed: Sequence[Executed]) -> None:
    seen: dict[str, Path] = {}
    for item in executed:
        other = seen.setdefault(item.path.stem.casefold(), item.path)
        if other is not item.path:
            raise InputError(f"{other} and {item.path} would both become {item.path.stem}.html; rename one of them")
