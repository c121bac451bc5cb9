"""Nexis of old: each article behind "1 of 250 DOCUMENTS", its facts in lines with capital keys before and behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading.exports._lines import blocks, counted, is_day, lines_of, part, without_edition, words_of

if TYPE_CHECKING:
    from toolkit.reading._parts import Part

MARK = re.compile(r"[0-9] (?:of|von|de|di) [0-9]")
_BEGINS = re.compile(r"(?:\d+ (?:of|von|de|di) (\d+) D\w+|(?:Document|Dokument) \d+ (?:of|von|de|di) (\d+))")
_KEY = re.compile(r"([A-Z][A-Z-]{2,20})(?: [A-Z]+)?: ?(.*)")
_COPYRIGHT = re.compile(r"(?:Copyright\b.*|©.*|.{0,60}\bAll Rights Reserved\b.*)", re.IGNORECASE)


def split(text: str) -> list[Part]:
    """Return the articles of an export; none where the text is another."""
    lines = lines_of(text)
    first = next((line for line in lines if line), "")
    begins = [line for line in lines if _BEGINS.fullmatch(line)]
    if not begins or not (_BEGINS.fullmatch(first) or len(begins) > 1):
        return []
    numbers = _BEGINS.fullmatch(begins[0])
    articles = [_article(number, block) for number, block in enumerate(blocks(lines, _BEGINS), start=1)]
    return counted(articles, int(numbers[1] or numbers[2]) if numbers else None, "Nexis")


def _article(number: int, lines: list[str]) -> Part:
    fields = {"title": "", "outlet": "", "published": "", "author": ""}
    place = _head(lines, fields)
    while place < len(lines) and (not lines[place] or _is_key(lines[place], "nexis_before")):
        place = _past_value(lines, place, fields) if lines[place] else place + 1
    end = next((at for at in range(place, len(lines)) if _is_key(lines[at], "nexis_behind")), len(lines))
    body = [line for line in lines[place:end] if not _COPYRIGHT.fullmatch(line)]
    return part(number, fields, body)


def _head(lines: list[str], fields: dict[str, str]) -> int:
    """Read outlet, day and title, which have no keys, and return the place behind them."""
    place, days = 0, 0
    while place < len(lines) and not _is_key(lines[place], "nexis_before"):
        line = lines[place]
        if line and not _COPYRIGHT.fullmatch(line):
            if not fields["published"] and is_day(without_edition(line)):
                fields["published"], days = without_edition(line), place
            elif not fields["published"]:
                fields["outlet"] = fields["outlet"] or line
            elif fields["title"] and not lines[place - 1] and place > days + 1:
                break  # no key follows: this is the article
            else:
                fields["title"] = f"{fields['title']} {line}".strip()
        place += 1
    return place


def _past_value(lines: list[str], place: int, fields: dict[str, str]) -> int:
    """Read the value of a key, which goes on to the next blank line, and return the place behind it."""
    match = _KEY.fullmatch(lines[place])
    key, value = (match[1], match[2]) if match else ("", "")
    end = place + 1
    while key != "BODY" and end < len(lines) and lines[end] and not _KEY.fullmatch(lines[end]):
        value = f"{value} {lines[end]}"
        end += 1
    name = {"BYLINE": "author", "HEADLINE": "title"}.get(key)
    if name:
        fields[name] = re.sub(r"^By ", "", value.strip(), flags=re.IGNORECASE) if name == "author" else value
    return end


def _is_key(line: str, keys: str) -> bool:
    match = _KEY.fullmatch(line)
    return match is not None and match[1] in words_of(keys)
