"""The formats that are read, each declared once: what tells it from others, by whom it is read, how large it may be.

A format is told by content. An ending counts only among formats of plain text, where a table of one column or an object
without an end looks like any text.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.reading._decoding import decode
from toolkit.reading._parts import MEGABYTE, Doubt, File, Options, Part, Text
from toolkit.reading._tables import looks_like_csv

if TYPE_CHECKING:
    from collections.abc import Iterator

Test = Callable[["Sample"], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Parameters
    ----------
    name
        As a user calls it.
    is_it
        Tells it from others.
    reader
        Module and function that read it, imported when one is met.
    megabytes
        How large a file may be.
    remedy
        What helps where one cannot be read.
    extra
        The extra of this package that brings its library.
    """

    name: str
    is_it: Test
    reader: str
    megabytes: int
    remedy: str
    extra: str | None = None

    def read(self, file: File, options: Options) -> Iterator[Part]:
        """Yield the parts of a file.

        Raises
        ------
        InputError
            If it is too large, its library is missing, or it holds no article.
        """
        if len(file.content) > self.megabytes * MEGABYTE:
            found = f"{len(file.content) / MEGABYTE:.1f} MB"
            raise InputError(f"is too large ({found}; at most {self.megabytes} MB); split it into several files")
        module, _, function = self.reader.partition(":")
        yield from getattr(import_module(f"toolkit.reading.{module}"), function)(file, options)


class Sample:
    """What of a file tells its format: its first bytes, its name, and its text where it is one.

    Parameters
    ----------
    file : File
    """

    def __init__(self, file: File) -> None:
        self.content, self.ending = file.content, file.ending
        self.head = file.content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
        self._package: frozenset[str] | None = None
        self._text: str | None = None

    @property
    def package(self) -> frozenset[str]:
        """The names in a package of files, and the kind that it states; none where it is no package."""
        if self._package is None:
            self._package = _names_in(self.content) if self.content.startswith(b"PK") else frozenset()
        return self._package

    @property
    def text(self) -> str:
        """The first words; empty where the bytes are no text."""
        if self._text is None:
            try:
                self._text = decode(self.content[:20_000]).text.lstrip()
            except InputError:
                self._text = _cut_decoded(self.content[:20_000])
        return self._text


def _cut_decoded(content: bytes) -> str:
    """Decode bytes that were cut within a letter."""
    for end in range(1, 4):
        try:
            return decode(content[:-end]).text.lstrip()
        except InputError:
            continue
    return ""


def _names_in(content: bytes) -> frozenset[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
            kind = package.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names[:1] else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return frozenset()
    return frozenset((*names[:1000], kind.strip()))


def _starts(*marks: bytes) -> Test:
    return lambda sample: sample.content.startswith(marks)


def _is_package(*names: str) -> Test:
    return lambda sample: not sample.package.isdisjoint(names)


def _is_pdf(sample: Sample) -> bool:
    return b"%PDF-" in sample.content[:1024]


def _is_tar(sample: Sample) -> bool:
    return sample.content[257:262] == b"ustar"


def _is_packed_warc(sample: Sample) -> bool:
    import gzip

    if not sample.content.startswith(b"\x1f\x8b"):
        return False
    try:
        return gzip.GzipFile(fileobj=io.BytesIO(sample.content)).read(5) == b"WARC/"
    except (OSError, EOFError):
        return False


_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_PAGE = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|h1|meta)\b", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[a-zA-Z])")
_MAIL = re.compile(r"(?:^[A-Za-z][\w-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n", re.MULTILINE)
_MAIL_KEYS = re.compile(
    r"^(?:Received|MIME-Version|Message-ID|Return-Path|Content-Type|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
_FROM = re.compile(r"^From: ", re.IGNORECASE | re.MULTILINE)
_ENVELOPE = re.compile(r"From [^\n]*\d{4}[^\n]*\r?\n[A-Za-z-]+: ")


def _is_feed(sample: Sample) -> bool:
    return sample.text.startswith("<") and bool(_FEED.search(sample.text[:4000]))


def _is_html(sample: Sample) -> bool:
    text = sample.text
    begins = text.startswith("<") and bool(_PAGE.search(text[:4000]))
    return begins or len(_PAGE.findall(text)) > 3


def _is_mailbox(sample: Sample) -> bool:
    return bool(_ENVELOPE.match(sample.text))


def _is_mail(sample: Sample) -> bool:
    match = _MAIL.match(sample.text)
    return match is not None and bool(_MAIL_KEYS.search(match[0]) and _FROM.search(match[0]))


def _is_jsonl(sample: Sample) -> bool:
    if sample.ending in {".jsonl", ".ndjson"}:
        return True
    lines = sample.text.split("\n", 2)
    return len(lines) > 1 and sample.text.startswith("{") and _is_sound(lines[0]) and lines[1].lstrip()[:1] in {"{", ""}


def _is_json(sample: Sample) -> bool:
    if sample.text[:1] not in {"{", "["}:
        return False
    return sample.ending == ".json" or re.match(r'\{\s*"|\[\s*[{\["]', sample.text) is not None


def _is_sound(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(sample: Sample) -> bool:
    return bool(sample.text) and (sample.ending in {".csv", ".tsv", ".tab"} or looks_like_csv(sample.text))


def _is_text(sample: Sample) -> bool:
    return sample.ending in TEXT_ENDINGS


DOCUMENT = "open it and save it as .docx or .txt"
TABLE = "open it and save it as .csv"
AGAIN = "save or export it again"
FORMATS = (
    Format("PDF", _is_pdf, "_pdf:read_pdf", 50, "save its text as .txt", "files"),
    Format("Word document", _is_package("word/document.xml"), "_office:read_docx", 50, DOCUMENT),
    Format("Excel workbook", _is_package("xl/workbook.xml"), "_sheets:read_xlsx", 50, TABLE),
    Format(
        "LibreOffice document",
        _is_package("application/vnd.oasis.opendocument.text"),
        "_office:read_odt",
        50,
        DOCUMENT,
        "files",
    ),
    Format(
        "LibreOffice workbook",
        _is_package("application/vnd.oasis.opendocument.spreadsheet"),
        "_sheets:read_ods",
        50,
        TABLE,
        "files",
    ),
    Format("zip archive", _starts(b"PK\x03\x04", b"PK\x05\x06"), "_archives:read_zip", 500, "pack it anew"),
    Format("web archive", _is_packed_warc, "_warc:read_warc", 500, AGAIN, "files"),
    Format("web archive", _starts(b"WARC/"), "_warc:read_warc", 500, AGAIN, "files"),
    Format("packed file", _starts(b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), "_archives:read_packed", 500, "pack it anew"),
    Format("tar archive", _is_tar, "_archives:read_tar", 500, "pack it anew"),
    Format("RTF document", lambda sample: sample.head.startswith(b"{\\rtf"), "_rtf:read_rtf", 20, DOCUMENT),
    Format("feed", _is_feed, "_feeds:read_feed", 50, AGAIN),
    Format("mailbox", _is_mailbox, "_mail:read_mailbox", 200, AGAIN),
    Format("mail", _is_mail, "_mail:read_mail", 50, AGAIN),
    Format("JSON Lines", _is_jsonl, "_json:read_jsonl", 200, AGAIN),
    Format("JSON", _is_json, "_json:read_json", 200, AGAIN),
    Format("table", _is_table, "_tables:read_csv", 200, AGAIN),
    Format("web page", _is_html, "_html:read_html", 25, "save its text as .txt"),
    Format("text", _is_text, "_formats:read_text", 10, "save it again as UTF-8 text"),
)
"""Tried in this order: what is surest stands first."""

TEXT_ENDINGS = frozenset(
    ("", ".txt", ".text", ".md", ".markdown", ".asc", ".html", ".htm", ".rtf", ".doc", ".docx", ".odt", ".pdf")
)
"""Of files whose text is taken for an article: others hold programs, settings, lists."""
KINDS = ".txt, .md, .html, .docx, .odt, .rtf, .pdf, .eml, .mbox, .csv, .tsv, .xlsx, .ods, .json, RSS, .warc, .zip, .tar"

_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "is of an old Office kind (.doc, .xls or .msg); open it and save it as .docx, .xlsx or .eml"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive; unpack it, or pack it as .zip"),
    (b"Rar!", "is a rar archive; unpack it, or pack it as .zip"),
    (b"\x89PNG", "is a picture; recognise its text first (OCR), and save that as .txt"),
    (b"\xff\xd8\xff", "is a picture; recognise its text first (OCR), and save that as .txt"),
    (b"GIF8", "is a picture; recognise its text first (OCR), and save that as .txt"),
    (b"SQLite format 3", "is a database; export the table with the articles as .csv"),
    (b"PAR1", "is a Parquet table; read it with pandas, and pass the DataFrame"),
    (b"%!PS", "is PostScript; save it as .pdf"),
)
_ENDINGS = {
    ".epub": "is a book; save the article alone as .txt or .html",
    ".bib": "is a list of references, without their texts; export the articles themselves",
    ".ris": "is a list of references, without their texts; export the articles themselves",
    ".enw": "is a list of references, without their texts; export the articles themselves",
}


def format_of(file: File) -> Format:
    """Tell the format of a file.

    Raises
    ------
    InputError
        If it is of none that is read; the message says what helps.
    """
    for mark, told in _OTHERS:
        if file.content.startswith(mark):
            raise InputError(told)
    if file.ending in _ENDINGS:
        raise InputError(_ENDINGS[file.ending])
    sample = Sample(file)
    if "application/epub+zip" in sample.package:
        raise InputError(_ENDINGS[".epub"])
    found = next((each for each in FORMATS if each.is_it(sample)), None)
    if found is None:
        decode(file.content)  # raises where it is no text, or empty
        kind = f"is of kind {file.ending!r}" if not _XML.match(sample.text) else "is XML of a kind that is not known"
        raise InputError(f"{kind}; read are {KINDS}; if it is an article, save its text as .txt")
    return found


def read_text(file: File, _: Options) -> Iterator[Part]:
    """Yield the article of a text file, its text decoded and otherwise untouched."""
    decoded = decode(file.content)
    if decoded.doubt:
        yield Doubt(decoded.doubt)
    yield Text(decoded.text, is_running=True)
