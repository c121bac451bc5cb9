"""Across articles: which are of one negotiation, which events are one, and who is somebody else in each."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.actors import is_named
from toolkit.analysis.across import told_across
from toolkit.records import Event, Negotiation, Round
from toolkit.rounds import merge_events, negotiations_of

HERE = Path(__file__).parent
PAIRS = tomllib.loads((HERE / "pairs.toml").read_text(encoding="utf-8"))["pairs"]
BARGAINING = tomllib.loads((HERE / "bargaining.toml").read_text(encoding="utf-8"))["articles"]
CHAIN = tk.stages().without("sentiment")
RIGHT = 0.95


def analysed(*reports: list[str]) -> tk.Coverage:
    articles = [tk.Article(text, published=dt.date.fromisoformat(day)) for day, text in reports]
    return tk.analyze(articles, stages=CHAIN, executor=1, progress=False)


def is_right(pair: dict[str, Any]) -> bool:
    coverage = analysed(pair["one"], pair["other"])
    rows = [row for frame in (coverage.rounds, coverage.events) for row in frame.to_dict("records")]
    joint = [row for row in rows if row["n_articles"] > 1]
    found = {row["type"] for row in joint}
    told = "status" not in pair or pair["status"] in {row["status"] for row in joint}
    return told and (set(pair["joined"]) <= found if pair["joined"] else not joint)


def test_two_reports_of_one_event_are_one_row_and_two_events_are_two() -> None:
    wrong = [pair["kind"] for pair in PAIRS if not is_right(pair)]
    assert len(PAIRS) >= 60
    assert len(wrong) <= (1 - RIGHT) * len(PAIRS), wrong


def test_unrelated_negotiations_are_not_mixed() -> None:
    seeds = list(tk.read(HERE.parent / "seeds"))
    others = [tk.Article(text, published=dt.date.fromisoformat(day)) for day, text in BARGAINING]
    coverage = tk.analyze([*seeds, *others], stages=CHAIN, executor=1, progress=False)
    own = {article.article_id for article in seeds}
    for frame in (coverage.rounds, coverage.events):
        for evidence in frame["evidence"]:
            of = {article for article, _, _ in evidence}
            assert of <= own or len(of) == 1
    told = coverage.articles.set_index("article_id")["negotiation"]
    assert told[list(own)].nunique() == 1
    apart = told[[article.article_id for article in others]].dropna()
    assert apart.is_unique
    assert not set(apart) & set(told[list(own)])
    common = coverage.mentions[~coverage.mentions["actor"].map(is_named)]
    assert common.groupby("actor")["article_id"].nunique().max() == 1
    assert set(coverage.quotations["negotiation"].dropna()) <= set(coverage.negotiations["negotiation"])


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Letter Carriers' Union", True),
        ("Kenyan officials", True),
        ("Greens", True),
        ("the union", False),
        ("Both sides", False),
        ("Officials", False),
        ("Parliament", False),
        ("", False),
    ],
)
def test_common_nouns_name_nobody(name: str, *, named: bool) -> None:
    assert is_named(name) is named


def about(article: str, *, names: tuple[str, ...], issues: tuple[str, ...], day: int = 1) -> Negotiation:
    date = dt.date(2031, 3, day)
    return Negotiation((article,), None, names[:2], names, issues, date, date, has_events=True)


TOLD = [
    about("a", names=("Norline", "Ferry Crews' Union"), issues=("pay", "night")),
    about("b", names=("Ferry Crews' Union", "Norline"), issues=("night", "shift"), day=4),
    about("c", names=("Kenya", "Norway"), issues=("tariff", "fish")),
    about("d", names=("Kenya", "Peru"), issues=("coffee",)),
    about("e", names=(), issues=("pay",)),
]


def test_articles_of_one_negotiation_share_a_name_that_no_other_has() -> None:
    found = negotiations_of(TOLD)
    assert sorted(each.articles for each in found) == [("a", "b"), ("c",), ("d",), ("e",)]
    assert len({each.name for each in found}) == len(found)
    (joint,) = (each for each in found if len(each.articles) > 1)
    assert joint.name == "Ferry Crews' Union–Norline talks on night and pay"
    assert (joint.first, joint.last) == (dt.date(2031, 3, 1), dt.date(2031, 3, 4))


@given(st.permutations(TOLD))
@settings(max_examples=20)
def test_negotiations_are_the_same_whatever_the_order(order: list[Negotiation]) -> None:
    assert negotiations_of(order) == negotiations_of(TOLD)


def test_an_article_that_tells_of_no_event_founds_no_negotiation() -> None:
    lone = Negotiation(("x",), actors=("Chile",), issues=("copper",))
    assert negotiations_of([lone]) == []


def test_many_articles_cost_little_more_each_than_few() -> None:
    from growing import grows_with_its_size, seconds_of

    def seconds(size: int) -> float:
        told = [
            about(str(n), names=(f"Union {n // 4}", f"Firm {n // 4}", "Kenya"), issues=(f"w{n // 4}", "pay"))
            for n in range(size)
        ]
        return seconds_of(lambda: negotiations_of(told))

    assert grows_with_its_size(seconds, 1000)


def action(article: str, label: str = "went on strike", **cells: Any) -> Event:
    given = {"first": dt.date(2031, 3, 5), "last": dt.date(2031, 3, 5), "precision": "day", "negotiation": "n"} | cells
    return Event(article, "action", label, given.pop("status", "held"), evidence=((article, 0, 9),), **given)


def test_an_event_told_twice_is_one_row_with_both_as_evidence() -> None:
    (row,) = merge_events([action("a", status="threatened"), action("b", "the strike at the docks")])
    assert (row.status, [article for article, _, _ in row.evidence], row.conflicts) == ("held", ["a", "b"], ())
    assert row.keys == ("a", "b")


@pytest.mark.parametrize(
    "other",
    [
        action("a"),
        action("b", negotiation="m"),
        action("b", "imposed tariffs"),
        action("b", first=dt.date(2031, 3, 22), last=dt.date(2031, 3, 22)),
        action("b", first=None, last=None, precision=None),
    ],
    ids=["one article", "another negotiation", "another act", "another day", "no day"],
)
def test_what_may_be_two_events_stays_two(other: Event) -> None:
    assert len(merge_events([action("a"), other])) == 2


def test_articles_that_disagree_are_told_of() -> None:
    (row,) = merge_events([action("a", place="Oslo"), action("b", first=dt.date(2031, 3, 4))])
    assert [(conflict.field, dict(conflict.values)) for conflict in row.conflicts] == [
        ("first", {"2031-03-04": ("b",), "2031-03-05": ("a",)})
    ]
    assert len(merge_events([action("a", place="Oslo"), action("b", place="Lima")])) == 2


def test_records_of_articles_get_their_negotiation() -> None:
    talks = [Round(name, "talks", "talks", evidence=((name, 0, 5),)) for name in ("c", "d")]
    told = told_across(
        {"negotiations": TOLD, "rounds": talks, "events": [action("c", negotiation=None)], "positions": ()}, {}
    )
    assert [row.negotiation for row in told.rounds] == [told.by_article["c"], told.by_article["d"]]
    assert told.events[0].negotiation == told.by_article["c"]
