from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from toolkit.actors import Cast, find_actors
from toolkit.quotations import find_quotations
from toolkit.records import Quotation
from toolkit.speakers import resolve_speakers

if TYPE_CHECKING:
    from spacy.language import Language


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


# Cases that need more than the words of the source: (text, the speaker of the last statement).
HARD = [
    # Roles by title, apposition, possessive and predicate.
    ("Mayor Ana Duarte arrived. The mayor said no deal was near.", "Ana Duarte"),
    ("Ana Duarte, the mayor of Dunmore, arrived. The mayor said no deal was near.", "Ana Duarte"),
    ("Dunmore's mayor, Ana Duarte, arrived. The mayor said no deal was near.", "Ana Duarte"),
    ("Dunmore Mayor Ana Duarte met Governor Paulo Reis. The mayor said no deal was near.", "Ana Duarte"),
    ("Dunmore Mayor Ana Duarte met Governor Paulo Reis. The governor said no deal was near.", "Paulo Reis"),
    ("Ana Duarte is a former senator. The former senator said no deal was near.", "Ana Duarte"),
    ("Paulo Reis, who is the governor of Dunmore, left. The governor said no deal was near.", "Paulo Reis"),
    ("Secretary of State John Mercer arrived. The secretary said no deal was near.", "John Mercer"),
    ("Foreign Minister Liv Strand met Finance Minister Grace Okafor. The finance minister said no.", "Grace Okafor"),
    ("Foreign Minister Liv Strand met Finance Minister Grace Okafor. The foreign minister said no.", "Liv Strand"),
    ("Former President Tomas Brandt met President Marta Keller. The president said no deal was near.", "Marta Keller"),
    (
        "Kenyan President Grace Okafor met Ghanaian President Kofi Boateng. The Kenyan president said no.",
        "Grace Okafor",
    ),
    ("GOP nominee Paulo Reis arrived. The Republican nominee said no deal was near.", "Paulo Reis"),
    ("Democratic nominee Ana Duarte met Republican nominee Paulo Reis. The Republican nominee said no.", "Paulo Reis"),
    ("Democratic nominee Ana Duarte met Republican nominee Paulo Reis. The Democratic nominee said no.", "Ana Duarte"),
    ("Real estate developer Paulo Reis arrived. The real estate mogul said no deal was near.", "Paulo Reis"),
    ("Sen. Ana Duarte arrived. The senator said no deal was near.", "Ana Duarte"),
    ("Gov. Paulo Reis arrived. “No deal is near,” the governor said.", "Paulo Reis"),
    # A description takes up the last person it fits, not one of another office, party or sex.
    ("Ana Duarte arrived. “We tried,” Duarte said. The candidate said no deal was near.", "Ana Duarte"),
    ("Maria Roth met Peter Lang. The woman said no deal was near.", "Maria Roth"),
    ("Maria Roth met Peter Lang. The man said no deal was near.", "Peter Lang"),
    ("Governor Paulo Reis arrived. The mayor said no deal was near.", "mayor"),
    ("Republican Paulo Reis arrived. The Democratic candidate said no deal was near.", "Democratic candidate"),
    ("Ana Duarte arrived. A senator said no deal was near.", "senator"),
    ("Sen. Ana Duarte met Paulo Reis. Reis left. The senator said no deal was near.", "Ana Duarte"),
    ("Vermont senator Ana Duarte arrived. The Florida senator said no deal was near.", "Florida senator"),
    ("Mayor Ana Duarte arrived. One former mayor said no deal was near.", "One former mayor"),
    ("Kenyan envoy Grace Okafor spoke. The Norwegian leader said no deal was near.", "Norwegian leader"),
    ("Ana Duarte arrived. The diplomats said no deal was near.", "diplomats"),
    ("Ana Duarte arrived. An official said no deal was near.", "official"),
    ("Ana Duarte arrived. Her lawyer said no deal was near.", None),
    # Spokesmen and aides are not those they speak for.
    ("A spokesman for Ana Duarte said no deal was near.", "spokesman for Ana Duarte"),
    ("Duarte aides said no deal was near. Ana Duarte left.", "Duarte aides"),
    ("Ana Duarte arrived. Ana Duarte's spokesman said no deal was near.", "Ana Duarte's spokesman"),
    # What goes by a person's name is a body.
    ("Ana Duarte arrived. The Duarte campaign said no deal was near.", "Duarte campaign"),
    ("Ana Duarte arrived. Duarte's campaign said no deal was near.", "Duarte campaign"),
    ("Pieter de Roos arrived. The de Roos administration said no deal was near.", "de Roos administration"),
    ("The Duarte campaign met. Ana Duarte left. The campaign said no deal was near.", "Duarte campaign"),
    (
        "Ana Duarte arrived. The Duarte campaign met. Ana Duarte wept. Her campaign said no deal was near.",
        "Duarte campaign",
    ),
    # Bodies by their kind or head.
    ("The Harbour Fund met. The fund said no deal was near.", "Harbour Fund"),
    ("The Fisheries Council met. Later the council said no deal was near.", "Fisheries Council"),
    ("Reuters was there. The news agency said no deal was near.", "Reuters"),
    ("The Financial Times was there. The newspaper said no deal was near.", "Financial Times"),
    ("CNN was there. The network said no deal was near.", "CNN"),
    ("The Harbour Fund met the Seed Council. The fund said no deal was near.", "Harbour Fund"),
    ("The Harbour Fund met. The union said no deal was near.", "union"),
    # Seats of government are bodies, capitals their state.
    ("The White House said no deal was near.", "White House"),
    ("The Kremlin said no deal was near.", "Kremlin"),
    ("Downing Street said no deal was near.", "Downing Street"),
    ("The Elysee Palace said no deal was near.", "Élysée"),
    ("London said no deal was near.", "United Kingdom"),
    # Documents speak for their author where the text names one.
    ("A report by the Harbour Fund said no deal was near.", "Harbour Fund"),
    ("Ana Duarte's letter said no deal was near.", "Ana Duarte"),
    ("A video from the Harbour Fund said no deal was near. The video said the port was shut.", "Harbour Fund"),
    ("The Harbour Fund said no deal was near. The statement said the port was shut.", "Harbour Fund"),
    ("A report on the Harbour Fund said no deal was near.", None),
    # Who is quoted by an agency speaks.
    ("Ana Duarte was quoted by Reuters as saying that no deal was near.", "Ana Duarte"),
    ("“No deal is near,” Reuters quoted Ana Duarte as saying.", "Ana Duarte"),
    # Phrases that are joined, each read by itself; people before a relative clause.
    ("The port union and the Harbour Fund said no deal was near.", "port union"),
    ("Ana Duarte and her deputy, Paulo Reis, said no deal was near.", "Ana Duarte"),
    ("Ana Duarte, who met Paulo Reis and Espen Holm, said no deal was near.", "Ana Duarte"),
    ("The NUF (North) leader Ana Duarte said no deal was near.", "Ana Duarte"),
    # Whoever speaks is a group of its own, if no one was named.
    ("Dockers said no deal was near.", "Dockers"),
    ("The opposition said no deal was near.", "opposition"),
    ("Many said no deal was near.", "Many"),
    ("Norwegian and Kenyan officials said no deal was near.", "Norwegian and Kenyan officials"),
    # Namesakes: the one named most; where two are level, nobody.
    ("Ana Reis spoke. Ana Reis left. Paulo Reis came. Reis said no deal was near.", "Ana Reis"),
    ("Ana Reis met Paulo Reis in Bern. Reis said no deal was near.", "Reis"),
    ("A. Reis arrived. Ana Reis said no deal was near.", "Ana Reis"),
    ("Karim al-Sadri arrived. Karim Sadri said no deal was near.", "Karim al-Sadri"),
    ("Mara Holm-Ireland arrived. Holm-Ireland said no deal was near.", "Mara Holm-Ireland"),
    # It and they.
    ("The Harbour Fund met. It said no deal was near.", "Harbour Fund"),
    ("The Harbour Fund said no. Later it said no deal was near.", "Harbour Fund"),
    ("Kenya sent envoys. It said no deal was near.", "Kenya"),
    ("Kenyan officials said no. They said no deal was near.", "Kenyan officials"),
    ("Ana Duarte and Espen Holm arrived. They said no deal was near.", "Ana Duarte"),
    ("It said no deal was near.", None),
    # He and she: sex, subject, the words of others.
    ("Elena Varga met Espen Holm. “We tried,” said Varga. She said no deal was near.", "Elena Varga"),
    ("Peter Lang spoke. Maria Roth said no. He said no deal was near.", "Peter Lang"),
    ("Ana Duarte said no. “Peter Lang lied,” she added.", "Ana Duarte"),
    ("Peter Lang arrived. “John Mercer lied to us,” he said.", "Peter Lang"),
    ("“We tried. Espen Holm did not,” Peter Lang said. He said no deal was near.", "Peter Lang"),
    ("Chairwoman Kim Solheim met Peter Lang. She said no deal was near.", "Kim Solheim"),
    # Namesakes, titles and particles.
    ("Paulo Reis met Ana Reis. Mrs. Reis said no deal was near.", "Ana Reis"),
    ("Ana Reis met Paulo Reis. Mr. Reis said no deal was near.", "Paulo Reis"),
    ("Ana Reis met Paulo Reis. Ms. Reis said no deal was near.", "Ana Reis"),
    ("Paulo Reis spoke for his wife Ana Reis. Reis said no deal was near.", "Paulo Reis"),
    ("Pieter de Roos arrived. De Roos said no deal was near.", "Pieter de Roos"),
    ("Republican Paulo Reis said no deal was near.", "Paulo Reis"),
    ("Chief Justice Carl Brandt Jr. arrived. Justice Brandt said no deal was near.", "Carl Brandt Jr."),
    ("James O’Hara arrived. “No deal is near,” said O'Hara.", "James O’Hara"),
    ("Mr. King said no deal was near.", "King"),
    ("Vice Commerce Minister Lin Mei said no deal was near.", "Lin Mei"),
    ("Union leader Marta Keller said no deal was near.", "Marta Keller"),
    ("Espen Holm arrived. Holm has repeatedly said no deal was near.", "Espen Holm"),
    # Bodies under their full name, acronym and short form.
    ("The Alliance to Mend Our Harbours (AMOH) met. AMOH said no deal was near.", "Alliance to Mend Our Harbours"),
    ("The International Seed Treaty Council (ISTC) said no deal was near.", "International Seed Treaty Council"),
    ("The Committee for a Fair Harbour said no deal was near.", "Committee for a Fair Harbour"),
    ("The Foreign Ministry said no deal was near.", "Foreign Ministry"),
    ("Republicans said no deal was near.", "Republicans"),
]


@pytest.mark.parametrize(("text", "expected"), HARD, ids=[text for text, _ in HARD])
def test_hard_case(nlp: Language, text: str, expected: str | None) -> None:
    assert speakers(nlp, text)[-1] == expected


# Sources handed in, as another finder of quotations may give them: (text, the last source, its speaker).
GIVEN = [
    ("They met Espen Holm, who left.", "who", "Espen Holm"),
    ("They met Espen Holm, a diplomat at the embassy who left.", "who", "Espen Holm"),
    ("Espen Holm is a diplomat who left.", "who", "Espen Holm"),
    ("Ana Duarte was told by a friend who left.", "who", None),
    ("They met Kenyan officials, who have left.", "who", "Kenyan officials"),
    ("They met the Harbour Fund, which left.", "which", "Harbour Fund"),
    ("They met the Harbour Fund in a house which fell.", "which", None),
    ("Ana Duarte, who leads the union and left, wept.", "who leads the union and left", "Ana Duarte"),
    ("Ana Duarte and Espen Holm left, both in tears.", "both", "Ana Duarte"),
    ("Another channel host, Abby Lund, left.", "Another channel host, Abby Lund,", "Abby Lund"),
    ("British Prime Minister Theresa May left.", "British Prime Minister Theresa", "Theresa May"),
    ("Ana Duarte left. They read Duarte's words.", "Duarte's", "Ana Duarte"),
    ("The sources left at the", "The sources left at the", None),
]


@pytest.mark.parametrize(("text", "source", "expected"), GIVEN)
def test_given_source(nlp: Language, text: str, source: str, expected: str | None) -> None:
    doc = nlp(text)
    start = text.rindex(source)
    given = Quotation(
        "q", "a", ((0, 1),), text[:1], "indirect", source_text=source, source_span=(start, start + len(source))
    )
    (resolved,) = resolve_speakers(doc, [given], find_actors(doc))
    assert resolved.speaker == expected


def test_in_the_words_of_another_i_is_the_speaker_and_he_is_not(nlp: Language) -> None:
    text = "Peter Lang met John Mercer. “I said he lied,” Peter Lang said."
    doc = nlp(text)

    def given(name: str, content: str, source: str) -> Quotation:
        start, at = text.index(content), text.rindex(source)
        return Quotation(
            name,
            "a",
            ((start, start + len(content)),),
            content,
            "direct",
            source_text=source,
            source_span=(at, at + len(source)),
        )

    inner, deeper = given("q1", "he lied", "I"), given("q2", "lied", "he")
    outer = given("q3", "“I said he lied,”", "Peter Lang")
    resolved = resolve_speakers(doc, [inner, deeper, outer], find_actors(doc))
    assert [quotation.speaker for quotation in resolved] == ["Peter Lang", "John Mercer", "Peter Lang"]


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
        ("Ana Duarte left. She said she was “not such a person.”", [("She", "Ana Duarte"), ("she", "Ana Duarte")]),
        ('Ana Duarte left, and she said "she and I" would be tried.', [("she", "Ana Duarte"), ("I", "Ana Duarte")]),
    ],
)
def test_pronouns_are_mentions(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert pronouns(nlp, text) == expected


def test_unnamed_sources_join_the_cast(nlp: Language) -> None:
    _, cast = read(nlp, "Two sources in Kenya said no deal was near.")
    actor = cast.actors["Two sources in Kenya"]
    assert (actor.kind, actor.side) == ("group", "Kenya")


def test_a_source_of_two_statements_is_one_mention(nlp: Language) -> None:
    doc = nlp("Mayor Ana Duarte left. The mayor said no and wept.")
    cast = find_actors(doc)
    (given,) = find_quotations(doc)
    resolve_speakers(doc, [given, replace(given, quotation_id="other")], cast)
    assert [m.text for m in cast.mentions if m.how == "description"] == ["The mayor"]


def test_quotations_come_back_in_their_order(nlp: Language) -> None:
    doc = nlp("“We tried,” Ana Duarte said. Espen Holm said she had not.")
    found = find_quotations(doc)
    resolved = resolve_speakers(doc, found[::-1], find_actors(doc))
    assert [quotation.quotation_id for quotation in resolved] == [quotation.quotation_id for quotation in found[::-1]]
    assert {quotation.speaker for quotation in resolved} == {"Ana Duarte", "Espen Holm"}


@pytest.mark.parametrize(
    ("text", "team"),
    [
        ("Marta Keller spoke on Friday. She told her negotiating team to leave Oslo.", "Keller's team"),
        ("Espen Holm spoke on Friday. Holm praised his delegation.", "Holm's delegation"),
        ("Espen Holm spoke on Friday. Holm praised his hosts, and the delegation left.", None),
        ("Espen Holm spoke on Friday. The ministry praised the team.", None),
    ],
)
def test_a_team_that_a_pronoun_tells_is_an_actor(nlp: Language, text: str, team: str | None) -> None:
    _, cast = read(nlp, text)
    owned = [name for name in cast.actors if "'s " in name]
    assert owned == ([team] if team else [])
