"""The registry of formats: what is written where, by which name, and what is refused before the long work."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import exported
import pytest

from toolkit.cli import main
from toolkit.errors import InputError, ToolkitWarning
from toolkit.export import FORMATS, check_export, export

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.filterwarnings("ignore:.*without a publication day")


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return exported.coverage()


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("results", None, "csv"),
        ("results", "parquet", "parquet"),
        ("a.xlsx", None, "xlsx"),
        ("A.XLSX", None, "xlsx"),
        ("talks.graphml", None, "graphml"),
        ("to.check.labelstudio.json", None, "labelstudio"),
        ("a.timeline.json", None, "timelinejs"),
        ("a.dna", None, "dna"),
        ("a.positions.graphml", None, "positions"),
        ("a.plover.csv", None, "plover"),
        ("a.qdpx", None, "qdpx"),
        ("a.jsonld", None, "webannotation"),
        ("a.ris", None, "ris"),
        ("a.ics", None, "icalendar"),
        ("tasks.json", "labelstudio", "labelstudio"),
        ("a.xlsx", "ris", "ris"),
    ],
)
def test_the_ending_tells_the_format_and_a_name_forces_one(
    name: str, asked: str | None, expected: str, tmp_path: Path
) -> None:
    assert check_export(tmp_path / name, asked).name == expected


@pytest.mark.parametrize(
    ("name", "asked", "told"),
    [
        ("a.docx", None, r"accepted are a folder for tables, \.xlsx, \.graphml, .*\.timeline\.json"),
        ("a.json", None, "no format has this ending"),
        ("a.csv", None, "more tables than one; give a folder, with the format csv"),
        ("a.xlsx", "xls", "no format 'xls'; accepted are csv, jsonl"),
        ("there", "xlsx", "this is a folder"),
        ("file", None, "this is a file; give a folder"),
    ],
)
def test_what_cannot_be_written_is_told(name: str, asked: str | None, told: str, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=told):
        check_export(tmp_path / name, asked)


@pytest.mark.parametrize("chosen", FORMATS, ids=lambda one: one.name)
def test_a_library_that_is_missing_is_told_before_the_work(
    chosen: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in FORMATS:
        if one is chosen and one.library:
            for module in [name for name in sys.modules if name.split(".")[0] == one.library]:
                monkeypatch.setitem(sys.modules, module, None)
            monkeypatch.setitem(sys.modules, one.library, None)
            with pytest.raises(InputError, match=f"pip install {one.library}"):
                check_export(tmp_path / "a", one.name)


@pytest.mark.parametrize("change", [str, exported.hostile], ids=["plain", "hostile"])
@pytest.mark.parametrize("chosen", FORMATS, ids=lambda one: one.name)
def test_each_format_writes_what_it_says_and_the_same_again(chosen: object, change: object, tmp_path: Path) -> None:
    (one,) = [each for each in FORMATS if each is chosen]
    made = exported.coverage(change)  # type: ignore[arg-type]
    path = tmp_path / f"a{one.ending}"
    if change is exported.hostile and not one.ending:
        with pytest.raises(InputError, match="half of a surrogate pair"):
            export(made, path, one.name)
        assert not path.exists() or not list(path.iterdir())
        return
    written = export(made, path, one.name)
    files = one.files(made, path)
    assert [file for file, _ in written] == files
    assert all(held for _, held in written)
    before = [file.read_bytes() for file in files]
    assert any(before)
    assert sorted(path.parent.rglob("*.tmp")) == []
    if change is str:
        export(exported.coverage(), path, one.name)
        assert [file.read_bytes() for file in files] == before


def test_a_coverage_without_articles_goes_everywhere(tmp_path: Path) -> None:
    made = exported.coverage()
    empty = made.with_frames({name: frame.head(0) for name, frame in made.frames().items()})
    for one in FORMATS:
        assert export(empty, tmp_path / f"empty-{one.name}{one.ending}", one.name)


@pytest.mark.parametrize("ending", ["dna", "ics", "timeline.json"])
def test_what_a_file_cannot_hold_is_told_where_it_was_asked_for(
    ending: str, coverage: Coverage, tmp_path: Path
) -> None:
    rounds = coverage.rounds.assign(first=None, last=None)
    with pytest.warns(ToolkitWarning, match=rf"a.{ending}: ") as noted:
        coverage.with_frames({"rounds": rounds}).export(tmp_path / f"a.{ending}")
    line = sys._getframe().f_lineno - 1
    assert [(one.filename, one.lineno) for one in noted] == [(__file__, line)]


def test_a_fault_leaves_what_was_there(coverage: Coverage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = coverage.export(tmp_path / "a.dna")
    before = path.read_bytes()
    monkeypatch.setattr("toolkit.export._discourse._password", lambda _: None)
    with pytest.raises(Exception, match="CODERS"):
        coverage.export(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.dna"]


def test_a_kept_coverage_is_exported_from_a_shell(
    coverage: Coverage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept, page = coverage.save(tmp_path / "kept"), tmp_path / "a.ris"
    page.touch()
    assert main(["export", str(kept), "--out", str(page), "--out", str(tmp_path / "a.graphml")]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [f"{page}: 2 references", f"{tmp_path / 'a.graphml'}: 5 nodes, 4 edges"]
    assert said.err == f"note: {page} will be replaced\n"


def test_the_readme_has_the_formats_as_they_are_declared() -> None:
    table = re.findall(r"^\| `\..*$", README.partition("## Out again")[2].partition("\n## ")[0], re.MULTILINE)
    assert table == [f"| `{one.ending}` | {one.program} | {one.holds} |" for one in FORMATS if one.ending]


def test_help_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["export", "--help"])
    told = capsys.readouterr().out
    assert all(f"  {one.name} " in told and one.holds in told for one in FORMATS)
