"""Quotations that go on behind their cue, given the statements that were found."""

from __future__ import annotations

import pytest
import spacy

from toolkit.lexicon.cues import Cue
from toolkit.quotations._continuing import give_back, join_unclaimed
from toolkit.quotations._cues import CueAt
from toolkit.quotations._marks import quoted_spans
from toolkit.quotations._reading import Draft, Reading, inside_marks
from toolkit.text.sentences import paragraphs


def reading_of(text: str) -> Reading:
    doc = spacy.blank("en")(text)
    quoted = quoted_spans(text, paragraphs(text))
    return Reading(doc, text, quoted, inside_marks(doc, quoted))


def draft(reading: Reading, cue: str, *pieces: str) -> Draft:
    places = [reading.text.index(piece) for piece in pieces]
    spans = [(place, place + len(piece)) for place, piece in zip(places, pieces, strict=True)]
    at = next(token.i for token in reading.doc if token.text == cue)
    return Draft(spans, CueAt(at, at + 1, Cue((cue,), None, "clause", participle=False)))


def words_of(reading: Reading, found: Draft) -> list[str]:
    return [reading.text[start:end] for start, end in found.pieces]


NEARER = "“We are close,” Ana Duarte told reporters, after Espen Holm voiced doubts about the text. “One page is left.”"


def test_a_quotation_goes_back_to_who_spoke_the_last_one() -> None:
    reading = reading_of(NEARER)
    spoken = draft(reading, "told", "“We are close,”")
    nearer = draft(reading, "voiced", "doubts about the text", "“One page is left.”")
    give_back(reading, [spoken, nearer])
    assert words_of(reading, spoken) == ["“We are close,”", "“One page is left.”"]
    assert words_of(reading, nearer) == ["doubts about the text"]


@pytest.mark.parametrize(
    "text",
    [
        NEARER.replace("text. “One", "text: “One"),  # the colon leads to it
        NEARER.replace("close,”", "close”"),  # no comma ends the first quotation
        NEARER.replace("reporters, after", "reporters. Then"),  # the nearer cue has a sentence of its own
        NEARER.replace("reporters, after", "reporters.\n\nLater"),  # and a paragraph of its own
    ],
)
def test_a_quotation_stays_with_the_nearer_cue(text: str) -> None:
    reading = reading_of(text)
    spoken = draft(reading, "told", text[: text.index("”") + 1])
    nearer = draft(reading, "voiced", "doubts about the text", "“One page is left.”")
    give_back(reading, [spoken, nearer])
    assert len(nearer.pieces) == 2


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("“We are close,” Duarte said.\n\n“One page is left.”", True),
        ("“We are close,” Duarte said.\n\n“One page is left.”\n\n“Only one.”", True),
        ("“We are close,” Duarte said.\n\nThe ferry left.\n\n“One page is left.”", False),
        ("“We are close,” Duarte said.\n\n“One page is left,” the text of the deal read.", False),
    ],
)
def test_a_quotation_that_is_a_paragraph_goes_on_with_the_one_before(text: str, goes_on: bool) -> None:  # noqa: FBT001
    reading = reading_of(text)
    spoken = draft(reading, "said", "“We are close,”")
    join_unclaimed(reading, [spoken], paragraphs(text))
    assert len(spoken.pieces) == (len(reading.quoted) if goes_on else 1)
