"""Who may hold a stand: how the mentions around its words stand to them in the text, the tree and the statements.

As for the roles of events (:mod:`toolkit.model.event_pairs`), a small network weighs each pair of a stand and a
mention.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from toolkit.model.event_pairs import Spot
from toolkit.model.position_clauses import CLAUSES, OWNERS, PLACES, clauses_of, place_of
from toolkit.model.position_tags import ACTS, HOWS, KINDS, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

    from toolkit.model.words import Words
    from toolkit.records import Mention, Quotation, Span

BACK, AHEAD = 3, 1
"""Sentences before and behind that of a stand in which holders are looked for; whoever speaks may stand farther off."""
_DISTANCES = np.array([1, 3, 6, 11, 21, 41])
_SIZES = (BACK + AHEAD + 2, 3, len(_DISTANCES) + 1, len(KINDS), len(HOWS), len(CLAUSES), len(PLACES))
"""Of the features of which one holds: sentences and words between, which comes first, what it is, in the tree."""
_FIRSTS = np.cumsum([0, *_SIZES])
N_FLAGS = 23
N_PAIR = int(_FIRSTS[-1]) + N_FLAGS
N_EDGE = 8
N_LISTED = len(ACTS) + len(STANCES) + 2
N_MARKS = 1 + 2 * len(ACTS)
LONGEST = 120
"""Most words of a sentence that are asked whether they are an edge."""
_WITHIN = 0.6
"""Share of a stand that a statement must hold."""
_ALIKE = 0.3
"""Dice of a stand and one that word lists tell, from which on these say something of it."""


_PERSONS = (frozenset(["i"]), frozenset(["we"]), frozenset(["he", "she", "they", "it", "you"]))


class Listed(NamedTuple):
    """What word lists over the tree tell of a stand: its words, stance and act, who holds it, whether who speaks does.

    They know words that few articles show, and those that a user adds; the reader weighs what they say.
    """

    start: int
    end: int
    stance: str
    act: str
    holders: tuple[Span, ...] = ()
    is_speakers: bool = False


@dataclass(frozen=True)
class Scene:
    """An article with the mentions of its actors and its statements.

    Parameters
    ----------
    doc : Doc
        Parsed.
    words : Words
    sentences : sequence of (int, int)
    mentions : sequence of Mention
        In the order of the text.
    kinds : mapping of str to str
        Of actors; who is not in it is a group.
    quotations : sequence of Quotation
        With speakers.
    listed : sequence of Listed
        What word lists tell.
    """

    doc: Doc
    words: Words
    sentences: Sequence[Span]
    mentions: Sequence[Mention]
    kinds: Mapping[str, str]
    quotations: Sequence[Quotation]
    listed: Sequence[Listed] = ()

    @cached_property
    def told(self) -> dict[Spot, Told]:
        """What is known of the statements around stands; :func:`told_around` fills it."""
        return {}

    @cached_property
    def starts(self) -> list[int]:
        """Where sentences start."""
        return [start for start, _ in self.sentences]

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The mentions as words."""
        return tuple(
            self.spot(self.kinds.get(one.actor, "group"), (one.start, one.end), pronoun=one.how == "pronoun")
            for one in self.mentions
        )

    @cached_property
    def heads(self) -> tuple[Token, ...]:
        """The word of each mention that its others hang on."""
        return tuple(self.head(spot) for spot in self.spots)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each actor is spoken of."""
        return Counter(one.actor for one in self.mentions)

    @cached_property
    def firsts(self) -> dict[str, int]:
        """The first mention of each actor."""
        return {one.actor: number for number, one in reversed(list(enumerate(self.mentions)))}

    @cached_property
    def tokens(self) -> list[int]:
        """The token that each word is."""
        places = {token.idx: token.i for token in self.doc}
        return [places[start] for start, _ in self.words.spans]

    @cached_property
    def word_of(self) -> dict[int, int]:
        """The word that a token is."""
        return {token: word for word, token in enumerate(self.tokens)}

    def spot(self, kind: str, span: Span, *, pronoun: bool = False) -> Spot:
        """Return a span as words."""
        first, last = (max(0, bisect_right(self.words.spans, (at, 1 << 60)) - 1) for at in (span[0], span[1] - 1))
        return Spot(kind, first, max(first, last) + 1, self.sentence(span[0]), pronoun)

    def span(self, spot: Spot) -> Span:
        """Return words as a span of the text."""
        return self.words.spans[spot.start][0], self.words.spans[spot.end - 1][1]

    def sentence(self, position: int) -> int:
        """Return the number of the sentence that a character stands in."""
        return bisect_right(self.starts, position) - 1

    def head(self, spot: Spot) -> Token:
        """Return the word that the others of some words hang on."""
        return self.doc[self.tokens[spot.start] : self.tokens[spot.end - 1] + 1].root

    def scope(self, stand: Spot) -> Span:
        """Return the words of the sentence in which a stand begins, up to its own last one at least."""
        inside = self.sentences[stand.sentence]
        whole = self.spot("sentence", inside)
        first = min(whole.start, stand.start)
        return first, min(max(whole.end, stand.end), first + LONGEST)


class Told(NamedTuple):
    """The statements that a stand has to do with: the innermost and outermost around it, those whose cue is in it."""

    inner: Quotation | None
    outer: Quotation | None
    cued: tuple[Quotation, ...]


def told_around(scene: Scene, stand: Spot) -> Told:
    """Return the statements that a stand stands in or makes; a stand is asked about several times."""
    found = scene.told.get(stand)
    if found is None:
        found = scene.told[stand] = _told_around(scene, stand)
    return found


def _told_around(scene: Scene, stand: Spot) -> Told:
    start, end = scene.span(stand)
    least = _WITHIN * (end - start)
    around = [
        one for one in scene.quotations if any(min(end, last) - max(start, first) >= least for first, last in one.spans)
    ]
    around.sort(key=lambda one: sum(last - first for first, last in one.spans))
    cued = (one for one in scene.quotations if _meet(one.cue_span, start, end))
    return Told(around[0] if around else None, around[-1] if len(around) > 1 else None, tuple(cued))


def holders_near(scene: Scene, stands: Sequence[Spot]) -> NDArray[np.int64]:
    """Return the pairs of a stand and a mention that may tell who holds it, shape (pairs, 2), int64."""
    return np.array(
        [(number, mention) for number, stand in enumerate(stands) for mention in _near(scene, stand)], np.int64
    ).reshape(-1, 2)


def _near(scene: Scene, stand: Spot) -> list[int]:
    near = {number for number, spot in enumerate(scene.spots) if -BACK <= spot.sentence - stand.sentence <= AHEAD}
    told = told_around(scene, stand)
    named = {scene.mentions[number].actor for number in near}
    for speaker in sorted(_speakers((told.inner, told.outer, *told.cued)) - named):
        own = [number for number, one in enumerate(scene.mentions) if one.actor == speaker]
        if own:
            near.add(max((number for number in own if scene.spots[number].start < stand.start), default=own[0]))
    return sorted(near)


def holder_features(scene: Scene, stands: Sequence[Spot], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how the stand and the mention of each pair stand to each other, shape (pairs, N_PAIR), float32."""
    rows = np.zeros((len(pairs), N_PAIR), np.float32)
    near: dict[int, list[int]] = {}
    for number, mention in pairs.tolist():
        near.setdefault(number, []).append(mention)
    asked = {number: _Asked.of(scene, stands, number, tuple(own)) for number, own in near.items()}
    for row, (number, mention) in zip(rows, pairs.tolist(), strict=True):
        row[_FIRSTS[:-1] + asked[number].places(mention)] = 1
        row[_FIRSTS[-1] :] = asked[number].flags(mention)
    return rows


class _Asked(NamedTuple):
    """A stand of which it is asked who holds it, with what is the same for all mentions."""

    scene: Scene
    stand: Spot
    told: Told
    head: Token
    clauses: Mapping[int, int]
    speakers: tuple[set[str], set[str], set[str]]
    subject: tuple[bool, ...]
    subjects: frozenset[int]
    listed: Listed | None
    others: tuple[int, ...]
    near: tuple[int, ...]

    @classmethod
    def of(cls, scene: Scene, stands: Sequence[Spot], number: int, near: tuple[int, ...]) -> _Asked:
        stand = stands[number]
        head, told = scene.head(stand), told_around(scene, stand)
        clauses = clauses_of(head)
        subjects = frozenset(token for token, clause in clauses.items() if clause == 1)
        words = {scene.doc[token].lower_ for token in subjects}
        return cls(
            scene=scene,
            stand=stand,
            told=told,
            head=head,
            clauses=clauses,
            speakers=(_speakers([told.inner]), _speakers([told.outer]), _speakers(told.cued)),
            subject=tuple(bool(words & each) for each in _PERSONS),
            subjects=subjects,
            listed=_listed_at(scene, stand)[1],
            others=tuple(other.start for place, other in enumerate(stands) if place != number),
            near=near,
        )

    def places(self, mention: int) -> tuple[int, ...]:
        """Return which of the features hold of which one holds in each group."""
        spot, stand, clauses = self.scene.spots[mention], self.stand, self.clauses
        distance = max(stand.start - spot.end, spot.start - stand.end, -1) + 1
        inside = self.scene.tokens[spot.start : spot.end]
        return (
            min(max(spot.sentence - stand.sentence, -BACK - 1), AHEAD) + BACK + 1,
            0 if spot.end <= stand.start else 2 if spot.start >= stand.end else 1,
            int(np.searchsorted(_DISTANCES, distance, "right")),
            KINDS.index(spot.kind),
            HOWS.index(self.scene.mentions[mention].how),
            min((clauses[token] for token in inside if token in clauses), default=0),
            place_of(self.scene.heads[mention]),
        )

    def flags(self, mention: int) -> tuple[float, ...]:
        """Return what else holds of a mention, each a number between 0 and 1."""
        scene, told = self.scene, self.told
        one, spot, word = scene.mentions[mention], scene.spots[mention], scene.heads[mention]
        inner, outer, cueing = self.speakers
        between = range(min(self.stand.start, spot.start) + 1, max(self.stand.start, spot.start))
        rivals = (scene.spots[other].start for other in self.near if scene.mentions[other].actor != one.actor)
        return (
            word.head.i == self.head.i and word.dep_ in OWNERS,
            one.actor in inner,
            one.actor in outer,
            one.actor in cueing,
            _is_source(told.inner, one),
            _is_source(told.outer, one),
            any(_is_source(each, one) for each in told.cued),
            told.inner is None,
            told.inner is not None and told.inner.kind != "indirect",
            told.inner is not None and any(first <= one.start < last for first, last in told.inner.spans),
            bool(inner) and one.actor not in inner,
            bool(cueing) and one.actor not in cueing,
            any(other in between for other in self.others),
            any(rival in between for rival in rivals),
            min(1.0, float(np.log1p(scene.counts[one.actor])) / 4),
            scene.firsts[one.actor] == mention,
            self.listed is not None and (one.start, one.end) in self.listed.holders,
            self.listed is not None and self.listed.is_speakers and one.actor in inner,
            bool(self.subjects),
            not self.subjects.isdisjoint(scene.tokens[spot.start : spot.end]),
            *self.subject,
        )


def _speakers(told: Iterable[Quotation | None]) -> set[str]:
    return {name for one in told if one for name in (one.speaker, *one.cospeakers) if name}


def _is_source(told: Quotation | None, mention: Mention) -> bool:
    return told is not None and _meet(told.source_span, mention.start, mention.end)


def _listed_at(scene: Scene, stand: Spot) -> tuple[float, Listed | None]:
    """Return what word lists tell of about the same words as a stand, and the Dice of both."""
    start, end = scene.span(stand)
    shares = [
        (2 * max(0, min(end, one.end) - max(start, one.start)) / (end - start + one.end - one.start), -number)
        for number, one in enumerate(scene.listed)
    ]
    share, number = max(shares, default=(0.0, 0))
    return (share, scene.listed[-number]) if share >= _ALIKE else (0.0, None)


def listed_features(scene: Scene, stands: Sequence[Spot]) -> NDArray[np.float32]:
    """Return what word lists tell of stands, shape (stands, N_LISTED), float32: act, stance, nothing, how alike."""
    rows = np.zeros((len(stands), N_LISTED), np.float32)
    for row, stand in zip(rows, stands, strict=True):
        share, one = _listed_at(scene, stand)
        told = (
            [len(ACTS) + len(STANCES)] if one is None else [ACTS.index(one.act), len(ACTS) + STANCES.index(one.stance)]
        )
        row[told] = 1
        row[-1] = share
    return rows


def marks(scene: Scene) -> NDArray[np.int64]:
    """Return what word lists tell of words: 0 nothing, else by act that a stand opens or goes on, shape (words,)."""
    found = np.zeros(len(scene.words), np.int64)
    for one in sorted(scene.listed, key=lambda one: one.start - one.end):
        spot = scene.spot("stand", (one.start, one.end))
        found[spot.start : spot.end] = 2 + 2 * ACTS.index(one.act)
        found[spot.start] -= 1
    return found


def _meet(span: Span | None, start: int, end: int) -> bool:
    return span is not None and span[0] < end and start < span[1]


def edge_features(stand: Spot, scope: Span) -> NDArray[np.float32]:
    """Return how the words of a sentence stand to a stand in it, shape (words, N_EDGE), float32."""
    words = np.arange(*scope)
    far = [np.minimum(np.abs(words - at), 20) / 20 for at in (stand.start, stand.end - 1)]
    before, behind = words < stand.start, words >= stand.end
    edges = words == stand.start, words == stand.end - 1, words == stand.end
    return np.stack([before, ~(before | behind), behind, *edges, *far], 1).astype(np.float32)
