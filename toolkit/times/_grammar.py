"""The grammar of ``data/times.toml``: patterns over classes of tokens, compiled to regular expressions over codes.

Each token is written as one character that stands for the set of classes it belongs to, so a text becomes a short
string, and a pattern over classes becomes an ordinary regular expression over that string. All repetition in the
grammar is bounded, hence matching is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import WordsError
from toolkit.lexicon.lexicon import derived
from toolkit.times import _lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.times._tokens import Tokens

_OTHER = "."
_NOTHING = r"[^\s\S]"
_FIRST_CODE = 0x100
_KNOWN_WORDS = 100_000
_PREFIX_REACH = 5
# In a pattern: a quoted word, the opening of a group, or a name, captured or not.
_ELEMENT = re.compile(r"'(?P<word>[^'\s]+(?:'[a-z]+)?)'|(?P<group>\(\?(?:P<\w+>|<?[:=!]))|(?P<at>@?)(?P<name>[a-z]\w+)")
_SAMPLES = [
    *map(str, range(2200)),
    *(f"{n:02}" for n in range(10)),
    *(f"{hour:02}{minute:02}" for hour in range(30) for minute in (0, 60)),
    *(f"{n}{end}" for n in (1, 5, 12, 24, 31, 40, 400) for end in ("st", "nd", "rd", "th")),
    *(
        "1,000",
        "1.5",
        "9999",
        "99999",
        "3/4",
        "½",
        "2026-02-17",
        "17/02/2026",
        "9:30am",
        "5pm",
        "09:30",
        "9.30",
        "9:30",
    ),
    *(
        "1990s",
        "90s",
        "'90s",
        "’90s",
        "'45",
        "’45",
        "Q1",
        "H1",
        "a.m.",
        "a.m",
        "am",
        "PM",
        "9:30:15",
        "23:59",
        "24.50",
        "12.30",
    ),
]


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of tokens that a rule fits; ``groups`` hold the captured words in small letters."""

    reads: str
    first: int
    last: int
    groups: dict[str, str]
    order: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled patterns with the code of every word they know."""

    codes: dict[str, str]
    sets: dict[frozenset[str], str]
    known: frozenset[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    prefixes: dict[str, re.Pattern[str]]

    def encode(self, words: Iterable[str]) -> str:
        """One character for each token."""
        return "".join([self.codes.get(word) or self._code(word) for word in words])

    def _code(self, word: str) -> str:
        code = self.sets.get(_lexicon.classes(word) & self.known, _OTHER)
        # Bounded, so that a long run over many articles does not keep every word it met.
        if len(self.codes) < _KNOWN_WORDS:
            self.codes[word] = code
        return code


@derived
def grammar() -> Grammar:
    """Return the grammar of the data file, compiled once."""
    data = _lexicon.tables()
    sources = [(rule["reads"], source) for rule in data["rules"] for source in rule["patterns"]]
    written = [*(source for _, source in sources), *data["fragments"].values(), *data["prefixes"].values()]
    quoted = {match["word"] for source in written for match in _ELEMENT.finditer(source) if match["word"]}
    known = _lexicon.names() | {f"'{word}'" for word in quoted}
    words = _lexicon.all_words() | quoted
    samples = [*_SAMPLES, *words, *(word.capitalize() for word in words), *(word.upper() for word in words)]
    sets: dict[frozenset[str], str] = {frozenset(): _OTHER}
    for sample in samples:
        kept = _lexicon.classes(sample) & known
        sets.setdefault(kept, chr(_FIRST_CODE + len(sets)))
    rules = tuple((reads, re.compile(_translate(source, sets))) for reads, source in sources)
    prefixes = {name: re.compile(f"(?:{_translate(source, sets)})$") for name, source in data["prefixes"].items()}
    return Grammar({}, sets, known, rules, prefixes)


def _translate(source: str, sets: dict[frozenset[str], str]) -> str:
    def element(match: re.Match[str]) -> str:
        if match["group"]:
            return match["group"]
        if match["word"]:
            return _codes(f"'{match['word']}'", sets)
        name = match["name"]
        if name.removesuffix("_2") in fragments:
            inner = _translate(fragments[name.removesuffix("_2")], sets)
            return re.sub(r"\(\?P<(\w+)>", r"(?P<\1_2>", inner) if name.endswith("_2") else inner
        codes = _codes(name, sets)
        return f"(?P<{name}>{codes})" if match["at"] else codes

    fragments = _lexicon.tables()["fragments"]
    return re.sub(r"\s+", "", _ELEMENT.sub(element, source))


def _codes(name: str, sets: dict[frozenset[str], str]) -> str:
    codes = "".join(sorted(code for kept, code in sets.items() if name in kept))
    if not codes and name in _lexicon.names():
        return _NOTHING
    if not codes:
        raise WordsError(f"times.toml: a pattern names {name}, which is no class, fragment or known word")
    return f"[{codes}]"


def find(tokens: Tokens, codes: str) -> Iterator[Match]:
    """Every match of every rule, overlapping ones included."""
    for order, (reads, pattern) in enumerate(grammar().rules):
        for match in pattern.finditer(codes):
            groups = {
                name: " ".join(tokens.words[slice(*match.span(name))]).casefold()
                for name, codes in match.groupdict().items()
                if codes
            }
            yield Match(reads, match.start(), match.end(), groups, order)


def prefix(tokens: Tokens, codes: str, first: int, *, floor: int) -> tuple[str, int, str] | None:
    """Name, first token and word of what widens an expression to the left, but not beyond the token ``floor``."""
    start = max(floor, first - _PREFIX_REACH)
    for name, pattern in grammar().prefixes.items():
        match = pattern.search(codes[start:first])
        if match:
            word = next((tokens.words[start + match.start(group)] for group in match.groupdict() if match[group]), "")
            return name, start + match.start(), word.casefold()
    return None


def longest(matches: Iterable[Match]) -> list[Match]:
    """Keep matches that do not overlap: the earliest, of these the longest, of these the one whose rule is first."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last, m.order)):
        if not kept or match.first >= kept[-1].last:
            kept.append(match)
    return kept
