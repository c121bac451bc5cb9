"""Which forms of a body's name are one body: listed names, acronyms, and short forms of a longer name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

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
            full = next((form for form in self._longer if _shortens(full, form)), full)
        entry = gazetteer.lookup(full) or gazetteer.lookup(ent.text)
        return entry.name if entry and entry.category == "organisation" else full


def acronym(name: str) -> str:
    """Return the initials of a name's capitalised words."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _shortens(short: str, form: str) -> bool:
    """Tell whether a form is the end of a longer name, or that name without the common noun behind it ("Ora Media")."""
    one, other = short.split(), form.split()
    if other[:-1] == one and other[-1].lower() in words("names", "organisation_heads"):
        return True
    if len(one) >= len(other) or other[-len(one) :] != one:
        return False
    before = other[-len(one) - 1].lower()
    headed = one[-1].lower() in words("names", "organisation_heads")
    return headed and before not in _SMALL
