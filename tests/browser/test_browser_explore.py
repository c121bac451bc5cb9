"""The linked view in a page that is opened from disk, in a rendered notebook, and as a widget in JupyterLab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from browser_support import lacking, too_wide, violations
from nbformat import v4

import toolkit as tk
from toolkit import render
from toolkit.display import count_of
from toolkit.sentiment.counting import countable, matrix_of, tally
from toolkit.statements import counts_phrase, speakers_of, sure_rows

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from lab_support import Lab, Notebook
    from playwright.sync_api import Locator, Page

    from toolkit.coverage import Coverage

CELLS = (
    "import toolkit as tk",
    "coverage = tk.analyze(tk.read('seeds/000_2a7e18f9396dc323.txt'))",
    "widget = tk.explore(coverage).widget()\nwidget",
    "tk.explore(coverage)",
)


@pytest.fixture(scope="module")
def pages(coverage: Coverage, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The view in the page that `share` writes, and in the page of a notebook."""
    folder = tmp_path_factory.mktemp("linked")
    bundle = tk.explore(coverage)._repr_mimebundle_()
    cell = v4.new_code_cell("tk.explore(coverage)", outputs=[v4.new_output("display_data", bundle)])
    notebook = render.normalise(v4.new_notebook(cells=[v4.new_markdown_cell("# Talks\n\n## Explored"), cell]))
    rendered = render.write_pages([render.Executed(folder / "linked.ipynb", notebook, notebook)], folder)
    return {"shared": tk.share(coverage, folder / "shared.html"), "rendered": rendered[0]}


@pytest.fixture(params=["shared", "rendered"])
def anywhere(request: pytest.FixtureRequest, pages: dict[str, Path], page: Page) -> Locator:
    """The view in either page: one script brings both to life."""
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(pages[request.param].as_uri())
    return live_part(page)


@pytest.fixture
def live(pages: dict[str, Path], page: Page) -> Locator:
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(pages["shared"].as_uri())
    return live_part(page)


def live_part(within: Page | Locator) -> Locator:
    """Wait for a view to come to life and return its live part."""
    expect(within.locator(".tk-view[data-ready='true']")).to_be_visible()
    return within.locator(".tk-view [data-part=live]")


def speakers(live: Locator) -> Locator:
    return live.locator("[data-part=speakers] [data-move]")


def name_of(bar: Locator) -> str:
    return bar.locator("bdi").inner_text()


def rows(live: Locator) -> Locator:
    return live.locator("[data-part=table] tr[data-q]")


def voices(live: Locator) -> set[str]:
    """Return who speaks in the rows of the list, those named second among them."""
    return set(rows(live).locator("th bdi").all_inner_texts())


def follows(live: Locator, coverage: Coverage, filters: dict[str, Any]) -> None:
    """Assert that list, text and status show exactly what the kernel finds for the same filters."""
    wanted = tk.explore(coverage, filters=filters).quotations
    expect(rows(live)).to_have_count(min(len(wanted), 60))
    among = tk.explore(coverage, filters={"show": filters.get("show")}).quotations
    expect(live.get_by_role("status")).to_contain_text(f"{len(wanted)} of {len(among)} quotations")
    open_article = live.locator("[data-part=text]").get_attribute("data-article")
    marked = wanted[wanted.article_id == open_article]
    numbers = live.locator("[data-part=text] .tk-on").evaluate_all("all => all.map(each => each.dataset.q)")
    assert len(set(numbers)) == len(marked) > 0


def test_a_click_on_a_speaker_moves_list_and_text_and_clear_brings_all_back(
    anywhere: Locator, coverage: Coverage
) -> None:
    live = anywhere
    everything = live.get_by_role("status").inner_text()
    bar = speakers(live).nth(1)
    name = name_of(bar)
    bar.click()
    expect(bar).to_have_attribute("aria-pressed", "true")
    follows(live, coverage, {"speaker": name})
    assert name in voices(live)
    live.get_by_role("button", name="Clear all").click()
    expect(live.get_by_role("status")).to_have_text(everything)
    expect(live.locator("[aria-pressed=true][data-key^='speaker:']")).to_have_count(0)


def test_every_count_is_of_what_is_sure_until_all_is_asked_for(live: Locator, coverage: Coverage) -> None:
    chart = live.page.locator("figure").first
    for show, shown in (None, coverage.sure().quotations), ("all", coverage.quotations):
        found = shown.to_dict("records")
        expect(live.get_by_role("status")).to_contain_text(counts_phrase(found))
        expect(live.locator("[data-part=speakersCount]")).to_have_text(f"{len(speakers_of(found))}")
        expect(live.locator("[data-key='tab:quotations'] .tk-count")).to_have_text(f"{len(found)}")
        if show is None:
            expect(chart).to_contain_text(counts_phrase(found))
            expect(live.locator("[data-key='all:speakers']")).to_have_count(int(len(speakers_of(found)) > 8))
            live.get_by_role("button", name="Show less sure too").press("Enter")
    expect(live.locator("[data-key='all:speakers']")).to_have_text(f"Show all {len(speakers_of(found))}")


def test_a_statement_is_copied_with_its_source(live: Locator, coverage: Coverage) -> None:
    rows(live).first.locator("button").click()
    row = coverage.quotations.iloc[int(rows(live).first.get_attribute("data-q") or "")]
    for name, style in ("Copy", "text"), ("Copy as footnote", "footnote"), ("Copy as RIS", "ris"):
        live.get_by_role("button", name=name, exact=True).press("Enter")
        expect(live.get_by_label("Copied")).to_have_value(tk.cite(row, coverage, style=style))
    expect(live.get_by_label("Copied")).to_be_focused()


def test_arrows_and_enter_do_what_the_mouse_does(anywhere: Locator, coverage: Coverage) -> None:
    live = anywhere
    keyboard = live.page.keyboard
    speakers(live).first.focus()
    keyboard.press("ArrowDown")
    keyboard.press("ArrowDown")
    expect(speakers(live).nth(2)).to_be_focused()
    name = name_of(speakers(live).nth(2))
    keyboard.press("Enter")
    follows(live, coverage, {"speaker": name})
    chosen = live.locator("[aria-pressed=true][data-key^='speaker:']")
    expect(chosen).to_be_focused()
    keyboard.press("Space")
    expect(chosen).to_have_count(0)
    keyboard.press("Home")
    expect(speakers(live).first).to_be_focused()


def test_a_row_opens_its_place_in_the_text(live: Locator) -> None:
    rows(live).nth(3).locator("button").focus()
    live.page.keyboard.press("Enter")
    opened = rows(live).nth(3)
    expect(opened.locator("button")).to_have_attribute("aria-expanded", "true")
    mark = live.locator(f"mark.tk-open[data-q='{opened.get_attribute('data-q')}']").first
    expect(mark).to_be_visible()
    box, text = mark.bounding_box(), live.locator("[data-part=text]").bounding_box()
    assert box
    assert text
    assert text["y"] <= box["y"] < text["y"] + text["height"]


def test_a_cell_of_the_matrix_leads_to_its_sentences(live: Locator, coverage: Coverage) -> None:
    cell = live.locator("[data-part=matrix] .tk-cell").first
    holder, target = (cell.get_attribute("aria-label") or "").split(": ")[0].split(" toward ")
    cell.click()
    wanted = tk.explore(coverage, filters={"speaker": holder, "target": target}).sentiment
    expect(live.locator("[data-part=table] tbody tr")).to_have_count(min(len(wanted), 60))
    assert set(live.locator("[data-part=table] tbody .tk-note bdi").all_inner_texts()) == {holder, target}


def test_the_matrix_counts_as_charts_and_tables_do(live: Locator, coverage: Coverage) -> None:
    matrix = matrix_of(countable(coverage.sentiment), 5)
    counted = {pair: tally(found) for pair, found in matrix.cells.items()}
    told = {
        f"{holder} toward {target}: {cell.counts}, {count_of(cell.n, 'sentence')}"
        for (holder, target), cell in counted.items()
    }
    cells = live.locator("[data-part=matrix] .tk-cell")
    assert {cell.get_attribute("aria-label") for cell in cells.all()} == told
    expect(live.locator("[data-part=matrix] .tk-shares")).to_have_count(
        sum(cell.is_enough for cell in counted.values())
    )
    judged = sum(cell.judged for cell in counted.values())
    expect(live.locator("[data-part=matrix]")).to_contain_text(f" of {count_of(judged, 'coloured judgement')} likely")


def test_a_round_leads_to_its_passages(live: Locator) -> None:
    item = live.locator("[data-part=rounds] .tk-round").first
    item.press("Enter")
    expect(live.locator("[data-part=rounds] .tk-passage").first).to_be_visible()
    expect(live.locator("[data-part=text] .tk-evidence").first).to_be_visible()


def test_words_searched_for_narrow_all(live: Locator, coverage: Coverage) -> None:
    live.get_by_role("searchbox").fill("security")
    follows(live, coverage, {"search": "security"})
    live.get_by_role("searchbox").fill("no such words anywhere")
    expect(live.locator(".tk-empty")).to_contain_text("Nothing matches")
    live.locator(".tk-empty").get_by_role("button", name="Clear all").click()
    expect(live.get_by_role("searchbox")).to_have_value("")


def test_the_view_has_no_barriers_and_fits_its_window(anywhere: Locator) -> None:
    page = anywhere.page
    problems = [f"light: {violation}" for violation in violations(page)]
    page.emulate_media(color_scheme="dark")
    speakers(anywhere).nth(1).click()
    rows(anywhere).first.locator("button").click()
    problems += [f"dark, one chosen: {violation}" for violation in violations(page)]
    anywhere.locator("[data-key='tab:actors']").click()
    anywhere.locator("[data-part=table] .tk-expand").first.click()
    anywhere.locator("[data-part=table] .tk-why .tk-link").first.click()
    problems += [f"dark, an actor: {violation}" for violation in violations(page)]
    page.emulate_media(color_scheme="light")
    problems += [f"light, an actor: {violation}" for violation in violations(page)]
    problems += too_wide(page)
    assert not problems, "\n".join(problems)


def test_without_script_the_page_reads_as_a_static_one(
    pages: dict[str, Path], coverage: Coverage, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(pages["shared"].as_uri())
    static = page.locator(".tk-view [data-part=static]")
    text = " ".join(static.inner_text().split())
    shown = sure_rows(coverage.quotations)
    for quotation in shown.text.head(20):
        assert " ".join(quotation.split())[:60] in text
    context.close()


@pytest.fixture
def ran(lab: Lab) -> Notebook:
    """A notebook with the widget, and with the view that needs no kernel."""
    path = lab.root / "linked.ipynb"
    if not path.exists():
        cells = [v4.new_code_cell(source) for source in CELLS]
        render.write_notebook(render.normalise(v4.new_notebook(cells=cells)), path)
    notebook = lab.ran("linked.ipynb")
    assert notebook.errors() == []
    return notebook


def test_a_click_in_the_widget_is_read_back_in_python(ran: Notebook) -> None:
    ran.python("widget.filters = {}")
    live = live_part(ran.cell(2))
    name = name_of(speakers(live).nth(1))
    speakers(live).nth(1).click()
    expect(live.locator("[data-key='clear']")).to_be_visible()
    ran.page.wait_for_timeout(200)
    assert ran.python("print(widget.filters)") == str({"speaker": name})
    assert ran.python("print(len(widget.view.quotations))") == str(rows(live).count())
    identity = rows(live).first.get_attribute("data-q")
    rows(live).first.locator("button").click()
    ran.page.wait_for_timeout(200)
    assert ran.python("print(widget.selection['quotation_id'])") == ran.python(
        f"print(coverage.quotations.quotation_id[{identity}])"
    )


def test_setting_filters_in_python_moves_the_widget(ran: Notebook) -> None:
    live = live_part(ran.cell(2))
    assert ran.python("widget.filters = {'kind': 'direct'}") == ""
    wanted = int(ran.python("print(len(widget.view.quotations))"))
    assert set(rows(live).locator(".tk-kind").all_inner_texts()) == {"direct"}
    expect(rows(live)).to_have_count(wanted)
    assert "not on offer" in ran.python("widget.filters = {'kind': 'sung'}")
    expect(rows(live)).to_have_count(wanted)
    ran.python("widget.filters = {}")
    expect(live.locator("[data-part=chips] .tk-chip")).to_have_count(0)


def test_the_view_has_no_barriers_in_either_theme_of_the_notebook(ran: Notebook, lab: Lab) -> None:
    problems = []
    with lab.all_in_sight():
        for theme in ("Dark", "Light"):
            lab.set_theme(theme)
            # One after the other: of two views in a page the parts have the same names.
            for cell in (3, 4):
                within = f"#{ran.identity} .jp-Notebook-cell:nth-child({cell}) .jp-OutputArea-output"
                problems += [f"{theme}: {violation}" for violation in violations(ran.page, within)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("cell", [2, 3])
def test_keys_pressed_in_the_view_leave_the_cell_alone(cell: int, ran: Notebook) -> None:
    live = live_part(ran.cell(cell))
    before = len(ran.content()["cells"])
    for part in ("speakers", "matrix", "rounds", "table"):
        live.locator(f"[data-part={part}] [data-move]").first.focus()
        for key in ("d", "d", "x", "a", "b"):
            ran.page.keyboard.press(key)
    assert len(ran.content()["cells"]) == before


def test_the_view_works_in_the_notebook_without_the_kernel(ran: Notebook) -> None:
    live = live_part(ran.cell(3))
    name = name_of(speakers(live).nth(1))
    speakers(live).nth(1).click()
    expect(live.locator("[data-part=chips] .tk-chip")).to_contain_text(name)
    assert name in voices(live)
    live.get_by_role("button", name="Clear all").click()


def test_each_form_of_an_actor_opens_its_place(live: Locator) -> None:
    live.get_by_role("button", name="Actors").click()
    live.locator("[data-part=table] .tk-expand").first.click()
    place = live.locator("[data-part=text] .tk-place")
    links = live.locator("[data-part=table] .tk-why dd .tk-link")
    for number in (0, links.count() - 1):
        form = links.nth(number).locator("xpath=ancestor::dd/preceding-sibling::dt[1]").inner_text()
        links.nth(number).click()
        expect(place.first).to_be_in_viewport()
        assert "".join(place.all_inner_texts()).lower() == form.lower()
    live.get_by_role("button", name="What they say").click()
    expect(live.locator("[data-key='tab:quotations']")).to_have_attribute("aria-pressed", "true")
    expect(place).to_have_count(0)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that somebody counts."""

    article_id: str
    start: int
    end: int
    text: str
    weight: int


def test_a_further_frame_is_a_list_whose_rows_lead_to_their_words(
    coverage: Coverage, page: Page, tmp_path: Path
) -> None:
    article, text = coverage.articles[["article_id", "text"]].iloc[0]
    at = text.index("Geneva")
    found = tk.frame("words", Word).of([Word(article, at, at + 6, "Geneva", 7)])
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(tk.share(coverage.with_frames({"words": found}), tmp_path / "shared.html").as_uri())
    live = live_part(page)
    tab = live.locator("[data-key='tab:further:words']")
    tab.click()
    table = live.locator("[data-part=table]")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table).to_contain_text("7")
    table.get_by_role("button", name="Geneva").click()
    expect(live.locator("[data-part=text] .tk-place")).to_have_text("Geneva")
    assert violations(page) == []
    live.get_by_label("Search").fill("nothing of that kind")
    expect(tab).to_have_text("Words0")
