"""Whom a source may mean, and what speaks for each: where they were named last, who spoke last, what the rules say."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from toolkit.lexicon import gazetteer
from toolkit.lexicon.wordlists import words
from toolkit.speakers._named import joins
from toolkit.speakers._pronouns import SINGULAR, own_words, salient_people
from toolkit.speakers._scene import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from toolkit.records import Mention, Quotation
    from toolkit.speakers._scene import Scene

_REACH = 6
"""Sentences before a pronoun in which who it stands for was named."""
_MOST = 12
"""Most candidates for one source."""
_STEPS = 4
"""Most clauses above that of a pronoun."""
_PLURAL = frozenset(["they", "their", "them", "both", "each", "we", "our", "us"])
_SINGLE = frozenset(["it", "its", "which", "that"])
_KINDS = {
    "he": frozenset(["person", "group"]),
    "it": frozenset(["organisation", "country", "group"]),
    "they": frozenset(["organisation", "country", "group", "person"]),
}


def asked(quotation: Quotation) -> str:
    """Return what kind of source a quotation has: he, it, they, I, who, none, or (by its words) named or described."""
    if quotation.source_span is None:
        return "none"
    word = (quotation.source_text or "").lower()
    if word in SINGULAR:
        return "he"
    if word in _PLURAL:
        return "they"
    if word in _SINGLE:
        return "it"
    if word in words("grammar", "first_person"):
        return "i"
    return "who" if word in {"who", "whose", "whom"} else "words"


def candidates(
    scene: Scene, quotation: Quotation, verdict: Speaker | None, following: Quotation | None = None
) -> list[Speaker | None]:
    """Return whom a quotation may have for its speaker: first what the rules say, at last nobody.

    Parameters
    ----------
    scene : Scene
        The article up to the quotation.
    quotation : Quotation
        Without a speaker.
    verdict : Speaker or None
        Whom the rules find.
    following : Quotation, optional
        The next one that has a speaker, for a quotation without a source.
    """
    kind = asked(quotation)
    here = (quotation.source_span or quotation.spans[0])[0]
    # Whom "he" stands for the rules tell better than the ranker, where they tell it at all.
    open_ = kind in {"it", "they", "none"} or (kind == "he" and verdict is None)
    names = dict.fromkeys(_names(scene, quotation, kind, here)) if open_ else {}
    if following is not None:
        names[str(following.speaker)] = None
    known = verdict.name if verdict else None
    others = [Speaker(name, "pronoun") for name in names if name != known]
    pair = _pair(scene, here) if kind == "they" else None
    if pair is not None and pair != verdict:
        others.append(pair)
    return [verdict, *others[:_MOST], *([None] if verdict else [])]


def _names(scene: Scene, quotation: Quotation, kind: str, here: int) -> Iterator[str]:
    """Give the names of those who may be meant, the nearest first."""
    fits = _KINDS.get(kind, _KINDS["they"])
    gender = SINGULAR.get((quotation.source_text or "").lower())
    for spoken in last_spoken(scene, here):
        name = str(spoken.speaker)
        if _agrees(scene, name, fits, gender):
            yield name
    if kind == "none":
        return
    for mention in reversed(mentions_before(scene, here)):
        if _agrees(scene, mention.actor, fits, gender):
            yield mention.actor


def mentions_before(scene: Scene, here: int) -> list[Mention]:
    """Return the mentions of anybody in the last sentences before an offset, in reading order."""
    start = scene.starts[max(0, scene.sentence(here) - _REACH)] if scene.starts else 0
    return [mention for mention in scene.cast.at(start, here) if mention.how in {"name", "metonym", "description"}]


def last_spoken(scene: Scene, here: int) -> list[Quotation]:
    """Return the last attributions before an offset, the nearest first."""
    found: list[Quotation] = []
    for spoken in scene.spoken_before(here):
        if scene.sentence(here) - scene.sentence(spoken.envelope[1] - 1) > _REACH or len(found) == _MOST:
            break
        found.append(spoken)
    return found


def _agrees(scene: Scene, name: str, kinds: frozenset[str], gender: str | None) -> bool:
    kind = scene.kind(name)
    if kind not in kinds:
        return False
    if gender is None:
        return True
    return scene.agrees(name, gender) if kind == "person" else _is_one(name)


def _is_one(group: str) -> bool:
    """Tell whether a description is of one person: "source close to the talks"."""
    heads = [
        word for word in group.lower().split() if word in words("grammar", "unnamed_sources") or gazetteer.is_role(word)
    ]
    return bool(heads) and not heads[0].endswith("s")


def _pair(scene: Scene, here: int) -> Speaker | None:
    """Return the two who were named last with "and" between them."""
    named = mentions_before(scene, here)
    for one, other in zip(reversed(named[:-1]), reversed(named[1:]), strict=True):
        if one.actor != other.actor and joins(scene.text[one.end : other.start]):
            return Speaker(one.actor, "pronoun", (other.actor,))
    return None


def governing(doc: Doc, here: int) -> Iterator[int]:
    """Give the tokens that are subjects of the clauses above the one that holds an offset: "**Reis** said he left"."""
    span = doc.char_span(here, here + 1, alignment_mode="expand")
    if span is None:
        return
    verb: Token = span[0].head
    for _ in range(_STEPS):
        if verb.head is verb:
            break
        verb = verb.head
        yield from (child.i for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"})


class Evidence:
    """What speaks for the candidates of one source, as named numbers."""

    def __init__(
        self, scene: Scene, quotation: Quotation, outer: Sequence[Quotation] = (), following: Quotation | None = None
    ) -> None:
        self._following = following
        self._scene, self._quotation = scene, quotation
        self._kind = asked(quotation)
        self._here = (quotation.source_span or quotation.spans[0])[0]
        self._outer = {other.speaker for other in outer}
        self._spoken = last_spoken(scene, self._here)
        self._named = mentions_before(scene, self._here)
        self._governing = set(governing(scene.doc, self._here)) if self._kind != "words" else set()
        self._salient: list[str] = []
        if self._kind == "he":
            gender = SINGULAR[str(quotation.source_text).lower()]
            self._salient = list(islice(dict.fromkeys(salient_people(scene, self._here, gender)), 3))
        self._quoted = any(start <= self._here < end for other in outer for start, end in own_words(scene.text, other))

    def _head(self, mention: Mention) -> Token:
        span = self._scene.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        assert span is not None
        return span.root

    def of(self, candidate: Speaker | None, verdict: Speaker | None) -> dict[str, float]:
        """Return the features of a candidate that are not 0, by name."""
        found = {f"{self._kind}": 1.0, **self._of_quotation()}
        if candidate == verdict:
            found["verdict"] = 1.0
            found |= {f"verdict {name}": 1.0 for name in self._of_verdict(verdict)}
        if candidate is None:
            found["nobody"] = 1.0
            found[f"nobody, {len(self._named) > 0}"] = 1.0
        else:
            found |= dict.fromkeys(self._of_name(candidate), 1.0)
        own = {f"{self._kind}: {name}": value for name, value in found.items() if name != self._kind}
        return found | own

    def _of_quotation(self) -> dict[str, float]:
        quotation = self._quotation
        return {
            f"kind {quotation.kind}": 1.0,
            f"force {quotation.cue_force}": 1.0,
            f"source {quotation.source_kind}": 1.0,
            "inner": float(quotation.via is not None),
            "quoted": float(self._quoted),
            "no cue": float(quotation.cue is None),
        }

    def _of_verdict(self, verdict: Speaker | None) -> Iterator[str]:
        quotation = self._quotation
        yield f"how {verdict.how if verdict else None}"
        yield f"how {verdict.how if verdict else None} {self._scene.kind(verdict.name) if verdict else None}"
        yield f"of {min(len((quotation.source_text or '').split()), 6)} words"
        if verdict and verdict.others:
            yield "joined"
        if verdict and verdict.how == "description" and self._scene.kind(verdict.name) != "group":
            yield "taken up"
        opening = (quotation.source_text or "").split(maxsplit=1)
        if opening and opening[0].lower() in words("grammar", "articles") | words("grammar", "possessives"):
            yield f"opens with {opening[0].lower()}"

    def _of_name(self, candidate: Speaker) -> Iterator[str]:
        yield f"is {self._scene.kind(candidate.name)}"
        if candidate.others:
            yield "pair"
        if candidate.name in self._outer:
            yield "outer"
        yield from self._of_spoken(candidate.name)
        mentions = [mention for mention in self._named if mention.actor == candidate.name]
        yield from self._of_mentions(candidate.name, mentions) if mentions else ["far"]

    def _of_spoken(self, name: str) -> Iterator[str]:
        """Give what tells that a candidate spoke before, or speaks next."""
        scene, here = self._scene, self._here
        following = self._following
        if following is not None and name == following.speaker:
            yield f"next, {_paragraphs(scene, self._quotation.envelope[1], following.spans[0][0])} paragraphs on"
        ranks = list(dict.fromkeys(spoken.speaker for spoken in self._spoken))
        if name not in ranks:
            yield "spoke None"
            return
        yield f"spoke {min(ranks.index(name), 2)}"
        if name == ranks[0]:
            last = self._spoken[0]
            yield f"spoke {min(scene.sentence(here) - scene.sentence(last.envelope[1] - 1), 3)} ago"
            yield "spoke inside" if last.via is not None else "spoke outside"
            yield f"{_paragraphs(scene, last.envelope[1], here)} paragraphs since"

    def _of_mentions(self, name: str, mentions: Sequence[Mention]) -> Iterator[str]:
        """Give what tells how near a candidate was named, and as what."""
        scene, last = self._scene, mentions[-1]
        ago = scene.sentence(self._here) - scene.sentence(last.start)
        head = self._head(last)
        yield f"{'was' if ago else 'is'} {head.dep_}"
        yield f"named {min(ago, 4)} ago"
        yield f"named {min(len(mentions), 4)} times"
        yield "by description" if last.how == "description" else "by name"
        if name in self._salient:
            yield f"salient {self._salient.index(name)}"
        opening = [mention for mention in mentions if scene.opens_sentence(mention)]
        if last in opening:
            yield f"subject {min(ago, 3)} ago"
        if any(scene.sentence(self._here) - scene.sentence(mention.start) <= 1 for mention in opening):
            yield "subject"
        same = {m.actor for m in self._named if m.start > last.start and scene.kind(m.actor) == scene.kind(name)}
        yield f"{min(len(same), 3)} nearer"
        told = {
            "plural": head.tag_ in {"NNS", "NNPS"},
            "governing": any(self._head(mention).i in self._governing for mention in mentions),
            "named in quotation": scene.in_quotation(last.start) and not self._quoted,
        }
        yield from (feature for feature, holds in told.items() if holds)


def _paragraphs(scene: Scene, start: int, end: int) -> int:
    """Return how many paragraphs end between two offsets, 3 for more."""
    return min(scene.text.count("\n\n", start, end), 3)
