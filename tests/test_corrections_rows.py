"""Corrections of rows: written in a file, found again whatever the machine says next, each with one outcome."""

from __future__ import annotations

import datetime as dt
import math
import re
import warnings
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from covered import coverage_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import toolkit as tk
from toolkit.articles import Article
from toolkit.corrections._judging import wilson
from toolkit.errors import InputError, ToolkitWarning
from toolkit.export import write_frame
from toolkit.frames import DECLARED
from toolkit.records import Actor, Event, Mention, Opinion, Position, Quotation, Round, TimeExpression
from toolkit.rounds import merge_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.coverage import Coverage

HEADER = "From the harbour desk\n\n"
BODY = (
    "Ada Berg said the talks will go on. “We will not sign,” Bo Lind told us. The weather stays dry. "
    "Kenya praised Ada Berg on May 3rd. The second round met in Oslo, and the third round met in Lima."
)
OUTCOMES = {"applied", "redundant", "review", "orphaned", "superseded"}
WHEN = "2024-05-04T09:00"


@cache
def made(header: str = "", *, first: str | None = "Ada Berg", cut: str = "the talks will go on") -> Coverage:
    """Return what a machine found in one article; another machine may say another speaker, or cut otherwise."""
    text = header + BODY
    article = Article(
        text, published=dt.date(2024, 5, 4), outlet="The Courier", title="Harbour", body_start=len(header)
    )
    known = article.article_id

    def at(words: str, nth: int = 0) -> tuple[int, int]:
        start = [match.start() for match in re.finditer(re.escape(words), text)][nth]
        return start, start + len(words)

    def statement(name: str, words: str, speaker: str | None, source: str) -> Quotation:
        span = at(words)
        return Quotation(name, known, (span,), words, "indirect", "said", at("said"), source_text=source,
                         source_span=at(source), speaker=speaker, source_kind="named", score=0.8)  # fmt: skip

    mentions = [Mention(known, *at(words, nth), words, words, "name")
                for words, nth in (("Ada Berg", 0), ("Bo Lind", 0), ("Kenya", 0), ("Ada Berg", 1))]  # fmt: skip
    quotations = [
        statement("q1", cut, first, "Ada Berg"),
        statement("q2", "We will not sign", "Bo Lind", "Bo Lind"),
        statement("q3", "The weather stays dry", None, "us"),
    ]
    opinions = [
        Opinion(known, *at("Kenya praised Ada Berg on May 3rd."), "Ada Berg", at("Ada Berg", 1), "Kenya", 1, 0.7),
        Opinion(known, *at(cut), "Kenya", at("talks"), first, -1, -0.6, "q1"),
    ]
    times = [TimeExpression(known, *at("May 3rd"), "May 3rd", "DATE", "2024-05-03", first=dt.date(2024, 5, 3))]
    rounds = [
        Round("r2", "harbour talks", "second round", 2, place="Oslo", evidence=((known, *at("second round")),)),
        Round("r3", "harbour talks", "third round", 3, place="Lima", evidence=((known, *at("third round")),)),
    ]
    events = [Event("e1", "agreement", "We will not sign", "collapsed", evidence=((known, *at("We will not sign")),))]
    positions = [
        Position("p1", known, *at("We will not sign"), "We will not sign", "against", "rejects", "Bo Lind",
                 at("Bo Lind"), "speaker", "sign", at("sign"), quotation_id="q2", date=dt.date(2024, 5, 4)),
    ]  # fmt: skip
    actors = [Actor("Ada Berg", "person", aliases=("Ada Berg", "Berg")), Actor("Bo Lind", "person"),
              Actor("Kenya", "country")]  # fmt: skip
    return coverage_of(
        articles=[article],
        actors=actors,
        mentions=mentions,
        quotations=quotations,
        sentiment=opinions,
        times=times,
        rounds=rounds,
        events=events,
        positions=positions,
    )


def key(coverage: Coverage, frame: str, number: int = 0) -> str:
    return str(coverage[frame]["key"].iloc[number])


def mine(coverage: Coverage) -> Any:
    return tk.check(coverage, who="AB", when=WHEN)


def corrected(coverage: Coverage, corrections: Any) -> Coverage:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ToolkitWarning)
        return tk.correct(coverage, corrections)


def outcomes(coverage: Coverage) -> list[str]:
    return list(coverage.checked["outcome"])


def assert_same(one: Coverage, other: Coverage) -> None:
    for name, frame in one.frames().items():
        assert_frame_equal(frame, other[name], obj=name)


# What a person says, and what follows.


def test_a_new_speaker_is_followed_by_opinions_actors_and_counts() -> None:
    found = made()
    after = mine(found).set("quotations", key(found, "quotations"), speaker="Cleo Stone").apply()
    assert after.quotations["speaker"].tolist() == ["Cleo Stone", "Bo Lind", None]
    assert after.quotations["origin"].tolist() == ["corrected", "machine", "machine"]
    assert after.sentiment["holder"].tolist() == ["Kenya", "Cleo Stone"]
    actors = after.actors.set_index("actor")
    assert actors.loc["Cleo Stone", ["origin", "n_quotations"]].tolist() == ["added", 1]
    assert actors.loc["Ada Berg", "n_quotations"] == 0
    assert found.quotations["speaker"].iloc[0] == "Ada Berg"


def test_a_form_that_one_actor_bears_is_a_name_of_that_actor() -> None:
    found = made()
    after = mine(found).set("quotations", key(found, "quotations", 1), speaker="Berg").apply()
    assert after.quotations["speaker"].iloc[1] == "Ada Berg"
    assert "Berg" not in after.actors["actor"].tolist()


def test_a_rejected_statement_leaves_and_its_opinions_fall_back_to_the_outlet() -> None:
    found = made()
    after = mine(found).reject("quotations", key(found, "quotations")).apply()
    assert after.quotations["quotation_id"].tolist() == ["q2", "q3"]
    assert after.sentiment[["holder", "quotation_id"]].iloc[1].tolist() == [None, None]
    assert outcomes(after) == ["applied"]


def test_a_rejected_mention_takes_the_opinions_of_it_along() -> None:
    found = made()
    after = mine(found).reject("mentions", key(found, "mentions", 3)).apply()
    assert len(after.sentiment) == 1
    assert after.actors.set_index("actor").loc["Ada Berg", "n_mentions"] == 1


def test_a_mention_of_another_takes_statement_and_opinion_along() -> None:
    found = made()
    after = mine(found).set("mentions", key(found, "mentions"), actor="Kenya").apply()
    assert after.quotations["speaker"].iloc[0] == "Kenya"
    assert after.sentiment["holder"].iloc[1] == "Kenya"


def test_what_is_missing_is_added_with_what_follows() -> None:
    found = made()
    start = BODY.index("Kenya praised")
    article = found.articles["article_id"].iloc[0]
    after = mine(found).add("quotations", article, start, start + 22, speaker="Bo Lind").apply()
    row = after.quotations.iloc[3]
    assert row["text"] == BODY[start : start + 22] == "Kenya praised Ada Berg"
    assert row[["kind", "origin", "said_basis", "spans"]].tolist() == [
        "indirect", "added", "published", [[start, start + 22]],
    ]  # fmt: skip
    assert row["said"] == pd.Timestamp("2024-05-04")
    assert row["key"]
    assert row["quotation_id"]
    assert after.checked["key"].tolist() == [row["key"]]


def test_an_extent_is_set_with_its_words_and_the_row_keeps_its_key() -> None:
    found = made()
    start = BODY.index("talks will")
    known = key(found, "quotations")
    after = mine(found).set("quotations", known, spans=[(start, start + 10)], cue=None).apply()
    row = after.quotations.iloc[0]
    assert row[["key", "text", "start", "end"]].tolist() == [known, "talks will", start, start + 10]
    assert row[["cue", "cue_start"]].isna().all()


def test_rounds_are_merged_split_and_dated() -> None:
    found = made()
    two, three = (key(found, "rounds", number) for number in (0, 1))
    one = mine(found).merge("rounds", three, two).apply()
    (row,) = one.rounds.to_dict("records")
    assert (row["place"], len(row["evidence"]), row["origin"]) == ("Oslo", 2, "corrected")
    assert row["n_articles"] == 1
    apart = mine(one).split("rounds", two, row["evidence"][1:]).apply()
    assert apart.rounds["evidence"].map(len).tolist() == [1, 1]
    assert apart.rounds["round_id"].is_unique
    dated = mine(found).set("rounds", two, first=dt.date(2024, 5, 1), last="2024-05-02", status="concluded").apply()
    assert dated.rounds[["edtf", "date_basis", "status"]].iloc[0].tolist() == [
        "2024-05-01/2024-05-02", "stated", "concluded",
    ]  # fmt: skip


def test_what_is_said_of_a_row_after_it_was_joined_or_parted_stands() -> None:
    found = made()
    two, three = (key(found, "rounds", number) for number in (0, 1))
    told = (
        mine(found).set("rounds", three, place="Bern").merge("rounds", three, two).set("rounds", two, parties=["Peru"])
    )
    joined = told.apply()
    assert joined.rounds[["place", "parties", "keys"]].to_numpy().tolist() == [["Oslo", ["Peru"], [three]]]
    assert outcomes(joined) == ["applied", "applied", "applied"]
    # What another says of the row that is no row of its own now, is said of the one that it became.
    later = corrected(joined, tk.check(found, who="CD", when="2024-05-05").set("rounds", three, venue="the old hall"))
    assert later.rounds["venue"].tolist() == ["the old hall"]
    places = joined.rounds["evidence"].iloc[0]
    parted = mine(joined).split("rounds", two, places[1:])
    (part,) = set(parted.apply().rounds["key"]) - {two}
    further = tk.check(parted.apply(), who="AB", when="2024-05-06").set("rounds", part, place="Rome")
    after = corrected(found, [told.lines, parted.lines, further.lines])
    assert after.rounds[["key", "place", "origin"]].to_numpy().tolist() == [
        [two, "Oslo", "corrected"], [part, "Rome", "added"],
    ]  # fmt: skip
    back = tk.check(parted.apply(), who="AB", when="2024-05-07").merge("rounds", part, two)
    again = corrected(found, [told.lines, parted.lines, further.lines, back.lines])
    assert again.rounds["evidence"].tolist() == [places]
    assert_same(again, corrected(again, [told.lines, parted.lines, further.lines, back.lines]))


def test_a_round_is_parted_more_than_once_and_in_one_sentence_joined_by_its_key() -> None:
    found = made()
    article = found.articles["article_id"].iloc[0]
    places = [(article, start, start + 8) for start in (0, 10, 20)]
    rounds = [
        Round("r1", "talks", "talks", evidence=tuple(places)),
        Round("r2", "talks", "talks", 2, evidence=(places[0],)),
    ]
    found = replace(found, rounds=DECLARED["rounds"].of(rounds))
    one, other = found.rounds["key"]
    told = mine(found).split("rounds", one, places[1:2]).split("rounds", one, places[2:])
    assert told.apply().rounds["evidence"].map(len).tolist() == [1, 1, 1, 1]
    assert set(outcomes(told.apply())) == {"applied"}
    assert len(tk.read_corrections(told.lines)) == 2
    joined = mine(found).merge("rounds", other, one).apply()
    assert (outcomes(joined), joined.rounds["keys"].tolist()) == (["applied"], [[other]])


@st.composite
def tellings(draw: st.DrawFn) -> tuple[list[Round], set[str]]:
    """Return rounds as some articles tell of them, and which of these articles are read at first."""
    articles = draw(st.lists(st.sampled_from("abcdef"), min_size=2, max_size=6, unique=True))
    days = st.sampled_from([dt.date(2024, 5, 2), dt.date(2024, 5, 3), None])
    rounds = [
        Round(f"{name}{number}", "Kenya–Peru talks, 2024", "round of talks", draw(st.sampled_from([None, 2, 3])),
              first=(day := draw(days)), last=day, precision="day" if day else None, date_basis="stated",
              parties=("Kenya", "Peru"), evidence=((name, *draw(st.sampled_from([(0, 8), (9, 20)]))),))
        for name in articles
        for number in range(draw(st.integers(1, 2)))
    ]  # fmt: skip
    return draw(st.permutations(rounds)), draw(st.sets(st.sampled_from(articles), min_size=1))


@given(told=tellings())
@settings(max_examples=60, deadline=None)
def test_what_was_said_of_a_round_is_said_of_it_when_more_articles_tell_of_it(
    told: tuple[list[Round], set[str]],
) -> None:
    rounds, first = told
    articles = DECLARED["articles"].of([Article(BODY)] * 6).assign(article_id=list("abcdef"))
    few, all_of_them = (
        replace(made(), articles=articles, rounds=DECLARED["rounds"].of(merge_rounds(some)))
        for some in ([each for each in rounds if each.evidence[0][0] in first], rounds)
    )
    keys = [each for keys in all_of_them.rounds["keys"] for each in keys]
    assert len(set(keys)) == len(keys)
    for row in few.rounds.to_dict("records"):
        after = corrected(all_of_them, mine(few).set("rounds", row["key"], venue="the old hall"))
        (here,) = after.rounds[after.rounds["venue"] == "the old hall"].to_dict("records")
        assert outcomes(after) == ["applied"]
        # A row of several articles may fall apart as others are read: its first stays.
        assert row["key"] in here["keys"]
        assert {tuple(place) for place in row["evidence"]} & {tuple(place) for place in here["evidence"]}


def test_an_opinion_of_another_pair_in_one_sentence_is_a_row_of_its_own() -> None:
    found = made()
    article, start, end = found.sentiment[["article_id", "start", "end"]].iloc[0]
    told = (
        mine(found)
        .add("sentiment", article, start, end, holder="Bo Lind", target="Kenya", polarity=-1)
        .add("sentiment", article, start, end, target="Kenya", polarity=0)
        .add("sentiment", article, start, end, holder="Kenya", target="Ada Berg", polarity=1)
    )
    after = told.apply()
    pairs = after.sentiment[["holder", "target", "polarity", "origin"]].to_numpy().tolist()
    assert sorted(pairs, key=repr) == sorted(
        [["Ada Berg", "Kenya", -1, "machine"], ["Kenya", "Ada Berg", 1, "confirmed"], ["Bo Lind", "Kenya", -1, "added"],
         [None, "Kenya", 0, "added"]], key=repr)  # fmt: skip
    assert outcomes(after) == ["applied", "applied", "redundant"]
    assert_same(after, corrected(after, told))
    known = next(
        k for k, origin in zip(after.sentiment["key"], after.sentiment["origin"], strict=True) if origin == "added"
    )
    further = tk.check(after, who="AB", when="2024-05-05").set("sentiment", known, polarity=0)
    again = corrected(found, [told.lines, further.lines])
    assert again.sentiment.set_index("key").loc[known, "polarity"] == 0
    assert len(again.sentiment) == len(after.sentiment)


def test_an_actor_that_is_none_leaves_with_what_is_of_it() -> None:
    found = made()
    shared = found.quotations.assign(cospeakers=pd.Series([["Kenya"], [], []], dtype=object))
    rounds = found.rounds.assign(
        parties=pd.Series([["Ada Berg", "Kenya"], []], dtype=object),
        leaders=pd.Series([{"Kenya": "Ada Berg"}, {}], dtype=object),
    )
    found = replace(found, quotations=shared, rounds=rounds)
    told = mine(found).reject("actors", key(found, "actors"))
    after = told.apply()
    assert set(after.actors["actor"]) == {"Bo Lind", "Kenya"}
    assert after.mentions["actor"].tolist() == ["Bo Lind", "Kenya"]
    assert after.quotations[["speaker", "cospeakers", "origin"]].to_numpy().tolist()[0] == ["Kenya", [], "corrected"]
    # The opinion of it is gone, the one that stands in its statement goes along with the statement.
    assert after.sentiment[["target", "holder"]].to_numpy().tolist() == [["Kenya", "Kenya"]]
    assert after.rounds[["parties", "leaders"]].iloc[0].tolist() == [["Kenya"], {}]
    assert after.checked[["outcome", "kind", "note"]].to_numpy().tolist() == [
        ["applied", "person", "named in 2 mentions, 1 quotation, 2 opinions, 1 round"],
    ]  # fmt: skip
    assert tk.precision(after)[["frame", "n_right"]].to_numpy().tolist() == [["actors", 0], ["actors", 0]]
    assert_same(after, corrected(after, told))
    assert outcomes(corrected(replace(found, actors=found.actors.iloc[1:].reset_index(drop=True)), told)) == [
        "redundant"
    ]


def test_an_actor_that_is_none_takes_nobody_along_whom_it_is_a_form_of() -> None:
    after = corrected(made(), [{"frame": "actors", "words": "Berg", "verdict": "wrong"}])
    assert len(after.actors) == 3
    assert after.checked[["outcome", "note"]].to_numpy().tolist() == [["orphaned", "'Berg' is a form of Ada Berg now"]]


def test_an_actor_that_is_none_may_be_a_name_of_another() -> None:
    found = made()
    told = mine(found).reject("actors", key(found, "actors")).add_actor("The Berg office", "group", ["Ada Berg"])
    after = told.apply()
    assert after.mentions["actor"].value_counts().to_dict() == {"The Berg office": 2, "Bo Lind": 1, "Kenya": 1}
    assert after.quotations["speaker"].iloc[0] == "The Berg office"
    assert set(outcomes(after)) == {"applied"}


def test_a_polarity_is_counted_by_what_was_given() -> None:
    found = made()
    after = mine(found).set("sentiment", key(found, "sentiment"), polarity=-1).apply()
    assert after.sentiment[["polarity", "score", "origin"]].iloc[0].tolist() == [-1, -1.0, "corrected"]


def test_a_date_of_an_article_is_what_its_days_are_counted_from() -> None:
    article = Article("Ada Berg met Bo Lind on Monday.", published=dt.date(2024, 5, 8))
    lines = [{"frame": "articles", "key": DECLARED["articles"].of([article])["key"].iloc[0],
              "column": "published", "found": "2024-05-08", "given": "2024-06-12", "verdict": "edit"}]  # fmt: skip
    after = tk.analyze([article], corrections=lines, progress=False, executor=1)
    assert after.times["first"].tolist() == [pd.Timestamp("2024-06-10")]
    assert after.articles["published"].tolist() == [pd.Timestamp("2024-06-12")]
    assert outcomes(after) == ["applied"]


@dataclass(frozen=True)
class Amount:
    article_id: str
    start: int
    end: int
    text: str
    payer: str | None
    value: float
    quotation_id: str | None


AMOUNTS = tk.frame("amounts", Amount, columns={"payer": "actor"})


def test_a_frame_of_ones_own_is_set_right_as_any_other() -> None:
    found = made()
    article = found.articles["article_id"].iloc[0]
    found = replace(found, extra={"amounts": AMOUNTS.of([Amount(article, 0, 8, "Ada Berg", "Kenya", 2.0, "q1")])})
    known = key(found, "amounts")
    told = mine(found).set("amounts", known, payer="Dana Roy", value=3.5).reject("quotations", key(found, "quotations"))
    after = told.add("amounts", article, 60, 66, payer="Kenya", value=1.0).apply()
    assert after["amounts"][["payer", "value", "origin"]].to_numpy().tolist() == [
        ["Dana Roy", 3.5, "corrected"], ["Kenya", 1.0, "added"],
    ]  # fmt: skip
    assert after["amounts"]["quotation_id"].isna().all()
    assert "Dana Roy" in after.actors["actor"].tolist()


# Later runs, and other machines.


def everything(found: Coverage) -> Any:
    """Return one of each kind of correction."""
    article = found.articles["article_id"].iloc[0]
    at = found.articles["text"].iloc[0].index("Kenya praised")
    return (
        mine(found)
        .set("quotations", key(found, "quotations"), speaker="Cleo Stone")
        .confirm("quotations", key(found, "quotations", 1))
        .reject("quotations", key(found, "quotations", 2))
        .add("quotations", article, at, at + 22, speaker="Bo Lind")
        .set("sentiment", key(found, "sentiment"), polarity=0)
        .set("mentions", key(found, "mentions", 2), actor="Norway")
        .set("times", key(found, "times"), value="2023-05-03")
        .set("rounds", key(found, "rounds"), place="Bern")
        .set("articles", key(found, "articles"), outlet="The Herald")
        .set("actors", key(found, "actors"), role="envoy")
    )


def test_everything_is_applied_and_told() -> None:
    after = everything(made()).apply()
    assert set(outcomes(after)) == {"applied"}
    assert after.metadata["corrections"] == "10 rows, 0 without effect"


def test_a_machine_that_agrees_now_makes_a_line_redundant() -> None:
    told = mine(made()).set("quotations", key(made(), "quotations"), speaker="Bo Lind")
    after = corrected(made(first="Bo Lind"), told)
    assert after.checked[["outcome", "now"]].to_numpy().tolist() == [["redundant", "Bo Lind"]]
    assert after.quotations["origin"].iloc[0] == "confirmed"


def test_a_machine_that_says_a_third_thing_is_up_for_review_and_the_person_stands() -> None:
    told = mine(made()).set("quotations", key(made(), "quotations"), speaker="Bo Lind")
    after = corrected(made(first="Kenya"), told)
    assert after.checked[["outcome", "found", "now"]].to_numpy().tolist() == [["review", "Ada Berg", "Kenya"]]
    assert after.quotations["speaker"].iloc[0] == "Bo Lind"


def test_a_confirmed_row_keeps_what_was_confirmed() -> None:
    told = mine(made()).confirm("quotations", key(made(), "quotations"))
    assert outcomes(corrected(made(), told)) == ["applied"]
    after = corrected(made(first=None), told)
    assert (outcomes(after), after.quotations["speaker"].iloc[0]) == (["review"], "Ada Berg")


@pytest.mark.parametrize("cut", ["the talks will go", "said the talks will go on"])
def test_a_statement_cut_otherwise_is_still_the_one(cut: str) -> None:
    told = mine(made()).set("quotations", key(made(), "quotations"), speaker="Bo Lind")
    after = corrected(made(cut=cut), told)
    assert (len(after.quotations), after.quotations["speaker"].iloc[0]) == (3, "Bo Lind")


def test_a_row_that_the_machine_lost_is_put_back() -> None:
    found = made()
    told = mine(found).confirm("quotations", key(found, "quotations")).set(
        "quotations", key(found, "quotations", 1), speaker="Kenya")  # fmt: skip
    lost = replace(found, quotations=DECLARED["quotations"].of([]))
    after = corrected(lost, told)
    assert after.quotations[["text", "speaker", "origin"]].to_numpy().tolist() == [
        ["the talks will go on", "Ada Berg", "confirmed"], ["We will not sign", "Kenya", "corrected"],
    ]  # fmt: skip
    assert outcomes(after) == ["review", "review"]
    assert outcomes(corrected(lost, mine(found).reject("quotations", key(found, "quotations")))) == ["redundant"]


def test_an_article_read_with_another_header_is_known_by_its_words() -> None:
    after = corrected(made(HEADER), everything(made()))
    told = after.checked[["frame", "outcome"]].to_numpy().tolist()
    assert {outcome for frame, outcome in told if frame in {"quotations", "sentiment"}} == {"applied"}
    assert after.quotations["speaker"].iloc[0] == "Cleo Stone"
    assert len(told) == 10


def test_lines_whose_words_are_gone_are_told_and_warned_of() -> None:
    other = replace(made(), articles=DECLARED["articles"].of([Article("Nothing of this is left here at all.")]),
                    quotations=DECLARED["quotations"].of([]))  # fmt: skip
    told = mine(made()).set("quotations", key(made(), "quotations"), speaker="Bo Lind")
    with pytest.warns(ToolkitWarning, match="the words are gone"):
        after = tk.correct(other, told)
    assert after.checked[["outcome", "given", "who"]].to_numpy().tolist() == [["orphaned", "Bo Lind", "AB"]]
    with pytest.warns(ToolkitWarning, match="there is no frame 'amounts'"):
        tk.correct(made(), [{"frame": "amounts", "key": "x", "verdict": "right"}])


def test_twice_is_once() -> None:
    once = everything(made()).apply()
    assert_same(once, corrected(once, everything(made())))


def test_the_order_of_rows_does_not_matter() -> None:
    found = made()
    turned = found.with_frames(
        {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in found.frames().items() if name != "actors"}
    )
    one, other = everything(found).apply(), corrected(turned, everything(found))
    for name in ("quotations", "sentiment", "mentions", "rounds", "times"):
        straight = other[name].sort_values("key", ignore_index=True)
        assert_frame_equal(one[name].sort_values("key", ignore_index=True), straight)


def test_they_survive_saving_and_opening(tmp_path: Path) -> None:
    found = made()
    path = tk.write_corrections(everything(found), tmp_path / "mine.csv")
    found.save(tmp_path / "store")
    after = tk.correct(tk.open(tmp_path / "store"), path)
    assert_same(everything(found).apply(), after)
    after.save(tmp_path / "checked")
    assert_same(after, corrected(tk.open(tmp_path / "checked"), path))


def test_they_survive_another_model_and_other_word_lists() -> None:
    article = Article("“We will not sign,” Ada Berg said on Monday. Bo Lind said the talks go on.")
    found = tk.analyze([article], progress=False, executor=1)
    told = mine(found).set("quotations", key(found, "quotations"), speaker="Cleo Stone").confirm(
        "quotations", key(found, "quotations", 1))  # fmt: skip

    def nobody_judges(quotations: Any) -> tuple[Any, ...]:
        return ()

    changed = tk.stages(words=tk.words().without("names", "cities", drop=["Oslo"])).replaced("sentiment", nobody_judges)
    after = tk.analyze([article], stages=changed, corrections=told, progress=False, executor=1)
    assert after.quotations["speaker"].tolist()[0] == "Cleo Stone"
    assert set(outcomes(after)) == {"applied"}


# Several lines, several people, several files.


def line(**cells: Any) -> dict[str, Any]:
    return {"frame": "quotations", "key": key(made(), "quotations"), "column": "speaker", "verdict": "edit"} | cells


def test_of_two_that_contradict_each_other_the_later_one_stands() -> None:
    early, late = line(given="Kenya", when="2024-05-01", who="AB"), line(given="Bo Lind", when="2024-05-02", who="CD")
    for lines in ([early, late], [late, early]):
        after = tk.correct(made(), lines)
        assert after.quotations["speaker"].iloc[0] == "Bo Lind"
        assert sorted(zip(after.checked["who"], after.checked["outcome"], strict=True)) == [
            ("AB", "superseded"), ("CD", "applied"),
        ]  # fmt: skip
    for when in (None, "2024-05-02"):
        with pytest.raises(InputError, match=r"'Kenya'.*CD — and|'Bo Lind'.*— and —"):
            tk.correct(made(), [early | {"when": when}, late])
    gone = line(column=None, verdict="wrong", when="2024-05-03")
    assert outcomes(tk.correct(made(), [early, late, gone])) == ["superseded", "superseded", "applied"]


def test_lines_and_a_table_of_actors_are_taken_together(tmp_path: Path) -> None:
    path = tk.write_corrections([{"actor": "Bo Lind", "name": "Robert Lind", "role": "clerk"}], tmp_path / "actors.csv")
    rows = tk.write_corrections([line(given="Bo Lind")], tmp_path / "rows.csv")
    after = tk.correct(made(), [path, rows])
    assert after.quotations["speaker"].tolist() == ["Robert Lind", "Robert Lind", None]
    assert after.actors.set_index("actor").loc["Robert Lind", ["role", "n_quotations"]].tolist() == ["clerk", 2]
    assert set(outcomes(after)) == {"applied"}
    assert len(tk.read_corrections([path, rows])) == 3


def test_actors_are_merged_and_added_by_lines_too() -> None:
    found = made()
    after = mine(found).merge("actors", key(found, "actors", 1), key(found, "actors")).add_actor(
        "Lima", "group", ["Lima"]).apply()  # fmt: skip
    assert after.actors["actor"].tolist()[0] in {"Ada Berg", "Bo Lind"}
    assert "Lima" in after.mentions["actor"].tolist()
    assert set(outcomes(after)) == {"applied"}


def test_an_actor_found_right_is_confirmed() -> None:
    found = made()
    after = mine(found).confirm("actors", key(found, "actors")).apply()
    assert after.actors["origin"].tolist() == ["confirmed", "machine", "machine"]
    assert outcomes(after) == ["applied"]


def test_two_who_change_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tk.write_corrections([line(given="Kenya", who="AB")], tmp_path / "mine.csv")
    base = tk.read_corrections(path)
    tk.write_corrections([*base.to_dict("records"), line(given="Bo Lind", who="CD")], path, base=base)
    tk.write_corrections([*base.to_dict("records"), line(column="kind", given="mixed", who="EF")], path, base=base)
    assert sorted(tk.read_corrections(path)["who"]) == ["AB", "CD", "EF"]
    with pytest.raises(InputError, match="changed by another meanwhile"):
        tk.write_corrections([line(given="Norway", who="CD")], path, base=[line(given="Dana Roy", who="CD")])
    with pytest.warns(ToolkitWarning, match="held 3 lines more, not kept"):
        tk.write_corrections([line(given="Norway", who="XY")], path)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"verdict": "maybe"}, "verdict 'maybe'; accepted are right, wrong, edit, add"),
        ({"frame": None}, "no frame"),
        ({"column": None}, "the verdict edit needs the column"),
        ({"column": "score", "given": "1"}, "the column 'score' of quotations cannot be set; those that can are spans"),
        ({"column": "kind", "given": "loud"}, "kind 'loud'; accepted are direct, indirect, mixed"),
        ({"column": "kind", "given": None}, "kind cannot be empty; reject the row"),
        ({"column": "said", "given": "Monday"}, "said 'Monday'; give a day such as"),
        ({"column": "spans", "given": "nine"}, "'nine' is no span"),
        ({"column": "spans", "given": '3–9 "a'}, "a quotation mark is missing"),
        ({"key": None}, "no key and no words"),
        ({"when": "soon", "given": "x"}, "when 'soon'"),
        ({"start": 9, "end": 3}, "start 9, end 3"),
        ({"start": "x", "end": 3}, "start 'x'"),
        ({"verdict": "add", "column": None}, "needs the article, start and end"),
        ({"frame": "sentiment", "column": "polarity", "given": "2"}, "polarity '2'; accepted are -1, 0, 1"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(cells: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        tk.read_corrections([line() | cells])


def test_rows_not_judged_yet_say_nothing(tmp_path: Path) -> None:
    drawn = tk.sample(made(), 2)
    path = tmp_path / "drawn.csv"
    write_frame(drawn, path)
    assert len(tk.read_corrections(path)) == 0
    drawn.loc[0, "verdict"] = "right"
    write_frame(drawn, path)
    assert len(tk.read_corrections(path)) == 1


# Any edit of any column, with any text.

HOSTILE = [
    "=1+1",
    "'=a",
    "a;b",
    "a: b; c",
    "[x",
    '{"a"',
    "“",
    '"',
    "a\nb",
    "\ud800",
    "\x1b[31m",
    "x" * 300,
    "–",
    ",,",
    " ",
]
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12)).filter(lambda text: bool(text.split()))
LIMITS = {"min_value": dt.date(1700, 1, 1), "max_value": dt.date(2200, 1, 1)}
EDITABLE = [(name, column) for name, spec in DECLARED.items() for column in spec.editable if name != "actors"]


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, int, str, Any]:
    """Return a frame, a row, a column and a value that it accepts."""
    found = made()
    frame, column = draw(st.sampled_from(EDITABLE))
    row = draw(st.integers(0, len(found[frame]) - 1))
    if column.role in {"words", "spans"}:
        start = draw(st.integers(0, len(BODY) - 2))
        spans = [(start, draw(st.integers(start + 1, len(BODY))))]
        value: Any = spans if BODY[slice(*spans[0])].strip() else [(0, 3)]
    elif column.accepts:
        value = draw(st.sampled_from(column.accepts))
    elif column.role == "day":
        value = draw(st.dates(**LIMITS))
    elif column.role == "number":
        value = draw(st.integers(0, 99))
    elif column.holds == list[str]:
        value = draw(st.lists(TEXTS, max_size=3))
    elif column.holds == dict[str, str]:
        value = draw(st.dictionaries(TEXTS, TEXTS, max_size=2))
    else:
        value = draw(TEXTS)
    return frame, row, column.name, value


@given(edit=edits(), note=st.one_of(st.none(), TEXTS), who=TEXTS)
@settings(max_examples=15)
def test_any_edit_of_any_column_survives_its_file(
    tmp_path_factory: pytest.TempPathFactory, edit: tuple[str, int, str, Any], note: str | None, who: str
) -> None:
    frame, row, column, value = edit
    found = made()
    told = tk.check(found, who=who, when=WHEN).set(frame, key(found, frame, row), note=note, **{column: value})
    path = tk.write_corrections(told, tmp_path_factory.mktemp("rows") / "mine.csv")
    assert tk.as_code(path) == tk.as_code(told)
    once = corrected(found, path)
    assert set(outcomes(once)) <= {"applied", "redundant"}
    assert len(once.checked) == 1
    assert_same(once, corrected(once, path))
    again = tk.check(once, who=who, when=WHEN).set(frame, key(found, frame, row), note=note, **{column: value})
    assert again.lines["found"].tolist() == again.lines["given"].tolist()


@st.composite
def heaps(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return lines of all kinds about rows that are there, or not."""
    found = everything(made()).lines.to_dict("records")
    lines = draw(st.lists(st.sampled_from(found), max_size=8))
    return [
        each
        | {
            "when": f"2024-01-01T00:00:{number:02}",
            "who": draw(st.sampled_from(["AB", "CD"])),
            "key": draw(st.sampled_from([each["key"], each["key"], "gone"])) if each["verdict"] != "add" else None,
        }
        for number, each in enumerate(lines)
    ]


@given(lines=heaps(), first=st.sampled_from(["Ada Berg", "Kenya", None]), header=st.sampled_from(["", HEADER]),
       cut=st.sampled_from(["the talks will go on", "talks will go on", "go on"]))  # fmt: skip
@settings(max_examples=15)
def test_every_line_has_one_outcome_with_any_machine(
    lines: list[dict[str, Any]], first: str | None, header: str, cut: str
) -> None:
    found = made(header, first=first, cut=cut)
    once = corrected(found, lines)
    assert len(once.checked) == len(tk.read_corrections(lines))
    assert set(outcomes(once)) <= OUTCOMES
    assert once.checked["line"].is_unique
    for name, frame in once.frames().items():
        assert list(frame.columns) == list(DECLARED[name].names)
        assert frame.dtypes.tolist() == found[name].dtypes.tolist()
    for row in once.quotations.itertuples():
        text = once.articles["text"].iloc[0]
        assert row.text == " … ".join(text[start:end] for start, end in row.spans)
    assert_same(once, corrected(once, lines))


# How far what was found is right.


def many(n: int = 40) -> Coverage:
    words = [f"Statement number {number} stands here." for number in range(n)]
    article = Article(" ".join(words))
    starts = [article.text.index(each) for each in words]
    rows = [
        Quotation(f"q{i}", article.article_id, ((start, start + len(each)),), each,
                  "direct" if i % 2 else "indirect", score=i / n)
        for i, (start, each) in enumerate(zip(starts, words, strict=True))
    ]  # fmt: skip
    return replace(made(), articles=DECLARED["articles"].of([article]), quotations=DECLARED["quotations"].of(rows))


def test_a_sample_is_spread_over_the_scores_and_the_same_each_time() -> None:
    found = many()
    drawn = tk.sample(found, 10)
    scores = found.quotations.set_index("key")["score"]
    parts = [int(scores[known] * 5) for known in drawn["key"]]
    assert sorted(parts) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    turned = found.with_frames({"quotations": found.quotations.iloc[::-1].reset_index(drop=True)})
    assert_frame_equal(drawn, tk.sample(turned, 10))
    assert set(drawn["key"]) != set(tk.sample(found, 10, seed=1)["key"])
    assert len(tk.sample(found, 1000)) == 40
    assert len(tk.sample(found, 12, frames=("quotations", "rounds"))) == 6 + 2


def test_precision_is_told_with_its_interval() -> None:
    found = many()
    drawn = tk.sample(found, 10)
    told = tk.check(found, who="AB", when=WHEN)
    for number, known in enumerate(drawn["key"]):
        told = told.confirm("quotations", known) if number else told.reject("quotations", known)
    told = told.set("quotations", next(k for k in found.quotations["key"] if k not in set(drawn["key"])), speaker="X")
    shares = tk.precision(told.apply(), drawn)
    first = shares.iloc[0]
    assert first[["frame", "n", "n_right", "precision"]].tolist() == ["quotations", 10, 9, 0.9]
    assert (first["low"], first["high"]) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert shares["n"].iloc[1:].sum() == 10
    assert tk.precision(told.apply())["n"].iloc[0] == 11


@pytest.mark.parametrize(
    ("right", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_the_interval_is_wilsons(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right, n) == pytest.approx((low, high), abs=1e-4)


def test_agreement_is_krippendorffs_alpha() -> None:
    pytest.importorskip("krippendorff")
    found = many()
    keys = found.quotations["key"].tolist()[:10]

    def judged(wrong: set[int], who: str) -> Iterator[Any]:
        told = tk.check(found, who=who, when=WHEN)
        for number, known in enumerate(keys):
            told = told.reject("quotations", known) if number in wrong else told.confirm("quotations", known)
        yield told

    (one,), (same,), (other,) = judged({1, 2}, "AB"), judged({1, 2}, "CD"), judged({1, 5}, "EF")
    assert tk.agreement(one, same)["alpha"].iloc[0] == 1.0
    # Nominal alpha of two who differ in 2 of 10, with 4 of 20 values wrong: 1 - 19 * 4 / (2 * 4 * 16).
    assert tk.agreement(one, other)["alpha"].iloc[0] == pytest.approx(1 - 19 * 4 / (2 * 4 * 16))
    (all_right,) = judged(set(), "GH")
    assert math.isnan(tk.agreement(all_right, all_right)["alpha"].iloc[0])
    with pytest.raises(InputError, match="two people or more, found 1"):
        tk.agreement(one)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda found: tk.sample(found, 0), "draw one row or more"),
        (lambda found: tk.sample(found, 5, frames=("nothing",)), "no frame nothing"),
        (lambda found: tk.sample(found, 5, by="height"), "none of quotations has such a column"),
        (lambda found: mine(found).confirm("quotations", "nothing"), "no quotation with the key 'nothing'"),
        (lambda found: mine(found).confirm("nothing", "x"), "no frame 'nothing'"),
        (lambda found: mine(found).add("times", "x", 0, 3), "0–3 is no place in article 'x'"),
        (lambda found: mine(found).split("times", key(found, "times"), []), "stand in one place each"),
    ],
)
def test_what_cannot_be_asked_is_told(ask: Any, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        ask(made())


def test_what_was_said_last_of_a_cell_replaces_what_was_said_before() -> None:
    found = made()
    known = key(found, "quotations")
    told = mine(found).set("quotations", known, speaker="Kenya").set("quotations", known, speaker="Bo Lind")
    assert told.lines["given"].tolist() == ["Bo Lind"]
    assert len(told.undo()) == 0
    assert repr(told).startswith("Checks: 1 line.")


def test_the_editor_of_actors_keeps_the_lines_about_other_rows(tmp_path: Path) -> None:
    found = made()
    path = tk.write_corrections(
        mine(found)
        .set("quotations", key(found, "quotations"), speaker="Bo Lind")
        .reject("actors", key(found, "actors", 2)),
        tmp_path / "a.csv",
    )
    editor = tk.widgets.actor_editor(found, path)
    editor.change("Bo Lind", role="clerk")
    assert editor.coverage.quotations["speaker"].iloc[0] == "Bo Lind"
    lines = tk.read_corrections(path)
    assert lines[["frame", "column", "given", "who"]].to_numpy().tolist() == [
        ["quotations", "speaker", "Bo Lind", "AB"], ["actors", None, None, "AB"], ["actors", "role", "clerk", None],
    ]  # fmt: skip
    assert "Kenya" not in set(editor.coverage.actors["actor"])
    tk.widgets.actor_editor(found, path).undo()
    assert len(tk.read_corrections(path)) == 3
