from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import spacy

import toolkit as tk
from toolkit.names import Piece, find_names, merge_names
from toolkit.names._types import harmonise

if TYPE_CHECKING:
    from spacy.language import Language


def names(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(doc[piece.start : piece.end].text, piece.label) for piece in find_names(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Duarte met Espen Holm.", [("Ana Duarte", "PERSON"), ("Espen Holm", "PERSON")]),
        ("Kenyan President Grace Okafor left.", [("Kenyan", "NORP"), ("Grace Okafor", "PERSON")]),
        ("Mr. Whitfield and Ms. Okafor left.", [("Whitfield", "PERSON"), ("Okafor", "PERSON")]),
        ("The envoy met Ban Ki-moon there.", [("Ban Ki-moon", "PERSON")]),
        ("The envoy met Ursula von der Leyen there.", [("Ursula von der Leyen", "PERSON")]),
        ("The envoy met Maria Orlova-Reis there.", [("Maria Orlova-Reis", "PERSON")]),
        ("The talks in Geneva went on.", [("Geneva", "GPE")]),
        ("A strike at the port of Dunmore Bay ended.", [("Dunmore Bay", "LOC")]),
        ("The WTO and the World Trade Organization are one.", [("WTO", "ORG"), ("World Trade Organization", "ORG")]),
        ("The Ministry of Fisheries agreed.", [("Ministry of Fisheries", "ORG")]),
        ("The Fisheries and Harbours Council agreed.", [("Fisheries and Harbours Council", "ORG")]),
        ("A deal between Japan and Kenya held.", [("Japan", "GPE"), ("Kenya", "GPE")]),
        ("A UN-led force left.", [("UN", "ORG")]),
        ("“We leave,” said Brandt.", [("Brandt", "PERSON")]),
        ("The guest was Jordan Blake of the union.", [("Jordan Blake", "PERSON")]),
        # Titles of several words, and what only stands before a name.
        ("They met Secretary of State John Mercer there.", [("John Mercer", "PERSON")]),
        ("They met Vice Commerce Minister Lin Mei there.", [("Lin Mei", "PERSON")]),
        ("They met Republican Paulo Reis there.", [("Paulo Reis", "PERSON")]),
        ("They met Chief Justice Carl Brandt Jr. there.", [("Carl Brandt Jr.", "PERSON")]),
        ("They met Mr. King there.", [("King", "PERSON")]),
        ("They met Larry King there.", [("Larry King", "PERSON")]),
        # Bodies: joined by prepositions, apart from a name before "and".
        ("The Committee for a Fair Harbour agreed.", [("Committee for a Fair Harbour", "ORG")]),
        ("The Alliance to Mend Our Harbours agreed.", [("Alliance to Mend Our Harbours", "ORG")]),
        ("Foreign Ministry envoys left.", [("Foreign Ministry", "ORG")]),
        ("They sent the Council to China.", [("Council", "ORG"), ("China", "GPE")]),
        (
            "Duarte said yes. Later Duarte and Senate leaders left.",
            [("Duarte", "PERSON"), ("Duarte", "PERSON"), ("Senate", "ORG")],
        ),
        # Parties' followers are groups, and "in" is followed by a place.
        ("Republicans said yes.", [("Republicans", "NORP")]),
        ("The talks in San Telmo went on.", [("San Telmo", "LOC")]),
        # Short forms of a person's name.
        ("Pieter de Roos left. De Roos wept.", [("Pieter de Roos", "PERSON"), ("De Roos", "PERSON")]),
        ("James O’Hara left. They saw O'Hara.", [("James O’Hara", "PERSON"), ("O'Hara", "PERSON")]),
        ("LeVar Odom left. Then LeVar wept.", [("LeVar Odom", "PERSON"), ("LeVar", "PERSON")]),
        # A month that is a name.
        ("Theresa May left in May. May said yes.", [("Theresa May", "PERSON"), ("May", "PERSON")]),
    ],
)
def test_names_and_their_labels(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert names(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Talks went on. Nobody left. Prices rose.",
        "On Monday and in March the talks went on.",
        "Exporters fear the worst. “Never again.”",
        "I think so, and so do I.",
        "the talks went on",
        "",
    ],
)
def test_capitals_that_name_nobody(nlp: Language, text: str) -> None:
    assert names(nlp, text) == []


def test_headline_capitals_name_nobody_unknown(nlp: Language) -> None:
    text = "Fishing Talks Stall As Patience Wears Thin In Japan\nThe session ended late."
    assert names(nlp, text) == [("Japan", "GPE")]


def test_headline_is_cut_at_its_verb(nlp: Language) -> None:
    assert (
        names(nlp, "Paulo Reis Denies The Leak As Talks Stall.\n\nPaulo Reis left.") == [("Paulo Reis", "PERSON")] * 2
    )


def test_last_name_known_from_elsewhere_opens_a_sentence(nlp: Language) -> None:
    assert ("Okonjo", "PERSON") in names(nlp, "Grace Okonjo arrived late. Okonjo left early.")


def test_a_form_has_one_label_throughout(nlp: Language) -> None:
    text = "Elena Varga spoke first. Later the crowd in Varga square cheered for Varga."
    assert {label for form, label in names(nlp, text) if form == "Varga"} == {"PERSON"}


def test_an_unknown_name_has_the_label_of_its_clearest_place(nlp: Language) -> None:
    text = "Talks in Velmora failed. The road past Velmora stayed shut."
    assert names(nlp, text) == [("Velmora", "LOC"), ("Velmora", "LOC")]


def test_first_token_passes_a_header_over(nlp: Language) -> None:
    doc = nlp("Espen Holm writes. Ana Duarte left.")
    assert [doc[piece.start : piece.end].text for piece in find_names(doc, first_token=4)] == ["Ana Duarte"]


def test_pieces_are_in_order_and_apart(nlp: Language) -> None:
    pieces = find_names(nlp("U.S. Trade Secretary John Mercer of the Harbour Board met Kenya's Grace Okafor in Oslo."))
    assert all(one.end <= other.start for one, other in pairwise(pieces))
    assert len(pieces) == 6


def test_first_and_last_name_known_each_from_elsewhere_are_one_name(nlp: Language) -> None:
    text = (
        "Jon Reed: Voters Worried About Emma Holm’s Plan; It’s ‘in Their Heads.’\n"
        "At Monday’s debate, Democrat Emma Holm mentioned a letter.\n"
        "In one letter Friday, Reed said: “Did Crooked Emma help?”"
    )
    assert names(nlp, text)[:2] == [("Jon Reed", "PERSON"), ("Emma Holm", "PERSON")]


def test_the_first_word_of_a_body_is_no_person() -> None:
    doc = spacy.blank("en")("Ora Media pays. Critics of Ora left.")
    pieces = [Piece(0, 2, "ORG"), Piece(6, 7, "PERSON")]
    harmonise(doc, pieces)
    assert [piece.label for piece in pieces] == ["ORG", "ORG"]


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        # A person's name that was read loses a title, and gains nothing.
        ("Meet Sally Jatta there.", [("Sally Jatta", "PERSON")], [("Sally Jatta", "PERSON")]),
        ("They met Minister Lin Mei there.", [("Minister Lin Mei", "PERSON")], [("Lin Mei", "PERSON")]),
        # The lists decide, but for regions that may govern themselves.
        ("Okinawa voted.", [("Okinawa", "GPE")], [("Okinawa", "GPE")]),
        ("Okinawa voted.", [("Okinawa", "PERSON")], [("Okinawa", "LOC")]),
        ("Norway voted.", [("Norway", "PERSON")], [("Norway", "GPE")]),
        # Nor but for a seat of government that is read as a body.
        ("The Pentagon paid.", [("Pentagon", "ORG")], [("Pentagon", "ORG")]),
        ("The Pentagon paid.", [("Pentagon", "PERSON")], [("Pentagon", "GPE")]),
        # A body is its last word later on.
        (
            "The Harbour Council met. Later the Council agreed.",
            [("Harbour Council", "ORG")],
            [("Harbour Council", "ORG"), ("Council", "ORG")],
        ),
        # Someone read in full may be called by what is a place elsewhere; others may not.
        (
            "At last Paris left, for Valeska Paris had won.",
            [("Paris", "PERSON"), ("Valeska Paris", "PERSON")],
            [("Paris", "PERSON"), ("Valeska Paris", "PERSON")],
        ),
        ("They came to see Paris there.", [("Paris", "PERSON")], [("Paris", "GPE")]),
        # What is a place stays one beside someone of that name.
        (
            "They flew to Paris, where Valeska Paris had won.",
            [("Paris", "GPE"), ("Valeska Paris", "PERSON")],
            [("Paris", "GPE"), ("Valeska Paris", "PERSON")],
        ),
        # Nothing is found inside names of other kinds, which are not given.
        ("They signed the Paris Agreement on Monday.", [("Paris Agreement", "MISC")], []),
        # An acronym is a body's where it speaks or stands in brackets, not wherever it is met.
        ("Later AMOH said no. A hand of AMOH shook.", [], [("AMOH", "ORG"), ("AMOH", "ORG")]),
        ("Rising SSS and low SSS matter.", [], []),
        # In a headline someone is believed whose full name was read, a single word is not.
        ("Rare Talks With Orla Venn End Badly", [("Orla Venn", "PERSON")], [("Orla Venn", "PERSON")]),
        ("Rare Talks With Venn End Quite Badly", [("Venn", "PERSON")], []),
    ],
)
def test_what_is_read_is_merged_with_lists_and_rules(
    nlp: Language, text: str, read: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    doc = nlp(text)
    spans = [(doc.char_span(text.index(form), text.index(form) + len(form)), label) for form, label in read]
    pieces = merge_names(doc, [(span.start, span.end, label) for span, label in spans if span is not None])
    assert [(doc[piece.start : piece.end].text, piece.label) for piece in pieces] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They showed the Buran medium-range missile system in Oslo.", [("Oslo", "GPE")]),
        ("They held the Bergen harbour talks in Oslo.", [("Bergen", "GPE"), ("Oslo", "GPE")]),
        # What a body is called goes on behind "and", with whose it is before it.
        (
            "Norwegian National Harbour and Defence Council chief Ana Duarte spoke.",
            [("National Harbour and Defence Council", "ORG"), ("Ana Duarte", "PERSON")],
        ),
    ],
)
def test_things_are_no_places_and_bodies_are_whole(text: str, expected: list[tuple[str, str]]) -> None:
    doc = tk.load()(text)
    assert [(ent.text, ent.label_) for ent in doc.ents if ent.label_ != "NORP"] == expected
