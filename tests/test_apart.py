"""What travels apart from a large view: nothing is lost on the way, and what is left out is said."""

from __future__ import annotations

import base64
import gzip
import json
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import pytest
from covered import coverage_of
from hypothesis import given
from hypothesis import strategies as st

import toolkit as tk
from toolkit.articles import Article
from toolkit.linked import _apart
from toolkit.linked._packing import packed

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage

COLUMNS = st.integers(0, 30).flatmap(
    lambda n: st.fixed_dictionaries(
        {name: st.lists(st.integers(), min_size=n, max_size=n) for name in ("article", "x")}
    )
)
DATA = st.fixed_dictionaries(dict.fromkeys(_apart.PAGED, COLUMNS))


def articles(count: int) -> Coverage:
    """A coverage of articles with a few words each, and nothing found in them."""
    return coverage_of(articles=[Article(f"Words of day {number}.", title=f"Day {number}") for number in range(count)])


@given(data=DATA, size=st.integers(1, 7))
def test_pages_of_rows_join_to_what_they_were(data: dict[str, Any], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_apart, "PAGE_ROWS", size)
        first, pages = _apart.rows_apart(data)
    assert first["pages"] == len(pages)
    assert all(len(page[name]["x"]) <= size for page in (first, *pages) for name in _apart.PAGED)
    joined = {
        name: {key: list(chain.from_iterable(page[name][key] for page in (first, *pages))) for key in data[name]}
        for name in _apart.PAGED
    }
    assert joined == data


@given(texts=st.lists(st.text(), max_size=40))
def test_blocks_of_texts_join_to_what_they_were(texts: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_apart, "TEXTS_APART", 0)
        data, blocks = _apart.texts_apart({"articles": {"id": list(range(len(texts))), "text": texts}})
    assert "text" not in data["articles"]
    assert list(chain.from_iterable(blocks)) == texts
    assert all(len(block) == data["block"] for block in blocks[:-1])


@given(text=st.text())
def test_letters_may_stand_in_a_page_and_give_the_text_back(text: str) -> None:
    letters = _apart.in_letters(text)
    assert re.fullmatch(r"[A-Za-z0-9+/=]*", letters)
    assert gzip.decompress(base64.b64decode(letters)).decode() == text


def test_few_texts_stay_where_they_are() -> None:
    data, blocks = _apart.texts_apart(packed(articles(3)))
    assert (blocks, data["articles"]["text"][2]) == ([], "Words of day 2.")


def test_a_page_holds_the_first_articles_and_says_what_it_leaves_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(_apart, "MOST_ARTICLES", 4)
    page = tk.share(articles(9), tmp_path / "page.html").read_text(encoding="utf-8")
    assert "The first 4 of 9 articles are here; the other 5 are left out" in page
    assert "the whole text of the first 4 of 9 articles" in page
    data = block(page)
    assert (data["total"], len(data["articles"]["id"])) == (9, 4)
    assert "total" not in block(tk.share(articles(4), tmp_path / "page.html").read_text(encoding="utf-8"))


def test_a_filter_by_an_article_that_is_left_out_goes_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apart, "MOST_ARTICLES", 2)
    found = articles(3)
    view = tk.explore(found, filters={"article": found.articles["article_id"][2], "search": "day"})
    assert block(str(view.html()))["state"]["filters"] == {"search": "day"}
    assert view.filters["article"] == found.articles["article_id"][2]


def test_a_round_that_only_left_out_articles_tell_of_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_apart, "MOST_ARTICLES", 1)
    found = articles(2)
    assert _apart.fitting(replace(found, metadata={})).rounds.empty


def test_a_long_table_of_sources_is_cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("toolkit.sharing.MOST_SOURCES", 2)
    page = tk.share(articles(3), tmp_path / "page.html").read_text(encoding="utf-8")
    assert "The first 2 of 3; the others are left out." in page


def test_a_widget_is_asked_for_rows_and_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_apart, "TEXTS_APART", 0)
    monkeypatch.setattr(_apart, "BLOCK", 2)
    widget = tk.explore(articles(3)).widget()
    assert "text" not in json.loads(widget.data)["articles"]
    sent: list[tuple[dict[str, str], bytes]] = []
    monkeypatch.setattr(widget, "send", lambda content, buffers: sent.append((content, buffers[0])))
    for content in ({"ask": "texts 1"}, {"ask": "texts 9"}, {"ask": None}, "texts 0"):
        widget._handle_custom_msg(content, [])
    ((said, part),) = sent
    assert said == {"part": "texts 1"}
    assert json.loads(gzip.decompress(part)) == ["Words of day 2."]


def block(page: str) -> dict[str, Any]:
    """The data of the view in a page."""
    (found,) = re.findall(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    data: dict[str, Any] = json.loads(found)
    return json.loads(gzip.decompress(base64.b64decode(data["gzip"]))) if "gzip" in data else data
