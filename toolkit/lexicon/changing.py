"""Word lists with other entries: what a user gives, checked against the packaged lists as an example.

A path names a list: the file, then keys. In a list of tables (states, groups of cues) words that a table holds tell
which is meant: ``("cues", "group", "says", "clause", "verbs")``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

Path = tuple[str, ...]
Table = Mapping[str, Any]

FREE = frozenset(
    [
        ("cues", "irregular"),
        ("names", "same_word"),
        ("positions", "currencies"),
        ("positions", "denied"),
        ("positions", "multiples"),
        ("positions", "units"),
        ("states", "state", "seats"),
        ("talks", "cardinals"),
        ("talks", "modifiers"),
        ("talks", "ordinals"),
        ("talks", "relations"),
        ("talks", "rival_formats"),
        ("talks", "states_of_cities"),
        ("talks", "tracks"),
        ("times", "capitalised", "*"),
        ("times", "fragments"),
        ("times", "holidays"),
        ("times", "words", "*"),
    ]
)
"""Tables whose keys are entries, to be added and left out as in a list; the keys of all others are fixed."""

_SHOWN = 12


def laid_over(table: Table, given: Table, example: Table, name: str) -> Table:
    """Return the table of a file with the given lists, and tables of free entries, in place of those of their names.

    Raises
    ------
    InputError
        Where something given is not in the packaged file, the ``example``, or of another kind there.
    """
    _check(given, example, (name,))
    merged: Table = _merged(table, given, (name,))
    return merged


def extended(table: Table, example: Table, path: Path, add: Collection[str] | Table) -> Table:
    """Return the table of file ``path[0]`` with entries added to the list at ``path``.

    Raises
    ------
    InputError
        Where there is no such list, or an entry is of another kind than those in it.
    """

    def change(entries: Any) -> Any:
        if isinstance(add, str) or not isinstance(add, Collection) or isinstance(add, Mapping) != _is_table(entries):
            expected = "a mapping of entries" if _is_table(entries) else "a list of entries"
            raise InputError(f"{_told(path)}: found {_kind(add)} to add, expected {expected}")
        if isinstance(add, Mapping):
            return {**entries, **add}
        # A set has no order of its own, and a list keeps its order.
        given = sorted(add, key=str) if isinstance(add, set | frozenset) else add
        longer = list(entries)
        for entry in given:
            longer += [entry] if entry not in longer else []
        return longer

    changed: Table = _changed(table, path[1:], path[:1], change)
    _check(changed, example, path[:1])
    return changed


def without(table: Table, path: Path, drop: Collection[str]) -> Table:
    """Return the table of file ``path[0]`` with entries left out of the list at ``path``.

    Raises
    ------
    InputError
        Where there is no such list, or an entry is not in it.
    """
    left_out = [drop] if isinstance(drop, str) else list(drop)

    def change(entries: Any) -> Any:
        if not isinstance(entries, Collection) or isinstance(entries, str):
            raise InputError(f"{_told(path)} is no list, but {entries!r}; give another with replaced()")
        known = {_name(entry) for entry in entries}
        for entry in left_out:
            if entry not in known:
                raise InputError(f"{_told(path)}: {entry!r} is not in it; {nearest(entry, known)}")
        if isinstance(entries, Mapping):
            return {entry: value for entry, value in entries.items() if entry not in left_out}
        return [entry for entry in entries if _name(entry) not in left_out]

    changed: Table = _changed(table, path[1:], path[:1], change)
    return changed


def nearest(given: object, known: Iterable[str]) -> str:
    """Return a hint at the known names that come next to a given one."""
    known = sorted(known)
    near = get_close_matches(str(given), known, n=3, cutoff=0.6)
    if near:
        return f"the nearest: {', '.join(near)}"
    rest = len(known) - _SHOWN
    return f"known: {', '.join(known[:_SHOWN])}" + (f" and {rest:,} more" if rest > 0 else "")


def _merged(table: Any, given: Any, path: Path) -> Any:
    if not _is_table(given) or _is_free(path):
        return given
    return {**table, **{key: _merged(table[key], inner, (*path, key)) for key, inner in given.items()}}


def _changed(value: Any, keys: Path, path: Path, change: Callable[[Any], Any]) -> Any:
    """Return a value in which what stands at ``keys`` is changed; ``path`` leads to the value."""
    if not keys:
        if _is_table(value) and not _is_free(path):
            raise InputError(f"{_told(path)} holds lists: name one of them: {', '.join(value)}")
        return change(value)
    if _is_table(value):
        if keys[0] not in value:
            raise InputError(f"{_told(path)}: {keys[0]!r} is no list of it; {nearest(keys[0], value)}")
        return {**value, keys[0]: _changed(value[keys[0]], keys[1:], (*path, keys[0]), change)}
    if not (isinstance(value, list | tuple) and value and _is_table(value[0])):
        raise InputError(f"{_told(path)} is a list of words; {keys[0]!r} names nothing in it")
    return _changed_table(value, keys, path, change)


def _changed_table(tables: Iterable[Table], keys: Path, path: Path, change: Callable[[Any], Any]) -> list[Table]:
    """Return a list of tables in which the first that holds the words at the head of ``keys`` is changed."""
    tables = list(tables)
    examples = _examples(tables)
    held = list(takewhile(lambda key: key not in examples, keys))
    rest = keys[len(held) :]
    place = next((i for i, table in enumerate(tables) if all(word in table.values() for word in held)), None)
    if place is None or not rest:
        values = {value for table in tables for value in table.values() if isinstance(value, str)}
        wrong = next((word for word in held if word not in values), held[-1])
        hint = nearest(wrong, values) if wrong not in values else f"name one of its lists: {', '.join(examples)}"
        raise InputError(f"{_told(path)}: {' '.join(held)!r} tells no list; {hint}")
    # A list that this table lacks, though others have it, begins empty.
    table = {rest[0]: {} if _is_table(examples[rest[0]]) else (), **tables[place]}
    inner = _changed(table[rest[0]], rest[1:], (*path, rest[0]), change)
    return [*tables[:place], {**table, rest[0]: inner}, *tables[place + 1 :]]


def _check(given: Any, example: Any, path: Path) -> None:
    """Raise where a value is of another kind than its example, or has keys that the example lacks."""
    if _kind(given) != _kind(example):
        raise InputError(f"{_told(path)}: found {_kind(given)}, expected {_kind(example)}")
    if _is_table(example):
        _check_table(given, dict.fromkeys(given, _typical(example.values())) if _is_free(path) else example, path)
    elif isinstance(example, list | tuple):
        for entry in given:
            _check_entry(entry, example, path)


def _check_table(given: Table, examples: Table, path: Path) -> None:
    for key, value in given.items():
        if key not in examples:
            raise InputError(f"{_told(path)}: {key!r} is no list of it; {nearest(key, examples)}")
        _check(value, examples[key], (*path, str(key)))


def _check_entry(entry: Any, example: Any, path: Path) -> None:
    typical = _typical(example)
    if _kind(entry) != _kind(typical):
        raise InputError(f"{_told(path)}: found {_kind(entry)} in it, {entry!r}; expected {_kind(typical)}")
    if isinstance(entry, str) and not entry.strip(" "):
        raise InputError(f"{_told(path)}: an entry is empty; leave it out")
    if _is_table(entry):
        examples = _examples(example)
        _check_table(entry, examples, path)
        missing = [key for key in examples if key not in entry and all(key in table for table in example)]
        if missing:
            raise InputError(f"{_told(path)}: {_name(entry)!r} lacks {', '.join(missing)}")


def _examples(tables: Iterable[Table]) -> dict[str, Any]:
    """Return every key of the tables of a list with a value that one of them has there, not empty where one is not."""
    found: dict[str, Any] = {}
    for table in tables:
        found |= {key: value for key, value in table.items() if key not in found or not found[key]}
    return found


def _typical(values: Iterable[Any]) -> Any:
    """Return the first that is not empty, else the first; a word where there is none, for most lists hold words."""
    values = list(values)
    return next((value for value in values if value not in ((), {})), values[0] if values else "word")


def _is_free(path: Path) -> bool:
    return path in FREE or (*path[:-1], "*") in FREE


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping)


def _name(entry: Any) -> Any:
    return entry.get("name", next(iter(entry.values()), "")) if _is_table(entry) else entry


def _kind(value: Any) -> str:
    kinds = ((bool, "true or false"), (str, "text"), (int | float, "a number"), (Mapping, "a table"))
    found = next((kind for types, kind in kinds if isinstance(value, types)), None)
    return found or ("a list" if isinstance(value, list | tuple) else type(value).__name__)


def _told(path: Path) -> str:
    return " ".join((f"{path[0]}.toml:", *([".".join(path[1:])] if path[1:] else []))).removesuffix(":")
