from __future__ import annotations

import ast
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

MODULES = sorted((ROOT / "toolkit").rglob("*.py"))


def bounds(specifications: list[str]) -> dict[str, str]:
    requirements = [Requirement(text) for text in specifications]
    return {canonicalize_name(item.name): str(item.specifier) for item in requirements}


def imported(path: Path) -> set[str]:
    """Return the top-level names of the modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.split(".")[0])
    return names - sys.stdlib_module_names - {"__future__", "toolkit"}


@cache
def distributions() -> dict[str, set[str]]:
    """Return what is installed here by the top-level names it brings; to find out is slow."""
    return {
        name: {canonicalize_name(source) for source in sources}
        for name, sources in metadata.packages_distributions().items()
    }


@cache
def provided() -> set[str]:
    """Return all that the project names, and what its dependencies name in turn as what they cannot do without."""
    needed = {str(name) for name in bounds(PROJECT["dependencies"])}
    found = needed | {str(name) for texts in PROJECT["optional-dependencies"].values() for name in bounds(texts)}
    for name in needed:
        requirements = [Requirement(text) for text in metadata.requires(name) or []]
        found |= {canonicalize_name(item.name) for item in requirements if "extra" not in str(item.marker)}
    return found


def test_environment_has_the_dependencies_and_bounds_of_the_project() -> None:
    conda = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
    expected = bounds([*PROJECT["dependencies"], f"python{PROJECT['requires-python']}"]) | {"pip": ""}
    assert bounds(conda) == expected


def test_environment_installs_the_toolkit_itself_from_here() -> None:
    assert ENVIRONMENT["name"] == PROJECT["name"]
    assert {"pip": ["--editable ."]} in ENVIRONMENT["dependencies"]
    assert ENVIRONMENT["channels"] == ["conda-forge"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_import_is_covered_by_the_dependencies(path: Path) -> None:
    for name in imported(path):
        sources = distributions().get(name, {canonicalize_name(name)})
        assert sources & provided(), f"{path}: {name} is imported but in no list of dependencies"
