"""Statements within statements in the linked view, however deep they stand."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from browser_support import lacking

import toolkit as tk

if lacking():
    pytest.skip(lacking(), allow_module_level=True)

from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@pytest.mark.parametrize("depth", [3, 40])
def test_lines_below_nested_statements_lie_apart_at_any_depth(page: Page, tmp_path: Path, depth: int) -> None:
    text = "Mia Lund said that " + "Ola Berg said that " * (depth - 1) + "the strait stays open."
    coverage = tk.analyze([tk.Article(text, title="Nested", published=dt.date(2024, 5, 2))])
    quotations = coverage.quotations
    deep = len({(row.start, row.end) for row in quotations.itertuples()})
    assert deep >= min(depth, 3)
    path = tk.share(coverage, tmp_path / "nested.html")
    began = time.monotonic()
    page.goto(path.as_uri())
    expect(page.locator(".tk-text mark").first).to_be_visible()
    levels = page.locator(".tk-text mark").evaluate_all(
        "marks => marks.map(mark => Number(mark.style.getPropertyValue('--deep')))"
    )
    assert time.monotonic() - began < 5
    assert max(levels) == deep - 1
    assert len(set(levels)) == deep
