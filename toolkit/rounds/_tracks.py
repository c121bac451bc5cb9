"""The strands of a round (political, military …) with their own status, and its outcome and format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.lexicon.lexicon import derived
from toolkit.records import Track
from toolkit.rounds._lexicon import alternation, listed, pattern, plain, talks, track_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.records import Span
    from toolkit.rounds._reading import RoundInput

_CLAUSE_END = re.compile(r"[,;:.](?=\s|$)|\s(?:while|but|whereas)\s")
_LONGEST_OUTCOME = 240
LEVELS = frozenset(["leaders", "ministerial"])
"""Formats that tell who meets, so that their encounters are no rounds of the talks of delegations."""


def find_tracks(reading: RoundInput, sentences: Iterable[Span]) -> tuple[Track, ...]:
    """Return the tracks that sentences about a round speak of, one each, with the status last told of it."""
    found: dict[str, Track] = {}
    for span in sentences:
        for match in _track_pattern().finditer(reading.text, *span):
            for name in _names(match.group("names")):
                track = _track(reading, span, match.start(), name)
                if name not in found or track.status:
                    found[name] = track
    return tuple(found.values())


@derived
def _track_pattern() -> re.Pattern[str]:
    names = alternation(tuple(track_words())).pattern
    nouns = alternation(tuple(talks("track_nouns"))).pattern
    return re.compile(
        rf"(?P<names>{names}(?:(?:,\s*|\s+and\s+|,\s+and\s+){names}){{0,4}})\s+(?:{nouns})", re.IGNORECASE
    )


def _names(text: str) -> list[str]:
    parts = re.split(r",\s*(?:and\s+)?|\s+and\s+", text)
    return list(dict.fromkeys(track_words()[plain(part)] for part in parts if plain(part) in track_words()))


def _track(reading: RoundInput, sentence: Span, position: int, name: str) -> Track:
    start, end = _clause(reading.text, sentence, position)
    text = reading.text[start:end].strip()
    return Track(name, _track_status(text), text, (reading.article_id, *sentence))


def _clause(text: str, sentence: Span, position: int) -> Span:
    start = max([m.end() for m in _CLAUSE_END.finditer(text, sentence[0], position)], default=sentence[0])
    stop = _CLAUSE_END.search(text, position, sentence[1])
    return start, stop.start() if stop else sentence[1]


def _track_status(text: str) -> str | None:
    for status in ("stuck", "progress", "concluded", "under way"):
        if pattern("track_status", status).search(text):
            return status
    return None


def find_outcome(reading: RoundInput, sentences: Iterable[Span]) -> str | None:
    """Return the first sentence about a round that tells of a result, shortened at a clause's end."""
    for start, end in sentences:
        if pattern("outcome", "words").search(reading.text, start, end):
            return _shortened(reading.text[start:end])
    return None


def _shortened(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= _LONGEST_OUTCOME:
        return text
    cut = text.rfind(",", 0, _LONGEST_OUTCOME)
    return text[: cut if cut > _LONGEST_OUTCOME // 2 else text.rfind(" ", 0, _LONGEST_OUTCOME)] + " …"


def format_of(modifiers: Iterable[str]) -> str | None:
    """Return the most telling format that modifiers of talks name."""
    return most_telling([talks("modifiers")[word.lower()] for word in modifiers if word.lower() in talks("modifiers")])


def most_telling(formats: Iterable[str]) -> str | None:
    """Return the format that stands first in the list of formats; one that is not in it comes last."""
    order = {name: place for place, name in enumerate(talks("formats"))}
    return min(formats, key=lambda name: order.get(name, len(order)), default=None)


def rivals(formats: Iterable[str]) -> list[str]:
    """Return the formats, of those named, that no encounter can have together with another of them."""
    named = list(dict.fromkeys(formats))
    kind = {form: name for name, alike in talks("rival_formats").items() for form in alike}
    known = [form for form in named if form in kind]
    return known if len({kind[form] for form in known}) > 1 else []


def is_weak(noun: str) -> bool:
    """Tell whether a noun needs more than itself to speak of negotiations."""
    return noun in listed("weak")
