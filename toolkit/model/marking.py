"""Sentences as the reader of pairs sees them: word pieces with a mark before each mention, names hidden.

As for the classifier of a single target, a name is replaced by one word that stands for any name; here all who are
mentioned are marked, so that one reading of a sentence serves every pair in it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.masking import hide_names
from toolkit.model.word_pieces import CLS, MASK, SEP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tokenizers import Encoding, Tokenizer

    from toolkit.records import Span

LONGEST = 128
"""Most pieces of a sentence; of a longer one the first are read."""


class Marked(NamedTuple):
    """A sentence as the network takes it: ids of its pieces, and the place of the mark before each mention."""

    ids: list[int]
    marks: dict[Span, int]


def mark_sentences(
    tokenizer: Tokenizer, given: Sequence[tuple[str, Sequence[Span]]], longest: int = LONGEST
) -> list[Marked]:
    """Return sentences as pieces with marks.

    Parameters
    ----------
    tokenizer : Tokenizer
        From :func:`toolkit.model.word_pieces.load_tokenizer`.
    given : sequence of (str, sequence of (int, int))
        A sentence, and the spans of the mentions in it; one may lie in another.
    longest : int
        Most pieces. A mention behind the cut has no mark.
    """
    cuts = [_segments(text, spans) for text, spans in given]
    encoded = iter(tokenizer.encode_batch([text for cut in cuts for _, text in cut], add_special_tokens=False))
    return [_joined(cut, spans, encoded, longest) for cut, (_, spans) in zip(cuts, given, strict=True)]


def _segments(text: str, spans: Sequence[Span]) -> list[tuple[int | None, str]]:
    """Return a sentence in order as segments, each with where it begins if a mention begins there."""
    ends = dict(sorted(spans))
    bounds = sorted({0, len(text), *(place for span in spans for place in span)})
    found: list[tuple[int | None, str]] = []
    reach = 0
    for start, end in pairwise(bounds):
        reach = max(reach, ends.get(start, 0))
        words = text[start:end]
        found.append((start if start in ends else None, hide_names(words) if start < reach else words))
    return found


def _joined(
    segments: Sequence[tuple[int | None, str]], spans: Sequence[Span], encoded: Iterator[Encoding], longest: int
) -> Marked:
    ids, places = [CLS], dict[int, int]()
    for (start, _), pieces in zip(segments, encoded, strict=False):
        if start is not None:
            places[start] = len(ids)
            ids.append(MASK)
        ids += pieces.ids
    kept = ids[: longest - 1]
    marks = {span: places[span[0]] for span in spans if places[span[0]] < len(kept)}
    return Marked([*kept, SEP], marks)
