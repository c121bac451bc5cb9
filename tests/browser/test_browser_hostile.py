"""Texts that try to act, in all that shows texts: a trusted notebook, its page, a shared page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import hostile
import nbformat
import pytest
from browser_support import lacking
from nbformat import v4

import toolkit as tk
from toolkit import render
from toolkit.errors import ToolkitWarning

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from lab_support import Lab, Notebook
    from playwright.sync_api import Browser, Locator, Page

HERE = Path(__file__).resolve().parent

# As much of a payload as a file may be named.
NAME = f"<img src=x onerror={hostile.FIRE}>"

BEGIN = f"""import sys
sys.path.insert(0, {str(HERE)!r})
import hostile, toolkit as tk
articles = hostile.articles()
coverage = tk.analyze(articles)
bad = hostile.poisoned(coverage)"""

SHOWN = (
    BEGIN,
    "coverage",
    "tk.read(hostile.files('named'))",
    "tk.read(hostile.table())",
    "bad",
    *(f"bad.{name}" for name in ("articles", "actors", "mentions", "quotations", "sentiment", "times", "rounds")),
    "bad.left_out",
    "bad.checked",
    "tk.precision(bad)",
    "for article in articles:\n    display(tk.views.marked_article(bad.articles, bad.quotations, article.article_id))",
    "tk.views.quotation_table(bad.quotations, limit=None)",
    "tk.views.actor_table(bad.actors)",
    "tk.views.round_table(bad.rounds)",
    "tk.views.round_evidence(bad.articles, bad.rounds)",
    "tk.views.sentiment_evidence(bad.articles, bad.sentiment, limit=None)",
    "tk.plots.speakers(bad.quotations);",
    "tk.plots.sentiment_matrix(bad.sentiment);",
    "tk.plots.timeline(bad.rounds);",
    "tk.views.picture(tk.plots.speakers(bad.quotations))",
    "quotation_explorer = tk.widgets.quotation_explorer(bad)\nquotation_explorer",
    "tk.widgets.sentiment_explorer(bad)",
    "def fail(day):\n    raise tk.InputError(hostile.PAYLOADS[0])\n\ntk.widgets.timeline_explorer(fail)",
    "tk.explore(bad)",
    "tk.explore(bad).widget()",
    "tk.views.marked_article(bad.articles, bad.quotations, articles[0].article_id, mentions=bad.mentions, copy=9)",
    "tk.views.actor_table(bad.actors, mentions=bad.mentions, copy=9)",
    "tk.views.frame_view(hostile.table())",
    "bad.quotations.groupby('speaker')[['score']].mean()",
    "tk.widgets.speaker_picker(bad.quotations)",
    "tk.widgets.date_picker(bad.articles)",
    "rows = hostile.corrections(coverage)\ntk.read_corrections(rows)",
    "fixed = tk.correct(coverage, rows)\nfixed",
    "display(fixed.actors, fixed.mentions, fixed.rounds, fixed.left_out)",
    "tk.plots.speakers(fixed.quotations);",
    "tk.explore(fixed)",
    "editor = tk.widgets.actor_editor(bad, corrections=rows)",
    "editor.rename(editor.actors.actor[0], 'x' + rows[0]['name'])\neditor",
)
FAILING = (
    "tk.views.marked_article(bad.articles, bad.quotations, hostile.PAYLOADS[0])",
    "tk.views.quotation_table(bad.quotations.rename(columns=dict(zip(bad.quotations.columns, hostile.PAYLOADS))))",
    "quotation_explorer.selection = {'speaker': 2 * hostile.PAYLOADS[0]}",
    "tk.correct(coverage, [{'actor': hostile.PAYLOADS[0], 'kind': hostile.PAYLOADS[0]}])",
    "tk.read_corrections(hostile.PAYLOADS[0] + '.csv')",
    "editor.merge(2 * hostile.PAYLOADS[1], hostile.PAYLOADS[0])",
)


@pytest.fixture
def ran(lab: Lab) -> Notebook:
    """A notebook that its user trusts, having run it, over articles that nobody should trust."""
    path = lab.root / "hostile.ipynb"
    if not path.exists():
        cells = [v4.new_code_cell(source) for source in SHOWN]
        cells += [v4.new_code_cell(source, metadata={"tags": ["raises-exception"]}) for source in FAILING]
        render.write_notebook(render.normalise(v4.new_notebook(cells=cells)), path)
    return lab.ran("hostile.ipynb")


def harmless(page: Page, within: str) -> None:
    """Assert that nothing ran, and that nothing stands ready to run at a click."""
    assert page.evaluate(hostile.DANGERS, within) == []


def press_everything(live: Locator) -> None:
    """Press each button of a linked view that is there at first, wherever it leads, then each of its actors."""
    pressed = _press(live)
    for key in ("clear", "tab:actors"):
        for found in live.locator(f"[data-key='{key}']").all():
            found.evaluate("node => node.click()")
    pressed += _press(live.locator("[data-part=table]"))
    assert pressed > 20


def _press(within: Locator) -> int:
    keys = within.locator("button").evaluate_all("all => all.map(each => each.dataset.key)")
    pressed: int = within.evaluate(
        """(within, keys) => keys.filter(key => {
             const found = [...within.querySelectorAll('button')].find(each => each.dataset.key === key);
             if (found) found.click();
             return found;
           }).length""",
        keys,
    )
    return pressed


def test_nothing_runs_in_a_trusted_notebook(ran: Notebook) -> None:
    assert len(ran.errors()) == len(FAILING), ran.errors()
    assert ran.trusted()
    expect(ran.outputs.locator(".tk-view[data-ready='true']")).to_have_count(4)
    harmless(ran.page, f"#{ran.identity} .jp-OutputArea-output")


def test_texts_stand_as_they_were_written(ran: Notebook) -> None:
    shown = ran.outputs.filter(has_text="quotations marked").first.inner_text()
    assert hostile.PAYLOADS[0] in shown
    assert "the ferry would cost $3 million in March and $4 million in May" in shown


def test_choosing_a_hostile_name_runs_nothing(ran: Notebook) -> None:
    shown = ran.outputs.filter(has=ran.page.locator(".widget-dropdown")).first
    control = shown.get_by_label("Speaker")
    for option in control.locator("option").all()[1:4]:
        control.select_option(option.get_attribute("value"))
        assert ran.python("print(quotation_explorer.selection['speaker'])")
    for view in ran.outputs.locator(".tk-view [data-part=live]").all():
        press_everything(view)
    harmless(ran.page, f"#{ran.identity} .jp-OutputArea-output")


def test_nothing_runs_in_the_page_of_the_notebook(ran: Notebook, page: Page, tmp_path: Path) -> None:
    notebook = render.normalise(nbformat.from_dict(ran.content()))
    paths = [tmp_path / f"{number} {NAME}.ipynb" for number in (1, 2)]
    pages = render.write_pages([render.Executed(path, notebook, notebook) for path in paths], tmp_path / "out")
    page.goto(pages[0].as_uri())
    for live in page.locator(".tk-view[data-ready='true'] [data-part=live]").all():
        press_everything(live)
    assert "$3 million in March and $4 million in May" in page.locator("main").inner_text()
    assert page.title() == paths[0].stem
    harmless(page, "body")


# Payloads hold signs that no font draws.
@pytest.mark.filterwarnings("ignore:Glyph .* missing from font:UserWarning")
def test_nothing_runs_in_a_shared_page(page: Page, tmp_path: Path) -> None:
    found = tk.analyze(hostile.articles())
    with pytest.warns(ToolkitWarning, match="corrections without effect"):
        coverage = hostile.poisoned(tk.correct(found, hostile.corrections(found)))
    page.goto(tk.share(coverage, tmp_path / "shared.html", title=hostile.PAYLOADS[2]).as_uri())
    assert page.title() == hostile.PAYLOADS[2]
    live = page.locator(".tk-view[data-ready='true'] [data-part=live]")
    press_everything(live)
    live.get_by_role("searchbox").fill(hostile.PAYLOADS[0])
    harmless(page, "body")


def test_the_page_of_a_notebook_lets_nothing_run_that_others_put_there(browser: Browser, tmp_path: Path) -> None:
    raw = "".join(f"<div>{payload}</div>" for payload in hostile.PAYLOADS)
    link = f'<a id=trap href="javascript:{hostile.FIRE}">x</a>'
    cell = v4.new_code_cell("raw", outputs=[v4.new_output("display_data", {"text/html": link + raw})])
    notebook = render.normalise(v4.new_notebook(cells=[cell, v4.new_markdown_cell(link + raw)]))
    path = tmp_path / "raw.ipynb"
    [made] = render.write_pages([render.Executed(path, notebook, notebook)], tmp_path / "out")
    context = browser.new_context()
    page, answered = context.new_page(), []
    context.on("response", lambda response: answered.append(response.url))
    page.goto(made.as_uri())
    page.locator("#trap").first.click()
    assert not page.evaluate("'pwned' in window")
    assert answered == [made.as_uri()]
    context.close()
