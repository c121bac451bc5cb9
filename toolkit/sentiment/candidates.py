"""Who may judge whom in a sentence: the pairs that are put to the model, found by rules that leave the verdict to it.

Whoever speaks may judge all who are mentioned in what is said, and who is addressed; whoever is mentioned may judge
whoever else is mentioned; the outlet, all who are mentioned outside statements.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from toolkit.model.pair_reader import Flag, Pair, Question
from toolkit.sentiment.relations import hold_of, relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from toolkit.records import Mention, Quotation, Span

MOST: Final = 12
"""Actors of a sentence who are paired with each other: the first ones; no sentence that judges has more."""

PLACES: Final = 8
"""Mentions of an actor that the model looks at: the first ones."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair in a sentence: ``holder`` None is the outlet; ``quotation`` the statement in which the target stands.

    ``speaks`` is whether the holder makes that statement, ``relayed`` whether the holder too stands in one.
    """

    sentence: Span
    holder: str | None
    target: str
    by: tuple[Mention, ...]
    of: tuple[Mention, ...]
    quotation: Quotation | None
    speaks: bool = False
    relayed: bool = False

    @property
    def is_voice(self) -> bool:
        """Whether the holder is in whose voice the target is mentioned: who speaks, or the outlet."""
        return self.speaks or self.holder is None

    def flags(self) -> Iterator[Flag]:
        """Give what the model is told of the pair."""
        told = self.quotation
        if self.speaks:
            yield Flag.SPEAKS
        else:
            yield Flag.MENTIONED if self.holder else Flag.OUTLET
        if self.speaks and not self.by:
            yield Flag.FAR
        if told and not self.speaks:
            yield Flag.TOLD
        if self.relayed:
            yield Flag.RELAYED
        if self.by and self.by[0].start < self.of[0].start:
            yield Flag.BEFORE
        if told and told.kind == "direct":
            yield Flag.DIRECT
        if told and told.audience_span and told.audience_span[0] <= self.of[0].start < told.audience_span[1]:
            yield Flag.ADDRESSED


def question(
    text: str, sentence: Span, mentions: Sequence[Mention], pairs: Iterable[Candidate], doc: Doc | None = None
) -> Question:
    """Return what the model is asked of a sentence: its words, who is mentioned in it, and the pairs.

    Without a Doc nothing is told of how the tree joins the two of a pair.
    """
    start, end = sentence
    holds = {} if doc is None else {id(mention): hold_of(doc, (mention.start, mention.end)) for mention in mentions}

    def flags(pair: Candidate) -> tuple[Flag, ...]:
        joined = () if doc is None or not pair.by else relation(doc, holds[id(pair.by[0])], holds[id(pair.of[0])])
        return (*pair.flags(), *joined)

    def within(found: Iterable[Mention]) -> tuple[Span, ...]:
        return tuple((mention.start - start, mention.end - start) for mention in found)

    asked = tuple(Pair(within(pair.by[:PLACES]), within(pair.of[:PLACES]), flags(pair)) for pair in pairs)
    return Question(text[start:end], within(mentions), asked)


def marked_flags(holder: Span, target: Span, quotations: Iterable[Quotation], doc: Doc | None) -> Iterator[Flag]:
    """Give what the model is told of two marked places of a text, of which nothing is known but what stands there.

    Whoever makes the statement in which the target stands is known by its source.
    """

    def told(place: Span) -> list[Quotation]:
        return [one for one in given if any(start <= place[0] and place[1] <= end for start, end in one.spans)]

    given = list(quotations)
    innermost = min(told(target), key=lambda one: one.envelope[1] - one.envelope[0], default=None)
    source = innermost.source_span if innermost else None
    speaks = source is not None and source[0] < holder[1] and holder[0] < source[1]
    yield Flag.SPEAKS if speaks else Flag.MENTIONED
    if innermost and not speaks:
        yield Flag.TOLD
    if not speaks and told(holder):
        yield Flag.RELAYED
    if holder < target:
        yield Flag.BEFORE
    if innermost and innermost.kind == "direct":
        yield Flag.DIRECT
    if doc is not None:
        yield from relation(doc, hold_of(doc, holder), hold_of(doc, target))


def candidates(
    sentences: Sequence[Span], mentions: Sequence[Mention], quotations: Sequence[Quotation]
) -> Iterator[tuple[Span, list[Mention], list[Candidate]]]:
    """Yield each sentence that mentions somebody, with the mentions in it and the pairs that may judge.

    Parameters
    ----------
    sentences : sequence of (int, int)
        In order.
    mentions : sequence of Mention
        In reading order; titles are passed over.
    quotations : sequence of Quotation
        With speakers.
    """
    given = [mention for mention in mentions if mention.how != "title"]
    starts = [mention.start for mention in given]
    for sentence, near in zip(sentences, _near(sentences, quotations), strict=True):
        first, last = (bisect_left(starts, offset) for offset in sentence)
        inside = [mention for mention in given[first:last] if mention.end <= sentence[1]]
        if inside:
            yield sentence, inside, list(_pairs(sentence, inside, near))


def _near(sentences: Sequence[Span], quotations: Sequence[Quotation]) -> list[list[Quotation]]:
    """Return for each sentence the quotations that reach into it, in their order."""
    starts, ends = [start for start, _ in sentences], [end for _, end in sentences]
    near: list[list[Quotation]] = [[] for _ in sentences]
    for quotation in quotations:
        reached = [range(bisect_right(ends, start), bisect_left(starts, end)) for start, end in _spoken(quotation)]
        for number in sorted({number for numbers in reached for number in numbers}):
            near[number].append(quotation)
    return near


def _spoken(quotation: Quotation) -> tuple[Span, ...]:
    """Return the spans in the speaker's voice: the content, and who is told."""
    return (*quotation.spans, quotation.audience_span) if quotation.audience_span else quotation.spans


def _voice(mention: Mention, quotations: Iterable[Quotation]) -> Quotation | None:
    """Return the innermost statement in which a mention stands."""
    holding = [q for q in quotations if any(start <= mention.start and mention.end <= end for start, end in _spoken(q))]
    return min(holding, key=lambda quotation: quotation.envelope[1] - quotation.envelope[0], default=None)


def _pairs(sentence: Span, inside: Sequence[Mention], near: Sequence[Quotation]) -> Iterator[Candidate]:
    voices = {id(mention): _voice(mention, near) for mention in inside}
    actors: dict[str, list[Mention]] = {}
    for mention in inside:
        actors.setdefault(mention.actor, []).append(mention)
    actors = dict(list(actors.items())[:MOST])
    for target, places in actors.items():
        yield from _spoken_of(sentence, target, places, actors, voices)
        told = next((voices[id(place)] for place in places if voices[id(place)]), None)
        speaking = {name for place in places for name in _speakers(voices[id(place)])}
        for holder, by in actors.items():
            if holder != target and holder not in speaking:
                relayed = any(voices[id(place)] for place in by)
                yield Candidate(sentence, holder, target, tuple(by), tuple(places), told, relayed=relayed)


def _spoken_of(
    sentence: Span,
    target: str,
    places: Sequence[Mention],
    actors: Mapping[str, Sequence[Mention]],
    voices: Mapping[int, Quotation | None],
) -> Iterator[Candidate]:
    """Give the pairs of a target with those in whose voice it is mentioned, the outlet or who speaks."""
    by_voice: dict[tuple[str | None, bool], tuple[Quotation | None, list[Mention]]] = {}
    for place in places:
        voice = voices[id(place)]
        for name in _speakers(voice) or (None,):
            by_voice.setdefault((name, voice is None), (voice, []))[1].append(place)
    for (name, _), (voice, of) in by_voice.items():
        by = tuple(actors.get(name, ())) if name else ()
        yield Candidate(sentence, name, target, by, tuple(of), voice, speaks=voice is not None)


def _speakers(voice: Quotation | None) -> tuple[str, ...]:
    return tuple(name for name in (voice.speaker, *voice.cospeakers) if name) if voice else ()
