"""Tasks of Label Studio: in the form that it documents, and back from it as corrections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import exported
import jsonschema
import pytest
from lxml import etree

import toolkit as tk
from toolkit.errors import InputError, ToolkitWarning
from toolkit.export._tasks import interface_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from toolkit.coverage import Coverage

Task = dict[str, Any]

SPAN = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer"}}
TEXTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
WORDS = {"type": "string", "minLength": 1}

KINDS = {
    "labels": {"text": WORDS, "labels": TEXTS},
    "choices": {"text": WORDS, "choices": {**TEXTS, "maxItems": 1}},
    "textarea": {"text": TEXTS},
}

# https://labelstud.io/guide/predictions and /guide/task_format, as far as tasks of text go.
RESULT = {
    "type": "object",
    "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {"id": WORDS, "from_name": WORDS, "to_name": {"const": "text"}},
    "oneOf": [
        {
            "properties": {
                "type": {"const": kind},
                "value": {"required": ["start", "end", *held], "properties": {**SPAN, **held}},
            }
        }
        for kind, held in KINDS.items()
    ],
}
TASKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data", "predictions"],
        "properties": {
            "data": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
            "predictions": {
                "type": "array",
                "items": {
                    "required": ["model_version", "result"],
                    "properties": {"model_version": WORDS, "result": {"type": "array", "items": RESULT}},
                },
            },
        },
    },
}


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return exported.coverage()


@pytest.fixture
def path(coverage: Coverage, tmp_path: Path) -> Path:
    return coverage.export(tmp_path / "a.labelstudio.json")


def tasks_of(path: Path) -> list[Task]:
    found: list[Task] = json.loads(path.read_text(encoding="utf-8"))
    return found


def annotated(
    path: Path, change: Callable[[list[dict[str, Any]]], Any] = lambda _: None, task: int = 0, **more: Any
) -> Path:
    """Submit a task's prediction as Label Studio does, changed; its regions keep their ids."""
    tasks = tasks_of(path)
    result = tasks[task]["predictions"][0]["result"]
    for part in result:
        part["origin"] = "prediction"
    change(result)
    who = {"completed_by": {"id": 3, "email": "ida@example.org"}, "created_at": "2031-04-01T09:30:00.5Z"}
    tasks[task]["annotations"] = [
        *tasks[task].get("annotations", []),
        {"id": 7, "was_cancelled": False, "result": result, **who, **more},
    ]
    # What it exports by default of a prediction is its number.
    tasks[task]["predictions"] = [12]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def region(result: list[dict[str, Any]], start: str, kind: str = "labels", name: str = "label") -> dict[str, Any]:
    return next(p for p in result if p["id"].startswith(start) and p["type"] == kind and p["from_name"].endswith(name))


def moved(start: str, words: str) -> Callable[[list[dict[str, Any]]], None]:
    def change(result: list[dict[str, Any]]) -> None:
        at = exported.FIRST.index(words)
        region(result, start)["value"] |= {"start": at, "end": at + len(words), "text": words}

    return change


def told(start: str, name: str, kind: str, *values: str) -> Callable[[list[dict[str, Any]]], None]:
    def change(result: list[dict[str, Any]]) -> None:
        held = "choices" if kind == "choices" else "text"
        region(result, start, kind, name)["value"][held] = list(values)

    return change


def without(start: str) -> Callable[[list[dict[str, Any]]], None]:
    def change(result: list[dict[str, Any]]) -> None:
        result[:] = [part for part in result if not part["id"].startswith(start)]

    return change


@pytest.mark.parametrize("change", [str, exported.hostile])
def test_tasks_have_the_documented_form_and_slice_to_the_text(change: Callable[[str], str], tmp_path: Path) -> None:
    path = exported.coverage(change).export(tmp_path / "a.labelstudio.json")
    tasks = tasks_of(path)
    jsonschema.validate(tasks, TASKS)
    assert [task["data"]["text"] for task in tasks] == [exported.FIRST, exported.SECOND]
    interface = etree.parse(interface_path(path)).getroot()
    controls = {each.get("name"): each for each in interface.iter() if each.get("toName") == "text"}
    labels = {each.get("value") for each in interface.iter("Label")}
    choices = {name: {each.get("value") for each in one} for name, one in controls.items() if one.tag == "Choices"}
    kinds = {"labels": "Labels", "choices": "Choices", "textarea": "TextArea"}
    for task in tasks:
        for part in task["predictions"][0]["result"]:
            value = part["value"]
            assert controls[part["from_name"]].tag == kinds[part["type"]]
            assert labels.issuperset(value.get("labels", []))
            assert choices.get(part["from_name"], set()).issuperset(value.get("choices", []))
            if part["type"] != "textarea":
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_what_is_told_of_an_article_and_of_a_statement(coverage: Coverage, path: Path) -> None:
    data = tasks_of(path)[0]["data"]
    assert (data["title"], data["outlet"], data["published"]) == ("Harbour talks resume", "Ferry Post", "2031-03-04")
    result = tasks_of(path)[0]["predictions"][0]["result"]
    key = coverage.quotations["key"].iloc[0]
    own = [part for part in result if f"__{key}__" in part["id"]]
    assert [part["value"]["text"] for part in own if part["type"] == "labels"] == [
        "the quay stays shut", "for good", "told", "Ada Berg", "the union",
    ]  # fmt: skip
    assert region(own, "quotations", "textarea", "speaker")["value"]["text"] == ["Ada Berg"]
    assert region(own, "quotations", "choices", "kind")["value"]["choices"] == ["direct"]


def test_what_is_left_as_it_was_is_right(coverage: Coverage, path: Path) -> None:
    lines = tk.read_corrections(annotated(path))
    assert set(lines["verdict"]) == {"right"}
    assert set(lines["who"]) == {"ida@example.org"}
    own = coverage.articles["article_id"].iloc[0]
    placed = ("mentions", "quotations", "sentiment", "times", "numbers")
    assert len(lines) == sum(int((coverage[name]["article_id"] == own).sum()) for name in placed)
    assert set(tk.correct(coverage, path).checked["outcome"]) == {"applied"}


def test_fields_that_are_traps_come_back_as_they_were(tmp_path: Path) -> None:
    coverage = exported.coverage(exported.hostile)
    path = annotated(coverage.export(tmp_path / "a.labelstudio.json"))
    assert set(tk.read_corrections(path)["verdict"]) == {"right"}
    assert set(tk.correct(coverage, path).checked["outcome"]) == {"applied"}


@pytest.mark.parametrize(
    ("change", "frame", "column", "expected"),
    [
        (told("quotations", "speaker", "textarea", "Kip"), "quotations", "speaker", "Kip"),
        (told("quotations", "kind", "choices", "mixed"), "quotations", "kind", "mixed"),
        (told("sentiment", "polarity", "choices", "-1"), "sentiment", "polarity", -1),
        (told("numbers", "near", "textarea", "in", "March"), "numbers", "near", ["in", "March"]),
        (moved("mentions", "Ada"), "mentions", "text", "Ada"),
        (moved("times", "on Monday"), "times", "text", "on Monday"),
        # A selection by whole words takes a space along.
        (moved("times", "on Monday "), "times", "text", "on Monday"),
    ],
)
def test_what_is_changed_is_set(
    change: Callable[[list[dict[str, Any]]], None],
    frame: str,
    column: str,
    expected: Any,
    coverage: Coverage,
    path: Path,
) -> None:
    lines = tk.read_corrections(annotated(path, change))
    assert lines.loc[lines["verdict"] == "edit", ["frame", "column"]].to_numpy().tolist() == [[frame, column]]
    row = tk.correct(coverage, path)[frame].iloc[0]
    assert row[column] == expected
    assert row["origin"] == "corrected"


def test_pieces_sources_and_cues_move(coverage: Coverage, path: Path) -> None:
    key = coverage.quotations["key"].iloc[0]

    def change(result: list[dict[str, Any]]) -> None:
        moved(f"quotations__{key}__spans__1", "good")(result)
        moved(f"quotations__{key}__cue", "told the union")(result)
        without(f"quotations__{key}__source_text")(result)

    row = tk.correct(coverage, annotated(path, change)).quotations.iloc[0]
    assert [exported.FIRST[start:end] for start, end in row["spans"]] == ["the quay stays shut", "good"]
    assert (row["cue"], row["source_text"], row["audience"]) == ("told the union", None, "the union")


def test_what_is_taken_away_is_wrong_and_what_is_added_was_missing(coverage: Coverage, path: Path) -> None:
    start = exported.FIRST.index("praised Kip")
    place = {"start": start, "end": start + 11, "text": "praised Kip"}
    parts = [
        ("label", "labels", {"labels": ["quotation"]}),
        ("quotations__kind", "choices", {"choices": ["indirect"]}),
        ("quotations__source_kind", "choices", {"choices": ["named"]}),
        ("quotations__speaker", "textarea", {"text": ["Kip"]}),
    ]

    def change(result: list[dict[str, Any]]) -> None:
        without("times")(result)
        for name, kind, held in parts:
            part = {"id": "Xy1", "from_name": name, "to_name": "text", "type": kind, "value": {**place, **held}}
            result.append(part)

    corrected = tk.correct(coverage, annotated(path, change))
    assert len(corrected.times) == 0
    (added,) = corrected.quotations[corrected.quotations["origin"] == "added"].to_dict("records")
    assert (added["text"], added["speaker"], added["kind"]) == ("praised Kip", "Kip", "indirect")


def test_each_person_speaks_for_themselves(path: Path) -> None:
    original = path.read_bytes()
    annotated(path, told("quotations", "speaker", "textarea", "Kip"))
    first = tasks_of(path)[0]["annotations"]
    path.write_bytes(original)
    annotated(path, completed_by=4)
    tasks = tasks_of(path)
    tasks[0]["annotations"] += first
    path.write_text(json.dumps(tasks), encoding="utf-8")
    lines = tk.read_corrections(path)
    speaker = lines[lines["column"] == "speaker"]
    assert speaker["who"].tolist() == ["ida@example.org"]
    assert set(lines.loc[lines["verdict"] == "right", "who"]) == {"4", "ida@example.org"}


def test_tasks_that_nobody_did_say_nothing(path: Path) -> None:
    assert not len(tk.read_corrections(path))
    assert not len(tk.read_corrections(annotated(path, was_cancelled=True)))


def test_regions_of_no_row_are_told(path: Path) -> None:
    def change(result: list[dict[str, Any]]) -> None:
        moved("sentiment", "Kip")(result)
        result.append({"id": "b", "from_name": "label", "to_name": "text", "type": "labels",
                       "value": {"start": 0, "end": 3, "text": "Har", "labels": ["cue of a quotation"]}})  # fmt: skip

    with pytest.warns(ToolkitWarning, match="2 regions that say nothing of a row"):
        tk.read_corrections(annotated(path, change))


EMPTY = {"rows": {}, "spans": {}, "columns": {}, "lists": {}, "labels": {}}
TORN = [{"data": {"text": "a", "article_id": "b", "as_found": EMPTY}, "annotations": [{"result": [{"id": "x"}]}]}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "no list of tasks"),
        (b'[{"data": {"text": "a"}}]', "task 1: does not say what was found"),
        (json.dumps(TORN).encode(), "task 1: an annotation cannot be read"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(InputError, match=message):
        tk.read_corrections(tmp_path / "a.json")
