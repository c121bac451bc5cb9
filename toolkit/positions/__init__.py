"""Positions: who stands where on what, on what condition, as each article tells it.

`find_positions` reads the words of stands and makes a record of each; the actors and places of an article's cast are
given. `find_phrases`, word lists over the tree, is the floor, and one of the signs that the learned reader goes by.
Issues and rounds are known when all articles are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.positions._build import build
from toolkit.positions._by_words import find_phrases
from toolkit.positions._in_rounds import in_rounds
from toolkit.positions._issues import with_found_issues
from toolkit.positions._listed import by_issues, issues
from toolkit.positions._phrase import Phrase, PositionInput
from toolkit.speakers import add_further

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.actors import Cast
    from toolkit.model.trunk_reader import ArticleStates
    from toolkit.records import Actor, Mention, Position

__all__ = [
    "Phrase",
    "PositionInput",
    "add_holders",
    "by_issues",
    "find_phrases",
    "find_positions",
    "in_rounds",
    "issues",
    "positions_of",
    "with_found_issues",
]


def find_positions(given: PositionInput, states: ArticleStates, actors: Iterable[Actor]) -> list[Position]:
    """Return the positions that an article tells of, in the order of its text.

    Parameters
    ----------
    given : PositionInput
    states : ArticleStates
        From :func:`toolkit.model.trunk_reader.read_states`.
    actors : iterable of Actor
        The article's cast.
    """
    from toolkit.positions._read import read_phrases

    return positions_of(given, read_phrases(given, states, actors))


def positions_of(given: PositionInput, phrases: Iterable[Phrase]) -> list[Position]:
    """Return the positions that phrases tell of, from any reader, in the order of the text."""
    phrases = sorted(phrases, key=lambda one: (one.start, one.end, one.holder.start if one.holder else -1))
    voices = given.voices()
    return [build(given, phrase, voices.over((phrase.start, phrase.end))) for phrase in phrases]


def add_holders(cast: Cast, positions: Iterable[Position], further: Iterable[Mention]) -> None:
    """Add those to a cast, with their mentions, who are in it for a position alone: "the **strikers** reject it".

    Parameters
    ----------
    cast : Cast
        Changed in place.
    positions : iterable of Position
    further : iterable of Mention
        Those that the positions were found with.
    """
    held = {(position.actor_span, position.actor) for position in positions}
    known = {(one.start, one.end, one.actor) for one in cast.mentions}
    found = (one for one in further if ((one.start, one.end), one.actor) in held)
    add_further(cast, [one for one in found if (one.start, one.end, one.actor) not in known])
