"""Zip files that say nothing of when they were made, so that the same content gives the same file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from toolkit.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can tell."""


def write_zip(path: Path, members: Iterable[tuple[str, bytes]]) -> None:
    """Write members, by their names, as a compressed zip in the place of what was there."""
    with replacing(path) as made, zipfile.ZipFile(made, "w") as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
