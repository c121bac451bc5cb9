from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from covered import coverage_of

from toolkit.articles import Article
from toolkit.articles._outcomes import LeftOut, Problem
from toolkit.frames import DECLARED
from toolkit.records import (
    Actor,
    Conflict,
    Event,
    Mention,
    Negotiation,
    Opinion,
    Position,
    Quotation,
    Round,
    TimeExpression,
    Track,
)

# The contract: columns that every version of the frames has.
CONTRACT = {
    "articles": "article_id title published published_basis outlet author url path text n_words negotiation origin key",
    "actors": "actor kind side role aliases n_mentions n_quotations key",
    "mentions": "article_id start end text actor how key",
    "quotations": "quotation_id article_id start end spans text kind cue cue_start cue_end cue_force mode "
    "source_text source_start source_end speaker speaker_how source_kind audience via score origin key",
    "sentiment": "article_id start end target target_start target_end holder polarity score quotation_id origin key",
    "times": "article_id start end text type value edtf first last precision basis origin key",
    "rounds": "round_id series ordinal label first last edtf date_text date_basis precision place venue format parties "
    "people leaders third_parties tracks status outcome duration_text evidence conflicts n_articles negotiation type "
    "origin key",
    "events": "event_id type label first last edtf date_text date_basis precision place parties parties_basis people "
    "third_parties status evidence conflicts n_articles keys negotiation origin key",
    "negotiations": "negotiation parties issues first last n_articles origin key",
    "positions": "position_id article_id start end text actor actor_start actor_end actor_how proposition prop_start "
    "prop_end doer stance act addressee condition condition_start condition_end condition_kind issue issue_basis "
    "amount unit told_by quotation_id basis time date round_id score origin key",
    "left_out": "source reason stage remedy key",
}

ARTICLE = Article("Talks resume. Nobody left.", published=dt.date(2024, 5, 3), outlet="The Courier", title="Talks")
ACTORS = [Actor("Ana Duarte", "person", side="Portugal", aliases=("Duarte",)), Actor("Kenya", "country")]
MENTIONS = [Mention("a", 0, 5, "Kenya", "Kenya", "name"), Mention("a", 9, 14, "Kenya", "Kenya", "name")]
QUOTATION = Quotation(
    "q1",
    "a",
    ((0, 5), (12, 20)),
    "“We … tried.”",
    "direct",
    cue="said",
    cue_span=(7, 11),
    source_text="she",
    source_span=(6, 9),
    speaker="Ana Duarte",
    cospeakers=("Kenya",),
)
BARE = Quotation("q2", "a", ((30, 40),), "“No deal.”", "direct")
OPINION = Opinion("a", 0, 40, "Kenya", (9, 14), None, -1, -0.5)
TIME = TimeExpression("a", 0, 6, "May 3rd", "DATE", "2024-05-03", first=dt.date(2024, 5, 3), last=dt.date(2024, 5, 3))
RELATIVE = TimeExpression("a", 0, 6, "Monday", "DATE", "XXXX-WXX-1", offset_first=-1, offset_last=-1)
ROUND = Round(
    "r1",
    "harbour talks",
    "second round",
    ordinal=2,
    parties=("Japan", "Kenya"),
    leaders=(("Kenya", "Grace Okafor"),),
    third_parties=(("Norway", "mediator"),),
    tracks=(Track("fishing", "held", "on fishing", ("a", 1, 2)),),
    evidence=(("a", 0, 5), ("a", 7, 9), ("b", 0, 5)),
    conflicts=(Conflict("place", (("Oslo", ("a",)), ("Bern", ("b",)))),),
)
EVENT = Event(
    "e1",
    "action",
    "cranes stood still",
    "under way",
    first=dt.date(2024, 5, 3),
    parties=("Dockers Guild",),
    parties_basis="stated",
    third_parties=(("Norway", "mediator"),),
    evidence=(("a", 0, 5), ("a", 7, 9)),
)
POSITION = Position(
    "p1",
    "a",
    10,
    40,
    "would sign if the port reopens",
    "for",
    "accepts",
    actor="Kenya",
    actor_span=(0, 5),
    actor_how="name",
    condition="if the port reopens",
    condition_span=(21, 40),
    condition_kind="if",
    date=dt.date(2024, 5, 3),
)

RECORDS = {
    "articles": [ARTICLE, Article("No date.")],
    "actors": ACTORS,
    "mentions": MENTIONS,
    "quotations": [QUOTATION, BARE],
    "sentiment": [OPINION],
    "times": [TIME, RELATIVE],
    "rounds": [ROUND],
    "events": [EVENT],
    "positions": [POSITION],
    "negotiations": [Negotiation(("a", "b"), "Dockers Guild talks on cranes", ("Dockers Guild",), issues=("cranes",))],
    "left_out": [LeftOut("blob.bin", "is binary"), Problem("b.txt", "odd date")],
}
EMPTY = {name: spec.frame([]) for name, spec in DECLARED.items()}
FILLED = coverage_of(**RECORDS).frames()


@pytest.mark.parametrize("name", CONTRACT)
def test_contract_columns_are_there(name: str) -> None:
    assert set(CONTRACT[name].split()) <= {column.name for column in DECLARED[name].columns}


@pytest.mark.parametrize(("name", "frame"), [*EMPTY.items(), *FILLED.items()])
def test_exactly_the_columns_and_dtypes(name: str, frame: pd.DataFrame) -> None:
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        column.name: column.dtype for column in DECLARED[name].columns
    }


@pytest.mark.parametrize("name", DECLARED)
def test_every_column_has_one_meaning(name: str) -> None:
    names = [column.name for column in DECLARED[name].columns]
    assert len(set(names)) == len(names)
    assert all(column.meaning.strip() for column in DECLARED[name].columns)


def test_articles() -> None:
    first, second = FILLED["articles"].to_dict("records")
    assert (first["published"], first["published_basis"]) == (pd.Timestamp("2024-05-03"), "given")
    assert (first["n_words"], first["body_start"], first["text"]) == (4, 0, ARTICLE.text)
    assert second["published"] is pd.NaT
    assert second["outlet"] is None


def test_actors_are_counted_and_the_most_named_first() -> None:
    frame = FILLED["actors"]
    assert frame[["actor", "n_mentions", "n_quotations"]].to_numpy().tolist() == [["Kenya", 2, 1], ["Ana Duarte", 0, 1]]
    assert frame["aliases"].tolist() == [[], ["Duarte"]]


def test_quotations() -> None:
    first, second = FILLED["quotations"].to_dict("records")
    assert (first["start"], first["end"], first["spans"]) == (0, 20, [[0, 5], [12, 20]])
    assert (first["cue_start"], first["cue_end"], first["source_start"], first["source_end"]) == (7, 11, 6, 9)
    assert first["cospeakers"] == ["Kenya"]
    assert (second["speaker"], second["cue"], second["origin"]) == (None, None, "machine")
    assert pd.isna(second["cue_start"])


def test_sentiment() -> None:
    (row,) = FILLED["sentiment"].to_dict("records")
    assert (row["target_start"], row["target_end"], row["polarity"], row["holder"]) == (9, 14, -1, None)


def test_times_keep_days_or_offsets() -> None:
    dated, relative = FILLED["times"].to_dict("records")
    assert dated["first"] == pd.Timestamp("2024-05-03")
    assert pd.isna(dated["offset_first"])
    assert (relative["first"], relative["offset_first"]) == (pd.NaT, -1)


def test_rounds() -> None:
    (row,) = FILLED["rounds"].to_dict("records")
    assert (row["ordinal"], row["n_articles"], row["type"]) == (2, 2, "encounter")
    assert pd.isna(row["ordinal_implied"])
    assert (row["parties"], row["leaders"]) == (["Japan", "Kenya"], {"Kenya": "Grace Okafor"})
    assert (row["third_parties"], row["third_party_roles"]) == (["Norway"], {"Norway": "mediator"})
    assert row["tracks"] == [{"name": "fishing", "status": "held", "text": "on fishing"}]
    assert row["evidence"] == [["a", 0, 5], ["a", 7, 9], ["b", 0, 5]]
    assert row["conflicts"] == [{"field": "place", "values": {"Oslo": ["a"], "Bern": ["b"]}}]


def test_events() -> None:
    (row,) = FILLED["events"].to_dict("records")
    assert (row["type"], row["status"], row["n_articles"]) == ("action", "under way", 1)
    assert (row["parties"], row["parties_basis"], row["third_parties"]) == (["Dockers Guild"], "stated", ["Norway"])
    assert row["third_party_roles"] == {"Norway": "mediator"}


def test_positions() -> None:
    (row,) = FILLED["positions"].to_dict("records")
    assert (row["actor_start"], row["actor_end"], row["condition_start"], row["condition_end"]) == (0, 5, 21, 40)
    assert pd.isna(row["prop_start"])
    assert pd.isna(row["amount"])
    assert (row["date"], row["stance"], row["issue"]) == (pd.Timestamp("2024-05-03"), "for", None)


def test_left_out_tells_what_and_why() -> None:
    assert FILLED["left_out"][["source", "reason", "stage", "remedy"]].to_numpy().tolist() == [
        ["blob.bin", "is binary", "reading", None],
        ["b.txt", "odd date", "reading", None],
    ]
