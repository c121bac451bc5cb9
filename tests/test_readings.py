"""The project's own readings: labels without texts, and the gold that they widen."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from toolkit.errors import InputError
from toolkit.model.train import readings

if TYPE_CHECKING:
    from pathlib import Path

NEWS = ["Ada Berg said the ferry would sail.", "Talks failed in Oslo.", "Pia Reis praised Kenya."]


def _labels(line: int) -> dict[str, Any]:
    return {
        "id": f"u{line}",
        "line": line,
        "part": "train" if line else "apart",
        "actors": [{"name": "Ada Berg", "kind": "person", "side": None, "role": None, "forms": ["Ada Berg"]}],
        "statements": [{"content": [[14, 34]], "cue": [[9, 13]], "source": [[0, 8]], "speaker": ["Ada Berg"]}],
        "opinions": [],
        "events": [],
        "positions": [],
    }


def _folders(folder: Path) -> tuple[Path, Path]:
    data, gold = folder / "data", folder / "gold"
    (data / "unlabelled").mkdir(parents=True)
    lines = (
        json.dumps({"title": f"No. {number}", "outlet": "A", "date": date, "text": text})
        for number, (date, text) in enumerate(zip(("2020-01-02", "", "1/2/20"), NEWS, strict=True))
    )
    (data / readings.NEWS).write_bytes(gzip.compress("\n".join(lines).encode()))
    for name in ("texts", "train", "dev"):
        (gold / "coverage" / name).mkdir(parents=True)
        (gold / "coverage" / name / "g1.json").write_text("{}", encoding="utf-8")
    (gold / "opinions").mkdir()
    (gold / "opinions" / "train.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))
    return data, gold


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "readings.jsonl.gz"
    readings.write_readings([_labels(2), _labels(0)], dict(enumerate(NEWS)), path)
    monkeypatch.setattr(readings.read_readings, "__defaults__", (path,))
    return path


def test_what_is_written_is_read_again_by_line_and_always_the_same_file(own: Path) -> None:
    assert [row["line"] for row in readings.read_readings()] == [0, 2]
    before = own.read_bytes()
    readings.write_readings([_labels(0), _labels(2)], dict(enumerate(NEWS)), own)
    assert own.read_bytes() == before


def test_the_gold_is_widened_by_articles_to_learn_from_alone(tmp_path: Path, own: Path) -> None:
    data, gold = _folders(tmp_path)
    out = tmp_path / "out"
    assert readings.main([str(data), str(gold), "--out", str(out)]) == 0
    assert sorted(path.name for path in (out / "coverage" / "train").iterdir()) == ["g1.json", "u2.json"]
    assert [path.name for path in (out / "coverage" / "apart").iterdir()] == ["u0.json"]
    assert [path.name for path in (out / "coverage" / "dev").iterdir()] == ["g1.json"]
    for line in (0, 2):
        text = json.loads((out / "coverage" / "texts" / f"u{line}.json").read_text(encoding="utf-8"))
        assert (text["text"], text["published"], text["title"]) == (NEWS[line], "2020-01-02", f"No. {line}")
    assert (out / "opinions" / "train.jsonl.gz").is_file()
    # Once more over what is there: nothing is left of the run before.
    (out / "coverage" / "train" / "old.json").write_text("{}", encoding="utf-8")
    assert readings.widen(data, gold, out, whole=True) == 2
    assert not (out / "coverage" / "apart").exists()
    assert not (out / "coverage" / "train" / "old.json").exists()


def test_labels_are_never_put_on_another_text(tmp_path: Path, own: Path) -> None:
    data, gold = _folders(tmp_path)
    rows = gzip.decompress((data / readings.NEWS).read_bytes()).replace(b"ferry", b"train")
    (data / readings.NEWS).write_bytes(gzip.compress(rows))
    with pytest.raises(InputError, match="line 0 is not the article that u0 labels"):
        readings.widen(data, gold, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_news_that_end_too_early_are_told(tmp_path: Path, own: Path) -> None:
    data, gold = _folders(tmp_path)
    first = gzip.decompress((data / readings.NEWS).read_bytes()).splitlines()[0]
    (data / readings.NEWS).write_bytes(gzip.compress(first))
    with pytest.raises(InputError, match="1 labelled articles lie behind its last line"):
        readings.widen(data, gold, tmp_path / "out")


def test_a_missing_folder_is_named(tmp_path: Path, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        readings.main([str(tmp_path), str(tmp_path / "no"), "--out", str(tmp_path / "out")])
    assert stopped.value.code == 2
    assert "GOLD is the folder that holds coverage/ and opinions/" in capsys.readouterr().err


def test_the_packaged_readings_hold_labels_and_no_text() -> None:
    rows = readings.read_readings()
    assert len(rows) > 100
    for row in rows:
        assert set(row) == {"id", "part", "line", "sha256", "actors", "statements", "opinions", "events", "positions"}
        names = {actor["name"] for actor in row["actors"]}
        for one in row["statements"]:
            assert set(one["speaker"]) <= names
            assert all(start < end for start, end in one["content"])
        for one in row["opinions"]:
            assert {one["holder"], one["target"]} <= names | {"OUTLET"}
        for one in row["positions"]:
            assert one["actor"] is None or one["actor"] in names
        words = [value for layer in ("events", "positions") for one in row[layer] for value in _strings(one)]
        words += [value for actor in row["actors"] for value in _strings(actor)]
        assert max(map(len, words), default=0) < 160


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]
