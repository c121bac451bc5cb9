"""From text to tokens: the units that the grammar reads, with their offsets and their sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import alternatives
from toolkit.times import _lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.records import Span

_ABBREVIATED = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun"
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]{0,2}\s+(?=['\"“‘(`]{0,2}[A-Z0-9])|\n\s*\n")
# A full stop after one of these ends no sentence.
_TITLES = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Gov|No|vs|Inc|Corp|Co|" + _ABBREVIATED + r")|\b[A-Za-z])\.$"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text; ``words`` are in small letters and ``sentence`` tells where each one's sentence begins."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Span]
    paragraphs: list[int]

    def sentence_of(self, token: int) -> tuple[int, int]:
        """First token and the token after the last of the sentence that a token stands in."""
        at = self.starts[token]
        index = bisect_right(self.sentences, (at, len(self.text))) - 1
        start, end = self.sentences[index] if index >= 0 else (0, len(self.text))
        if end <= at:
            start, end = at, len(self.text)
        return bisect_right(self.starts, start - 1), bisect_right(self.starts, end - 1)

    def begins_line(self, token: int) -> bool:
        """Whether a token is the first of its line."""
        before = self.text[self.ends[token - 1] : self.starts[token]] if token else "\n"
        return "\n" in before or self.words[token - 1] == "\n"

    def paragraph_of(self, offset: int) -> int:
        """Return the running number of the paragraph that an offset stands in."""
        return bisect_right(self.paragraphs, offset)


@derived
def _token_pattern() -> re.Pattern[str]:
    holidays = alternatives(_lexicon.tables()["holidays"]).replace("'", "['’]").replace(r"\ ", r"\s")
    return re.compile(
        rf"""\b(?:{holidays})(?!\w)
        |\d{{4}}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\d-])
        |\d{{1,2}}/\d{{1,2}}/\d{{4}}(?!\d)|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?!\d)
        |\d{{1,2}}(?:[:.]\d\d)?[ap]m\b
        |\d{{1,2}}:\d\d(?::\d\d)?(?!\d)|\d{{1,2}}\.\d\d(?=\s?[ap]\.?m\b)
        |\d/\d(?!\d)
        |(?:1\d|20)\d0s\b|['’‘]?\d0s\b
        |\d{{1,4}}(?:st|nd|rd|th)\b
        |(?<![\w'’‘])['’‘]\d\d\b(?!['’])
        |\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?
        |\b[QHqh][1-4]\b
        |\b[ap]\.\s?m\.|\b[ap]\.\s?m\b|\b[AP]\.M\.
        |\b(?:{_ABBREVIATED}|{_ABBREVIATED.upper()})\.
        |['’](?:s|ll|d|ve|re)\b
        |\bo['’]clock\b
        |[^\W\d_]+
        |\n[^\S\n]*\n\s*
        |\S""",
        re.VERBOSE,
    )


def tokenize(text: str, sentences: Sequence[Span] | None = None) -> Tokens:
    """Cut a text into tokens; blank lines are tokens too, so that no expression runs across paragraphs."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _token_pattern().finditer(text):
        word = match.group()
        words.append("\n" if word[0] == "\n" else word)
        starts.append(match.start())
        ends.append(match.end())
    gap = r"\n\s*\n" if "\n\n" in text.strip() else r"\n"
    paragraphs = [match.start() for match in re.finditer(gap, text)]
    spans = sorted(sentences) if sentences is not None else split_sentences(text)
    return Tokens(text, words, starts, ends, spans, paragraphs)


def split_sentences(text: str) -> list[Span]:
    """Cut a text into sentences at full stops before capitals, and at blank lines."""
    spans: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[match.start()] == "." and _TITLES.search(text[max(start, match.start() - 6) : match.start() + 1]):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans
