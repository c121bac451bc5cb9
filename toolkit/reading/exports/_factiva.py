"""Factiva: each article ends in "Document" and its number; facts in fields of two capitals, or in a set order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading.exports._lines import is_day, is_word_count, lines_of, part, words_of

if TYPE_CHECKING:
    from toolkit.reading._parts import Part

MARK = re.compile(r"Document [A-Z]{3,10}[0-9]{10}")
_END = re.compile(r"(?:AN\b\W*)?Document [A-Z]{3,10}0?\d{10,14}[a-z0-9]{3,12}")
_FIELD = re.compile(r"([A-Z]{2,3})\b[\t |:]*(.*)")
_CODES = frozenset(["HD", "WC", "PD", "SN", "LP", "TD"])
_NAMES = {"HD": "title", "BY": "author", "PD": "published", "SN": "outlet"}
_BODY = ("LP", "TD")
_COPYRIGHT = re.compile(r"(?:\(c\)|©|Copyright|All Rights Reserved).*", re.IGNORECASE)
_SOURCE_CODE = re.compile(r"[A-Z0-9]{2,8}")


def split(text: str) -> list[Part]:
    """Return the articles of an export; none where the text is another."""
    found: list[list[str]] = [[]]
    for line in lines_of(text):
        if _END.fullmatch(line):
            found.append([])
        else:
            found[-1].append(line)
    articles = [block for block in found[:-1] if any(block)]
    return [_article(number, block) for number, block in enumerate(articles, start=1)]


def _article(number: int, lines: list[str]) -> Part:
    codes = {field[0] for line in lines if (field := _field(line))}
    return _of_fields(number, lines) if len(codes & _CODES) > 2 else _of_lines(number, lines)


def _of_fields(number: int, lines: list[str]) -> Part:
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        field = _field(line)
        if field and field[0] not in values:
            code, words = field
            values[code] = [words]
        elif code:
            values[code].append(line)
    fields = {name: " ".join(values.get(code, ())) for code, name in _NAMES.items()}
    fields["author"] = fields["author"].strip().removeprefix("By ")
    return part(number, fields, [line for code in _BODY for line in [*values.get(code, ()), ""]])


def _of_lines(number: int, lines: list[str]) -> Part:
    """Read an article without fields: title, byline, word count, day, outlet, and further lines up to the text."""
    told = [line for line in lines if line]
    count = next((at for at, line in enumerate(told) if is_word_count(line)), None)
    if count is None:
        return part(number, {}, lines)
    day = next((at for at in range(count + 1, min(count + 4, len(told))) if is_day(told[at])), count)
    before = told[:count]
    author = before.pop().removeprefix("By ") if len(before) > 1 and before[-1].startswith("By ") else ""
    outlet = next((line for line in told[day + 1 : day + 3] if not re.fullmatch(r"\d\d:\d\d", line)), "")
    fields = {"title": before[-1] if before else "", "author": author, "published": told[day], "outlet": outlet}
    last = max((at for at, line in enumerate(told[: day + 12]) if at > day and _is_fact(line)), default=day + 1)
    place = lines.index(told[last], _place(lines, last))
    return part(number, fields, lines[place + 1 :])


def _is_fact(line: str) -> bool:
    return line in words_of("factiva_languages") or bool(
        _COPYRIGHT.match(line) or _SOURCE_CODE.fullmatch(line) or line.isdecimal()
    )


def _place(lines: list[str], told: int) -> int:
    """Return where the line stands that is so many behind the first, blank ones left out."""
    return [at for at, line in enumerate(lines) if line][told]


def _field(line: str) -> tuple[str, str] | None:
    match = _FIELD.fullmatch(line)
    return (match[1], match[2]) if match and match[1] in words_of("factiva") else None
