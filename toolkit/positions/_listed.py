"""Issues of a user's own: a list that positions are put in order by, and the list of those that were found.

The list that `issues` returns can be written, changed by hand and given back: an issue gets another name, two get one
name or one holds the other's among its words, and one is split by words that only some of its propositions have.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.display import is_missing, require, rows
from toolkit.errors import InputError
from toolkit.frames import DECLARED, unguarded, value_of
from toolkit.positions._issues import NEAR
from toolkit.positions._words import stems, vector_of, weights_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import pandas as pd

    from toolkit.coverage import Coverage
    from toolkit.display import Row
    from toolkit.positions._words import Vector

    Listed = str | Path | pd.DataFrame | Iterable[Mapping[str, Any]]
    """A list of issues: a file, a frame, or dicts."""

BY_HAND = frozenset(["corrected", "added"])
_COLUMNS = ("issue", "words", "poles")


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of a list: its name, its words as stems between spaces, and the middle of what they mean."""

    name: str
    words: tuple[str, ...]
    middle: Vector


def issues(positions: pd.DataFrame) -> pd.DataFrame:
    """Return the issues that positions are on, those with the most first.

    Parameters
    ----------
    positions : pandas.DataFrame
        The ``positions`` frame of a coverage.

    Returns
    -------
    pandas.DataFrame
        ``issue``, ``words`` (the name alone), ``poles`` (none) and counts: a list to change and give to
        :func:`by_issues`.
    """
    require(positions, ("issue", "actor"), "positions")
    found = positions[positions["issue"].notna()].groupby("issue", sort=True)
    told = [
        {"issue": name, "words": [name], "poles": [], "n_positions": len(of), "n_actors": of["actor"].nunique()}
        for name, of in found
    ]
    return DECLARED["issues"].frame(sorted(told, key=lambda row: (-row["n_positions"], row["issue"])))


def by_issues(coverage: Coverage, given: Listed) -> Coverage:
    """Return a coverage whose positions are on the issues of a list, where they are on one of them.

    A position is on the issue of which its proposition has the most words; names of issues found do not count for
    this. Else it is on that which lists the issue it was found on, else on that which has words of it all the same or
    means what it says. On none, it keeps the issue that was found.

    Parameters
    ----------
    coverage : Coverage
    given : str, Path, pandas.DataFrame, or iterable of mappings
        A list of ``issue``, ``words`` and ``poles``: a csv, in which words are divided by semicolons, a TOML file of
        ``[[issue]]`` tables, or the same in memory.

    Raises
    ------
    InputError
        If the list cannot be read, lacks an issue's name, or has a column of another name.
    """
    listed = read_issues(given)
    names = {_key(name) for name in coverage.positions["issue"].dropna().unique()}
    found = [_on(row, listed, names) for row in rows(coverage.positions)]
    frame = coverage.positions.assign(**_columns(found))
    return coverage.with_frames({"positions": frame})


def _columns(found: Iterable[tuple[str | None, str | None]]) -> dict[str, Any]:
    import pandas as pd

    told = pd.DataFrame(found, columns=["issue", "issue_basis"], dtype=object)
    return {str(name): told[name].to_numpy() for name in told}


def read_issues(given: Listed) -> list[Issue]:
    """Return the issues of a list, those of one name as one, in its order."""
    words: dict[str, list[str]] = {}
    for number, row in enumerate(_rows(given), start=1):
        where = f"{given if isinstance(given, str | Path) else 'issues'}, issue {number}"
        if unknown := [name for name in row if name not in DECLARED["issues"].names]:
            raise InputError(f"{where}: no column {unknown[0]!r}; a list has {', '.join(_COLUMNS)}")
        if is_missing(row.get("issue")) or not str(row["issue"]).strip():
            raise InputError(f"{where}: it has no name; give one in the column issue")
        words.setdefault(str(row["issue"]).strip(), []).extend(_words(row.get("words"), where))
    return [_issue(name, listed) for name, listed in words.items()]


def _issue(name: str, listed: Sequence[str]) -> Issue:
    told = dict.fromkeys([name, *listed])
    middle = vector_of(weights_of(" ".join(told).lower()))
    return Issue(name, tuple(_key(one) for one in told if stems(one)), middle)


def _rows(given: Listed) -> list[Mapping[str, Any]]:
    if isinstance(given, str | Path):
        return _of_file(Path(given))
    import pandas as pd

    return [*(rows(given) if isinstance(given, pd.DataFrame) else given)]


def _of_file(path: Path) -> list[Mapping[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".toml":
            return list(tomllib.loads(text).get("issue", []))
        told = csv.DictReader(text.splitlines(), strict=True)
        return [{name: unguarded(cell or "") for name, cell in row.items() if name} for row in told]
    except OSError as fault:
        raise InputError(f"{path} cannot be read: {fault.strerror or fault}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as fault:
        raise InputError(f"{path} is no csv or TOML in UTF-8 ({fault}); save it as one") from None


def _words(value: Any, where: str) -> list[str]:
    if isinstance(value, str):
        return list(value_of(value, DECLARED["issues"].column("words"), where) or ())
    return [] if is_missing(value) else [str(each) for each in value]


def _key(text: str) -> str:
    """Return the words of a text that tell something, as they stand in a longer text."""
    return f" {' '.join(stems(text))} "


def _on(row: Row, listed: Sequence[Issue], names: Collection[str]) -> tuple[str | None, str | None]:
    """Return the issue of a position and its basis."""
    if row["origin"] in BY_HAND and row["issue_basis"] == "given":
        return row["issue"], row["issue_basis"]
    found, told = _key(row["issue"] or ""), _key(row["proposition"] or row["text"])
    on = (
        _most(listed, lambda one: _held(one, told, but=names))
        or _most(listed, lambda one: found in one.words)
        or _most(listed, lambda one: _held(one, told))
        or _most(listed, lambda one: _near(one, told))
    )
    return (on.name, "given") if on else (row["issue"], row["issue_basis"])


def _most(listed: Sequence[Issue], worth: Callable[[Issue], float]) -> Issue | None:
    """Return the first of the issues of most worth, None where none has any."""
    best = max(listed, key=worth, default=None)
    return best if best and worth(best) else None


def _held(issue: Issue, told: str, but: Collection[str] = ()) -> int:
    return sum(len(words.split()) for words in issue.words if words in told and words not in but)


def _near(issue: Issue, told: str) -> float:
    near = float(vector_of(weights_of(told)) @ issue.middle)
    return near if near >= NEAR else 0.0
