"""Articles in a folder: read once, whatever ends a run, and the same frames as of an analysis in memory."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import toy
from pandas.testing import assert_frame_equal

import toolkit as tk
from toolkit import cli
from toolkit.files import locked
from toolkit.records import Opinion
from toolkit.store import _writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from toolkit.analysis import Stages
    from toolkit.articles import Article
    from toolkit.coverage import Coverage
    from toolkit.store import StoredCoverage

HERE = Path(__file__).parent
posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_writing, "PART", 4)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


class Counting:
    """A stage that notes which articles it is given."""

    def __init__(self, version: str = "1") -> None:
        self.read: list[str | None] = []
        self.chain = toy.CHAIN.replaced("times", replace(tk.stage(self.times), version=version))

    def times(self, article: Article) -> list[Any]:
        self.read.append(article.path)
        return toy.times(article)  # type: ignore[no-any-return]

    def to(self, folder: Path, articles: Iterable[Article], **more: Any) -> StoredCoverage:
        self.read.clear()
        return tk.analyze_to(folder, articles, stages=self.chain, executor=1, progress=False, **more)


def same(stored: Coverage, expected: Coverage) -> None:
    assert list(stored.frames()) == list(expected.frames())
    for name, frame in expected.frames().items():
        assert_frame_equal(stored[name], frame)


def in_memory(articles: Sequence[Article], chain: Stages = toy.CHAIN) -> Coverage:
    return tk.analyze(articles, stages=chain, executor=1, progress=False)


def test_frames_are_those_of_an_analysis_in_memory(store: Path) -> None:
    given = toy.articles(11)
    kept = tk.analyze_to(store, given, stages=toy.CHAIN, executor=1)
    same(kept, in_memory(given))
    same(tk.open(store), in_memory(given))
    assert kept.metadata == in_memory(given).metadata
    assert kept.specs().keys() == kept.frames().keys()
    assert "11 articles" in repr(kept)
    assert "11 articles" in kept._repr_html_()


def test_the_toolkits_own_chain_is_kept_too(store: Path) -> None:
    given = [
        tk.Article("Petra Vasil said on Monday that talks in Oslo would resume. She praised Norway.", path="a"),
        tk.Article("Vasil met Holm of Kenya in Oslo on 3 May 2024 for a second round of talks.", path="b"),
    ]
    same(tk.analyze_to(store, given, executor=1), tk.analyze(given, executor=1))


def test_what_is_there_is_not_read_again(store: Path) -> None:
    counting, given = Counting(), toy.articles(9)
    first = counting.to(store, given).frames()
    assert len(counting.read) == 9
    again = counting.to(store, given)
    assert counting.read == []
    for name, frame in first.items():
        assert_frame_equal(again[name], frame)


def test_articles_that_are_added_later(store: Path) -> None:
    counting, given = Counting(), toy.articles(11)
    counting.to(store, given[:5])
    kept = counting.to(store, given[5:])
    assert counting.read == [article.path for article in given[5:]]
    same(kept, in_memory(given))
    same(counting.to(store, given[3:7]), in_memory(given))
    assert counting.read == []


def test_a_changed_article_takes_the_place_of_the_one_before(store: Path) -> None:
    counting, given = Counting(), toy.articles(6)
    counting.to(store, given)
    given[2] = replace(given[2], text="Ada Berg said on Monday that 77 ships had left.")
    kept = counting.to(store, given)
    assert counting.read == ["news/2.txt"]
    expected = in_memory(given)
    same(kept.load().with_frames({"left_out": expected.left_out}), expected)
    assert kept.left_out.reason.str.contains("gave way to this one").tolist() == [True]


def test_changed_metadata_have_that_one_article_read_again(store: Path) -> None:
    counting, given = Counting(), toy.articles(6)
    counting.to(store, given)
    given[3] = replace(given[3], published=None, published_basis="unknown")
    same(counting.to(store, given), in_memory(given))
    assert counting.read == ["news/3.txt"]


def test_texts_that_change_places(store: Path) -> None:
    counting, given = Counting(), toy.articles(2)
    counting.to(store, given)
    swapped = [replace(one, path=other.path) for one, other in zip(given, reversed(given), strict=True)]
    assert set(counting.to(store, swapped).articles.article_id) == {article.article_id for article in given}


@pytest.mark.filterwarnings("ignore::toolkit.errors.ToolkitWarning")
def test_another_reader_reads_all_anew_those_that_failed_too(store: Path) -> None:
    def failing(article: Article) -> list[Any]:
        if " 3 ships" in article.text:
            raise ValueError("no way")
        return []

    given = toy.articles(6)
    broken = tk.analyze_to(store, given, stages=toy.CHAIN.replaced("times", failing), executor=1)
    assert list(broken.left_out.source) == ["news/3.txt"]
    same(broken, in_memory(given, toy.CHAIN.replaced("times", failing)))
    counting = Counting()
    # Of those that are there, changed metadata count; the others are read from the store.
    changed = replace(given[1], outlet="The Courier")
    kept = counting.to(store, [changed])
    assert sorted(map(str, counting.read)) == [article.path for article in given]
    same(kept, in_memory([given[0], changed, *given[2:]]))
    other = Counting("2").to(store, [changed])
    same(other, in_memory([given[0], changed, *given[2:]]))


def test_other_word_lists_read_all_anew(store: Path) -> None:
    counting, given = Counting(), toy.articles(3)
    counting.to(store, given)
    words = tk.words().extended("grammar", "institutions", add=["secretariat"])
    counting.chain = counting.chain.reading_by(words)
    assert counting.to(store, given).metadata["words"] == words.digest
    assert len(counting.read) == 3


@pytest.mark.filterwarnings("ignore::toolkit.errors.ToolkitWarning")
@pytest.mark.parametrize("stage", ["times", "process"])
def test_a_failure_is_kept_but_for_want_of_a_process(stage: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from toolkit.analysis import Failure, executing

    def read(article: Article, chain: Stages) -> Any:
        read_too.append(article.path)
        return Failure(article, stage, "no way", "none") if " 1 ships" in article.text else whole(article, chain)

    read_too: list[str | None] = []
    whole = executing.read_article
    given = toy.articles(3)
    monkeypatch.setattr(executing, "read_article", read)
    for _ in range(2):
        kept = tk.analyze_to(store, given, stages=toy.CHAIN, executor=1)
        assert list(kept.left_out.stage) == [stage]
    assert read_too.count("news/1.txt") == (2 if stage == "process" else 1)
    monkeypatch.undo()
    if stage == "process":
        same(tk.analyze_to(store, given, stages=toy.CHAIN, executor=1), in_memory(given))


def test_when_every_article_fails_there_is_a_coverage_all_the_same(store: Path) -> None:
    chain = toy.CHAIN.replaced("times", lambda article: article.text[999])
    with pytest.warns(tk.ToolkitWarning, match="2 of 2"):
        kept = tk.analyze_to(store, toy.articles(2), stages=chain, executor=1)
    assert len(kept.articles) == len(kept.actors) == 0
    assert len(kept.left_out) == 2


def test_a_run_that_is_ended_by_a_failure_keeps_what_it_read(store: Path) -> None:
    counting, given = Counting(), toy.articles(8)
    chain = counting.chain.added(tk.stage(lambda article: 1 // (" 6 ships" not in article.text), name="last"))
    with pytest.raises(tk.AnalysisError, match=r"news/6.txt: stage 'last': ZeroDivisionError"):
        tk.analyze_to(store, given, stages=chain, executor=1, errors="raise")
    counting.read.clear()
    with pytest.warns(tk.ToolkitWarning, match="1 of 8"):
        tk.analyze_to(store, given, stages=chain, executor=1)
    assert counting.read == ["news/6.txt", "news/7.txt"]


def test_reports_are_kept_and_give_way_to_newer_ones(store: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada Berg said that all was well.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    with pytest.warns(tk.ToolkitWarning):
        given = tk.read([tmp_path / "a.txt", tmp_path / "b.txt"])
    kept = tk.analyze_to(store, given, stages=toy.CHAIN, executor=1)
    same(kept, in_memory(given))
    assert list(kept.left_out.source) == [str(tmp_path / "b.txt")]
    assert list(tk.analyze_to(store, given[:1], stages=toy.CHAIN, executor=1).left_out.stage) == ["reading"]
    (tmp_path / "b.txt").write_text("Ode Lund said that it was not.", encoding="utf-8")
    found = tk.read([tmp_path / "b.txt"])
    assert tk.analyze_to(store, found, stages=toy.CHAIN, executor=1).left_out.empty


def test_one_text_twice_is_kept_once(store: Path) -> None:
    given = [*toy.articles(2), replace(toy.articles(1)[0], path="copy.txt")]
    kept = tk.analyze_to(store, given, stages=toy.CHAIN, executor=1)
    same(kept, in_memory(given))
    assert list(kept.left_out.reason) == ["same text as news/0.txt; kept once"]


def test_articles_are_taken_one_by_one(store: Path) -> None:
    kept = Counting().to(store, (article for article in toy.articles(9)))
    assert len(kept.articles) == 9


def _file(folder: Path) -> None:
    folder.write_text("a file", encoding="utf-8")


def _others(folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")


def _newer(folder: Path) -> None:
    folder.mkdir()
    (folder / "toolkit-store.json").write_text(json.dumps({"layout": 99, "view": "x"}), encoding="utf-8")


def _damaged(folder: Path) -> None:
    folder.mkdir()
    (folder / "toolkit-store.json").write_text("{", encoding="utf-8")


BAD = [
    (_file, "this is a file; give a folder"),
    (_others, "this folder holds notes.txt and is no store; give a new or empty one"),
    (_newer, "a store of layout 99, this toolkit reads 1; give a new folder"),
    (_damaged, "toolkit-store.json: damaged; delete it"),
]


@pytest.mark.parametrize(("make", "message"), BAD)
def test_folders_that_are_no_store_are_told_before_anything_is_read(
    make: Callable[[Path], None], message: str, store: Path
) -> None:
    make(store)
    counting = Counting()
    with pytest.raises(tk.InputError, match=message):
        counting.to(store, toy.articles(2))
    assert counting.read == []
    with pytest.raises(tk.InputError, match=message):
        in_memory(toy.articles(1)).save(store)
    with pytest.raises(tk.InputError, match="no such folder" if make is _file else message):
        tk.open(store)


def test_a_folder_without_a_coverage_is_told(store: Path) -> None:
    with pytest.raises(tk.InputError, match="no such folder; analyze_to"):
        tk.open(store)
    store.mkdir()
    with pytest.raises(tk.InputError, match="no analysis has ended here yet"):
        tk.open(store)
    with pytest.raises(tk.InputError, match="there is no article to analyse"):
        tk.analyze_to(store, [], stages=toy.CHAIN)
    with pytest.raises(tk.InputError, match=r"analyze_to\(\) takes articles, found str"):
        tk.analyze_to(store, ["a.txt"], stages=toy.CHAIN)  # type: ignore[list-item]
    with pytest.raises(tk.InputError, match="errors='x'"):
        tk.analyze_to(store, [], stages=toy.CHAIN, errors="x")  # type: ignore[arg-type]


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_read(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting = Counting()
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(tk.InputError, match="nothing can be written in this folder"):
        counting.to(store, toy.articles(2))
    assert counting.read == []


def test_a_second_run_on_one_store_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_writing, "PATIENCE", 0.05)
    counting = Counting()
    with locked(store / "toolkit-store.json"), pytest.raises(OSError, match="another program is writing it"):
        counting.to(store, toy.articles(2))
    assert counting.read == []


KILLED = """
import hashlib, os, signal, sys
from pathlib import Path
import toolkit as tk, toy
from toolkit.store import _writing
_writing.PART = 3
GIVEN, FOLDER = toy.articles(12), Path(sys.argv[1])
NAMES = ("fsync", "rename", "replace", "mkdir", "unlink", "rmdir")

def run(folder, log, ending=None):
    left = [ending]
    def counted(call):
        def one(*args, **more):
            if left[0] is not None:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return call(*args, **more)
        return one
    for name in NAMES:
        setattr(os, name, counted(getattr(os, name)))
    def times(article):
        with open(log, "a") as file:
            file.write(article.path + chr(10))
        return toy.times(article)
    stage = tk.stage(gives="times", version="1")(times)
    kept = tk.analyze_to(folder, GIVEN, stages=toy.CHAIN.replaced("times", stage), executor=1, progress=False)
    told = repr(toy.rows(kept.frames())).encode()
    calls = 0 if ending is None else ending - left[0]
    (FOLDER / "result").write_text(f"{hashlib.sha256(told).hexdigest()} {calls}")

def forked(*given):
    child = os.fork()
    if not child:
        try:
            run(*given)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]

assert forked(FOLDER / "whole", FOLDER / "log-whole", 10**6) == 0
expected, calls = (FOLDER / "result").read_text().split()
for moment in map(int, sys.argv[2].split(",")):
    ending = int(calls) * moment // 100
    folder, log = FOLDER / f"store{moment}", FOLDER / f"log{moment}"
    status = forked(folder, log, ending)
    assert status == signal.SIGKILL, status
    parts = [path for path in (folder / "parts").glob("[!.]*")] if folder.is_dir() else []
    log.unlink(missing_ok=True)
    log.touch()
    assert forked(folder, log) == 0
    found = (FOLDER / "result").read_text().split()[0]
    assert found == expected, moment
    read = log.read_text().split()
    assert len(read) == len(GIVEN) - 3 * len(parts), (moment, parts, read)
    assert not list(folder.rglob("*.tmp")), list(folder.rglob("*.tmp"))
    print(moment, len(parts), len(read))
"""


@posix
def test_killed_at_any_moment_and_started_again_it_does_the_rest_once(tmp_path: Path) -> None:
    moments = [10, 60, 98]  # Others, at random: tests/benchmarks/kills.py.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(tmp_path), ",".join(map(str, moments))],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert len(run.stdout.splitlines()) == len(moments)


@posix
def test_a_full_disk_is_one_clear_error_and_leaves_whole_parts(store: Path) -> None:
    import resource

    given = toy.articles(12)
    Counting().to(store, given[:4])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1500, before[1]))
    try:
        with pytest.raises(OSError, match=r"not written \(.*choose another place") as caught:
            Counting().to(store, given)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert isinstance(caught.value, tk.ToolkitError)
    assert not list(store.rglob("*.tmp"))
    same(tk.open(store), in_memory(given[:4]))
    counting = Counting()
    same(counting.to(store, given), in_memory(given))


def damaged(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    ("name", "harm"),
    [*((name, damaged) for name in ("_cast", "articles", "quotations", "numbers", "_failed")), ("times", Path.unlink)],
)
def test_a_damaged_part_is_told_and_mended_by_reading_what_stood_there(
    name: str, harm: Callable[[Path], None], store: Path
) -> None:
    counting, given = Counting(), toy.articles(9)
    counting.to(store, given)
    part = min((store / "parts").iterdir())
    in_part = [entry.origin for entry in tk.open(store)._source.selection if entry.part == part.name]
    harm(part / f"{name}.parquet")
    with pytest.raises(tk.InputError, match=r"parquet: (damaged|missing)(?s:.*); delete .*, then analyse"):
        _ = tk.open(store)[name] if name in {"quotations", "numbers", "times"} else counting.to(store, toy.articles(10))
    shutil.rmtree(part)
    same(counting.to(store, given), in_memory(given))
    assert counting.read == in_part


def test_articles_whose_part_is_gone_are_told_where_they_are_not_given_again(store: Path) -> None:
    counting, given = Counting(), toy.articles(5)
    counting.to(store, given)
    part = tk.open(store)._source.selection[-1].part
    shutil.rmtree(store / "parts" / part)
    kept = counting.to(store, given[:1])
    assert len(kept.articles) == 4
    assert list(kept.left_out.reason) == ["its part of the store is gone"]
    same(counting.to(store, given), in_memory(given))


@pytest.mark.parametrize(
    ("name", "harm"),
    [
        *((name, damaged) for name in ("actors.parquet", "_names.parquet", "_selection.parquet", "about.json")),
        ("actors.parquet", Path.unlink),
    ],
)
def test_a_damaged_view_is_told_and_made_anew(name: str, harm: Callable[[Path], None], store: Path) -> None:
    counting, given = Counting(), toy.articles(5)
    view = counting.to(store, given)._source.view
    harm(view / name)
    with pytest.raises(tk.InputError, match=r"(damaged|missing)(?s:.*); delete .*, then analyse"):
        tk.open(store).frames()
    shutil.rmtree(view)
    with pytest.raises(tk.InputError, match="no analysis has ended here yet, or its view is gone"):
        tk.open(store)
    same(counting.to(store, given), in_memory(given))
    assert counting.read == []


def test_a_coverage_is_kept_as_it_is(store: Path, tmp_path: Path) -> None:
    made = in_memory(toy.articles(9))
    corrected = tk.correct(made, [{"actor": "Ode Lund", "name": "Ode Strand", "side": "union"}])
    same(tk.open(corrected.save(store)), corrected)
    assert tk.open(store).metadata == corrected.metadata
    made.save(store)
    same(tk.open(store), made)
    assert len(list((store / "views").iterdir())) == 1
    with pytest.raises(tk.InputError, match="a coverage was saved to this folder; analyse into another"):
        tk.analyze_to(store, toy.articles(1), stages=toy.CHAIN, executor=1)
    other = tk.analyze_to(tmp_path / "other", toy.articles(2), stages=toy.CHAIN, executor=1)
    with pytest.raises(tk.InputError, match="articles have been analysed into this folder; save to another"):
        made.save(tmp_path / "other")
    same(tk.open(other.save(tmp_path / "copy")), in_memory(toy.articles(2)))
    extra = made.with_frames({"times": made.times.assign(more=1)})
    with pytest.raises(tk.InputError, match="columns that are not declared: more"):
        extra.save(store)
    same(tk.open(store), made)


def test_pieces_of_a_frame_are_the_frame(store: Path) -> None:
    import pandas as pd

    kept = tk.analyze_to(store, toy.articles(11), stages=toy.CHAIN, executor=1)
    for name, frame in kept.frames().items():
        assert_frame_equal(pd.concat(list(kept.scan(name)), ignore_index=True), frame, check_dtype=len(frame) > 0)
    assert [*next(kept.scan("quotations", ["speaker"]))] == ["speaker"]
    saved = tk.open(kept.save(store.parent / "saved"))
    assert_frame_equal(pd.concat(list(saved.scan("mentions"))), kept.mentions)
    with pytest.raises(tk.InputError, match="no column who; it has quotation_id"):
        next(kept.scan("quotations", ["who"]))
    for ask in (lambda: kept["quotes"], lambda: next(kept.scan("quotes"))):
        with pytest.raises(tk.InputError, match="no frame 'quotes'; this coverage has articles"):
            ask()


def test_questions_in_sql_are_answered_as_pandas_does(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    folder = tmp_path / "it's [a] store"
    kept = tk.analyze_to(folder, toy.articles(11), stages=toy.CHAIN, executor=1)
    counts = kept.sql("SELECT speaker, count(*) AS n FROM quotations GROUP BY speaker")
    assert dict(counts.itertuples(index=False)) == kept.quotations.speaker.value_counts().to_dict()
    told = kept.sql("SELECT told_by, sum(value) AS n FROM numbers GROUP BY ALL")
    assert dict(told.itertuples(index=False)) == kept["numbers"].groupby("told_by").value.sum().to_dict()
    joined = kept.sql("SELECT count(*) AS n FROM mentions JOIN actors USING (actor)")
    assert joined.n[0] == len(kept.mentions)
    for name, frame in kept.frames().items():
        assert kept.sql(f'SELECT count(*) AS n FROM "{name}"').n[0] == len(frame)  # noqa: S608 - names of our own
    saved = tk.open(kept.save(tmp_path / "saved"))
    assert saved.sql("SELECT count(*) AS n FROM quotations").n[0] == len(kept.quotations)
    with pytest.raises(tk.InputError, match=r"DuckDB cannot answer this: (?s:.*) Tables are articles, actors"):
        kept.sql("SELECT nothing FROM nowhere")


def test_two_names_that_become_one_hold_one_opinion(store: Path) -> None:
    @tk.stage
    def sentiment(article: Article, mentions: Sequence[Any]) -> list[Opinion]:
        end = len(article.text)
        return [Opinion(article.article_id, 0, end, one.actor, (one.start, one.end), None, 1, 0.5) for one in mentions]

    chain = toy.CHAIN.replaced("sentiment", sentiment)
    given = [tk.Article("Berg met Ada Berg."), tk.Article("Ada Berg left."), tk.Article("Kip met Kip.")]
    made = in_memory(given, chain)
    assert list(made.sentiment.target) == ["Ada Berg", "Ada Berg", "Kip", "Kip"][: len(made.sentiment)]
    kept = tk.analyze_to(store, given, stages=chain, executor=1)
    same(kept, made)
    assert len(made.sentiment) == len(made.sentiment.drop_duplicates(["article_id", "target"]))
    if "duckdb" in sys.modules:
        assert kept.sql("SELECT count(*) AS n FROM sentiment").n[0] == len(made.sentiment)


def test_a_question_in_sql_without_duckdb_names_the_remedy(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tk.analyze_to(store, toy.articles(1), stages=toy.CHAIN, executor=1)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(tk.InputError, match="pip install"):
        kept.sql("SELECT 1")


def test_a_stored_coverage_shows_words_without_reading_all_texts(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = toy.articles(9)
    kept = tk.analyze_to(store, given, stages=toy.CHAIN, executor=1)
    assert repr(kept.quotations) == repr(in_memory(given).quotations)
    assert kept.sentiment._repr_html_() == in_memory(given).sentiment._repr_html_()
    assert "articles" not in kept._frames
    saved = tk.open(kept.save(store.parent / "saved"))
    assert repr(saved.mentions) == repr(in_memory(given).mentions)


def test_it_takes_the_place_of_a_coverage_anywhere(store: Path, tmp_path: Path) -> None:
    given = toy.articles(9)
    kept, made = tk.analyze_to(store, given, stages=toy.CHAIN, executor=1), in_memory(given)
    same(pickle.loads(pickle.dumps(kept)), made)  # noqa: S301 - of our own
    same(kept.load(), made)
    names = [{"actor": "Ode Lund", "name": "Ode Strand"}]
    same(tk.correct(kept, names), tk.correct(made, names))
    pages = [tk.share(one, tmp_path / f"{place}.html", title="News") for place, one in enumerate((kept, made))]
    assert pages[0].read_bytes() == pages[1].read_bytes()
    assert tk.explore(kept)._repr_mimebundle_() == tk.explore(made)._repr_mimebundle_()
    with pytest.raises(AttributeError):
        kept.quotations = made.quotations


def test_the_command_line_keeps_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Petra Vasil said that talks would resume.", encoding="utf-8")
    words = ["analyze", str(tmp_path / "a.txt"), "--store", str(tmp_path / "store"), "--jobs", "1"]
    for _ in range(2):
        assert cli.main(words) == 0
        assert "store: 1 article, 0 left out" in capsys.readouterr().out
    assert len(tk.open(tmp_path / "store").quotations) == 1
