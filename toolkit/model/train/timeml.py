"""Texts with their time expressions, as corpora in TimeML hold them."""

from __future__ import annotations

import datetime as dt
import tarfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.records import Span


@dataclass(frozen=True, slots=True)
class TimedText:
    """A text, its day of creation, and the value of each time expression by its offsets."""

    name: str
    text: str
    created: dt.date
    values: dict[Span, str]


def read_timeml(archive: Path) -> Iterator[TimedText]:
    """Yield the texts of the ``.tml`` files of a ``.tar.gz``, by name.

    Raises
    ------
    InputError
        Where the archive is missing.
    """
    if not archive.is_file():
        raise InputError(f"{archive}: no such file; name the data folder that holds timex/")
    with tarfile.open(archive) as files:
        members = {PurePath(member.name): member for member in files if member.isfile()}
        for path in sorted(members):
            content = files.extractfile(members[path])
            if content and path.suffix == ".tml" and not path.name.startswith("."):
                yield parse_timeml(path.stem, content.read())


def parse_timeml(name: str, content: bytes) -> TimedText:
    """Return what a TimeML file tells; what is not well-formed in it is passed over.

    Raises
    ------
    InputError
        Where the file tells no day of creation.
    """
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    created = next((mark for mark in root.iter("TIMEX3") if mark.get("functionInDocument") == "CREATION_TIME"), None)
    if created is None:
        raise InputError(f"{name}: no TIMEX3 with functionInDocument CREATION_TIME")
    body = root.find(".//TEXT")
    pieces: list[str] = []
    values: dict[Span, str] = {}
    at = 0
    for event, mark in etree.iterwalk(root if body is None else body, events=("start", "end")):
        piece = (mark.text if event == "start" else mark.tail) or ""
        if event == "start" and mark.tag == "TIMEX3" and mark is not created:
            values[at, at + len("".join(mark.itertext()))] = mark.get("value", "")
        if event == "start" or mark is not body:
            pieces.append(piece)
            at += len(piece)
    return TimedText(name, "".join(pieces), dt.date.fromisoformat(created.get("value")[: len("2026-02-18")]), values)
