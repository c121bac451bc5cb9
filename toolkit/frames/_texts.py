"""Cells as text that a person reads and writes in a spreadsheet, and back.

Names and words stand as they are, lists with semicolons between, days as ISO 8601, spans as start–end with their words
beside them. What these would make ambiguous, such as a name that holds a semicolon, stands as JSON.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.display import ellipsis, is_missing, one_line
from toolkit.errors import InputError
from toolkit.frames._types import PLAIN, key_and_value, member, plain
from toolkit.terminal import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.frames._columns import Column

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_SPAN = re.compile(r"\s*(\d+)\s*[–-]\s*(\d+)\s*")
_WORD_OF = {True: "yes", False: "no"}
_BY_DTYPE = {"int64": int, "Int64": int, "float64": float, "bool": bool, "boolean": bool, "datetime64[s]": dt.date}


class Marked(NamedTuple):
    """A span with the words that stand there, None where they are not told."""

    start: int
    end: int
    words: str | None


def guard(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula.

    Articles come from anywhere, and a cell such as ``=HYPERLINK(…)`` acts as soon as the file is opened.
    Numbers (``-0.4``) stay. Text that already begins with apostrophes before such a sign gets one more, so
    that taking one away wherever apostrophes stand before such a sign restores every text exactly.

    Parameters
    ----------
    text : str
        Content of a text cell.

    Returns
    -------
    str
        The text, with an apostrophe in front where its first sign is one of ``= + - @``, tab or line break.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Return a text of a cell without the apostrophe that `guard` put before it."""
    return text[1:] if _GUARDED.match(text) else text


def line_of(value: Any) -> str:
    """Return a cell as one line without control characters."""
    return one_line(printable(one_line(value)))


def is_readable(holds: Any) -> bool:
    """Tell whether values of a type can be read and written as text: plain ones, lists and dicts of them."""
    pair = key_and_value(holds)
    parts = pair or ((held,) if (held := member(holds)) else (holds,))
    return all(plain(part) in PLAIN for part in parts)


def text_of(value: Any, column: Column) -> str:
    """Return a cell as text; the empty string where there is nothing."""
    if is_missing(value):
        return ""
    if isinstance(value, dict):
        return pairs_text({str(key): _plain_text(each) for key, each in value.items()})
    if isinstance(value, list | tuple):
        return list_text(_plain_text(each) for each in value)
    return _plain_text(value, is_day=column.dtype == "datetime64[s]")


def value_of(text: str, column: Column, where: str) -> Any:
    """Return the cell that a text stands for.

    Raises
    ------
    InputError
        If the column accepts no such value; saying where it was found, and what is accepted.
    """
    text = line_of(text)
    holds = plain(_BY_DTYPE.get(column.dtype, column.holds))
    if pair := key_and_value(holds):
        return {_plain_of(one, pair[0], column, where): _plain_of(other, pair[1], column, where)
                for one, other in pairs_of(text, where).items()}  # fmt: skip
    if held := member(holds):
        return [_plain_of(each, held, column, where) for each in list_of(text, where)]
    if not text:
        if not column.optional:
            raise InputError(f"{where}: {column.name} cannot be empty; reject the row with the verdict wrong")
        return None
    value = _plain_of(text, holds, column, where)
    if column.accepts and value not in column.accepts:
        accepted = ", ".join(map(str, column.accepts))
        raise InputError(f"{where}: {column.name} {ellipsis(text, 60)!r}; accepted are {accepted}")
    return value


def list_text(values: Iterable[str]) -> str:
    """Return texts with semicolons between, or as JSON where one of them holds such a sign."""
    told = [line for each in values if (line := one_line(each))]
    is_plain = not any(";" in each or each.startswith("[") for each in told)
    return "; ".join(told) if is_plain else json.dumps(told, ensure_ascii=False)


def list_of(text: str, where: str) -> list[str]:
    """Return the texts of a list."""
    found = _from_json(text, list, where) if text.startswith("[") else text.split(";")
    return list(dict.fromkeys(line for each in found if (line := line_of(each))))


def pairs_text(values: Mapping[str, str]) -> str:
    """Return names and texts, ``speaker: Ada Berg; kind: direct``, or as JSON where that could be misread."""
    told = {line_of(key): line_of(each) for key, each in values.items()}
    is_plain = all(";" not in key + each and ":" not in key and key for key, each in told.items())
    is_plain = is_plain and not next(iter(told), "").startswith("{")
    return "; ".join(f"{key}: {each}" for key, each in told.items()) if is_plain else _json(told)


def pairs_of(text: str, where: str) -> dict[str, str]:
    """Return the names and texts of pairs."""
    if text.startswith("{"):
        return {line_of(key): line_of(each) for key, each in _from_json(text, dict, where).items()}
    found = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        key, sign, value = part.partition(":")
        if not sign:
            raise InputError(f"{where}: {ellipsis(part, 60)!r}; give name: value, with semicolons between several")
        found[key.strip()] = value.strip()
    return found


def marked_text(spans: Iterable[Sequence[int]], text: str) -> str:
    """Return spans with their words, ``12–40 "We will not sign"``, with semicolons between."""
    return "; ".join(f"{start}–{end} {_json(line_of(text[start:end]))}" for start, end in spans)


def marked_of(text: str, where: str) -> list[Marked]:
    """Return the spans that a text tells, with their words where it tells them.

    Raises
    ------
    InputError
        If it tells none.
    """
    found, at = [], 0
    while at < len(text):
        match = _SPAN.match(text, at)
        if match is None or int(match[1]) >= int(match[2]):
            raise InputError(f'{where}: {ellipsis(text, 60)!r} is no span; give one such as 12–40 "the words"')
        at, words = match.end(), None
        if text[at : at + 1] == '"':
            try:
                words, at = json.JSONDecoder().raw_decode(text, at)
            except ValueError:
                raise InputError(f"{where}: {ellipsis(text, 60)!r}: a quotation mark is missing") from None
        found.append(Marked(int(match[1]), int(match[2]), words and line_of(words)))
        rest = text[at:].lstrip()
        if rest and not rest.startswith(";"):
            raise InputError(f"{where}: {ellipsis(rest, 60)!r} behind a span; give semicolons between spans")
        at = len(text) - len(rest) + 1 if rest else len(text)
    return found


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain_text(value: Any, *, is_day: bool = False) -> str:
    if isinstance(value, bool):
        return _WORD_OF[value]
    if is_day or isinstance(value, dt.date):
        return str(value.isoformat()[:10])
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return line_of(value)


def _plain_of(text: str, holds: Any, column: Column, where: str) -> Any:
    holds = plain(holds)
    try:
        if holds is bool:
            return {"yes": True, "no": False, "true": True, "false": False}[text.lower()]
        if holds is dt.date:
            day = dt.date.fromisoformat(text)
            return dt.datetime.combine(day, dt.time()) if column.dtype == "datetime64[s]" else day
        return text if holds is str else holds(text.replace("−", "-"))
    except (KeyError, ValueError, OverflowError):
        told = {bool: "yes or no", dt.date: "a day such as 2024-05-31", int: "a whole number"}.get(holds, "a number")
        raise InputError(f"{where}: {column.name} {ellipsis(text, 60)!r}; give {told}") from None


def _from_json(text: str, kind: type, where: str) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    values = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    if not isinstance(found, kind) or any(isinstance(each, list | dict) for each in values):
        raise InputError(f"{where}: {ellipsis(text, 60)!r} cannot be read; divide what it holds by semicolons")
    return found
