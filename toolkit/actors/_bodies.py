"""Which forms of a body's name are one body: listed names, acronyms, and short forms of a longer name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.actors._endings import Endings
from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Span

_SMALL = frozenset(["of", "for", "the", "and", "on", "to"])


class Bodies:
    """The names of an article's bodies, each with the most complete one it stands for.

    Parameters
    ----------
    doc : Doc
        With entities.
    names : sequence of Span
        The names of bodies, in reading order.
    """

    def __init__(self, doc: Doc, names: Sequence[Span]) -> None:
        self._full: dict[str, str] = {}
        forms = list(dict.fromkeys(ent.text for ent in names))
        self._longer = [form for form in forms if len(form.split()) > 1]
        self._endings = Endings()
        self._before_heads: dict[tuple[str, ...], int] = {}
        for number, form in enumerate(self._longer):
            parts = form.split()
            self._endings.add(parts, number, apart=_SMALL)
            if _is_head(parts[-1]):
                self._before_heads.setdefault(tuple(parts[:-1]), number)
        for form in forms:
            if len(form.split()) > 2:
                self._full.setdefault(acronym(form), form)
        for ent, behind in pairwise(names):
            bracketed = behind.start == ent.end + 1 and doc[ent.end].text == "("
            if bracketed and behind.text.isupper() and len(ent.text) > len(behind.text):
                self._full[behind.text] = ent.text

    def name(self, ent: Span) -> str:
        """Return the most complete name: "IAEA" in brackets behind it, "the Council" after "the Harbour Council"."""
        full = self._full.get(ent.text.replace(".", ""), ent.text)
        if gazetteer.lookup(full) is None:
            full = self._longest(full)
        entry = gazetteer.lookup(full) or gazetteer.lookup(ent.text)
        return entry.name if entry and entry.category == "organisation" else full

    def _longest(self, short: str) -> str:
        """Return the first longer name that a form is the end of, or that a common noun ends ("Ora Media")."""
        parts = short.split()
        numbers = (self._before_heads.get(tuple(parts)), self._endings.longer(parts) if _is_head(parts[-1]) else None)
        found = [number for number in numbers if number is not None]
        return self._longer[min(found)] if found else short


def acronym(name: str) -> str:
    """Return the initials of a name's capitalised words."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _is_head(word: str) -> bool:
    return word.lower() in words("names", "organisation_heads")
