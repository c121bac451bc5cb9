"""Tasks of Label Studio, with what a person annotated in them: read back as lines.

What an annotation leaves as it was predicted is right, what it changes is set so, what it takes away is wrong, and
what it adds was missing. Each person's annotation of a task is a set of lines of its own.
"""

from __future__ import annotations

import json
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.corrections._lines import LINE
from toolkit.corrections._remembering import confirmed, edited, rejected
from toolkit.display import count_of, one_line
from toolkit.errors import InputError, ToolkitWarning
from toolkit.frames import line_of, marked_of, marked_text, pairs_text
from toolkit.frames._texts import list_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.display import Row

MEMORY = "as_found"
LABEL, TEXT = "label", "text"
DIVIDER = "__"

Spans = dict[str, list[tuple[int, int]]]
"""The spans of a row by the column that they set."""


class Region(NamedTuple):
    """Which part of which row a region is: its frame, its key, and the column that its span sets."""

    frame: str
    key: str
    column: str

    @property
    def id(self) -> str:
        """The id of the region; of several pieces of one span a number follows."""
        return DIVIDER.join(self)

    @classmethod
    def of(cls, text: str) -> Region | None:
        """Return what an id says, None where a person made it."""
        parts = text.split("#", maxsplit=1)[0].split(DIVIDER)
        return cls(*parts[:3]) if len(parts) == 4 else None


def lines_of_tasks(path: Path, content: bytes) -> list[Row]:
    """Return what was annotated in tasks, as Label Studio exports them (JSON), as lines.

    Parameters
    ----------
    path : Path
        The file, for messages.
    content : bytes
        What it holds.

    Raises
    ------
    InputError
        If these are no tasks that a coverage was written to.

    Warns
    -----
    ToolkitWarning
        Of regions that say nothing of a row, such as a cue that belongs to no statement.
    """
    try:
        tasks = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise InputError(f"{path}: not JSON ({one_line(fault)}); export the project of Label Studio as JSON") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InputError(f"{path}: no list of tasks; export the project of Label Studio as JSON")
    lines: list[Row] = []
    lost = 0
    for number, task in enumerate(tasks, start=1):
        data = task.get("data")
        if not isinstance(data, dict) or not isinstance(data.get(MEMORY), dict):
            raise InputError(
                f"{path}, task {number}: does not say what was found; import the tasks that "
                'coverage.export("….labelstudio.json") writes, and export them as JSON'
            )
        for annotation in task.get("annotations") or ():
            if not annotation.get("was_cancelled"):
                try:
                    found = _Annotation(data, annotation)
                    lines += found.lines()
                except (AttributeError, KeyError, TypeError, ValueError) as fault:
                    raise InputError(
                        f"{path}, task {number}: an annotation cannot be read ({one_line(fault)}); export the project "
                        "of Label Studio as JSON anew"
                    ) from None
                lost += found.lost
    if lost:
        told = count_of(lost, "region")
        warnings.warn(f"{path}: {told} that say nothing of a row; correct these in code", ToolkitWarning, stacklevel=5)
    return lines


class _Annotation:
    """One person's annotation of a task."""

    def __init__(self, data: Mapping[str, Any], annotation: Mapping[str, Any]) -> None:
        self._text: str = data[TEXT]
        self._article: str = data["article_id"]
        self._memory: Mapping[str, Any] = data[MEMORY]
        who = annotation.get("completed_by")
        who = (who.get("email") or who.get("id")) if isinstance(who, dict) else who
        when = annotation.get("updated_at") or annotation.get("created_at")
        self._told = {"who": line_of(who) or None, "when": line_of(when) or None}
        self._parts: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for part in annotation.get("result") or ():
            if "id" in part:
                self._parts[part["id"]].append(part)
        self.lost = 0

    def lines(self) -> list[Row]:
        """Return what it says."""
        spans: dict[tuple[str, str], Spans] = defaultdict(lambda: defaultdict(list))
        values: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        new = []
        for name, parts in self._parts.items():
            region = Region.of(name)
            if region is None or region.key not in self._memory["rows"].get(region.frame, {}):
                new.append(parts)
                continue
            row = (region.frame, region.key)
            values[row] |= self._values(parts, region.frame)
            spans[row][region.column].append(_span(parts))
        lines = [
            line
            for frame, rows in self._memory["rows"].items()
            for key, had in rows.items()
            for line in self._about(frame, key, had, spans.get((frame, key)), values[frame, key])
        ]
        lines += [line for parts in new for line in self._added(parts)]
        return [line | self._told for line in lines]

    def _about(self, frame: str, key: str, had: Row, spans: Spans | None, values: Mapping[str, str]) -> Iterator[Row]:
        """Yield what an annotation says of a row that was predicted."""
        own, *_ = self._memory["spans"][frame]
        if spans is None or own not in spans:
            yield rejected(frame, key, had)
            return
        given = {name: values.get(name, "") for name in self._memory["columns"][frame]}
        for column in self._memory["spans"][frame]:
            places = sorted(spans.get(column, ()))
            if column in had["places"]:
                given[column] = self._marked(places, had["places"][column])
            elif places != [(had["start"], had["end"])]:
                self.lost += 1
        lines = list(edited(frame, key, had, given))
        yield from lines or [confirmed(frame, key, had)]

    def _marked(self, places: Sequence[tuple[int, int]], had: str) -> str:
        """Return spans as text; what was there, where only white space at their ends differs."""
        found = [self._trimmed(*place) for place in places]
        before = [self._trimmed(span.start, span.end) for span in marked_of(had, "a place")]
        return had if found == before else marked_text(found, self._text)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        words = self._text[start:end]
        return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())

    def _added(self, parts: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
        """Yield the line about a row that a person adds."""
        labels = [label for part in parts if part["type"] == "labels" for label in part["value"]["labels"]]
        frame = self._memory["labels"].get(labels[0]) if labels else None
        if frame is None:
            self.lost += 1
            return
        start, end = self._trimmed(*_span(parts))
        yield dict.fromkeys(LINE) | {
            "frame": frame,
            "article": self._article,
            "start": start,
            "end": end,
            "words": line_of(self._text[start:end]),
            "given": pairs_text({name: text for name, text in self._values(parts, frame).items() if text}),
            "verdict": "add",
        }

    def _values(self, parts: Sequence[Mapping[str, Any]], frame: str) -> dict[str, str]:
        """Return what was chosen or written for a region, by column."""
        found = {}
        for part in parts:
            of, _, column = part["from_name"].partition(DIVIDER)
            if of == frame and column in self._memory["columns"][frame]:
                told = part["value"].get("choices") or part["value"].get("text") or []
                texts = [line_of(each) for each in ([told] if isinstance(told, str) else told)]
                found[column] = (list_text if column in self._memory["lists"][frame] else " ".join)(texts)
        return found


def _span(parts: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    value = next((part["value"] for part in parts if part["type"] == "labels"), parts[0]["value"])
    return int(value["start"]), int(value["end"])
