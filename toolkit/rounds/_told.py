"""What the learned reader says of an article's events: which phrases tell of one, and who, when and where.

Roles are read from the words around a phrase, never filled up: where no span is taken for a side, there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.model.event_reader import Candidate, EventPhrase
    from toolkit.records import Span

LEAST = {"side": 0.45, "third": 0.5, "person": 0.5, "date": 0.5, "place": 0.7}
"""How probable a role must be."""
SAME, ALIKE = 0.5, 0.3
"""How probable it must be that two phrases tell of one encounter, or of one other event, for them to be joined."""


@dataclass(frozen=True)
class Told:
    """Phrases of an article in order, and what the spans around are to their events.

    Parameters
    ----------
    phrases : sequence of EventPhrase
    same : mapping of (int, int) to float
        How probable two phrases of one type tell of one event.
    candidates : sequence of Candidate
        The spans that the phrases' roles number.
    """

    phrases: Sequence[EventPhrase] = ()
    same: Mapping[tuple[int, int], float] = field(default_factory=dict)
    candidates: Sequence[Candidate] = ()

    def of_type(self, *types: str) -> list[int]:
        """Return the numbers of the phrases of some types."""
        return [number for number, phrase in enumerate(self.phrases) if phrase.type in types]

    def span(self, number: int) -> Span:
        """Return the stretch of a phrase."""
        return self.phrases[number].start, self.phrases[number].end

    def over(self, span: Span, type_: str = "encounter") -> int | None:
        """Return the phrase of a type that a span shares most characters with, or None."""
        start, end = span
        shared = [
            (min(end, phrase.end) - max(start, phrase.start), -number)
            for number, phrase in enumerate(self.phrases)
            if phrase.type == type_
        ]
        best = max(shared, default=(0, 0))
        return -best[1] if best[0] > 0 else None

    def alike(self, one: int, other: int) -> float:
        """Return how probable two phrases tell of one event."""
        return 1.0 if one == other else self.same.get((min(one, other), max(one, other)), 0.0)

    def spans(self, numbers: Iterable[int], role: str, least: float | None = None) -> list[tuple[float, Candidate]]:
        """Return the spans that have a role for one of some phrases, in order, each with its highest probability.

        That must be ``least``, or what is usual for the role.
        """
        least = LEAST[role] if least is None else least
        found: dict[int, float] = {}
        for number in numbers:
            for (candidate, name), share in self.phrases[number].roles.items():
                if name == role:
                    found[candidate] = max(share, found.get(candidate, 0.0))
        return [(share, self.candidates[one]) for one, share in sorted(found.items()) if share >= least]
