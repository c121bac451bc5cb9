from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_support import lacking, violations

import toolkit as tk

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from lab_support import Lab, Notebook
    from playwright.sync_api import Locator

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))

OPEN_ROWS = 6
"""Rows of its table that the notebook on statements leaves open."""
SPEAKERS, SENTIMENT, ROUNDS = (
    "notebooks/01-Who-Said-What.ipynb",
    "notebooks/02-Sentiment-per-Actor.ipynb",
    "notebooks/03-Negotiation-Rounds.ipynb",
)


def explorer(notebook: Notebook) -> Locator:
    """Return the output in which a notebook shows its explorer, the last of its widgets."""
    return notebook.outputs.filter(has=notebook.page.locator(".jupyter-widgets")).last


def editor(notebook: Notebook) -> Locator:
    """Return the output in which a notebook shows its editor of actors, the first of its widgets."""
    return notebook.outputs.filter(has=notebook.page.locator(".jupyter-widgets")).first


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_without_error(name: str, lab: Lab) -> None:
    notebook = lab.ran(f"notebooks/{name}")
    assert notebook.errors() == []
    code = [cell for cell in notebook.content()["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))


def test_choosing_a_speaker_changes_the_view_and_python_reads_it_back(lab: Lab) -> None:
    notebook = lab.ran(SPEAKERS)
    notebook.python("explorer.selection = {'speaker': None, 'kind': None}")
    shown = explorer(notebook)
    marks, control = shown.locator("[id^='q-']"), shown.get_by_label("Speaker")
    expect(marks).to_have_count(int(notebook.python("print(len(tk.explore(coverage).quotations))")))
    option = control.locator("option").nth(2).get_attribute("value") or ""
    name, count = option.removesuffix(")").rsplit(" (", 1)
    control.select_option(option)
    expect(marks).to_have_count(int(count))
    titles = marks.evaluate_all("found => found.map(each => each.title.split(' · ')[0])")
    assert set(titles) == {name}
    assert notebook.python("print(explorer.selection['speaker'])") == name


def test_setting_the_choice_from_python_moves_the_controls(lab: Lab) -> None:
    notebook = lab.ran(SPEAKERS)
    shown = explorer(notebook)
    wanted = int(notebook.python("print(len(tk.explore(coverage, filters={'kind': 'indirect'}).quotations))"))
    assert notebook.python("explorer.selection = {'speaker': None, 'kind': 'indirect'}") == ""
    expect(shown.get_by_label("Kind")).to_have_value(f"indirect ({wanted})")
    expect(shown.get_by_label("Speaker")).to_have_value("(all)")
    expect(shown.locator("[id^='q-']")).to_have_count(wanted)


def test_choosing_a_target_shows_its_sentences(lab: Lab) -> None:
    notebook = lab.ran(SENTIMENT)
    shown = explorer(notebook)
    control = shown.get_by_label("Target")
    option = control.locator("option").nth(1).get_attribute("value") or ""
    name, count = option.removesuffix(")").rsplit(" (", 1)
    control.select_option(option)
    expect(shown.locator("caption")).to_contain_text(f"toward {name}: {count} sentences")
    assert notebook.python("print(explorer.selection['target'])") == name
    rows = "sentiment[sentiment.target == explorer.selection['target']].drop_duplicates(['start', 'polarity'])"
    expect(shown.locator("tbody tr")).to_have_count(int(notebook.python(f"print(len({rows}))")))


def test_setting_a_day_of_publication_dates_the_timeline(lab: Lab) -> None:
    notebook = lab.ran(ROUNDS)
    shown = explorer(notebook)
    before = shown.locator("table").inner_text()
    shown.get_by_label("Published").fill("2026-03-04")
    expect(shown.locator("table")).to_contain_text("Mar 2026")
    assert notebook.python("print(explorer.selection['published'])") == "2026-03-04"
    notebook.python("explorer.selection = {'published': dt.date(2026, 2, 18)}")
    expect(shown.get_by_label("Published")).to_have_value("2026-02-18")
    expect(shown.locator("table")).to_have_text(before, use_inner_text=True)


@pytest.mark.parametrize(
    ("name", "label"),
    [(ROUNDS, "Published"), (SPEAKERS, "Speaker"), (SPEAKERS, "Kind"), (SENTIMENT, "Target")],
)
def test_keys_pressed_in_a_control_leave_the_cell_alone(name: str, label: str, lab: Lab) -> None:
    notebook = lab.ran(name)
    cells = len(notebook.content()["cells"])
    control = explorer(notebook).get_by_label(label, exact=True)
    expect(control).to_have_attribute("data-lm-suppress-shortcuts", "true")
    control.focus()
    for key in ("d", "d", "x"):
        lab.page.keyboard.press(key)
    assert len(notebook.content()["cells"]) == cells


def test_keys_pressed_in_the_editor_leave_the_cell_alone(lab: Lab) -> None:
    notebook = lab.ran(SPEAKERS)
    cells = len(notebook.content()["cells"])
    for control in (
        editor(notebook).get_by_label("Actor", exact=True),
        editor(notebook).get_by_role("button", name="Undo"),
        editor(notebook).locator("[data-part=speakers] button").first,
    ):
        control.focus()
        for key in ("d", "d"):
            lab.page.keyboard.press(key)
    assert len(notebook.content()["cells"]) == cells


def test_two_actors_are_merged_by_hand_and_all_follows(lab: Lab) -> None:
    notebook = lab.ran(SPEAKERS)
    shown = editor(notebook)
    one, other = notebook.python("print(*editor.actors.query('kind == \"person\"').actor[:2], sep='|')").split("|")
    find = shown.get_by_label("Find", exact=True)
    find.fill(other)
    find.press("Enter")
    expect(shown.get_by_label("Called", exact=True)).to_have_value(other)
    find.fill("")
    shown.get_by_label("Others", exact=True).fill(one)
    shown.get_by_role("checkbox", name=one).check()
    shown.get_by_role("button", name="Merge 1 into").click()
    expect(shown.get_by_role("status").first).to_contain_text(f"{one} is now {other}.")
    speakers = shown.locator("[data-part=speakers]")
    expect(speakers.get_by_text(other, exact=True)).to_be_visible()
    expect(speakers.get_by_text(one, exact=True)).to_have_count(0)
    assert notebook.python("print(editor.corrections[['actor', 'name']].values.tolist())") == f"[['{one}', '{other}']]"
    # The cell run again begins with what was set right.
    notebook.python("again = tk.widgets.actor_editor(coverage, 'my-corrections.csv')")
    assert notebook.python(f"print({one!r} in again.actors.actor.tolist())") == "False"
    shown.get_by_label("Role", exact=True).fill("the two of them")
    called = shown.get_by_label("Called", exact=True)
    called.fill("")
    # Faster than the kernel learns of it.
    called.press_sequentially("The two")
    called.press("Enter")
    expect(speakers.get_by_text("The two", exact=True)).to_be_visible()
    assert notebook.python("print(editor.row_of('The two')['role'])") == "the two of them"
    for _ in range(2):
        shown.get_by_role("button", name="Undo").click()
    expect(speakers.get_by_text(one, exact=True)).to_be_visible()
    assert notebook.python("print(editor.code)") == "[]"


def test_what_is_wrong_stands_by_its_control_until_it_is_right(lab: Lab) -> None:
    notebook = lab.ran(SPEAKERS)
    shown = editor(notebook)
    find = shown.get_by_label("Find", exact=True)
    find.fill("kushner")
    find.press("Enter")
    colour = shown.get_by_label("Colour", exact=True)
    expect(shown.get_by_label("Called", exact=True)).to_have_value("Jared Kushner")
    colour.fill("mauvish")
    colour.press("Enter")
    expect(shown.get_by_role("alert")).to_contain_text("name of a colour")
    expect(colour).to_have_attribute("aria-invalid", "true")
    expect(colour).to_have_value("mauvish")
    assert not violations(lab.page, f"#{notebook.identity} .tk-controls")
    colour.fill("teal")
    colour.press("Enter")
    expect(shown.get_by_role("alert")).to_have_count(0)
    expect(colour).to_have_value("#008080")
    shown.get_by_role("button", name="Undo").click()
    expect(colour).to_have_value("")
    find.fill("")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_outputs_have_no_barriers_in_either_theme(name: str, lab: Lab) -> None:
    notebook = lab.ran(f"notebooks/{name}")
    # JupyterLab shows a PNG without the words that stand beside it; `views.picture` shows both.
    outputs = f"#{notebook.identity} .jp-OutputArea-output:not(.jp-RenderedImage)"
    problems = []
    with lab.all_in_sight():
        for theme in ("Dark", "Light"):
            lab.set_theme(theme)
            problems += [f"{theme}: {violation}" for violation in violations(lab.page, outputs)]
    assert not problems, "\n".join(problems)


def test_a_notebook_passed_on_is_whole_without_kernel_and_trust(lab: Lab) -> None:
    made = lab.ran(SPEAKERS)
    made.save()
    # What another person receives was never signed on their machine: a changed title makes it so.
    received = json.loads((lab.root / SPEAKERS).read_text(encoding="utf-8"))
    received["metadata"]["title"] = "Received"
    (lab.root / "received.ipynb").write_text(json.dumps(received), encoding="utf-8")
    notebook = lab.open("received.ipynb", kernel=False)
    assert not notebook.trusted()
    shown = notebook.outputs.filter(has_text="quotations marked").first
    coverage = tk.analyze(tk.read(ROOT / "seeds" / "000_2a7e18f9396dc323.txt"))
    text = " ".join(shown.inner_text().split())
    for paragraph in coverage.articles.text[0].splitlines():
        assert " ".join(paragraph.split()) in text
    # JupyterLab puts the ids of what is not trusted aside, and follows links to them all the same.
    expect(shown.locator("[data-jupyter-id^='q-']")).to_have_count(len(coverage.sure().quotations))
    assert "rgba(" in (shown.locator("[data-jupyter-id^='q-']").first.get_attribute("style") or "")
    table = notebook.outputs.filter(has=lab.page.get_by_title("Go to the quotation in the article"))
    expect(table.locator("tbody tr")).to_have_count(len(coverage.sure().quotations))
    link = table.locator("a:visible").last
    assert link.inner_text() == str(OPEN_ROWS)
    target = shown.locator(f"[data-jupyter-id='{(link.get_attribute('href') or '')[1:]}']")
    expect(target).not_to_be_in_viewport()
    link.click()
    expect(target).to_be_in_viewport()
    notebook.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_committed_notebook_shows_its_outputs_without_kernel_and_trust(name: str, lab: Lab) -> None:
    copy = lab.root / f"committed-{name}"
    copy.write_bytes((ROOT / "notebooks" / name).read_bytes())
    notebook = lab.open(copy.name, kernel=False)
    held = [output for cell in notebook.content()["cells"] for output in cell.get("outputs", [])]
    expect(notebook.outputs).to_have_count(len(held))
    for number, output in enumerate(held):
        picture = "image/png" in output.get("data", {})
        shown = notebook.outputs.nth(number)
        assert shown.locator("img").count() if picture else shown.inner_text().strip()
    assert notebook.page.get_by_text("Error displaying widget").count() == 0
    notebook.close()
