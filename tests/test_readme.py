from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

SHELL = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
PYTHON = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)

VENV = "python3 -m venv .venv && . .venv/bin/activate"


@pytest.mark.parametrize(
    ("block", "rest"),
    [
        (0, "pip install -e . && toolkit render notebooks/*.ipynb --out rendered"),
        (1, 'pip install -e ".[test]" && pytest -n 2'),
    ],
    ids=["main job", "tests"],
)
def test_one_line_sets_everything_up_and_does_it(block: int, rest: str) -> None:
    assert SHELL[block] == f"{VENV} && {rest}\n"


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
