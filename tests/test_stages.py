"""Chains of stages: what is refused when one is built, how one is changed, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import toy

import toolkit as tk
from toolkit.analysis import Stage, Stages
from toolkit.records import Opinion

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.articles import Article

CHAIN = tk.stages()


@dataclass(frozen=True)
class Nowhere:
    """A record that does not say which article it is of."""

    text: str


def step(name: str, needs: str, gives: str, **more: Any) -> Stage:
    return Stage(name, lambda *_: (), tuple(needs.split()), tuple(gives.split()), **more)


PARSE = step("parse", "article", "doc")
WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: Stages((step("names", "doc", "actors"),)), "'names' needs doc, which no stage before it gives; known"),
    (lambda: Stages((step("names", "doc", "actors"), PARSE)), "'parse' gives it later: put this one behind it"),
    (lambda: Stages((PARSE, step("parse", "article", "more"))), "two stages are called 'parse'"),
    (lambda: Stages((PARSE, step("again", "article", "doc"))), "'again' gives doc, which 'parse' has given before"),
    (lambda: Stages((step("made", "", "article"),)), "gives article, which 'what is given' has given before"),
    (lambda: Stages((step("process", "article", "doc"),)), "no stage can be called 'process'"),
    (lambda: Stages((step("numbers", "article", "a b", frame=toy.NUMBERS),)), "must give one layer of its own"),
    (lambda: Stages((step("times", "article", "times", frame=toy.NUMBERS),)), "must give one layer of its own"),
    (lambda: Stages((step("x", "article", "x", frame=tk.frame("nowhere", Nowhere)),)), "have an article_id"),
    (
        lambda: Stages((step("x", "article", "x", frame=tk.frame("numbers", toy.Number, key=["text"])),)),
        "have an article_id in the record, and in the key",
    ),
    (
        lambda: Stages(tuple(step(name, "article", name, frame=toy.NUMBERS) for name in ("a", "b"))),
        "two stages have a frame 'numbers'",
    ),
    (lambda: tk.stage(lambda article, *more: ()), "takes more; each of its parameters must be the name of a layer"),
    (lambda: CHAIN["parsing"], "no stage 'parsing'; there are parse, sentences"),
    (lambda: CHAIN.without("nothing"), "no stage 'nothing'"),
    (lambda: CHAIN.replaced("nothing", lambda article: ()), "no stage 'nothing'"),
    (lambda: CHAIN.without("times"), "'days' needs times"),
    (lambda: CHAIN.added(lambda doc: (), before="parse"), "needs doc"),
]


@pytest.mark.parametrize(("build", "message"), WRONG)
def test_a_chain_that_cannot_run_is_refused_when_built(build: Callable[[], object], message: str) -> None:
    with pytest.raises(tk.InputError, match=message.replace("(", r"\(")):
        build()


def test_parameters_name_what_a_stage_needs() -> None:
    made = tk.stage(gives=("one", "two"), name="both")(lambda article, doc, unused=3: ((), ()))
    assert (made.name, made.needs, made.gives) == ("both", ("article", "doc"), ("one", "two"))


def test_a_stage_can_still_be_called_as_the_function_it_was(seed: Article) -> None:
    assert toy.times(seed) == toy.times.run(seed)


def test_changes_give_new_chains_and_leave_the_old_one() -> None:
    before = CHAIN.names
    assert CHAIN.added(toy.numbers).names == (*before, "numbers")
    assert CHAIN.added(toy.numbers, before="times").names.index("numbers") == before.index("times")
    assert CHAIN.without("sentiment", "rounds").names == tuple(
        name for name in before if name not in {"sentiment", "rounds"}
    )
    assert CHAIN.replaced("sentiment", toy.sentiment).names == before
    assert CHAIN.replaced("sentiment", toy.sentiment)["sentiment"].run is toy.sentiment.run
    assert CHAIN.names == before


def test_a_replaced_stage_keeps_its_name_whatever_takes_its_place() -> None:
    chain = CHAIN.replaced("sentiment", lambda mentions: ())
    assert chain["sentiment"].gives == ("sentiment",)
    assert chain["sentiment"].needs == ("mentions",)


def test_metadata_name_what_really_ran() -> None:
    own = tk.stages().about()
    assert {
        "pipeline",
        "parsing_weights",
        "trunk_weights",
        "attribution_weights",
        "event_weights",
        "sentiment_weights",
        "onnxruntime",
        "words",
    } <= {*own}
    other = tk.stages().replaced("sentiment", toy.sentiment).without("rounds").about()
    assert "sentiment_weights" not in other
    assert other["stage sentiment"] == f"toy.sentiment {toy.sentiment.told_by}"
    words = tk.words().extended("grammar", "institutions", add=["secretariat"])
    assert tk.stages(words=words).about()["words"] == words.digest != own["words"]


def test_metadata_of_an_analysis_are_those_of_its_chain() -> None:
    assert tk.analyze(toy.articles(2), stages=toy.CHAIN, executor=1).metadata == {
        "toolkit": tk.analyze(toy.articles(1), stages=toy.CHAIN, executor=1).metadata["toolkit"],
        **toy.CHAIN.about(),
    }


GOOD = {"good", "fair"}


def _is_good(word: str) -> bool:
    return word in GOOD


def _counting(least: int) -> Callable[[Article], list[str]]:
    return lambda article: [word for word in article.text.split() if len(word) > least and _is_good(word)]


class Model:
    """A model of one's own, such as a stage may be."""

    def __init__(self, bias: float) -> None:
        self.bias = bias

    def __call__(self, article: Article) -> list[float]:
        return [self.bias]


def test_a_stage_is_known_by_its_code_and_what_that_names(monkeypatch: pytest.MonkeyPatch) -> None:
    one, same, other = (tk.stage(_counting(least)) for least in (2, 2, 3))
    assert one.told_by == same.told_by != other.told_by
    assert tk.stage(Model(1.0)).told_by == tk.stage(Model(1.0)).told_by != tk.stage(Model(2.0)).told_by
    assert tk.stage(partial(_is_good, "fair")).told_by != tk.stage(partial(_is_good, "good")).told_by
    assert replace(one, version="2").told_by == "2"
    before = one.told_by
    monkeypatch.setitem(globals(), "GOOD", {"good", "fair", "just"})
    assert one.told_by != before


def test_one_who_shows_a_chain_sees_what_each_stage_needs_and_gives() -> None:
    assert "times (article, sentences) -> times" in str(CHAIN)


def test_a_sentiment_of_ones_own_is_that_of_the_coverage() -> None:
    @tk.stage(gives="sentiment")
    def blame(article: Article, mentions: list[Any]) -> list[Opinion]:
        return [
            Opinion(article.article_id, one.start, one.end, one.actor, (one.start, one.end), None, -1, -1.0)
            for one in mentions
        ]

    coverage = tk.analyze(toy.articles(3), stages=toy.CHAIN.replaced("sentiment", blame), executor=1)
    assert len(coverage.sentiment) == len(coverage.mentions)
    assert set(coverage.sentiment.polarity) == {-1}
    assert set(coverage.sentiment.target) == set(coverage.actors.actor)


def test_without_a_stage_its_frame_is_empty_and_has_its_columns() -> None:
    coverage = tk.analyze(toy.articles(3), stages=toy.CHAIN.without("sentiment", "rounds", "numbers"), executor=1)
    assert coverage.sentiment.empty
    assert [*coverage.sentiment] == [*tk.analyze(toy.articles(3), stages=toy.CHAIN, executor=1).sentiment]
    assert list(coverage.extra) == []
    assert len(coverage.quotations)


def test_a_further_frame_is_kept_shown_and_named_across_articles() -> None:
    coverage = tk.analyze(toy.articles(5), stages=toy.CHAIN, executor=1)
    found = coverage["numbers"]
    assert [*found.value] == [0, 1, 2, 3, 4]
    assert set(found.told_by) == {"Ada Berg", "Ode Lund"}
    assert found.key.is_unique
    assert "5 numbers" in repr(coverage)
