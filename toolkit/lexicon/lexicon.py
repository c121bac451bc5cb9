"""The word lists in force: an immutable value, and what is derived from it.

Whatever reads word lists reads those in force, the packaged ones unless :func:`using` says otherwise. What is computed
from them (sets, patterns) is kept on the lexicon it was computed from, by :func:`derived`: another lexicon never sees
it, and going back finds it again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from toolkit.errors import InputError
from toolkit.lexicon import changing
from toolkit.packaged import FOLDER as PACKAGE
from toolkit.packaged import read_list

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

P = ParamSpec("P")
R = TypeVar("R")
Table = Mapping[str, Any]

FOLDER = PACKAGE / "data"
NAMES = (
    "abbreviations",
    "cues",
    "grammar",
    "judgements",
    "names",
    "positions",
    "reading",
    "states",
    "talks",
    "targets",
    "times",
)
"""The files of a lexicon, without their ending."""


class Lexicon:
    """All word lists, by file and name; from :func:`toolkit.words`. Methods return a changed copy.

    ``lexicon["grammar"]["institutions"]`` are the entries of one list. Two lexica are equal where their content is,
    whatever the layout of the files or the order of the keys in them.

    Examples
    --------
    >>> import toolkit as tk
    >>> lexicon = tk.words().extended("grammar", "institutions", add=["secretariat"])
    >>> lexicon.changed
    ('grammar',)
    >>> lexicon.without("grammar", "institutions", drop=["secretariat"]) == tk.words()
    True
    """

    __slots__ = ("_digest", "_tables", "results")

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables: Mapping[str, Table] = _frozen(tables)
        self._digest: str | None = None
        self.results = _Results()

    def __getitem__(self, name: str) -> Table:
        """Return the lists of a file."""
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the files."""
        return iter(self._tables)

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        if self._digest is None:
            self._digest = _digest(self._tables)
        return self._digest

    @property
    def changed(self) -> tuple[str, ...]:
        """The files whose lists are not those of the package."""
        own = packaged()
        return tuple(name for name in self if self[name] != own[name])

    def extended(self, name: str, *keys: str, add: Collection[str] | Table) -> Lexicon:
        """Return a lexicon with entries added to a list.

        Parameters
        ----------
        name : str
            File, without its ending: ``"grammar"``.
        *keys : str
            The list in it: ``"institutions"``. In a list of tables (states, groups of cues), words that the table
            holds tell which: ``"state", "Kenya", "aliases"``; ``"group", "says", "clause", "verbs"``.
        add : collection of str, or mapping
            Entries; those that are there already are passed over. For a table of entries a mapping, for a list of
            tables a collection of them.

        Raises
        ------
        InputError
            Where there is no such list, or an entry is of another kind than those in it.
        """
        return self._with(name, changing.extended(self._file(name), packaged()[name], (name, *keys), add))

    def without(self, name: str, *keys: str, drop: Collection[str]) -> Lexicon:
        """Return a lexicon with entries left out of a list; tables in a list are named by their ``name``.

        Parameters
        ----------
        name, *keys : str
            As for :meth:`extended`.
        drop : collection of str
            Entries as they stand.

        Raises
        ------
        InputError
            Where there is no such list, or an entry is not in it.
        """
        return self._with(name, changing.without(self._file(name), (name, *keys), drop))

    def replaced(self, name: str, table: Table) -> Lexicon:
        """Return a lexicon in which lists of one file are others.

        Each list in ``table`` takes the place of the list of that name, whole; so does a table of free entries, such
        as irregular forms or ordinals. Lists that ``table`` does not name stay as they are.

        Parameters
        ----------
        name : str
            File, without its ending.
        table : mapping
            As the file's TOML gives it.

        Raises
        ------
        InputError
            Where the file or a list is unknown, or of another kind than the packaged one.
        """
        return self._with(name, changing.laid_over(self._file(name), table, packaged()[name], name))

    def __eq__(self, other: object) -> bool:
        """Whether the content is the same."""
        return isinstance(other, Lexicon) and self.digest == other.digest

    def __hash__(self) -> int:
        """Of the content."""
        return hash(self.digest)

    def __reduce__(self) -> tuple[Callable[..., Lexicon], tuple[dict[str, Any], str]]:
        """Give the files that differ from the package's alone, so that a copy for another process is small."""
        return _restored, ({name: _plain(self[name]) for name in self.changed}, self.digest)

    def __repr__(self) -> str:
        """Name the content by its digest, and the files that differ from the package's."""
        return f"<Lexicon {self.digest[:12]}: {', '.join(self.changed) or 'as packaged'}>"

    def _repr_html_(self) -> str:
        changed = self.changed
        lines = "".join(
            f"<tr><th scope='row'>{escape(name)}</th><td>{_entries(self[name]):,}</td>"
            f"<td>{'changed' if name in changed else ''}</td></tr>"
            for name in self
        )
        head = "<tr><th scope='col'>file</th><th scope='col'>entries</th><th scope='col'></th></tr>"
        title = f"<caption>Word lists {self.digest[:12]}</caption>"
        return f"<table>{title}<thead>{head}</thead><tbody>{lines}</tbody></table>"

    def _file(self, name: str) -> Table:
        if name not in self._tables:
            raise InputError(f"{name!r} is no word list; {changing.nearest(name, self._tables)}")
        return self[name]

    def _with(self, name: str, table: Table) -> Lexicon:
        return Lexicon({**self._tables, name: table})


class _Results(dict["Callable[..., Any]", "Callable[..., Any]"]):
    """What was computed from one lexicon: a memo for each function, made when it is first called."""

    def __missing__(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return self.setdefault(function, cache(function))


def current() -> Lexicon:
    """Return the lexicon in force: that of :func:`using`, else the packaged one as it stood when first asked for."""
    return _IN_FORCE.get() or _default()


@contextmanager
def using(lexicon: Lexicon) -> Iterator[Lexicon]:
    """Have a lexicon in force inside a ``with`` block, in this thread or task alone.

    A generator must not yield inside the block: what asks it for the next item would then read by this lexicon too.
    """
    before = _IN_FORCE.set(lexicon)
    try:
        yield lexicon
    finally:
        _IN_FORCE.reset(before)


def derived(function: Callable[P, R]) -> Callable[P, R]:
    """Have a function's results kept on the lexicon in force; for whatever depends on word lists and its arguments."""

    @wraps(function)
    def of_current(*args: P.args, **kwargs: P.kwargs) -> R:
        return (_IN_FORCE.get() or _default()).results[function](*args, **kwargs)  # type: ignore[no-any-return]

    return of_current


def packaged() -> Lexicon:
    """Return the packaged word lists as they stand; they are read again where a file was edited since."""
    paths = [FOLDER / f"{name}.toml" for name in NAMES]
    return _packaged(tuple(path.stat().st_mtime_ns if path.is_file() else 0 for path in paths))


@lru_cache(maxsize=1)
def _packaged(_edited: tuple[int, ...]) -> Lexicon:
    return Lexicon({name: read_list(FOLDER / f"{name}.toml") for name in NAMES})


@cache
def _default() -> Lexicon:
    return packaged()


_IN_FORCE: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


def _restored(changed: Mapping[str, Table], digest: str) -> Lexicon:
    own = packaged()
    lexicon = _one_of(Lexicon({**{name: own[name] for name in own}, **changed})) if changed else own
    if lexicon.digest != digest:
        raise InputError(
            f"the word lists {digest[:12]} build on packaged lists that are not those of this installation; "
            "use the same version of the toolkit in all processes"
        )
    return lexicon


@lru_cache(maxsize=4)
def _one_of(lexicon: Lexicon) -> Lexicon:
    """Return the same object for equal lexica, so that a process derives once what it is sent with each task."""
    return lexicon


def _digest(tables: Mapping[str, Table]) -> str:
    content = json.dumps(_plain(tables), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value


def _entries(value: Any) -> int:
    """Return the number of words and values in a table."""
    if isinstance(value, Mapping):
        return sum(map(_entries, value.values()))
    return sum(map(_entries, value)) if isinstance(value, tuple) else 1
