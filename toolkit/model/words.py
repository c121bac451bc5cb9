"""Articles as encoders read them: words as pieces with marks of layout, in windows of paragraphs.

A word is a token of the document that is not white space. Statements hardly ever run over a paragraph's end (in one of
22,000 of PolNeAR), so windows hold whole paragraphs where those fit, with some words before them to be read along.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.word_pieces import CLS, PARAGRAPH, SEP, UNKNOWN, load_tokenizer
from toolkit.text.sentences import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc
    from tokenizers import Tokenizer

    from toolkit.records import Span

    Cutter = Callable[[str], list[int]]

MAX_PIECES = 256
"""Longest window, with its first and last piece."""
CONTEXT = 24
"""Pieces before a window's own words that are read along."""
PIECES_OF_WORD = 6
"""Of a longer word (an address, a hash) the first pieces are read."""

PLAIN, TITLE, UPPER, INNER = 0, 1, 2, 3
OUTSIDE, INSIDE, MARK = 4, 5, 6
CONTINUES, OPENS = 7, 8
N_FEATURES = 9
_OPENING, _CLOSING, _STRAIGHT = "“«„", "”»", ('"', "``", "''")


class Features(NamedTuple):
    """What a word shows beyond its pieces, which are in small letters: its case, quotation marks, what it opens.

    That is a paragraph for the tagger of statements, a sentence for the parser.
    """

    case: int = PLAIN
    quoted: int = OUTSIDE
    place: int = CONTINUES


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article: spans, texts, pieces and features, which open a paragraph and which end a sentence."""

    spans: list[Span]
    texts: list[str]
    pieces: list[list[int]]
    features: list[Features]
    opens: list[bool]
    ends_sentence: list[bool]

    def __len__(self) -> int:
        return len(self.spans)

    def paragraphs(self) -> list[tuple[int, int]]:
        """Return the words of each paragraph, the end exclusive."""
        starts = [word for word in range(len(self)) if self.opens[word] or word == 0]
        return list(zip(starts, [*starts[1:], len(self)], strict=True)) if starts else []

    def size(self, word: int) -> int:
        """Return how many pieces a word takes up in a window."""
        return len(self.pieces[word]) + self.opens[word]


class Window(NamedTuple):
    """A stretch of words read in one go, of which those from ``own`` to ``own_end`` are to be scored."""

    start: int
    end: int
    own: int
    own_end: int


class Encoded(NamedTuple):
    """A window as the network takes it: ids of pieces, three features each, and the place of each word's first."""

    ids: list[int]
    features: list[Features]
    firsts: list[int]


def read_words(doc: Doc, cut: Cutter, body: Span | None = None) -> Words:
    """Return the words of a document.

    Parameters
    ----------
    doc : Doc
        Tokens; nothing else is read.
    cut : callable
        From :func:`word_cutter`, for BERT's word pieces, uncased.
    body : (int, int), optional
        The part of the text to read; all of it by default.
    """
    text = doc.text
    first, last = body or (0, len(text))
    spans = [
        (start, start + length)
        for start, length, space in doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype(int).tolist()
        if not space and first <= start < last
    ]
    texts = [text[start:end] for start, end in spans]
    opens = _openings(spans, [start for start, _ in paragraphs(text, body)])
    return Words(
        spans=spans,
        texts=texts,
        pieces=[cut(text) for text in texts],
        features=list(read_features(texts, opens)),
        opens=opens,
        ends_sentence=[text in {".", "!", "?"} for text in texts],
    )


def _openings(spans: Sequence[Span], starts: Sequence[int]) -> list[bool]:
    """Return which words are the first of a paragraph, given where paragraphs start."""
    coming = iter([*starts, float("inf")])
    start, found = next(coming), []
    for _, end in spans:
        found.append(end > start)
        while end > start:
            start = next(coming)
    return found


def word_cutter(tokenizer: Tokenizer) -> Cutter:
    """Return what gives the ids of a word's pieces; it remembers, for most words of an article were met before."""

    @lru_cache(maxsize=200_000)
    def cut(word: str) -> list[int]:
        return tokenizer.encode(word, add_special_tokens=False).ids[:PIECES_OF_WORD] or [UNKNOWN]

    return cut


@cache
def cutter() -> Cutter:
    """Return what gives a word's pieces, by the packaged word pieces."""
    return word_cutter(load_tokenizer())


def read_features(texts: Sequence[str], opens: Sequence[bool]) -> Iterator[Features]:
    """Yield the features of words, given which of them open a paragraph; a quotation ends with its paragraph."""
    inside = False
    for text, first in zip(texts, opens, strict=True):
        inside &= not first
        case, mark = _look(text)
        quoted = INSIDE if inside else OUTSIDE
        if mark is not None:
            inside, quoted = not inside if mark == "either" else mark == "opens", MARK
        yield features_of(case, quoted, OPENS if first else CONTINUES)


@cache
def features_of(case: int, quoted: int, place: int) -> Features:
    """Return the features of a word, the same object each time: there are few, and words are many."""
    return Features(case, quoted, place)


@lru_cache(maxsize=200_000)
def _look(text: str) -> tuple[int, str | None]:
    """Return a word's case and whether it has a quotation mark that opens, closes, or either."""
    mark = None
    if any(mark in text for mark in _OPENING):
        mark = "opens"
    elif any(mark in text for mark in _CLOSING):
        mark = "closes"
    elif text in _STRAIGHT or '"' in text:
        mark = "either"
    return _case(text), mark


def _case(text: str) -> int:
    if text.islower() or not any(letter.isalpha() for letter in text):
        return PLAIN
    if text.isupper() and len(text) > 1:
        return UPPER
    return TITLE if text[0].isupper() else INNER


def windows(words: Words, longest: int = MAX_PIECES, context: int = CONTEXT) -> list[Window]:
    """Return windows whose own words cover all words once, in order: paragraphs, as many as fit.

    Parameters
    ----------
    words : Words
    longest : int
        Most pieces of a window, with its first and last one.
    context : int
        Pieces before a window's own words that are read along.
    """
    limits = longest, context
    room = longest - 2 - context
    found: list[Window] = []
    start = size = 0
    for unit_start, unit_end in _units(words, room):
        length = sum(map(words.size, range(unit_start, unit_end)))
        if size and size + length > room:
            found.append(_with_context(words, (start, unit_start), limits))
            start, size = unit_start, 0
        size += length
    if size:
        found.append(_with_context(words, (start, len(words)), limits))
    return found


def _units(words: Words, room: int) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, those that are longer than a window in parts that end with a sentence where they can."""
    for start, end in words.paragraphs():
        begin, size, cut = start, 0, start
        for word in range(start, end):
            while size + words.size(word) > room:
                stop = cut if cut > begin else word
                yield begin, stop
                size = sum(map(words.size, range(stop, word)))
                begin, cut = stop, stop
            size += words.size(word)
            cut = word + 1 if words.ends_sentence[word] else cut
        yield begin, end


def _with_context(words: Words, given: Span, limits: tuple[int, int]) -> Window:
    (own, own_end), (longest, context) = given, limits
    start, size = own, 0
    while start > 0 and size + words.size(start - 1) <= context:
        start -= 1
        size += words.size(start)
    end, room = own_end, longest - 2 - sum(map(words.size, range(start, own_end)))
    # Where a paragraph goes on behind the window, its next words are read along too.
    while end < len(words) and not words.opens[end] and words.size(end) <= room:
        room -= words.size(end)
        end += 1
    return Window(start, end, own, own_end)


def encode(words: Words, start: int, end: int) -> Encoded:
    """Return a stretch of words as the network takes it."""
    ids, features, firsts = [CLS], [Features()], []
    for word in range(start, end):
        if words.opens[word]:
            ids.append(PARAGRAPH)
            features.append(Features(place=OPENS))
        firsts.append(len(ids))
        own = words.features[word]
        ids += words.pieces[word]
        features.append(own)
        if len(words.pieces[word]) > 1:
            inner = own if own.place == CONTINUES else own._replace(place=CONTINUES)
            features += [inner] * (len(words.pieces[word]) - 1)
    return Encoded([*ids, SEP], [*features, Features()], firsts)
