"""Bounds of what is unpacked: a small file may hold any amount of nothing, or files in files without end."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Protocol

from toolkit.errors import InputError
from toolkit.reading._parts import MEGABYTE

DEEPEST = 4
"""Archives in one another."""
MOST_FILES = 20_000
MOST_MEGABYTES = 500
"""What the files of an archive may come to in all, those of archives in it included."""
STEEPEST = 200
"""How many times its packed size a file may have; text of articles is packed to a third or so."""
SMALL = MEGABYTE
"""Below this any steepness passes."""
DOCUMENT_MEGABYTES = 200
_PIECE = 1 << 16


class Budget:
    """How many files and bytes may still come out of one archive."""

    def __init__(self) -> None:
        self.files, self.bytes = MOST_FILES, MOST_MEGABYTES * MEGABYTE

    def spend(self, size: int) -> None:
        """Take one file of a size.

        Raises
        ------
        InputError
            Where nothing is left of the budget.
        """
        self.files, self.bytes = self.files - 1, self.bytes - size
        if self.files < 0:
            raise InputError(f"holds more than {MOST_FILES:,} files; the rest is not read: split it")
        if self.bytes < 0:
            raise InputError(f"unpacks to more than {MOST_MEGABYTES} MB; the rest is not read: split it")


class Readable(Protocol):
    """Whatever bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""


class BoundedStream(io.RawIOBase):
    """A stream that ends in an error where more comes out of it than its packed size lets expect.

    Parameters
    ----------
    stream : Readable
    packed : int
        Size of what is unpacked.
    """

    def __init__(self, stream: Readable, packed: int) -> None:
        self._stream, self._packed, self._read = stream, packed, 0

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        view = memoryview(buffer).cast("B")
        piece = self._stream.read(min(len(view), _PIECE))
        self._read += len(piece)
        check_steepness(self._read, self._packed)
        if self._read > MOST_MEGABYTES * MEGABYTE:
            raise InputError(f"unpacks to more than {MOST_MEGABYTES} MB; split it")
        view[: len(piece)] = piece
        return len(piece)


def check_steepness(size: int, packed: int) -> None:
    """Raise InputError where a file is far larger than its packed size: no text is, a trap may be."""
    if size > SMALL and size > STEEPEST * max(packed, 1):
        raise InputError(f"unpacks to more than {STEEPEST} times its size, as no article does; take it out")


def read_at_most(stream: Readable, megabytes: int) -> bytes:
    """Return the whole of a stream.

    Raises
    ------
    InputError
        Where it is longer than that.
    """
    pieces, left = [], megabytes * MEGABYTE
    while piece := stream.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise InputError(f"is too large (more than {megabytes} MB); split it into several files")
        pieces.append(piece)
    return b"".join(pieces)


def check_document(content: bytes) -> None:
    """Raise InputError where a document that is a package of files unpacks to more than a document does."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files = package.infolist()
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > DOCUMENT_MEGABYTES * MEGABYTE:
        raise InputError(f"unpacks to more than {DOCUMENT_MEGABYTES} MB, as no document does; save its text alone")
    for file in files:
        check_steepness(file.file_size, file.compress_size)
