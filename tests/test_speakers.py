from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.actors import Cast, find_actors
from toolkit.quotations import find_quotations
from toolkit.speakers import resolve_speakers

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.records import Quotation


def read(nlp: Language, text: str) -> tuple[list[Quotation], Cast]:
    doc = nlp(text)
    cast = find_actors(doc)
    return resolve_speakers(doc, find_quotations(doc), cast), cast


def speakers(nlp: Language, text: str) -> list[str | None]:
    return [quotation.speaker for quotation in read(nlp, text)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Names, full and short, with and without their title.
        ("Trade minister Ana Duarte said no deal was near.", ["Ana Duarte"]),
        ("Ana Duarte arrived. “No deal is near,” Duarte said.", ["Ana Duarte"]),
        ("Ana Duarte arrived. “No deal is near,” said Ms. Duarte.", ["Ana Duarte"]),
        ("Her deputy, Paulo Reis, denied the leak.", ["Paulo Reis"]),
        ("A spokesman for Ana Duarte, Luis Pinto, said no deal was near.", ["Luis Pinto"]),
        ("Luis Pinto, a spokesman for Ana Duarte, said no deal was near.", ["Luis Pinto"]),
        ("Beijing said no deal was near.", ["China"]),
        ("The WTO said no deal was near.", ["World Trade Organization"]),
        # Pronouns, by gender, the last speaker and the last person named.
        ("Ana Duarte said no. “We tried,” she added.", ["Ana Duarte", "Ana Duarte"]),
        ("Maria Roth met Peter Lang in Bern. “We tried,” he said.", ["Peter Lang"]),
        ("Maria Roth met Peter Lang in Bern. “We tried,” she said.", ["Maria Roth"]),
        ("Maria Roth said no. Peter Lang said yes. She added that time was short.", ["Maria Roth", "Peter Lang"]),
        ("Mr. Otieno met Ms. Varga in Bern. “We tried,” he said.", ["Otieno"]),
        ("Mr. Otieno met Ms. Varga in Bern. “We tried,” she said.", ["Varga"]),
        # Descriptions.
        ("Kenyan President Grace Okafor arrived. The Kenyan president said no deal was near.", ["Grace Okafor"]),
        ("Two sources said no deal was near.", ["Two sources"]),
        ("The union said no deal was near.", ["union"]),
        ("Kenyan officials said no deal was near.", ["Kenyan officials"]),
        # Where the text does not say.
        ("“No deal is near,” he said.", [None]),
        ("They said no deal was near.", [None]),
        ("“No deal is near until the ports open again.”", [None]),
        ("The report says no deal was near.", [None]),
        ("The union's statement said no deal was near.", [None]),
        ("His lawyer said no deal was near.", [None]),
    ],
)
def test_speaker(nlp: Language, text: str, expected: list[str | None]) -> None:
    assert speakers(nlp, text)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("Ana Duarte and Espen Holm said no deal was near.", "Ana Duarte", ("Espen Holm",)),
        (
            "Paulo Reis, Grace Okafor and Ana Duarte said no deal was near.",
            "Paulo Reis",
            ("Grace Okafor", "Ana Duarte"),
        ),
        ("The United States and China said no deal was near.", "United States", ("China",)),
        ("Ana Duarte, of the party led by Espen Holm, said no deal was near.", "Ana Duarte", ()),
    ],
)
def test_several_speakers(nlp: Language, text: str, first: str, others: tuple[str, ...]) -> None:
    ((quotation,), _) = read(nlp, text)
    assert (quotation.speaker, quotation.cospeakers) == (first, others)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Ana Duarte said no deal was near.", "name"),
        ("Beijing said no deal was near.", "metonym"),
        ("Two sources said no deal was near.", "description"),
        ("They said no deal was near.", None),
    ],
)
def test_how_the_speaker_was_found(nlp: Language, text: str, how: str | None) -> None:
    ((quotation,), _) = read(nlp, text)
    assert quotation.speaker_how == how


def test_a_relayed_statement_has_its_own_speaker(nlp: Language) -> None:
    assert speakers(nlp, "Tomas Brandt said Marta Keller told him the union would vote.") == [
        "Tomas Brandt",
        "Marta Keller",
    ]


def pronouns(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(m.text, m.actor) for m in read(nlp, text)[1].mentions if m.how == "pronoun"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“I trust my team,” Ana Duarte said.", [("I", "Ana Duarte"), ("my", "Ana Duarte")]),
        ("Ana Duarte said no. She left.", [("She", "Ana Duarte")]),
        ("“I will not sign this text at any price.”", []),
        ("“I speak for all,” the union said.", []),
    ],
)
def test_pronouns_are_mentions(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert pronouns(nlp, text) == expected


def test_unnamed_sources_join_the_cast(nlp: Language) -> None:
    _, cast = read(nlp, "Two sources in Kenya said no deal was near.")
    actor = cast.actors["Two sources in Kenya"]
    assert (actor.kind, actor.side) == ("group", "Kenya")


def test_quotations_come_back_in_their_order(nlp: Language) -> None:
    doc = nlp("“We tried,” Ana Duarte said. Espen Holm said she had not.")
    found = find_quotations(doc)
    resolved = resolve_speakers(doc, found[::-1], find_actors(doc))
    assert [quotation.quotation_id for quotation in resolved] == [quotation.quotation_id for quotation in found[::-1]]
    assert {quotation.speaker for quotation in resolved} == {"Ana Duarte", "Espen Holm"}
