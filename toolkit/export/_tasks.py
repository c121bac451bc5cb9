"""Articles as tasks of Label Studio, with all that was found as predictions, and the interface to label them in.

A region is a span of a row, coloured by its frame; what can be set of the row stands beside it, as a choice or a line
of text. Offsets count code points, as Label Studio does. Each task remembers the rows as they were found, so that
:func:`toolkit.read_corrections` takes the project's export back (see :mod:`toolkit.corrections._tasks`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from toolkit.corrections._remembering import Memory
from toolkit.corrections._tasks import DIVIDER, LABEL, MEMORY, TEXT, Region
from toolkit.display import count_of
from toolkit.export._placing import articles_of, day_of, frames_of, named, places_of
from toolkit.files import write_text
from toolkit.frames import Role, line_of, marked_of, text_of
from toolkit.frames._types import member
from toolkit.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.frames import Column, FrameSpec

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9")
ABOUT = ("title", "outlet", "url", "path")

Result = dict[str, Any]


def write_tasks(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write a task for each article, and beside it the interface of the project."""
    specs = [spec for spec in coverage.specs().values() if _is_shown(spec)]
    tasks = list(_tasks(coverage, specs))
    write_text(interface_path(path), interface(specs))
    write_text(path, f"{json.dumps(tasks, ensure_ascii=False)}\n")
    return [(path, count_of(len(tasks), "task")), (interface_path(path), "the labelling interface of the project")]


def interface_path(path: Path) -> Path:
    """Return where the interface stands beside the tasks."""
    return path.with_suffix(".xml")


def interface(specs: list[FrameSpec]) -> str:
    """Return the interface, to be pasted as code under Settings, Labeling Interface."""
    view = ET.Element("View")
    labels = ET.SubElement(view, "Labels", {"name": LABEL, "toName": TEXT})
    for number, spec in enumerate(specs):
        for name in _labels(spec).values():
            ET.SubElement(labels, "Label", {"value": name, "background": COLOURS[number % len(COLOURS)]})
    ET.SubElement(view, "Text", {"name": TEXT, "value": f"${TEXT}", "granularity": "word"})
    for spec in specs:
        for column in _values(spec):
            view.append(_control(spec, column))
    ET.indent(view)
    return f"{ET.tostring(view, encoding='unicode')}\n"


def _control(spec: FrameSpec, column: Column) -> ET.Element:
    """Return what a value of a region is chosen or written with."""
    about = {
        "name": f"{spec.name}{DIVIDER}{column.name}",
        "toName": TEXT,
        "perRegion": "true",
        "whenTagName": LABEL,
        "whenLabelValue": _labels(spec)[_own(spec)],
    }
    box = ET.Element("View")
    ET.SubElement(box, "Header", {"value": column.label, "size": "6"})
    if column.accepts:
        choices = ET.SubElement(box, "Choices", about | {"choice": "single", "showInline": "true"})
        for accepted in column.accepts:
            ET.SubElement(choices, "Choice", {"value": str(accepted)})
    else:
        several = {} if member(column.holds) else {"maxSubmissions": "1"}
        ET.SubElement(box, "TextArea", about | {"editable": "true", "rows": "1"} | several)
    return box


def _is_shown(spec: FrameSpec) -> bool:
    return spec.is_placed and bool(spec.editable) and spec.the(Role.KEY) is not None


def _own(spec: FrameSpec) -> str:
    """Return the column that a row's own span sets; where it cannot be set, its words or its start."""
    pieces = spec.the(Role.SPANS)
    words = next((column.name for column in spec.columns if column.role is Role.WORDS and not column.of), None)
    return pieces or words or spec.spans[""][0]


def _labels(spec: FrameSpec) -> dict[str, str]:
    """Return the label of each span of a row, by the column that it sets, its own first."""
    others = {column.name: column.of for column in spec.editable if column.role is Role.WORDS and column.of}
    return {_own(spec): spec.noun} | {name: f"{of} of a {spec.noun}" for name, of in others.items()}


def _values(spec: FrameSpec) -> list[Column]:
    """Return the columns that are set beside a region."""
    return [column for column in spec.editable if column.role not in {Role.WORDS, Role.SPANS}]


def _tasks(coverage: Coverage, specs: list[FrameSpec]) -> Iterator[dict[str, Any]]:
    articles = articles_of(coverage)
    names = {spec.name for spec in specs}
    results: dict[str, list[Result]] = defaultdict(list)
    memories: dict[str, dict[str, dict[str, Row]]] = defaultdict(lambda: {name: {} for name in sorted(names)})
    for spec, rows in frames_of(coverage):
        if spec.name not in names:
            continue
        memory, article, key = Memory(spec, articles), spec.the(Role.ARTICLE) or "", spec.the(Role.KEY) or ""
        for row in rows:
            had = memory.of(row)
            memories[row[article]][spec.name][row[key]] = had
            results[row[article]] += _results(row, spec, row[key], had, articles)
    common = {
        "labels": {_labels(spec)[_own(spec)]: spec.name for spec in specs},
        "spans": {spec.name: list(_labels(spec)) for spec in specs},
        "columns": {spec.name: [column.name for column in _values(spec)] for spec in specs},
        "lists": {spec.name: [column.name for column in _values(spec) if member(column.holds)] for spec in specs},
    }
    for one, article_row in articles.items():
        about = {name: line_of(article_row[name]) for name in ABOUT}
        yield {
            "data": {
                TEXT: article_row["text"],
                "article_id": one,
                "published": day_of(article_row),
                **about,
                MEMORY: {**common, "rows": memories[one]},
            },
            "predictions": [{"model_version": f"toolkit {version()}", "result": results[one]}],
        }


def _results(row: Row, spec: FrameSpec, key: str, had: Row, articles: Mapping[str, Row]) -> Iterator[Result]:
    """Yield the regions of a row, and what is told beside the first."""
    text = articles[row[spec.the(Role.ARTICLE) or ""]]["text"]
    own = _own(spec)
    for column, label in _labels(spec).items():
        spans = [(start, end) for _, start, end in places_of(row, spec)]
        if column != own:
            spans = [(span.start, span.end) for span in marked_of(had["places"][column], spec.name)]
        for number, (start, end) in enumerate(spans):
            region = f"{Region(spec.name, key, column).id}{DIVIDER}{number}"
            place = {"start": start, "end": end, "text": text[start:end]}
            yield _part(region, LABEL, "labels", place | {"labels": [label]})
            if column == own and not number:
                yield from _told(row, spec, region, place)


def _told(row: Row, spec: FrameSpec, region: str, place: Mapping[str, Any]) -> Iterator[Result]:
    for column in _values(spec):
        value = row.get(column.name)
        told = [line_of(each) for each in named(value)] if isinstance(value, list) else [text_of(value, column)]
        if told := [each for each in told if each]:
            kind = "choices" if column.accepts else "textarea"
            held = {"choices": told} if column.accepts else {"text": told}
            yield _part(region, f"{spec.name}{DIVIDER}{column.name}", kind, {**place, **held})


def _part(region: str, name: str, kind: str, value: Mapping[str, Any]) -> Result:
    return {
        "id": region,
        "from_name": name,
        "to_name": TEXT,
        "type": kind,
        "origin": "prediction",
        "value": dict(value),
    }
