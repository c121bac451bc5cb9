"""Where a sentence announces a statement: cues, and the noun phrases before or behind them that are its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.lexicon.cues import Cue, by_first_word, by_noun, forms
from toolkit.lexicon.lexicon import derived
from toolkit.lexicon.wordlists import load, words
from toolkit.text import syntax

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacy.tokens import Doc


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


def cues_in(doc: Doc, start: int, end: int, quoted: AbstractSet[int]) -> list[CueAt]:
    """Return the cues among tokens ``[start, end)`` that stand outside quotation marks and are verbs there."""
    found: list[CueAt] = []
    i = start
    while i < end:
        match = None if i in quoted else _match(doc, i, end)
        if match and not _is_noun(doc, match, start) and not _is_passive(doc, match, start):
            found.append(match)
            i = match.end
        else:
            i += 1
    return found


def passives_in(doc: Doc, start: int, end: int, quoted: AbstractSet[int]) -> list[CueAt]:
    """Return the cues outside quotation marks whose subject hears the statement: "had been **told**"."""
    matches = (_match(doc, i, end) for i in range(start, end) if i not in quoted)
    return [match for match in matches if match and _is_passive(doc, match, start)]


def noun_cue(i: int, word: str) -> CueAt:
    """Return the cue that a noun is: "the **claim** that …"."""
    return CueAt(i, i + 1, Cue((word,), by_noun()[word], "clause", participle=False))


def _match(doc: Doc, i: int, end: int) -> CueAt | None:
    """Return the cue that starts at a token; the "to" of "agreed to" belongs to the statement."""
    for cue in by_first_word().get(doc[i].lower_, ()):
        stop = i + len(cue.words)
        if stop <= end and all(doc[i + k].lower_ == word for k, word in enumerate(cue.words)):
            return CueAt(i, stop - (len(cue.words) > 1 and cue.words[-1] == "to" and not cue.fixed), cue)
    return None


def _is_noun(doc: Doc, found: CueAt, start: int) -> bool:
    """Tell whether the form is a noun or an infinitive here: "the demands", "to say", "its claims"."""
    verb = doc[found.start : found.end].root
    if verb.has_dep() and not syntax.is_verb(verb):
        return True
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
            form in dictionary_forms()
            and before not in words("grammar", "finite_auxiliaries")
            and not _plural(doc, found.start, start)
        )
        or (before in words("grammar", "noun_markers") and not found.cue.participle)
        or (not inflected and behind == "of")
        or (found.end < len(doc) and doc[found.end].text == "-" and not doc[found.end - 1].whitespace_)
    )


@derived
def dictionary_forms() -> frozenset[str]:
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
    verb = doc[found.start : found.end].root
    if verb.has_dep():
        # A listed "were convinced" holds its auxiliary and has who is convinced as its source.
        return verb.i == found.start and syntax.is_passive(verb)
    i = found.start - 1
    between = words("grammar", "auxiliaries") - words("grammar", "passive_auxiliaries")
    while i >= start and (doc[i].lower_.endswith("ly") or doc[i].lower_ in between):
        i -= 1
    return (
        i >= start
        and doc[i].lower_ in words("grammar", "passive_auxiliaries")
        and found.cue.words[0].endswith(("ed", "told", "aid", "ritten", "ought"))
    )
