"""Names of people, bodies, states, places and peoples, by capital letters, word lists and their neighbours.

A pipeline with no trained weights: a run of capitalised words is cut at listed forms and titles, and each piece is typed
by the lists, then by what stands beside it ("President", "said", "in"), then by its other occurrences in the article.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit import gazetteer
from toolkit.cues import is_cue
from toolkit.spelling import skeleton
from toolkit.wordlists import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

PARTICLES = frozenset(
    ["al", "el", "de", "da", "do", "dos", "del", "della", "der", "den", "di", "du", "van", "von", "bin", "ibn", "ben", "la", "le", "ter", "zu"]
)
_LOCATIVE = frozenset(["in", "at", "near", "from", "to", "outside", "across", "around", "toward", "towards", "over", "into"])
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,7}")
_PERSON_TOKENS = 4


@dataclass(slots=True)
class Piece:
    """A stretch of tokens ``[start, end)`` with its label; "TITLE" and "?" never leave this module."""

    start: int
    end: int
    label: str


def find_names(doc: Doc, *, first_token: int = 0) -> list[Piece]:
    """Return the names of a Doc with sentence boundaries set.

    Parameters
    ----------
    doc : Doc
        Tokens with ``is_sent_start`` set.
    first_token : int
        Tokens before it (a file's header) are passed over.

    Returns
    -------
    list of Piece
        In order, not overlapping, labelled PERSON, ORG, GPE, LOC or NORP.
    """
    counts = Counter(token.text for token in doc if token.i >= first_token and not _opens(token))
    headlines = _headline_tokens(doc)
    pieces = [
        piece
        for run in _runs(doc, counts, first_token)
        for piece in _typed(doc, _cut(doc, run.start, run.end))
        if run.start not in headlines or gazetteer.lookup(doc[piece.start : piece.end].text)
    ]
    pieces = sorted([*pieces, *_known_openers(doc, pieces, headlines, first_token)], key=lambda piece: piece.start)
    _harmonise(doc, pieces)
    return [piece for piece in pieces if piece.label not in {"TITLE", "?"}]


def _headline_tokens(doc: Doc) -> frozenset[int]:
    """Return the tokens of lines in headline style, in which every word is capitalised and none tells a name."""
    found: set[int] = set()
    for sentence in doc.sents:
        tokens = [token for token in sentence if token.is_alpha and len(token) > 3]
        ends = next((token.text for token in reversed(sentence) if not token.is_space), "")
        if len(tokens) >= 4 and ends not in {".", "?", '"', "”"} and sum(map(_capitalised, tokens)) > 0.75 * len(tokens):
            found.update(token.i for token in sentence)
    return frozenset(found)


def _runs(doc: Doc, counts: Counter[str], first_token: int) -> Iterator[Piece]:
    """Give the runs of capitalised words, without ordinary words that are capitalised for opening a sentence."""
    i = first_token
    while i < len(doc):
        if not _capitalised(doc[i]):
            i += 1
            continue
        end = _run_end(doc, i)
        start = i
        while start < end and _ordinary(doc[start], counts, alone=end - start == 1):
            start += 1
        if start < end:
            yield Piece(start, end, "?")
        i = end


def _run_end(doc: Doc, i: int) -> int:
    end = i + 1
    while end < len(doc) and not doc[end].is_sent_start:
        if _capitalised(doc[end]):
            end += 1
        elif (reach := _bridge(doc, i, end)) > end:
            end = reach
        else:
            break
    return end


def _bridge(doc: Doc, start: int, i: int) -> int:
    """Return where a run goes on behind the lower-case or punctuation token ``i``; ``i`` itself where it ends."""
    token, text = doc[i], doc[i].lower_
    follows = [j for j in (i + 1, i + 2) if j < len(doc) and not doc[j].is_sent_start]
    if not follows:
        return i
    near = doc[follows[0]]
    if text in {"-", "‑"} and not token.whitespace_ and not doc[i - 1].whitespace_:
        return i + 2 if _capitalised(near) or _given_name(doc, start, i) else i
    if text in PARTICLES and (_capitalised(near) or near.text == "-" or near.lower_ in PARTICLES):
        return i + 2 if _capitalised(near) else i + 1
    if text == "&" and _capitalised(near):
        return i + 2
    if text in {"of", "for"} and _is_head(doc[i - 1]):
        behind = follows[-1] if near.lower_ == "the" else follows[0]
        return behind + 1 if _capitalised(doc[behind]) else i
    if text == "and" and _capitalised(near) and _joined_body(doc, start, i):
        return i + 2
    return i


def _given_name(doc: Doc, start: int, i: int) -> bool:
    """Tell whether a hyphen and a lower-case syllable end a given name: "Ban Ki-moon", but not "UN-led"."""
    before, behind = doc[i - 1], doc[i + 1]
    return i - 1 > start and before.is_title and len(before) <= 5 and behind.text.islower() and len(behind) <= 5


def _joined_body(doc: Doc, start: int, i: int) -> bool:
    """Tell whether "X and Y Council" is one body: a head follows, and neither side of "and" is a name by itself."""
    end = i + 1
    while end < len(doc) and _capitalised(doc[end]) and not doc[end].is_sent_start:
        end += 1
    heads = [j for j in range(i + 1, end) if _is_head(doc[j])]
    left = [doc[j].text for j in range(start, i)]
    while left and gazetteer.lookup(left[0]):
        left = left[1:]
    named = any(word in gazetteer.first_names() for word in left) or gazetteer.lookup(doc[i + 1].text) is not None
    return bool(heads) and bool(left) and not named and not any(_is_head_word(word) for word in left)


def _cut(doc: Doc, start: int, end: int) -> list[Piece]:
    """Cut a run at listed forms and titles; what is left over is a name of its own."""
    pieces: list[Piece] = []
    i = start
    while i < end:
        size, label = _listed(doc, i, end)
        if size:
            pieces.append(Piece(i, i + size, label))
            i += size
        elif pieces and pieces[-1].label == "?" and pieces[-1].end == i:
            pieces[-1].end += 1
            i += 1
        else:
            pieces.append(Piece(i, i + 1, "?"))
            i += 1
    return [_trimmed(doc, piece) for piece in _joined(doc, pieces) if any(doc[j].is_alpha or "." in doc[j].text for j in range(piece.start, piece.end))]


def _listed(doc: Doc, i: int, end: int) -> tuple[int, str]:
    """Return the length and label of the longest listed form that begins at token ``i`` (0 where none does)."""
    for size in range(min(gazetteer.longest_form() + 2, end - i), 0, -1):
        entry = gazetteer.lookup(doc[i : i + size].text)
        if entry and not (size == 1 and _part_of_person(doc, i, end)):
            return size, gazetteer.LABELS[entry.category]
    if gazetteer.is_role(doc[i].text) or gazetteer.is_honorific(doc[i].text):
        return 1, "TITLE"
    return 0, ""


def _part_of_person(doc: Doc, i: int, end: int) -> bool:
    """Tell whether a listed word is a first or last name here: "Jordan Bardella", "Denzel Washington"."""
    before = doc[i - 1].text if i else ""
    behind = doc[i + 1].text if i + 1 < end else ""
    if before in gazetteer.first_names():
        return not gazetteer.lookup(before)
    entry = gazetteer.lookup(doc[i].text)
    return doc[i].text in gazetteer.first_names() and bool(behind) and not gazetteer.lookup(behind) and bool(entry)


def _joined(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    """Join the pieces of one body ("Foreign" + "Ministry", "National Security and Defense Council") up to its head."""
    joined: list[Piece] = []
    for piece in pieces:
        heads = [j for j in range(piece.start, piece.end) if _is_head(doc[j])]
        if piece.label == "?" and heads:
            cut = heads[-1] + 1
            if _is_head(doc[piece.start]) and piece.end - piece.start > 1 and heads[-1] == piece.start:
                cut = piece.end
            joined.append(Piece(piece.start, cut, "ORG"))
            if cut < piece.end:
                joined.append(Piece(cut, piece.end, "?"))
        elif joined and piece.label == "GPE" and joined[-1].label == "ORG" and piece.start > joined[-1].end - 1 and _is_of(doc, piece.start - 1):
            joined[-1].end = piece.end
        else:
            joined.append(piece)
    return joined


def _trimmed(doc: Doc, piece: Piece) -> Piece:
    while piece.end - piece.start > 1 and doc[piece.end - 1].text in {"-", "&", "of", "for", "and", "the"}:
        piece.end -= 1
    while piece.end - piece.start > 1 and doc[piece.start].text in {"-", "&", "of", "for", "and", "the"}:
        piece.start += 1
    return piece


def _typed(doc: Doc, pieces: list[Piece]) -> list[Piece]:
    for position, piece in enumerate(pieces):
        if piece.label == "?":
            titled = position > 0 and pieces[position - 1].label == "TITLE" and pieces[position - 1].end == piece.start
            piece.label = _type(doc, piece, titled=titled)
    return pieces


def _type(doc: Doc, piece: Piece, *, titled: bool) -> str:
    size = piece.end - piece.start
    text = doc[piece.start : piece.end].text
    before = doc[piece.start - 1] if piece.start and not doc[piece.start].is_sent_start else None
    if titled or (before is not None and gazetteer.is_role(before.text)):
        return "PERSON" if size <= _PERSON_TOKENS else "?"
    if doc[piece.start].text in gazetteer.first_names() and 1 < size <= _PERSON_TOKENS + 2:
        return "PERSON"
    if doc[piece.end - 1].lower_ in words("names", "place_heads") or doc[piece.start].lower_ in words("names", "place_heads"):
        return "LOC"
    if size == 1 and _ACRONYM.fullmatch(text):
        return "ORG"
    if size > 1 and _name_shaped(doc, piece):
        return "PERSON"
    if _acts_as_speaker(doc, piece.end):
        return "PERSON"
    if size == 1 and before is not None and before.lower_ in _LOCATIVE:
        return "LOC"
    return "?"


def _name_shaped(doc: Doc, piece: Piece) -> bool:
    """Tell whether two to four words look like a person's name: title case, no digits, none a common noun in capitals."""
    tokens = [doc[j] for j in range(piece.start, piece.end) if doc[j].lower_ not in PARTICLES and doc[j].text != "-"]
    before = doc[piece.start - 1].lower_ if piece.start else ""
    return (
        2 <= len(tokens) <= _PERSON_TOKENS
        and before != "the"
        and all(token.is_alpha and not token.is_upper for token in tokens)
        and not any(token.lower_ in words("names", "common_capitalised") for token in tokens)
    )


def _acts_as_speaker(doc: Doc, end: int) -> bool:
    return end < len(doc) and not doc[end].is_sent_start and is_cue(doc[end].text)


def _known_openers(doc: Doc, pieces: list[Piece], headlines: frozenset[int], first_token: int) -> Iterator[Piece]:
    """Give the words that open a sentence or stand in a headline and are, spelled one way or another, the last name of a person found."""
    people = {skeleton(doc[piece.end - 1].text) for piece in pieces if piece.label == "PERSON"}
    taken = {i for piece in pieces for i in range(piece.start, piece.end)}
    for token in doc[first_token:]:
        if token.i not in taken and len(token) > 3 and (_opens(token) or token.i in headlines) and token.is_title and skeleton(token.text) in people:
            yield Piece(token.i, token.i + 1, "PERSON")


def _harmonise(doc: Doc, pieces: list[Piece]) -> None:
    """Give a form the type that most of its occurrences have, and a bare last name its person's."""
    votes: dict[str, Counter[str]] = {}
    last_names = {doc[piece.end - 1].text for piece in pieces if piece.label == "PERSON"}
    for piece in pieces:
        if piece.label not in {"TITLE", "?"}:
            votes.setdefault(doc[piece.start : piece.end].text, Counter())[piece.label] += 1
    for piece in pieces:
        text = doc[piece.start : piece.end].text
        if piece.label == "TITLE" or gazetteer.lookup(text):
            continue
        if piece.end - piece.start == 1 and text in last_names:
            piece.label = "PERSON"
        elif text in votes:
            piece.label = votes[text].most_common(1)[0][0]


def _capitalised(token: Token) -> bool:
    text = token.text
    return text[0].isupper() and (len(text) > 1 or token.i + 1 == len(token.doc) or token.lower_ not in {"i", "a"})


def _opens(token: Token) -> bool:
    """Tell whether a token is capitalised for its place: first of a sentence, a line or a quotation."""
    if token.i == 0 or token.is_sent_start:
        return True
    before = token.doc[token.i - 1].text
    return before in {'"', "“", "‘", "«", "(", "[", ":", "''", "``", "-", "–", "—"} or "\n" in before


def _ordinary(token: Token, counts: Counter[str], *, alone: bool) -> bool:
    """Tell whether a capitalised word is no name where it stands."""
    if token.lower_ in words("names", "calendar_words") or token.lower_ == "i":
        return True
    if gazetteer.lookup(token.text):
        return False
    if token.lower_ in words("names", "common_capitalised"):
        return _opens(token) or alone
    if not _opens(token) or not alone:
        return False
    known = token.text in gazetteer.first_names() or is_cue_subject(token)
    return not known and counts[token.text] == 0


def is_cue_subject(token: Token) -> bool:
    """Tell whether the next word is a cue, so that even an unknown word that opens a sentence speaks: "Umerov wrote"."""
    following = token.i + 1
    return following < len(token.doc) and is_cue(token.doc[following].text) and not token.text.endswith(("s", "ing", "ly"))


def _is_head(token: Token) -> bool:
    return _capitalised(token) and _is_head_word(token.text)


def _is_head_word(word: str) -> bool:
    return word.lower().rstrip(".") in words("names", "organisation_heads")


def _is_of(doc: Doc, i: int) -> bool:
    return doc[i].lower_ in {"of", "for"} or (doc[i].lower_ == "the" and doc[i - 1].lower_ in {"of", "for"})
