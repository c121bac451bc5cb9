"""Compare the outputs committed in a notebook with fresh ones.

Text is compared word for word, pictures by their presence alone: the bytes of a PNG vary with the versions of
the libraries that drew it, while its ``text/plain`` carries the alternative text, which is compared.
"""

from __future__ import annotations

import difflib
import json
import re
from typing import TYPE_CHECKING, Any

from toolkit.render.notebooks import describe_cell, normalise, without_drawings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

DIFF_LINES = 12
LINE_WIDTH = 160

# Two objects of the same kind never have the same address.
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")


def differences(committed: NotebookNode, fresh: NotebookNode) -> list[str]:
    """Describe each code cell whose committed outputs are not what running it gives.

    Parameters
    ----------
    committed : nbformat.NotebookNode
        The notebook as it stands in its file.
    fresh : nbformat.NotebookNode
        The same notebook, executed.

    Returns
    -------
    list of str
        One text for each cell that differs: the cell, then a short diff, ``-`` committed and ``+`` fresh.
    """
    compared = (without_drawings(normalise(each)) for each in (committed, fresh))
    pairs = zip(*(each.cells for each in compared), strict=True)
    found = []
    for position, (before, after) in enumerate(pairs):
        diff = _diff(list(_lines(before)), list(_lines(after)))
        if diff:
            found.append("\n".join([describe_cell(committed, position), *diff]))
    return found


def _diff(before: list[str], after: list[str]) -> list[str]:
    lines = list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:]
    changes = [line for line in lines if not line.startswith("@@")]
    shown = ["    " + _shorten(line) for line in changes[:DIFF_LINES]]
    if len(changes) > DIFF_LINES:
        shown.append(f"    … and {len(changes) - DIFF_LINES} more lines")
    return shown


def _shorten(line: str) -> str:
    return line if len(line) <= LINE_WIDTH else line[:LINE_WIDTH] + " …"


def _lines(cell: NotebookNode) -> Iterator[str]:
    """Yield the outputs of a cell as lines of text that are equal exactly when the outputs count as equal."""
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            yield f"[{output.name}]"
            yield from _masked(output.text)
        elif output.output_type == "error":
            yield f"[error] {output.ename}"
            yield from _masked(output.evalue)
        else:
            for mime, value in sorted(output.data.items()):
                yield f"[{mime}]"
                yield from [] if mime.startswith("image/") else _masked(value)


def _masked(value: Any) -> list[str]:
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return ADDRESS.sub("0x…", value).splitlines()
