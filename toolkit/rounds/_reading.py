"""One article as the earlier steps have read it: what the rounds are found from."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from toolkit.rounds._told import Told

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from toolkit.records import Actor, Mention, Span, TimeExpression

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}(?:-\w+)*|\w+(?:[-‑'’.&]\w+)*|[^\w\s]")
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a punctuation mark; ``lower`` has straight apostrophes and no closing stop."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def capitalised(self) -> bool:
        """Tell whether the token begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True)
class RoundInput:
    """An article's text with its sentences, time expressions, mentions and actors.

    Parameters
    ----------
    text : str
        The article's text, that all offsets index.
    article_id : str
        The article's id; it goes into every evidence span.
    sentences : sequence of (int, int)
        Spans of the sentences, in order. Rounds are looked for in them alone; a sentence of more than a thousand
        characters, most likely a table or a list, is read in pieces.
    times : sequence of TimeExpression
        Time expressions of the article.
    mentions : sequence of Mention
        Where actors are spoken of; ``Mention.actor`` names one of ``actors``.
    actors : sequence of Actor
        The actors of the article, with their kind and side.
    published : datetime.date, optional
        The publication date. Without it days are counted from the unknown publication day.
    body : (int, int), optional
        The part of the text to look at, behind a file's header; all of it by default.
    told : Told, optional
        What the learned reader says of the article's events; without it rules alone find encounters, and no others.
    """

    text: str
    article_id: str
    sentences: Sequence[Span]
    times: Sequence[TimeExpression] = ()
    mentions: Sequence[Mention] = ()
    actors: Sequence[Actor] = ()
    published: dt.date | None = None
    body: Span | None = None
    told: Told = field(default_factory=Told)
    _starts: dict[str, list[int]] = field(init=False, repr=False, compare=False)
    _reached: dict[str, list[int]] = field(init=False, repr=False, compare=False)
    _by_name: dict[str, Actor] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        begin, end = self.body or (0, len(self.text))
        inside = [span for span in self.sentences if span[0] >= begin and span[1] <= end]
        pieces = tuple(piece for span in inside for piece in _pieces(self.text, span))
        times = tuple(sorted(self.times, key=lambda time: time.start))
        mentions = tuple(sorted(self.mentions, key=lambda mention: mention.start))
        starts = {
            "sentences": [start for start, _ in pieces],
            "times": [time.start for time in times],
            "mentions": [mention.start for mention in mentions],
        }
        # Up to each of them, where the last to end does.
        reached = {
            "times": list(accumulate((time.end for time in times), max)),
            "mentions": list(accumulate((mention.end for mention in mentions), max)),
        }
        values = {
            "sentences": pieces,
            "times": times,
            "mentions": mentions,
            "_starts": starts,
            "_reached": reached,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_by_name", {actor.name: actor for actor in reversed(self.actors)})

    def sentence_at(self, position: int) -> int:
        """Return the index of the sentence that a character stands in."""
        return max(0, bisect_right(self._starts["sentences"], position) - 1)

    def times_in(self, span: Span) -> list[TimeExpression]:
        """Return the time expressions within a span, in order."""
        return [time for time in self.times[self._between("times", span)] if time.end <= span[1]]

    def mentions_in(self, span: Span) -> list[Mention]:
        """Return the mentions within a span, in order."""
        return [mention for mention in self.mentions[self._between("mentions", span)] if mention.end <= span[1]]

    def time_at(self, position: int) -> TimeExpression | None:
        """Return the first time expression that holds a character, or None."""
        number = bisect_right(self._reached["times"], position)
        found = self.times[number] if number < len(self.times) else None
        return found if found and found.start <= position else None

    def mention_at(self, position: int) -> Mention | None:
        """Return the first mention that holds a character, or None."""
        number = bisect_right(self._reached["mentions"], position)
        found = self.mentions[number] if number < len(self.mentions) else None
        return found if found and found.start <= position else None

    def mention_over(self, span: Span) -> Mention | None:
        """Return the mention that covers just a span, or None."""
        found = self.mentions[self._between("mentions", (span[0], span[0]))]
        return next((mention for mention in found if (mention.start, mention.end) == span), None)

    def time_over(self, span: Span) -> TimeExpression | None:
        """Return the time expression that covers just a span, or None."""
        found = self.times[self._between("times", (span[0], span[0]))]
        return next((time for time in found if (time.start, time.end) == span), None)

    def _between(self, name: str, span: Span) -> slice:
        return slice(bisect_left(self._starts[name], span[0]), bisect_right(self._starts[name], span[1]))

    def actor(self, name: str) -> Actor | None:
        """Return the actor of a name, or None."""
        return self._by_name.get(name)


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """Give a sentence, or the pieces of an overlong one, cut at spaces."""
    start, end = span
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def tokenize(text: str, span: Span) -> list[Token]:
    """Return the words and punctuation marks of a span."""
    return [Token(m.group(), _plain(m.group()), m.start(), m.end()) for m in _TOKEN.finditer(text, *span)]


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").replace("‑", "-").rstrip(".") or word
