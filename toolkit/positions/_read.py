"""Positions by the learned reader, which takes what word lists over the tree tell for one sign among others."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

from toolkit.model.position_pairs import Listed, Scene
from toolkit.model.position_reader import read_positions
from toolkit.model.position_tags import ACTS, BASES, STANCES
from toolkit.positions._acts import stance_of
from toolkit.positions._by_words import find_phrases, time_of
from toolkit.positions._conditions import condition_of, kind_of
from toolkit.positions._phrase import Phrase
from toolkit.text.syntax import is_verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span as Words

    from toolkit.model.position_reader import PositionPhrase
    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.positions._phrase import PositionInput
    from toolkit.records import Act, Actor, Mention, PositionBasis, Quotation, Span, Stance

LEAST = 0.3
"""How probable it must be that words carry a stand."""
SURE, LIKELY = 0.4, 0.1
"""How probable an actor must be to hold a stand beside others, and to hold it alone."""


def read_phrases(given: PositionInput, states: ArticleStates, actors: Iterable[Actor]) -> list[Phrase]:
    """Return the words of stands in an article by the learned reader, one for each who holds it; in order."""
    scene = scene_of(given, states, actors)
    return phrases_of(given, read_positions(states, scene), scene.mentions)


def phrases_of(given: PositionInput, read: Iterable[PositionPhrase], mentions: Sequence[Mention]) -> list[Phrase]:
    """Return what the reader found with who holds it; ``read`` is in order and tells of mentions by their numbers."""
    voices = given.voices()
    return [
        phrase
        for one in read
        if one.probability >= LEAST
        for phrase in _phrases(given, one, mentions, voices.over((one.start, one.end)))
    ]


def scene_of(given: PositionInput, states: ArticleStates, actors: Iterable[Actor]) -> Scene:
    """Return an article as the reader takes it: each mention once, in the order of the text."""
    mentions = {(one.start, one.end, one.actor): one for one in given.mentions}
    kinds = {actor.name: actor.kind for actor in actors}
    everyone = [mentions[place] for place in sorted(mentions)]
    return Scene(given.doc, states.words, given.sentences, everyone, kinds, given.quotations, tuple(_listed(given)))


def _listed(given: PositionInput) -> Iterator[Listed]:
    """Give what word lists tell, the holders of one stand together."""
    for _, group in groupby(find_phrases(given), key=lambda one: (one.start, one.end, one.act)):
        told = list(group)
        holders = tuple((one.holder.start, one.holder.end) for one in told if one.holder)
        one = told[0]
        yield Listed(one.start, one.end, one.stance, one.act, holders, any(each.is_speakers for each in told))


def _phrases(
    given: PositionInput, read: PositionPhrase, mentions: Sequence[Mention], told: Quotation | None
) -> Iterator[Phrase]:
    words = given.doc.char_span(read.start, read.end, alignment_mode="expand") or given.doc[:1]
    held = [holder for holder in read.holders if holder.probability >= SURE]
    if not held:
        held = [holder for holder in read.holders[:1] if holder.probability >= LIKELY]
    stance = cast("Stance", STANCES[_most(read.stances)])
    holders: list[Mention | None] = [mentions[holder.mention] for holder in held]
    for mention in holders or [None]:
        spoken = mention is not None and told is not None and _speaks(told, mention)
        yield Phrase(
            start=read.start,
            end=read.end,
            stance=stance,
            act=_act(read.acts, stance),
            prop=read.prop,
            condition=_condition(words),
            holder=None if spoken else mention,
            is_speakers=spoken,
            basis=cast("PositionBasis", BASES[_most(read.bases)]),
            time=time_of(words.root),
            score=read.probability,
        )


def _act(shares: Sequence[float], stance: Stance) -> Act:
    """Return the most probable act of those that go with a stance, which is the surer of the two."""
    fitting = (place for place, act in enumerate(ACTS) if stance_of(act) == stance)
    return cast("Act", ACTS[max(fitting, key=shares.__getitem__)])


def _speaks(told: Quotation, mention: Mention) -> bool:
    """Tell whether a mention is of the speaker of a statement, outside of its words."""
    inside = any(start <= mention.start < end for start, end in told.spans)
    return mention.actor == told.speaker and not inside


def _condition(words: Words) -> Span | None:
    """Return the condition on a verb of a stand; "after" and "when" mostly tell the time of it."""
    found = condition_of(word for word in words if is_verb(word))
    if found is None or kind_of(found.text) == "after":
        return None
    return found.start_char, found.end_char


def _most(shares: Sequence[float]) -> int:
    return max(range(len(shares)), key=shares.__getitem__)
