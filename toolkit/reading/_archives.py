"""Archives of files: nothing is written anywhere, no link is followed, no path leads out.

A file in an archive is read like one on the disk; hidden files and those named README are passed over likewise.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from toolkit.articles._outcomes import label
from toolkit.errors import InputError
from toolkit.reading._bounds import BoundedStream, check_steepness, read_at_most
from toolkit.reading._finding import is_passed_over
from toolkit.reading._parts import MEGABYTE, Fault, File, Inner, Options, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILE_MEGABYTES = 200
_ENCRYPTED = 0x1
_RESOURCES = "__MACOSX"
_TAR_MARK = slice(257, 262)
_OPENERS: dict[bytes, Callable[[Any], Any]] = {b"\x1f\x8b": gzip.open, b"BZ": bz2.open, b"\xfd7": lzma.open}


def read_zip(file: File, _: Options) -> Iterator[Part]:
    """Yield the files of a zip archive, in its order."""
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        for info in archive.infolist():
            if info.is_dir() or _is_passed_over(info.filename):
                continue
            try:
                yield Inner(_name(info.filename), _content(archive, info))
            except (InputError, OSError, RuntimeError, zipfile.BadZipFile, NotImplementedError, EOFError) as error:
                yield Fault(_told(error), label(info.filename))


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise InputError("is a link; put in what it leads to")
    if info.flag_bits & _ENCRYPTED:
        raise InputError("is locked by a password; unpack it first")
    check_steepness(info.file_size, info.compress_size)
    with archive.open(info) as stream:
        return read_at_most(stream, FILE_MEGABYTES)


def read_packed(file: File, _: Options) -> Iterator[Part]:
    """Yield the one file that gzip, bzip2 or xz packed, or those of a tar archive in it."""
    opener = next(opener for mark, opener in _OPENERS.items() if file.content.startswith(mark))
    stream = io.BufferedReader(BoundedStream(opener(io.BytesIO(file.content)), len(file.content)))
    if stream.peek(512)[_TAR_MARK] == b"ustar":
        yield from _members(tarfile.open(fileobj=stream, mode="r|"))  # noqa: SIM115 - closed where it is read
        return
    path = PurePosixPath(file.name)
    yield Inner(path.stem if file.ending in {".gz", ".bz2", ".xz"} else "content", read_at_most(stream, FILE_MEGABYTES))


def read_tar(file: File, _: Options) -> Iterator[Part]:
    """Yield the files of a tar archive."""
    yield from _members(tarfile.open(fileobj=io.BytesIO(file.content), mode="r|"))  # noqa: SIM115 - as above


def _members(archive: tarfile.TarFile) -> Iterator[Part]:
    with archive:
        for info in archive:
            if info.isdir() or _is_passed_over(info.name):
                continue
            try:
                yield Inner(_name(info.name), _member(archive, info))
            except InputError as error:
                yield Fault(_told(error), label(info.name))


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> bytes:
    if not info.isreg():
        raise InputError("is a link or a device; put in the file itself")
    if info.size > FILE_MEGABYTES * MEGABYTE:
        raise InputError(f"is too large (more than {FILE_MEGABYTES} MB); split it into several files")
    stream = archive.extractfile(info)
    return stream.read() if stream else b""


def _is_passed_over(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return is_passed_over(path) or _RESOURCES in path.parts


def _name(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")):
        raise InputError("has a name that leads out of the archive; pack it anew")
    return str(path)


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, InputError) else f"cannot be unpacked ({error}); pack it anew"
