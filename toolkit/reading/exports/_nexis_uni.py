"""Nexis Uni and Lexis Advance: title, outlet, day, then "Body" and the text, up to "End of Document"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading.exports._lines import is_day, lines_of, part, without_edition, words_of

if TYPE_CHECKING:
    from toolkit.reading._parts import Part

MARK = re.compile(r"End of Document", re.IGNORECASE)
_END = re.compile(r"End of Document", re.IGNORECASE)
_COVER = re.compile(r"(?:Date and Time|Job Number|Documents? ?\(\d+\)|User Name)\b.*")
_LIST = re.compile(r"\d+\. .*")
_COPYRIGHT = re.compile(r"(?:Copyright|©).*|All Rights Reserved.*", re.IGNORECASE)


def split(text: str) -> list[Part]:
    """Return the articles of an export; none where the text is another."""
    lines = lines_of(text)
    ends = [at for at, line in enumerate(lines) if _END.fullmatch(line)]
    if not ends or "Body" not in lines:
        return []
    starts = [0, *(end + 1 for end in ends)]
    found = [_without_cover(lines[start:end]) for start, end in zip(starts, ends, strict=False)]
    return [_article(number, block) for number, block in enumerate(found, start=1)]


def _without_cover(lines: list[str]) -> list[str]:
    """Leave out the page that lists the articles of the export."""
    if not any(_COVER.match(line) for line in lines[:6]):
        return lines
    place = max(at for at, line in enumerate(lines[:6]) if _COVER.match(line)) + 1
    body = lines.index("Body") if "Body" in lines else len(lines)
    day = next((at for at in range(body - 1, -1, -1) if is_day(lines[at])), body)
    cover = words_of("nexis_uni_cover")
    listed = [at for at in range(place, day) if _LIST.fullmatch(lines[at]) or lines[at].startswith(cover)]
    return lines[(listed[-1] if listed else place - 1) + 1 :]


def _article(number: int, lines: list[str]) -> Part:
    body = lines.index("Body") if "Body" in lines else None
    if body is None:
        body = next((at for at, line in enumerate(lines) if _pair(line)), len(lines))
    head, rest = lines[:body], lines[body + 1 :]
    end = next((at for at, line in enumerate(rest) if _is_behind(line)), len(rest))
    return part(number, _fields(head), rest[:end])


def _fields(head: list[str]) -> dict[str, str]:
    fields = {"title": "", "outlet": "", "published": "", "author": ""}
    told = [line for line in head if line and not _COPYRIGHT.match(line)]
    for key, value in filter(None, map(_pair, told)):
        if name := {"Byline": "author", "Headline": "title"}.get(key):
            fields[name] = value.removeprefix("By ")
    plain = [line for line in told if not _pair(line)]
    day = next((at for at, line in enumerate(plain) if is_day(without_edition(line))), None)
    if day is not None:
        fields["published"] = without_edition(plain[day])
        fields["outlet"] = plain[day - 1] if day else ""
        fields["title"] = fields["title"] or " ".join(plain[: max(day - 1, 0)])
    return fields


def _pair(line: str) -> tuple[str, str] | None:
    """Return a line's key and value; None where it has no key of the archive."""
    key, colon, value = line.partition(":")
    return (key, value.strip()) if colon and key in words_of("nexis_uni") else None


def _is_behind(line: str) -> bool:
    return line.partition(":")[0] in words_of("nexis_uni_behind")
