"""The files of the package that are no code: all are read through here, so that one that was changed is told.

``digests.py`` lists them. ``python -m toolkit.packaged`` names those that differ from it, ``--write`` lists them anew.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.digests import SHA256
from toolkit.errors import PipelineError, ToolkitWarning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = Path(__file__).resolve().parent
LIST = FOLDER / "digests.py"
_CODE = frozenset([".py", ".pyc", ".typed"])
_AGAIN = "install the package again (or list your change: python -m toolkit.packaged --write)"
_HEAD = '''"""SHA-256 of each file of the package that is no code; written by ``python -m toolkit.packaged --write``."""

SHA256 = {
'''


def read(path: Path, sha256: str | None = None) -> bytes:
    """Return the content of a file: of the package, or of weights that a recipe wrote elsewhere.

    Parameters
    ----------
    path : Path
    sha256 : str, optional
        Digest that the settings beside the file give. A file of the package must have the listed one too.

    Raises
    ------
    PipelineError
        Where the file is missing or has not the digest that it must have.
    """
    content = path.read_bytes() if path.is_file() else b""
    listed = SHA256.get(_key(path))
    if (listed or sha256) and {hashlib.sha256(content).hexdigest()} != {listed, sha256} - {None}:
        raise PipelineError(f"{path}: {len(content):,} bytes that are not the packaged file; {_AGAIN}")
    return content


def read_text(path: Path) -> str:
    """Return the content of a text file of the package; as :func:`read`."""
    return read(path).decode("utf-8")


def read_list(path: Path) -> dict[str, Any]:
    """Return a word list of the package; one that was edited is used, and told.

    Raises
    ------
    PipelineError
        Where the file is missing or damaged.
    """
    try:
        content = path.read_bytes()
        table = tomllib.loads(content.decode("utf-8"))
    except (OSError, ValueError) as error:
        raise PipelineError(f"{path}: the packaged word list cannot be read: {error}; {_AGAIN}") from None
    listed = SHA256.get(_key(path))
    if listed not in {None, hashlib.sha256(content).hexdigest()}:
        warnings.warn(
            f"{path} is not as packaged; what it holds is used. Lists of your own stand better in a folder of yours, "
            'read by toolkit.words("folder"): they outlast the next installation',
            ToolkitWarning,
            stacklevel=2,
        )
    return table


def present() -> dict[str, str]:
    """Return the digest of each file of the package that is no code, by its path from the package's folder."""
    paths = [path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in _CODE]
    shown = [path for path in paths if not any(part.startswith(".") for part in path.relative_to(FOLDER).parts)]
    return {_key(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(shown)}


def differing(found: Mapping[str, str]) -> list[str]:
    """Return what differs from the list, a line a file: changed, missing or not listed."""
    kinds = {
        "missing": SHA256.keys() - found.keys(),
        "not listed": found.keys() - SHA256.keys(),
        "changed": {path for path in found.keys() & SHA256.keys() if found[path] != SHA256[path]},
    }
    return sorted(f"{path}: {kind}" for kind, paths in kinds.items() for path in paths)


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell what differs from the list, 1 where something does; or write the list."""
    parser = argparse.ArgumentParser(prog="python -m toolkit.packaged", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="list the files as they are")
    found = present()
    if parser.parse_args(arguments).write:
        lines = "".join(f'    "{path}": "{digest}",\n' for path, digest in found.items())
        LIST.write_text(f"{_HEAD}{lines}}}\n", encoding="utf-8")
        return 0
    told = differing(found)
    sys.stdout.writelines(f"{line}\n" for line in told)
    return 1 if told else 0


def _key(path: Path) -> str:
    """Return a file's path from the package's folder; elsewhere one that no list has."""
    whole = path.resolve()
    return whole.relative_to(FOLDER).as_posix() if whole.is_relative_to(FOLDER) else str(whole)


if __name__ == "__main__":
    raise SystemExit(main())
