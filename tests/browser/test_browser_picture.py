"""The picture of the README shows what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from picture import PICTURE, SHOWN, open_page, shown, write_page
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


def test_the_picture_is_of_the_page_as_it_is(browser: Browser, tmp_path: Path) -> None:
    page = open_page(browser, write_page(tmp_path))
    with Image.open(PICTURE) as picture:
        carried = str(picture.info[SHOWN]).splitlines()
    now = shown(page).splitlines()
    page.context.close()
    assert carried == now, "make the picture anew: python tests/browser/picture.py"
