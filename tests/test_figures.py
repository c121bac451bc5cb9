"""Figures that the README and the cards state: each with its command, and of the weights that are packaged."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from toolkit.digests import SHA256

ROOT = Path(__file__).resolve().parents[1]
LISTED: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "figures.toml").read_text(encoding="utf-8"))["figure"]
IDS = [figure["of"] for figure in LISTED]
SHOWN = 12
"""Letters of a digest that are written down."""


@pytest.mark.parametrize("figure", LISTED, ids=IDS)
def test_stated_as_listed(figure: dict[str, Any]) -> None:
    text = (ROOT / figure["in"]).read_text(encoding="utf-8")
    assert [words for words in figure["says"] if words not in text] == []


@pytest.mark.parametrize("figure", LISTED, ids=IDS)
def test_measured_by_a_command_that_is_there(figure: dict[str, Any]) -> None:
    assert re.sub(r" --.*", "", figure["command"]) in (ROOT / figure["in"]).read_text(encoding="utf-8")
    script, module = (re.search(f"{word} (\\S+)", figure["command"]) for word in ("python", "-m"))
    assert script is not None
    path = f"{module[1].replace('.', '/')}.py" if module else script[1]
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("figure", LISTED, ids=IDS)
def test_of_the_packaged_weights(figure: dict[str, Any]) -> None:
    changed = {
        name: SHA256[f"model/{name}/model.onnx"][:SHOWN]
        for name, digest in figure["weights"].items()
        if not SHA256[f"model/{name}/model.onnx"].startswith(digest)
    }
    assert changed == {}, f"other weights since: run {figure['command']}, set its figures and these digests"


def test_no_row_of_ours_stands_without_its_command() -> None:
    rows = [
        line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if "**this toolkit**" in line
    ]
    listed = [words for figure in LISTED if figure["in"] == "README.md" for words in figure["says"]]
    assert [row for row in rows if not any(words in row for words in listed)] == []
