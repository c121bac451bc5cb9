"""What the splitters share: blocks of lines, and the parts made of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load
from toolkit.reading._dates import parse_date
from toolkit.reading._parts import Doubt, Fault, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DAY_CHARS = 80
_BLANK_LINES = re.compile(r"\n{3,}")
_EDITION = re.compile(r"(\b(?:19|20)\d{2}\b(?:,? \w+day)?).*")
_WORD_COUNT = re.compile(r"[0-9][0-9.,]* (?:words|mots|Wörter|palabras|parole)\b", re.IGNORECASE)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text without blanks around them; pages of print begin no new one."""
    return [line.strip() for line in text.replace("\f", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")]


@derived
def words_of(name: str) -> tuple[str, ...]:
    """Return the words by which an archive's export tells of an article."""
    return tuple(load("reading")["exports"][name])


def is_day(line: str) -> bool:
    """Whether a line is a day and nothing else."""
    if len(line) > _DAY_CHARS:
        return False
    try:
        parse_date(line)
    except InputError:
        return False
    return True


def without_edition(line: str) -> str:
    """Return a line of a day without the clock and edition behind it."""
    return _EDITION.sub(r"\1", line)


def is_word_count(line: str) -> bool:
    """Whether a line tells how long an article is."""
    return bool(_WORD_COUNT.match(line)) and len(line) < 60


def part(number: int, fields: Mapping[str, str], body: Sequence[str]) -> Part:
    """Return the article of an export, by its number from 1; a fault where it has no text."""
    where = f"article {number}"
    text = _BLANK_LINES.sub("\n\n", "\n".join(body)).strip()
    if not text:
        return Fault("has no text in this export; export it again with full texts", where)
    return Text(text, {name: " ".join(value.split()) for name, value in fields.items() if value.strip()}, where)


def counted(parts: list[Part], told: int | None, archive: str) -> list[Part]:
    """Return the parts, after a doubt where the export tells of more articles than were found."""
    if told is not None and told > len(parts):
        return [Doubt(f"is an export of {archive} that tells of {told} articles; {len(parts)} were found"), *parts]
    return parts


def blocks(lines: Iterable[str], begins: re.Pattern[str]) -> list[list[str]]:
    """Return the lines from each that begins an article to the next; what stands before the first is left out."""
    found: list[list[str]] = []
    for line in lines:
        if begins.fullmatch(line):
            found.append([])
        elif found:
            found[-1].append(line)
    return found
