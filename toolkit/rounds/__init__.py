"""Rounds of talks and other events: found in an article, and rounds put together across articles.

``read_told`` has the learned reader tell of an article's events. ``find_rounds`` makes encounters of that and of rules,
``find_events`` agreements, deadlines, actions and votes, ``find_negotiation`` what tells of the negotiation they are
of. Of all articles, ``negotiations_of`` finds which are of one; ``merge_rounds`` and ``merge_events`` make one row of
what those say of one round or event and keep what they disagree on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.rounds._build import build
from toolkit.rounds._candidates import read_told
from toolkit.rounds._chain import chain
from toolkit.rounds._clues import clues_of
from toolkit.rounds._collective import apart
from toolkit.rounds._detect import find_phrases
from toolkit.rounds._events import find_events
from toolkit.rounds._meetings import find_meetings, told_phrases
from toolkit.rounds._merge import merge_rounds
from toolkit.rounds._merge_events import merge_events
from toolkit.rounds._negotiations import negotiations_of
from toolkit.rounds._reading import RoundInput
from toolkit.rounds._scope import scope_of
from toolkit.rounds._subject import find_negotiation, with_events
from toolkit.rounds._undated import counted_from_publication

if TYPE_CHECKING:
    from toolkit.records import Round
    from toolkit.rounds._detect import Phrase

__all__ = [
    "RoundInput",
    "find_events",
    "find_negotiation",
    "find_rounds",
    "merge_events",
    "merge_rounds",
    "negotiations_of",
    "read_told",
    "with_events",
]


def find_rounds(reading: RoundInput) -> list[Round]:
    """Return the rounds of talks an article speaks of, past, current and planned.

    Parameters
    ----------
    reading : RoundInput
        The article with its sentences, time expressions, mentions and actors.

    Returns
    -------
    list of Round
        In the order in which the article first speaks of them. Without a publication date days are counted from the
        unknown publication day (``offset_first``, ``offset_last``) and no date is given.
    """
    reading = counted_from_publication(reading)
    nouns = find_phrases(reading)
    by_sentence: dict[int, list[Phrase]] = {}
    for noun in nouns:
        by_sentence.setdefault(noun.sentence, []).append(noun)
    scopes = [scope_of(reading, noun, by_sentence[noun.sentence]) for noun in nouns]
    meetings = find_meetings(reading, nouns, scopes)
    ruled = [*nouns, *meetings]
    phrases = sorted([*ruled, *told_phrases(reading, ruled)], key=lambda phrase: phrase.start)
    clues = [clues_of(reading, phrase, by_sentence.get(phrase.sentence, [])) for phrase in phrases]
    return build(reading, chain(reading, apart(reading, clues)))
