"""The noun phrases before or behind a cue that are its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.cues import is_cue
from toolkit.lexicon.wordlists import words
from toolkit.quotations._cues import CueAt, SourceAt, dictionary_forms

if TYPE_CHECKING:
    from spacy.tokens import Doc

_INNER_MARKS = frozenset(["-", "‑", "'s", "’s", "'", "’"])
_LONGEST_SOURCE = 14
_LONGEST_APPOSITION = 20
_LONGEST_BRACKET = 8


def source_left(doc: Doc, cue: CueAt, start: int) -> SourceAt | None:
    """Return the noun phrase that is the subject of a cue, standing before it; None where another word stands there."""
    auxiliaries = words("grammar", "auxiliaries")
    end = cue.start
    while end > start and (doc[end - 1].lower_ in auxiliaries or doc[end - 1].lower_.endswith("ly")):
        end -= 1
    if end == start:
        return None
    if doc[end - 1].lower_ == "who" and end - 1 > start:
        end = end - 2 if doc[end - 2].text == "," else end - 1
    if doc[end - 1].text in {")", "]"}:
        end = _before_bracket(doc, end - 1, start)
    if end > start and doc[end - 1].text == ",":
        return _named_behind(doc, end - 1, start) or _phrase(doc, _before_apposition(doc, end - 1, start), start)
    return _phrase(doc, end, start)


def _phrase(doc: Doc, end: int, start: int) -> SourceAt | None:
    """Return the noun phrase that ends before token ``end``."""
    if end <= start or doc[end - 1].is_punct:
        return None
    if doc[end - 1].lower_ in words("grammar", "subject_pronouns"):
        return SourceAt(end - 1, end)
    if doc[end - 1].lower_ in words("grammar", "phrase_breaks"):
        return None
    begin = _phrase_start(doc, end, start)
    return SourceAt(begin, end) if begin < end else None


def owner_before(doc: Doc, i: int, start: int) -> SourceAt | None:
    """Return whose a noun is: "**the ministry's** repeated claim", "**their** demand"."""
    for last in (i - 1, i - 2):
        if last < start:
            return None
        if doc[last].lower_ in words("grammar", "possessives"):
            return SourceAt(last, last + 1)
        if doc[last].lower_ in {"'s", "’s"} or (doc[last].text in {"'", "’"} and doc[last - 1].lower_.endswith("s")):
            owner = _phrase(doc, last, start)
            return SourceAt(owner.start, last + 1) if owner else None
    return None


def name_before(doc: Doc, end: int, start: int) -> SourceAt | None:
    """Return the name that ends before token ``end``: "Interfax quoted **Peskov** as saying"."""
    begin = end
    while begin > start and doc[begin - 1].ent_type_ in {"PERSON", "ORG", "GPE"}:
        begin -= 1
    return SourceAt(begin, end) if begin < end else None


def subject_of_sentence(doc: Doc, start: int, end: int) -> SourceAt | None:
    """Return the first name or "he" among tokens ``[start, end)`` that no preposition governs."""
    prepositions = words("grammar", "inner_prepositions")
    i = start
    while i < end:
        token = doc[i]
        if token.lower_ in {"he", "she"}:
            return SourceAt(i, i + 1)
        if token.ent_type_ in {"PERSON", "ORG"}:
            stop = i + 1
            while stop < end and doc[stop].ent_iob_ == "I":
                stop += 1
            begin = min(_phrase_start(doc, stop, start), i)
            owned = stop < end and doc[stop].lower_ in {"'s", "’s", "'", "’"}
            if not owned and not (begin > start and doc[begin - 1].lower_ in prepositions):
                return SourceAt(begin, stop)
            i = stop
        else:
            i += 1
    return None


def source_right(doc: Doc, cue: CueAt, end: int) -> SourceAt | None:
    """Return the noun phrase behind an inverted cue: "said Umerov, who leads …", "according to two sources"."""
    i = cue.end
    stop = i
    while stop < end and stop - i < _LONGEST_SOURCE and not _ends_phrase(doc, stop, i):
        stop += 1
    return SourceAt(i, stop, inverted=True) if stop > i else None


def _ends_phrase(doc: Doc, i: int, begin: int) -> bool:
    token = doc[i]
    adverbial = token.lower_ == "on" or token.lower_ in words("grammar", "place_prepositions")
    if i > begin and doc[i - 1].ent_type_ == "PERSON" and adverbial:
        return True
    if token.text in {"-", "‑", "'s", "’s", "."} and i + 1 < len(doc) and i > begin and not token.is_sent_start:
        return token.text == "." and not doc[i - 1].is_upper
    if token.lower_ == "and":
        return not (i + 1 < len(doc) and _named(doc, i + 1) and _named(doc, i - 1))
    return token.is_punct or token.lower_ in words("grammar", "phrase_breaks") or token.is_space


def _named_behind(doc: Doc, comma: int, start: int) -> SourceAt | None:
    """Return a role and the name that follows it: "Norway's foreign minister, Espen Holm, …"."""
    name = comma
    while name > start and doc[name - 1].ent_type_ == "PERSON":
        name -= 1
    if not start < name < comma or doc[name - 1].text != ",":
        return None
    role = _phrase(doc, name - 1, start)
    if role is None or not any(gazetteer.is_role(token.text) for token in doc[role.start : role.end]):
        return None
    return SourceAt(role.start, comma)


def _before_apposition(doc: Doc, comma: int, start: int) -> int:
    """Return the end of the name before "…, Russia's foreign minister," (the sentence's start if there is none)."""
    for i in range(comma - 1, max(start, comma - _LONGEST_APPOSITION), -1):
        last = _before_bracket(doc, i - 1, start) - 1 if doc[i - 1].text == ")" else i - 1
        if doc[i].text == "," and last >= start and _bears_apposition(doc, last, i + 1, start):
            return last + 1
    return start


def _bears_apposition(doc: Doc, last: int, behind: int, start: int) -> bool:
    """Tell whether a name ends at token ``last``, or an unnamed source that "speaking …" or "who …" follows."""
    if doc[last].ent_type_ in {"PERSON", "ORG", "GPE"}:
        begin = _phrase_start(doc, last + 1, start)
        placed = doc[last].ent_type_ == "GPE" and any(token.lower_ == "in" for token in doc[begin:last])
        governed = begin > start and doc[begin - 1].lower_ in words("grammar", "inner_prepositions")
        return not placed and not governed
    person = doc[last].lower_ in speaking_nouns() or gazetteer.is_role(doc[last].text)
    return person and (doc[behind].lower_.endswith("ing") or doc[behind].lower_ in {"who", "whose"})


def _before_bracket(doc: Doc, closing: int, start: int) -> int:
    """Return the end of what stands before "(D-Mo.)"."""
    for i in range(closing - 1, max(start, closing - _LONGEST_BRACKET), -1):
        if doc[i].text in {"(", "["}:
            return i
    return closing


def _phrase_start(doc: Doc, end: int, start: int) -> int:
    begin = end
    while begin > start and end - begin < _LONGEST_SOURCE and _in_phrase(doc, begin - 1, start):
        begin -= 1
    return _without_openers(doc, begin, end)


def _conjoins(doc: Doc, i: int, start: int) -> bool:
    return i > start and (doc[i].ent_iob_ == "I" or (_named(doc, i - 1) and _named(doc, i + 1)))


def _joins_words(doc: Doc, i: int, start: int) -> bool:
    """Tell whether a hyphen or apostrophe stands within a word or behind it: "UN-led", "the workers' union"."""
    if i <= start or doc[i - 1].whitespace_:
        return False
    return doc[i].text not in {"'", "’"} or doc[i - 1].lower_.endswith("s")


def _lists(doc: Doc, i: int, start: int) -> bool:
    """Tell whether a comma stands in a list of names that "and" ends: "Brazil, Ghana and Kenya"."""
    if i <= start or i + 1 >= len(doc) or not doc[i - 1].ent_type_ or doc[i - 1].ent_type_ != doc[i + 1].ent_type_:
        return False
    j = i + 1
    while doc[j].ent_type_ == doc[i + 1].ent_type_ or doc[j].text == ",":
        j += 1
    return doc[j].lower_ == "and" and doc[j + 1].ent_type_ == doc[i + 1].ent_type_


def _named(doc: Doc, i: int) -> bool:
    return bool(doc[i].ent_type_) or doc[i].text[0].isupper()


def _in_phrase(doc: Doc, i: int, start: int) -> bool:
    """Tell whether token ``i`` belongs to the noun phrase behind it."""
    token = doc[i]
    if (
        (token.lower_ == "and" and _conjoins(doc, i, start))
        or (token.text in _INNER_MARKS and _joins_words(doc, i, start))
        or (token.text == "," and _lists(doc, i, start))
    ):
        return True
    if token.is_punct or token.is_space or token.lower_ in words("grammar", "phrase_breaks"):
        return False
    if token.lower_ in words("grammar", "object_pronouns"):
        return False
    if token.lower_ in words("grammar", "inner_prepositions"):
        return _is_noun_phrase_inside(doc, i, start)
    if token.lower_ in words("grammar", "source_participles"):
        return i > start and (doc[i - 1].lower_ in speaking_nouns() or gazetteer.is_role(doc[i - 1].text))
    return not is_cue(token.text) or token.lower_ in dictionary_forms() or _is_noun_like(doc, i, start)


def _is_noun_like(doc: Doc, i: int, start: int) -> bool:
    """Tell whether a form in -s may be a noun here: "Thursday's talks", "the reports"; after a name it is a verb."""
    return doc[i].lower_.endswith("s") and not (i > start and doc[i - 1].ent_type_ == "PERSON")


def _is_noun_phrase_inside(doc: Doc, i: int, start: int) -> bool:
    """Tell whether a preposition hangs on a noun of the source: "head of the team", but not "In Geneva"."""
    if i == start:
        return False
    before = doc[i - 1]
    bears = before.lower_ in speaking_nouns() | words("grammar", "source_participles")
    return bears or bool(before.ent_type_) or gazetteer.is_role(before.text)


def speaking_nouns() -> frozenset[str]:
    """Return the nouns for people, bodies and documents that say something."""
    return words("grammar", "unnamed_sources") | words("grammar", "institutions") | words("grammar", "documents")


def _without_openers(doc: Doc, begin: int, end: int) -> int:
    """Drop days, adverbs and conjunctions that open the sentence before its subject."""
    while begin < end and (
        doc[begin].lower_ in words("names", "calendar_words")
        or doc[begin].lower_ in words("grammar", "continuations")
        or doc[begin].lower_ in words("grammar", "auxiliaries") - {"both", "all"}
        or (doc[begin].lower_.endswith("ly") and not doc[begin].ent_type_)
    ):
        begin += 1
    return begin
