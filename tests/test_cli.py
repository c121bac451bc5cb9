from __future__ import annotations

import datetime as dt
import errno
import io
import logging
import os
import subprocess
import sys
import warnings
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
import pandas as pd
import pytest
from nbformat import v4

import toolkit
from toolkit.cli import main
from toolkit.errors import InputError, ToolkitWarning
from toolkit.frames import DECLARED
from toolkit.records import Round
from toolkit.version import version

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.analysis import Stages


AS_THEY_ARE = {"columns": None, "day_first": None, "language": "en"}
"""What is asked of the reading where nothing is said of it."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Put two small tables in the place of the analysis, and note what was asked of it."""
    asked: dict[str, Any] = {}

    def read(paths: list[str], **options: Any) -> list[str]:
        asked.update(options, paths=paths)
        if "missing.txt" in paths:
            raise InputError("missing.txt: there is no such file")
        if "unreadable.txt" in paths:
            raise PermissionError(13, "Permission denied", "unreadable.txt")
        if "stop" in paths:
            raise KeyboardInterrupt
        warnings.warn("b.txt: empty, left out", ToolkitWarning, stacklevel=2)
        return ["article"]

    def analyze(articles: list[str], *, stages: Stages, executor: int | None, corrections: Any) -> SimpleNamespace:
        asked.update(corrections=corrections, executor=executor, words=stages.words)
        frames = {
            "quotations": pd.DataFrame({"text": ["a", "b"], "spans": [[[1, 2]], [[3, 4]]]}),
            "rounds": pd.DataFrame({"label": articles}),
        }
        return SimpleNamespace(frames=lambda: frames)

    monkeypatch.setitem(vars(toolkit), "read", read)
    monkeypatch.setitem(vars(toolkit), "analyze", analyze)
    return asked


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "01_sums.ipynb"
    cells = [v4.new_markdown_cell("# Sums"), v4.new_code_cell("1 + 1")]
    nbformat.write(v4.new_notebook(cells=cells), path)
    return path


def test_analyze_writes_one_file_per_table_and_says_how_many_rows(
    asked: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "tables"
    words = ["analyze", "a.txt", "b.txt", "--out", str(out), "--format", "jsonl"]
    assert main([*words, "--published", "2031-05-02", "--outlet", "The Ferry Post"]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["quotations.jsonl", "rounds.jsonl"]
    assert asked == {
        "paths": ["a.txt", "b.txt"],
        "published": dt.date(2031, 5, 2),
        "outlet": "The Ferry Post",
        **AS_THEY_ARE,
        "corrections": None,
        "executor": None,
        "words": toolkit.words(),
    }
    said = capsys.readouterr()
    assert said.out.splitlines() == [f"{out}/quotations.jsonl: 2 rows", f"{out}/rounds.jsonl: 1 row"]
    assert said.err == "note: b.txt: empty, left out\n"


def test_analyze_writes_csv_where_nothing_else_is_asked(asked: dict[str, Any], tmp_path: Path) -> None:
    assert main(["analyze", "a.txt", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "quotations.csv").is_file()
    assert (asked["published"], asked["outlet"]) == (None, None)


def test_analyze_writes_the_rounds_as_timeline_and_calendar_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day = dt.date(2031, 2, 17)
    rounds = DECLARED["rounds"].of([Round("r1", "talks", "first", first=day, last=day), Round("r2", "talks", "second")])
    articles = pd.DataFrame({"article_id": ["a1"], "text": ["Talks."]})
    events = DECLARED["events"].of([])
    coverage = SimpleNamespace(frames=lambda: {"rounds": rounds}, rounds=rounds, events=events, articles=articles)
    monkeypatch.setitem(vars(toolkit), "read", lambda *_, **__: [])
    monkeypatch.setitem(vars(toolkit), "analyze", lambda _, **__: coverage)
    ways = [str(tmp_path), str(tmp_path / "rounds.timeline.json"), str(tmp_path / "rounds.ics")]
    assert main(["analyze", "a.txt", *(word for way in ways for word in ("--out", way))]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        f"{tmp_path}/rounds.csv: 2 rows",
        f"{tmp_path}/rounds.timeline.json: 1 round, 1 left out",
        f"{tmp_path}/rounds.ics: 1 round, 1 left out",
    ]
    assert [line.partition(": ")[2] for line in said.err.splitlines()] == [
        f"{tmp_path}/rounds.{ending}: cannot hold 1 round: second, talks: no date in the text"
        for ending in ("timeline.json", "ics")
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rounds.csv", "rounds.ics", "rounds.timeline.json"]


def test_read_shows_what_is_understood_and_writes_what_reads_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "mine.csv", tmp_path / "articles.jsonl"
    table.write_text("Head;Words;Day\nTalks;Envoys met in Lima.;09/04/2031\nTea;Envoys had tea.;\n", encoding="utf-8")
    words = ["read", str(table), "--columns", "title=Head, text=Words,published=Day", "--day-first"]
    assert main([*words, "--outlet", "The Ferry Post", "--published", "2031-05-02", "--out", str(out)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("2 articles")
    assert "2031-04-09  metadata  The Ferry Post  Talks" in said[1]
    assert said[-1] == f"{out}: 2 articles"
    first, second = toolkit.read(out)
    assert (first.text, first.title, str(first.published), first.path) == (
        "Envoys met in Lima.",
        "Talks",
        "2031-04-09",
        str(table),
    )
    assert str(second.published) == "2031-05-02"


def test_standard_input_is_read_like_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = b"title: Talks\n\nEnvoys met in Lima.\n"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert main(["read", "-"]) == 0
    assert "Talks" in capsys.readouterr().out


def test_the_module_is_the_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "toolkit", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"toolkit {version()}\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes as a shell makes them")
def test_a_reader_who_has_seen_enough_is_no_fault(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Envoys of Lund met in Oslo on day {number}.", encoding="utf-8")
    reads, writes = os.pipe()
    os.close(reads)
    command = [sys.executable, "-m", "toolkit", "read", str(tmp_path)]
    ran = subprocess.run(command, stdout=writes, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writes)
    assert (ran.returncode, ran.stderr) == (141, "")


def test_share_writes_one_page_and_names_it(
    asked: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, corrections = tmp_path / "report.html", tmp_path / "mine.csv"
    corrections.write_text("actor,name\nBerg,Ada Berg\n", encoding="utf-8")

    def share(coverage: object, path: Path, **options: Any) -> Path:
        asked.update(options, coverage=coverage)
        return path

    monkeypatch.setitem(vars(toolkit), "share", share)
    words = ["share", "a.txt", "--out", str(page), "--published", "2031-05-02", "--outlet", "The Ferry Post"]
    assert main([*words, "--title", "Talks", "--no-texts", "--corrections", str(corrections)]) == 0
    assert hasattr(asked.pop("coverage"), "frames")
    assert asked.pop("corrections")["name"].tolist() == ["Ada Berg"]
    assert asked == {
        "paths": ["a.txt"],
        "published": dt.date(2031, 5, 2),
        "outlet": "The Ferry Post",
        **AS_THEY_ARE,
        "title": "Talks",
        "texts": False,
        "executor": None,
        "words": toolkit.words(),
    }
    assert capsys.readouterr().out == f"{page}\n"


def test_share_does_not_replace_a_folder(
    asked: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["share", "a.txt", "--out", str(tmp_path)]) == 2
    assert "give a file, such as" in capsys.readouterr().err
    assert not asked


@pytest.mark.parametrize(
    ("path", "code", "line"),
    [
        ("missing.txt", 2, "toolkit: missing.txt: there is no such file"),
        ("unreadable.txt", 2, "toolkit: unreadable.txt: Permission denied"),
        ("stop", 130, "toolkit: interrupted"),
    ],
)
@pytest.mark.usefixtures("asked")
def test_a_fault_is_one_line(
    path: str, code: int, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analyze", path, "--out", str(tmp_path / "out")]) == code
    assert capsys.readouterr().err.splitlines() == [line]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["analyze", "--out", "{}/file/tables"],
        ["analyze", "--out", "{}", "--format", "parquet"],
        ["share", "--out", "{}/file/r.html"],
        ["share", "--out", "{}"],
    ],
)
def test_what_cannot_be_written_is_told_before_the_reading(
    words: list[str], asked: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "file").touch()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    command, *options = (word.format(tmp_path) for word in words)
    assert main([command, "a.txt", *options]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not asked


def test_pages_that_cannot_be_written_are_told_before_notebooks_run(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", str(notebook), "--out", str(notebook / "pages")]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"toolkit: {notebook}: this is a file; give a folder, or take it away"
    ]


@pytest.mark.usefixtures("asked")
def test_what_is_replaced_is_said_and_tables_change_together_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["analyze", "a.txt", "--out", str(tmp_path)]
    assert main(words) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    capsys.readouterr()
    assert main(words) == 0
    assert f"note: 2 files in {tmp_path} will be replaced\n" in capsys.readouterr().err
    (tmp_path / "quotations.csv").write_text("mine")
    (tmp_path / "rounds.csv").write_text("mine")

    def failing(_frame: pd.DataFrame, path: Path) -> Path:
        if path.name == "rounds.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_bytes(before[path.name])
        return path

    monkeypatch.setattr("toolkit.export._formats.write_frame", failing)
    assert main(words) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(f"toolkit: {tmp_path}: not written (No space left on device); what was there is kept")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == dict.fromkeys(before, "mine")


@pytest.mark.usefixtures("asked")
def test_no_line_steers_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b]0;mine\x07"

    def read(*_: Any, **__: Any) -> list[str]:
        logging.getLogger("toolkit.articles").info("reading %s", evil)
        warnings.warn(f"{evil}: empty", ToolkitWarning, stacklevel=2)
        return []

    monkeypatch.setitem(vars(toolkit), "read", read)
    assert main(["analyze", evil, "--out", str(tmp_path / evil)]) == 0
    monkeypatch.setitem(vars(toolkit), "read", lambda *_, **__: (_ for _ in ()).throw(InputError(f"{evil}: no")))
    assert main(["analyze", evil, "--out", str(tmp_path / evil)]) == 2
    said = capsys.readouterr()
    assert "\x1b" not in said.out + said.err
    assert (said.out + said.err).count(r"\x1b]0;mine\x07") == 5


@pytest.mark.usefixtures("asked")
def test_tables_do_not_replace_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("")
    assert main(["analyze", "a.txt", "--out", str(tmp_path / "out")]) == 2
    assert "give a folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["analyze", "a.txt"], "nowhere to write to; give --out PATH for files, --store DIR to keep"),
        (["analyze", "a.txt", "--out", "x.doc"], "accepted are a folder for tables, .xlsx, .graphml"),
        (["analyze", "a.txt", "--out", "x", "--out", "y.xlsx", "--format", "jsonl"], "goes with one --out"),
        (["export", "kept"], "nowhere to write to"),
        (["analyze", "a.txt", "--out", "x", "--words", "no-such-folder"], "no-such-folder is no folder"),
        (["analyze", "a.txt", "--out", "x", "--corrections", "no-such-file.csv"], "no-such-file.csv"),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_read(
    words: list[str], expected: str, asked: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert expected in capsys.readouterr().err
    assert not asked


def test_jobs_and_word_lists_reach_the_analysis(asked: dict[str, Any], tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "grammar.toml").write_text('institutions = ["secretariat"]\n', encoding="utf-8")
    assert main(["analyze", "a.txt", "--out", str(tmp_path / "out"), "--jobs", "2", "--words", str(lists)]) == 0
    assert asked["executor"] == 2
    assert asked["words"]["grammar"]["institutions"] == ("secretariat",)


def test_a_store_is_kept_and_gone_on_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Ada Berg said the talks would go on.", encoding="utf-8")
    words = ["analyze", str(tmp_path / "a.txt"), "--store", str(tmp_path / "store"), "--jobs", "1"]
    for _ in range(2):
        assert main(words) == 0
        assert capsys.readouterr().out == f"{tmp_path}/store: 1 article, 0 left out or with a problem\n"
    assert toolkit.open(tmp_path / "store").quotations["speaker"].tolist() == ["Ada Berg"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["analyze", "a.txt", "--out", "x", "--published", "May"], "'May' is no date; give it as YYYY-MM-DD"),
        (["read", "a.txt", "--columns", "Body"], "'Body' names no columns; give them as text=Body"),
        (["read", "a.txt", "--day-first", "--month-first"], "not allowed with"),
        (["analyze", "a.txt", "--out", "x", "--jobs", "0"], "'0' is no number of processes"),
        (["analyze", "a.txt", "--out", "x", "--format", "xls"], "csv"),
        (["render", "a.ipynb", "--check", "--write"], "not allowed with"),
        ([], "COMMAND"),
    ],
)
def test_words_that_make_no_command(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert expected in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"toolkit {version()}\n"


def test_check_refresh_and_check_again(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", str(notebook), "--check"]) == 1
    stale = capsys.readouterr()
    assert f"{notebook}, code cell 1 (`1 + 1`)\n    +[text/plain]\n    +2\n" in stale.err
    assert f"toolkit render {notebook} --write" in stale.err
    assert stale.out == ""

    assert main(["render", str(notebook), "--write"]) == 0
    assert capsys.readouterr().out == f"{notebook}\n"

    assert main(["render", str(notebook), "--check", "--out", str(notebook.parent / "out")]) == 0
    done = capsys.readouterr()
    assert done.out == f"{notebook.parent}/out/01_sums.html\n"
    assert done.err == f"running {notebook} (1 of 1)\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "--out DIR, --check or --write"),
        (["--out", "x", "--timeout", "0"], "at least 1 second"),
    ],
)
def test_render_refuses_what_cannot_be_done(
    words: list[str], expected: str, notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["render", str(notebook), *words]) == 2
    assert expected in capsys.readouterr().err


def test_logging_is_left_as_it_was(tmp_path: Path) -> None:
    logger = logging.getLogger("toolkit")
    before = (logger.level, list(logger.handlers))
    assert main(["render", str(tmp_path / "none.ipynb"), "--check"]) == 2
    assert (logger.level, list(logger.handlers)) == before
