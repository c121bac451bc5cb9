from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from toolkit.quotations import find_quotations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.language import Language

    from toolkit.coverage import Coverage
    from toolkit.records import Quotation

# A statement: source, words that its cue holds, words said (without "that" and the marks round them), and the
# statements inside it.
Statement = tuple[Any, ...]

RELAYED: list[tuple[str, list[Statement]]] = [
    (
        "Pia Lindgren said the mayor told her the bridge would reopen in June.",
        [
            (
                "Pia Lindgren",
                "said",
                "the mayor told her the bridge would reopen in June",
                ("the mayor", "told", "the bridge would reopen in June"),
            )
        ],
    ),
    (
        "Tomas Brandt said that Marta Keller had promised to raise wages by four percent.",
        [
            (
                "Tomas Brandt",
                "said",
                "Marta Keller had promised to raise wages by four percent",
                ("Marta Keller", "promised", "to raise wages by four percent"),
            )
        ],
    ),
    (
        "The nurses' union told reporters that the hospital had agreed to hire forty people.",
        [
            (
                "The nurses' union",
                "told",
                "the hospital had agreed to hire forty people",
                ("the hospital", "agreed", "to hire forty people"),
            )
        ],
    ),
    (
        "Kofi Mensah told parliament that the International Monetary Fund had warned that the budget would not last.",
        [
            (
                "Kofi Mensah",
                "told",
                "the International Monetary Fund had warned that the budget would not last",
                ("the International Monetary Fund", "warned", "the budget would not last"),
            )
        ],
    ),
    (
        "According to Reuters, Elif Demir believes the port will stay closed until autumn.",
        [
            (
                "Reuters",
                "According to",
                "Elif Demir believes the port will stay closed until autumn",
                ("Elif Demir", "believes", "the port will stay closed until autumn"),
            )
        ],
    ),
    (
        "According to two officials, Rafael Ortega insisted that the mine be sold.",
        [
            (
                "two officials",
                "According to",
                "Rafael Ortega insisted that the mine be sold",
                ("Rafael Ortega", "insisted", "the mine be sold"),
            )
        ],
    ),
    (
        "Ingrid Dahl said she had been assured by the ministry that the ferries would run.",
        [
            (
                "Ingrid Dahl",
                "said",
                "she had been assured by the ministry that the ferries would run",
                ("the ministry", "assured", "the ferries would run"),
            )
        ],
    ),
    (
        "Omar Haddad said he had been told by the Swiss delegation that a pause was possible.",
        [
            (
                "Omar Haddad",
                "said",
                "he had been told by the Swiss delegation that a pause was possible",
                ("the Swiss delegation", "told", "a pause was possible"),
            )
        ],
    ),
    (
        "Omar Haddad said he had been told that a pause was possible.",
        [
            (
                "Omar Haddad",
                "said",
                "he had been told that a pause was possible",
                (None, "told", "a pause was possible"),
            )
        ],
    ),
    (
        "Grace Okafor said she believed the drought fund was empty.",
        [
            (
                "Grace Okafor",
                "said",
                "she believed the drought fund was empty",
                ("she", "believed", "the drought fund was empty"),
            )
        ],
    ),
    (
        "Yuki Tanaka said the airline denied that any flight had been cancelled.",
        [
            (
                "Yuki Tanaka",
                "said",
                "the airline denied that any flight had been cancelled",
                ("the airline", "denied", "any flight had been cancelled"),
            )
        ],
    ),
    (
        "Yuki Tanaka said the airline rejected the offer.",
        [("Yuki Tanaka", "said", "the airline rejected the offer", ("the airline", "rejected", "the offer"))],
    ),
    (
        "The report says inspectors warned the owner that the dam was unsafe.",
        [
            (
                "The report",
                "says",
                "inspectors warned the owner that the dam was unsafe",
                ("inspectors", "warned", "the dam was unsafe"),
            )
        ],
    ),
    (
        "The audit noted that the bank had claimed that its losses were small.",
        [
            (
                "The audit",
                "noted",
                "the bank had claimed that its losses were small",
                ("the bank", "claimed", "its losses were small"),
            )
        ],
    ),
    (
        "The letter says that Brussels wants the quota halved.",
        [("The letter", "says", "Brussels wants the quota halved", ("Brussels", "wants", "the quota halved"))],
    ),
    (
        "Kiran Patel said the letter stated that the lease would end in March.",
        [
            (
                "Kiran Patel",
                "said",
                "the letter stated that the lease would end in March",
                ("the letter", "stated", "the lease would end in March"),
            )
        ],
    ),
    (
        "Two diplomats said that Ankara had asked for more time.",
        [("Two diplomats", "said", "Ankara had asked for more time", ("Ankara", "asked", "for more time"))],
    ),
    (
        "Two diplomats said that Ankara would demand a written apology.",
        [
            (
                "Two diplomats",
                "said",
                "Ankara would demand a written apology",
                ("Ankara", "demand", "a written apology"),
            )
        ],
    ),
    (
        "Lucas Weber said farmers fear that the canal will dry up.",
        [
            (
                "Lucas Weber",
                "said",
                "farmers fear that the canal will dry up",
                ("farmers", "fear", "the canal will dry up"),
            )
        ],
    ),
    (
        "Lucas Weber said farmers intend to block the motorway.",
        [
            (
                "Lucas Weber",
                "said",
                "farmers intend to block the motorway",
                ("farmers", "intend", "to block the motorway"),
            )
        ],
    ),
    (
        "Chen Wei said the workers have called for a new vote.",
        [("Chen Wei", "said", "the workers have called for a new vote", ("the workers", "called for", "a new vote"))],
    ),
    (
        "Chen Wei said the supplier accused the company of hiding the tests.",
        [
            (
                "Chen Wei",
                "said",
                "the supplier accused the company of hiding the tests",
                ("the supplier", "accused", "the company of hiding the tests"),
            )
        ],
    ),
    (
        "Amina Yusuf claimed that rebels had threatened to burn the depot.",
        [
            (
                "Amina Yusuf",
                "claimed",
                "rebels had threatened to burn the depot",
                ("rebels", "threatened", "to burn the depot"),
            )
        ],
    ),
    (
        "Amina Yusuf denied that the governor had ordered the arrests.",
        [
            (
                "Amina Yusuf",
                "denied",
                "the governor had ordered the arrests",
                ("the governor", "ordered", "the arrests"),
            )
        ],
    ),
    (
        "Pedro Salas complained that the referee had refused to stop the match.",
        [
            (
                "Pedro Salas",
                "complained",
                "the referee had refused to stop the match",
                ("the referee", "refused", "to stop the match"),
            )
        ],
    ),
    (
        "Hanna Virtanen thinks the council will say that the park cannot be saved.",
        [
            (
                "Hanna Virtanen",
                "thinks",
                "the council will say that the park cannot be saved",
                ("the council", "say", "the park cannot be saved"),
            )
        ],
    ),
]

CHAINS: list[tuple[str, list[Statement]]] = [
    (
        "Ana Duarte said Paulo Reis told her that the buyers had promised to pay in cash.",
        [
            (
                "Ana Duarte",
                "said",
                "Paulo Reis told her that the buyers had promised to pay in cash",
                (
                    "Paulo Reis",
                    "told",
                    "the buyers had promised to pay in cash",
                    ("the buyers", "promised", "to pay in cash"),
                ),
            )
        ],
    ),
    (
        "The Herald reported that Marta Keller had said the owners wanted to sell.",
        [
            (
                "The Herald",
                "reported",
                "Marta Keller had said the owners wanted to sell",
                ("Marta Keller", "said", "the owners wanted to sell", ("the owners", "wanted", "to sell")),
            )
        ],
    ),
    (
        "According to the Herald, Marta Keller said the owners thought the ship was lost.",
        [
            (
                "the Herald",
                "According to",
                "Marta Keller said the owners thought the ship was lost",
                (
                    "Marta Keller",
                    "said",
                    "the owners thought the ship was lost",
                    ("the owners", "thought", "the ship was lost"),
                ),
            )
        ],
    ),
    (
        "A lawyer said the memo claimed that Viktor Moravec had admitted that the bills were false.",
        [
            (
                "A lawyer",
                "said",
                "the memo claimed that Viktor Moravec had admitted that the bills were false",
                (
                    "the memo",
                    "claimed",
                    "Viktor Moravec had admitted that the bills were false",
                    ("Viktor Moravec", "admitted", "the bills were false"),
                ),
            )
        ],
    ),
    (
        "Sofia Rossi told him the broker believed that the judge would say the sale was void.",
        [
            (
                "Sofia Rossi",
                "told",
                "the broker believed that the judge would say the sale was void",
                (
                    "the broker",
                    "believed",
                    "the judge would say the sale was void",
                    ("the judge", "say", "the sale was void"),
                ),
            )
        ],
    ),
    (
        "Two envoys said Delhi told London that Colombo had agreed to host the summit.",
        [
            (
                "Two envoys",
                "said",
                "Delhi told London that Colombo had agreed to host the summit",
                (
                    "Delhi",
                    "told",
                    "Colombo had agreed to host the summit",
                    ("Colombo", "agreed", "to host the summit"),
                ),
            )
        ],
    ),
]

COORDINATED: list[tuple[str, list[Statement]]] = [
    (
        "Ana Duarte said the lenders told her the loan was safe and advised her to wait.",
        [
            (
                "Ana Duarte",
                "said",
                "the lenders told her the loan was safe and advised her to wait",
                ("the lenders", "told", "the loan was safe"),
                ("the lenders", "advised", "to wait"),
            )
        ],
    ),
    (
        "“I hope the quotas fall,” Ana Duarte said, contending that the boats would leave.",
        [
            ("Ana Duarte", "said", "I hope the quotas fall", ("I", "hope", "the quotas fall")),
            ("Ana Duarte", "contending", "the boats would leave"),
        ],
    ),
    (
        "Omar Haddad said the Swiss had offered a venue and that the Danes had offered to pay.",
        [
            (
                "Omar Haddad",
                "said",
                "the Swiss had offered a venue and that the Danes had offered to pay",
                ("the Swiss", "offered", "a venue"),
                ("the Danes", "offered", "to pay"),
            )
        ],
    ),
    (
        "Elif Demir said the pilots believe the plane is safe, while the mechanics fear it is not.",
        [
            (
                "Elif Demir",
                "said",
                "the pilots believe the plane is safe, while the mechanics fear it is not",
                ("the pilots", "believe", "the plane is safe"),
                ("the mechanics", "fear", "it is not"),
            )
        ],
    ),
]

QUOTED: list[tuple[str, list[Statement]]] = [
    (
        "“The owner told me that the pumps would be fixed by May,” Kiran Patel said.",
        [
            (
                "Kiran Patel",
                "said",
                "The owner told me that the pumps would be fixed by May",
                ("The owner", "told", "the pumps would be fixed by May"),
            )
        ],
    ),
    (
        "“The growers believe the price is too low,” said Rafael Ortega.",
        [
            (
                "Rafael Ortega",
                "said",
                "The growers believe the price is too low",
                ("The growers", "believe", "the price is too low"),
            )
        ],
    ),
    (
        "“He said, ‘Nobody leaves,’ and locked the gate,” Amina Yusuf recalled.",
        [
            (
                "Amina Yusuf",
                "recalled",
                "He said, ‘Nobody leaves,’ and locked the gate",
                ("He", "said", "Nobody leaves"),
            )
        ],
    ),
    (
        "“My father always told us, ‘Count the nets twice,’” said Kofi Mensah.",
        [
            (
                "Kofi Mensah",
                "said",
                "My father always told us, ‘Count the nets twice",
                ("My father", "told", "Count the nets twice"),
            )
        ],
    ),
    (
        "\"The judge said, 'Not yet,' and went home,\" Sofia Rossi told the Herald.",
        [
            (
                "Sofia Rossi",
                "told",
                "The judge said, 'Not yet,' and went home",
                ("The judge", "said", "Not yet"),
            )
        ],
    ),
    (
        "“I think that the ceasefire will hold,” Omar Haddad said.",
        [
            (
                "Omar Haddad",
                "said",
                "I think that the ceasefire will hold",
                ("I", "think", "the ceasefire will hold"),
            )
        ],
    ),
    (
        "“We hope that the school opens on Monday. The mayor has promised to be there,” Hanna Virtanen said.",
        [
            (
                "Hanna Virtanen",
                "said",
                "We hope that the school opens on Monday. The mayor has promised to be there",
                ("We", "hope", "the school opens on Monday"),
                ("The mayor", "promised", "to be there"),
            )
        ],
    ),
    (
        "Pedro Salas said the coach had called the decision “a joke”.",
        [
            (
                "Pedro Salas",
                "said",
                "the coach had called the decision “a joke",
                ("the coach", "called", "the decision “a joke"),
            )
        ],
    ),
    (
        "Chen Wei said the foreman told him: “Sign here or go home.”",
        [
            (
                "Chen Wei",
                "said",
                "the foreman told him: “Sign here or go home",
                ("the foreman", "told", "Sign here or go home"),
            )
        ],
    ),
    (
        "Ingrid Dahl said the skipper had warned that the ice was “thinner than paper”.",
        [
            (
                "Ingrid Dahl",
                "said",
                "the skipper had warned that the ice was “thinner than paper",
                ("the skipper", "warned", "the ice was “thinner than paper"),
            )
        ],
    ),
    (
        "Lucas Weber told the court that his partner had written, “Burn the ledger.”",
        [
            (
                "Lucas Weber",
                "told",
                "his partner had written, “Burn the ledger",
                ("his partner", "written", "Burn the ledger"),
            )
        ],
    ),
]

PRONOUNS: list[tuple[str, list[Statement]]] = [
    (
        "Marta Keller met the buyers on Friday. She said they had told her the price was final.",
        [
            (
                "She",
                "said",
                "they had told her the price was final",
                ("they", "told", "the price was final"),
            )
        ],
    ),
    (
        "Yuki Tanaka said he would ask the board to vote again.",
        [("Yuki Tanaka", "said", "he would ask the board to vote again", ("he", "ask", "the board to vote again"))],
    ),
    (
        "Grace Okafor said she had urged the governor to open the dam.",
        [
            (
                "Grace Okafor",
                "said",
                "she had urged the governor to open the dam",
                ("she", "urged", "the governor to open the dam"),
            )
        ],
    ),
    (
        "Viktor Moravec said his lawyers were convinced that the contract was valid.",
        [
            (
                "Viktor Moravec",
                "said",
                "his lawyers were convinced that the contract was valid",
                ("his lawyers", "convinced", "the contract was valid"),
            )
        ],
    ),
]

CITED: list[tuple[str, list[Statement]]] = [
    (
        "The Herald, citing a letter from the insurers, said the factory would close.",
        [
            (
                "The Herald",
                "said",
                "the factory would close",
                ("a letter from the insurers", "citing", "the factory would close"),
            )
        ],
    ),
    (
        "The factory will close, the Herald reported, citing two people familiar with the talks.",
        [
            (
                "the Herald",
                "reported",
                "The factory will close",
                ("two people familiar with the talks", "citing", "The factory will close"),
            )
        ],
    ),
    (
        "Reuters quoted Paulo Reis as saying that nothing was agreed.",
        [
            (
                "Reuters",
                "quoted",
                "Paulo Reis as saying that nothing was agreed",
                ("Paulo Reis", "saying", "nothing was agreed"),
            )
        ],
    ),
    (
        "Hanna Virtanen rejected the ministry's claim that the dam was safe.",
        [
            (
                "Hanna Virtanen",
                "rejected",
                "the ministry's claim that the dam was safe",
                ("the ministry's", "claim", "the dam was safe"),
            )
        ],
    ),
    (
        "Chen Wei dismissed his rival's promise to rebuild the harbour.",
        [
            (
                "Chen Wei",
                "dismissed",
                "his rival's promise to rebuild the harbour",
                ("his rival's", "promise", "to rebuild the harbour"),
            )
        ],
    ),
    (
        "He claimed that in the first week of the strike, several managers promised to raise the pay.",
        [
            (
                "He",
                "claimed",
                "in the first week of the strike, several managers promised to raise the pay",
                ("several managers", "promised", "to raise the pay"),
            )
        ],
    ),
]

ALONE: list[tuple[str, list[Statement]]] = [
    (
        "Pia Lindgren said the bridge would reopen in June.",
        [("Pia Lindgren", "said", "the bridge would reopen in June")],
    ),
    (
        "Pia Lindgren said the demands of the crew were fair.",
        [("Pia Lindgren", "said", "the demands of the crew were fair")],
    ),
    (
        "Tomas Brandt said the reports were late and the claims were many.",
        [("Tomas Brandt", "said", "the reports were late and the claims were many")],
    ),
    (
        "Marta Keller said the meeting had been called off.",
        [("Marta Keller", "said", "the meeting had been called off")],
    ),
    (
        "Chen Wei said the plan to rebuild the school was ready.",
        [("Chen Wei", "said", "the plan to rebuild the school was ready")],
    ),
    (
        "Elif Demir warned that the offer would not last.",
        [("Elif Demir", "warned", "the offer would not last")],
    ),
    (
        "Kofi Mensah said the order for the trucks had been paid.",
        [("Kofi Mensah", "said", "the order for the trucks had been paid")],
    ),
    (
        "Ingrid Dahl said the guards attacked a truck near the port.",
        [("Ingrid Dahl", "said", "the guards attacked a truck near the port")],
    ),
    (
        "Hanna Virtanen said the clock in the hall had stopped at noon.",
        [("Hanna Virtanen", "said", "the clock in the hall had stopped at noon")],
    ),
    (
        "“The answer is in the cellar,” Pedro Salas said.",
        [("Pedro Salas", "said", "The answer is in the cellar")],
    ),
]

TREES = RELAYED + CHAINS + COORDINATED + QUOTED + PRONOUNS + CITED + ALONE

# Kind of each source, in the order of the statements.
KINDS: list[tuple[str, list[str]]] = [
    ("Two sources with knowledge of the talks told the Herald the mine would be sold.", ["unnamed"]),
    ("A person close to the chairman said the mine would be sold.", ["unnamed"]),
    ("Several lawmakers said the mine would be sold.", ["unnamed"]),
    ("Polish farmers said the mine would be sold.", ["unnamed"]),
    ("A spokesman for the ministry said the mine would be sold.", ["unnamed"]),
    ("Neighbours said the mine would be sold.", ["unnamed"]),
    ("The World Bank said the mine would be sold.", ["institution"]),
    ("Kenya's foreign ministry said the mine would be sold.", ["institution"]),
    ("The miners' union said the mine would be sold.", ["institution"]),
    ("The city council said the mine would be sold.", ["institution"]),
    ("Peru said the mine would be sold.", ["institution"]),
    ("A leaked memo said the mine would be sold.", ["document"]),
    ("The report by the auditors says the mine will be sold.", ["document"]),
    ("A joint statement said the mine would be sold.", ["document"]),
    ("A letter from the ministry said the mine would be sold.", ["document"]),
    ("Rafael Ortega said the mine would be sold.", ["named"]),
    ("He said the mine would be sold.", ["named"]),
    ("Trade minister Rafael Ortega said the mine would be sold.", ["named"]),
    ("Rafael Ortega, head of the union, said the mine would be sold.", ["named"]),
    ("Rafael Ortega said the letter stated that the lease would end in March.", ["named", "document"]),
    ("Rafael Ortega said two officials told him the lease would end in March.", ["named", "unnamed"]),
    ("The report says Rafael Ortega warned that the dam was unsafe.", ["document", "named"]),
    ("Rafael Ortega's lawyers said the mine would be sold.", ["unnamed"]),
    ("A spokeswoman for Rafael Ortega said the mine would be sold.", ["unnamed"]),
    ("Two sources who attended the talks said the mine would be sold.", ["unnamed"]),
    ("An official, Rafael Ortega, said the mine would be sold.", ["named"]),
    ("Secretary of State Rafael Ortega said the mine would be sold.", ["named"]),
    ("“The mine will be sold in spring, all of it.” The hall fell silent.", ["none"]),
]

# Who is told, or where one writes, in each statement.
AUDIENCES: list[tuple[str, list[str | None]]] = [
    ("Two sources with knowledge of the talks told the Herald the mine would be sold.", ["the Herald"]),
    ("The mine will be sold within weeks, two people familiar with the talks told Axios.", ["Axios"]),
    ("“We shook hands on it,” Sofia Rossi told Le Monde in an interview Tuesday.", ["Le Monde"]),
    ("Sofia Rossi said in an interview with Le Monde that the mine would be sold.", ["Le Monde"]),
    ("“The mine will be sold,” Sofia Rossi wrote on social media.", ["social media"]),
    ("Sofia Rossi wrote on Telegram that the mine would be sold.", ["Telegram"]),
    ("“The mine will be sold,” Sofia Rossi said to reporters in Lima.", ["reporters"]),
    ("“The mine will be sold,” Sofia Rossi wrote to the city council on Monday.", ["the city council"]),
    ("Sofia Rossi told a news conference in Lima that the mine would be sold.", ["a news conference"]),
    ("Sofia Rossi told parliament that the mine would be sold.", ["parliament"]),
    ("Sofia Rossi said Omar Haddad told her the mine would be sold.", [None, "her"]),
    ("Sofia Rossi told us the bank had assured her that the mine would be sold.", ["us", "her"]),
    ("Sofia Rossi said she had been told by the bank that the mine would be sold.", [None, "she"]),
    ("Sofia Rossi said on Monday that the mine would be sold.", [None]),
]


def plain(words: str) -> str:
    """Return a statement without "that", the marks round it and the sentence's end."""
    return words.removeprefix("that ").strip("“”‘’'\" .,")


def tree(quotations: Sequence[Quotation], via: str | None = None) -> list[Statement]:
    return [
        (found.source_text, found.cue, plain(found.text), *tree(quotations, found.quotation_id))
        for found in quotations
        if found.via == via
    ]


def same(found: Sequence[Statement], expected: Sequence[Statement]) -> bool:
    """Tell whether statements are the expected ones, their cues holding at least the expected words."""
    return len(found) == len(expected) and all(
        made[0] == wanted[0]
        and f" {wanted[1]} " in f" {made[1]} "
        and made[2] == wanted[2]
        and same(made[3:], wanted[3:])
        for made, wanted in zip(found, expected, strict=True)
    )


@pytest.mark.parametrize(("text", "expected"), TREES)
def test_which_statement_holds_which(nlp: Language, text: str, expected: list[Statement]) -> None:
    found = tree(find_quotations(nlp(text)))
    assert same(found, expected), found


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kinds_of_source(nlp: Language, text: str, expected: list[str]) -> None:
    assert [found.source_kind for found in find_quotations(nlp(text))] == expected


@pytest.mark.parametrize(("text", "expected"), AUDIENCES)
def test_who_is_told_and_where_one_writes(nlp: Language, text: str, expected: list[str | None]) -> None:
    assert [found.audience for found in find_quotations(nlp(text))] == expected


@pytest.mark.parametrize(("text", "_"), TREES)
def test_offsets_fit_and_relays_exist(nlp: Language, text: str, _: list[Statement]) -> None:
    found = find_quotations(nlp(text))
    ids = {quotation.quotation_id for quotation in found}
    assert len(ids) == len(found)
    for quotation in found:
        assert " … ".join(text[start:end] for start, end in quotation.spans) == quotation.text
        assert quotation.via is None or quotation.via in ids - {quotation.quotation_id}
        for span, words in (
            (quotation.source_span, quotation.source_text),
            (quotation.cue_span, quotation.cue),
            (quotation.audience_span, quotation.audience),
        ):
            assert (text[slice(*span)] if span else None) == words


def test_the_seed_s_relays(undated: Coverage) -> None:
    """The article tells of at least seven statements within statements."""
    relayed = [quotation for quotation in undated.quotations.itertuples() if quotation.via is not None]
    assert len(relayed) >= 7
