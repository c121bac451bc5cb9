"""Charts in pages: legible at any width and in any colours, each mark a way to its rows, to be saved for print."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from browser_support import lacking

import toolkit as tk

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from toolkit.coverage import Coverage


@pytest.fixture(scope="module")
def shared(coverage: Coverage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tk.share(coverage, tmp_path_factory.mktemp("charts") / "shared.html")


@pytest.fixture
def opened(shared: Path, page: Page) -> Page:
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(shared.as_uri())
    expect(page.locator(".tk-view[data-ready='true']")).to_be_visible()
    return page


def in_sight(page: Page, chart: int) -> Locator:
    return page.locator(".tk-chart").nth(chart).locator("svg:visible")


def test_charts_take_the_colours_of_the_page(opened: Page) -> None:
    for scheme in ("light", "dark"):
        opened.emulate_media(color_scheme=scheme)
        written = in_sight(opened, 0).locator("text").first.evaluate("node => getComputedStyle(node).fill")
        assert written == opened.evaluate("getComputedStyle(document.body).color")


def test_a_speaker_leads_to_what_they_say(opened: Page, coverage: Coverage) -> None:
    name = coverage.quotations["speaker"].value_counts().index[0]
    opened.locator(f".tk-chart svg:visible a[href='#speaker={name.replace(' ', '+')}'] text").first.click()
    expect(opened.locator("[data-part=chips] .tk-chip")).to_contain_text(name)
    expect(opened.locator("[data-part=table]")).to_be_in_viewport()


def test_a_round_leads_to_its_passage_by_keyboard(opened: Page, coverage: Coverage) -> None:
    known = coverage.rounds[coverage.rounds["evidence"].map(len) > 0].iloc[-1]
    mark = opened.locator(f".tk-chart svg:visible a[href='#round={known.round_id}']")
    mark.focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("[data-part=chips] .tk-chip")).to_contain_text("Round")
    expect(opened.locator("[data-part=text] .tk-evidence").first).to_be_in_viewport()


def test_an_event_leads_to_its_words(opened: Page, coverage: Coverage) -> None:
    article_id, start, end = coverage.events["evidence"].iloc[0][0]
    words = coverage.articles.set_index("article_id").loc[article_id, "text"][start:end]
    opened.locator(f".tk-chart svg:visible a[href='#passage={article_id}+{start}+{end}'] text").first.click()
    place = opened.locator("[data-part=text] .tk-place")
    expect(place.first).to_be_in_viewport()
    assert "".join(place.all_inner_texts()).split() == words.split()


def test_an_address_that_names_rows_opens_on_them(shared: Path, page: Page, coverage: Coverage) -> None:
    name = coverage.quotations["speaker"].value_counts().index[0]
    page.goto(f"{shared.as_uri()}#speaker={name.replace(' ', '+')}&kind=direct")
    expect(page.locator("[data-part=chips] .tk-chip")).to_have_count(2)


def test_a_round_opens_the_article_that_says_most_of_it(opened: Page, coverage: Coverage) -> None:
    july = coverage.rounds[(coverage.rounds["first"] == "2025-07-23") & (coverage.rounds["place"] == "Istanbul")].iloc[
        0
    ]
    opened.locator(f"[data-part=rounds] [data-key='round:{july.round_id}']").click()
    text = opened.locator("[data-part=text]")
    article = coverage.articles.set_index("article_id").loc[text.get_attribute("data-article")]
    assert article["published"].strftime("%Y-%m") == "2025-07"
    expect(text.locator(".tk-evidence").first).to_be_in_viewport()


def test_a_chart_is_saved_for_print(opened: Page, tmp_path: Path) -> None:
    with opened.expect_download() as saved:
        opened.get_by_role("button", name="Save SVG of: Quotations per speaker").click()
    assert saved.value.suggested_filename == "quotations-per-speaker.svg"
    saved.value.save_as(tmp_path / "chart.svg")
    written = (tmp_path / "chart.svg").read_text("utf-8")
    root = ET.fromstring(written)  # noqa: S314 - made here
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["width"] == "576pt"
    assert "var(" not in written
    assert "<a " not in written
    with opened.expect_download() as saved:
        opened.get_by_role("button", name="Save PNG of: Quotations per speaker").click()
    saved.value.save_as(tmp_path / "chart.png")
    head = (tmp_path / "chart.png").read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert struct.unpack(">I", head[16:20]) == (2400,)
