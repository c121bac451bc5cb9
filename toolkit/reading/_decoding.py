"""Turn bytes into text without changing a character, or say why that cannot be done.

UTF-8 is tried first, since text that is not UTF-8 hardly ever passes for it. Only then is the encoding
guessed: between the one-byte encodings the bytes seldom decide, so Windows-1252, the usual one for older
English text, is preferred wherever it is among the candidates, but where its capitals stand in the places of Mac
Roman's quotation marks and accents.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

from toolkit.errors import InputError

RESAVE = "save it again as UTF-8 text"
USUAL = "cp1252"
CONTROL_SHARE = 0.05
WINDOW_BYTES = 200_000

# The mark of UTF-32 begins with that of UTF-16, so the longer ones come first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ASCII = re.compile(r"[\x00-\x7f]+")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_SHIFT = re.compile(rb"\x1b\$[@B]")
_LIKE_UTF7 = re.compile(rb"\+[A-Za-z0-9+/]{3,40}-")
_USUAL_SIGNS = re.compile("[\u00a0-\u00ff\u2010-\u2026\u20ac]+")
# Capitals behind small letters or stops, where Mac Roman has quotation marks, dashes and accents.
_LIKE_MAC = re.compile("[a-zß-öø-ÿ.,!?][ÉÐÑÒÓÔÕŠŽŸ]")
_MAC_SIGNS = re.compile("[\u00c0-\u00ff\u2013-\u2026\u20ac†°¢£§•¶ß®©™´¨\u00a0\u00ab\u00bb]+")
PLACES = 100


class Decoded(NamedTuple):
    """A text, the encoding it was in, and why that may be another, where it may."""

    text: str
    encoding: str
    doubt: str | None = None


def decode(raw: bytes) -> Decoded:
    """Decode a file's bytes; newlines stay as they are, a byte order mark is dropped.

    The mark is no character of the text: without it, offsets are those an editor shows.

    Raises
    ------
    InputError
        If the bytes are no text, or text damaged beyond a safe reading; the message says why.
    """
    decoded = _from_mark(raw) or _from_shifts(raw) or _from_utf7(raw) or _from_utf8(raw) or _from_guess(raw)
    check_readable(decoded.text)
    return decoded


def check_readable(text: str) -> None:
    """Raise InputError if a text is empty, or holds what only a binary file does."""
    if not text or text.isspace():
        raise InputError("holds no text; remove it, or put the article in")
    if "\0" in text:
        raise InputError(f"is binary, no text (it holds NUL characters); {RESAVE}")
    if len(text) - len(_CONTROL.sub("", text)) > CONTROL_SHARE * len(text):
        raise InputError(f"is binary, no text (it is full of control characters); {RESAVE}")


def _from_mark(raw: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return Decoded(_strictly(raw[len(mark) :], encoding), encoding)
    return None


def _from_shifts(raw: bytes) -> Decoded | None:
    """Read an encoding of plain ASCII that shifts to another alphabet by escapes, as Japanese mail does."""
    if not _SHIFT.search(raw):
        return None
    try:
        return Decoded(raw.decode("iso2022_jp"), "iso2022_jp", _guessed("iso2022_jp"))
    except UnicodeDecodeError:
        return None


def _from_utf7(raw: bytes) -> Decoded | None:
    """Read plain ASCII in which other signs are written by letters, as old mail does."""
    if _BEYOND_ASCII.search(raw) or not any(map(_is_utf7, islice(_LIKE_UTF7.finditer(raw), PLACES))):
        return None
    try:
        return Decoded(raw.decode("utf-7"), "utf-7", _guessed("utf-7"))
    except UnicodeDecodeError:
        return None


def _is_utf7(match: re.Match[bytes]) -> bool:
    try:
        return bool(_USUAL_SIGNS.fullmatch(match[0].decode("utf-7")))
    except UnicodeDecodeError:
        return False


def _from_utf8(raw: bytes) -> Decoded | None:
    if b"\0" in raw:
        raise InputError(f"is binary, no text (it holds NUL bytes); {RESAVE}")
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(raw, error)
    return None


def _refuse_damaged_utf8(raw: bytes, error: UnicodeDecodeError) -> None:
    """Raise where most of the accents are sound UTF-8: any other encoding would garble those."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = len(_ASCII.sub("", text)) - broken
    if sound > broken:
        place = f"byte {error.start} (0x{raw[error.start]:02x})"
        raise InputError(f"is UTF-8 but broken at {place}; repair it there, or {RESAVE}") from error


def _from_guess(raw: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    matches = from_bytes(_telling_window(raw))
    best = matches.best()
    if best is None:
        raise InputError(f"is in an encoding that cannot be told; {RESAVE}")
    candidates = {name for match in matches for name in (match.encoding, *match.could_be_from_charset)}
    encoding = USUAL if USUAL in candidates else best.encoding
    if encoding == USUAL and _is_mac(raw):
        encoding = "mac_roman"
    return Decoded(_strictly(raw, encoding), encoding, None if encoding == USUAL else _guessed(encoding))


def _guessed(encoding: str) -> str:
    return f"not UTF-8; read as {encoding}, a guess: check its accents, or {RESAVE}"


def _is_mac(raw: bytes) -> bool:
    """Whether capitals stand where Mac Roman has marks, and all is in place when read as Mac Roman."""
    if not _LIKE_MAC.search(raw.decode(USUAL, "replace")):
        return False
    return bool(_MAC_SIGNS.fullmatch(_ASCII.sub("", raw.decode("mac_roman"))))


def _telling_window(raw: bytes) -> bytes:
    """Cut whole lines around the first byte beyond ASCII, to bound the work on a large file."""
    found = _BEYOND_ASCII.search(raw)
    first = found.start() if found else 0
    start = raw.rfind(b"\n", 0, first) + 1
    end = raw.find(b"\n", first + WINDOW_BYTES)
    return raw[max(start, first - WINDOW_BYTES) : end if end >= 0 else None]


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"is not sound {encoding} (byte {error.start}); {RESAVE}") from error
