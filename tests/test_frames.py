from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import toolkit as tk
from toolkit.articles import Article
from toolkit.export import write_frame
from toolkit.frames import DECLARED, Frame, in_context
from toolkit.records import Mention

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def mentions() -> pd.DataFrame:
    article = Article(f"Talks with {HOSTILE} went on & on.")
    found = Mention(article.article_id, 11, 11 + len(HOSTILE), HOSTILE, HOSTILE, "name")
    frames = {"articles": DECLARED["articles"].of([article]), "mentions": DECLARED["mentions"].of([found])}
    return in_context(frames)["mentions"]


def html_of(frame: pd.DataFrame) -> str:
    return str(getattr(frame, "_repr_html_")())  # noqa: B009 - what a notebook asks for


def test_a_frame_shows_its_words_escaped_and_marked(mentions: pd.DataFrame) -> None:
    html = html_of(mentions)
    assert "<img" not in html
    assert "Talks with <span style=" in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 2
    assert repr(mentions).splitlines()[:2] == [
        "1 mention",
        f"{HOSTILE} (name): …Talks with [{HOSTILE}] went on & on.…",
    ]


@pytest.mark.parametrize("name", [name for name in DECLARED if name != "classification"])
def test_every_frame_shows_itself_even_when_empty(name: str, coverage: Coverage) -> None:
    frame = coverage.frames().get(name, DECLARED[name].frame([]))
    for part in (frame, frame.head(0), frame.iloc[:, :2], frame.assign(mine="my note")):
        assert isinstance(part, Frame)
        assert "<table" in html_of(part)
        assert repr(part)
    if len(frame):
        assert "my note" in html_of(frame.assign(mine="my note"))
    assert "row_heading" not in html_of(frame)


def test_what_it_knows_outlives_what_pandas_does(coverage: Coverage) -> None:
    found = coverage.sentiment
    some: list[Any] = [
        found[found["score"] < 0], found.sort_values("score"), found.head(3), found.copy(),
        found[1:].reset_index(drop=True),
        found.query("polarity == 1"), found.assign(polarity=1), copy.deepcopy(found), found.sample(3, random_state=1),
    ]  # fmt: skip
    for part in some:
        assert isinstance(part, Frame)
        words = coverage.articles.set_index("article_id").text[part["article_id"].iloc[0]]
        start, end = part["target_start"].iloc[0], part["target_end"].iloc[0]
        assert f">{words[start:end]}</span>".replace("'", "&#x27;") in html_of(part)


def test_a_pickle_is_small_and_says_the_same(coverage: Coverage) -> None:
    packed = pickle.dumps(coverage.mentions)
    again = pickle.loads(packed)  # noqa: S301 - our own
    assert isinstance(again, Frame)
    pd.testing.assert_frame_equal(again, coverage.mentions)
    assert coverage.articles.text.iloc[0].encode()[100:200] not in packed
    assert coverage.mentions.text.iloc[0] in repr(again)


def test_groups_keep_the_index_that_names_them(coverage: Coverage) -> None:
    means = coverage.quotations.groupby("speaker")[["score"]].mean()
    assert '<th scope="row"' in html_of(means)
    assert means.index[0] in html_of(means)
    twice = coverage.quotations.groupby(["speaker", "kind"])[["score"]].mean()
    assert f"{twice.index[0][0]} · {twice.index[0][1]}" in html_of(twice)


def test_joined_frames_are_shown_column_by_column(coverage: Coverage) -> None:
    joined = pd.concat([coverage.mentions, coverage.mentions])
    assert "article_id" in html_of(joined)
    merged = coverage.quotations.merge(coverage.articles[["article_id", "outlet"]], on="article_id")
    assert "background note" in html_of(merged.tail(3))


@pytest.mark.parametrize(("rows", "shown"), [(None, 30), (5, 5), (60, 20)])
def test_as_many_rows_as_pandas_options_ask_for(rows: int | None, shown: int) -> None:
    frame = DECLARED["left_out"].of([])
    frame = frame.reindex(range(30)).assign(source="a.txt", reason="empty")
    with pd.option_context("display.max_rows", rows):
        assert html_of(frame).count("<tr") == shown + 1
        assert repr(frame).startswith("30 notes" if shown == 30 else f"{shown} of 30 notes shown")


def test_odd_columns_are_shown() -> None:
    frame = Frame({"a": [1.23456, None], "b": [[1, "x"], {"k": None}], "c": [pd.Timestamp("2024-05-03"), pd.NaT]})
    frame.columns = pd.Index(["a", "a", 3])
    html = html_of(frame)
    assert all(f">{text}</" in html for text in ("1.23", "1, x", "k:", "3 May 2024", "3"))
    assert html_of(Frame(index=[0, 1])).count("2 rows") == 1


def test_files_are_the_same_as_of_a_plain_frame_but_that_a_csv_stands_alone(coverage: Coverage, tmp_path: Path) -> None:
    coloured = tk.correct(coverage, [{"actor": "Volodymyr Zelenskyy", "colour": "teal"}]).mentions
    own, plain = (write_frame(frame, tmp_path / "a.jsonl").read_bytes() for frame in (coloured, pd.DataFrame(coloured)))
    assert own == plain
    written = [pd.read_csv(write_frame(frame, tmp_path / "a.csv")) for frame in (coloured, pd.DataFrame(coloured))]
    assert list(written[0])[:3] == ["outlet", "published", "title"]
    pd.testing.assert_frame_equal(written[0].iloc[:, 3:], written[1])
    again = pd.read_parquet(write_frame(coloured, tmp_path / "own.parquet"))
    assert again.to_dict() == pd.DataFrame(coloured).to_dict()
