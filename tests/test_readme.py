from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

SHELL = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)

VENV = "python3 -m venv .venv && . .venv/bin/activate"


def test_the_first_block_installs_and_renders_the_notebooks() -> None:
    lines = SHELL[0].splitlines()
    assert lines[:2] == [VENV, "pip install -e ."]
    assert lines[2].startswith("toolkit render notebooks/*.ipynb --out rendered")


def test_the_second_block_installs_and_tests() -> None:
    assert SHELL[1].splitlines() == [VENV, 'pip install -e ".[test]"', "pytest"]


@pytest.mark.parametrize("example", PYTHON)
def test_python_examples_run(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("seeds", "notebooks"):
        if (ROOT / folder).is_dir():
            (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own example


def test_links_within_the_project_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README)
    targets += re.findall(r"`((?:notebooks|seeds|tests|toolkit)/[\w./-]+)`", README)
    assert [target for target in targets if not (ROOT / target).exists()] == []
