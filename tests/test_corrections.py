from __future__ import annotations

import csv
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from covered import coverage_of
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import toolkit as tk
from toolkit.articles import Article
from toolkit.corrections import corrected_frames
from toolkit.corrections._merging import merged
from toolkit.errors import InputError, ToolkitWarning
from toolkit.records import Actor, Mention, Opinion, Quotation, Round

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

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
    return coverage_of(
        articles=[Article(TEXT)],
        actors=actors,
        mentions=mentions,
        quotations=quotations,
        sentiment=opinions,
        rounds=[talks],
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
        ([{"actor": "Okafor", "aliases": [["x"]]}], "aliases are lists within lists"),
        (
            [{"actor": "Okafor", "name": "x\ud800"}],
            r"row 1: 'x\ud800' holds half of a surrogate pair",
        ),
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
        (None, "no such file; a csv of corrections has the columns frame, key"),
        ("side,role\nx,y\n", "no column actor; it has side, role"),
        ("", "the file is empty; delete it to begin anew"),
        ("actor,name\nAda Berg,Bo Lind,Kenya\n", "line 2: has 3 cells for 2 columns (Ada Berg, Bo Lind, Kenya)"),
        ("actor,name\nBo,B\nAda Berg,Ada Roe,\n", "line 3: has 3 cells for 2 columns"),
        ("actor,name,side\n\nBo,B\n", "line 3: has 2 cells for 3 columns"),
        ('actor,name\n"Ada Berg,Ada\n', "line 2: not a csv in UTF-8"),
        ("actor,name,,\nBo,B,,x\n", "unknown column without a name"),
        ("actor,actor\nBo,B\n", "two columns are named 'actor'"),
        ("\ufeffactor,name\nBo,B", "line 2: the end of the file is missing"),
        ('actor,aliases\nBo,"' + "[" * 5000 + '"\n', "is no list; divide the forms by semicolons"),
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


KEPT: list[dict[str, Any]] = [
    {"actor": "Ada, “the envoy”", "name": "Ada Berg", "colour": "#aa00ff", "aliases": ["A; B", "[C]"]},
    {"actor": "Bo Lind", "kind": "person", "side": "Norway", "role": "minister"},
    {"actor": "=Çelik", "side": "\x1b]0;x\x07\0", "aliases": ["Ç", "Çe"]},
]


@settings(max_examples=5)
@given(st.lists(st.fixed_dictionaries({"actor": st.text(min_size=1)}, optional={
    "name": st.text(max_size=5), "side": st.text(max_size=3), "aliases": st.lists(st.text(max_size=4), max_size=2),
}), max_size=3))  # fmt: skip
def test_a_file_cut_anywhere_is_refused_or_read_whole(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("cut") / "mine.csv"
    try:
        table = tk.read_corrections([*rows, *KEPT])
    except InputError:
        return
    tk.write_corrections(table, path)
    content = path.read_bytes()
    assert tk.as_code(path) == tk.as_code(table)
    for end in range(len(content)):
        path.write_bytes(content[:end])
        try:
            read = tk.read_corrections(path)
        except InputError:
            continue
        assert tk.as_code(read) == tk.as_code(table)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path: Path, delimiter: str, end: str) -> None:
    path = tk.write_corrections(KEPT, tmp_path / "mine.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = [cells for cells in csv.reader(lines) if cells]
    # Spreadsheets drop quotation marks and empty lines, and keep columns and rows that were emptied.
    wider = [[*cells, ""] for cells in [*table, [""] * len(table[0])]]
    for rows in (table, wider):
        with path.open("w", encoding="utf-8-sig", newline="") as lines:
            csv.writer(lines, delimiter=delimiter, lineterminator=end).writerows(rows)
        assert tk.as_code(path) == tk.as_code(KEPT)


@pytest.mark.parametrize("end", ["", "\n", "\nCy,C,,,,,", "\nCy,C,,,,,\n"])
def test_a_file_that_was_changed_in_a_text_editor_is_read(tmp_path: Path, end: str) -> None:
    path = tk.write_corrections(KEPT, tmp_path / "mine.csv")
    path.write_text(path.read_text(encoding="utf-8").replace("Bo Lind", "Bo Lund") + end, encoding="utf-8")
    read = tk.read_corrections(path)["actor"].tolist()
    assert read == ["Ada, “the envoy”", "Bo Lund", "=Çelik", *(["Cy"] if "Cy" in end else [])]


def test_a_file_of_the_first_version_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "\ufeffactor,name,kind,side,role,colour,aliases\nBo,B,,,,,x; y\n'=Cy,,,,,#112233,\n", encoding="utf-8"
    )
    assert tk.read_corrections(tmp_path / "mine.csv")["actor"].tolist() == ["Bo", "=Cy"]


def test_what_another_wrote_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tk.write_corrections(KEPT, tmp_path / "mine.csv")
    base = tk.read_corrections(path)
    theirs = [KEPT[0] | {"role": "envoy", "aliases": ["A; B", "[C]", "D"]}, KEPT[1], {"actor": "Cy", "name": "C"}]
    tk.write_corrections(theirs, path, base=base)
    mine = [KEPT[0] | {"side": "Chad", "aliases": ["[C]", "E"]}, KEPT[1] | {"role": "envoy"}, KEPT[2]]
    tk.write_corrections(mine, path, base=base)
    first, second, third = tk.read_corrections(path).to_dict("records")
    assert (first["role"], first["side"], first["aliases"]) == ("envoy", "Chad", ["[C]", "D", "E"])
    assert (second["actor"], second["role"]) == ("Bo Lind", "envoy")
    assert (third["actor"], third["name"]) == ("Cy", "C")


def test_a_cell_that_both_changed_is_told_and_theirs_kept(tmp_path: Path) -> None:
    path = tk.write_corrections(KEPT, tmp_path / "mine.csv")
    base = tk.read_corrections(path)
    tk.write_corrections([KEPT[0], KEPT[1] | {"side": "Chad"}, KEPT[2]], path, base=base)
    before = path.read_bytes()
    mine = [KEPT[0], {"actor": "Bo Lind", "kind": "person", "role": "minister"}, KEPT[2]]
    with pytest.raises(InputError, match=re.escape("side of 'Bo Lind' is 'Chad' there and empty here; read it again")):
        tk.write_corrections(mine, path, base=base)
    assert path.read_bytes() == before


def test_rows_that_a_new_table_lacks_are_told(tmp_path: Path) -> None:
    path = tk.write_corrections(KEPT, tmp_path / "mine.csv")
    with pytest.warns(ToolkitWarning, match=r"held 2 actors more, not kept: 'Bo Lind', '=Çelik'; .* give base="):
        tk.write_corrections(KEPT[:1], path)


def test_a_file_that_is_no_table_of_corrections_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "articles.csv"
    path.write_text("title,text\nTalks,They met.\n")
    with pytest.raises(InputError, match=r"articles\.csv: no column actor"):
        tk.write_corrections(KEPT, path)
    assert path.read_text() == "title,text\nTalks,They met.\n"


WRITER = """
import sys
from toolkit.corrections import read_corrections, write_corrections
from toolkit.corrections._table import as_rows
path, who = sys.argv[1:]
for number in range(12):
    base = read_corrections(path)
    write_corrections([*as_rows(base), {"actor": f"{who} {number}", "side": who}], path, base=base)
"""


def test_two_processes_that_write_one_file_lose_nothing(tmp_path: Path) -> None:
    path = tk.write_corrections(KEPT[:1], tmp_path / "mine.csv")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), who]) for who in ("Ada", "Bo")]
    assert [writer.wait() for writer in writers] == [0, 0]
    actors = set(tk.read_corrections(path)["actor"])
    assert actors == {KEPT[0]["actor"], *(f"{who} {number}" for who in ("Ada", "Bo") for number in range(12))}


CELLS = st.sampled_from(["a", "b", "c"])
TABLES = st.dictionaries(CELLS, st.dictionaries(st.sampled_from(["name", "side"]), CELLS, min_size=1), max_size=3)


@given(TABLES, TABLES, TABLES)
def test_of_two_changes_none_is_lost(base: Any, mine: Any, theirs: Any) -> None:
    three = [[{"actor": actor, **cells} for actor, cells in table.items()] for table in (base, mine, theirs)]
    rows, conflicts = merged(*three)
    told = {(each.actor, each.column): (each.mine, each.theirs) for each in conflicts}
    was, own, other, held = (
        {(row["actor"], column): value for row in table for column, value in row.items() if column != "actor"}
        for table in (*three, rows)
    )
    for cell in {*was, *own, *other}:
        if cell in told:
            assert told[cell] == (own.get(cell), other.get(cell))
            assert held.get(cell) == other.get(cell)
        else:
            kept = own if own.get(cell) != was.get(cell) else other
            assert held.get(cell) == kept.get(cell)


def test_a_colour_given_after_the_checks_stays_text() -> None:
    table = tk.read_corrections([{"actor": "Okafor"}])
    table["colour"] = "red;background:url(//x)"
    assert "solid red" not in table._repr_html_()
    assert "red;background:url(//x)" in table._repr_html_()


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


@settings(max_examples=40)
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
