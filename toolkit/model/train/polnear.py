"""Articles to train the tagger on: PolNeAR (Newell et al. 2018) as tags of words, with the links between spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

from toolkit.model.data_files import read_rows
from toolkit.model.tags import LINKS, begin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language

    from toolkit.model.words import Cutter, Words
    from toolkit.records import Span

NO_LABEL = -100
VALIDATION_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Labels:
    """One reader's view of an article: a tag for each word; links at the first words of cues and contents.

    A student learns from ``guide`` instead: how probable each tag and link of a word is, shape (words, LEVEL), or with
    those of statements inside others and modes, shape (words, SCORES), float32.
    """

    tags: list[int]
    links: list[int]
    guide: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An article with its labels by each annotator."""

    words: Words
    views: tuple[Labels, ...]


def read_articles(path: Path) -> Iterator[dict[str, Any]]:
    """Return the articles of a file of PolNeAR (jsonl.gz).

    Raises
    ------
    InputError
        Where the file is missing.
    """
    return read_rows(path, "attribution/")


def held_out(article: dict[str, Any]) -> bool:
    """Tell whether an article for training is kept aside to choose and calibrate by."""
    return crc32(article["file"].encode()) % 1000 < 1000 * VALIDATION_SHARE


def read_example(article: dict[str, Any], nlp: Language, cut: Cutter) -> Example:
    """Return an article's words with the tags of all who annotated it."""
    from toolkit.model.words import read_words

    words = read_words(nlp.make_doc(article["text"]), cut)
    return Example(words, tuple(label(words, rows) for rows in article["annotators"].values()))


def label(words: Words, rows: Sequence[dict[str, Any]]) -> Labels:
    """Return one annotator's attributions as tags and links.

    Where spans overlap, which is rare, the shorter one is kept.
    """
    roles = [(role, tuple(map(tuple, row[role]))) for row in rows for role in ("source", "cue", "content") if row[role]]
    owner: dict[int, tuple[str, tuple[Span, ...]]] = {}
    placed = {span: _words_in(words, span[1]) for span in roles}
    for span in sorted(placed, key=lambda span: -len(placed[span])):
        owner.update(dict.fromkeys(placed[span], span))
    tags = [0] * len(words)
    for word, span in owner.items():
        goes_on = owner.get(word - 1) == span and not words.opens[word]
        tags[word] = begin(span[0]) + goes_on
    return Labels(tags, _links(tags, rows, placed))


def _words_in(words: Words, spans: Sequence[Span]) -> list[int]:
    from bisect import bisect_left

    ends = [end for _, end in words.spans]
    found = []
    for start, end in spans:
        word = bisect_left(ends, start + 1)
        while word < len(words) and words.spans[word][0] < end:
            found.append(word)
            word += 1
    return sorted(set(found))


def _links(
    tags: list[int], rows: Sequence[dict[str, Any]], placed: dict[tuple[str, tuple[Span, ...]], list[int]]
) -> list[int]:
    links = [NO_LABEL] * len(tags)
    for row in rows:
        source, cue, content = (
            placed.get((role, tuple(map(tuple, row[role] or ())))) for role in ("source", "cue", "content")
        )
        if not cue:
            continue
        if tags[cue[0]] == begin("cue"):
            links[cue[0]] = LINKS.index(
                "no source" if not source else "source before" if source[0] < cue[0] else "source behind"
            )
        for word in content or ():
            if tags[word] == begin("content"):
                links[word] = LINKS.index("cue before" if cue[0] < word else "cue behind")
    return links
