"""Amounts in a proposition: money, percent, years and people, so that the gap between offers can be drawn."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives, load

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = r"(?<![\w.,$€£¥-])"
_WORDS_BETWEEN = 2


class Amount(NamedTuple):
    """A number with its unit: percent, years, people, or the code of a currency."""

    number: float
    unit: str


def amount_in(text: str) -> Amount | None:
    """Return the first amount in some words, None where there is none: "**4.5 percent** over two years".

    Money goes before percent, percent before people and people before years: what is bargained for is told by the
    former, and for how long by the latter.
    """
    if found := _signed().search(text):
        sign, number, multiple = found.groups()
        return Amount(_value(number, multiple), _currencies()[sign.casefold()])
    for unit, pattern in _patterns().items():
        if found := pattern.search(text):
            return Amount(_value(found["number"], found["multiple"]), unit)
    return None


def _value(number: str, multiple: str | None) -> float:
    value = float(number.replace(",", "")) if number[0].isdigit() else float(_numbers()[number.casefold()])
    return value * load("positions")["multiples"][multiple.casefold()] if multiple else value


@derived
def _currencies() -> dict[str, str]:
    return {word.casefold(): code for code, words in load("positions")["currencies"].items() for word in words}


@derived
def _numbers() -> dict[str, float]:
    return dict(load("times")["words"]["number"])


def _multiples() -> str:
    return rf"(?:[-\s]?(?P<multiple>{alternatives(load('positions')['multiples'])})\b)?"


@derived
def _signed() -> re.Pattern[str]:
    """Return the pattern of money with its currency before the number: "$1.5 billion"."""
    return re.compile(rf"(?<![A-Za-z])({alternatives(_currencies())})\s?({_DIGITS}){_multiples()}", re.IGNORECASE)


@derived
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns of numbers with their unit behind them, in the order in which they count."""
    units = load("positions")["units"]
    currencies = load("positions")["currencies"]
    return {unit: _pattern(words, 0) for unit, words in currencies.items()} | {
        unit: _pattern(words, 0 if unit == "percent" else _WORDS_BETWEEN) for unit, words in units.items()
    }


def _pattern(units: tuple[str, ...], between: int) -> re.Pattern[str]:
    number = rf"{_BEFORE}(?P<number>{_DIGITS}|\b(?:{alternatives(_numbers())})\b)"
    return re.compile(
        rf"{number}{_multiples()}[-\s]?(?:[A-Za-z]+\s){{0,{between}}}(?:{alternatives(units)})(?!\w)", re.IGNORECASE
    )
