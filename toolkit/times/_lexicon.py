"""Words and shapes of numbers, sorted into the classes that the grammar is written over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SHAPES = {
    "iso_date": r"\d{4}-\d{2}-\d{2}(?:t.+)?",
    "slash_date": r"\d{1,2}[/.]\d{1,2}[/.]\d{4}",
    "compact_clock": r"\d{1,2}(?:[:.]\d{2})?[ap]m",
    "clock": r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?",
    "fraction": r"\d/\d|[½¼¾]",
    "decade": r"(?:(?:1\d|20)\d|['’‘]?\d)0s",
    "ordinal": r"\d{1,4}(?:st|nd|rd|th)",
    "nth": r"(?:[12]?\d|3[01])(?:st|nd|rd|th)",
    "short_year": r"['’‘]\d\d",
    "quarter_sign": r"q[1-4]",
    "half_sign": r"h[12]",
    "meridiem": r"[ap]\.?\s?m\.?",
    "military": r"(?:[01]\d|2[0-4])[0-5]\d",
    "quantity": _NUMERAL.pattern,
    "year": r"1\d{3}|20\d\d|21[0-4]\d",
    "number_bc": r"\d{1,4}",
    "day": r"0?[1-9]|[12]\d|3[01]",
    "hour": r"[01]?\d|2[0-4]",
    "yy": r"\d\d",
}
_SHAPE_PATTERNS = {name: re.compile(pattern) for name, pattern in _SHAPES.items()}
# "the fifth of May", but not "May second" nor "the second of": too often something else.
_WRITTEN_DAYS_FROM = 3


def tables() -> Mapping[str, Any]:
    """Everything in ``times.toml``."""
    return load("times")


@derived
def _values() -> dict[str, dict[str, Any]]:
    """Return the value of each word in each class, with words in small letters."""
    data = tables()
    named = data["words"] | data["capitalised"] | {"holiday": data["holidays"]}
    return {name: {word.casefold(): value for word, value in words.items()} for name, words in named.items()}


def value(name: str, word: str) -> Any:
    """Value of a word in a class, such as 2 for "Feb." in ``month_short``."""
    return _values()[name][_key(word)]


def _key(word: str) -> str:
    return " ".join(word.casefold().replace("’", "'").split()).removesuffix(".")


@derived
def _words() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Classes of a word however written, and the further ones it has with a capital letter."""
    data = tables()
    anyhow: dict[str, set[str]] = {}
    capital: dict[str, set[str]] = {}
    for store, group in ((anyhow, data["words"]), (anyhow, data["lists"]), (capital, data["capitalised"])):
        for name, words in group.items():
            for word in words:
                store.setdefault(word.casefold(), set()).add(name)
    for word in data["holidays"]:
        capital.setdefault(word.casefold(), set()).add("holiday")
    for word, rank in data["words"]["ordinal"].items():
        if rank >= _WRITTEN_DAYS_FROM:
            anyhow[word].add("nth")
    return anyhow, capital


def classes(token: str) -> frozenset[str]:
    """Classes of a token: those of the word tables and lists, those of its shape, and the word itself in quotes."""
    key = _key(token) or token
    anyhow, capital = _words()
    found = {f"'{key}'"} | anyhow.get(key, set())
    if token[0].isupper() or not token[0].isalpha():
        found |= capital.get(key, set())
    small = token.casefold()
    found.update(name for name, pattern in _SHAPE_PATTERNS.items() if pattern.fullmatch(small))
    return frozenset(found)


def names() -> frozenset[str]:
    """Every class name that a pattern may use."""
    data = tables()
    return frozenset([*data["words"], *data["lists"], *data["capitalised"], "holiday", *_SHAPES])


def all_words() -> set[str]:
    """Every word of the tables and lists."""
    data = tables()
    groups = [
        *data["words"].values(),
        *data["lists"].values(),
        *data["capitalised"].values(),
        data["holidays"],
    ]
    return {word for group in groups for word in group}
