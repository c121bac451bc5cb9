from __future__ import annotations

import calendar
import csv
import datetime as dt
import hashlib
import json
import os
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.articles import Article, Articles, LeftOut, Problem
from toolkit.errors import InputError, ToolkitWarning
from toolkit.export import write_frame
from toolkit.frames import DECLARED
from toolkit.reading import _formats, _tables, parse_date, read
from toolkit.reading._decoding import decode
from toolkit.reading._finding import files_matching
from toolkit.reading._formats import KINDS
from toolkit.reading._header import find_header

if TYPE_CHECKING:
    from toolkit.reading import Source

DAY = dt.date(2026, 2, 18)
PLAIN = "Envoys met in Vienna.\n\nNo deal, said one of them.\n"
HEADED = "Title: Talks pause\nDate: 18 February 2026\nSource: The Courier\nBy: A. Writer\n\nEnvoys met.\n"
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text.strip())


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def reasons(articles: Articles) -> str:
    return "\n".join(str(item) for item in articles.left_out)


# --- dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        dt.datetime(2026, 2, 18, 23, 59, tzinfo=dt.UTC),
        pd.Timestamp("2026-02-18 06:00"),
        "2026-02-18",
        "  2026-02-18 ",
        "2026-02-18T23:30:00-05:00",
        "2026-02-18T00:30:00Z",
        "2026-02-18 21:30",
        "18 February 2026",
        "18 Feb. 2026",
        "Feb. 18, 2026",
        "Feb 18 2026",
        "February 18, 2026",
        "FEBRUARY 18, 2026",
        "Wed, 18 Feb 2026 23:30:00 -0500",
        "Published February 18, 2026 at 9:14 a.m. ET",
        "Wed 18 Feb 2026 09.14 CET",
        "February 18th, 2026",
        "18-Feb-26",
        "18/02/2026",
        "18.02.2026",
        "2026/02/18",
        "20260218T091500Z",
        "le mercredi 18 février 2026",
        "Mittwoch, 18. Februar 2026, 18:40 Uhr",
        "18 de febrero de 2026",
        "2026年2月18日",
        "February 18, 2026 Wednesday Late Edition - Final",
    ],
)
def test_a_date_is_read_in_every_accepted_form(value: object) -> None:
    assert parse_date(value) == DAY
    assert type(parse_date(value)) is dt.date


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1 Jan 2026", 1),
        ("1 March 2026", 3),
        ("1 Mar 2026", 3),
        ("May 1, 2026", 5),
        ("Jun. 1, 2026", 6),
        ("July 1, 2026", 7),
        ("Sept. 1, 2026", 9),
        ("1 December 2026", 12),
    ],
)
def test_months_go_by_name_and_abbreviation(text: str, month: int) -> None:
    assert parse_date(text) == dt.date(2026, month, 1)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "12 March",
        "2026-02-30",
        "31 June 2026",
        "Foo 1, 2026",
        "2026",
        20260218,
        None,
        pd.NaT,
        "٢٠٢٦-٠٢-١٨",
        "2026-02-18" + " " * 50 + "or so",
        "2026-W08-3",
        True,
        "Mayoral 1, 2026",
    ],
)
def test_what_is_no_date_is_refused_by_name_with_the_accepted_forms(value: object) -> None:
    with pytest.raises(InputError, match="18 February 2026") as raised:
        parse_date(value)
    assert repr(value)[:10] in str(raised.value)


def test_a_day_that_may_be_two_is_asked_about() -> None:
    with pytest.raises(InputError, match=r"is 2031-04-09 or 2031-09-04; .*day_first=True or day_first=False"):
        parse_date("09/04/2031")
    assert parse_date("09/04/2031", day_first=True) == dt.date(2031, 4, 9)
    assert parse_date("09/04/2031", day_first=False) == dt.date(2031, 9, 4)
    frame = pd.DataFrame({"text": ["A.", "B."], "published": ["09/04/2031", "13/04/2031"]})
    with pytest.warns(ToolkitWarning, match="day_first"):
        assert [article.published for article in read(frame)] == [None, dt.date(2031, 4, 13)]
    assert [str(article.published) for article in read(frame, day_first=True)] == ["2031-04-09", "2031-04-13"]


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_reads_back_in_each_form(day: dt.date) -> None:
    month = calendar.month_name[day.month]
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day} {month} {day.year}") == day
    assert parse_date(f"{month[:3]}. {day.day}, {day.year}") == day


# --- Article and Articles --------------------------------------------------------------------------


def test_an_article_is_named_by_its_text_alone() -> None:
    article = Article(PLAIN, title="A")
    assert article.article_id == hashlib.sha256(PLAIN.encode()).hexdigest()[:12]
    assert replace(article, title="B").article_id == article.article_id
    assert replace(article, text=PLAIN + "x").article_id != article.article_id
    assert "Envoys" not in repr(article)


def test_an_article_given_a_date_without_a_basis_says_given() -> None:
    assert Article(PLAIN, published=DAY).published_basis == "given"
    assert Article(PLAIN, published=DAY, published_basis="dateline").published_basis == "dateline"
    assert Article(PLAIN).published_basis == "unknown"


def test_an_article_refuses_what_contradicts_itself() -> None:
    with pytest.raises(InputError, match="published is None"):
        Article(PLAIN, published_basis="metadata")
    with pytest.raises(InputError, match="body_start is 99"):
        Article("short", body_start=99)
    with pytest.raises(InputError, match=r"surrogate pair at character 4"):
        Article("half\ud800")


def test_a_list_of_articles_survives_pickling_and_slices_to_a_plain_list() -> None:
    articles = Articles([Article(PLAIN)], left_out=[LeftOut("a.txt", "why")], problems=[Problem("b.txt", "what")])
    again = pickle.loads(pickle.dumps(articles))  # noqa: S301 - our own bytes
    assert (again, again.left_out, again.problems) == (articles, articles.left_out, articles.problems)
    assert type(articles[:1]) is list
    assert articles[0].body == (0, len(PLAIN))


def test_the_display_tells_what_was_read_and_what_to_do() -> None:
    articles = Articles(
        [Article(PLAIN), Article("Other.", published=DAY)],
        left_out=[LeftOut("a.txt", "is binary")],
        problems=[Problem("b.txt", "odd date")],
    )
    shown = repr(articles)
    assert shown.startswith("2 articles, 1 left out (see .left_out), 1 with a problem (see .problems), 1 without")
    assert "pass published=" in shown
    assert "a.txt: is binary" in shown
    assert "b.txt: odd date" in shown
    assert "2026-02-18" in shown
    assert "pass published" not in repr(Articles([Article(PLAIN, published=DAY)]))


def test_a_long_display_is_cut_and_says_so() -> None:
    many = Articles([Article(f"Text {n}.") for n in range(60)], left_out=[LeftOut(f"{n}", "x") for n in range(60)])
    assert "… and 50 more" in repr(many)
    assert len(repr(many).splitlines()) < 25
    assert many._repr_html_().count("… and 10 more") == 2


def test_the_html_display_escapes_everything_an_article_brings() -> None:
    bad = "<img src=x onerror=alert(1)>"
    article = Article(bad + " text", title=bad, outlet=bad)
    shown = Articles([article, Article(bad)], left_out=[LeftOut(bad, bad)], problems=[Problem(bad, bad)])
    assert "<img" not in shown._repr_html_()
    assert shown._repr_html_().count("&lt;img") == 7


# --- decoding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1252", b""),
        ("latin-1", b""),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Talks in Zürich ended.\r\nJosé Peña called it a first step, à la carte.\r\n",
        "One naïve accent in an otherwise plain line about a treaty and its many annexes.\n",
        "Le café Müller fût fermé; the £5 fee stayed, the señor said.\n",
    ],
)
def test_a_file_reads_back_whatever_its_encoding(tmp_path: Path, text: str, encoding: str, mark: bytes) -> None:
    path = tmp_path / "news.txt"
    path.write_bytes(mark + text.encode(encoding))
    (article,) = read(path)
    assert article.text == text


def test_windows_quotation_marks_are_read(tmp_path: Path) -> None:
    text = "The minister said “no deal” — yet the café stayed open.\n"
    assert read(write(tmp_path / "news.txt", text, "cp1252"))[0].text == text


def test_an_uncommon_encoding_is_reported_as_a_guess(tmp_path: Path) -> None:
    text = "Переговоры в Вене завершились без соглашения, сообщили участники встречи. " * 4
    path = write(tmp_path / "news.txt", text, "koi8-r")
    with pytest.warns(ToolkitWarning, match="a guess: check its accents, or save it again as UTF-8"):
        articles = read(path, language=None)
    assert articles[0].text == text
    assert articles.problems[0].source == str(path)


@pytest.mark.parametrize(
    ("text", "encoding", "reason"),
    [
        ("“A good café,” said the envoy. “Don’t go.”\n", "mac_roman", "read as mac_roman, a guess"),
        ("We can’t go on… said the café owner.\n", "mac_roman", "read as mac_roman, a guess"),
        ("会談は東京で始まった。\n", "iso2022_jp", "read as iso2022_jp, a guess"),
        ("“No deal,” said the envoy.\n", "utf-7", "read as utf-7, a guess"),
    ],
)
def test_an_encoding_that_hides_behind_another_is_told(tmp_path: Path, text: str, encoding: str, reason: str) -> None:
    path = write(tmp_path / "news.txt", text, encoding)
    with pytest.warns(ToolkitWarning, match=re.escape(reason)):
        articles = read(path)
    assert articles[0].text == text


@pytest.mark.parametrize("text", ["Call +4915123-100, or +Ada-.\n", "José met Ésaïe. “No,” he said – “JOSÉ!”\n"])
def test_plain_text_gives_no_doubt(text: str) -> None:
    assert decode(text.encode("ascii" if text.isascii() else "cp1252")).doubt is None


@given(texts)
def test_utf8_decodes_to_itself(text: str) -> None:
    dropped = text.removeprefix("\ufeff")
    if dropped.strip():
        assert decode(text.encode("utf-8")).text == dropped


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "holds no text"),
        (b" \r\n\t", "holds no text"),
        (b"\xef\xbb\xbf", "holds no text"),
        (b"\x01\x02PK\x00\x00", "binary.*NUL.*save it again as UTF-8"),
        (bytes(range(1, 9)) * 40, "binary.*control characters.*save it again as UTF-8"),
        (
            "Zürich, Genève, Málaga".encode() + b" \x93quoted\x94 ",
            r"broken at byte 26 \(0x93\).*save it again",
        ),
        (b"\xff\xfea", "not sound utf-16-le.*save it again as UTF-8"),
        ("Vienna ".encode("utf-16-le"), "binary.*NUL"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_its_name_and_the_remedy(
    tmp_path: Path, raw: bytes, reason: str
) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=f"odd.txt: .*{reason}"):
        read(path)


def test_decoding_finds_a_late_accent_in_a_large_file() -> None:
    text = "Plain words about the talks.\n" * 40_000 + "José left Zürich.\n"
    assert decode(text.encode("cp1252")).text == text


# --- headers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fields", "body"),
    [
        (
            HEADED,
            {
                "title": "Talks pause",
                "published": "18 February 2026",
                "outlet": "The Courier",
                "author": "A. Writer",
            },
            "Envoys met.\n",
        ),
        ("TITLE : A: b\r\n\r\n\r\nBody.", {"title": "A: b"}, "Body."),
        ("title: A\r\rBody.", {"title": "A"}, "Body."),
        ("title: A\n \t\n  Indented.", {"title": "A"}, "  Indented."),
        ("published: 2026-02-18\ndate: 2026-02-17\n\nBody.", {"published": "2026-02-18"}, "Body."),
        ("url: https://example.org/a:b\n\nBody.", {"url": "https://example.org/a:b"}, "Body."),
        ('---\ntitle: "Talks"\ntags: a\n  - b\n---\nBody.', {"title": "Talks"}, "Body."),
        ("---\r\nTitle: 'A' and 'B'\r\n---\r\n\r\nBody.", {"title": "'A' and 'B'"}, "Body."),
        ('title: "We go"\n\nBody.', {"title": '"We go"'}, "Body."),
        ("Title: A\nNote: B\n\nBody.", {"title": "A"}, "Body."),
        ("Headline: A\n  and B\nWords: 120\n\nBody.", {"title": "A and B"}, "Body."),
        (
            "Titel: A\nDatum: 18.2.2026\nZeitung: C\n\nBody.",
            {"title": "A", "published": "18.2.2026", "outlet": "C"},
            "Body.",
        ),
    ],
)
def test_a_header_is_told_from_the_body(text: str, fields: dict[str, str], body: str) -> None:
    header = find_header(text)
    assert header.fields == fields
    assert text[header.body_start :] == body


@pytest.mark.parametrize(
    "text",
    [
        "Note: the talks resume.\n\nBody.",
        "Source: talks to resume on Friday\n\nBody.",
        "By: the river they met\nSource: unknown\n\nBody.",
        "Title: A\nTitle: B\n\nBody.",
        "Title: A\nBody at once.",
        "Title: A",
        "Title without colon\n\nBody.",
        f"Title: {'long ' * 200}\n\nBody.",
        "\nTitle: A\n\nBody.",
        "---\nno key\n---\nBody.",
        "---\ntitle: A\n\nnever closed",
        PLAIN,
    ],
)
def test_the_opening_of_an_article_is_no_header(text: str) -> None:
    assert find_header(text) == ({}, 0)


@given(texts)
def test_a_body_is_always_the_end_of_its_text(text: str) -> None:
    for whole in (text, f"title: a\n\n{text}", f"---\ntitle: a\n---\n{text}"):
        start = find_header(whole).body_start
        assert 0 <= start <= len(whole)
        assert whole[start:].strip() in text


# --- text files, folders, globs --------------------------------------------------------------------


def test_the_text_is_the_whole_file_and_the_body_follows_the_header(tmp_path: Path) -> None:
    text = HEADED.replace("\n", "\r\n")
    path = write(tmp_path / "news.md", text)
    (article,) = read(path)
    assert article.text == text
    assert text[slice(*article.body)] == article.body_text == "Envoys met.\r\n"
    assert (article.title, article.outlet, article.author) == ("Talks pause", "The Courier", "A. Writer")
    assert (article.published, article.published_basis) == (DAY, "metadata")
    assert article.path == str(path)


def test_without_a_header_nothing_is_assumed(tmp_path: Path) -> None:
    (article,) = read(str(write(tmp_path / "2026-02-18.txt", PLAIN)))
    known = (article.title, article.published, article.outlet, article.author, article.url)
    assert known == (None,) * 5
    assert (article.published_basis, article.body_text) == ("unknown", PLAIN)


@given(text=texts, newline=st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_file_written_as_utf8_reads_back_identical(
    tmp_path_factory: pytest.TempPathFactory, text: str, newline: str
) -> None:
    whole = "." + newline + text + newline
    path = write(tmp_path_factory.mktemp("files") / "news.txt", whole)
    (article,) = read(path)
    assert article.text == whole
    assert article.text[slice(*article.body)] == article.body_text


def test_a_folder_is_read_in_order_past_hidden_files_and_readmes(tmp_path: Path) -> None:
    names = [
        "b/2.txt",
        "a/1.md",
        "c.csv",
        "d.jsonl",
        ".hidden.txt",
        ".git/x.txt",
        "README.md",
        "a/readme.TXT",
    ]
    for name in names:
        body = {".csv": "text\nrow of c\n", ".jsonl": '{"text": "row of d"}'}.get(name[name.rfind(".") :], name)
        write(tmp_path / name, body)
    assert [article.text for article in read(tmp_path)] == ["a/1.md", "b/2.txt", "row of c", "row of d"]
    assert [article.text for article in read(f"{tmp_path}/**/*.[tm]*")] == ["a/1.md", "b/2.txt"]
    assert [article.text for article in read(f"{tmp_path}/*/2.txt")] == ["b/2.txt"]
    assert read(tmp_path / "README.md")[0].text == "README.md"


def test_wildcards_find_what_they_did(tmp_path: Path) -> None:
    names = ["1.txt", ".0.txt", "a/2.txt", "a/b/3.txt", ".h/4.txt", "a/.h/5.txt", "c/b/6.txt"]
    for name in names:
        write(tmp_path / name, name)
    for part in ("*", "*.txt", "?.txt", "**", "**/*.txt", "*/*.txt", "a/**/*", "**/b/*.txt", "*/b/[36].txt", ".*"):
        pattern = f"{tmp_path}/{part}"
        expected = {Path(path) for path in glob(pattern, recursive=True)}  # noqa: PTH207 - what is to be matched
        files = {path for path in expected if path.is_file() and not path.name.startswith(".")}
        assert set(files_matching(pattern).found) == files


def test_links_that_lead_out_are_told_and_not_followed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    write(tmp_path / "secret" / "key.txt", "The secret of the key.\n")
    write(home / "a.txt", PLAIN)
    (home / "key.txt").symlink_to("../secret/key.txt")
    (home / "secret").symlink_to(tmp_path / "secret")
    (home / "b.txt").symlink_to("a.txt")
    for source in (home, f"{home}/**/*", f"{home}/**/*.txt", f"{home}/*"):
        with pytest.warns(ToolkitWarning, match="is a link that leads out of"):
            articles = read(source)
        assert [article.text for article in articles] == [PLAIN]
        told = [item.source for item in articles.left_out if "leads out" in item.reason]
        assert told == [str(home / "key.txt"), str(home / "secret")]
        assert f"b.txt: same text as {home / 'a.txt'}" in reasons(articles)
    with pytest.raises(InputError, match="is a link that leads out"):
        read(f"{home}/*/key.txt")
    # What is named is meant.
    assert read(home / "key.txt")[0].text == read(home / "secret")[0].text == "The secret of the key.\n"


def test_links_that_lead_round_in_a_folder_have_an_end(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PLAIN)
    for name in ("l1", "l2"):
        (tmp_path / name).symlink_to(".")
    (tmp_path / "self.txt").symlink_to("self.txt")
    for source in (tmp_path, f"{tmp_path}/**/*.txt", f"{tmp_path}/**/**/**"):
        with pytest.warns(ToolkitWarning, match=r"self\.txt"):
            assert [article.path for article in read(source)] == [str(tmp_path / "a.txt")]
    (tmp_path / "l2").unlink()
    assert read(f"{tmp_path}/*/a.txt")[0].path == str(tmp_path / "l1" / "a.txt")


def test_a_list_that_contains_itself_is_refused() -> None:
    mine: list[object] = [Article("Talks.")]
    mine.append([mine])
    with pytest.raises(InputError, match="a list of sources contains itself"):
        read(mine)  # type: ignore[arg-type]
    deep: list[object] = [Article("Talks.")]
    for _ in range(2000):
        deep = [deep]
    with pytest.raises(InputError, match="deep in one another; give one flat list"):
        read(deep)  # type: ignore[arg-type]
    same = [Article("Talks.")]
    assert len(read([same, [[Article("Tea.")]]])) == 2


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_signs_that_are_no_text_are_told_when_read_and_written_without_fault(tmp_path: Path, ending: str) -> None:
    odd = {"title": "x \ud800", "outlet": "\x1b]0;mine\x07", "author": "\x9b2J", "url": "a\0b"}
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": PLAIN, **odd}))
    (tmp_path / os.fsdecode(b"bad\xff.txt")).write_bytes(b"Talks in a file of an odd name.\n")
    with pytest.warns(ToolkitWarning, match=r"title holds signs that are no text; kept with escapes .*, x \\ud800"):
        articles = read(tmp_path)
    first, second = articles
    assert (first.title, first.outlet) == (r"x \ud800", r"\x1b]0;mine\x07")
    assert (first.author, first.url) == (r"\x9b2J", r"a\x00b")
    assert second.path == str(tmp_path / r"bad\udcff.txt")
    assert [item.reason.split()[0] for item in articles.problems] == ["title", "outlet", "author", "url", "path"]
    frame = DECLARED["articles"].of(articles)
    if ending == "parquet":
        pytest.importorskip("pyarrow")
    assert write_frame(frame, tmp_path / f"out.{ending}").stat().st_size


def test_nothing_that_is_shown_steers_a_terminal(tmp_path: Path) -> None:
    evil = "\x1b]52;c;aGk=\x07 \x9b2J \u202egnirts\u202c \u2066x"
    write(tmp_path / f"{evil}.txt", PLAIN)
    write(tmp_path / f"{evil}.pdf", PLAIN)
    with pytest.warns(ToolkitWarning) as caught:
        articles = read(tmp_path, outlet=evil, published="2026-02-18")
    articles += [Article(f"{evil} said so.", title=evil)]
    frame = DECLARED["articles"].of(articles)
    with pytest.raises(InputError) as refused:
        read(f"{evil}.none")
    for text in (repr(articles), repr(frame), *(str(each.message) for each in caught), str(refused.value)):
        assert not set(text) & set("\x1b\x07\x9b\u202e\u202c\u2066")
        assert r"\x1b]52;c;aGk=\x07" in text


def test_a_name_with_wildcards_that_exists_is_a_file(tmp_path: Path) -> None:
    assert read(write(tmp_path / "news[1].txt", PLAIN))[0].text == PLAIN


def test_a_batch_goes_on_and_says_once_what_was_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PLAIN)
    write(tmp_path / "b.txt", "")
    write(tmp_path / "c.txt", PLAIN)
    write(tmp_path / "d.xyz", "Talks.")
    with pytest.warns(ToolkitWarning) as caught:
        articles = read(tmp_path)
    assert len(articles) == 1
    assert len(caught) == 1
    assert caught[0].filename == __file__
    assert str(caught[0].message).startswith("3 left out")
    assert reasons(articles) == (
        f"{tmp_path / 'b.txt'}: holds no text; remove it, or put the article in\n"
        f"{tmp_path / 'c.txt'}: same text as {tmp_path / 'a.txt'}; kept once\n"
        f"{tmp_path / 'd.xyz'}: is of kind '.xyz'; read are {KINDS}; if it is an article, save its text as .txt"
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none.txt", "none.txt: no such file or folder; give a path"),
        ("*.csv", r"\*.csv: no file matches in .*; check the pattern"),
        ("empty", "empty: no article in this folder; put in files of kind .txt, .md, .html, .docx"),
        ("a.xyz", "a.xyz: is of kind '.xyz'; read are .txt, .md, .*; if it is an article, save its text as .txt"),
        ("head.txt", "head.txt: holds a header but no text after it; put the article in"),
    ],
)
def test_a_path_that_gives_nothing_is_refused_with_the_remedy(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "a.xyz", "x")
    write(tmp_path / "head.txt", "title: A\n\n")
    with pytest.raises(InputError, match=reason):
        read(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match=r"pipe\.txt: is not a regular file; give a text file"):
        read(tmp_path / "pipe.txt")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ([], "nothing to read: the list of sources is empty"),
        (42, "42: is a int; give a path, a glob, a folder, a DataFrame"),
        ("https://example.org/a.txt", "nothing is fetched; save the page"),
        ("Envoys met. " * 1000, r"…: no such file or folder; .*Article\(text\)"),
        ("nul\0byte", "no such file or folder"),
    ],
)
def test_a_source_that_is_none_is_refused_with_the_remedy(source: object, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as raised:
        read(source)  # type: ignore[arg-type]
    assert len(str(raised.value)) < 500


def test_when_nothing_is_read_the_error_lists_the_first_reasons(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no article could be read from 8 sources") as raised:
        read([tmp_path / f"{number}.txt" for number in range(8)])
    assert "4.txt: no such file" in str(raised.value)
    assert "… and 3 more" in str(raised.value)


def test_a_text_file_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "big.txt", PLAIN)
    monkeypatch.setattr(_formats, "MEGABYTE", 1)
    with pytest.raises(InputError, match=r"big.txt: is too large \(.* MB; at most 10 MB\); split it"):
        read(path)


# --- tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_gives_one_article_a_row(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "news.csv"
    long = 'Envoys, they said; met\tin "Vienna".\r\nAgain.\n' + "x" * 200_000
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerow(["Title", "TEXT", "Date", "source", "path"])
        rows.writerow(["A", long, "2026-02-18", "The Courier", "archive/1.txt"])
        rows.writerow(["", "Second.", "", "", ""])
    before = csv.field_size_limit()
    first, second = read(path)
    assert csv.field_size_limit() == before < len(long)
    assert first.text == long
    assert (first.title, first.outlet, first.path) == ("A", "The Courier", "archive/1.txt")
    assert (first.published, first.published_basis) == (DAY, "metadata")
    assert (second.title, second.published, second.outlet, second.path) == (None, None, None, str(path))
    assert second.body == (0, len("Second."))


@pytest.mark.parametrize(
    ("content", "kept", "reason"),
    [
        ("text\nA.\n \nB.\n", 2, "news.csv, row 3: holds no text"),
        (
            "text,title\nA.,a\nB, and C.,b\n",
            1,
            "news.csv, row 3: has 3 values for 2 columns; put quotation marks",
        ),
        ("title,text\na,A.\nb\n", 1, "news.csv, row 3: has no 'text'"),
        ("\ntext\nA.\n\nA.\n", 1, "row 5: same text as .*news.csv, row 3; kept once"),
        ('text\nA.\n"B "stray" mark\nC.\n', 1, r"row 3 and all after it: .*double the quotation marks"),
    ],
)
def test_a_bad_csv_row_is_named_and_the_others_are_kept(tmp_path: Path, content: str, kept: int, reason: str) -> None:
    path = write(tmp_path / "news.csv", content)
    with pytest.warns(ToolkitWarning, match=reason):
        assert len(read(path)) == kept


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title,words\na,b\n", r"has no column named 'text', .*\(found: title, words\); name it with columns=\{'text'"),
        ("text,Text\na,b\n", "has two columns named 'Text'.*; rename one"),
        ("text\n", "has column names but no rows; add the articles"),
        ('"text" x\na\n', "is no csv table .*; export it again"),
        ("", "holds no text"),
    ],
)
def test_a_csv_file_without_articles_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(InputError, match=f"news.csv: {reason}"):
        read(write(tmp_path / "news.csv", content))


def test_a_jsonl_file_gives_one_article_a_line(tmp_path: Path) -> None:
    rows = [
        {"text": "One\u2028line.", "by": ["A. Writer", "B. Writer"], "published": "2026-02-18T10:00:00Z"},
        {"text": "Two.", "outlet": None, "url": 7},
    ]
    path = write(tmp_path / "news.jsonl", "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n")
    first, second = read(path)
    assert (first.text, first.author, first.published) == ("One\u2028line.", "A. Writer, B. Writer", DAY)
    assert (second.outlet, second.url, second.path) == (None, "7", str(path))


def test_an_empty_column_gives_way_to_its_other_name() -> None:
    frame = pd.DataFrame({"text": ["A."], "published": [None], "date": ["2026-02-18"], "outlet": [" "]})
    assert read(frame)[0].published == DAY
    assert read(frame.assign(source="The Courier"))[0].outlet == "The Courier"
    assert read(frame.assign(outlet="The Herald", source="The Courier"))[0].outlet == "The Herald"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "cut', "is not JSON .*; write one JSON object a line"),
        ("[" * 100_000, "is not JSON .*; write one JSON object a line"),
        ('["text"]', "is a JSON list, not an object"),
        ('{"text": null}', "holds no text"),
        ('{"text": 5}', r"its text is of type int \(5\); give a string"),
        ('{"text": "half \\ud800"}', ".*half of a surrogate pair at character 5; export it again"),
        ('{"text": "a\\u0000b"}', "is binary"),
    ],
)
def test_a_bad_json_line_is_named_and_the_others_are_kept(tmp_path: Path, line: str, reason: str) -> None:
    path = write(tmp_path / "news.jsonl", '{"text": "A."}\n' + line + '\n{"text": "C."}\n')
    with pytest.warns(ToolkitWarning, match=f"news.jsonl, line 2: {reason}"):
        assert [article.text for article in read(path)] == ["A.", "C."]
    with pytest.raises(InputError, match=f"line 1: {reason}"):
        read(write(path, line))


def test_a_dataframe_gives_one_article_a_row_and_stays_as_it_is() -> None:
    frame = pd.DataFrame(
        {
            "text": ["One.", "Two.", "Three."],
            "published": [pd.Timestamp("2026-02-18 12:00"), pd.NaT, pd.Timestamp("2026-02-19")],
            "Outlet": ["The Courier", None, float("nan")],
            "title": pd.array(["A", pd.NA, " "], dtype="string"),
            "path": ["/etc/passwd", None, None],
        },
        index=[9, 9, 9],
    )
    before = frame.copy(deep=True)
    articles = read(frame)
    pd.testing.assert_frame_equal(frame, before)
    assert [article.text for article in articles] == ["One.", "Two.", "Three."]
    assert [article.published for article in articles] == [DAY, None, dt.date(2026, 2, 19)]
    assert [article.published_basis for article in articles] == ["metadata", "unknown", "metadata"]
    assert [article.outlet for article in articles] == ["The Courier", None, None]
    assert [article.title for article in articles] == ["A", None, None]
    assert [article.path for article in articles] == ["/etc/passwd", None, None]


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (pd.DataFrame({"words": ["A."]}), "DataFrame: has no column named 'text', .*.found: words.; name it"),
        (pd.DataFrame({"text": []}), "DataFrame: has no rows; add the articles"),
        (pd.DataFrame({"text": [None]}), "DataFrame row 0: holds no text"),
        (pd.DataFrame({"text": [5]}), "DataFrame row 0: its text is of type int"),
        (pd.DataFrame([["a", "b"]], columns=["text", "text"]), "DataFrame: has two columns named 'text'"),
    ],
)
def test_a_dataframe_without_articles_is_refused(frame: pd.DataFrame, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(frame)


def test_tables_have_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_tables, "TABLE_ROWS", 2)
    sources: list[Source] = [
        write(tmp_path / "a.csv", "text\nA.\nB.\n"),
        write(tmp_path / "a.jsonl", '{"text": "A."}\n{"text": "B."}\n'),
        pd.DataFrame({"text": ["A.", "B."]}),
    ]
    longer: list[Source] = [
        write(tmp_path / "b.csv", "text\nA.\nB.\nC.\n"),
        write(tmp_path / "b.jsonl", '{"text": "A."}\n{"text": "B."}\n{"text": "C."}'),
        pd.DataFrame({"text": ["A.", "B.", "C."]}),
    ]
    for source, long in zip(sources, longer, strict=True):
        assert len(read(source)) == 2
        with pytest.raises(InputError, match="has more than 2 rows, the most a table may have; split it"):
            read(long)


@given(st.lists(texts, min_size=1, max_size=5, unique=True))
def test_no_row_is_lost_or_altered(rows: list[str]) -> None:
    assert [article.text for article in read(pd.DataFrame({"text": rows}, dtype=object))] == rows


@given(st.lists(texts, min_size=1, max_size=5, unique=True), st.sampled_from([",", ";", "\t"]))
def test_no_csv_row_is_lost_or_altered(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("tables") / "news.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([["text", "title"], *([row, "t"] for row in rows)])
    assert [article.text for article in read(path)] == rows


@settings(max_examples=50, deadline=None)
@given(raw=st.binary(max_size=300), kind=st.sampled_from([".txt", ".csv", ".jsonl"]))
@pytest.mark.filterwarnings("ignore::toolkit.errors.ToolkitWarning")
def test_whatever_the_bytes_they_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes, kind: str
) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"news{kind}"
    path.write_bytes({".csv": b"text\n", ".jsonl": b"{}\n"}.get(kind, b"") + raw)
    try:
        articles = read(path)
    except InputError as error:
        assert f"news{kind}" in str(error)  # noqa: PT017 - either end is right
    else:
        assert all(article.text.strip() for article in articles)


# --- lists, and what the caller gives --------------------------------------------------------------


def test_a_list_may_mix_every_kind_of_source(tmp_path: Path) -> None:
    article = Article("Given.", path="somewhere.txt")
    sources: list[Source] = [
        write(tmp_path / "a.txt", PLAIN),
        article,
        (pd.DataFrame({"text": ["Row."]}), [article]),
    ]
    with pytest.warns(ToolkitWarning, match=r"somewhere.txt: same text as somewhere.txt"):
        articles = read(sources)
    assert [item.text for item in articles] == [PLAIN, "Given.", "Row."]
    assert articles[1] is article


def test_what_is_given_fills_what_is_missing_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", HEADED)
    other = write(tmp_path / "b.txt", PLAIN)
    articles = read([path, other], published="Feb. 19, 2026", outlet="The Herald")
    assert [item.published for item in articles] == [DAY, dt.date(2026, 2, 19)]
    assert [item.published_basis for item in articles] == ["metadata", "given"]
    assert [item.outlet for item in articles] == ["The Courier", "The Herald"]
    assert articles.problems == ()


def test_a_given_date_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", PLAIN)
    with pytest.raises(
        InputError, match="published='soon' is no date; accepted: a date or datetime, or words such as '2026-02-18'"
    ):
        read(path, published="soon")


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.txt", "Title: A\nDate: last week\n\nBody.", "a.txt"),
        ("a.csv", "text,published\nBody.,last week\n", "a.csv, row 2"),
        ("a.jsonl", '{"text": "Body.", "date": "last week"}', "a.jsonl, line 1"),
    ],
)
def test_a_bad_date_is_reported_and_the_article_kept_undated(
    tmp_path: Path, name: str, content: str, place: str
) -> None:
    path = write(tmp_path / name, content)
    with pytest.warns(ToolkitWarning, match="'last week' is no date; accepted: .*pass published="):
        articles = read(path)
    assert (articles[0].published, articles[0].published_basis) == (None, "unknown")
    assert articles.problems[0].source == str(tmp_path / place)
    assert articles.left_out == ()


def test_reading_needs_no_heavy_import(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text\nA.\n")
    code = (
        "import sys; from toolkit.reading import read; read(sys.argv[1]);"
        "assert not {'pandas', 'spacy', 'charset_normalizer'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


@pytest.mark.parametrize(
    ("text", "url", "expected"),
    [
        ("VIENNA, Feb. 5, 2031 (Courier) - Talks resume.", None, ("2031-02-05", "dateline")),
        ("PORT LOUIS, Mauritius, 5 February 2031 — Talks resume.", None, ("2031-02-05", "dateline")),
        ("LIMA, Wednesday, February 5, 2031 -- Talks resume.", None, ("2031-02-05", "dateline")),
        ("Talks resume.\nPublished: February 5, 2031\nThey met.", None, ("2031-02-05", "text")),
        ("Talks resume\n\nWednesday, 5 February 2031\n\nThey met.", None, ("2031-02-05", "text")),
        ("Updated on 2031-02-05\nThey met.", None, (None, "unknown")),
        ("Published: March 12, 2031, updated March 14, 2031\nThey met.", None, ("2031-03-12", "text")),
        ("By Ana Roe | March 12, 2031\nThey met.", None, ("2031-03-12", "text")),
        ("They met.", "https://courier.example/2031/02/05/talks", ("2031-02-05", "url")),
        ("They met.", "https://courier.example/talks-2031-2-5.html?d=2031-02-05", ("2031-02-05", "url")),
        ("VIENNA, Feb 5 (Courier) - Talks resume.", None, (None, "unknown")),
        ("Talks resume in February 2031.", None, (None, "unknown")),
        ("They met on 5 February 2031 in Lima.", None, (None, "unknown")),
        ("They met.", "https://courier.example/2031/02/talks", (None, "unknown")),
        ("They met.", "https://courier.example/2031/13/45/talks", (None, "unknown")),
    ],
)
def test_a_day_that_the_article_tells_in_full(text: str, url: str | None, expected: tuple[str | None, str]) -> None:
    (article,) = read(pd.DataFrame({"text": [text], "url": [url]}))
    assert (article.published and article.published.isoformat(), article.published_basis) == expected


def test_a_header_is_believed_before_a_dateline(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("title: Talks\npublished: 2031-02-06\n\nVIENNA, Feb. 5, 2031 (Courier) - Talks resume.\n")
    (article,) = read(file)
    assert (str(article.published), article.published_basis) == ("2031-02-06", "metadata")


def test_a_table_beside_the_files_of_a_folder_says_what_they_do_not(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", PLAIN)
    write(tmp_path / "in" / "b.txt", HEADED)
    write(tmp_path / "metadata.csv", "File,Date,Newspaper\na.txt,2026-02-18,The Herald\nin/b.txt,2001-01-01,\n")
    first, second = read(tmp_path)
    assert (first.published, first.outlet, first.published_basis) == (DAY, "The Herald", "metadata")
    assert (second.published, second.outlet) == (DAY, "The Courier")
    write(tmp_path / "metadata.csv", "Date,Newspaper\n2026-02-18,The Herald\n")
    with pytest.warns(ToolkitWarning, match=r"metadata.csv: names no file in its rows; add a column 'file'"):
        assert read(tmp_path)[0].published is None


def test_an_upload_is_read_like_files() -> None:
    import ipywidgets

    about = {"type": "text/plain", "size": 9, "last_modified": dt.datetime(2026, 2, 18, tzinfo=dt.UTC)}
    texts = {"a.txt": PLAIN, "b.txt": HEADED}
    files = tuple({"name": name, "content": memoryview(text.encode()), **about} for name, text in texts.items())
    control = ipywidgets.FileUpload(multiple=True)
    control.set_trait("value", files)
    for source in (files, control):
        first, second = read(source)  # type: ignore[arg-type]
        assert (first.text, first.path, second.title) == (PLAIN, "a.txt", "Talks pause")
