from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import toolkit as tk
from toolkit.corrections._table import as_rows
from toolkit.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.widgets import ActorEditor

ONE, OTHER = "Steve Witkoff", "Jared Kushner"


@pytest.fixture
def editor(undated: Coverage) -> ActorEditor:
    return tk.widgets.actor_editor(undated)


def controls(editor: ActorEditor) -> dict[str, Any]:
    merging, setting, *_ = editor.widget.children
    return {control.description: control for control in (*merging.children, *setting.children)}


def names(editor: ActorEditor) -> list[str]:
    return list(editor.actors["actor"])


def test_merging_by_hand_is_followed_everywhere(editor: ActorEditor) -> None:
    found = controls(editor)
    found["Actor"].value, found["Is the same as"].value = ONE, OTHER
    found["Merge"].click()
    assert ONE not in names(editor)
    assert found["Actor"].value == OTHER
    assert editor.corrections[["actor", "name"]].to_numpy().tolist() == [[ONE, OTHER]]
    corrected = editor.coverage
    for frame in corrected.frames().values():
        for column in set(frame.columns) & {"actor", "speaker", "target", "holder"}:
            assert ONE not in frame[column].tolist()
    (linked,) = editor.widget.children[3].children
    assert "rounds" in linked.data
    assert tk.explore(corrected).payload()[:1000] == linked.data[:1000]
    found["Undo"].click()
    assert ONE in names(editor)
    assert editor.code == "[]"


def test_values_set_by_hand_are_applied(editor: ActorEditor) -> None:
    found = controls(editor)
    found["Actor"].value = ONE
    found["Call it"].value, found["Colour"].value, found["Side"].value = "The envoy", "teal", "(none)"
    found["Apply"].click()
    assert found["Actor"].value == "The envoy"
    (row,) = editor.actors[editor.actors["actor"] == "The envoy"].to_dict("records")
    assert (row["colour"], row["side"], row["origin"]) == ("#008080", None, "corrected")
    assert tk.read_corrections(eval(editor.code)).equals(editor.corrections)  # noqa: S307 - code to be pasted


@pytest.mark.parametrize(
    ("fill", "press", "message"),
    [
        ({"Actor": ONE}, "Merge", "choose another actor"),
        ({"Actor": ONE, "Colour": "mauvish"}, "Apply", "give #rrggbb or the name of a colour"),
    ],
)
def test_what_cannot_be_done_is_said_in_place(
    editor: ActorEditor, fill: dict[str, str], press: str, message: str
) -> None:
    found = controls(editor)
    for label, value in fill.items():
        found[label].value = value
    found[press].click()
    assert message in editor.widget.children[2].value
    assert editor.corrections.empty
    assert editor.coverage.actors.equals(tk.widgets.actor_editor(editor.coverage).actors)


def test_edits_outlive_the_cell_and_the_day(undated: Coverage, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    first = tk.widgets.actor_editor(undated, path)
    assert not path.exists()
    first.merge(ONE, OTHER)
    first.rename(OTHER, "The envoys")
    again = tk.widgets.actor_editor(undated, path)
    assert "The envoys" in names(again)
    assert again.coverage.actors.equals(first.coverage.actors)
    assert "Kept in mine.csv" in repr(again)
    again.rename("The envoys", OTHER)
    assert again.corrections[["actor", "name"]].to_numpy().tolist() == [[ONE, OTHER]]
    assert tk.read_corrections(path).equals(again.corrections)
    elsewhere = tk.widgets.actor_editor(undated, corrections=path)
    assert elsewhere.save(tmp_path / "copy.csv").read_text() == path.read_text()


def test_two_editors_of_one_file_lose_nothing(undated: Coverage, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    one, other = (tk.widgets.actor_editor(undated, path) for _ in range(2))
    one.rename(ONE, "The envoy")
    other.rename(OTHER, "The adviser")
    assert {"The envoy", "The adviser"} <= set(names(other))
    by_hand = [*as_rows(tk.read_corrections(path)), {"actor": "Russia", "colour": "navy"}]
    tk.write_corrections(by_hand, path)
    one.change("Ukraine", role="party")
    assert set(tk.read_corrections(path)["actor"]) == {ONE, OTHER, "Russia", "Ukraine"}
    # What another wrote is no step of one's own.
    one.undo()
    one.undo()
    assert set(tk.read_corrections(path)["actor"]) == {OTHER, "Russia"}


def test_what_both_editors_changed_is_told_and_theirs_stands(undated: Coverage, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    one, other = (tk.widgets.actor_editor(undated, path) for _ in range(2))
    one.rename(ONE, "The envoy")
    other.rename(ONE, "The emissary")
    assert f"name of '{ONE}' is 'The envoy' there and 'The emissary' here" in repr(other)
    assert "The envoy" in names(other)
    other.rename("The envoy", "The emissary")
    assert tk.read_corrections(path)["name"].tolist() == ["The emissary"]


def full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_cannot_be_written_is_said_and_not_done(
    undated: Coverage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.csv"
    editor = tk.widgets.actor_editor(undated, path)
    editor.rename(OTHER, "The adviser")
    before = path.read_bytes()
    found = controls(editor)
    found["Actor"].value, found["Is the same as"].value = ONE, "The adviser"
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        found["Merge"].click()
    assert "mine.csv: not written (No space left on device); what was there is kept" in editor.widget.children[2].value
    assert ONE in names(editor)
    assert path.read_bytes() == before
    path.write_bytes(before[:-10])
    found["Merge"].click()
    assert "mine.csv, line 2: " in editor.widget.children[2].value
    assert path.read_bytes() == before[:-10]


def test_a_file_that_cannot_be_kept_is_told_at_once(undated: Coverage, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").mkdir()
    with pytest.raises(InputError, match="this is a folder"):
        tk.widgets.actor_editor(undated, tmp_path / "mine.csv")


def test_names_may_change_to_and_fro(editor: ActorEditor) -> None:
    editor.rename(ONE, "A")
    editor.change("A", role="envoy")
    editor.rename("A", "B")
    editor.merge("B", OTHER)
    editor.change(OTHER, side="Chad", aliases=["Witkoff", "the mediators"])
    assert ONE not in names(editor)
    (row,) = editor.actors[editor.actors["actor"] == OTHER].to_dict("records")
    assert (row["side"], row["role"]) == ("Chad", "envoy")
    editor.change(OTHER, side=None, role="", aliases=[])
    (row,) = editor.actors[editor.actors["actor"] == OTHER].to_dict("records")
    assert row["side"] == "United States"
    for _ in range(9):
        editor.undo()
    assert editor.corrections.empty
    assert ONE in names(editor)


def test_a_table_set_whole_is_settled_at_the_next_edit(editor: ActorEditor) -> None:
    editor.corrections = [
        {"actor": "Witkoff", "name": "W"},
        {"actor": "W", "colour": "#112233"},
        {"actor": "Zzz", "side": "Chad"},
    ]
    assert "no actor 'Zzz'" in repr(editor)
    editor.rename("W", "Double-U")
    assert "Zzz" in editor.corrections["actor"].tolist()
    assert editor.coverage.actors.set_index("actor").colour["Double-U"] == "#112233"


def test_a_frame_of_ones_own_is_enough() -> None:
    editor = tk.widgets.actor_editor(actors=pd.DataFrame({"actor": ["Ada", "A. Lund", "Bo"]}))
    editor.merge("A. Lund", "Ada")
    assert names(editor) == ["Ada", "Bo"]
    assert "Ada" in editor._repr_mimebundle_()["text/html"]
    with pytest.raises(InputError, match="its corrected form is"):
        _ = editor.coverage
    with pytest.raises(InputError, match="no actor 'Cy'; there are 'Ada', 'Bo'"):
        editor.rename("Cy", "C")
    with pytest.raises(InputError, match="no new name for 'Bo'"):
        editor.rename("Bo", " ")
    with pytest.raises(InputError, match="found age; what can be set is kind, side, role, colour, aliases"):
        editor.change("Bo", age=7)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "takes a coverage, or actors="),
        ({"coverage": 7}, "found int"),
        ({"actors": pd.DataFrame({"name": []})}, "lacks actor"),
    ],
)
def test_what_it_takes_is_said(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        tk.widgets.actor_editor(**arguments)


def test_hostile_names_stay_text(undated: Coverage) -> None:
    payload = "<img src=x onerror=alert(1)>"
    editor = tk.widgets.actor_editor(undated)
    editor.rename(ONE, payload)
    assert "<img" not in editor._repr_mimebundle_()["text/html"]
    assert "<img" not in editor.widget.children[2].value
