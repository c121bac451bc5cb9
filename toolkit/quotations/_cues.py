"""Where a sentence announces a statement: cues, and the noun phrases before or behind them that are its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from toolkit import gazetteer
from toolkit.cues import Cue, by_first_word, forms, is_cue
from toolkit.wordlists import load, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_INNER_MARKS = frozenset(["-", "‑", "'s", "’s", "'", "’"])
_LONGEST_SOURCE = 14
_LONGEST_APPOSITION = 20
_LONGEST_BRACKET = 8


@dataclass(frozen=True, slots=True)
class CueAt:
    """A cue at tokens ``[start, end)``."""

    start: int
    end: int
    cue: Cue


@dataclass(frozen=True, slots=True)
class SourceAt:
    """A source at tokens ``[start, end)``, and whether it stands behind its cue ("said Umerov")."""

    start: int
    end: int
    inverted: bool = False


def cues_in(doc: Doc, start: int, end: int, quoted: Sequence[bool]) -> list[CueAt]:
    """Return the cues among tokens ``[start, end)`` that stand outside quotation marks and are verbs there."""
    found: list[CueAt] = []
    i = start
    while i < end:
        match = None if quoted[i] else _match(doc, i, end)
        if match and not _is_noun(doc, match, start) and not _is_passive(doc, match, start):
            found.append(match)
            i = match.end
        else:
            i += 1
    return found


def _match(doc: Doc, i: int, end: int) -> CueAt | None:
    for cue in by_first_word().get(doc[i].lower_, ()):
        stop = i + len(cue.words)
        if stop <= end and all(doc[i + k].lower_ == word for k, word in enumerate(cue.words)):
            return CueAt(i, stop, cue)
    return None


def _is_noun(doc: Doc, found: CueAt, start: int) -> bool:
    """Tell whether the form is a noun or an infinitive here: "the demands", "to say", "its claims"."""
    if doc[found.start].text[0].isupper() and found.start > start:
        return True
    if len(found.cue.words) > 1:
        return False
    before = doc[found.start - 1].lower_ if found.start > start else ""
    form = found.cue.words[0]
    inflected = form.endswith(("ed", "id", "old", "ote", "ought", "ade", "ing"))
    behind = doc[found.end].lower_ if found.end < len(doc) else ""
    return (
        before in {"to", "-"}
        or (
            form in _dictionary_forms()
            and before not in words("grammar", "finite_auxiliaries")
            and not _plural(doc, found.start, start)
        )
        or (before in words("grammar", "noun_markers") and not found.cue.participle)
        or (not inflected and behind == "of")
        or (found.end < len(doc) and doc[found.end].text == "-" and not doc[found.end - 1].whitespace_)
    )


def _is_noun_like(doc: Doc, i: int, start: int) -> bool:
    """Tell whether a form in -s may be a noun here: "Thursday's talks", "the reports"; after a name it is a verb."""
    return doc[i].lower_.endswith("s") and not (i > start and doc[i - 1].ent_type_ == "PERSON")


@cache
def _dictionary_forms() -> frozenset[str]:
    """Return the cues' dictionary forms that are not their past too: "say", "report", but not "read"."""
    verbs = (entry.split()[0] for group in load("cues")["group"] for entry in group["verbs"])
    return frozenset(verb for verb in verbs if verb not in forms(verb)[1:])


def _plural(doc: Doc, i: int, start: int) -> bool:
    """Tell whether the subject before a verb in the present is no single person or thing: "officials", "they", "I"."""
    while i > start and (doc[i - 1].lower_ in words("grammar", "auxiliaries") or doc[i - 1].lower_.endswith("ly")):
        i -= 1
    before = doc[i - 1] if i > start else None
    return before is not None and (
        before.lower_ in words("grammar", "plural_subjects") or (before.lower_.endswith("s") and before.is_alpha)
    )


def _is_passive(doc: Doc, found: CueAt, start: int) -> bool:
    """Tell whether the cue is a passive: its subject hears or undergoes the statement, "was told", "is expected"."""
    i = found.start - 1
    between = words("grammar", "auxiliaries") - words("grammar", "passive_auxiliaries")
    while i >= start and (doc[i].lower_.endswith("ly") or doc[i].lower_ in between):
        i -= 1
    return (
        i >= start
        and doc[i].lower_ in words("grammar", "passive_auxiliaries")
        and found.cue.words[0].endswith(("ed", "told", "aid", "ritten", "ought"))
    )


def source_left(doc: Doc, cue: CueAt, start: int) -> SourceAt | None:
    """Return the noun phrase that is the subject of a cue, standing before it; None where another word stands there."""
    auxiliaries, breaks = words("grammar", "auxiliaries"), words("grammar", "phrase_breaks")
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
        end = _before_apposition(doc, end - 1, start)
    if end <= start or doc[end - 1].is_punct:
        return None
    if doc[end - 1].lower_ in words("grammar", "subject_pronouns"):
        return SourceAt(end - 1, end)
    if doc[end - 1].lower_ in breaks:
        return None
    begin = _phrase_start(doc, end, start)
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
            begin = _phrase_start(doc, stop, start)
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
    if token.text in {"-", "‑", "'s", "’s", "."} and i + 1 < len(doc) and i > begin and not token.is_sent_start:
        return token.text == "." and not doc[i - 1].is_upper
    if token.lower_ == "and":
        return not (i + 1 < len(doc) and _named(doc, i + 1) and _named(doc, i - 1))
    return token.is_punct or token.lower_ in words("grammar", "phrase_breaks") or token.is_space


def _before_apposition(doc: Doc, comma: int, start: int) -> int:
    """Return the end of the name before "…, Russia's foreign minister," (the closing comma itself if there is none)."""
    for i in range(comma - 1, max(start, comma - _LONGEST_APPOSITION), -1):
        last = _before_bracket(doc, i - 1, start) - 1 if doc[i - 1].text == ")" else i - 1
        if doc[i].text == "," and last >= start and doc[last].ent_type_ in {"PERSON", "ORG", "GPE"}:
            return last + 1
    return start


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


def _named(doc: Doc, i: int) -> bool:
    return bool(doc[i].ent_type_) or doc[i].text[0].isupper()


def _in_phrase(doc: Doc, i: int, start: int) -> bool:
    """Tell whether token ``i`` belongs to the noun phrase behind it."""
    token = doc[i]
    if (token.lower_ == "and" and _conjoins(doc, i, start)) or (token.text in _INNER_MARKS and i > start):
        return True
    if token.is_punct or token.is_space or token.lower_ in words("grammar", "phrase_breaks"):
        return False
    if token.lower_ in words("grammar", "object_pronouns"):
        return False
    if token.lower_ in words("grammar", "inner_prepositions"):
        return _is_noun_phrase_inside(doc, i, start)
    return not is_cue(token.text) or token.lower_ in _dictionary_forms() or _is_noun_like(doc, i, start)


def _is_noun_phrase_inside(doc: Doc, i: int, start: int) -> bool:
    """Tell whether a preposition hangs on a noun of the source: "head of the team", but not "In Geneva"."""
    if i == start:
        return False
    before = doc[i - 1]
    return before.lower_ in _head_nouns() or bool(before.ent_type_) or gazetteer.is_role(before.text)


def _head_nouns() -> frozenset[str]:
    return words("grammar", "unnamed_sources") | words("grammar", "institutions") | words("grammar", "documents")


def _without_openers(doc: Doc, begin: int, end: int) -> int:
    """Drop days, adverbs and conjunctions that open the sentence before its subject."""
    while begin < end and (
        doc[begin].lower_ in words("names", "calendar_words")
        or doc[begin].lower_ in words("grammar", "continuations")
        or doc[begin].lower_ in words("grammar", "auxiliaries")
        or (doc[begin].lower_.endswith("ly") and not doc[begin].ent_type_)
    ):
        begin += 1
    return begin
