"""The same text in several outlets: one article, all its outlets."""

from __future__ import annotations

import random
import warnings

import made
import pytest

import toolkit as tk
from toolkit.articles import Article, Articles
from toolkit.display import rows
from toolkit.frames import DECLARED
from toolkit.views.article import heading_facts

OUTLETS = ["The Harbour Post", "Valley Herald", "Morning Courier", "Levant Observer", "City Ledger"]
WIRE = made.FIRST.paragraphs


def read(*articles: Article) -> Articles:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", tk.ToolkitWarning)
        return tk.read(list(articles))


def printed(outlet: str, *paragraphs: str) -> Article:
    return Article("\n\n".join(paragraphs), outlet=outlet)


def test_printed_five_times_is_one_text_with_five_outlets() -> None:
    articles = read(*(printed(outlet, *WIRE) for outlet in OUTLETS))
    assert [(article.outlet, article.reprints) for article in articles] == [(OUTLETS[0], tuple(OUTLETS[1:]))]
    assert len(articles.left_out) == 4
    assert all(item.reason.endswith("; kept once") for item in articles.left_out)


@pytest.mark.parametrize(
    "paragraphs",
    [
        WIRE[:3],
        (*WIRE, "More on the port board stands on page four."),
        ("A port in the north is quiet tonight.", *WIRE[1:]),
        tuple(words.upper() for words in WIRE),
        tuple(words.replace("“", '"').replace("”", '"') for words in WIRE),
    ],
    ids=["cut", "longer", "another lead", "capitals", "other marks"],
)
def test_nearly_the_same_text_is_the_same(paragraphs: tuple[str, ...]) -> None:
    articles = read(printed("A", *WIRE), printed("B", *paragraphs))
    assert len(articles) == 1
    assert {articles[0].outlet, *articles[0].reprints} == {"A", "B"}
    assert len(articles[0].text) == max(len("\n\n".join(WIRE)), len("\n\n".join(paragraphs)))


def test_a_shared_quotation_makes_no_reprint() -> None:
    others = made.STORIES[1].paragraphs
    assert len(read(printed("A", *WIRE), printed("B", WIRE[1], *others))) == 2
    assert len(read(*(printed(story.outlet, *story.paragraphs) for story in made.STORIES))) == 5


def test_short_texts_differ_by_any_sign() -> None:
    assert len(read(Article("Envoys met."), Article("Envoys met!"), Article("envoys met."))) == 3
    assert len(read(Article("Envoys met.", title="A"), Article("Envoys met.", title="B"))) == 1


def test_the_order_of_reading_changes_no_group() -> None:
    prints = [
        printed("A", *WIRE),
        printed("B", *WIRE[:3]),
        printed("C", *WIRE[1:]),
        printed("D", *made.STORIES[1].paragraphs),
    ]
    for seed in range(6):
        shuffled = random.Random(seed).sample(prints, len(prints))  # noqa: S311 - an order, no secret
        found = {frozenset((article.outlet, *article.reprints)) for article in read(*shuffled)}
        assert found == {frozenset("ABC"), frozenset("D")}


def test_the_outlets_are_a_column_and_shown() -> None:
    (article,) = read(*(printed(outlet, *WIRE) for outlet in OUTLETS))
    frame = DECLARED["articles"].of([article])
    assert frame["reprints"].tolist() == [OUTLETS[1:]]
    assert "and 4 more" in repr(Articles([article]))
    assert heading_facts(rows(frame)[0]).startswith("The Harbour Post and 4 others · ")
