"""Whether the lowest versions that pyproject.toml allows hold: they are installed, and the quick tests run there.

    python tests/benchmarks/bounds.py --out DIR [TESTS ...]

An environment of its own is made in DIR, by uv (``pip install uv``), which takes minutes and the network. Where tests
fail, each requirement in turn is raised to its newest version and those tests run again: a bound that mends them is too
low. TESTS are files for pytest, by default all but those that need a browser or a build.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TOOLS = frozenset(["axe-playwright-python", "mypy", "pip", "playwright", "ruff", "setuptools"])
"""Of the extra ``test``: what checks the code or drives a browser."""
LEFT_OUT = ("browser", "test_wheel.py")
_FAILED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


def main() -> None:
    """Make the environment, run the tests, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder for the environment")
    parser.add_argument("tests", nargs="*", default=["tests"])
    given = parser.parse_args()
    python, lock = build(given.out)
    versions = dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
    failed = failures(python, given.tests)
    mends = {name: mended(python, lock, name, failed) for name in versions if failed and name in requirements()}
    print(f"{'requirement':32}{'lowest':14}verdict")
    for name, text in sorted(requirements().items()):
        verdict = "holds" if not failed else f"mends {mends[name]} of {len(failed)}" if mends[name] else "-"
        print(f"{text:32}{versions[name]:14}{verdict}")
    print(f"{len(failed)} tests failed")
    print(*failed, sep="\n")


def requirements() -> dict[str, str]:
    """Return the requirements to be tried, by name."""
    texts = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    named = {canonicalize_name(Requirement(text).name): text for text in texts}
    return {name: text for name, text in named.items() if name not in TOOLS}


def build(folder: Path) -> tuple[Path, Path]:
    """Make the environment; return its Python, and the file that names all versions in it."""
    folder.mkdir(parents=True, exist_ok=True)
    environment, lock, wanted = folder / "env", folder / "lock.txt", folder / "wanted.in"
    wanted.write_text("\n".join(requirements().values()), encoding="utf-8")
    uv("venv", "--quiet", "--clear", "--python", sys.executable, environment)
    python = environment / "bin" / "python"
    uv("pip", "compile", "--quiet", "--resolution", "lowest-direct", "--python", python, wanted, "-o", lock)
    with lock.open("a", encoding="utf-8") as lines:
        lines.write(f"-e {ROOT}\n")
    restore(python, lock)
    return python, lock


def restore(python: Path, lock: Path) -> None:
    """Have just the named versions in the environment."""
    uv("pip", "sync", "--quiet", "--python", python, lock)


def mended(python: Path, lock: Path, name: str, failed: list[str]) -> int:
    """Return how many of the failed tests pass with the newest version of one requirement."""
    uv("pip", "install", "--quiet", "--upgrade", "--python", python, name)
    left = failures(python, failed)
    restore(python, lock)
    return len(failed) - len(left)


def failures(python: Path, tests: list[str]) -> list[str]:
    """Return the names of the tests that fail."""
    left_out = [f"--ignore=tests/{name}" for name in LEFT_OUT]
    # What old versions of others deprecate among themselves is no fault of a bound.
    deprecations = ["-W", "default::DeprecationWarning", "-W", "default::PendingDeprecationWarning"]
    options = ["-q", "-rfE", "-p", "no:cacheprovider", *deprecations, *left_out]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [str(python), "-m", "pytest", *options, *tests]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode not in {0, 1}:
        sys.exit(f"The tests did not run:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return _FAILED.findall(ran.stdout)


def uv(*arguments: str | Path) -> None:
    """Run uv, or stop with what it says."""
    ran = subprocess.run(
        [sys.executable, "-m", "uv", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(f"uv {arguments[0]} {arguments[1]} failed:\n{ran.stderr}")


if __name__ == "__main__":
    main()
