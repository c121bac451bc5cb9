"""The editable word lists under ``toolkit/data``: read once, handed out as plain values.

Every list has one home, a commented TOML file; no module keeps words of its own.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed word list ``toolkit/data/<name>.toml``.

    Parameters
    ----------
    name : str
        File name without its ending, such as ``"cues"``.

    Returns
    -------
    dict
        The file's tables. Treat it as read-only: it is shared by all callers.
    """
    return tomllib.loads((files("toolkit") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """Return one list of a word list file as a set, lower-cased.

    Parameters
    ----------
    name : str
        File name without its ending.
    *keys : str
        The path of table names down to the list.
    """
    value: Any = load(name)
    for key in keys:
        value = value[key]
    return frozenset(entry.lower() for entry in value)
