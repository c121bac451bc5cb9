"""Every page and view at the widths of a telephone, a tablet, a laptop and a desk, on light and on dark ground."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser_support import beyond, lacking, repeated_ids, unreadable, unused_width, violations
from nbformat import v4

import toolkit as tk
from toolkit import plots, render, views

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from toolkit.coverage import Coverage
    from toolkit.views import View

NOTEBOOKS = sorted(path.stem for path in (Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
PAGES = [*NOTEBOOKS, "shared", "shared-all", "views", "charts", "charts-all"]

WIDTHS = {360: "dark", 768: "light", 1280: "light", 1600: "dark"}
"""The windows, and the ground in each."""
AXED = {360, 1280}
"""Where axe looks, which takes longest: narrow and dark, wide and light."""
WHOLE = 1280
"""From this width on no table is cut, and no chart drawn narrow."""

READY = "() => [...document.querySelectorAll('.tk-view')].every((view) => view.dataset.ready === 'true')"


def shown_of(found: Coverage) -> Iterator[tuple[str, View]]:
    articles, sentiment, positions = found.articles, found.sentiment, found.positions
    yield "article", views.marked_article(articles, found.quotations, articles.article_id.iloc[0])
    yield "quotations", views.quotation_table(found.quotations, first=3)
    yield "actors", views.actor_table(found.actors, first=3)
    yield "rounds", views.round_table(found.rounds)
    yield "evidence of rounds", views.round_evidence(articles, found.rounds)
    yield "opinions", views.opinion_matrix(articles, sentiment, limit=3)
    yield "evidence of sentiment", views.sentiment_evidence(articles, sentiment, limit=5)
    yield "summary", views.sentiment_summary(articles, sentiment, top=4, limit=3)
    yield "positions", views.position_matrix(articles, positions, limit=3)
    yield "changes", views.position_changes(articles, positions, limit=5)
    yield "standings", views.standings(positions)
    yield "events", views.frame_view(found.events)


def drawn_of(found: Coverage) -> Iterator[tuple[str, View]]:
    positions = found.positions
    charts = {
        "speakers": plots.speakers(found.quotations),
        "ranking": plots.sentiment_ranking(found.sentiment),
        "strip": plots.sentiment_strip(found.articles, found.sentiment),
        "matrix": plots.sentiment_matrix(found.sentiment),
        "timeline": plots.timeline(found.rounds, events=found.events, quotations=found.quotations),
        "positions": plots.positions(positions),
        "over time": plots.positions_over_time(positions, positions["issue"].dropna().iloc[0]),
        "amounts": plots.amounts(positions),
    }
    for name, chart in charts.items():
        yield name, views.picture(chart)


def outputs(shown: Iterator[tuple[str, View]]) -> Any:
    """Return a notebook that shows each under a heading."""
    cells = []
    for name, view in shown:
        data = {"text/html": view._repr_html_(), "text/plain": repr(view)}
        cells += [
            v4.new_markdown_cell(f"## The {name}"),
            v4.new_code_cell(name, outputs=[v4.new_output("display_data", data)]),
        ]
    return render.normalise(v4.new_notebook(cells=[v4.new_markdown_cell("# Views"), *cells]))


@pytest.fixture(scope="module")
def pages(
    rendered: dict[str, Path], undated: Coverage, coverage: Coverage, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Every kind of page by its name: of one report without a date, and of that and the notes."""
    folder = tmp_path_factory.mktemp("looks")
    made = dict(rendered)
    shown = {"views": shown_of(coverage), "charts": drawn_of(undated), "charts-all": drawn_of(coverage)}
    for name, each in shown.items():
        notebook = outputs(each)
        [made[name]] = render.write_pages([render.Executed(folder / f"{name}.ipynb", notebook, notebook)], folder)
    for name, found in (("shared", undated), ("shared-all", coverage)):
        made[name] = tk.share(found, folder / f"{name}.html")
    return made


@pytest.mark.parametrize("name", PAGES)
def test_every_page_can_be_read_at_any_width_on_any_ground(name: str, pages: dict[str, Path], page: Page) -> None:
    problems = []
    for width, ground in WIDTHS.items():
        page.emulate_media(color_scheme=ground)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(pages[name].as_uri())
        page.wait_for_function(READY)
        found = beyond(page) + unreadable(page) + (unused_width(page) if width >= WHOLE else [])
        found += violations(page) if width in AXED else []
        problems += [f"{width} px, {ground}: {each}" for each in found]
    problems += [f"id {each!r} is not unique" for each in repeated_ids(page)]
    assert not problems, "\n".join(problems)
