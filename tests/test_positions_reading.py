"""What is made of the learned reader's stands: who holds each, in whose words, on what condition."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.model.position_reader import Holder, PositionPhrase
from toolkit.model.position_tags import ACTS, BASES, STANCES
from toolkit.positions import PositionInput, positions_of
from toolkit.positions._acts import stance_of
from toolkit.positions._read import phrases_of
from toolkit.records import Mention, Quotation

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.records import Position

DAY = dt.date(2024, 5, 3)
TEXT = (
    "Norway and Peru have agreed to share the cod. "
    "Rosa Quist said Chile will lift the ban if the ports reopen after Easter."
)
NAMES = ("Norway", "Peru", "Rosa Quist", "Chile")


def told(nlp: Language, words: str, holders: dict[str, float], act: str = "agreed") -> list[Position]:
    """Return the positions of a text as if the reader had found one stand: its words, act, and who may hold it."""
    doc = nlp(TEXT)
    mentions = [Mention("a", TEXT.index(name), TEXT.index(name) + len(name), name, name, "name") for name in NAMES]
    said = (TEXT.index("Chile"), len(TEXT) - 1)
    source = (TEXT.index("Rosa"), TEXT.index("Rosa") + len("Rosa Quist"))
    quotation = Quotation("q", "a", (said,), TEXT[slice(*said)], "indirect", "said", source_span=source,
                          speaker="Rosa Quist")  # fmt: skip
    found = PositionInput(doc, "a", DAY, [(s.start_char, s.end_char) for s in doc.sents], [quotation], mentions)
    start = TEXT.index(words)
    read = PositionPhrase(
        start,
        start + len(words),
        0.8,
        tuple(float(name == "for") for name in STANCES),
        tuple(float(name == act) for name in ACTS),
        tuple(float(name == "implied") for name in BASES),
        (start, start + len(words)),
        tuple(Holder(NAMES.index(name), share) for name, share in holders.items()),
    )
    return positions_of(found, phrases_of(found, [read], mentions))


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ({"Norway": 0.9, "Peru": 0.8, "Chile": 0.1}, ["Norway", "Peru"]),
        ({"Norway": 0.3, "Peru": 0.2}, ["Norway"]),
        ({"Norway": 0.01}, [None]),
        ({}, [None]),
    ],
)
def test_several_may_hold_a_stand_and_nobody_is_guessed(
    nlp: Language, holders: dict[str, float], expected: list[str | None]
) -> None:
    found = told(nlp, "have agreed to share the cod", holders)
    assert [one.actor for one in found] == expected
    assert {(one.stance, one.act, one.basis, one.score) for one in found} == {("for", "agreed", "implied", 0.8)}


def test_whoever_makes_the_statement_holds_it_as_its_speaker(nlp: Language) -> None:
    [own] = told(nlp, "will lift the ban", {"Rosa Quist": 0.9}, "promises")
    assert (own.actor, own.actor_how, own.told_by, own.quotation_id) == ("Rosa Quist", "speaker", None, "q")
    [other] = told(nlp, "will lift the ban", {"Chile": 0.9}, "promises")
    assert (other.actor, other.actor_how, other.told_by) == ("Chile", "name", "Rosa Quist")


def test_the_tree_tells_the_condition_and_the_time(nlp: Language) -> None:
    [found] = told(nlp, "will lift the ban", {"Chile": 0.9}, "promises")
    assert (found.condition_kind, found.time) == ("if", "future")
    assert str(found.condition).startswith("if the ports reopen")


def test_a_stand_that_is_improbable_is_none(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = PositionInput(doc, "a", DAY, [(0, len(TEXT))], [], [])
    read = PositionPhrase(0, 6, 0.01, (1.0,) * 3, (1.0,) * 12, (1.0,) * 3, (0, 6), ())
    assert phrases_of(found, [read], []) == []


@pytest.mark.parametrize(
    ("text", "actor", "stance", "act"),
    [
        ("Peru rejected the offer of a joint fishing zone on Tuesday.", "Peru", "against", "rejects"),
        ("Chile has called for a vote on the quota.", "Chile", "for", "demands"),
        ("Bolivia vowed to open its harbour to fishing boats.", "Bolivia", "for", "promises"),
        ("“We will not sign a treaty without inspections,” Rosa Quist said.", "Rosa Quist", "against", "rejects"),
    ],
)
def test_the_packaged_reader_tells_who_stands_where(text: str, actor: str, stance: str, act: str) -> None:
    found = tk.analyze([tk.Article(text, published=DAY)], progress=False).positions
    assert (actor, stance, act) in set(zip(found["actor"], found["stance"], found["act"], strict=True))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Peru wants a truce.", "They met in Oslo.", "“We reject it,” he said.", "No ”deal“!", ""])
    )
)
def test_every_position_lies_in_its_text_and_its_holder_is_an_actor(texts: list[str]) -> None:
    text = "\n\n".join(texts) or "Nobody."
    coverage = tk.analyze([tk.Article(text, published=DAY)], progress=False)
    assert set(coverage.positions["actor"].dropna()) <= set(coverage.actors["actor"])
    for row in coverage.positions.itertuples():
        assert text[row.start : row.end] == row.text
        assert 0 < row.score < 1
        assert row.stance == stance_of(row.act)
