"""Which column, key or header line holds what: names are guessed in several languages, and what was guessed is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.articles._outcomes import clipped
from toolkit.errors import InputError
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load
from toolkit.reading._metadata import NAMES, is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROLES = ("text", *NAMES, "path", "reprints")
TEASER = "teaser"
_OWN = {
    **{role: (role,) for role in ROLES},
    "published": ("published", "date"),
    "outlet": ("outlet", "source"),
    "author": ("author", "by"),
    TEASER: (),
}
"""The article's own names, and their older ones: what is read from these is no guess."""


class Layout(NamedTuple):
    """Which columns hold what, the surest first, and those that nothing is read from."""

    roles: Mapping[str, Sequence[str]]
    ignored: Sequence[str] = ()

    def fields(self, row: Mapping[str, object]) -> dict[str, object]:
        """Return what a row holds under the article's own names; an empty column gives way to the next."""
        found = {}
        for role, names in self.roles.items():
            values = [row[name] for name in names if name in row]
            if values:
                found[role] = next((value for value in values if not is_missing(value)), values[0])
        if is_missing(found.get("text")) and TEASER in found:
            found["text"] = found[TEASER]
        found.pop(TEASER, None)
        return found

    @property
    def told(self) -> str | None:
        """What was guessed and what is passed over, where a reader could not know it from the names."""
        roles = {role: names[0] for role, names in self.roles.items() if role != TEASER or "text" not in self.roles}
        guessed = {role: name for role, name in roles.items() if plain_name(name) not in _OWN[role]}
        read = [f"{role} from {clipped(name)!r}" for role, name in guessed.items()]
        ignored = f"not read: {clipped(', '.join(map(repr, self.ignored)), 200)}" if self.ignored else ""
        if not read and not ignored:
            return None
        advice = "to choose others, columns={'text': …}"
        return "; ".join(filter(None, (f"columns read: {', '.join(read)}" if read else "", ignored, advice)))


def layout_of(names: Iterable[str], given: Mapping[str, str]) -> Layout:
    """Find what each column holds.

    Parameters
    ----------
    names
        Columns as the table has them.
    given
        Columns that the caller chose, by the article's own names.

    Raises
    ------
    InputError
        If a chosen column is not there, two columns have one name, or none holds text; the message names them all.
    """
    names = list(names)
    by_name: dict[str, str] = {}
    for name in names:
        plain = plain_name(name)
        if plain in by_name and role_of(plain):
            raise InputError(f"has two columns named {clipped(name)!r} (case is ignored); rename one")
        by_name.setdefault(plain, name)
    roles = {role: [chosen] for role, chosen in _chosen(given, names, by_name)}
    for role in (*ROLES, TEASER):
        found = [by_name[plain] for plain in _names(role) if plain in by_name]
        if role not in roles and found:
            roles[role] = found
    if "text" not in roles and TEASER not in roles:
        found_names = clipped(", ".join(names), 200)
        raise InputError(
            f"has no column named 'text', nor one known to hold it (found: {found_names}); "
            "name it with columns={'text': …}, or rename it"
        )
    used = {name for found in roles.values() for name in found}
    return Layout(roles, [name for name in names if name not in used and name.strip()])


def _chosen(given: Mapping[str, str], names: Sequence[str], by_name: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for role, chosen in given.items():
        found = chosen if chosen in names else by_name.get(plain_name(chosen))
        if found is None:
            raise InputError(f"has no column {chosen!r} for the {role} (found: {clipped(', '.join(names), 200)})")
        yield role, found


def checked(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Return the caller's choice of columns.

    Raises
    ------
    InputError
        If it names what no article has.
    """
    for role in columns or {}:
        if role not in ROLES:
            raise InputError(f"columns={{{role!r}: …}}: an article has no {role!r}; give any of {', '.join(ROLES)}")
    return {role: str(name) for role, name in (columns or {}).items()}


def known_fields(pairs: Mapping[str, object]) -> dict[str, object]:
    """Return the pairs of a header or an entry under the article's own names, without those that say nothing of it.

    Examples
    --------
    >>> known_fields({"Date": "2026-02-18", "Source": "The Courier", "Section": "A"})
    {'published': '2026-02-18', 'outlet': 'The Courier'}
    """
    by_name = {plain_name(name): value for name, value in pairs.items()}
    found = {}
    for role in (*NAMES, "path"):
        values = [by_name[plain] for plain in _names(role) if plain in by_name and not is_missing(by_name[plain])]
        if values:
            found[role] = values[0]
    return found


def plain_name(name: str) -> str:
    """Return a name without case, blanks and signs: one for ``Publication date`` and ``publication_date``."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def role_of(plain: str) -> str | None:
    """Return what a column of a plain name holds, or None."""
    return _roles().get(plain)


@derived
def _names(role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain_name, load("reading")["columns"][role])))


@derived
def _roles() -> dict[str, str]:
    return {plain: role for role in reversed((*ROLES, TEASER)) for plain in _names(role)}


def names_a_file(names: Iterable[str]) -> str | None:
    """Return the column that names a file for each row, where there is one."""
    by_name = {plain_name(name): name for name in names}
    return next((by_name[plain] for plain in (*_names("file"), *_names("path")) if plain in by_name), None)
