"""ProQuest: articles between long strokes, or behind "1 of 3"; the text behind "Full text:", facts around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.reading.exports._lines import lines_of, part, words_of

if TYPE_CHECKING:
    from toolkit.reading._parts import Part

MARK = re.compile(r"ProQuest")
_STROKE = re.compile(r"_{20,}|(?:Document )?\d+ of \d+", re.IGNORECASE)
_PAIR = re.compile(r"([A-Z][\w /]{2,30})(?::[ \t]*|\t)(.*)")
_INFO = re.compile(r"(?P<outlet>[^;\[]+?)\s*[;,]?\s*(?:[\w ]+\[[\w ]+\])?\s*(?P<published>\d{1,2} \w{3,9} \d{4})")
_FOOT = re.compile(r"(?:Contact us at:|Database copyright|Copyright ©? ?\d{4} ProQuest|Terms and Conditions).*")


def split(text: str) -> list[Part]:
    """Return the articles of an export; none where the text is another."""
    found: list[list[str]] = [[]]
    for line in lines_of(text):
        if _STROKE.fullmatch(line):
            found.append([])
        elif not _FOOT.match(line):
            found[-1].append(line)
    articles = [block for block in found if sum(_pair(line) is not None for line in block) > 2]
    return [_article(number, block) for number, block in enumerate(articles, start=1)]


def _article(number: int, lines: list[str]) -> Part:
    values: dict[str, list[str]] = {}
    key, first = "", ""
    for line in lines:
        pair = _pair(line)
        if pair and pair[0] not in values:
            key, words = pair
            values[key] = [words]
        elif key:
            values[key].append(line)
        elif line and not first:
            first = line
    return part(number, _fields(values, first), values.get("full text", []))


def _pair(line: str) -> tuple[str, str] | None:
    """Return a line's key in small letters, and its value; None where it has no key of the archive."""
    match = _PAIR.fullmatch(line)
    return (match[1].lower(), match[2]) if match and match[1].lower() in _keys() else None


@derived
def _keys() -> frozenset[str]:
    return frozenset(key.lower() for key in words_of("proquest"))


def _fields(values: dict[str, list[str]], first: str) -> dict[str, str]:
    told = {key: " ".join(lines).strip() for key, lines in values.items()}
    info = _INFO.match(told.get("publication info", "")[:300])
    return {
        "title": told.get("title") or first,
        "outlet": told.get("publication title") or (info["outlet"] if info else ""),
        "published": told.get("publication date") or (info["published"] if info else ""),
        "author": told.get("author", ""),
        "url": told.get("document url", ""),
    }
