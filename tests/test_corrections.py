from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import toolkit as tk
from toolkit import tables
from toolkit.articles import Article
from toolkit.corrections import corrected_frames
from toolkit.coverage import Coverage
from toolkit.errors import InputError, ToolkitWarning
from toolkit.records import Actor, Mention, Opinion, Quotation, Round

SEED = Path(__file__).parents[1] / "seeds" / "000_2a7e18f9396dc323.txt"

TEXT = "Ana Duarte said no. Duarte met Iron Ana, she said. Kenya's Okafor and Duarte said so. The Iron Ana left."
ID = Article(TEXT).article_id


def at(words: str, nth: int = 0) -> tuple[int, int]:
    start = [match.start() for match in re.finditer(re.escape(words), TEXT)][nth]
    return start, start + len(words)


def mention(words: str, actor: str, nth: int = 0, how: Any = "name") -> Mention:
    return Mention(ID, *at(words, nth), words, actor, how)


def quotation(identity: str, source: tuple[int, int], speaker: str | None, *others: str) -> Quotation:
    return Quotation(identity, ID, ((0, 3),), TEXT[:3], "indirect", source_text=TEXT[slice(*source)],
                     source_span=source, speaker=speaker, cospeakers=others)  # fmt: skip


def people() -> Coverage:
    """Return two people, a state, and a description that nobody was found for."""
    actors = [
        Actor("Ana Duarte", "person", "Portugal", "envoy", ("Ana Duarte", "Duarte"), (ID, 0, 4), (ID, 0, 4)),
        Actor("Okafor", "person", "Kenya", None, ("Okafor",)),
        Actor("Kenya", "country", "Kenya", None, ("Kenya",)),
    ]
    mentions = [
        mention("Ana Duarte", "Ana Duarte"), mention("Duarte", "Ana Duarte", 1), mention("Duarte", "Ana Duarte", 2),
        mention("she", "Ana Duarte", 0, "pronoun"), mention("Kenya", "Kenya"), mention("Okafor", "Okafor"),
    ]  # fmt: skip
    quotations = [
        quotation("q1", at("Ana Duarte"), "Ana Duarte"),
        quotation("q2", at("Kenya's Okafor and Duarte"), "Okafor", "Ana Duarte"),
        quotation("q3", at("The Iron Ana"), None),
    ]
    opinions = [
        Opinion(ID, 0, 19, "Okafor", at("Okafor"), "Ana Duarte", 1, 0.5, "q1"),
        Opinion(ID, 0, 19, "Ana Duarte", at("Duarte", 1), None, -1, -0.5, "q3"),
        Opinion(ID, 0, 19, "Kenya", at("Kenya"), None, 0, 0.0),
    ]
    talks = Round("r1", "Kenya–Norway talks", "talks", parties=("Kenya", "Norway"), people=("Okafor",),
                  leaders=(("Kenya", "Okafor"),), third_parties=(("Ana Duarte", "mediator"),),
                  evidence=((ID, 0, 5),))  # fmt: skip
    return Coverage(
        articles=tables.articles_frame([Article(TEXT)]),
        actors=tables.actors_frame(actors, mentions, quotations),
        mentions=tables.mentions_frame(mentions),
        quotations=tables.quotations_frame(quotations),
        sentiment=tables.sentiment_frame(opinions),
        times=tables.times_frame([]),
        rounds=tables.rounds_frame([talks]),
        left_out=tables.left_out_frame([]),
    )


@pytest.fixture
def found() -> Coverage:
    return people()


def actor(coverage: Coverage, name: str) -> dict[str, Any]:
    (row,) = coverage.actors[coverage.actors["actor"] == name].to_dict("records")
    return {str(key): value for key, value in row.items()}


def test_a_new_name_is_borne_everywhere(found: Coverage) -> None:
    after = tk.correct(found, [{"actor": "Okafor", "name": "Grace Okafor"}])
    assert after.mentions["actor"].tolist().count("Grace Okafor") == 1
    assert after.quotations["speaker"].tolist() == ["Ana Duarte", "Grace Okafor", None]
    assert after.sentiment["target"].tolist() == ["Grace Okafor", "Ana Duarte", "Kenya"]
    assert after.rounds["people"].tolist() == [["Grace Okafor"]]
    assert after.rounds["leaders"].tolist() == [{"Kenya": "Grace Okafor"}]
    assert "Okafor" not in after.actors["actor"].tolist()
    assert actor(after, "Grace Okafor")["aliases"] == ["Okafor"]
    changed = {name: frame["origin"].tolist() for name, frame in after.frames().items() if "origin" in frame}
    assert changed["quotations"] == ["machine", "corrected", "machine"]
    assert changed["sentiment"] == ["corrected", "machine", "machine"]
    assert changed["rounds"] == ["corrected"]
    assert changed["mentions"].count("corrected") == 1


def test_what_was_found_stays_as_it_was(found: Coverage) -> None:
    before = {name: frame.copy() for name, frame in found.frames().items()}
    tk.correct(found, [{"actor": "Okafor", "name": "Ana Duarte", "colour": "teal", "aliases": "Iron Ana"}])
    for name, frame in found.frames().items():
        assert_frame_equal(frame, before[name])
        assert frame.attrs == before[name].attrs


def test_the_name_of_another_makes_two_one(found: Coverage) -> None:
    after = tk.correct(found, [{"actor": "Okafor", "name": "Ana Duarte"}])
    assert after.actors["actor"].tolist() == ["Ana Duarte", "Kenya"]
    one = actor(after, "Ana Duarte")
    assert (one["n_mentions"], one["n_quotations"], one["origin"]) == (5, 2, "corrected")
    assert (one["side"], one["role"], one["aliases"]) == ("Portugal", "envoy", ["Ana Duarte", "Duarte", "Okafor"])
    assert one["side_evidence"] == [ID, 0, 4]
    assert after.quotations["cospeakers"].tolist() == [[], [], []]
    assert after.sentiment["of_self"].tolist() == [True, False, False]


def test_a_state_is_renamed_as_a_side_too(found: Coverage) -> None:
    after = tk.correct(found, [{"actor": "Kenya", "name": "Republic of Kenya"}])
    assert actor(after, "Okafor")["side"] == "Republic of Kenya"
    (talks,) = after.rounds.to_dict("records")
    assert (talks["parties"], talks["series"]) == (["Republic of Kenya", "Norway"], "Republic of Kenya–Norway talks")
    assert talks["leaders"] == {"Republic of Kenya": "Okafor"}


def test_values_replace_what_was_found(found: Coverage) -> None:
    row = {"actor": "Duarte", "side": "(none)", "role": "mediator", "colour": "teal"}
    after = actor(tk.correct(found, [row]), "Ana Duarte")
    assert (after["side"], after["role"], after["colour"]) == (None, "mediator", "#008080")
    assert (after["side_evidence"], after["role_evidence"]) == (None, None)


def test_colours_go_along_with_each_frame(found: Coverage) -> None:
    after = tk.correct(found, [{"actor": "Duarte", "colour": "#123456", "name": "A. Duarte"}])
    kept = after.quotations[after.quotations["speaker"].notna()].sort_values("score")
    assert kept.attrs["colours"] == {"A. Duarte": "#123456"}
    assert "rgba(18, 52, 86" in str(tk.views.quotation_table(kept).html)
    assert "#123456" in tk.explore(after).payload()
    # Who never speaks may have a colour too.
    assert "#654321" in tk.explore(tk.correct(found, [{"actor": "Kenya", "colour": "#654321"}])).payload()


def test_a_form_makes_mentions_and_speakers(found: Coverage) -> None:
    after = tk.correct(found, [{"actor": "Okafor", "aliases": "Iron Ana"}])
    added = after.mentions[after.mentions["origin"] == "added"]
    assert added[["start", "text", "actor", "how"]].to_numpy().tolist() == [
        [at("Iron Ana")[0], "Iron Ana", "Okafor", "name"], [at("Iron Ana", 1)[0], "Iron Ana", "Okafor", "name"],
    ]  # fmt: skip
    (third,) = after.quotations[["speaker", "speaker_how", "origin"]].to_numpy().tolist()[2:]
    assert third == ["Okafor", "name", "corrected"]
    assert after.sentiment["holder"].tolist() == ["Ana Duarte", "Okafor", None]
    assert actor(after, "Okafor")["n_mentions"] == 3


def test_a_form_moves_from_one_actor_to_another(found: Coverage) -> None:
    row = {"actor": "Ana's sister", "kind": "person", "aliases": ["Duarte"]}
    after = tk.correct(found, [row])
    assert after.mentions["actor"].tolist().count("Ana's sister") == 2
    assert after.quotations["cospeakers"].tolist()[1] == ["Ana's sister"]
    assert after.sentiment["target"].tolist()[1] == "Ana's sister"
    assert (actor(after, "Ana's sister")["origin"], actor(after, "Ana Duarte")["aliases"]) == ("added", ["Ana Duarte"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"actor": "Okafer", "side": "Kenya"}, "did you mean 'Okafor'?"),
        ({"actor": "Zzz", "name": "Yyy"}, "no actor 'Zzz' in these articles; to add one, give its kind"),
        ({"actor": "Okafor", "aliases": "Nobody"}, "no article reads so"),
        ({"actor": "Zzz", "kind": "person", "aliases": "Nobody"}, "no article reads so"),
    ],
)
def test_a_row_without_effect_is_told(found: Coverage, row: dict[str, str], reason: str) -> None:
    with pytest.warns(ToolkitWarning, match=re.escape(reason)):
        after = tk.correct(found, [row])
    (told,) = after.left_out["reason"]
    assert reason in told
    assert after.actors["actor"].tolist() == found.actors["actor"].tolist()


def test_a_form_of_two_actors_is_told(found: Coverage) -> None:
    actors = found.actors.assign(aliases=[["X"], ["X"], ["Kenya"]])
    with pytest.warns(ToolkitWarning, match="'X' may be Ana Duarte or Kenya|'X' may be Ana Duarte or Okafor"):
        corrected_frames({"actors": actors}, [{"actor": "X", "side": "Kenya"}])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"name": "x"}], "corrections, row 1: no actor; name the actor"),
        ([{"actor": "Okafor"}, {"actor": "Okafor", "kind": "robot"}], "row 2: kind 'robot' of 'Okafor'; accepted are"),
        ([{"actor": "Okafor", "colour": "mauvish"}], "row 1: colour of 'Okafor' is 'mauvish'; give #rrggbb"),
        ([{"actor": "Okafor", "colour": "red;background:url(//x)"}], "give #rrggbb or the name of a colour"),
        ([{"actor": "Okafor", "sides": "x"}], "unknown column sides; accepted are actor, name"),
        ([{"actor": "Okafor", "aliases": "[x"}], "aliases '[x' is no list; divide the forms by semicolons"),
        ([{"actor": "Okafor", "aliases": 7}], "aliases 7; give a list of forms"),
        (7, "corrections: found int; give a csv file, a DataFrame or a list of dicts"),
        (
            [{"actor": "Okafor", "name": "A"}, {"actor": "Okafor", "name": "B"}],
            "row 2: 'Okafor' is to be called 'B', but 'A' in corrections, row 1; keep one",
        ),
        (
            [{"actor": "Okafor", "name": "Ana Duarte"}, {"actor": "Ana Duarte", "name": "Okafor"}],
            "names lead in a circle, Okafor → Ana Duarte → Okafor; drop one",
        ),
        (
            [{"actor": "Okafor", "side": "Kenya"}, {"actor": "Okafor", "side": "Chad"}],
            "row 2: the side of 'Okafor' is to be 'Chad', but 'Kenya' in corrections, row 1; keep one",
        ),
        (
            [{"actor": "Okafor", "aliases": "Iron Ana"}, {"actor": "Kenya", "aliases": "Iron Ana"}],
            "row 2: 'Iron Ana' is to be a form of 'Kenya', and in another row of 'Okafor'; keep one",
        ),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(found: Coverage, rows: Any, message: str) -> None:
    with pytest.raises(InputError, match=re.escape(message)):
        tk.correct(found, rows)


def test_chains_of_names_end_in_one(found: Coverage) -> None:
    rows = [{"actor": "Okafor", "name": "Ana Duarte"}, {"actor": "Ana Duarte", "name": "Ana"}]
    rows.append({"actor": "Ana", "role": "x"})
    after = tk.correct(found, rows)
    assert after.actors["actor"].tolist() == ["Ana", "Kenya"]
    assert actor(after, "Ana")["role"] == "x"


def test_a_table_is_kept_as_csv_and_as_code(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"actor": "=Okafor", "name": "Grace, “the envoy”"},
        {"actor": "Duarte", "colour": "#aa00ff", "aliases": ["A; B", "C"]},
        {"actor": "Kenya", "aliases": ["KE", "Nairobi"]},
    ]
    path = tk.write_corrections(rows, tmp_path / "mine.csv")
    assert "'=Okafor" in path.read_text(encoding="utf-8")
    assert "KE; Nairobi" in path.read_text(encoding="utf-8")
    again = tk.read_corrections(path)
    assert tk.as_code(again) == tk.as_code(rows)
    assert eval(tk.as_code(rows)) == rows  # noqa: S307 - the code is our own, and is meant to be pasted
    assert tk.as_code([]) == "[]"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such file; a csv of corrections has a column actor"),
        ("side,role\nx,y\n", "no column actor; it has side, role"),
        ("actor,kind\nOkafor,robot\n", "mine.csv, row 1: kind 'robot'"),
        (b"actor\n\xff\xfe\n", "not a csv in UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: str | bytes | None, message: str) -> None:
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError, match=re.escape(message)) as fault:
        tk.read_corrections(path)
    assert "mine.csv" in str(fault.value)
    with pytest.raises(InputError, match="kept as csv"):
        tk.write_corrections([], tmp_path / "mine.xlsx")


def test_a_frame_of_ones_own_needs_names_alone() -> None:
    actors = pd.DataFrame({"actor": ["A", "B"], "votes": [1, 2]})
    frames, problems = corrected_frames({"actors": actors}, [{"actor": "A", "name": "C", "colour": "red"}])
    assert frames["actors"].to_dict("records") == [
        {"actor": "C", "votes": 1, "colour": "#ff0000"}, {"actor": "B", "votes": 2, "colour": None},
    ]  # fmt: skip
    assert problems.empty


NAMES = st.sampled_from(["Ana Duarte", "Duarte", "Okafor", "Kenya", "Grace Okafor", "Nobody", "Iron Ana", "Chad"])
ROWS = st.fixed_dictionaries(
    {"actor": NAMES},
    optional={
        "name": NAMES,
        "kind": st.sampled_from(["person", "group"]),
        "side": st.sampled_from(["Chad", "(none)"]),
        "aliases": st.lists(NAMES, max_size=2),
    },
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ROWS, max_size=4))
def test_whatever_is_asked_nothing_is_lost_and_twice_is_once(rows: list[dict[str, Any]]) -> None:
    coverage = people()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ToolkitWarning)
        try:
            once = tk.correct(coverage, rows)
        except InputError:
            return
    names = set(once.actors["actor"])
    assert len(names) == len(once.actors)
    assert len(once.mentions) >= len(coverage.mentions)
    assert len(once.quotations) == len(coverage.quotations)
    assert set(once.mentions["actor"]) <= names
    assert set(once.quotations["speaker"].dropna()) <= names
    assert set(once.sentiment["target"]) <= names
    assert once.actors["n_mentions"].sum() == len(once.mentions)
    for row in once.mentions.to_dict("records"):
        assert TEXT[row["start"] : row["end"]] == row["text"]


def test_the_seed_corrected_twice_is_corrected_once(undated: Coverage) -> None:
    rows = [
        {"actor": "Steve Witkoff", "name": "Jared Kushner"},
        {"actor": "Russia", "name": "Moscow", "colour": "navy"},
        {"actor": "Medinsky", "role": "(none)"},
    ]
    once = tk.correct(undated, rows)
    twice = tk.correct(once, rows)
    for name, frame in once.frames().items():
        assert_frame_equal(frame, twice.frames()[name])
    analysed = tk.analyze(tk.read(SEED), corrections=rows)
    assert analysed.actors.equals(once.actors)
    assert "Jared Kushner" in tk.explore(once, filters={"speaker": "Jared Kushner"}).quotations["speaker"].tolist()
    with pytest.raises(InputError, match="'Steve Witkoff' is not on offer"):
        tk.explore(once, filters={"speaker": "Steve Witkoff"})
    assert once.metadata["corrections"] == "3 rows, 0 without effect"


def test_a_bad_table_stops_before_the_reading() -> None:
    with pytest.raises(InputError, match=r"nowhere.csv: no such file"):
        tk.analyze([Article("Talks.")], corrections="nowhere.csv")
    with pytest.raises(InputError, match=r"found DataFrame; make one with analyze"):
        tk.correct(pd.DataFrame(), [])  # type: ignore[arg-type]
