"""One article that fails: it is told with its stage and reason, and the others are as they would be without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import toy

import toolkit as tk
from toolkit import cli
from toolkit.analysis import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from toolkit.articles import Article

GOOD = toy.articles(6)
BAD = tk.Article("Ada Berg said that this one is bad. Kip left on Monday.", path="news/bad.txt")
NEWS = [
    tk.Article("Petra Vasil said on Monday that the talks in Oslo would resume. She praised Norway.", path="a.txt"),
    tk.Article("“We will not sign,” said Espen Holm, the envoy. Kenya blamed Norway.", path="b.txt"),
]


class Panic(BaseException):
    """As a library in Rust raises, which is no Exception."""


class MuteError(ValueError):
    """A fault that cannot be told."""

    def __str__(self) -> str:
        raise ValueError


def failing(step: Stage, fault: BaseException) -> Stage:
    """Return a stage that fails on the bad article alone."""

    def run(*layers: Any) -> Any:
        texts = [layer.text for layer in layers if hasattr(layer, "text")]
        if any("one is bad" in text for text in texts):
            raise fault
        return step(*layers)

    return Stage(step.name, run, step.needs, step.gives, step.frame, version="failing")


@pytest.mark.parametrize("name", [step.name for step in toy.CHAIN if "article" in step.needs])
@pytest.mark.parametrize(
    "fault", [ValueError("no way"), MemoryError(), RecursionError("deep"), Panic("rust"), MuteError()]
)
@pytest.mark.filterwarnings("ignore::toolkit.errors.ToolkitWarning")
def test_whatever_fails_the_others_are_as_without_it(name: str, fault: BaseException) -> None:
    chain = toy.CHAIN.replaced(name, failing(toy.CHAIN[name], fault))
    coverage = tk.analyze([*GOOD[:3], BAD, *GOOD[3:]], stages=chain, executor=1)
    told = coverage.left_out.iloc[0]
    assert (told.source, told.stage) == (BAD.path, name)
    assert told.reason.startswith(type(fault).__name__)
    assert "errors='raise'" in told.remedy
    without = tk.analyze(GOOD, stages=chain, executor=1)
    assert toy.rows(coverage.frames() | {"left_out": without.left_out}) == toy.rows(without.frames())


@pytest.mark.parametrize("name", ["parse", "sentences", "quotations", "times", "speakers", "sentiment", "rounds"])
@pytest.mark.filterwarnings("ignore::toolkit.errors.ToolkitWarning")
def test_each_of_the_toolkits_own_stages_may_fail(name: str) -> None:
    chain = tk.stages()
    step = chain[name]

    def run(*layers: Any) -> Any:
        if any("one is bad" in getattr(layer, "text", "") for layer in layers):
            raise ValueError("no way")
        return step(*layers)

    broken = chain.replaced(name, Stage(name, run, step.needs, step.gives, about=step.about, version="own"))
    coverage = tk.analyze([NEWS[0], BAD, NEWS[1]], stages=broken, executor=1)
    assert list(coverage.left_out.stage) == [name]
    assert "please report" in coverage.left_out.remedy[0]
    assert list(coverage.articles.path) == ["a.txt", "b.txt"]
    assert not any(BAD.article_id in set(frame.get("article_id", ())) for frame in coverage.frames().values())


def test_one_warning_sums_up() -> None:
    chain = toy.CHAIN.replaced("times", lambda article: () if "bad" in article.text else article.text[999])
    with pytest.warns(tk.ToolkitWarning) as caught:
        coverage = tk.analyze([*toy.articles(8), BAD], stages=chain, executor=1)
    assert len(caught) == 1
    told = str(caught[0].message)
    assert told.startswith("8 of 9 articles could not be analysed (all in .left_out of the result):")
    assert "news/0.txt: stage 'times': IndexError: string index out of range (line " in told
    assert "… and 3 more" in told
    assert len(coverage.left_out) == 8
    assert caught[0].filename == __file__


def test_a_run_may_be_ended_by_the_first_that_fails() -> None:
    read = []

    def run(article: Article) -> tuple[()]:
        read.append(article.path)
        return tuple(range(1 // ("one is bad" not in article.text) - 1))  # type: ignore[return-value]

    chain = toy.CHAIN.replaced("times", run)
    with pytest.raises(tk.AnalysisError, match=r"news/bad.txt: stage 'times': ZeroDivisionError") as caught:
        tk.analyze([*GOOD[:2], BAD, *GOOD[2:]], stages=chain, executor=1, errors="raise")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    # What stands behind is not read; the bad one is read again for its fault.
    assert read == [GOOD[0].path, GOOD[1].path, BAD.path, BAD.path]
    assert len(tk.analyze(GOOD, stages=chain, executor=1, errors="raise").articles) == len(GOOD)


def test_errors_are_left_out_or_raised() -> None:
    with pytest.raises(tk.InputError, match="errors='ignore'; give 'left out' or 'raise'"):
        tk.analyze(GOOD, stages=toy.CHAIN, errors="ignore")  # type: ignore[arg-type]


@pytest.mark.parametrize("errors", ["left out", "raise"])
def test_without_weights_no_article_can_be_read(errors: Any) -> None:
    def run(article: Article) -> None:
        raise tk.PipelineError("the weights are missing; install them")

    with pytest.raises(tk.PipelineError, match="weights are missing"):
        tk.analyze(GOOD, stages=toy.CHAIN.replaced("times", run), executor=1, errors=errors)


def test_an_interruption_is_no_failure() -> None:
    def run(article: Article) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tk.analyze(GOOD, stages=toy.CHAIN.replaced("times", run), executor=1)


def elsewhere(article: Article) -> list[toy.Number]:
    return [toy.Number("0" * 12, 0, 1, "A", 1, None, ())]


def behind_the_end(article: Article) -> list[toy.Number]:
    return [toy.Number(article.article_id, 0, 1000, "A", 1, None, ())]


def untyped(article: Article) -> list[toy.Number]:
    return [toy.Number(article.article_id, 0, 1, "A", "many", None, ())]  # type: ignore[arg-type]


UNFIT: list[tuple[str, Callable[..., Any], str]] = [
    ("numbers", lambda article: None, "numbers is NoneType; return a list of Number, an empty one"),
    ("numbers", lambda article: 3, "numbers is int"),
    ("numbers", lambda article: "abc", "numbers holds str; return a list of Number"),
    ("numbers", lambda article: [{"start": 1}], "numbers holds dict"),
    ("numbers", elsewhere, "numbers tells of article '000000000000'"),
    ("numbers", behind_the_end, "numbers has a span 0–1000; the text has"),
    ("numbers", untyped, "many"),
    ("names", lambda article: (), "to give actors, mentions, 2 layers in a tuple; gave 0 layers"),
    ("names", lambda article: ([], [], []), "gave 3 layers"),
    ("names", lambda article: None, "gave NoneType"),
    ("names", lambda article: (["Ada"], []), "actors holds str; return a list of Actor"),
    ("times", lambda article: [toy.Number(article.article_id, 0, 1, "A", 1, None, ())], "times holds Number"),
]


@pytest.mark.parametrize(("name", "run", "reason"), UNFIT)
def test_what_a_stage_gives_is_told_where_it_is_given(name: str, run: Callable[..., Any], reason: str) -> None:
    chain = toy.CHAIN.replaced(name, run)
    with pytest.warns(tk.ToolkitWarning, match="1 of 1 articles"):
        coverage = tk.analyze(GOOD[:1], stages=chain, executor=1)
    assert coverage.left_out.stage[0] == name
    assert reason in coverage.left_out.reason[0]


def test_records_may_come_one_by_one_and_other_layers_may_be_anything() -> None:
    def tensor(article: Article) -> Any:
        return {"said by": article.text.upper}

    def shouted(article: Article, tensor: Any) -> Any:
        yield toy.Number(article.article_id, 0, 1, tensor["said by"]()[:1], 1, None, ())

    shout = tk.stage(gives="shouted", frame=tk.frame("shouted", toy.Number))(shouted)
    coverage = tk.analyze(GOOD, stages=toy.CHAIN.added(tensor, shout), executor=2)
    assert len(coverage["shouted"]) == len(GOOD)


def test_what_was_not_read_stands_beside_what_failed(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Ada Berg said that all was well.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.warns(tk.ToolkitWarning, match="1 left out"):
        given = tk.read(tmp_path)
    coverage = tk.analyze(given, stages=toy.CHAIN, executor=1)
    assert len(coverage.articles) == 1
    assert {report.reason for report in given.left_out} <= set(coverage.left_out.reason)
    assert set(coverage.left_out.stage) == {"reading"}


def test_the_command_line_ends_well_and_says_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(doc: Any, **_: Any) -> Any:
        if "one is bad" in doc.text:
            raise ValueError("no way")
        return find(doc, **_)

    from toolkit import quotations

    find = quotations.find_quotations
    monkeypatch.setattr(quotations, "find_quotations", run)
    for name, article in {"good": NEWS[0], "bad": BAD}.items():
        (tmp_path / f"{name}.txt").write_text(article.text, encoding="utf-8")
    given = [str(tmp_path / f"{name}.txt") for name in ("good", "bad")]
    assert cli.main(["analyze", *given, "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    out, err = capsys.readouterr()
    assert "note: 1 of 2 articles could not be analysed" in err
    assert "bad.txt: stage 'quotations': ValueError: no way" in err
    assert "articles.csv: 1 row" in out
    assert "quotations" in (tmp_path / "out" / "left_out.csv").read_text(encoding="utf-8")
