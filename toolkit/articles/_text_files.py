"""Read one text file: its bytes decoded, its header found, its newlines kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.articles._decoding import Decoded, decode
from toolkit.articles._header import find_header
from toolkit.articles._metadata import outcomes
from toolkit.articles._outcomes import LeftOut, Outcome, Problem, label
from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1_000_000
TEXT_MEGABYTES = 10


def text_file_outcomes(path: Path) -> Iterator[Outcome]:
    """Give the article of a ``.txt`` or ``.md`` file, or say why it is left out."""
    source = label(path)
    try:
        decoded = decode_file(path, TEXT_MEGABYTES)
    except InputError as error:
        yield LeftOut(source, str(error))
        return
    yield from doubts(decoded, source)
    header = find_header(decoded.text)
    if header.body_start == len(decoded.text):
        yield LeftOut(source, "holds a header but no text after it; put the article in")
        return
    fields = {**header.fields, "path": str(path)}
    yield from outcomes(decoded.text, fields, source, body_start=header.body_start)


def decode_file(path: Path, most_megabytes: int) -> Decoded:
    """Read and decode a file of bounded size.

    Raises
    ------
    InputError
        If the file is too large, cannot be opened, or is no text; the message names the reason, not the file.
    """
    try:
        if not path.is_file():
            raise InputError("is not a regular file; give a text file or a table")
        size = path.stat().st_size
        if size > most_megabytes * MEGABYTE:
            found = f"{size / MEGABYTE:.1f} MB"
            raise InputError(f"is too large ({found}; at most {most_megabytes} MB); split it into several files")
        return decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be opened ({error.strerror}); check its permissions") from error


def doubts(decoded: Decoded, source: str) -> Iterator[Problem]:
    """Report an encoding that may be another."""
    if decoded.doubt:
        yield Problem(source, decoded.doubt)
