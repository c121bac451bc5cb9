"""Records as span groups of a spaCy ``Doc``, by what their frames declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.frames._building import row_of
from toolkit.frames._columns import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

    from toolkit.frames._columns import FrameSpec, SpanGroup


def set_span_groups(doc: Doc, spec: FrameSpec, records: Iterable[Any]) -> None:
    """Fill the keys of ``doc.spans`` that a frame declares, with its records' spans snapped to tokens."""
    rows = [row_of(spec, record) for record in records]
    for group in spec.groups:
        labelled = [(row[group.label] if group.label else None, row) for row in rows]
        found = (
            doc.char_span(start, end, label=str(label or ""), alignment_mode="expand")
            for label, row in labelled
            for start, end in _spans(row, spec, group)
        )
        doc.spans[group.name] = [span for span in found if span is not None]


def _spans(row: dict[str, Any], spec: FrameSpec, group: SpanGroup) -> Iterator[tuple[int, int]]:
    """Give the spans of a row that a group shows: its own in pieces, where it is in pieces."""
    pieces = spec.the(Role.SPANS)
    if not group.of and pieces:
        yield from ((start, end) for start, end in row[pieces] or ())
        return
    start, end = (row[name] for name in spec.spans[group.of])
    if start is not None and end is not None:
        yield start, end
