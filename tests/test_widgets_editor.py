from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.corrections._edits import Edits
from toolkit.corrections._plan import plan_of
from toolkit.corrections._table import as_rows
from toolkit.errors import InputError
from toolkit.views.markup import escape
from toolkit.widgets import _editor_box
from toolkit.widgets._finding import likely, matching, search_texts
from toolkit.widgets._regrouping import make_one

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.coverage import Coverage
    from toolkit.widgets import ActorEditor

ONE, OTHER = "Steve Witkoff", "Jared Kushner"


@pytest.fixture
def editor(undated: Coverage) -> ActorEditor:
    """An editor of the actors alone, which has no linked view to make."""
    return tk.widgets.actor_editor(actors=undated.actors)


@pytest.fixture
def whole(undated: Coverage) -> ActorEditor:
    return tk.widgets.actor_editor(undated)


def within(widget: Any) -> Iterator[Any]:
    """Give a widget and all that stands in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from within(child)


def controls(editor: ActorEditor) -> dict[str, Any]:
    """Return the controls in sight by their labels, those to tick by the name they stand for."""
    shown = [each for each in within(editor.widget) if getattr(each, "description", "") and not hidden(each)]
    # The first of a label: of two to turn pages, that of the list.
    return {str(each.description).rsplit(" · ", 1)[0].strip("“”"): each for each in reversed(shown)}


def hidden(widget: Any) -> bool:
    return bool(widget.layout.display == "none")


def said(editor: ActorEditor) -> str:
    """Return all that the box says in words."""
    return " ".join(str(each.value) for each in within(editor.widget) if type(each).__name__ == "HTML")


def listed(editor: ActorEditor) -> list[str]:
    return [value for _, value in controls(editor)["Actor"].options]


def tick(editor: ActorEditor, name: str) -> None:
    """Find another and tick it as the same."""
    fill(editor, {"Others": name})
    fill(editor, {name: True})


def fill(editor: ActorEditor, texts: Mapping[str, Any]) -> None:
    for label, value in texts.items():
        controls(editor)[label].value = value


def press(editor: ActorEditor, label: str) -> None:
    next(each for name, each in controls(editor).items() if name.startswith(label)).click()


def enter(editor: ActorEditor, form: str, texts: Mapping[str, str]) -> None:
    """Press Enter in a form, as the page tells it: with the texts that stand in it."""
    guard = editor.widget.children[-1]
    guard._handle_custom_msg({"form": form, "values": dict(texts)}, [])


def names(editor: ActorEditor) -> list[str]:
    return list(editor.actors["actor"])


def of(editor: ActorEditor, actor: str) -> dict[str, Any]:
    (row,) = editor.actors[editor.actors["actor"] == actor].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_merging_by_hand_is_followed_everywhere(whole: ActorEditor) -> None:
    fill(whole, {"Actor": OTHER})
    tick(whole, ONE)
    press(whole, f"Merge 1 into {OTHER}")
    assert ONE not in names(whole)
    assert controls(whole)["Actor"].value == OTHER
    assert whole.corrections[["actor", "name"]].to_numpy().tolist() == [[ONE, OTHER]]
    corrected = whole.coverage
    for frame in corrected.frames().values():
        for column in set(frame.columns) & {"actor", "speaker", "target", "holder"}:
            assert ONE not in frame[column].tolist()
    (linked,) = [each for each in within(whole.widget) if hasattr(each, "filters")]
    assert "rounds" in linked.data
    assert tk.explore(corrected).payload()[:1000] == linked.data[:1000]
    press(whole, "Undo")
    assert ONE in names(whole)
    assert whole.code == "[]"
    press(whole, "Redo")
    assert ONE not in names(whole)


def test_many_are_made_one_at_once(editor: ActorEditor) -> None:
    others = [ONE, OTHER, "Ukrainian forces"]
    fill(editor, {"Actor": "Donald Trump"})
    for name in others:
        # What is ticked stays so while others are looked for.
        tick(editor, name)
    press(editor, "Merge 3 into Donald Trump")
    assert not {*others} & {*names(editor)}
    assert "Steve Witkoff, Jared Kushner and Ukrainian forces are now Donald Trump." in said(editor)
    editor.undo()
    assert {*others} < {*names(editor)}
    assert not editor.parts("Donald Trump")[1:]


@settings(max_examples=40, deadline=None)
@given(
    table=st.lists(
        st.fixed_dictionaries(
            {"actor": st.sampled_from("abcd")},
            optional={"name": st.sampled_from("abcdx"), "side": st.sampled_from("st"), "role": st.sampled_from("uv")},
        ),
        max_size=4,
        unique_by=lambda row: row["actor"],
    ),
    actors=st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True),
)
def test_many_made_one_are_as_if_made_one_by_one(table: list[dict[str, str]], actors: list[str]) -> None:
    frame = pd.DataFrame({"actor": list("abcde")})
    at_once, by_turns = (Edits(tk.read_corrections(table), frame) for _ in range(2))
    try:
        names_now = {plan_of(at_once.table, frame).final(actor) for actor in frame["actor"]}
    except InputError:
        reject()
    present = [actor for actor in actors if actor in names_now]
    make_one(at_once, frame, present, "e")
    for actor in present:
        by_turns.rename(actor, "e")
    one, other = (plan_of(edits.table, frame) for edits in (at_once, by_turns))
    assert (one.names, one.given) == (other.names, other.given)


def test_one_apply_is_one_step(editor: ActorEditor) -> None:
    before = editor.actors
    fill(editor, {"Actor": ONE})
    fill(editor, {"Called": "The envoy", "Kind": "group", "Side": "(none)", "Role": "envoy", "Colour": "teal"})
    fill(editor, {"Also called": "the mediators; the go-between"})
    press(editor, "Apply")
    assert controls(editor)["Actor"].value == "The envoy"
    row = of(editor, "The envoy")
    values = (row["kind"], row["side"], row["role"], row["colour"], row["origin"])
    assert values == ("group", None, "envoy", "#008080", "corrected")
    assert controls(editor)["Also called"].value == "the mediators; the go-between"
    assert tk.read_corrections(eval(editor.code)).equals(editor.corrections)  # noqa: S307 - code to be pasted
    after = editor.actors
    press(editor, "Undo")
    assert editor.actors.equals(before)
    assert controls(editor)["Actor"].value == ONE
    press(editor, "Redo")
    assert editor.actors.equals(after)
    press(editor, "Redo")
    assert "Nothing to do again." in said(editor)


def test_a_change_after_undo_is_the_way_on(editor: ActorEditor) -> None:
    editor.change(ONE, role="envoy")
    editor.undo()
    editor.change(OTHER, role="adviser")
    editor.redo()
    assert editor.corrections["actor"].tolist() == [OTHER]


def test_enter_applies_what_stands_in_the_page(editor: ActorEditor) -> None:
    enter(editor, "find", {"Find": "witk"})
    assert controls(editor)["Actor"].value == ONE
    # The kernel may still know less than was typed.
    fill(editor, {"Role": "env"})
    enter(editor, "set", {"Called": ONE, "Role": "envoy", "Side": "United States"})
    assert of(editor, ONE)["role"] == "envoy"
    fill(editor, {"Witkoff": True})
    enter(editor, "split", {"It means": "Sam Witkoff"})
    assert "Sam Witkoff" in names(editor)


def test_an_empty_text_takes_back_what_was_set(editor: ActorEditor) -> None:
    editor.change(ONE, side="Chad", kind="group")
    fill(editor, {"Actor": ONE})
    fill(editor, {"Side": "", "Kind": ""})
    press(editor, "Apply")
    assert editor.corrections.empty
    assert controls(editor)["Side"].value == "United States"


@pytest.mark.parametrize(
    ("typed", "pressed", "message"),
    [
        ({"Actor": ONE}, "Merge", "Tick at least one that is the same"),
        ({"Actor": ONE}, "Apply", "Nothing is changed yet"),
        ({"Actor": ONE, "Colour": "mauvish"}, "Apply", "give #rrggbb or the name of a colour"),
        ({"Actor": ONE, "Also called": "[1"}, "Apply", "divide the forms by semicolons"),
        ({"Actor": ONE, "Called": " ", "Role": "envoy"}, "Apply", "No new name for"),
        ({"Actor": ONE}, "Split off", "Tick what is not Steve Witkoff"),
        ({"Actor": ONE, "Witkoff": True}, "Split off", "Give the name of whom"),
        ({"Actor": ONE, "Witkoff": True, "It means": "Kushner"}, "Split off", "is a form of another actor"),
        ({"Actor": ONE, "Witkoff": True, "It means": ONE}, "Split off", "is the one to take apart"),
    ],
)
def test_what_cannot_be_done_is_said_in_place(
    editor: ActorEditor, typed: dict[str, Any], pressed: str, message: str
) -> None:
    fill(editor, typed)
    press(editor, pressed)
    assert message in said(editor)
    assert "row 1" not in said(editor)
    assert editor.corrections.empty
    for label, value in typed.items():
        assert controls(editor)[label].value == value
    fill(editor, {"Actor": OTHER})
    assert 'role="alert"' not in said(editor)


def test_each_fault_stands_by_its_control(editor: ActorEditor) -> None:
    editor.change(OTHER, aliases=["the envoy"])
    fill(editor, {"Actor": ONE})
    fill(editor, {"Colour": "mauvish", "Also called": "the envoy", "Role": "envoy"})
    press(editor, "Apply")
    fields = [each for each in within(editor.widget) if "tk-field" in getattr(each, "_dom_classes", ())]
    labels = [next(each.description for each in within(field) if getattr(each, "description", "")) for field in fields]
    told = {label: field.children[1].value for label, field in zip(labels, fields, strict=True)}
    told = {label: text for label, text in told.items() if text}
    assert told.keys() == {"Colour", "Also called"}
    assert "mauvish" in told["Colour"]
    assert OTHER in told["Also called"]
    assert of(editor, ONE)["role"] != "envoy"


def test_what_is_typed_outlives_a_look_at_another_actor(editor: ActorEditor) -> None:
    fill(editor, {"Actor": ONE})
    fill(editor, {"Role": "envoy"})
    fill(editor, {"Actor": OTHER})
    assert f"Typed and not applied: {ONE} (role)." in said(editor)
    assert controls(editor)["Role"].value != "envoy"
    editor.rename("Rustem Umerov", "The negotiator")
    fill(editor, {"Actor": ONE})
    assert controls(editor)["Role"].value == "envoy"
    press(editor, "Reset")
    assert controls(editor)["Role"].value != "envoy"
    assert "Typed and not applied" not in said(editor)


def test_what_was_made_one_by_hand_is_taken_apart(editor: ActorEditor) -> None:
    editor.merge([ONE, OTHER], "Donald Trump")
    fill(editor, {"Actor": "Donald Trump", ONE: True})
    press(editor, "Split off")
    assert {ONE, "Donald Trump"} < {*names(editor)}
    assert OTHER not in names(editor)
    assert f"{ONE} is no longer Donald Trump." in said(editor)
    editor.split("Donald Trump", OTHER, "The adviser")
    assert "The adviser" in names(editor)
    editor.split("The adviser", "Kushner", ONE)
    assert "Kushner" in of(editor, ONE)["aliases"]


def test_a_form_read_as_the_wrong_actor_is_given_to_another(whole: ActorEditor) -> None:
    before = of(whole, ONE)["n_mentions"]
    whole.split(ONE, "Witkoff", "Sam Witkoff", kind="person")
    row = of(whole, "Sam Witkoff")
    assert (row["kind"], row["origin"], row["aliases"]) == ("person", "added", ["Witkoff"])
    assert 0 < row["n_mentions"] < before
    assert row["n_mentions"] + of(whole, ONE)["n_mentions"] <= before
    assert "Witkoff" not in whole.parts(ONE)
    whole.split("Sam Witkoff", "Witkoff", OTHER)
    assert "Sam Witkoff" not in names(whole)
    assert "Witkoff" in of(whole, OTHER)["aliases"]
    whole.undo()
    whole.undo()
    assert of(whole, ONE)["n_mentions"] == before
    with pytest.raises(InputError, match="has no part 'Nobody'; there are 'Witkoff'"):
        whole.split(ONE, "Nobody")


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
    # Nor does a step made again undo it.
    tk.write_corrections([*as_rows(tk.read_corrections(path)), {"actor": "Belarus", "colour": "teal"}], path)
    one.redo()
    one.redo()
    assert set(tk.read_corrections(path)["actor"]) == {ONE, OTHER, "Russia", "Ukraine", "Belarus"}


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
    fill(editor, {"Actor": "The adviser"})
    tick(editor, ONE)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", full)
        press(editor, "Merge")
    assert "mine.csv: not written (No space left on device); what was there is kept" in said(editor)
    assert controls(editor)[ONE].value
    assert ONE in names(editor)
    assert path.read_bytes() == before
    path.write_bytes(before[:-10])
    press(editor, "Merge")
    assert "mine.csv, line 2: " in said(editor)
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
    assert editor.actors.set_index("actor").colour["Double-U"] == "#112233"


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
    fill(editor, {"Actor": payload})
    fill(editor, {"Colour": payload})
    press(editor, "Apply")
    fill(editor, {"Witkoff": True, "It means": "Kushner<b>"})
    press(editor, "Split off")
    assert payload in listed(editor)
    assert "<img" not in editor._repr_mimebundle_()["text/html"]
    assert "<img" not in said(editor)
    assert "<b>Kushner" not in said(editor)


MANY = pd.DataFrame(
    {
        "actor": [f"Member {number}" for number in range(10_000)],
        "kind": "person",
        "aliases": [[f"Member {number}", f"Delegate {number}"] for number in range(10_000)],
    }
)


def test_all_of_ten_thousand_are_found_and_leafed_through() -> None:
    editor = tk.widgets.actor_editor(actors=MANY)
    seen = [name for _ in range(100) for name in (listed(editor), press(editor, "Next"))[0]]
    assert seen == MANY["actor"].tolist()
    assert "9,901–10,000 of 10,000" in [getattr(each, "value", None) for each in within(editor.widget)]
    fill(editor, {"Find": "delegate 9876"})
    assert listed(editor) == ["Member 9876"]
    enter(editor, "find", {"Find": "delegate 54321"})
    assert listed(editor) == []
    assert "none found" in [getattr(each, "value", None) for each in within(editor.widget)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ana Žukić", "Ben Muller", "Order"]),
        ("zukic", ["Ana Žukić"]),
        ("MÜLL", ["Ben Muller"]),
        ("muller ben", ["Ben Muller"]),
        ("chair", ["Order"]),
        ("lisbon order", []),
    ],
)
def test_actors_are_found_as_people_type(query: str, expected: list[str]) -> None:
    actors = pd.DataFrame(
        {"actor": ["Ana Žukić", "Ben Muller", "Order"], "role": [None, "envoy", "chair"], "aliases": [["Ž"], [], None]}
    )
    assert matching(search_texts(actors), query) == expected


def test_likely_ones_come_first_in_any_spelling() -> None:
    texts = dict.fromkeys(["Ilya Orlov", "Bo Lund", "Iliya Orloff", "B. Lundt", "Orlov", "Bo Orlova"], "")
    assert list(likely(texts, "Ilya Orlov"))[:2] == ["Iliya Orloff", "Orlov"]
    assert set(likely(texts, "Ilya Orlov")) == {*texts} - {"Ilya Orlov"}


def test_a_large_coverage_is_followed_when_asked(whole: ActorEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_editor_box, "AT_ONCE", 10)
    (linked,) = [each for each in within(whole.widget) if hasattr(each, "filters")]
    before = linked.data
    whole.merge(ONE, OTHER)
    assert linked.data == before
    press(whole, "Bring the view below up to date")
    assert linked.data != before
    assert not [label for label in controls(whole) if label.startswith("Bring")]


def test_the_static_view_unfolds_to_all_actors(editor: ActorEditor) -> None:
    html = editor._repr_mimebundle_()["text/html"]
    for name in names(editor):
        assert f">{escape(name)}<" in html
