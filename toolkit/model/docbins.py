"""Reading the ``.spacy`` files that training and measuring take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.errors import InputError

if TYPE_CHECKING:
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

    if not path.is_file():
        raise InputError(f"{path}: no such file. The first argument is the folder whose language/ holds the treebanks.")
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
