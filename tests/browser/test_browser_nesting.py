"""Statements within statements in the linked view, however deep they stand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from browser_support import lacking

import toolkit as tk
from toolkit.frames import DECLARED
from toolkit.records import Quotation

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from toolkit.coverage import Coverage

# The script's own time: a toggle paints the article anew before the click returns.
REPAINT = """node => {
  const begin = performance.now();
  node.click();
  return performance.now() - begin;
}"""


def nested(depth: int) -> Coverage:
    """Return the coverage of one sentence in which each statement stands within another."""
    sayings = [f"Speaker {number} said that " for number in range(depth)]
    article = tk.Article("".join(sayings) + "the strait stays open.", title="Nested", published=dt.date(2024, 5, 2))
    starts = [len("".join(sayings[: number + 1])) for number in range(depth)]
    end = len(article.text) - 1
    quotations = [
        Quotation(f"q{number}", article.article_id, ((start, end),), article.text[start:end], "indirect", score=1.0)
        for number, start in enumerate(starts)
    ]
    empty = tk.analyze([article], progress=False)
    return dataclasses.replace(empty, quotations=DECLARED["quotations"].of(quotations))


@pytest.mark.parametrize("depth", [3, 40])
def test_lines_below_nested_statements_lie_apart_at_any_depth(page: Page, tmp_path: Path, depth: int) -> None:
    page.goto(tk.share(nested(depth), tmp_path / "nested.html").as_uri())
    expect(page.locator(".tk-text mark").first).to_be_visible()
    levels = page.locator(".tk-text mark").evaluate_all(
        "marks => marks.map(mark => Number(mark.style.getPropertyValue('--deep')))"
    )
    assert set(levels) == set(range(depth))
    assert page.get_by_role("button", name="Mentions").evaluate(REPAINT) < 1000
