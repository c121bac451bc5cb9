"""Every kind of file that people have: what is read of each, and what is told of those that give nothing."""

from __future__ import annotations

import re
import sys
import warnings
from typing import TYPE_CHECKING

import made
import pytest

import toolkit as tk
from toolkit.reading import _formats
from toolkit.reading._formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.articles import Article, Articles

EVERYTHING = made.everything()
READ = [each for each in EVERYTHING if each.stories]
REFUSED = [each for each in EVERYTHING if not each.stories]


def read(folder: Path, each: made.Made) -> Articles:
    path = folder / each.name
    path.write_bytes(each.content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tk.ToolkitWarning)
        return tk.read(path)


def squeezed(words: str) -> str:
    return " ".join(made.plain(words).split())


def told(source: Article | made.Story, known: tuple[str, ...]) -> dict[str, object]:
    """Facts of an article or a story, in the letters that every format has."""
    day = {"published": source.day} if isinstance(source, made.Story) else {}
    values = {name: day.get(name) or getattr(source, name) for name in known}
    return {name: made.plain(value) if isinstance(value, str) else value for name, value in values.items()}


def test_there_is_enough_to_tell() -> None:
    assert len(EVERYTHING) >= 120
    assert len({each.name for each in EVERYTHING}) == len(EVERYTHING)


@pytest.mark.parametrize("each", READ, ids=lambda each: each.name)
def test_each_article_is_read_with_its_facts(tmp_path: Path, each: made.Made) -> None:
    articles = read(tmp_path, each)
    assert len(articles) == len(each.stories)
    for article, story in zip(articles, each.stories, strict=True):
        assert told(article, each.known) == told(story, each.known)
        body = squeezed(article.body_text)
        first, last = squeezed(story.paragraphs[0]), squeezed(story.paragraphs[-1])
        assert first in body[: len(first) + 60]
        assert body.count(last) >= 1
        assert not re.search("newsletter|LOAD-DATE|Load-Date|BYLINE|Section:|Copyright|words$", body)


@pytest.mark.parametrize("each", REFUSED, ids=lambda each: each.name)
def test_each_other_is_told_with_what_helps(tmp_path: Path, each: made.Made) -> None:
    with pytest.raises(tk.InputError, match=each.told) as raised:
        read(tmp_path, each)
    assert "\x1b" not in str(raised.value)
    assert len(str(raised.value)) < 600 + len(str(tmp_path))


def test_the_faults_of_some_are_theirs_alone(tmp_path: Path) -> None:
    good = [each for each in READ if each.kind in {"web page", "JSON", "archive"}]
    for each in (*good, *REFUSED):
        (tmp_path / each.name).write_bytes(each.content)
    with pytest.warns(tk.ToolkitWarning):
        articles = tk.read(tmp_path)
    assert {article.title for article in articles} == {story.title for story in made.STORIES}
    told = "\n".join(map(str, articles.left_out))
    assert [each.name for each in REFUSED if f"{tmp_path}/{each.name}" not in told] == []


@pytest.mark.parametrize(
    ("each", "library"), [("columns.pdf", "pdfminer"), ("title.odt", "odfdo"), ("crawl.warc", "warcio")]
)
def test_a_missing_library_is_told_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each: str, library: str
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    found = next(one for one in READ if one.name == each)
    with pytest.raises(tk.InputError, match=r"is not installed; pip install 'negotiation-news-toolkit\[files\]'"):
        read(tmp_path, found)


def test_a_file_is_as_large_as_its_format_allows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_formats, "MEGABYTE", 1)
    for each in READ:
        if not each.name.startswith(("bomb", "rows", "far")):
            with pytest.raises(tk.InputError, match=r"is too large \(0\.\d MB; at most \d+ MB\)|too large"):
                read(tmp_path, each)


def test_every_format_is_met() -> None:
    names = {_formats.format_of(_formats.File(each.name, each.content)).name for each in READ}
    assert names == {each.name for each in FORMATS}


def test_nothing_outside_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for each in READ:
        if each.kind in {"web page", "feed", "mail", "web archive", "Word document", "PDF"}:
            read(tmp_path, each)
