"""Articles of ``gold/coverage`` with their events as the reader learns them."""

from __future__ import annotations

import datetime as dt
import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from toolkit.errors import InputError
from toolkit.model.event_pairs import Spot, near
from toolkit.model.event_tags import ROLES, ROLES_OF, STATUSES, TAGS, TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from toolkit.model.event_reader import Candidate
    from toolkit.model.words import Words
    from toolkit.records import Actor, Mention, Span, TimeExpression

_NOISE = re.compile(r"^(?:the|a|an)\s+|['’]s?$|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Example:
    """An article: its words, the tag of each, the labelled phrases with status and event, and the spans asked about.

    ``roles`` are those that the spans of ``pairs`` (phrase, span) have, shape (pairs, roles), -1 where a span of the
    kind has no such role.
    """

    name: str
    words: Words
    tags: list[int]
    phrases: tuple[Spot, ...]
    statuses: tuple[int, ...]
    events: tuple[int, ...]
    spans: tuple[Spot, ...]
    pairs: NDArray[np.int64]
    roles: NDArray[np.float32]


def read_labels(folder: Path, part: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the articles of a part of the gold: the text with what is known of it, and the labels.

    Raises
    ------
    InputError
        Where the folder holds none.
    """
    files = sorted((folder / part).glob("*.json"))
    if not files:
        raise InputError(f"{folder}: no labels in {part}/; give the folder that holds texts/ and {part}/")
    for file in files:
        text = json.loads((folder / "texts" / file.name).read_text(encoding="utf-8"))
        yield text, json.loads(file.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Found:
    """What the toolkit finds in an article before its events."""

    sentences: Sequence[Span]
    mentions: Sequence[Mention]
    actors: Sequence[Actor]
    times: Sequence[TimeExpression]
    candidates: Sequence[Candidate]


def read_example(words: Words, labels: Mapping[str, Any], found: Found) -> Example:
    """Return an article with its events, given what the toolkit finds in it."""
    from toolkit.model.event_reader import place_spots, word_at

    starts = [start for start, _ in found.sentences]
    marked: list[tuple[Spot, int, dict[str, Any]]] = []
    for number, event in enumerate(labels["events"]):
        for evidence in event["evidence"]:
            if evidence["span"]:
                start, end = word_at(words, evidence["span"][0]), word_at(words, evidence["span"][1] - 1) + 1
                sentence = bisect_right(starts, evidence["span"][0]) - 1
                if start < end:
                    marked.append((Spot(event["type"], start, end, sentence), number, event))
    marked.sort(key=lambda item: (item[0].start, item[0].end))
    phrases = tuple(spot for spot, _, _ in marked)
    spans = place_spots(words, found.candidates, starts)
    pairs = near(phrases, spans)
    judge = Judge(labels, found)
    roles = np.full((len(pairs), len(ROLES)), -1, np.float32)
    for row, (i, j) in zip(roles, pairs.tolist(), strict=True):
        for role in ROLES_OF[spans[j].kind]:
            row[role] = judge.has(ROLES[role], marked[i][2], j)
    return Example(
        labels["id"],
        words,
        _tags(words, phrases),
        phrases,
        tuple(STATUSES.index(event["status"]) for _, _, event in marked),
        tuple(number for _, number, _ in marked),
        spans,
        pairs,
        roles,
    )


def _tags(words: Words, phrases: Iterable[Spot]) -> list[int]:
    """Return the tag of each word; where phrases overlap the shorter one is kept."""
    tags, owner = [0] * len(words), [-1] * len(words)
    for number, phrase in sorted(enumerate(phrases), key=lambda item: item[1].start - item[1].end):
        for word in range(phrase.start, phrase.end):
            opens = word == phrase.start or owner[word - 1] != number or words.opens[word]
            owner[word] = number
            tags[word] = TAGS.index(("B-" if opens else "I-") + TYPES[TYPES.index(phrase.kind)])
    for word in range(1, len(words)):
        # What is left of a longer phrase behind a shorter one opens anew.
        if tags[word] and tags[word] % 2 == 0 and owner[word] != owner[word - 1]:
            tags[word] -= 1
    return tags


class Owners:
    """Tells whom mentions stand for, by the forms of the labelled actors.

    Parameters
    ----------
    labels : mapping
    actors : iterable of Actor
        Those that the toolkit finds.
    """

    def __init__(self, labels: Mapping[str, Any], actors: Iterable[Actor]) -> None:
        self._owners: dict[str, set[str]] = {}
        for actor in labels["actors"]:
            for form in (actor["name"], *actor["forms"]):
                self._owners.setdefault(plain(form), set()).add(actor["name"])
        self._actors = {actor.name: actor for actor in actors}

    def of(self, mention: Mention) -> set[str]:
        """Return the labelled actors that a mention stands for."""
        own = self._owners.get(plain(mention.text))
        if own:
            return own
        actor = self._actors.get(mention.actor)
        forms = (mention.actor, *(actor.aliases if actor else ()))
        owners = [self._owners[plain(form)] for form in forms if plain(form) in self._owners]
        return set.intersection(*owners) if owners else set()


class Judge:
    """Tells what the spans of an article are to its events, by the forms of the labelled actors and by days.

    Parameters
    ----------
    labels : mapping
    found : Found
    """

    def __init__(self, labels: Mapping[str, Any], found: Found) -> None:
        self.found = found
        self._owners = Owners(labels, found.actors)
        self._sides = {actor["name"]: actor["side"] for actor in labels["actors"]}
        self._mentions = {(mention.start, mention.end): mention for mention in found.mentions}
        self._times = {(time.start, time.end): time for time in found.times}

    def has(self, role: str, event: Mapping[str, Any], number: int) -> bool:
        """Tell whether a span has a role in an event."""
        span = self.found.candidates[number]
        if role == "date":
            return same_days(self._times[span.start, span.end], event["date"])
        if role == "place":
            return bool(event["place"]) and _holds(plain(event["place"]), plain(span.text))
        names = self._owners.of(self._mentions[span.start, span.end])
        if role == "person":
            return bool(names & set(event["people"]))
        named = set(event["parties" if role == "side" else "third"])
        there = names & set(event["people"]) if event["people"] else set()
        return bool(names & named) or any(self._sides.get(name) in named for name in there)


def plain(form: str) -> str:
    """Return a form of a name in small letters, without article and possessive."""
    return " ".join(_NOISE.sub("", form.strip().lower()).split())


def _holds(one: str, other: str) -> bool:
    return bool(one and other) and (f" {one} " in f" {other} " or f" {other} " in f" {one} ")


def same_days(time: TimeExpression, date: str | None) -> bool:
    """Tell whether a time expression gives a labelled date, or one end of it: the same days, or within one of them."""
    if not date or time.first is None:
        return False
    first, last = time.first, time.last or time.first
    ends = [days for part in date.split("/") if (days := _days(part))]
    if not ends:
        return False
    whole = (min(start for start, _ in ends), max(end for _, end in ends))
    slack = dt.timedelta(1 if first == last else 0)
    if any(abs(first - start) <= slack and abs(last - end) <= slack for start, end in (*ends, whole)):
        return True
    return whole[0] <= first and last <= whole[1] and whole[0] != whole[1]


def _days(part: str) -> tuple[dt.date, dt.date] | None:
    try:
        numbers = [int(number) for number in part.split("-")]
        start = dt.date(*(*numbers, 1, 1)[:3])
    except ValueError:
        return None
    if len(numbers) == 3:
        return start, start
    behind = dt.date(
        start.year + (len(numbers) == 1 or start.month == 12), 1 if len(numbers) == 1 else start.month % 12 + 1, 1
    )
    return start, behind - dt.timedelta(1)
