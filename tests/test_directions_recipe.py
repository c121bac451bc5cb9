from __future__ import annotations

import io
import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from toolkit.errors import InputError
from toolkit.model.train import directions
from toolkit.model.train.timeml import parse_timeml, read_timeml

if TYPE_CHECKING:
    from pathlib import Path

# Wednesday, 18 February 2026.
TIMEML = """<TimeML><DCT><TIMEX3 tid="t0" value="2026-02-18" functionInDocument="CREATION_TIME">18 Feb</TIMEX3></DCT>
<TEXT>The <EVENT>vote</EVENT> &amp; count {verb}, adds the clerk, <TIMEX3 value="{day}">on Monday</TIMEX3> here.</TEXT>
</TimeML>"""
AHEAD = TIMEML.format(verb="of all", day="2026-02-23")
BEHIND = TIMEML.format(verb="was fair", day="2026-02-16")


def test_offsets_of_timeml_slice_to_what_it_marks() -> None:
    timed = parse_timeml("a", BEHIND.encode())
    assert timed.created.isoformat() == "2026-02-18"
    assert timed.text == "The vote & count was fair, adds the clerk, on Monday here."
    assert {timed.text[start:end]: value for (start, end), value in timed.values.items()} == {"on Monday": "2026-02-16"}


def test_timeml_without_its_day_of_creation_is_told() -> None:
    with pytest.raises(InputError, match="CREATION_TIME"):
        parse_timeml("a", b"<TimeML><TEXT>Monday</TEXT></TimeML>")


def test_a_missing_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="timex/"):
        list(read_timeml(tmp_path / "timebank.tar.gz"))


def test_the_recipe_learns_what_the_files_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for corpus in directions.CORPORA:
        texts = {f"{corpus}{at}": AHEAD if at % 2 else BEHIND for at in range(2 * directions.LEAST)}
        _archive(tmp_path / "timex" / f"{corpus}.tar.gz", texts)
    gold = tmp_path / "gold"
    _reading(gold, "a", "The clerk spoke of a count, of all things, Friday.", "2026-02-20/2026-02-21")
    assert directions.main([str(tmp_path), "--coverage", str(gold), "--out", str(tmp_path / "out")]) == 0
    weights = json.loads((tmp_path / "out" / "directions" / "weights.json").read_text(encoding="utf-8"))
    assert weights["verb before, past, by"] < 0 < weights["verb before, none"]
    assert "coverage" in capsys.readouterr().out


def test_nothing_to_learn_from_is_told() -> None:
    with pytest.raises(InputError, match="no labelled direction"):
        directions.fit([])


def _archive(path: Path, texts: dict[str, str]) -> None:
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for name, text in texts.items():
            member = tarfile.TarInfo(f"corpus/{name}.tml")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))


def _reading(gold: Path, name: str, text: str, date: str) -> None:
    (gold / "texts").mkdir(parents=True)
    (gold / "train").mkdir()
    article = {"text": text, "published": "2026-02-18", "sentences": [[0, len(text)]]}
    events = [{"date": date, "evidence": [{"sentence": [0, len(text)], "span": [0, 3]}]}]
    (gold / "texts" / f"{name}.json").write_text(json.dumps(article), encoding="utf-8")
    (gold / "train" / f"{name}.json").write_text(json.dumps({"events": events}), encoding="utf-8")
