"""Lists of the lexicon in force, handed out as plain values.

Every list has one home, a commented TOML file under ``toolkit/data``; no module keeps words of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.lexicon.lexicon import current, derived

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def load(name: str) -> Mapping[str, Any]:
    """Return the lists of one file in force, ``toolkit/data/<name>.toml`` where no others were given.

    Parameters
    ----------
    name : str
        File name without its ending, such as ``"cues"``.
    """
    return current()[name]


@derived
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


def alternatives(phrases: Iterable[str]) -> str:
    """Return a pattern for any of several phrases, the longest that fits; one that fits nothing where there is none."""
    return "|".join(map(re.escape, sorted(sorted(phrases), key=len, reverse=True))) or "(?!)"
