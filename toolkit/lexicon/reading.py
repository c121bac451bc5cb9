"""Word lists of a user's own, from a folder of TOML files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.lexicon.changing import nearest
from toolkit.lexicon.lexicon import NAMES, Lexicon, packaged

if TYPE_CHECKING:
    import os


def words(folder: str | os.PathLike[str] | None = None) -> Lexicon:
    """Return the word lists by which articles are read: the packaged ones, or with those of a folder laid over them.

    A file of the folder, such as ``grammar.toml``, has the form of the packaged file of its name, but needs only what
    is to be other. Each list that it gives takes the place of the packaged list of that name, whole; so does a table
    of free entries, such as irregular forms or ordinals. Lists and files that are not given stay as packaged. To add
    to a list, see :meth:`~toolkit.lexicon.lexicon.Lexicon.extended`.

    Parameters
    ----------
    folder : str or path, optional
        Holds one or more TOML files named as those in ``toolkit/data``. Other kinds of files in it are passed over.

    Raises
    ------
    InputError
        Where there is no such folder, it holds no word lists, or a file or list is unknown, cut, or of a wrong kind.

    Examples
    --------
    >>> import toolkit as tk
    >>> "ministry" in tk.words()["grammar"]["institutions"]
    True
    """
    lexicon = packaged()
    if folder is None:
        return lexicon
    paths = sorted(Path(folder).glob("*.toml"))
    if not paths:
        lacks = "holds no TOML files" if Path(folder).is_dir() else "is no folder"
        raise InputError(f"{folder} {lacks}; give one with files named like those of toolkit/data: {', '.join(NAMES)}")
    for path in paths:
        if path.stem not in NAMES:
            raise InputError(f"{path}: {path.stem!r} is no word list; {nearest(path.stem, NAMES)}")
        try:
            lexicon = lexicon.replaced(path.stem, _read(path))
        except InputError as error:
            raise InputError(f"{path.parent}: {error}" if path.name in str(error) else f"{path}: {error}") from None
    return lexicon


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path.name}: line {line} is not in UTF-8; save the file in that encoding") from None
    except tomllib.TOMLDecodeError as error:
        told = str(error).replace("at end of document", f"at its end, line {text.count(chr(10)) + 1}")
        raise InputError(f"{path.name} is no TOML, or was cut: {told}") from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror or error}") from None
