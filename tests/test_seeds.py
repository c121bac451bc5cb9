"""The background dispatches: their header, their length, and dates that agree with the calendar."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[1] / "seeds" / "background").glob("*.txt"))
DATELINE = re.compile(r"[A-Z ]+(?:, \w+)?, (\w{3})\w*\.? (\d{1,2}) - ")
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def parts(path: Path) -> tuple[dict[str, str], str]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def test_there_are_ten() -> None:
    assert len(FILES) == 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_header_gives_title_date_and_outlet(path: Path) -> None:
    header, _ = parts(path)
    assert list(header) == ["title", "published", "outlet"]
    assert header["outlet"] == "background note"
    after = dt.date.fromisoformat(header["published"]) - dt.date.fromisoformat(path.stem[:10])
    assert after.days in {0, 1}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dispatch_is_short_and_quotes_nobody(path: Path) -> None:
    _, body = parts(path)
    assert 120 <= len(body.split()) <= 250
    assert not set(body) & set('"“”«»')


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dates_agree_with_the_calendar(path: Path) -> None:
    header, body = parts(path)
    published = dt.date.fromisoformat(header["published"])
    if dateline := DATELINE.match(body):
        assert dateline.groups() == (f"{published:%b}", str(published.day))
    told = dt.date.fromisoformat(path.stem[:10])
    assert WEEKDAYS[told.weekday()] in body
