"""From tagged spans to attributions: each content to a cue of its paragraph, each cue to its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.attribution_tagger import TaggedSpan

_AGAINST = 120
"""Characters that a cue or source on the less probable side must be nearer by, where the model is sure of the side."""


@dataclass(slots=True)
class Attribution:
    """Contents with the cue and the source they share; any may be missing but a content."""

    contents: list[TaggedSpan] = field(default_factory=list)
    cue: TaggedSpan | None = None
    source: TaggedSpan | None = None


def link(spans: Sequence[TaggedSpan]) -> list[Attribution]:
    """Return the attributions that spans make up, in order; a content without a cue in its paragraph stands alone.

    Parameters
    ----------
    spans : sequence of TaggedSpan
        Of one article, in order.
    """
    found: list[Attribution] = []
    for _, paragraph in groupby(spans, key=lambda span: span.paragraph):
        found += _in_paragraph(list(paragraph))
    return found


def _in_paragraph(spans: Sequence[TaggedSpan]) -> list[Attribution]:
    cues = [Attribution(cue=span) for span in spans if span.role == "cue"]
    sources = [span for span in spans if span.role == "source"]
    alone = []
    for content in (span for span in spans if span.role == "content"):
        if cues:
            before, behind = content.links
            owner = min(cues, key=lambda made: _cost(content, made.cue, before, behind))
            owner.contents.append(content)
        else:
            alone.append(Attribution(contents=[content]))
    _let_take(cues)
    for made in cues:
        made.source = _source_of(made.cue, sources)
    return [made for made in (*cues, *alone) if made.contents]


def _let_take(cues: Sequence[Attribution]) -> None:
    """Let a cue without contents take those before a nearer one that has its own behind it.

    ``"We stay," Duarte, who opposed the deal, told reporters``: "opposed" is nearer, but it has "the deal".
    """
    for empty in (made for made in cues if not made.contents):
        for owner in cues:
            if owner.cue is None or empty.cue is None or owner.cue.start > empty.cue.start:
                continue
            before = [content for content in owner.contents if content.start < owner.cue.start]
            if len(before) < len(owner.contents) and not empty.contents:
                empty.contents = before
                owner.contents = [content for content in owner.contents if content not in before]


def _source_of(cue: TaggedSpan | None, sources: Sequence[TaggedSpan]) -> TaggedSpan | None:
    if cue is None or not sources:
        return None
    none, before, behind = cue.links
    if none > max(before, behind):
        return None
    return min(sources, key=lambda source: _cost(cue, source, before, behind))


def _cost(span: TaggedSpan, other: TaggedSpan | None, before: float, behind: float) -> float:
    """Return how far another span is, with what its side costs."""
    assert other is not None
    precedes = other.start < span.start
    distance = span.start - other.end if precedes else other.start - span.end
    return max(distance, 0) + _AGAINST * ((behind - before) if precedes else (before - behind))
