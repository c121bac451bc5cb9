"""Groups, bodies under common nouns, pronouns and adjectives: who else is spoken of than those with names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.actors import Cast
from toolkit.analysis.reading import layers_of
from toolkit.speakers import further_mentions

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.records import Mention

WORDS = ["the", "workers", "they", "Kenya", "Kenyan", "“", "”", "said", "Holm", "its", "her", "union", ".", ",", "of"]


def further(nlp: Language, text: str) -> tuple[list[Mention], list[Mention]]:
    chain = tk.stages(nlp=nlp).without("times", "days", "told", "rounds", "sentiment", "positions")
    found = layers_of(tk.Article(text), chain)
    cast = Cast("", {actor.name: actor for actor in found["actors"]}, list(found["mentions"]))
    return further_mentions(found["doc"], cast, found["quotations"]), cast.mentions


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The strikers were blamed for it.", "The strikers", "strikers"),
        ("Anna Keller thanked those angry voters.", "those angry voters", "angry voters"),
        ("Anna Keller mocked Republicans on Friday.", "Republicans", "Republicans"),
        ("Anna Keller deplored Russian attacks.", "Russian", "Russia"),
        ("Anna Keller fears threats from Moscow.", "Moscow", "Russia"),
        ("The Harbour Union met. It distrusts the board.", "It", "Harbour Union"),
        ("The Harbour Union met. The board insulted its chair.", "its", "Harbour Union"),
    ],
)
def test_who_else_is_spoken_of(nlp: Language, text: str, words: str, actor: str) -> None:
    found, _ = further(nlp, text)
    assert [mention.actor for mention in found if mention.text == words] == [actor]


@settings(max_examples=30)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_further_mentions_slice_to_their_words_and_stand_apart(nlp: Language, words: list[str]) -> None:
    text = " ".join(words) or "a"
    found, known = further(nlp, text)
    taken = {place for mention in known if mention.how != "title" for place in range(mention.start, mention.end)}
    for mention in found:
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.actor.strip()
        assert mention.end - 1 not in taken
