"""Reading the files that training and measuring take: spaCy's Docs, and rows of JSON."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spacy.tokens import Doc


def read_docs(path: Path) -> list[Doc]:
    """Return the Docs of a ``.spacy`` file.

    Raises
    ------
    InputError
        Where the file is missing.
    """
    import spacy
    from spacy.tokens import DocBin

    _check(path, "language/")
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def read_rows(path: Path, holding: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines, as it is or compressed (``.gz``).

    Parameters
    ----------
    path : Path
    holding : str
        What the data folder must hold, named where the file is missing.

    Raises
    ------
    InputError
        Where the file is missing.
    """
    _check(path, holding)
    # Read by lines of a text file, not splitlines: that would also cut at separators that JSON allows in a string.
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _check(path: Path, holding: str) -> None:
    if not path.is_file():
        raise InputError(f"{path}: no such file; name the data folder that holds {holding}")
