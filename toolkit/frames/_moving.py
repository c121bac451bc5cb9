"""Offsets of frames turned into others, wherever a frame has them: as when only parts of the texts are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from toolkit.display import is_missing, rows
from toolkit.frames._columns import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from toolkit.display import Row
    from toolkit.frames._columns import FrameSpec


class Part(Protocol):
    """What is left of one article's text, and where its offsets lie now."""

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span was kept."""
        ...

    def span(self, start: int, end: int) -> list[int]:
        """Return where a span that was kept lies now."""
        ...


def spans_of_row(row: Row, spec: FrameSpec) -> Iterator[tuple[int, int]]:
    """Give all spans that a row has in its own article."""
    for start, end in spec.spans.values():
        if row.get(start) is not None and row.get(end) is not None:
            yield int(row[start]), int(row[end])
    for name in spec.by_role(Role.SPANS):
        yield from ((int(start), int(end)) for start, end in row.get(name) or ())


def places_of_row(row: Row, spec: FrameSpec) -> Iterator[tuple[str, int, int]]:
    """Give all passages that a row points to, each with its article."""
    for name in spec.by_role(Role.PLACE):
        if place := row.get(name):
            yield place[0], int(place[1]), int(place[2])
    for name in spec.by_role(Role.PLACES):
        yield from ((article, int(start), int(end)) for article, start, end in row.get(name) or ())


def moved(frame: pd.DataFrame, spec: FrameSpec, parts: Mapping[str, Part]) -> pd.DataFrame:
    """Return a frame with all its offsets moved, without the rows whose own words were not kept.

    Parameters
    ----------
    frame : pandas.DataFrame
    spec : FrameSpec
    parts : mapping of str to Part
        What is left of each article, by its id.

    Returns
    -------
    pandas.DataFrame
        Any other span, and any passage, whose words were not kept is missing.
    """
    import pandas as pd

    kept = [row for row in enumerate(rows(frame)) if _stays(row[1], spec, parts)]
    frame = frame.iloc[[number for number, _ in kept]]
    given = [row for _, row in kept]
    columns: dict[str, list[Any]] = {}
    article = spec.the(Role.ARTICLE)
    if article is not None:
        for start, end in _present_pairs(frame, spec):
            spans = [_span(parts[row[article]], row[start], row[end]) for row in given]
            columns[start], columns[end] = ([span[side] for span in spans] for side in (0, 1))
        for name in _present(frame, spec, Role.SPANS):
            columns[name] = [_spans(parts[row[article]], row[name]) for row in given]
    for name in _present(frame, spec, Role.PLACE):
        columns[name] = [_place(parts, row[name]) for row in given]
    for name in _present(frame, spec, Role.PLACES):
        columns[name] = [_places(parts, row[name]) for row in given]
    return frame.assign(
        **{name: pd.Series(values, index=frame.index, dtype=frame[name].dtype) for name, values in columns.items()}
    )


def _stays(row: Row, spec: FrameSpec, parts: Mapping[str, Part]) -> bool:
    """Tell whether a row's own words are kept; one without words of its own stays."""
    article = spec.the(Role.ARTICLE)
    if article is None or "" not in spec.spans:
        return True
    start, end = (row.get(name) for name in spec.spans[""])
    part = parts.get(row[article])
    return part is not None and (start is None or end is None or part.holds(int(start), int(end)))


def _present(frame: pd.DataFrame, spec: FrameSpec, role: Role) -> list[str]:
    return [name for name in spec.by_role(role) if name in frame.columns]


def _present_pairs(frame: pd.DataFrame, spec: FrameSpec) -> list[tuple[str, str]]:
    return [pair for pair in spec.spans.values() if set(pair) <= set(frame.columns)]


def _span(part: Part, start: Any, end: Any) -> list[int] | tuple[None, None]:
    if is_missing(start) or is_missing(end) or not part.holds(int(start), int(end)):
        return None, None
    return part.span(int(start), int(end))


def _spans(part: Part, spans: Any) -> Any:
    return None if spans is None else [part.span(int(s), int(e)) for s, e in spans if part.holds(int(s), int(e))]


def _place(parts: Mapping[str, Part], place: Any) -> Any:
    if not place or place[0] not in parts or not parts[place[0]].holds(int(place[1]), int(place[2])):
        return None
    return [place[0], *parts[place[0]].span(int(place[1]), int(place[2]))]


def _places(parts: Mapping[str, Part], places: Any) -> Any:
    return None if places is None else [found for place in places if (found := _place(parts, place))]
