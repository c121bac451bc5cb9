"""Names of a document from three sources: the word lists, the network's reading, and the rules of this package.

The network tells kinds best, and mostly ends; the rules know where a title ends and a person's name begins, how far a
body's name goes on behind "of" and "for", and that a headline's capitals name nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.cues import is_cue
from toolkit.lexicon.spelling import skeleton
from toolkit.lexicon.wordlists import words
from toolkit.model.parsing_labels import OTHER
from toolkit.names._endings import Endings
from toolkit.names._laid import Laid
from toolkit.names._piece import Piece
from toolkit.names._runs import headline_tokens
from toolkit.names._types import harmonise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

_PLACES_AND_PEOPLE = frozenset(["GPE", "LOC", "PERSON"])
_PARTY_AND_STATE = re.compile(r"[A-Z]-[A-Z][\w.]*|[A-Z][a-z]{1,4}\.")
"""What stands behind a member's name, "R-Ohio" or "Md.": no person."""
_STATE = re.compile(r"(?:[A-Z]\.){2}|[A-Z][a-z]{1,4}\.")


def merged(doc: Doc, read: Iterable[Piece], ruled: Sequence[Piece], *, first_token: int = 0) -> list[Piece]:
    """Return the names of a document, each form with one label throughout.

    Names of other kinds are read too, so that lists and rules find nothing in them ("the **Paris** Agreement"), and
    left out in the end.

    Parameters
    ----------
    doc : Doc
    read : iterable of Piece
        As the network reads them.
    ruled : sequence of Piece
        As the rules find them.
    first_token : int
        Tokens before it are passed over.
    """
    pieces = _joined([piece for found in read for piece in _cleaned(doc, found)])
    pieces = [piece for piece in _without_headlines(doc, pieces, ruled) if not _names_a_thing(doc, piece)]
    people = {skeleton(doc[piece.end - 1].text) for piece in pieces if piece.label == "PERSON"}
    last_names = {
        doc[piece.end - 1].text for piece in pieces if piece.label == "PERSON" and piece.end - piece.start > 1
    }
    acronyms = _acronyms(doc)
    honoured = _honoured(doc, ruled)
    laid = Laid(doc, pieces)
    for rule in ruled:
        beside = laid.beside(rule.start, rule.end)
        titled = rule.label == "PERSON" and honoured & _words(doc, rule)
        if _sets_right(doc, laid, rule, beside, people) if beside else titled or _adds(doc, laid, rule, acronyms):
            laid.lay(rule)
    pieces = laid.in_order()
    for piece in pieces:
        if piece.label == "PERSON" and _before_state(doc, piece):
            piece.label = "GPE"
        if piece.label != "PERSON" or doc[piece.start : piece.end].text not in last_names:
            piece.label = _listed(doc, piece) or piece.label
    pieces.sort(key=lambda piece: piece.start)
    harmonise(doc, pieces)
    pieces = sorted([*pieces, *_passed_over(doc, pieces, first_token)], key=lambda piece: piece.start)
    _take_particles(doc, pieces)
    pieces = _with_double_names(doc, pieces)
    return [piece for piece in pieces if piece.label != OTHER]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces in order, people's names with nothing between them as one: "Aung Thiri" and "Moe"."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].label == piece.label == "PERSON" and found[-1].end == piece.start:
            found[-1] = Piece(found[-1].start, piece.end, "PERSON")
        else:
            found.append(piece)
    return found


def _with_double_names(doc: Doc, pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with the second half of a double name in the first: "Mara Holm-**Ireland**"."""
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].label == "PERSON" and _hyphened(doc, found[-1].end, piece.start):
            found[-1] = Piece(found[-1].start, piece.end, "PERSON")
        else:
            found.append(piece)
    return found


def _hyphened(doc: Doc, end: int, start: int) -> bool:
    return start == end + 1 and doc[end].text in {"-", "‑"} and not (doc[end - 1].whitespace_ or doc[end].whitespace_)


def _take_particles(doc: Doc, pieces: Sequence[Piece]) -> None:
    """Let a last name begin with the particles that it has in a full name: "Ursula von der Leyen … von der Leyen"."""
    full = Endings(f" {doc[p.start : p.end].text}" for p in pieces if p.label == "PERSON" and p.end - p.start > 1)
    taken = {i for piece in pieces for i in range(piece.start, piece.end)}
    for piece in pieces:
        start = piece.start
        while start > 0 and start - 1 not in taken and doc[start - 1].text in words("names", "particles"):
            start -= 1
        if piece.label == "PERSON" and start < piece.start and full.has(f" {doc[start : piece.end].text}"):
            piece.start = start


def _cleaned(doc: Doc, piece: Piece) -> Iterator[Piece]:
    """Give a piece without line ends inside it, and without honorifics and punctuation at its ends."""
    start = piece.start
    for i in range(piece.start, piece.end + 1):
        if i == piece.end or doc[i].is_space:
            begin, end = start, i
            while begin < end and _opens_no_name(doc[begin]):
                begin += 1
            while begin < end and not any(map(str.isalnum, doc[end - 1].text)):
                end -= 1
            no_person = piece.label == "PERSON" and _PARTY_AND_STATE.fullmatch(doc[begin:end].text)
            if any(map(str.isalpha, doc[begin:end].text)) and not no_person:
                yield Piece(begin, end, piece.label)
            start = i + 1


def _opens_no_name(token: Token) -> bool:
    return not any(map(str.isalnum, token.text)) or (gazetteer.is_honorific(token.text) and token.text.istitle())


def _without_headlines(doc: Doc, pieces: list[Piece], ruled: Sequence[Piece]) -> list[Piece]:
    """Leave out what is read in a headline's capitals alone: no listed form, nor one that the text has elsewhere."""
    headlines = headline_tokens(doc)
    known = {doc[p.start : p.end].text for p in (*pieces, *ruled) if p.start not in headlines}
    return [
        piece
        for piece in pieces
        if piece.start not in headlines
        or (piece.label == "PERSON" and piece.end - piece.start > 1)
        or doc[piece.start : piece.end].text in known
        or gazetteer.lookup(doc[piece.start : piece.end].text)
    ]


def _names_a_thing(doc: Doc, piece: Piece) -> bool:
    """Tell whether a place or person that no list knows is a thing: "the **Buran** medium-range missile system"."""
    head = doc[piece.end - 1]
    while head.dep_ in {"compound", "amod"} and head.head.i > head.i:
        head = head.head
    things = any(token.text in words("names", "thing_heads") for token in doc[piece.end : head.i + 1])
    return things and piece.label in _PLACES_AND_PEOPLE and not gazetteer.lookup(doc[piece.start : piece.end].text)


def _acronyms(doc: Doc) -> set[str]:
    """Return the words in capitals that speak, or stand in brackets behind a name: "Harbour Masters (AMOH)"."""
    found = set()
    for token in doc:
        if token.is_upper and len(token) > 2 and token.i + 1 < len(doc):
            behind = doc[token.i + 1].text
            if is_cue(behind) or (behind == ")" and token.i > 1 and doc[token.i - 1].text == "("):
                found.add(token.text)
    return found


def _adds(doc: Doc, laid: Laid, rule: Piece, acronyms: set[str]) -> bool:
    """Tell whether a rule adds a form that was not read.

    These are listed forms, long names of bodies, the last words of those read, and acronyms.
    """
    form = doc[rule.start : rule.end].text
    body = rule.label == "ORG" and (rule.end - rule.start > 2 or laid.ends_a_body(form))
    return form in acronyms or body or gazetteer.lookup(form) is not None or _full_name(doc, rule)


def _sets_right(doc: Doc, laid: Laid, rule: Piece, beside: Sequence[Piece], people: set[str]) -> bool:
    """Tell whether a rule knows better ends of what was read; where it knows a better label, that is given.

    A person's name that was read may lose words, never gain any. ``people`` are the last names of those read.
    """
    only = beside[0] if len(beside) == 1 else None
    if any(piece.label != rule.label for piece in beside):
        if only is not None:
            _set_label_right(doc, laid, rule, only, people)
        return False
    reaches = all(rule.start <= piece.start and piece.end <= rule.end for piece in beside)
    reaches = reaches or _parts_a_nationality(doc, beside, rule)
    inside = only is not None and only.start <= rule.start and rule.end <= only.end
    return (rule.label == "PERSON" and (inside or (reaches and _full_name(doc, rule)))) or (
        rule.label == "ORG" and reaches
    )


def _set_label_right(doc: Doc, laid: Laid, rule: Piece, piece: Piece, people: set[str]) -> None:
    """Give a piece the label that a rule finds for it, where it is another and the rule knows better."""
    if rule.label == "ORG" and doc[rule.start : rule.end].text.isupper() and piece.label == "PERSON":
        laid.relabel(piece, "ORG")
    namesake = rule.label == "PERSON" and skeleton(doc[rule.end - 1].text) in people
    particles = all(doc[i].text.islower() for i in range(piece.start, rule.start))
    if namesake and particles and piece.end == rule.end:
        laid.relabel(piece, "PERSON")
    if _owns_a_minister(doc, piece, rule) or _stands_for_a_state(doc, piece, rule):
        laid.relabel(piece, rule.label)


def _stands_for_a_state(doc: Doc, piece: Piece, rule: Piece) -> bool:
    """Tell whether a name of several words read as a place is a delegate's: "**Espen Holm** for Norway"."""
    same = (piece.start, piece.end) == (rule.start, rule.end) and piece.end - piece.start > 1
    if not same or rule.label != "PERSON" or rule.end + 1 >= len(doc) or doc[rule.end].lower_ != "for":
        return False
    entry = gazetteer.lookup(doc[rule.end + 1].text)
    return entry is not None and gazetteer.LABELS[entry.category] == "GPE"


def _full_name(doc: Doc, rule: Piece) -> bool:
    """Tell whether a person's name begins with a listed first name: "**Ana** Duarte"."""
    return rule.label == "PERSON" and rule.end - rule.start > 1 and doc[rule.start].text in gazetteer.first_names()


def _owns_a_minister(doc: Doc, piece: Piece, rule: Piece) -> bool:
    """Tell whether a listed state read as a person owns the title that follows: "Jordan's Finance Minister"."""
    same = (piece.start, piece.end) == (rule.start, rule.end) and piece.label == "PERSON" and rule.label == "GPE"
    behind = [doc[i] for i in range(rule.end, min(rule.end + 4, len(doc)))]
    if not same or len(behind) < 2 or behind[0].text not in {"'s", "’s"}:
        return False
    title = list(takewhile(lambda token: token.is_title, behind[1:]))
    return any(gazetteer.is_role(token.text) for token in title)


def _parts_a_nationality(doc: Doc, beside: Sequence[Piece], rule: Piece) -> bool:
    """Tell whether a rule's long name is what was read but for whose it is: "Ukrainian | National Security Council"."""
    if rule.end - rule.start < 3 or beside[-1].end > rule.end or beside[0].start != rule.start - 1:
        return False
    entry = gazetteer.lookup(doc[beside[0].start].text)
    return entry is not None and entry.category == "adjective"


def _honoured(doc: Doc, ruled: Sequence[Piece]) -> set[str]:
    """Return the words of people's names that an honorific stands before: "Mr. Ban"."""
    titled = (piece for piece in ruled if piece.label == "PERSON" and piece.start)
    return {word for p in titled if gazetteer.is_honorific(doc[p.start - 1].text) for word in _words(doc, p)}


def _words(doc: Doc, piece: Piece) -> set[str]:
    return {skeleton(doc[i].text) for i in range(piece.start, piece.end) if doc[i].is_title and len(doc[i]) > 2}


def _before_state(doc: Doc, piece: Piece) -> bool:
    """Tell whether a comma and a state's abbreviation follow one word: "Ashton, Md."."""
    if piece.end - piece.start > 1 or piece.end + 1 >= len(doc) or doc[piece.end].text != ",":
        return False
    behind = doc[piece.end + 1]
    return bool(_STATE.fullmatch(behind.text)) and behind.lower_ not in words("grammar", "name_suffixes")


def _listed(doc: Doc, piece: Piece) -> str | None:
    """Return the label of a listed form.

    Whether a region governs itself (GPE) and a seat of government is a body ("the Pentagon") the network knows better.
    """
    entry = gazetteer.lookup(doc[piece.start : piece.end].text)
    if entry and (entry.category, piece.label) in {("region", "GPE"), ("metonym", "ORG")}:
        return None
    return gazetteer.LABELS[entry.category] if entry and not entry.ambiguous else None


def _passed_over(doc: Doc, pieces: Sequence[Piece], first_token: int) -> Iterator[Piece]:
    """Give the words that are names elsewhere in the document, or a full name's last, where nothing was read."""
    labels: dict[str, Counter[str]] = {}
    for piece in pieces:
        labels.setdefault(doc[piece.start : piece.end].text, Counter())[piece.label] += 1
    people = {skeleton(doc[p.end - 1].text) for p in pieces if p.label == "PERSON" and p.end - p.start > 1}
    taken = {i for piece in pieces for i in range(piece.start, piece.end)}
    for token in doc[first_token:]:
        if len(token) < 3 or not token.text[0].isupper() or token.i in taken or token.pos_ != "PROPN":
            continue
        found = labels.get(token.text, Counter())
        if found.total() > 1:
            yield Piece(token.i, token.i + 1, found.most_common(1)[0][0])
        elif skeleton(token.text) in people:
            yield Piece(token.i, token.i + 1, "PERSON")
