"""One browser and one JupyterLab for all tests of this folder, ended with it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_support import TIMEOUT, Watch, lacking, launch_options
from lab_support import NOISE, Lab, serving

from toolkit import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parent.parent.parent


# Not for the whole session: the loop that playwright keeps running would be in the way of tests of other folders.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if reason := lacking():
        pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(**launch_options())
        yield started
        started.close()


@pytest.fixture
def offline(browser: Browser) -> Iterator[BrowserContext]:
    """Pages with the network cut; a request, an error on the console or a dialog fails the test."""
    watch = Watch()
    context = browser.new_context(offline=True, reduced_motion="reduce")
    context.set_default_timeout(TIMEOUT)
    watch.follow(context)
    yield context
    context.close()
    assert watch.problems == []


@pytest.fixture
def page(offline: BrowserContext) -> Page:
    return offline.new_page()


@pytest.fixture(scope="package")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The committed notebooks as pages, by name."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    read = [(path, render.normalise(render.read_notebook(path))) for path in paths]
    executed = [render.Executed(path, notebook, notebook) for path, notebook in read]
    pages = render.write_pages(executed, tmp_path_factory.mktemp("rendered"))
    return {page.stem: page for page in pages}


@pytest.fixture(scope="package")
def _lab(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    root, scratch = tmp_path_factory.mktemp("root"), tmp_path_factory.mktemp("jupyter")
    for folder in ("notebooks", "seeds"):
        shutil.copytree(ROOT / folder, root / folder)
    with serving(root, scratch) as server:
        context = browser.new_context(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
        context.set_default_timeout(TIMEOUT)
        watch = Watch(noise=NOISE)
        watch.follow(context)
        yield Lab(context.new_page(), server, watch)
        context.close()


@pytest.fixture
def lab(_lab: Lab) -> Iterator[Lab]:
    """JupyterLab in the browser; a request to elsewhere, an error on the console or a dialog fails the test."""
    _lab.watch.problems.clear()
    yield _lab
    assert _lab.watch.problems == []
