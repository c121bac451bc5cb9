"""Positions: who stands where on what, by the words of an article."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import toolkit as tk
from toolkit.actors import find_actors
from toolkit.positions import PositionInput, find_phrases, in_rounds, positions_of
from toolkit.positions._amounts import amount_in
from toolkit.positions._conditions import kind_of
from toolkit.records import Position, Round

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.coverage import Coverage

DAY = dt.date(2024, 5, 3)
TEXT = (
    "The dockers' union and the port operator met in Antwerp. "
    "Peru rejected the offer of a joint fishing zone on Tuesday. "
    "Chile has called for a vote on the quota. "
    "“We will not sign a treaty without inspections,” Lena Moor, the minister of Peru, said. "
    "“Chile must lift the ban before June,” Moor added. "
    "Chile and Bolivia have agreed on a plan for the water. "
    "The tariff was accepted by Bolivia. "
    "Bolivia is ready to pay $40 million if Chile opens its harbour. "
    "Chile no longer demands a pipeline."
)


@tk.stage(gives="positions")
def by_words(article: Any, doc: Any, sentences: Any, quotations: Any, mentions: Any) -> list[Position]:
    """Read positions by the word lists alone."""
    given = PositionInput(doc, article.article_id, article.published, sentences, quotations, mentions)
    return positions_of(given, find_phrases(given))


@pytest.fixture(scope="module")
def found() -> Coverage:
    chain = tk.stages().replaced("positions", by_words)
    return tk.analyze([tk.Article(TEXT, published=DAY)], stages=chain, progress=False)


def rows(found: Coverage, **cells: Any) -> list[dict[str, Any]]:
    told = found.positions.to_dict("records")
    return [row for row in told if all(row[name] == value for name, value in cells.items())]


@pytest.mark.parametrize(
    ("actor", "stance", "act", "words"),
    [
        ("Peru", "against", "rejects", "rejected the offer of a joint fishing zone"),
        ("Chile", "for", "demands", "has called for a vote on the quota"),
        ("Lena Moor", "against", "rejects", "will not sign a treaty without inspections"),
        ("Lena Moor", "for", "demands", "must lift the ban before June"),
        ("Chile", "for", "agreed", "have agreed on a plan for the water"),
        ("Bolivia", "for", "agreed", "have agreed on a plan for the water"),
        ("Bolivia", "for", "accepts", "The tariff was accepted"),
        ("Bolivia", "for", "offers", "is ready to pay $40 million if Chile opens its harbour"),
        ("Chile", "against", "withdraws", "no longer demands a pipeline"),
    ],
)
def test_who_stands_where_by_what_act(found: Coverage, actor: str, stance: str, act: str, words: str) -> None:
    told = [row["text"] for row in rows(found, actor=actor, stance=stance, act=act)]
    assert any(text.startswith(words) for text in told), told


def test_a_stand_has_what_it_is_on_its_condition_and_its_amount(found: Coverage) -> None:
    (row,) = rows(found, act="offers")
    assert row["proposition"].startswith("to pay $40 million")
    assert (row["condition"], row["condition_kind"]) == ("if Chile opens its harbour", "if")
    assert (row["amount"], row["unit"]) == (40e6, "USD")


def test_a_stand_knows_the_statement_it_stands_in_and_its_day(found: Coverage) -> None:
    (row,) = rows(found, actor="Lena Moor", act="rejects")
    said = found.quotations.set_index("quotation_id").loc[row["quotation_id"]]
    assert said["start"] <= row["start"] < row["end"] <= said["end"]
    assert (row["actor_how"], row["told_by"], row["date"].date()) == ("speaker", None, DAY)


def test_every_span_slices_and_every_row_has_its_own_id(found: Coverage) -> None:
    positions = found.positions
    for row in positions.to_dict("records"):
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert TEXT[row["prop_start"] : row["prop_end"]] == row["proposition"]
    assert positions["position_id"].is_unique
    assert positions["key"].is_unique


def test_whoever_holds_a_position_is_an_actor(found: Coverage) -> None:
    assert set(found.positions["actor"]) <= set(found.actors["actor"])


@pytest.mark.parametrize(
    ("text", "doer", "addressee"),
    [
        ("Peru urged Chile to lift the ban.", "Chile", "Chile"),
        ("Peru demanded that Chile lift the ban.", "Chile", None),
        ("Peru called on Chile to pay.", "Chile", "Chile"),
        ("Peru offers to pay the fee.", "Peru", None),
        ("Peru offered Chile a loan.", "Peru", "Chile"),
        ("Peru rejected the treaty.", None, None),
    ],
)
def test_who_would_have_to_act_and_who_is_asked(
    nlp: Language, text: str, doer: str | None, addressee: str | None
) -> None:
    doc = nlp(text)
    read = PositionInput(doc, "a", None, [(0, len(text))], [], find_actors(doc).mentions)
    (position,) = positions_of(read, find_phrases(read))
    assert (position.actor, position.doer, position.addressee) == ("Peru", doer, addressee)


def test_word_lists_of_ones_own_are_followed() -> None:
    text = "Peru poohpoohed the treaty on Monday."
    more = tk.words().extended("positions", "act", "rejects", "verbs", add=["poohpooh"])
    chain = tk.stages().replaced("positions", by_words)
    assert tk.analyze([tk.Article(text)], stages=chain, progress=False).positions.empty
    given = chain.reading_by(more)
    assert tk.analyze([tk.Article(text)], stages=given, progress=False).positions["act"].tolist() == ["rejects"]


@pytest.mark.parametrize(
    ("words", "number", "unit"),
    [
        ("a raise of 4.5 percent over two years", 4.5, "percent"),
        ("a 12% cut", 12, "percent"),
        ("to pay $1.5 billion in arrears", 1.5e9, "USD"),
        ("€40m for the fund", 4e7, "EUR"),
        ("20 million euros", 2e7, "EUR"),
        ("to free 50 elderly prisoners", 50, "people"),
        ("ten more hostages", 10, "people"),
        ("10,000 troops", 10_000, "people"),
        ("a two-year freeze", 2, "years"),
    ],
)
def test_amounts(words: str, number: float, unit: str) -> None:
    assert amount_in(words) == (pytest.approx(number), unit)


@pytest.mark.parametrize("words", ["a treaty", "Article 50", "the 2015 accord", "round 3 of the talks", "the G7"])
def test_other_numbers_are_no_amounts(words: str) -> None:
    assert amount_in(words) is None


@given(st.text(alphabet="0123456789,.$€% abmnyears", max_size=30))
@example("rs0")
@example("ſix percent")
def test_whatever_the_words_an_amount_is_a_number(words: str) -> None:
    amount = amount_in(words)
    assert amount is None or amount.number >= 0


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("if the ban falls", "if"),
        ("only if  the ban falls", "only if"),
        ("but only after a vote", "only if"),
        ("unless Chile pays", "unless"),
        ("In return for water", "in return"),
        ("until June", "until"),
        ("iffy terms", None),
    ],
)
def test_kinds_of_conditions(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


def test_the_round_of_a_day_is_that_of_the_same_article_where_there_is_but_one() -> None:
    def told(article: str, day: dt.date | None) -> Position:
        return Position("p", article, 0, 4, "sign", "for", "seeks", date=day)

    def met(name: str, first: dt.date, last: dt.date) -> Round:
        return Round(name, "talks", name, first=first, last=last, evidence=(("a", 0, 4),))

    rounds = [met("one", DAY, DAY), met("two", dt.date(2024, 6, 1), dt.date(2024, 6, 3)),
              met("three", dt.date(2024, 6, 3), dt.date(2024, 6, 4))]  # fmt: skip
    days = {DAY: "one", dt.date(2024, 6, 2): "two", dt.date(2024, 6, 3): None, None: None}
    assert [one.round_id for one in in_rounds([told("a", day) for day in days], rounds)] == list(days.values())
    assert in_rounds([told("b", DAY)], rounds)[0].round_id is None
