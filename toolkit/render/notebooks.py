"""Read, normalise and write notebook files: the same content always gives the same bytes."""

from __future__ import annotations

import copy
import json
import re
import textwrap
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.display import DRAWN
from toolkit.errors import InputError
from toolkit.files import write_text

if TYPE_CHECKING:
    from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

# Editors write these at every save or run: they say nothing about the notebook itself.
VOLATILE_CELL_METADATA = frozenset({"ExecuteTime", "collapsed", "execution", "scrolled", "trusted"})
VOLATILE_METADATA = frozenset({"signature", "vscode", "widgets"})
KERNEL_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "pygments_lexer": "ipython3"},
}


# The kernel names the source of a cell after its own process.
CELL_FILE = re.compile(r"[^\s\"']*ipykernel_\d+[/\\]\d+\.py")


def read_notebook(path: str | Path) -> NotebookNode:
    """Read a notebook file as nbformat 4.

    Parameters
    ----------
    path : str or Path
        An ``.ipynb`` file.

    Returns
    -------
    nbformat.NotebookNode
        The notebook, upgraded to the current minor format.

    Raises
    ------
    InputError
        When there is no such file or it is no notebook.
    """
    import nbformat
    from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: there is no such notebook; give the path of an .ipynb file")
    try:
        with warnings.catch_warnings():
            # Ids are given by position when the notebook is normalised.
            warnings.simplefilter("ignore", MissingIDFieldWarning)
            warnings.simplefilter("ignore", DuplicateCellId)
            notebook: NotebookNode = nbformat.read(path, as_version=4)
            nbformat.validate(notebook)
    except (ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError) as fault:
        found = str(fault).splitlines()[0][:120]
        raise InputError(f"{path}: not a readable notebook ({found}); save it again from JupyterLab") from fault
    return notebook


def write_notebook(notebook: NotebookNode, path: str | Path) -> None:
    """Write a notebook as JSON with sorted keys, so that equal notebooks are equal files.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        What to write.
    path : str or Path
        The file, replaced where it exists.

    Raises
    ------
    FileError
        When it cannot be written; what was there is whole.
    """
    text = json.dumps(_multiline(notebook), ensure_ascii=False, indent=1, sort_keys=True)
    write_text(path, text + "\n")


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook in the form in which it is committed.

    Cell ids follow the position, execution counts run from 1, widget views give way to the static form of the
    same output, and what editors and kernels add at every run is left out.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Any notebook of format 4; it is not changed.

    Returns
    -------
    nbformat.NotebookNode
        A normalised copy; normalising it again changes nothing.
    """
    result = copy.deepcopy(notebook)
    result.nbformat, result.nbformat_minor = 4, 5
    result.metadata = _node(_without(result.metadata, VOLATILE_METADATA) | KERNEL_METADATA)
    count = 0
    for position, cell in enumerate(result.cells):
        cell.id = f"cell-{position:02d}"
        cell.metadata = _node(_without(cell.metadata, VOLATILE_CELL_METADATA))
        if cell.cell_type == "code":
            count += is_run(cell)
            cell.execution_count = count if is_run(cell) else None
            cell.outputs = [_settled(output, count) for output in cell.outputs if _is_static(output)]
    return result


def without_drawings(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook in which charts are pictures alone, without the drawings that only our pages show.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Any notebook of format 4; it is not changed.

    Returns
    -------
    nbformat.NotebookNode
        A copy.
    """
    result = copy.deepcopy(notebook)
    for cell in result.cells:
        for output in cell.get("outputs", []):
            for kept in (output.get("data", {}), output.get("metadata", {})):
                kept.pop(DRAWN, None)
    return result


def is_run(cell: NotebookNode) -> bool:
    """Return whether executing the notebook runs this cell: it is a code cell with something in it."""
    return cell.cell_type == "code" and bool(cell.source.strip())


def describe_cell(notebook: NotebookNode, position: int) -> str:
    """Name a cell as its reader knows it: by the count beside it, and its first line.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The notebook.
    position : int
        Index into ``notebook.cells`` of a code cell.

    Returns
    -------
    str
        For instance ``code cell 3 (`frame.head()`)``.
    """
    number = sum(is_run(cell) for cell in notebook.cells[: position + 1])
    lines = notebook.cells[position].source.strip().splitlines() or [""]
    return f"code cell {number} (`{textwrap.shorten(lines[0], 60, placeholder=' …')}`)"


def _is_static(output: NotebookNode) -> bool:
    """Tell whether anything of an output can be seen without a kernel."""
    return set(output.get("data", {})) != {WIDGET_VIEW}


def _settled(output: NotebookNode, count: int) -> NotebookNode:
    """Take out of an output what differs from run to run."""
    if "data" in output:
        output.data = _node(_without(output.data, {WIDGET_VIEW}))
        output.metadata = _node(_without(output.metadata, {WIDGET_VIEW}))
    if "execution_count" in output:
        output.execution_count = count
    if "text" in output:
        output.text = CELL_FILE.sub("<cell>", output.text)
    if "traceback" in output:
        output.traceback = [CELL_FILE.sub("<cell>", line) for line in output.traceback]
    return output


def _without(mapping: dict[str, Any], keys: set[str] | frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in keys}


def _node(mapping: dict[str, Any]) -> NotebookNode:
    from nbformat import from_dict

    node: NotebookNode = from_dict(mapping)
    return node


def _multiline(notebook: NotebookNode) -> dict[str, Any]:
    """Split text into lists of lines, as the format asks for: changes are then readable line by line."""
    from nbformat.v4.rwbase import split_lines, strip_transient

    split: dict[str, Any] = strip_transient(split_lines(copy.deepcopy(notebook)))
    return split
