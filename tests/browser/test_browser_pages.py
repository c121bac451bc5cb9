from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browser_support import in_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_a_row_of_the_table_leads_to_its_quotation(rendered: dict[str, Path], page: Page) -> None:
    page.goto(rendered["01-Who-Said-What"].as_uri())
    links = page.get_by_title("Go to the quotation in the article")
    assert links.count() > 10
    page.locator("details.tk-rest", has=links).locator("> summary").click()
    for link in (links.first, links.nth(5), links.last):
        target = link.get_attribute("href") or ""
        link.focus()
        assert not in_view(page, target)
        page.keyboard.press("Enter")
        page.wait_for_function("target => location.hash === target", arg=target)
        assert in_view(page, target)
        row = page.locator("tr", has=page.locator(f"a[href='{target}']"))
        assert page.locator(target).inner_text().split()[0] in row.inner_text()


def test_code_opens_by_keyboard(rendered: dict[str, Path], page: Page) -> None:
    page.goto(rendered["00-Tour"].as_uri())
    fold = page.locator("details.code").first
    fold.locator("summary").focus()
    for key, opened in (("Enter", True), ("Space", False)):
        page.keyboard.press(key)
        assert fold.evaluate("fold => fold.open") is opened


def test_the_passages_of_a_round_open_by_keyboard(rendered: dict[str, Path], page: Page) -> None:
    page.goto(rendered["03-Negotiation-Rounds"].as_uri())
    fold = page.locator(".out details").first
    assert not fold.locator("blockquote").first.is_visible()
    fold.locator("summary").press("Enter")
    assert fold.locator("blockquote").first.is_visible()


def test_the_first_key_leads_past_the_head_of_the_page(rendered: dict[str, Path], page: Page) -> None:
    page.goto(rendered["00-Tour"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_pages_of_a_run_lead_to_one_another(rendered: dict[str, Path], page: Page) -> None:
    page.goto(rendered[NOTEBOOKS[0]].as_uri())
    visited = [Path(page.url).stem]
    while (following := page.locator("footer [rel=next]")).count():
        with page.expect_navigation():
            following.click()
        visited.append(Path(page.url).stem)
    assert visited == NOTEBOOKS
