"""The wheel holds all that the package needs, and works where it is installed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit.digests import SHA256

ROOT = Path(__file__).resolve().parents[1]
USE = """
import toolkit as tk
from importlib.metadata import entry_points
from pathlib import Path
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbconvert.exporters import get_exporter
import spacy

assert Path(tk.__file__).is_relative_to(Path("installed").resolve()), tk.__file__
coverage = tk.analyze([tk.Article("Talks on the fishing grounds resumed in Oslo. Ada Roe said nobody would leave.")])
assert coverage.quotations.speaker.tolist() == ["Ada Roe"], coverage.quotations
tk.share(coverage, "page.html")
cells = [new_markdown_cell("# Talks"), new_code_cell("1", outputs=[new_output("execute_result", {"text/plain": "1"})])]
exporter = get_exporter("toolkit")
assert "<h1" in exporter().from_notebook_node(new_notebook(cells=cells))[0]
nlp = spacy.blank("en")
for name in ("toolkit_sentences", "toolkit_parser", "toolkit_names"):
    nlp.add_pipe(name)
assert [name.text for name in nlp("Ada Roe left Oslo.").ents] == ["Ada Roe", "Oslo"]
(command,) = entry_points(group="console_scripts", name="toolkit")
command.load()(["--version"])
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    ran = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing that an earlier build left gets into it."""
    pytest.importorskip("setuptools", minversion="77")
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT / "toolkit", source / "toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    options = ("--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", *options, source, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_every_listed_file_and_no_others(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        for path, digest in SHA256.items():
            assert hashlib.sha256(archive.read(f"toolkit/{path}")).hexdigest() == digest, path
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "toolkit").rglob("*.py")}
    assert names == code | {f"toolkit/{path}" for path in SHA256} | {"toolkit/py.typed"}


def test_it_works_where_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    told = run(sys.executable, "-c", USE, cwd=tmp_path, PYTHONPATH=str(installed))
    assert told.splitlines()[-1].startswith("toolkit ")
    assert "Ada Roe" in (tmp_path / "page.html").read_text(encoding="utf-8")
