"""What stands beside a name: titles before it, appositions behind it, and the side they tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

_LONGEST_TITLE = 10
_LONGEST_APPOSITION = 12


@dataclass(frozen=True, slots=True)
class Role:
    """A role as written, where it stands (tokens), and the state it is held for, if the words say so."""

    text: str
    start: int
    end: int
    side: str | None
    possessor: str | None = None

    def span(self, doc: Doc) -> Span:
        """Return the words of the role where they stand."""
        return doc[self.start : self.end]


def role_of(doc: Doc, name: Span) -> Role | None:
    """Return the role that a person's name is given where it stands, or None.

    Parameters
    ----------
    doc : Doc
        With entities.
    name : Span
        The name: "Rustem Umerov" in "Ukrainian National Security and Defense Council Secretary Rustem Umerov".
    """
    return _title(doc, name.start, name.sent.start) or _role_and_comma(doc, name) or _apposition(doc, name)


def represents(doc: Doc, name: Span) -> str | None:
    """Return the state a person stands for by the words behind the name: "Umerov for Ukraine"."""
    if name.end + 1 < len(doc) and doc[name.end].lower_ == "for" and doc[name.end + 1].ent_type_ == "GPE":
        return side_of(doc, name.end + 1, name.end + 2)
    return None


def _title(doc: Doc, end: int, sentence: int) -> Role | None:
    """Return the title that ends at token ``end``."""
    start = _listed_title(doc, end, sentence)
    listed = start < end
    while start > sentence and _in_title(doc, start - 1, sentence):
        start -= 1
    while start < end and (doc[start].is_punct or doc[start].lower_ in {"and", "of", "for", "the", "'s", "’s"}):
        start += 1
    heads = [i for i in range(start, end) if gazetteer.is_role(doc[i].text)]
    if not heads or end - start > _LONGEST_TITLE or (end - heads[-1] > 1 and not listed):
        return None
    return _role(doc, start, end)


def _role_and_comma(doc: Doc, name: Span) -> Role | None:
    """Return the role before a name between commas: "**Norway's foreign minister**, Espen Holm, said"."""
    comma, sentence = name.start - 1, name.sent.start
    enclosed = name.end >= len(doc) or doc[name.end].text in {",", "."}
    if comma <= sentence or doc[comma].text != "," or not enclosed:
        return None
    return None if doc[comma - 1].lower_.endswith("s") else _title(doc, comma, sentence)


def _listed_title(doc: Doc, end: int, sentence: int) -> int:
    """Return where a title of the list that ends at token ``end`` begins: "presidential aide", "Defence Minister"."""
    titles = words("names", "person_titles") | words("names", "titles_with_of")
    for start in range(max(sentence, end - 8), end):
        if doc[start:end].text.lower() in titles:
            return start
    return end


def _in_title(doc: Doc, i: int, sentence: int) -> bool:
    token = doc[i]
    if token.is_punct and token.text not in {"-", "‑"}:
        return False
    if token.lower_ in {"'s", "’s"}:
        return i > sentence and doc[i - 1].ent_type_ == "GPE"
    if token.ent_type_ == "PERSON":
        behind = doc[i + 1] if i + 1 < len(doc) else None
        return behind is not None and (
            gazetteer.is_role(behind.text) or (behind.ent_type_ == "PERSON" and behind.ent_iob_ == "I")
        )
    if token.ent_type_ or gazetteer.is_role(token.text) or token.lower_ in words("grammar", "role_modifiers"):
        return True
    if token.lower_ in {"of", "for", "and", "the"}:
        return (
            token.text.islower()
            and i > sentence
            and bool(doc[i - 1].text[0].isupper())
            and doc[i + 1].text[0].isupper()
            and not _two_names(doc, i)
        )
    modifies = i > sentence and (
        doc[i - 1].ent_type_ in {"NORP", "GPE"} or gazetteer.lookup(doc[i - 1].text) is not None
    )
    opens = i == sentence and not _function(token.lower_) and _in_title(doc, i + 1, sentence)
    return (token.text[0].isupper() and (i > sentence or opens)) or (
        token.is_alpha and modifies and doc[i + 1].text != "'s"
    )


def _function(word: str) -> bool:
    lists = ("noun_markers", "clause_openers", "phrase_breaks", "adverbial_openers", "sentence_connectors")
    return any(word in words("grammar", name) for name in lists)


def _two_names(doc: Doc, i: int) -> bool:
    return doc[i].lower_ == "and" and doc[i].ent_iob_ != "I"


def _apposition(doc: Doc, name: Span) -> Role | None:
    comma = name.end
    if comma >= len(doc) or doc[comma].text != "," or doc[comma].is_sent_start:
        return None
    end = comma + 1
    while (
        end < len(doc)
        and not doc[end].is_sent_start
        and end - comma <= _LONGEST_APPOSITION
        and not _ends_apposition(doc, end)
    ):
        end += 1
    phrase = doc[comma + 1 : end]
    if (
        end == comma + 1
        or not any(gazetteer.is_role(token.text) for token in phrase)
        or phrase[0].lower_ in {"and", "but", "who"}
    ):
        return None
    if phrase[0].ent_type_ == "PERSON" or (end + 1 < len(doc) and doc[end].text == "," and _names_next(doc, end + 1)):
        return None
    opens = (
        phrase[0].lower_ in words("grammar", "articles") | words("grammar", "possessives") | {"former"}
        or bool(phrase[0].ent_type_)
        or gazetteer.is_role(phrase[0].text)
    )
    return _role(doc, comma + 1, end) if opens else None


def _names_next(doc: Doc, i: int) -> bool:
    """Tell whether an apposition is of the name behind it: "Holm, **the Norwegian envoy**, Liv Strand, met"."""
    while i < len(doc) and doc[i].ent_type_ == "PERSON":
        i += 1
    return doc[i - 1].ent_type_ == "PERSON" and i < len(doc) and doc[i].text == ","


def _ends_apposition(doc: Doc, i: int) -> bool:
    return doc[i].is_punct and doc[i].text not in {"-", "‑", "’", "'"} and doc[i].ent_iob_ != "I"


def _role(doc: Doc, start: int, end: int) -> Role:
    owners = [ent.text for ent in _names(doc, start, end) if ent[0].ent_type_ == "PERSON"]
    return Role(doc[start:end].text, start, end, side_of(doc, start, end), owners[0] if owners else None)


def _names(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """Give the names among tokens; ``Span.ents`` goes through all of the document's."""
    for i in range(start, end):
        if doc[i].ent_iob_ == "B":
            stop = next((k for k in range(i + 1, len(doc)) if doc[k].ent_iob_ != "I"), len(doc))
            if stop <= end:
                yield doc[i:stop]


def side_of(doc: Doc, start: int, end: int) -> str | None:
    """Return the state that tokens ``[start, end)`` name or adjective: "Russian", "U.S.", "of Ukraine".

    Names that are as often something else ("Georgia", "Jordan") tell a side only as "Jordan's" or "of Jordan".
    """
    for ent in _names(doc, start, end):
        entry = gazetteer.lookup(ent.text)
        named = entry and entry.category in {"state", "adjective", "people", "metonym"}
        if entry and named and (not entry.ambiguous or _possesses(doc, ent.start, ent.end)):
            return entry.name
    for token in doc[start:end]:
        entry = gazetteer.lookup(token.text)
        named = entry and entry.category in {"state", "adjective", "people"}
        if entry and named and (not entry.ambiguous or _possesses(doc, token.i, token.i + 1)):
            return entry.name
    return None


def _possesses(doc: Doc, start: int, end: int) -> bool:
    return (end < len(doc) and doc[end].lower_ in {"'s", "’s"}) or (start > 0 and doc[start - 1].lower_ == "of")
