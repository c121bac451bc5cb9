"""What the reader of positions is told of an article, and what the packaged one reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.event_pairs import Spot
from toolkit.model.position_clauses import CLAUSES, PLACES, clauses_of, place_of
from toolkit.model.position_pairs import BACK, Scene, edge_features, holders_near, told_around
from toolkit.model.words import cutter, read_words
from toolkit.records import Mention, Quotation

if TYPE_CHECKING:
    from spacy.language import Language


def words_of(nlp: Language, text: str, name: str) -> Scene:
    """Return a text with the mentions of one name."""
    doc = nlp(text)
    mentions = [
        Mention("a", start, start + len(name), name, name, "name")
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    return Scene(doc, read_words(doc, cutter()), sentences, mentions, {}, [])


@pytest.mark.parametrize(
    ("text", "stand", "name", "clause", "place"),
    [
        ("Peru rejected the offer.", "rejected the offer", "Peru", "its own subject", "subject"),
        ("Peru and Chile rejected the offer.", "rejected the offer", "Chile", "its own subject", "other"),
        ("Peru wants to lift the ban.", "lift the ban", "Peru", "its own subject", "subject"),
        ("Peru said that it would lift the ban.", "would lift the ban", "Peru", "one clause up", "subject"),
        ("The offer was rejected by Peru.", "was rejected", "Peru", "agent", "behind a preposition"),
        ("It named Peru, which rejected the offer.", "rejected the offer", "Peru", "modified", "object"),
        ("The demand of the union hurt Peru.", "demand of the union", "Peru", "none", "object"),
    ],
)
def test_what_a_mention_is_to_a_stand_in_the_tree(
    nlp: Language, text: str, stand: str, name: str, clause: str, place: str
) -> None:
    scene = words_of(nlp, text, name)
    start = text.index(stand)
    clauses = clauses_of(scene.head(scene.spot("stand", (start, start + len(stand)))))
    word = scene.heads[0]
    assert (CLAUSES[clauses.get(word.i, 0)], PLACES[place_of(word)]) == (clause, place)


def test_holders_are_looked_for_near_and_where_somebody_speaks(nlp: Language) -> None:
    text = "Peru wrote a letter. " + "Nothing else happened. " * 6 + "“We reject the offer.” Peru was late."
    scene = words_of(nlp, text, "Peru")
    start = text.index("reject")
    stand = scene.spot("stand", (start, start + len("reject the offer")))
    assert holders_near(scene, [stand]).tolist() == [[0, 1]]
    said = Quotation("q", "a", ((start - 4, start + 16),), text[start - 4 : start + 16], "direct", speaker="Chile")
    named = Scene(scene.doc, scene.words, scene.sentences, scene.mentions, {}, [said])
    far = [Mention("a", 0, 4, "Peru", "Chile", "metonym"), scene.mentions[1]]
    spoken = Scene(scene.doc, scene.words, scene.sentences, far, {}, [said])
    assert told_around(named, stand).inner == said
    assert holders_near(spoken, [stand]).tolist() == [[0, 0], [0, 1]]
    assert scene.spots[0].sentence < stand.sentence - BACK


@given(st.integers(0, 10), st.integers(1, 10), st.integers(0, 10), st.integers(0, 10))
def test_every_word_of_a_sentence_stands_before_in_or_behind_a_stand(
    start: int, size: int, before: int, behind: int
) -> None:
    stand = Spot("stand", start, start + size, 0)
    scope = max(0, start - before), start + size + behind
    rows = edge_features(stand, scope)
    assert (rows[:, :3].sum(1) == 1).all()
    assert np.flatnonzero(rows[:, 3]).tolist() == [start - scope[0]]
    assert rows.min() >= 0
    assert rows.max() <= 1
