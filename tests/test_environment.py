from __future__ import annotations

import ast
import sys
import tomllib
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


def provided(names: set[str]) -> set[str]:
    """Return the distributions named and those that they name in turn as what they cannot do without."""
    found = set(names)
    for name in names:
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
    optional = {
        canonicalize_name(Requirement(text).name)
        for texts in PROJECT["optional-dependencies"].values()
        for text in texts
    }
    declared = provided({str(name) for name in bounds(PROJECT["dependencies"])})
    distributions = metadata.packages_distributions()
    for name in imported(path):
        sources = {canonicalize_name(source) for source in distributions.get(name, [name])}
        assert sources & (declared | optional), f"{path}: {name} is imported but in no list of dependencies"
