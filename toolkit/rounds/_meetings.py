"""Verbs that tell of an encounter: "had met the commissioner on Wednesday", "negotiators gathered in Oslo"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.rounds._detect import Phrase
from toolkit.rounds._lexicon import listed, pattern
from toolkit.rounds._reading import RoundInput, tokenize
from toolkit.rounds._scope import Scope, scope_of

if TYPE_CHECKING:
    from toolkit.records import Span

_OBJECT = re.compile(r"\s*(?:(?:again|privately|separately|briefly|face to face|one-on-one|directly)\s+)?(?:with\s+)?")
_RELATIVE = ("that", "who", "which")
_REACH = 90
_CONTEXT = 2


def find_meetings(reading: RoundInput, nouns: list[Phrase], scopes: list[Scope]) -> list[Phrase]:
    """Return the verbs of meeting of two sides that stand outside the scopes of the noun phrases of talks."""
    beside: dict[int, list[tuple[Phrase, Span]]] = {}
    for noun, scope in zip(nouns, scopes, strict=True):
        beside.setdefault(noun.sentence, []).append((noun, scope.span))
    found = []
    for index, span in enumerate(reading.sentences):
        for match in pattern("meet_verbs").finditer(reading.text, *span):
            taken = any(start <= match.start() < end for _, (start, end) in beside.get(index, ()))
            if taken or not (_amid_negotiation(reading, index) or _amid_rounds(beside, index)):
                continue
            phrase = Phrase(match.start(), match.end(), index, "met", match.group().lower())
            others = [noun for noun, _ in beside.get(index, ())]
            if _two_sides(reading, phrase, scope_of(reading, phrase, others)):
                found.append(phrase)
    return found


def told_phrases(reading: RoundInput, known: list[Phrase]) -> list[Phrase]:
    """Return the phrases that the learned reader takes for an encounter's, where rules know none."""
    told = reading.told
    covered = {told.over(phrase.span) for phrase in known}
    found = []
    for number in told.of_type("encounter"):
        start, end = told.phrases[number].start, told.phrases[number].end
        if number not in covered:
            verb = pattern("meet_verbs").search(reading.text, start, end)
            noun = verb.group().lower() if verb else "met"
            found.append(Phrase(start, end, reading.sentence_at(start), "met", noun))
    return found


def _amid_negotiation(reading: RoundInput, index: int) -> bool:
    """Tell whether the sentences around one speak of negotiating: leaders also meet to cut ribbons."""
    first, last = max(0, index - _CONTEXT), min(len(reading.sentences) - 1, index + _CONTEXT)
    span = (reading.sentences[first][0], reading.sentences[last][1])
    return bool(pattern("negotiating", "words").search(reading.text, *span))


def _amid_rounds(beside: dict[int, list[tuple[Phrase, Span]]], index: int) -> bool:
    near = range(index - _CONTEXT, index + _CONTEXT + 1)
    return any(noun.head == "round" for i in near for noun, _ in beside.get(i, ()))


def _two_sides(reading: RoundInput, phrase: Phrase, scope: Scope) -> bool:
    subject = (max(scope.left[0], phrase.start - _REACH), phrase.start)
    if scope.opener in _RELATIVE and not reading.text[slice(*scope.left)].strip():
        begin = reading.sentences[phrase.sentence][0]
        subject = (max(begin, phrase.start - _REACH), max(begin, scope.left[0] - len(scope.opener)))
    gap = _OBJECT.match(reading.text, phrase.end)
    begin = gap.end() if gap else phrase.end
    behind = (begin, min(scope.right[1], begin + _REACH))
    if _met_something_else(reading, behind) or not _sides(reading, subject):
        return False
    met = _sides(reading, (behind[0], min(behind[1], behind[0] + 60)), at_once=True, other=True)
    if not met:
        return phrase.noun.endswith(" again") or _plural(reading, subject)
    return not _one_side(reading, subject, behind)


def _sides(reading: RoundInput, span: Span, *, at_once: bool = False, other: bool = False) -> int:
    """Count the actors and delegates named in a span.

    ``at_once`` counts only those near its beginning, ``other`` only such delegates as are of another side by their name
    ("counterparts", "negotiators").
    """
    actors = [m for m in reading.mentions_in(span) if m.how != "pronoun"]
    delegates = list(pattern("opposites" if other else "delegates").finditer(reading.text, *span))
    starts = [m.start for m in actors] + [m.start() for m in delegates]
    if not at_once and not starts:
        return _unknown_name(reading, span) or _they(reading, span)
    return sum(start - span[0] < 35 for start in starts) if at_once else len(starts)


def _they(reading: RoundInput, span: Span) -> int:
    """Count "they", where the sentence has named two sides before."""
    if "they" not in [token.lower for token in tokenize(reading.text, span)]:
        return 0
    start = reading.sentences[reading.sentence_at(span[0])][0]
    return int(len({mention.actor for mention in reading.mentions_in((start, span[1]))}) > 1)


def _unknown_name(reading: RoundInput, span: Span) -> int:
    """Count a capitalised subject that no actor was found for, such as a surname that is also a month."""
    tokens = tokenize(reading.text, span)
    return int(bool(tokens) and any(token.capitalised and token.text.isalpha() for token in tokens[-4:]))


def _plural(reading: RoundInput, span: Span) -> bool:
    """Tell whether a subject is two sides by itself: "the negotiators", "Ankara and Athens"."""
    words = [token.lower for token in tokenize(reading.text, span)]
    actors = {m.actor for m in reading.mentions_in(span) if m.how != "pronoun"}
    plural = any(word.endswith("s") and word in listed("delegates") for word in words)
    return plural or "they" in words or (len(actors) > 1 and "and" in words) or "group" in words


def _met_something_else(reading: RoundInput, span: Span) -> bool:
    words = [token.lower for token in tokenize(reading.text, span)][:6]
    return bool(set(words) & listed("not_met"))


def _one_side(reading: RoundInput, subject: Span, behind: Span) -> bool:
    """Tell whether those who met belong to the same side."""
    ours, theirs = ({_side(reading, m.actor) for m in reading.mentions_in(span)} - {None} for span in (subject, behind))
    return bool(ours) and bool(theirs) and ours == theirs


def _side(reading: RoundInput, name: str) -> str | None:
    actor = reading.actor(name)
    if actor is None:
        return None
    return actor.side or (actor.name if actor.kind == "country" else None)
