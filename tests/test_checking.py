"""Rows checked in the linked view: corrections as the page applies and writes them, samples, the widget."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pytest

import toolkit as tk
from toolkit.corrections._judging import wilson
from toolkit.corrections._places import place_text, places_told
from toolkit.display import rows
from toolkit.errors import InputError
from toolkit.frames import guard, line_of, marked_text
from toolkit.linked import _assets
from toolkit.linked._checks import line_texts, packed_judged
from toolkit.linked._packing import packed

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage

TEXT = (
    '"We will sign the accord 😀," Ada Berg of Kenya told Bo Lind, minister of Peru. Bo Lind said that the accord was '
    "a terrible betrayal. Kenya praised Peru.\n\nThe second round of talks between Kenya and Peru took place in Oslo "
    'on 3 March 2031. "The round was good," Cy Moe said. He denied that Peru would leave.\n'
)

MORE = "The third round of talks between Kenya and Peru took place in Lima on 9 April 2031.\n"

# What the page shows of a model, in words that Python can compare.
SHOWN = """
const kept = (found) => found.filter((row) => !row.rejected);
const keys = (found) => kept(found).map((row) => row.key);
const shown = (model) => ({
  quotations: kept(model.quotations).map((row) => [row.spans.flat(), row.text, row.kind, row.voices, row.day, row.cue,
    row.cueSpan, row.sourceKind, row.via && row.via.id, keys(row.rounds), row.targets]).sort(),
  opinions: kept(model.opinions).map((row) => [row.span, row.target, row.holder, row.polarity, row.score, row.kind,
    row.quotation && row.quotation.id, row.day, keys(row.rounds)]).sort(),
  rounds: kept(model.rounds).map((row) => [row.key, row.name, row.series, row.days, row.status, row.first, row.last,
    row.place, row.parties, row.evidence.map((place) => [place.article.id, ...place.span])]).sort(),
  said: model.actors.filter((row) => row.said).map((row) => [row.name, row.said]).sort(),
});
"""

node = pytest.mark.skipif(shutil.which("node") is None, reason="needs node to run the script")


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount that somebody pays."""

    article_id: str
    start: int
    end: int
    payer: str | None
    value: float
    unit: Literal["USD", "EUR"] = "USD"


SUMS = tk.frame("sums", Sum, columns={"payer": "actor"})


@pytest.fixture(scope="module")
def found() -> Coverage:
    return tk.analyze([tk.Article(TEXT, title="The accord"), tk.Article(f"Rain fell. {TEXT}{MORE}", title="Again")])


def script(code: str, given: Any) -> Any:
    """Run code behind the view's own functions, and return what it makes of ``given``."""
    body = (
        "let text = '';\nprocess.stdin.on('data', (part) => { text += part; }).on('end', () => {\n"
        f"const given = JSON.parse(text);\nconsole.log(JSON.stringify((() => {{ {code} }})()));\n}});"
    )
    done = subprocess.run(
        ["node", "--input-type=commonjs", "-e", _assets._shared() + SHOWN + body],
        input=json.dumps(given),
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def line(coverage: Coverage, frame: str, number: int, **said: Any) -> dict[str, Any]:
    """Return a line about a row, as the page writes it."""
    about = dict.fromkeys(tk.read_corrections([{"frame": frame, "words": "x", "verdict": "right"}]).columns, "")
    key = coverage[frame]["key"].iloc[number] if "key" not in said else said["key"]
    return about | {"frame": frame, "key": key, "words": "x", "when": "2031-03-05T10:00:00Z"} | said


def edit(coverage: Coverage, frame: str, number: int, column: str, given: str, **said: Any) -> dict[str, Any]:
    return line(coverage, frame, number, column=column, given=given, verdict="edit", **said)


def texts_of(coverage: Coverage) -> dict[str, str]:
    return dict(zip(coverage.articles["article_id"], coverage.articles["text"], strict=True))


def added(coverage: Coverage, frame: str, words: str, **values: str) -> list[dict[str, Any]]:
    start = TEXT.index(words)
    place = {"article": coverage.articles["article_id"].iloc[0], "start": start, "end": start + len(words)}
    about = {"key": f"new-{frame}", "words": words, "verdict": "add", **place}
    return [line(coverage, frame, 0, column=column, given=given, **about) for column, given in values.items()]


def places(coverage: Coverage, *words: str) -> list[tuple[str, int, int]]:
    article = coverage.articles["article_id"].iloc[0]
    return [(article, TEXT.index(each), TEXT.index(each) + len(each)) for each in words]


def by_code(told: Any) -> list[dict[str, Any]]:
    """Return lines that code makes, as the page holds them."""
    return line_texts(rows(told.lines))


def cases(coverage: Coverage) -> dict[str, list[dict[str, Any]]]:
    """Return lines by what they say."""
    last = len(coverage.rounds) - 1
    mine = tk.check(coverage, who="AB")
    talks, told = ([*coverage[name]["key"]] for name in ("rounds", "quotations"))
    (moved,) = places(coverage, "will sign the accord 😀")
    evidence = coverage.rounds["evidence"].iloc[0]
    return {
        "nothing": [],
        "statements rejected": [line(coverage, "quotations", number, verdict="wrong") for number in (0, 3)],
        "an opinion rejected": [line(coverage, "sentiment", 1, verdict="wrong")],
        "a round rejected": [line(coverage, "rounds", last, verdict="wrong")],
        "a row confirmed": [line(coverage, "quotations", 0, verdict="right")],
        "a speaker": [edit(coverage, "quotations", 0, "speaker", "Dov; Enid")],
        "nobody": [edit(coverage, "quotations", 1, "speaker", "")],
        "a kind": [edit(coverage, "quotations", 1, "kind", "mixed")],
        "holder and target": [
            edit(coverage, "sentiment", 0, "holder", "Dov"),
            edit(coverage, "sentiment", 1, "target", "Peru"),
            edit(coverage, "sentiment", 2, "holder", ""),
        ],
        "polarity": [edit(coverage, "sentiment", n, "polarity", str(n - 1)) for n in range(3)],
        "a round": [
            edit(coverage, "rounds", 0, "first", "2031-03-02"),
            edit(coverage, "rounds", 0, "last", "2031-04-04"),
            edit(coverage, "rounds", 0, "place", "Lima"),
            edit(coverage, "rounds", 0, "status", "planned"),
            edit(coverage, "rounds", 0, "parties", '["A; B", "Kenya"]'),
        ],
        "rows added": [
            *added(coverage, "quotations", "Kenya praised", speaker="Dov", kind="indirect"),
            # Another pair than the one that the sentence has.
            *added(coverage, "sentiment", "Kenya praised Peru.", target="Peru", polarity="1", holder="Dov"),
            *added(coverage, "rounds", "Oslo on", place="Oslo", parties="Kenya; Peru", status="held"),
        ],
        "an extent": by_code(mine.set("quotations", told[0], spans=moved[1:])),
        "an extent in pieces, without the target": by_code(
            mine.set("quotations", told[0], spans=[each[1:] for each in places(coverage, "We will", "accord 😀")]).set(
                "quotations", told[3], spans=[each[1:] for each in places(coverage, "The round", "good")]
            )
        ),
        "those who share a statement": by_code(
            mine.set("quotations", told[0], speaker="Dov", cospeakers=["Dov", "Enid; Fay", "Ada Berg"])
        ),
        "a cue and a kind of source": by_code(
            mine.set("quotations", told[0], cue=places(coverage, "told Bo")[0][1:], source_kind="unnamed").set(
                "quotations", told[1], cue=None
            )
        ),
        "rounds made one": by_code(mine.merge("rounds", talks[1], talks[0])),
        "a round parted": by_code(mine.split("rounds", talks[0], evidence[1:])),
        "rounds parted, joined and set right": by_code(
            mine.split("rounds", talks[0], evidence[1:])
            .set("rounds", talks[1], place="Lund", first="2031-03-01")
            .merge("rounds", talks[1], talks[0])
            .set("rounds", talks[0], parties=["Fiji"], status="planned")
        ),
        "a part set right": [
            edit(coverage, "rounds", 0, "split", place_text(evidence[2:], texts_of(coverage))),
            edit(coverage, "rounds", 0, "place", "Bern", key=f"{talks[0]}-{evidence[2][0]}-{evidence[2][1]}"),
        ],
    }


NAMES = ("nothing", "statements rejected", "an opinion rejected", "a round rejected", "a row confirmed", "a speaker",
         "nobody", "a kind", "holder and target", "polarity", "a round", "rows added", "an extent",
         "an extent in pieces, without the target", "those who share a statement", "a cue and a kind of source",
         "rounds made one", "a round parted", "rounds parted, joined and set right", "a part set right")  # fmt: skip


@pytest.fixture(scope="module")
def made(found: Coverage) -> dict[str, list[Any]]:
    """Return by case what the page makes of the lines, and what it shows where Python applied them."""
    pairs = []
    for lines in cases(found).values():
        fixed = tk.correct(found, tk.read_corrections(lines)) if lines else found
        pairs.append([[packed(found), lines], [packed(fixed), []]])
    code = """return given.map((pair) => pair.map(([data, lines]) => {
      const model = modelOf(data);
      applyLines(model, lines);
      return shown(model);
    }));"""
    return dict(zip(NAMES, script(code, pairs), strict=True))


class TestPage:
    @node
    @pytest.mark.parametrize("name", NAMES)
    def test_it_makes_of_corrections_what_the_kernel_makes(self, name: str, made: dict[str, list[Any]]) -> None:
        page, kernel = made[name]
        assert page == kernel
        assert (page == made["nothing"][0]) is (name in {"nothing", "a row confirmed"})

    @node
    def test_it_counts_what_proved_right_as_the_kernel_does(self, found: Coverage) -> None:
        every = {**cases(found), "right": [line(found, "rounds", n, verdict="right") for n in (0, 1)]}
        code = """return given.map(([data, lines]) => {
          const model = modelOf(data);
          applyLines(model, lines);
          return Object.values(model.checks).flatMap((check) => precisionOf(model, check)
            .map(({ name, right, n }) => [check.frame, name || null, right, n]));
        });"""
        said = script(code, [[packed(found), lines] for lines in every.values()])
        for (name, lines), shares in zip(every.items(), said, strict=True):
            wanted = packed_judged(tk.correct(found, tk.read_corrections(lines))) if lines else []
            assert sorted(shares, key=repr) == sorted(wanted, key=repr), name

    @node
    def test_fewer_lines_undo(self, found: Coverage) -> None:
        every = [each for lines in cases(found).values() for each in lines]
        code = """const model = modelOf(given[0]); const before = shown(model);
                  applyLines(model, given[1]); const after = shown(model);
                  applyLines(model, given[1].slice(0, 3)); applyLines(model, given[1]); const again = shown(model);
                  applyLines(model, []); return [before, after, again, shown(model)];"""
        before, after, again, undone = script(code, [packed(found), every])
        assert (before, after) == (undone, again)
        assert after != before

    @node
    def test_lines_of_other_frames_and_rows_are_none_of_its_business(self, found: Coverage) -> None:
        lines = [line(found, "quotations", 0, key="gone", verdict="wrong"), line(found, "actors", 0, verdict="right")]
        code = "const model = modelOf(given[0]); applyLines(model, given[1]); return shown(model);"
        assert script(code, [packed(found), lines]) == script(code, [packed(found), []])

    @node
    def test_a_frame_of_ones_own_is_corrected_by_its_declaration(self, found: Coverage) -> None:
        article = found.articles["article_id"].iloc[0]
        own = found.with_frames(
            {"sums": SUMS.of([Sum(article, 1, 3, "Kenya", 2.0), Sum(article, 4, 8, None, 3.0, "EUR")])}
        )
        lines = [
            edit(own, "sums", 0, "payer", "Dov"),
            edit(own, "sums", 0, "unit", "EUR"),
            line(own, "sums", 1, verdict="wrong"),
        ]
        code = """const model = modelOf(given[0]); const [check] = Object.values(model.checks).slice(-1);
                  applyLines(model, given[1]);
                  return [check.fields, check.rows.map((row) => [row.texts, row.state])];"""
        fields, said = script(code, [packed(own), lines])
        assert [(each["column"], each["how"], each["empty"]) for each in fields] == [
            ("payer", "actor", True), ("value", "text", False), ("unit", ["USD", "EUR"], False),
        ]  # fmt: skip
        assert said == [[["Dov", "2", "EUR"], "corrected"], [["", "3", "EUR"], "rejected"]]
        fixed = tk.correct(own, tk.read_corrections(lines))["sums"]
        assert fixed[["payer", "value", "unit"]].to_numpy().tolist() == [["Dov", 2.0, "EUR"]]

    def test_a_frame_without_keys_is_not_checked(self, found: Coverage) -> None:
        bare = found.with_frames({"quotations": found.quotations.assign(key=None)})
        assert [name for name, *_ in packed(bare)["checks"]] == ["sentiment", "rounds"]


TEXTS = ("", "Ada", "=1+1", "-0.4", "+", "'=x", "@a", "a, b", 'say "so"', "“„", "😀 x", "-- x", "1e5", "a\n b")


class TestFile:
    @node
    def test_what_the_page_writes_python_reads_and_the_other_way_round(self, found: Coverage, tmp_path: Path) -> None:
        given = [
            line(found, "quotations", 0, key=f"k{number}", note=text, column="speaker", given=text, verdict="edit",
                 start=1, end=3)
            for number, text in enumerate(TEXTS)
        ]  # fmt: skip
        expected = [" ".join(text.split()) for text in TEXTS]
        path = tmp_path / "page.csv"
        path.write_text(script("return csvOf(given);", given), encoding="utf-8", newline="")
        with path.open(encoding="utf-8-sig", newline="") as stream:
            assert [row["given"] for row in csv.DictReader(stream)] == list(map(guard, expected))
        read = tk.read_corrections(path)
        assert list(read["given"].fillna("")) == list(read["note"].fillna("")) == expected
        assert set(read["start"]) == {1}
        content = tk.write_corrections(read, tmp_path / "python.csv").read_text(encoding="utf-8")
        again = script("return linesOfCsv(given);", content)
        assert [each["given"] for each in again] == [each["note"] for each in again] == expected

    @node
    @pytest.mark.parametrize("text", [TEXT, 'x "; 3–4 "y\\" a1 😀 z', "a\x00b\x1b[31m “q”\n\nc", "– 1–2 ; :"])
    def test_places_are_written_and_read_as_python_does(self, text: str) -> None:
        spans = [(0, len(text)), (1, 4), (len(text) - 3, len(text))]
        written = [place_text([("a1", *span)], {"a1": text}) for span in spans]
        marked = marked_text(sorted(spans), text)
        code = """const [text, spans, told, marked] = given; const article = { id: "a1", text };
                  const model = { byId: new Map([["a1", article]]) };
                  const units = spans.map((span) => span.map((at) => unitsIn(text, at)));
                  const read = told.map((each) => placesOf(model, each).map(({ span }) => span));
                  const moved = markedOf(`w${text}`, marked)?.map((span) => inLine(`w${text}`.slice(...span)));
                  const written = units.map((span) => placeText({ article, span }));
                  return [written, read, units, markedOf(text, marked), moved];"""
        made, read, units, several, moved = script(code, [text, spans, written, marked])
        assert made == written
        assert read == [[span] for span in units]
        assert several == sorted(units)
        # Where other words stand there, these are looked for, but for signs that the file cannot hold.
        assert moved == (None if "\x00" in text else [line_of(text[start:end]) for start, end in sorted(spans)])
        assert places_told("; ".join(written), {"a1": text}) == [["a1", *span] for span in spans]

    @node
    @pytest.mark.parametrize("given", ["[x", '{"a', '1–2 "', "9–3", "a1 1–", '1–2 "\\x"', "", ": ", 'a1: a1 1–2 "q'])
    def test_what_cannot_be_read_is_let_be(self, found: Coverage, given: str) -> None:
        lines = [
            edit(found, frame, 0, column, given)
            for frame, column in (
                ("quotations", "spans"),
                ("quotations", "cue"),
                ("rounds", "split"),
                ("rounds", "same_as"),
            )
        ]
        code = "const model = modelOf(given[0]); applyLines(model, given[1]); return shown(model);"
        before, after = (script(code, [packed(found), each]) for each in ([], lines))
        assert before["rounds"] == after["rounds"]
        assert [row[0] for row in before["quotations"]] == [row[0] for row in after["quotations"]]

    @node
    def test_a_torn_file_is_refused(self) -> None:
        torn = [
            ("frame,key\na,b\n", "no columns frame, key and verdict"),
            ("frame,key,verdict\na,b\n", "row 1 has 2 cells for 3 columns"),
            ("frame,key,verdict\na,b,perhaps\n", "“perhaps” is no verdict"),
            ('"frame",key,verdict\na,b,right\n', "its end is missing"),
            ('frame,key,verdict\na,"b,right\n', "a quotation mark is missing"),
        ]
        read = "try { return linesOfCsv(each); } catch (fault) { return fault.message; }"
        for said, (_, told) in zip(script(f"return given.map(([each]) => {{ {read} }});", torn), torn, strict=True):
            assert told in said

    @node
    def test_semicolons_and_tabs_are_read_as_spreadsheets_write_them(self) -> None:
        files = [f"frame{sign}key{sign}verdict\r\nrounds{sign}k{sign}right\r\n" for sign in ";\t"]
        for (read,) in script("return given.map(linesOfCsv);", files):
            assert (read["frame"], read["key"], read["verdict"]) == ("rounds", "k", "right")


class TestSample:
    @node
    def test_it_goes_evenly_from_low_to_high_and_a_seed_fixes_it(self) -> None:
        draw = "return given.map(([n, of, seed]) => sampleOf([...Array(of).keys()], n, seed));"
        one, again, other, every = script(draw, [[10, 200, 1], [10, 200, 1], [10, 200, 2], [50, 12, 1]])
        assert one == again != other
        assert [place // 20 for place in one] == list(range(10))
        assert every == list(range(12))

    @node
    def test_bounds_are_those_of_python(self) -> None:
        judged = [(0, 1), (1, 1), (17, 20), (499, 500)]
        for bounds, each in zip(script("return given.map((each) => wilson(...each));", judged), judged, strict=True):
            assert bounds == pytest.approx(wilson(*each), abs=1e-9)


class TestWidget:
    def test_what_is_checked_is_a_frame_and_kept_in_the_file(self, found: Coverage, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        widget = tk.explore(found).widget(corrections=path)
        assert widget.corrections.empty
        widget.lines = [edit(found, "quotations", 0, "speaker", "Dov")]
        assert widget.kept == "kept in mine.csv"
        assert tk.read_corrections(path).equals(widget.corrections)
        assert tk.correct(found, widget.corrections).quotations["speaker"].iloc[0] == "Dov"
        assert tk.explore(found).widget(corrections=path).lines == widget.lines

    def test_what_another_writes_meanwhile_is_kept_and_shown(self, found: Coverage, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        one, other = (tk.explore(found).widget(corrections=path) for _ in range(2))
        one.lines = [line(found, "quotations", 0, verdict="wrong")]
        other.lines = [line(found, "quotations", 1, verdict="right")]
        assert sorted(other.corrections["verdict"]) == ["right", "wrong"]
        assert len(tk.read_corrections(path)) == 2

    def test_a_file_torn_meanwhile_is_told_and_left_alone(self, found: Coverage, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        widget = tk.explore(found).widget(corrections=path)
        widget.lines = [line(found, "quotations", 0, verdict="wrong")]
        torn = path.read_bytes()[:-20]
        path.write_bytes(torn)
        widget.lines = []
        assert widget.kept.startswith("not kept:")
        assert path.read_bytes() == torn

    def test_a_file_that_cannot_be_is_told_at_once(self, found: Coverage, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="corrections are kept as csv"):
            tk.explore(found).widget(corrections=tmp_path / "mine.txt")

    def test_names_that_a_person_gave_may_be_chosen(self, found: Coverage) -> None:
        widget = tk.explore(found).widget([edit(found, "quotations", 0, "speaker", "Dov")])
        widget.filters = {"speaker": "Dov", "kind": "direct"}
        assert widget.filters == {"speaker": "Dov", "kind": "direct"}
        assert set(widget.view.quotations["kind"]) == {"direct"}
        with pytest.raises(InputError, match="'Enid' is not on offer"):
            widget.filters = {"speaker": "Enid"}

    def test_a_part_of_a_round_may_be_chosen(self, found: Coverage) -> None:
        key, places = found.rounds[["key", "evidence"]].iloc[0]
        told = tk.check(found).split("rounds", key, places[1:])
        (part,) = set(told.apply().rounds["key"]) - {*found.rounds["key"]}
        widget = tk.explore(found).widget(told)
        widget.filters = {"round": part}
        assert widget.filters == {"round": part}
        assert widget.view.filters == {}

    def test_it_begins_with_corrections_made_in_code(self, found: Coverage) -> None:
        key = rows(found.quotations)[0]["key"]
        widget = tk.explore(found).widget(tk.check(found, who="AB").reject("quotations", key))
        assert [each["verdict"] for each in widget.lines] == ["wrong"]
        assert json.loads(json.dumps(widget.lines)) == widget.lines
