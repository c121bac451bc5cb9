"""The files of the package that are no code: listed as they are, and told where they are not as listed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

import toolkit as tk
from toolkit import packaged
from toolkit.digests import SHA256
from toolkit.lexicon import lexicon
from toolkit.model._onnx import read_settings
from toolkit.model.parser import FOLDER, LEMMAS, MODEL, RELATIONS, Parser
from toolkit.model.word_pieces import TOKENIZER, load_tokenizer
from toolkit.packaged import differing, main, present, read, read_list
from toolkit.render.page import PageExporter


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The package's word lists and model settings in a folder that takes its place, to be changed."""
    for path in SHA256:
        if Path(path).suffix in {".toml", ".json", ".cfg", ".css", ".j2"} and "train" not in path:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(packaged.FOLDER / path, tmp_path / path)
    monkeypatch.setattr(packaged, "FOLDER", tmp_path)
    return tmp_path


def test_the_list_is_that_of_the_files() -> None:
    assert differing(present()) == [], "list them anew: python -m toolkit.packaged --write"
    assert {path.split("/", 1)[0] for path in SHA256} == {"data", "model", "templates"}


def test_the_list_is_written_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "LIST", tmp_path / "digests.py")
    assert main(["--write"]) == 0
    assert (tmp_path / "digests.py").read_bytes() == (packaged.FOLDER / "digests.py").read_bytes()


def test_what_differs_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    monkeypatch.setitem(SHA256, "data/cues.toml", "0" * 64)
    monkeypatch.setitem(SHA256, "data/gone.toml", "0" * 64)
    monkeypatch.delitem(SHA256, "data/names.toml")
    assert main([]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told == ["data/cues.toml: changed", "data/gone.toml: missing", "data/names.toml: not listed"]


@pytest.mark.parametrize("path", [path for path in SHA256 if path.endswith((".json", ".cfg", ".css", ".j2"))])
def test_a_file_that_is_not_as_packaged_is_refused(copy: Path, path: str) -> None:
    assert read(copy / path)
    content = (copy / path).read_bytes()
    for changed in (content[:-1], content.replace(b"e", b"a", 1), b""):
        (copy / path).write_bytes(changed)
        with pytest.raises(tk.PipelineError, match=r"not the packaged file; install the package again") as caught:
            read(copy / path)
        assert str(copy / path) in str(caught.value)
    (copy / path).unlink()
    with pytest.raises(tk.PipelineError, match="0 bytes"):
        read(copy / path)


def test_swapped_word_pieces_are_refused(copy: Path) -> None:
    path = copy / TOKENIZER.relative_to(FOLDER.parent.parent)
    found = json.loads(path.read_bytes())
    pieces = found["model"]["vocab"]
    pieces["terrible"], pieces["wonderful"] = pieces["wonderful"], pieces["terrible"]
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(tk.PipelineError, match=r"tokenizer\.json"):
        load_tokenizer(path)


def test_a_page_is_not_made_with_another_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SHA256, "templates/page/index.html.j2", "0" * 64)
    with pytest.raises(tk.PipelineError, match=r"index\.html\.j2"):
        PageExporter()  # type: ignore[no-untyped-call]


def test_an_edited_word_list_is_used_and_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "FOLDER", copy / "data")
    before = tk.words()
    path = copy / "data" / "targets.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"someone"', '"anyone"'), encoding="utf-8")
    with pytest.warns(tk.ToolkitWarning, match=r"targets.toml is not as packaged.*toolkit.words\("):
        edited = tk.words()
    assert edited["targets"]["stand_in"] == "anyone"
    assert edited.digest != before.digest
    # Told once: no warning, which would be an error here.
    assert tk.words() is edited


@pytest.mark.parametrize("content", [b'stand_in = "some', b'stand_in = "caf\xe9"'])
def test_a_damaged_word_list_is_refused(copy: Path, content: bytes) -> None:
    (copy / "data" / "targets.toml").write_bytes(content)
    with pytest.raises(tk.PipelineError, match=r"targets.toml: the packaged word list cannot be read.*install"):
        read_list(copy / "data" / "targets.toml")


def test_weights_of_ones_own_are_read_and_their_damage_is_told(tmp_path: Path) -> None:
    folder, vocab = tmp_path / "own", spacy.blank("en").vocab
    shutil.copytree(FOLDER, folder)
    settings = json.loads((folder / "config.json").read_bytes()) | {"version": "9"}
    (folder / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    assert Parser(vocab, folder).labels
    for name in (MODEL, RELATIONS, LEMMAS):
        assert settings["sha256"][name] == SHA256[f"model/parsing/{name}"]
    (folder / LEMMAS).write_text("{}", encoding="utf-8")
    with pytest.raises(tk.PipelineError, match=r"lemmas\.json"):
        Parser(vocab, folder)
    (folder / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(tk.PipelineError, match=r"config\.json: damaged"):
        read_settings(folder)


def test_command_line_help_reads_no_file() -> None:
    code = (
        "import toolkit.packaged as packaged, toolkit.cli as cli\n"
        "def refused(*_): raise AssertionError\n"
        "packaged.read = packaged.read_list = refused\n"
        "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_missing_word_list_is_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "FOLDER", copy / "data")
    (copy / "data" / "targets.toml").unlink()
    with pytest.raises(tk.PipelineError, match=r"targets\.toml: the packaged word list cannot be read"):
        tk.words()
