from __future__ import annotations

import errno
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from outline import Outline, bare
from test_explore import HOSTILE, OTHER, TEXT, block, covering, stripped

import toolkit as tk
from toolkit import sharing
from toolkit.articles import Articles
from toolkit.articles._outcomes import LeftOut
from toolkit.errors import FileError, InputError
from toolkit.frames import DECLARED
from toolkit.linked import script_source
from toolkit.records import Position
from toolkit.sharing import page_of

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

mpl.use("agg")

TIMELINE = "Rounds of talks"


def policy(page: str) -> str:
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    return found


@pytest.fixture(scope="module")
def page() -> str:
    return page_of(covering())


def test_only_the_views_own_script_may_run_and_nothing_is_loaded(page: str) -> None:
    assert policy(page) == (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {script_source()}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert len(re.findall("<script", page)) == 4
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert not re.search(r"url\((?!#)|@import", page)


def test_the_summary_says_what_was_read_and_found(page: str) -> None:
    text = bare(page)
    assert "2 articles, from The Daily Otter, published 18 Feb 2031, 1 without a known date: " in text
    assert "2 quotations, 3 speakers (1 less sure not shown), 1 actor, 1 round of talks." in text


def test_charts_are_drawings_with_words_each_mark_a_link(page: str) -> None:
    drawn = re.findall(r"<svg .*?</svg>", page, re.DOTALL)
    names = [re.findall(r'aria-label="Chart: ([^"]*)"', drawing)[0] for drawing in drawn]
    # Each is drawn twice, for wide and for narrow windows.
    assert names == [name for name in ("Quotations per speaker", "How each actor is judged", TIMELINE) for _ in "12"]
    for words in ("Bar chart: ", "How each actor is judged: ", "Timeline: "):
        assert words in bare(page)
    for rows in ("speaker=Ada", "speaker=Ada&amp;kind=indirect", "round=r1"):
        assert sum(f'<a href="#{rows}">' in drawing for drawing in drawn) == 2
    assert 'id="round=r1"' in page


def test_charts_take_the_colours_of_the_page_and_hold_paper_s_own(page: str) -> None:
    for drawing in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
        assert "var(--tk-ink,#333)" in drawing
        assert not re.search(r"(?<!,)#(fff|333|000)\b", drawing)
    assert "--tk-ink:currentColor" in page


def test_a_title_that_no_page_can_hold_is_escaped_and_a_fault_keeps_the_old_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tk.share(covering(), tmp_path / "new" / "report.html", title="Talks \ud800\x1b")
    before = path.read_bytes()
    assert rb'<h1 dir="auto">Talks \ud800\x1b</h1>' in before

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FileError, match=r"report\.html: not written \(No space left on device\); .* make room"):
        tk.share(covering(), path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["report.html"]


def test_provenance_names_files_without_their_folders(page: str) -> None:
    text = bare(page)
    assert "ferry.txt" in text
    assert "/home" not in page
    assert "18 Feb 2031 (given by the user)" in text
    assert "pipeline: en_rules" in text
    assert "The page holds the whole text of each article." in text


def test_without_scripts_it_can_be_read(page: str) -> None:
    text = bare(stripped(page))
    assert TEXT in text
    assert OTHER in text


def test_without_texts_only_evidence_is_in_it() -> None:
    page = page_of(covering(), texts=False)
    assert "gulls" not in page
    assert "gulls" not in str(block(page))
    assert "only the sentences that are evidence, with […] for the rest" in bare(page)
    assert block(page)["quotations"]["id"] == ["q1", "q2", "q3"]


def test_hostile_text_is_shown_and_does_nothing() -> None:
    page = page_of(covering(texts=(TEXT + HOSTILE, OTHER + HOSTILE), say=HOSTILE), title=HOSTILE)
    assert len(re.findall("<script", stripped(page))) == 0
    outline = Outline(stripped(page))
    assert not outline.all("img")
    assert not [key for _, attributes in outline.elements for key in attributes if key.startswith("on")]
    assert policy(page) == policy(page_of(covering()))
    assert bare(page).count(HOSTILE) > 10


def left_out(coverage: Coverage) -> Coverage:
    articles = Articles([], left_out=[LeftOut("/data/in/b.txt", "empty")])
    return replace(coverage, left_out=DECLARED["left_out"].of(articles.left_out))


def test_what_was_left_out_is_told() -> None:
    text = bare(page_of(left_out(covering())))
    assert "1 note on what was left out or doubtful" in text
    assert "b.txt" in text
    assert "/data/in" not in text


def test_what_people_judged_is_told_with_its_interval() -> None:
    coverage = covering()
    assert "Checked by hand" not in page_of(coverage)
    keys = coverage.quotations["key"]
    judged = tk.check(coverage).confirm("quotations", keys[0]).reject("quotations", keys[1]).apply()
    text = bare(page_of(judged))
    assert "Checked by hand" in text
    assert "1 of 2" in text
    assert "9 % to 91 %" in text
    assert "1 of 2 right, 50 % (9–91 %)" in repr(judged.checked)
    assert block(page_of(judged))["judged"][0] == ["quotations", None, 1, 2]


def test_an_empty_coverage_gives_a_page() -> None:
    coverage = covering()
    empty = replace(coverage, **{name: frame.iloc[:0] for name, frame in coverage.frames().items()})
    page = page_of(empty)
    assert "0 articles: 0 quotations" in bare(page)
    assert "<svg" not in page


def test_share_writes_the_page_and_the_same_bytes_again(tmp_path: Path) -> None:
    path = tk.share(covering(), tmp_path / "report.html", title="Lake talks")
    assert path == tmp_path / "report.html"
    first = path.read_bytes()
    assert b"<title>Lake talks</title>" in first
    assert tk.share(covering(), str(path), title="Lake talks").read_bytes() == first


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"this is a folder; give a file, such as "):
        tk.share(covering(), tmp_path)


def test_the_page_of_the_seed_is_small(undated: Coverage, tmp_path: Path) -> None:
    assert tk.share(undated, tmp_path / "seed.html").stat().st_size <= 180 * 1024


def test_the_page_of_the_seed_and_the_notes_is_small(coverage: Coverage, tmp_path: Path) -> None:
    assert tk.share(coverage, tmp_path / "all.html").stat().st_size <= 300 * 1024


def test_no_literal_of_the_script_goes_over_lines() -> None:
    sources = (Path(sharing.__file__).parent / "templates").glob("*/*.js")
    odd = [line for source in sources for line in source.read_text("utf-8").splitlines() if line.count("`") % 2]
    assert odd == []


def test_the_page_says_who_stands_where_where_positions_are_known(page: str) -> None:
    assert "Who stands where" not in page
    coverage = covering()
    article = coverage.articles["article_id"].iloc[0]
    words = coverage.articles["text"].iloc[0]
    start = words.index("ferry will")
    held = Position("p", article, start, start + 10, "ferry will", "for", "seeks", "Ada", issue=HOSTILE)
    shown = page_of(coverage.with_frames({"positions": DECLARED["positions"].of([held])}), texts=False)
    assert "Who stands where" in bare(shown)
    assert "Ada" in shown[shown.index('aria-label="Who stands where"') :]
    assert HOSTILE not in shown
