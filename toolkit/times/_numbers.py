"""Numbers as news writes them: 12, 1,500, 2 1/2, two and a half, ninety-one, two thousand and six."""

from __future__ import annotations

from fractions import Fraction

from toolkit.times import _lexicon

_SIGNS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


def number(words: str) -> float:
    """Read a number from its words, parted by spaces and in small letters."""
    total = Fraction(0)
    current = Fraction(0)
    for word in words.split():
        if word == "half":
            current += Fraction(1, 2)
        elif word in _lexicon.tables()["words"]["magnitude"]:
            current = max(current, Fraction(1)) * _lexicon.value("magnitude", word)
            total, current = (total + current, Fraction(0)) if current >= 1000 else (total, current)
        else:
            current += _amount(word)
    result = total + current
    return int(result) if result.denominator == 1 else float(result)


def _amount(word: str) -> Fraction:
    if word in _SIGNS:
        return _SIGNS[word]
    if "/" in word:
        above, below = word.split("/")
        return Fraction(int(above), int(below) or 1)
    if word[0].isdigit():
        return Fraction(word.replace(",", ""))
    return Fraction(_lexicon.tables()["words"]["number"].get(word, 0))


def spelled_year(words: str) -> int:
    """Read a year as it is spoken: "nineteen ninety-one", "two thousand and six"."""
    parts = [word for word in words.split() if word.isalpha() and word != "and"]
    if "thousand" in parts:
        return int(number(" ".join(parts)))
    return int(number(parts[0])) * 100 + int(number(" ".join(parts[1:])))
