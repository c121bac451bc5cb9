"""Paragraphs and sentences of news text, by the layout and punctuation that news uses.

Line ends are kept as boundaries, since headlines, datelines and paragraphs of news seldom end otherwise; text that is
wrapped at a fixed width is recognised, and there only blank lines separate.
"""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from toolkit.records import Span

_LINE = re.compile(r"[^\r\n]+")
_BLOCK = re.compile(r"\S(?:.*?\S)?(?=\s*\n[ \t]*\r?\n|\s*\Z)", re.DOTALL)
# A run of marks is tried once, from its first.
_END = re.compile(r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+(?=\s)""")
_NEXT = re.compile(r"""\s+["'“‘«(\[]*(\w+)""")
_LAST_WORD = re.compile(r"[\w.&’'-]{1,30}$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]?|[A-Z]")
_CUE_FOLLOWS = re.compile(r"\s+(?:[A-Z][\w.'’-]*\s+){0,4}(?:he|she|they|I|we)?\s*(\w+)")
_SPEECH_AFTER_QUOTE = frozenset(
    ["said", "says", "asked", "asks", "added", "wrote", "told", "tweeted", "replied", "shouted", "demanded"]
)


def paragraphs(text: str, body: Span | None = None) -> list[Span]:
    """Return the spans of the paragraphs of a text, without the white space around them.

    Parameters
    ----------
    text : str
        The article's text.
    body : (int, int), optional
        The part of the text to look at; all of it by default.
    """
    start, end = body or (0, len(text))
    lines = [m.span() for m in _LINE.finditer(text, start, end) if m.group().strip()]
    pieces = [m.span() for m in _BLOCK.finditer(text, start, end)] if _wrapped(text, lines) else lines
    return [_stripped(text, piece) for piece in pieces]


def sentences(text: str, body: Span | None = None) -> list[Span]:
    """Return the spans of the sentences of a text, in order, none crossing a paragraph.

    Abbreviations ("Sen.", "Jan. 5", "U.S. President") do not end a sentence, closing quotation marks belong to the
    sentence they close, and a question or exclamation in quotation marks goes on into its "… he asked".
    """
    found = []
    for start, end in paragraphs(text, body):
        begin = start
        for match in _END.finditer(text, start, end):
            if _ends_sentence(text, match, start, end):
                found.append((begin, match.end()))
                begin = _next_start(text, match.end(), end)
        if begin < end:
            found.append((begin, end))
    return found


def _ends_sentence(text: str, match: re.Match[str], start: int, end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    if match.group() != ".":
        return not (match.group()[0] in "?!" and len(match.group()) > 1 and _attributed(text, match.end(), end))
    before = _LAST_WORD.search(text, max(start, match.start() - 30), match.start())
    if before is None:
        return True
    return not _abbreviates(before.group(), word)


def _abbreviates(before: str, following: str) -> bool:
    if before.lower().rstrip(".") in words("abbreviations", "before_name"):
        return True
    if before.lower().rstrip(".") in words("abbreviations", "before_number"):
        return following[0].isdigit()
    if _INITIALS.fullmatch(before):
        return following.lower() not in _openers()
    return False


def _attributed(text: str, position: int, end: int) -> bool:
    follows = _CUE_FOLLOWS.match(text, position, end)
    return follows is not None and follows.group(1) in _SPEECH_AFTER_QUOTE


@derived
def _openers() -> frozenset[str]:
    return words("abbreviations", "sentence_openers")


def _next_start(text: str, position: int, end: int) -> int:
    while position < end and text[position].isspace():
        position += 1
    return position


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether lines were broken at a fixed width: many, of one length, ending in the middle of a sentence."""
    if len(lines) < 6:
        return False
    lengths = [end - start for start, end in lines]
    open_ended = sum(text[end - 1] not in ".!?…\"'”’»)" for _, end in lines)
    return 40 <= median(lengths) <= 100 and max(lengths) <= 120 and open_ended > len(lines) / 2
