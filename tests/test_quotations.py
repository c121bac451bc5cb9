from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import spacy
from growing import grows_with_its_size
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.model.attribution_tagger import Tagged
from toolkit.quotations import find_quotations, quoted_spans
from toolkit.text.sentences import paragraphs

if TYPE_CHECKING:
    from spacy.language import Language

    from toolkit.records import Quotation

# Source, cue, content (pieces joined by an ellipsis) and kind of each quotation, in reading order.
Found = tuple[str | None, str | None, str, str]

DIRECT: list[tuple[str, list[Found]]] = [
    (
        '"The tariff list is final," Ana Duarte said.',
        [("Ana Duarte", "said", '"The tariff list is final,"', "direct")],
    ),
    (
        "“The tariff list is final,” said Ana Duarte.",
        [("Ana Duarte", "said", "“The tariff list is final,”", "direct")],
    ),
    (
        "‘The tariff list is final,’ Ana Duarte says.",
        [("Ana Duarte", "says", "‘The tariff list is final,’", "direct")],
    ),
    (
        "'The tariff list is final,' Ana Duarte said.",
        [("Ana Duarte", "said", "'The tariff list is final,'", "direct")],
    ),
    (
        "«The tariff list is final», said Ana Duarte.",
        [("Ana Duarte", "said", "«The tariff list is final»", "direct")],
    ),
    (
        "``The tariff list is final,'' Ana Duarte said.",
        [("Ana Duarte", "said", "``The tariff list is final,''", "direct")],
    ),
    (
        '"We are not far apart," said Duarte, who leads the Portuguese team.',
        [("Duarte, who leads the Portuguese team", "said", '"We are not far apart,"', "direct")],
    ),
    (
        "“Is the fund empty?” asked Grace Okafor, an analyst at the Climate Institute.",
        [("Grace Okafor, an analyst at the Climate Institute", "asked", "“Is the fund empty?”", "direct")],
    ),
    (
        "“The fund is empty!” said Ms Okafor.",
        [("Ms Okafor", "said", "“The fund is empty!”", "direct")],
    ),
    (
        "“The fund is empty,” wrote Grace Okafor on X.",
        [("Grace Okafor", "wrote", "“The fund is empty,”", "direct")],
    ),
    (
        "Grace Okafor posted on X: “The fund is empty.”",
        [("Grace Okafor", "posted on X", "“The fund is empty.”", "direct")],
    ),
    (
        'Tomas Brandt insisted: "There is no plan B."',
        [("Tomas Brandt", "insisted", '"There is no plan B."', "direct")],
    ),
    (
        'Asked whether a deal was near, Tomas Brandt said: "Not yet."',
        [
            (None, "Asked", "whether a deal was near", "indirect"),
            ("Tomas Brandt", "said", '"Not yet."', "direct"),
        ],
    ),
    (
        'Tomas Brandt was blunt: "Nobody will sign this."',
        [("Tomas Brandt", "was blunt", '"Nobody will sign this."', "direct")],
    ),
    (
        "“We will not be rushed,” a senior diplomat told Reuters on Monday.",
        [("a senior diplomat", "told", "“We will not be rushed,”", "direct")],
    ),
    (
        "\"They said, 'Never again,' and left,\" Ana Duarte recalled.",
        [
            ("Ana Duarte", "recalled", "\"They said, 'Never again,' and left,\"", "direct"),
            ("They", "said", "'Never again,'", "direct"),
        ],
    ),
    (
        "‘The workers’ demands are fair,’ Marta Keller said.",
        [("Marta Keller", "said", "‘The workers’ demands are fair,’", "direct")],
    ),
    (
        "“The fund is empty,” Luis Pinto, a spokesman for Ana Duarte, said in an email.",
        [("Luis Pinto, a spokesman for Ana Duarte", "said in an email", "“The fund is empty,”", "direct")],
    ),
]

SPLIT: list[tuple[str, list[Found]]] = [
    (
        '"The offer is serious," Ana Duarte said, "but it comes too late."',
        [("Ana Duarte", "said", '"The offer is serious," … "but it comes too late."', "direct")],
    ),
    (
        "“The offer is serious,” Ana Duarte said. “It comes too late.”",
        [("Ana Duarte", "said", "“The offer is serious,” … “It comes too late.”", "direct")],
    ),
    (
        "“If they walk out,” Ana Duarte warned, “the ceasefire is dead.”",
        [("Ana Duarte", "warned", "“If they walk out,” … “the ceasefire is dead.”", "direct")],
    ),
    (
        "“The harbour stays open,” Ana Duarte said.\n\n“Nobody will be turned away.”\n\nThe ferry left at noon.",
        [("Ana Duarte", "said", "“The harbour stays open,” … “Nobody will be turned away.”", "direct")],
    ),
    (
        "The new offer on the table, Espen Holm said, is within reach.",
        [("Espen Holm", "said", "The new offer on the table … is within reach", "indirect")],
    ),
    (
        "The deal, Espen Holm said, remains within reach.",
        [("Espen Holm", "said", "The deal … remains within reach", "indirect")],
    ),
    (
        "“We came to listen,” Espen Holm said. “We heard little.\n\n“We leave with nothing.”",
        [
            (
                "Espen Holm",
                "said",
                "“We came to listen,” … “We heard little. … “We leave with nothing.”",
                "direct",
            )
        ],
    ),
    (
        '"We came to listen.\n"We leave with nothing," Espen Holm said.',
        [("Espen Holm", "said", '"We came to listen. … "We leave with nothing,"', "direct")],
    ),
    (
        "Then Espen Holm closed the session with a plea:\n“Let us not go home with empty hands.”",
        [("Espen Holm", None, "“Let us not go home with empty hands.”", "direct")],
    ),
    (
        "If the rain stays away until May, Marta Keller thinks the growers will sign.",
        [("Marta Keller", "thinks", "If the rain stays away until May … the growers will sign", "indirect")],
    ),
]

INDIRECT: list[tuple[str, list[Found]]] = [
    (
        "Trade minister Ana Duarte said the talks would resume in May.",
        [("Trade minister Ana Duarte", "said", "the talks would resume in May", "indirect")],
    ),
    (
        "Ana Duarte said on Monday that the text was ready.",
        [("Ana Duarte", "said", "that the text was ready", "indirect")],
    ),
    (
        "Ana Duarte said on Monday the text was ready.",
        [("Ana Duarte", "said", "the text was ready", "indirect")],
    ),
    (
        "On Monday Ana Duarte said the text was ready.",
        [("Ana Duarte", "said", "the text was ready", "indirect")],
    ),
    (
        "GENEVA (Reuters) - Ana Duarte said the text was ready.",
        [("Ana Duarte", "said", "the text was ready", "indirect")],
    ),
    (
        "LISBON, March 3 — The text is nearly ready, Ana Duarte said.",
        [("Ana Duarte", "said", "The text is nearly ready", "indirect")],
    ),
    (
        "The text is nearly ready, said Ana Duarte, the trade minister.",
        [("Ana Duarte, the trade minister", "said", "The text is nearly ready", "indirect")],
    ),
    (
        "Speaking in Oslo on Monday, Espen Holm said the gap had narrowed.",
        [("Espen Holm", "said", "the gap had narrowed", "indirect")],
    ),
    (
        "Espen Holm has repeatedly insisted that sanctions must stay, and Marta Keller agreed that they must.",
        [
            ("Espen Holm", "has repeatedly insisted", "that sanctions must stay", "indirect"),
            ("Marta Keller", "agreed", "that they must", "indirect"),
        ],
    ),
    (
        "Espen Holm denied that any side had walked out.",
        [("Espen Holm", "denied", "that any side had walked out", "indirect")],
    ),
    (
        "Espen Holm accused the oil exporters of stalling.",
        [("Espen Holm", "accused", "the oil exporters of stalling", "indirect")],
    ),
    (
        "Kenya's President Grace Okafor urged both sides to return to the table.",
        [("Kenya's President Grace Okafor", "urged", "both sides to return to the table", "indirect")],
    ),
    (
        "Espen Holm believes the gap can be closed.",
        [("Espen Holm", "believes", "the gap can be closed", "indirect")],
    ),
    (
        "Marta Keller made clear that the union would not sign.",
        [("Marta Keller", "made clear", "that the union would not sign", "indirect")],
    ),
    (
        "Marta Keller expressed concern that the pension clause would be dropped.",
        [("Marta Keller", "expressed concern", "that the pension clause would be dropped", "indirect")],
    ),
    (
        "Marta Keller promised to publish the text.",
        [("Marta Keller", "promised", "to publish the text", "indirect")],
    ),
    (
        "Marta Keller rejected the pension clause.",
        [("Marta Keller", "rejected", "the pension clause", "indirect")],
    ),
    (
        "While Ana Duarte said the text was ready, Paulo Reis said it was not.",
        [
            ("Ana Duarte", "said", "the text was ready", "indirect"),
            ("Paulo Reis", "said", "it was not", "indirect"),
        ],
    ),
    (
        "In Lisbon, officials said the text was ready; in Accra, Grace Okafor said it was not.",
        [
            ("officials", "said", "the text was ready", "indirect"),
            ("Grace Okafor", "said", "it was not", "indirect"),
        ],
    ),
    (
        "Lindgren & Co. owner Pia Lindgren: talks may fail within days",
        [("Lindgren & Co. owner Pia Lindgren", ":", "talks may fail within days", "indirect")],
    ),
    (
        "Ana Duarte: “The text is ready.”",
        [("Ana Duarte", ":", "“The text is ready.”", "direct")],
    ),
]

SOURCES: list[tuple[str, list[Found]]] = [
    (
        "According to two people familiar with the talks, the draft leaves quotas untouched.",
        [("two people familiar with the talks", "According to", "the draft leaves quotas untouched", "indirect")],
    ),
    (
        "The draft leaves quotas untouched, according to two people familiar with the talks.",
        [("two people familiar with the talks", "according to", "The draft leaves quotas untouched", "indirect")],
    ),
    (
        "Two officials briefed on the talks said the draft was ready.",
        [("Two officials briefed on the talks", "said", "the draft was ready", "indirect")],
    ),
    (
        "A senior official, speaking on condition of anonymity, said the sides were “very close” to a deal.",
        [("A senior official", "said", "the sides were “very close” to a deal", "mixed")],
    ),
    (
        "Norway's foreign minister, Espen Holm, said Oslo would host the talks.",
        [("Norway's foreign minister, Espen Holm", "said", "Oslo would host the talks", "indirect")],
    ),
    (
        "Espen Holm, Norway's foreign minister, said Oslo would host the talks.",
        [("Espen Holm, Norway's foreign minister", "said", "Oslo would host the talks", "indirect")],
    ),
    (
        "Espen Holm, who met union leaders in Turin, Italy, said the gap had narrowed.",
        [("Espen Holm, who met union leaders in Turin, Italy", "said", "the gap had narrowed", "indirect")],
    ),
    (
        "Her deputy, Paulo Reis, denied the leak.",
        [("Her deputy, Paulo Reis", "denied", "the leak", "indirect")],
    ),
    (
        "Espen Holm said the vote was final, and Tomas Brandt, the labour minister, said he was sorry.",
        [
            ("Espen Holm", "said", "the vote was final", "indirect"),
            ("Tomas Brandt, the labour minister", "said", "he was sorry", "indirect"),
        ],
    ),
    (
        "Paulo Reis, Grace Okafor and Ana Duarte said the text was ready.",
        [("Paulo Reis, Grace Okafor and Ana Duarte", "said", "the text was ready", "indirect")],
    ),
    (
        "Beijing said it would retaliate.",
        [("Beijing", "said", "it would retaliate", "indirect")],
    ),
    (
        "The Foreign Ministry said in a statement that the visit had been put off.",
        [("The Foreign Ministry", "said in a statement", "that the visit had been put off", "indirect")],
    ),
    (
        "The report says emissions fell by 3 percent.",
        [("The report", "says", "emissions fell by 3 percent", "indirect")],
    ),
    (
        "Critics say the climate plan is too weak.",
        [("Critics", "say", "the climate plan is too weak", "indirect")],
    ),
    (
        "Reuters quoted Paulo Reis as saying that nothing was agreed.",
        [
            ("Reuters", "quoted", "Paulo Reis as saying that nothing was agreed", "indirect"),
            ("Paulo Reis", "saying", "that nothing was agreed", "indirect"),
        ],
    ),
    (
        "Paulo Reis was quoted as saying that nothing was agreed.",
        [("Paulo Reis", "was quoted as saying", "that nothing was agreed", "indirect")],
    ),
]

CHAINS: list[tuple[str, list[Found]]] = [
    (
        "Tomas Brandt said the fund was empty, adding that the rich had paid little.",
        [
            ("Tomas Brandt", "said", "the fund was empty", "indirect"),
            ("Tomas Brandt", "adding", "that the rich had paid little", "indirect"),
        ],
    ),
    (
        "“We will sign,” Ana Duarte said, adding that “the ink is ready.”",
        [
            ("Ana Duarte", "said", "“We will sign,”", "direct"),
            ("Ana Duarte", "adding", "that “the ink is ready.”", "mixed"),
        ],
    ),
    (
        "Ana Duarte said the text was ready but warned it could leak.",
        [
            ("Ana Duarte", "said", "the text was ready", "indirect"),
            ("Ana Duarte", "warned", "it could leak", "indirect"),
        ],
    ),
    (
        "Tomas Brandt said Marta Keller told him the union would vote on Sunday.",
        [
            ("Tomas Brandt", "said", "Marta Keller told him the union would vote on Sunday", "indirect"),
            ("Marta Keller", "told", "the union would vote on Sunday", "indirect"),
        ],
    ),
]

MIXED: list[tuple[str, list[Found]]] = [
    (
        "Grace Okafor said the plan was “weak” and “late”.",
        [("Grace Okafor", "said", "the plan was “weak” and “late”", "mixed")],
    ),
    (
        "Espen Holm, Norway's foreign minister, told the Guardian the gap was “wider than ever”.",
        [("Espen Holm, Norway's foreign minister", "told", "the gap was “wider than ever”", "mixed")],
    ),
    (
        'Ana Duarte called the offer "an insult."',
        [("Ana Duarte", "called", 'the offer "an insult."', "mixed")],
    ),
    (
        "Ana Duarte described the proposal as “dead on arrival” on Monday.",
        [("Ana Duarte", "described", "the proposal as “dead on arrival”", "mixed")],
    ),
    (
        "Espen Holm rejected what he called “blackmail” by the oil exporters.",
        [
            ("Espen Holm", "rejected", "what he called “blackmail” by the oil exporters", "mixed"),
            ("he", "called", "“blackmail”", "direct"),
        ],
    ),
]

PASSIVE: list[tuple[str, list[Found]]] = [
    (
        "Tomas Brandt was told that the session would start late.",
        [(None, "was told", "that the session would start late", "indirect")],
    ),
    (
        "Tomas Brandt is expected to announce a pause.",
        [(None, "is expected", "to announce a pause", "indirect")],
    ),
]

SHARED: list[tuple[str, list[Found]]] = [
    (
        "Kenya signed a defence pact with Norway, agreeing to open its harbours.",
        [("Kenya", "agreeing", "to open its harbours", "indirect")],
    ),
    (
        "Ada Berg is staying in a hotel and hopes to win asylum.",
        [("Ada Berg", "hopes", "to win asylum", "indirect")],
    ),
    (
        "Espen Holm struck a milder tone while stressing that the quotas were late.",
        [("Espen Holm", "stressing", "that the quotas were late", "indirect")],
    ),
]

UNSOURCED: list[tuple[str, list[Found]]] = [
    (
        '"No more delays!" The crowd outside the hotel grew larger.',
        [(None, None, '"No more delays!"', "direct")],
    ),
]

NONE = [
    'The so-called "green lane" remains closed.',
    "The title of her book is “The Long Table”.",
    "The minister's claims were met with silence.",
    "The ministers' reports are due on Friday.",
    "Neither Paulo Reis nor Grace Okafor commented.",
    "Tomas Brandt did not say when the talks would resume.",
    "It is unclear whether Ana Duarte will sign.",
]


# What a careful reader wants, and what is not sure to be found just so.
HARD: list[tuple[str, list[Found]]] = [
    (
        "As Tomas Brandt put it, “the hard part starts now.”",
        [("Tomas Brandt", "put it", "“the hard part starts now.”", "direct")],
    ),
    (
        "Espen Holm had one demand, he said:\n“Open the ports.”",
        [
            ("he", "said", "Espen Holm had one demand", "indirect"),
            ("he", "said", "“Open the ports.”", "direct"),
        ],
    ),
    (
        "The deal is within reach, Espen Holm said, as delegates left the hall.",
        [("Espen Holm", "said", "The deal is within reach", "indirect")],
    ),
    (
        "Marta Keller welcomed the pause and called for a binding timetable, warning that patience was running out.",
        [
            ("Marta Keller", "welcomed", "the pause", "indirect"),
            ("Marta Keller", "called for", "a binding timetable", "indirect"),
            ("Marta Keller", "warning", "that patience was running out", "indirect"),
        ],
    ),
    ("The demands of the union are known.", []),
    ("The meeting was called by the mediators for Friday.", []),
    (
        "Tomas Brandt was asked to announce a pause.",
        [(None, "was asked", "Tomas Brandt … to announce a pause", "indirect")],
    ),
    (
        "Whether the text is final, Ana Duarte would not say.",
        [],
    ),
    (
        "“Not today,” came the answer from Paulo Reis.",
        [("Paulo Reis", "came the answer from", "“Not today,”", "direct")],
    ),
    (
        "Paulo Reis’s verdict: “Too little, too late.”",
        [("Paulo Reis’s", "verdict", "“Too little, too late.”", "direct")],
    ),
    (
        "The union’s message to the owners was simple: “Pay us.”",
        [("The union’s", "message to the owners was simple", "“Pay us.”", "direct")],
    ),
    ("Grace Okafor tweeted, “We have a deal!”", [("Grace Okafor", "tweeted", "“We have a deal!”", "direct")]),
    (
        "In a post on X, Grace Okafor called the plan “a gift to polluters.”",
        [("Grace Okafor", "called", "the plan “a gift to polluters.”", "mixed")],
    ),
    (
        "Grace Okafor’s warning that the fund would run dry was ignored.",
        [("Grace Okafor’s", "warning", "that the fund would run dry", "indirect")],
    ),
    (
        "Tomas Brandt is said to favour a longer pause.",
        [(None, "is said", "Tomas Brandt … to favour a longer pause", "indirect")],
    ),
    (
        "It was agreed that the text would be published on Friday.",
        [(None, "was agreed", "that the text would be published on Friday", "indirect")],
    ),
    (
        "Ana Duarte hailed the accord as “a triumph of patience” in a speech in Faro.",
        [("Ana Duarte", "hailed", "the accord as “a triumph of patience”", "mixed")],
    ),
    (
        "“I was there,” she said. “I saw the boats.” Then Paulo Reis added: “So did I.”",
        [
            ("she", "said", "“I was there,” … “I saw the boats.”", "direct"),
            ("Paulo Reis", "added", "“So did I.”", "direct"),
        ],
    ),
    (
        "Asked about the fund, Grace Okafor shrugged. “It is empty,” she said.",
        [(None, "Asked about", "the fund", "indirect"), ("she", "said", "“It is empty,”", "direct")],
    ),
    ("Espen Holm's office declined to comment.", [("Espen Holm's office", "declined", "to comment", "indirect")]),
    (
        "Nobody, said Marta Keller, had seen the annex.",
        [("Marta Keller", "said", "Nobody … had seen the annex", "indirect")],
    ),
    (
        "Critics of the accord, among them Paulo Reis, argue it rewards delay.",
        [("Critics of the accord, among them Paulo Reis", "argue", "it rewards delay", "indirect")],
    ),
    (
        "“If we sign,” wrote Ana Duarte in her diary, “they will hate us; if not, they will starve.”",
        [("Ana Duarte", "wrote", "“If we sign,” … “they will hate us; if not, they will starve.”", "direct")],
    ),
    (
        "Ana Duarte wants the annex removed, but Paulo Reis opposes any change.",
        [("Ana Duarte", "wants", "the annex removed", "indirect"), ("Paulo Reis", "opposes", "any change", "indirect")],
    ),
    (
        "The minister said he was “not a fan” of the annex and would “sleep on it.”",
        [("The minister", "said", "he was “not a fan” of the annex and would “sleep on it.”", "mixed")],
    ),
    ("Paulo Reis had told the crew to wait.", [("Paulo Reis", "had told", "to wait", "indirect")]),
    ("To Tomas Brandt, the annex is “a trap.”", [("Tomas Brandt", "To", "the annex is “a trap.”", "mixed")]),
    ("The ship, nicknamed the “Old Goat”, sank near the port.", []),
    (
        "The fund, according to Grace Okafor, is empty.",
        [("Grace Okafor", "according to", "The fund … is empty", "indirect")],
    ),
    (
        "Asked whether she would resign, Marta Keller laughed.",
        [(None, "Asked", "whether she would resign", "indirect")],
    ),
    (
        "The crew, said Paulo Reis, will wait until noon.",
        [("Paulo Reis", "said", "The crew … will wait until noon", "indirect")],
    ),
    (
        "After the session, Tomas Brandt told journalists: “We agreed on nothing.”",
        [("Tomas Brandt", "told journalists", "“We agreed on nothing.”", "direct")],
    ),
    (
        "The United States and China said in a joint statement they would cut tariffs.",
        [("The United States and China", "said in a joint statement", "they would cut tariffs", "indirect")],
    ),
    (
        "“The ports stay closed until the tariffs are gone.” The hall fell silent.",
        [(None, None, "“The ports stay closed until the tariffs are gone.”", "direct")],
    ),
    (
        "Tomas Brandt is thought to be weighing a walkout.",
        [(None, "is thought", "Tomas Brandt … to be weighing a walkout", "indirect")],
    ),
    ("“I signed nothing,” Marta Keller snapped.", [("Marta Keller", "snapped", "“I signed nothing,”", "direct")]),
    ("“I signed nothing,” was Marta Keller’s reply.", [("Marta Keller’s", "reply", "“I signed nothing,”", "direct")]),
    (
        "Pressed on the annex, the minister replied: “Read it yourself.”",
        [("the minister", "replied", "“Read it yourself.”", "direct")],
    ),
    (
        "The minister, visibly tired, conceded that the deadline would be missed.",
        [("The minister, visibly tired", "conceded", "that the deadline would be missed", "indirect")],
    ),
    (
        "Grace Okafor, for her part, doubts that the fund will ever be filled.",
        [("Grace Okafor", "doubts", "that the fund will ever be filled", "indirect")],
    ),
    (
        "In a letter seen by the Herald, Ana Duarte accuses the lenders of bad faith.",
        [("Ana Duarte", "accuses", "the lenders of bad faith", "indirect")],
    ),
    (
        "Neither side, a mediator said on Tuesday, has asked for a pause.",
        [("a mediator", "said on Tuesday", "Neither side … has asked for a pause", "indirect")],
    ),
    ("The envoy went on: “There is still time.”", [("The envoy", "went on", "“There is still time.”", "direct")]),
    (
        "Both governments have pledged to open their archives.",
        [("Both governments", "have pledged", "to open their archives", "indirect")],
    ),
    ("Officials fear the dam could burst.", [("Officials", "fear", "the dam could burst", "indirect")]),
    ("Ana Duarte, asked if she trusted the lenders, said no.", [("Ana Duarte", "said", "no", "indirect")]),
    (
        "The unions are demanding a say in the sale, their lawyer said.",
        [
            ("their lawyer", "said", "The unions are demanding a say in the sale", "indirect"),
            ("The unions", "are demanding", "a say in the sale", "indirect"),
        ],
    ),
    (
        "“Whatever they tell you,” he added, “do not sell.”",
        [("he", "added", "“Whatever they tell you,” … “do not sell.”", "direct")],
    ),
    (
        "Kenya and Ghana have reportedly agreed to share the cost.",
        [("Kenya and Ghana", "have reportedly agreed", "to share the cost", "indirect")],
    ),
]


def found_in(nlp: Language, text: str) -> list[Found]:
    return [(q.source_text, q.cue, q.text, q.kind) for q in find_quotations(nlp(text))]


def only(nlp: Language, text: str) -> Quotation:
    (quotation,) = find_quotations(nlp(text))
    return quotation


@pytest.mark.parametrize(
    ("text", "expected"), DIRECT + SPLIT + INDIRECT + SOURCES + CHAINS + MIXED + PASSIVE + SHARED + UNSOURCED
)
def test_source_cue_content_and_kind(nlp: Language, text: str, expected: list[Found]) -> None:
    assert found_in(nlp, text) == expected


@pytest.mark.parametrize("text", NONE)
def test_no_statement(nlp: Language, text: str) -> None:
    assert found_in(nlp, text) == []


def test_most_of_the_hard_ones(nlp: Language) -> None:
    right = [text for text, expected in HARD if nearly(found_in(nlp, text), expected)]
    assert len(right) >= 0.75 * len(HARD), [text for text, _ in HARD if text not in right]


def nearly(found: list[Found], expected: list[Found]) -> bool:
    """Tell whether the statements are the expected ones but for a few words, and a word of each cue and source."""
    return len(found) == len(expected) and all(
        alike(mine[2], theirs[2]) >= 0.8 and alike(mine[0], theirs[0]) > 0 and alike(mine[1], theirs[1]) > 0
        for mine, theirs in zip(found, expected, strict=True)
    )


def alike(mine: str | None, theirs: str | None) -> float:
    """Return Dice's coefficient of the words of two strings, 1 where both are missing."""
    first, second = (set(re.findall(r"[\w:]+", words or "")) for words in (mine, theirs))
    return 2 * len(first & second) / (len(first) + len(second)) if first or second else 1.0


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("Ana Duarte said the ships would sail.", ["said"]),
        ("Ana Duarte hopes that the ships will sail.", ["thought"]),
        ("Ana Duarte rejected the offer.", ["act"]),
        ("Marta Keller said the owners had promised to raise wages.", ["said", "act"]),
        ("“The ports stay shut for all of this week.”", ["said"]),
    ],
)
def test_said_thought_or_act(nlp: Language, text: str, modes: list[str]) -> None:
    assert [quotation.mode for quotation in find_quotations(nlp(text))] == modes


@pytest.mark.parametrize("text", ["“We wait. I promise to call the mayor tonight,” Ana Duarte said."])
def test_what_one_says_of_oneself_is_inside_one_s_quotation(nlp: Language, text: str) -> None:
    outer, *inner = find_quotations(nlp(text))
    assert outer.source_text == "Ana Duarte"
    assert all(quotation.via == outer.quotation_id for quotation in inner)


def test_pieces_audience_and_force(nlp: Language) -> None:
    quotation = only(nlp, '"The offer is serious," Ana Duarte told reporters, "but it comes too late."')
    assert quotation.spans == ((0, 23), (51, 75))
    assert (quotation.audience, quotation.cue_force, quotation.envelope) == ("reporters", "says", (0, 75))


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("Marta Keller told Reuters in an interview that the union would not sign.", "Reuters"),
        ("Marta Keller told the committee that the union would not sign.", "the committee"),
        ("Marta Keller told parliament the union would not sign.", "parliament"),
        ("Marta Keller told her members the union would not sign.", "her members"),
        ("Marta Keller told him the union would not sign.", "him"),
        ("Marta Keller warned it could not sign.", None),
        ("Marta Keller said the union would not sign.", None),
    ],
)
def test_who_is_told(nlp: Language, text: str, audience: str | None) -> None:
    assert only(nlp, text).audience == audience


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Marta Keller said the union would strike.", "named"),
        ("She said the union would strike.", "named"),
        ("Two diplomats said the union would strike.", "unnamed"),
        ("The ministry said the union would strike.", "institution"),
        ("Japan said the union would strike.", "institution"),
        ("The letter said the union would strike.", "document"),
        ("“The union will strike on Monday at noon.”", "none"),
    ],
)
def test_kind_of_source(nlp: Language, text: str, kind: str) -> None:
    assert only(nlp, text).source_kind == kind


def test_statement_inside_another_names_it(nlp: Language) -> None:
    outer, inner = find_quotations(nlp("Tomas Brandt said Marta Keller told him the union would vote on Sunday."))
    assert (outer.via, inner.via) == (None, outer.quotation_id)


def test_ids_differ_and_stay(nlp: Language) -> None:
    text = "Ana Duarte said the text was ready, adding that the ink was dry. Paulo Reis said the text was late."
    first, second = (find_quotations(nlp(text), article_id="a") for _ in range(2))
    assert first == second
    assert len({q.quotation_id for q in first}) == len(first) == 3
    assert {q.quotation_id for q in first}.isdisjoint(
        q.quotation_id for q in find_quotations(nlp(text), article_id="b")
    )


def test_body_leaves_a_header_out(nlp: Language) -> None:
    header = 'Title: "Nobody will sign this text," minister says\n\n'
    text = header + "Ana Duarte said the text was ready."
    assert [q.text for q in find_quotations(nlp(text), body=(len(header), len(text)))] == ["the text was ready"]


@pytest.mark.parametrize(
    "text",
    [
        "Fo Ray\u2029Mr Jr.Insisted Q7 03Xo: „Nähe말“ B2",
        "Ada Berg\u2028Dr Sr.Warned K2: „Nein“ C",
        "OSLO — on X said: “We wait.”",
        "Bo Lind.Claimed Q1: “No”",
        "BERN, May 3 — “Go,” said",
    ],
)
def test_words_that_run_together_give_rows(nlp: Language, text: str) -> None:
    for row in tk.analyze([tk.Article(text)], nlp=nlp).quotations.itertuples():
        assert row.source_text is None or pd.isna(row.source_text) or row.source_text.strip()


@pytest.fixture
def untagged(monkeypatch: pytest.MonkeyPatch) -> Language:
    """A user's pipeline of sentences and names alone, and no statements but those of the rules."""
    monkeypatch.setattr("toolkit.model.attribution_tagger.tag", lambda *_: Tagged([], []))
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    names = {"Ada": "PERSON", "Bo": "PERSON", "Espen Holm": "PERSON", "Ana Duarte": "PERSON", "Norway": "GPE"}
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])  # type: ignore[attr-defined]
    return nlp


def test_a_pipeline_without_a_parser_is_read(untagged: Language) -> None:
    text = "“We wait,” said Espen Holm, a baker of Norway. Ana Duarte said the ships would sail, adding that fog lay."
    coverage = tk.analyze([tk.Article(text)], nlp=untagged)
    said = [(row.speaker, row.text) for row in coverage.quotations.itertuples()]
    assert said == [("Espen Holm", "“We wait,”"), ("Ana Duarte", "that fog lay")]


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("Ada said that ", 4000),
        ("Ada said that Bo said that ", 4000),
        ("according to Norway, ", 4000),
        ("Norway, Sweden, ", 4000),
        (
            "“We go,” said Ada, citing Bo. “Now.” Bo told Ada: “No.” Ada said Bo left, and Bo said he did.\n\n",
            20000,
        ),
    ],
)
def test_quotations_cost_no_more_than_the_text_is_long(untagged: Language, unit: str, size: int) -> None:
    def seconds(length: int) -> float:
        doc = untagged(unit * (length // len(unit)))
        begin = time.process_time()
        find_quotations(doc)
        return time.process_time() - begin

    seconds(size // 2)
    assert grows_with_its_size(seconds, size)


def test_scores_are_shares_and_direct_ones_surest(nlp: Language) -> None:
    direct = only(nlp, '"The text is ready," Ana Duarte said.')
    indirect = only(nlp, "Ana Duarte said the text was ready.")
    assert 0 < indirect.score < direct.score <= 1


def test_nothing_in_an_empty_text(nlp: Language) -> None:
    assert found_in(nlp, "") == []


# Which stretches stand in quotation marks.


def marked(text: str) -> list[str]:
    return [text[quote.start : quote.end] for quote in quoted_spans(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and “never”.", ["“no”", "“never”"]),
        ('He said "no" and "never".', ['"no"', '"never"']),
        ('He said “no" twice.', ['“no"']),
        ('He said "no” twice.', ['"no”']),
        ("Er sagte „nein“ und ging.", ["„nein“"]),
        ("Er sagte „nein” und ging.", ["„nein”"]),
        ("Il a dit « non » et « jamais ».", ["« non »", "« jamais »"]),
        ("He said ``no'' and left.", ["``no''"]),
        ("He said ''no'' and left.", ["''no''"]),
        ("“He said ‘no’ to us,” she said.", ["“He said ‘no’ to us,”"]),
        ("‘He said “no” to us,’ she said.", ["‘He said “no” to us,’"]),
        ("'He said \"no\" to us,' she said.", ["'He said \"no\" to us,'"]),
        ("(“No,” he said.)", ["“No,”"]),
        ("The workers’ union and the minister’s office", []),
        ("The workers' union and the minister's office", []),
        ("In the ’90s and the '80s, rock ’n’ roll", []),
        ('A 6" pipe', []),
        ("‘The workers’ demands are fair,’ she said.", ["‘The workers’ demands are fair,’"]),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize("stray", ["“", "”", '"', "„", "«", "»", "``", "''", "‘", "’", "'"])
def test_a_stray_mark_does_not_spoil_the_next_paragraph(stray: str) -> None:
    assert marked(f"A {stray}stray mark here\nThen “we agree” and more\n“We leave.”") == ["“we agree”", "“We leave.”"]


def test_paragraphs_of_one_quotation_go_on() -> None:
    text = "“We came.\n“We saw.\n“We left.”\nThe end."
    quotes = quoted_spans(text, paragraphs(text))
    assert [text[quote.start : quote.end] for quote in quotes] == ["“We came.", "“We saw.", "“We left.”"]
    assert [quote.goes_on for quote in quotes] == [True, True, False]


def test_a_whole_sentence_left_open_is_quoted_to_its_end() -> None:
    assert marked("“We never left the table.\nThe end.") == ["“We never left the table."]


# What users rely on whatever the articles are.


def test_same_alone_in_a_batch_and_in_another_order(nlp: Language) -> None:
    texts = [text for text, _ in DIRECT[::4] + SPLIT[::2] + INDIRECT[::5] + CHAINS]
    articles = ["\n\n".join(texts[i::3]) for i in range(3)]
    alone = [find_quotations(nlp(text)) for text in articles]
    assert [find_quotations(doc) for doc in nlp.pipe(articles)] == alone
    assert [find_quotations(doc) for doc in nlp.pipe(articles[::-1])] == alone[::-1]


def test_a_coverage_holds_the_same_in_any_order() -> None:
    articles = [tk.Article("\n\n".join(text for text, _ in table[:4])) for table in (DIRECT, INDIRECT, CHAINS)]
    frames = [tk.analyze(given).quotations for given in (articles, articles[::-1])]
    first, second = (frame.sort_values("quotation_id").reset_index(drop=True) for frame in frames)
    assert len(first) >= 12
    pd.testing.assert_frame_equal(first, second)


FRAMES = [
    "“{}”",
    "“{}” The hall fell silent.",
    "“{}” Ana Duarte said.",
    "Ana Duarte said: “{}”",
    "On the wall stood “{}” in red paint.",
    "Nobody would repeat “{}” to the crew, and the session went on.",
    "Ana Duarte said the sides were tired. “{}”",
    "The banner read “{}” and Paulo Reis laughed.",
]
WORDS = [
    "the harbour stays closed until the spring",
    "we never saw the letter from the bank",
    "no ship may leave without a pilot.",
]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(FRAMES), st.sampled_from(WORDS)), min_size=1, max_size=5), st.sampled_from('“"«')
)
def test_nothing_quoted_is_lost(nlp: Language, paragraphs_of: list[tuple[str, str]], mark: str) -> None:
    text = "\n\n".join(frame.format(words) for frame, words in paragraphs_of)
    text = text.translate(str.maketrans({"“": mark, "”": {"“": "”", "«": "»"}.get(mark, mark)}))
    found = find_quotations(nlp(text))
    for quote in quoted_spans(text, paragraphs(text)):
        assert any(start < quote.end and quote.start < end for row in found for start, end in row.spans), text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab .,:;“”\"'‘’«»—-\n\u00a0é中Umerov said", max_size=120))
def test_any_text_gives_rows_that_fit_it(nlp: Language, text: str) -> None:
    for row in find_quotations(nlp(text)):
        assert 0 <= row.score <= 1
        assert all(0 <= start < end <= len(text) for start, end in row.spans)
        assert row.text == " … ".join(text[start:end] for start, end in row.spans)


def test_scores_are_shares(nlp: Language) -> None:
    tables = (DIRECT, SPLIT, INDIRECT, SOURCES, CHAINS, MIXED, PASSIVE, SHARED, UNSOURCED, HARD)
    text = "\n\n".join(text for table in tables for text, _ in table)
    scores = [row.score for row in find_quotations(nlp(text))]
    assert len(scores) > 50
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("stray", ["“", "”", '"', "„", "«", "»", "``", "''", "‘", "’", "'"])
def test_a_stray_mark_spoils_no_other_paragraph(nlp: Language, stray: str) -> None:
    before = "“The tariff list is final,” Ana Duarte said."
    behind = "Paulo Reis told the Herald: “We never saw the letter from the bank.”"
    text = f"{before}\n\nThe {stray}envoys met again near the old harbour.\n\n{behind}"
    rows = [(row.source_text, row.text, row.kind) for row in find_quotations(nlp(text))]
    assert ("Ana Duarte", "“The tariff list is final,”", "direct") in rows
    assert ("Paulo Reis", "“We never saw the letter from the bank.”", "direct") in rows


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "green lane" remains closed.',
        "Part of the coast became a “free economic zone” in 1998.",
        "The film “Salt and Snow” opens the festival on Friday.",
        "Workers in the “yellow” sector of the yard earn less.",
        "The boat next to the “Old Goat” sank near the port.",
        "Her second novel, “The Long Table”, won three prizes.",
        "A “soft” border runs along the river.",
    ],
)
def test_scare_quotes_and_titles_are_no_statements(nlp: Language, text: str) -> None:
    assert found_in(nlp, text) == []
