"""What lies at an edge: texts that are cut off, days at the ends of the calendar, characters that few texts hold."""

from __future__ import annotations

import ast
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.export import icalendar_text, timelinejs
from toolkit.times import find_times

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

GOOD = tk.Article("Ada Berg said on Tuesday that Kenya was ready. The second round of talks in Oslo ended on Friday.")
LONGEST_CUT = 20
ENDS = [dt.date.min, dt.date.max, None]
ODD = [
    "\u2029",
    "\u0085",
    "\u2028",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u0301",
    "\u20dd",
    "\u202e",
    "관",
    "談話",
    "🧭",
    "\x00",
]


def texts_of(module: str) -> list[str]:
    """Return the texts of another module's tables."""
    tree = ast.parse(Path(__file__).with_name(module).read_text(encoding="utf-8"))
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return list(dict.fromkeys(text for text in found if len(text) > LONGEST_CUT + 5 and text[-1] in '.!?”"'))


TIMES = texts_of("test_times.py")
TOLD = [*TIMES, *texts_of("test_rounds.py"), *texts_of("test_speakers.py")]


def read(articles: list[tk.Article]) -> Coverage:
    return tk.analyze(articles, errors="raise", executor=1, progress=False)


def rows_of_good(coverage: Coverage) -> dict[str, list[dict[str, Any]]]:
    """Return the good article's rows of each frame whose rows are of one article."""
    own = {name: frame for name, frame in coverage.frames().items() if "article_id" in frame}
    return {
        name: frame[frame["article_id"] == GOOD.article_id].astype(str).to_dict("records")
        for name, frame in own.items()
    }


def test_the_tables_have_texts() -> None:
    assert len(TIMES) > 300
    assert len(TOLD) > 600


@pytest.mark.parametrize("part", range(2))
def test_a_text_that_is_cut_off_is_read_and_leaves_others_alone(part: int) -> None:
    # Of all texts a few, each cut elsewhere; a number that shares no factor with 20 goes through all cuts.
    some = TOLD[part * 13 :: 37]
    cut = [text[: -1 - number * 7 % LONGEST_CUT] for number, text in enumerate(some)]
    coverage = read([GOOD, *map(tk.Article, dict.fromkeys(cut))])
    assert rows_of_good(coverage) == rows_of_good(read([GOOD]))


@pytest.mark.parametrize("published", ENDS)
def test_expressions_at_the_ends_of_the_calendar_stay_in_it(published: dt.date | None) -> None:
    for text in TIMES:
        for time in find_times(text, published=published):
            assert (time.first is None) == (time.last is None)
            assert time.first is None or time.first <= time.last


@pytest.fixture(scope="module", params=ENDS, ids=str)
def at_an_end(request: pytest.FixtureRequest) -> Coverage:
    texts = TIMES[::40]
    rounds = "The third round of talks between Kenya and Peru began on Friday and lasts a week; the next is in March."
    return read([tk.Article(text, published=request.param) for text in [*texts, rounds]])


def test_frames_hold_the_ends_of_the_calendar(at_an_end: Coverage) -> None:
    assert len(at_an_end.times)
    assert at_an_end.times["first"].dtype == "datetime64[s]"
    assert len(at_an_end.rounds)


def test_pages_charts_and_exports_show_the_ends_of_the_calendar(at_an_end: Coverage, tmp_path: Path) -> None:
    assert tk.share(at_an_end, tmp_path / "page.html").stat().st_size
    assert tk.explore(at_an_end)._repr_mimebundle_()
    tk.plots.timeline(at_an_end.rounds, quotations=at_an_end.quotations).figure.canvas.draw()
    assert "VCALENDAR" in icalendar_text(at_an_end.rounds)
    assert "events" in timelinejs(at_an_end.rounds)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([*ODD, *(word for text in TOLD[::29] for word in text.split(" "))]), max_size=12))
def test_odd_characters_are_read(parts: list[str]) -> None:
    text = " ".join(parts)
    for whole in (text, text.replace(" ", "")):
        if whole.strip():
            (article,) = read([tk.Article(whole)]).articles["text"]
            assert article == whole
