from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.records import Actor, Mention, Round
from toolkit.rounds import RoundInput, find_rounds, merge_rounds
from toolkit.rounds._groups import Group, Groups
from toolkit.text.sentences import sentences
from toolkit.times import find_times

if TYPE_CHECKING:
    from toolkit.coverage import Coverage

SEEDS = Path(__file__).parent.parent / "seeds"
WEDNESDAY = dt.date(2024, 5, 15)

STATES = {
    "Armenia": ("Armenia", "Armenian", "Armenians", "Yerevan"),
    "Azerbaijan": ("Azerbaijan", "Azerbaijani", "Baku"),
    "Peru": ("Peru", "Peruvian", "Lima"),
    "Chile": ("Chile", "Chilean"),
    "Norway": ("Norway", "Norwegian"),
    "Qatar": ("Qatar", "Qatari"),
    "Sudan": ("Sudan", "Sudanese"),
    "Greece": ("Greece", "Greek", "Athens"),
    "Turkey": ("Turkey", "Turkish", "Ankara"),
    "United States": ("United States", "U.S.", "American", "Washington"),
    "Japan": ("Japan", "Japanese"),
    "Brazil": ("Brazil", "Brazilian"),
}
PEOPLE = {
    "Ani Petrosyan": "Armenia",
    "Elchin Aliyev": "Azerbaijan",
    "Rosa Quispe": "Peru",
    "Diego Fuentes": "Chile",
    "Ingrid Dahl": "Norway",
    "Nikos Pappas": "Greece",
    "Deniz Kaya": "Turkey",
}
BODIES = ("African Union", "United Nations", "Orbital Workers Union", "Delta Freight", "Reuters")


def read(text: str, published: dt.date | None = WEDNESDAY, article_id: str = "a") -> RoundInput:
    """Read a text with the actors above: their names are looked up as they stand."""
    forms = {form: (name, "country") for name, names in STATES.items() for form in names}
    forms |= {form: (name, "person") for name in PEOPLE for form in (name, name.split()[-1])}
    forms |= {name: (name, "organisation") for name in BODIES}
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(f)}(?!\w)" for f in sorted(forms, key=len, reverse=True)))
    mentions = [
        Mention(article_id, m.start(), m.end(), m.group(), forms[m.group()][0], "name") for m in pattern.finditer(text)
    ]
    actors = [Actor(name, "country", name) for name in STATES]
    actors += [Actor(name, "person", side) for name, side in PEOPLE.items()]
    actors += [Actor(name, "organisation") for name in BODIES]
    spans = sentences(text)
    times = find_times(text, article_id=article_id, published=published, sentences=spans)
    return RoundInput(text, article_id, spans, times, mentions, actors, published)


def day(number: int, month: int = 5) -> dt.date:
    return dt.date(2024, month, number)


FOUND: list[tuple[str, dict[str, Any]]] = [
    # Numbers.
    ("Armenia and Azerbaijan held a fourth round of talks in Tbilisi on Monday.", {"ordinal": 4, "place": "Tbilisi"}),
    ("The 3rd round of negotiations between Peru and Chile ended in Quito on Tuesday.", {"ordinal": 3}),
    ("Delegates arrived for the fifth-round talks in Oslo.", {"ordinal": 5, "place": "Oslo"}),
    ("The inaugural round of trade talks took place in Lima.", {"ordinal": 1}),
    ("The eleventh round of the ministerial negotiations will open in Doha on Friday.", {"ordinal": 11}),
    ("Norway hosted three rounds of talks, the latest one ending in April.", {"ordinal": 3}),
    ("The second session of the border negotiations opened in Tbilisi on Tuesday.", {"ordinal": 2}),
    # Status.
    ("Peru and Chile will hold a second round of talks in Quito on Friday.", {"status": "planned"}),
    ("Peru and Chile are due to start a second round of talks on Friday.", {"status": "planned"}),
    ("The second round of talks is scheduled for next week.", {"status": "planned"}),
    ("The second round of talks between Peru and Chile has been postponed.", {"status": "postponed"}),
    ("The second round of talks between Peru and Chile was called off.", {"status": "collapsed"}),
    ("Talks between Greece and Turkey broke down on Monday.", {"status": "collapsed", "last": day(13)}),
    ("Negotiations between Greece and Turkey fell apart in March.", {"status": "collapsed", "precision": "month"}),
    ("Greece and Turkey concluded a third round of talks in Nicosia on Tuesday.", {"status": "concluded"}),
    ("The third round of talks wrapped up in Nicosia on Tuesday.", {"status": "concluded", "last": day(14)}),
    ("The third round of talks in Nicosia is under way.", {"status": "under way"}),
    ("The third round of talks continued on Wednesday in Nicosia.", {"status": "under way"}),
    ("Ankara proposed a third round of talks in Nicosia.", {"status": "proposed"}),
    ("A third round of talks could be held in Nicosia in June.", {"status": "proposed", "first": day(1, 6)}),
    ("A fourth round of talks took place in Muscat last week.", {"status": "held", "place": "Muscat"}),
    ("The talks in Muscat are expected to resume on Monday.", {"status": "planned", "first": day(20)}),
    # Days.
    ("The fourth round of talks opened in Tbilisi on Monday.", {"first": day(13), "last": None}),
    ("The two-day fourth round of talks opened in Tbilisi on Monday.", {"first": day(13), "last": day(14)}),
    ("The three-day round of talks concluded in Tbilisi on Tuesday.", {"first": day(12), "last": day(14)}),
    ("The two-day talks in Tbilisi are due to continue on Thursday.", {"first": day(15), "last": day(16)}),
    ("On Monday, Armenia and Azerbaijan held talks in Tbilisi.", {"first": day(13), "last": day(13)}),
    (
        "Monday's talks in Tbilisi lasted more than six hours.",
        {"first": day(13), "duration_text": "more than six hours"},
    ),
    ("The summit in Oslo between Peru and Chile will take place on June 3.", {"first": day(3, 6)}),
    ("The next round of talks will be held in Bonn in September.", {"precision": "month", "first": day(1, 9)}),
    ("A second round of talks in Lima took place last year.", {"precision": "year", "first": dt.date(2023, 1, 1)}),
    ("The news comes two days before Peru and Chile hold a second round of talks in Quito.", {"first": day(17)}),
    (
        "Dahl told us in an interview Tuesday as Greek and Turkish envoys met for a second round of talks in Oslo.",
        {"ordinal": 2, "first": day(14), "place": "Oslo"},
    ),
    # Places.
    ("Sudanese and rebel envoys resumed talks in the Nigerian capital Abuja on Monday.", {"place": "Abuja"}),
    ("The Geneva talks ended on Tuesday.", {"place": "Geneva", "last": day(14)}),
    ("OSLO, May 14 - Peru and Chile opened a second round of talks here on Tuesday.", {"place": "Oslo"}),
    (
        "The second round of talks opened at the Grand Plaza Hotel in Doha on Monday.",
        {"venue": "Grand Plaza Hotel", "place": "Doha"},
    ),
    ("Talks to end the war in Sudan opened in Jeddah on Monday.", {"place": "Jeddah"}),
    # Formats, parties, third parties.
    ("A second round of trilateral talks began in Oslo on Monday.", {"format": "trilateral"}),
    (
        "A second round of indirect talks between Greece and Turkey began in Oslo on Monday.",
        {"format": "indirect", "parties": {"Greece", "Turkey"}},
    ),
    ("Greece and Turkey began a second round of talks, mediated by Norway, on Monday.", {"third": {"Norway"}}),
    ("Greece and Turkey held a second round of Qatari-brokered talks on Monday.", {"third": {"Qatar"}}),
    (
        "Sudan and the rebels opened a seventh round of talks with the African Union mediating.",
        {"third": {"African Union"}},
    ),
    (
        "Orbital Workers Union and Delta Freight resumed contract talks on Monday.",
        {"parties": {"Orbital Workers Union", "Delta Freight"}},
    ),
    # Meetings.
    (
        "A deal is near. Quispe met Fuentes in Quito on Tuesday.",
        {"first": day(14), "parties": {"Peru", "Chile"}, "people": {"Rosa Quispe", "Diego Fuentes"}},
    ),
    ("A deal is near. Quispe will meet Fuentes again in Quito on Friday.", {"status": "planned", "first": day(17)}),
    ("Peru raised a possible leader-level meeting with Chile in Quito.", {"status": "proposed", "format": "leaders"}),
    ("A summit between Peru and Chile is planned for Friday.", {"status": "planned", "first": day(17)}),
]

NOTHING = [
    "A new round of sanctions was imposed on Monday.",
    "The second round of the presidential election will be held in Lima on Sunday.",
    "The third round of voting ended in Quito on Tuesday.",
    "A fresh round of fighting broke out in Sudan on Monday.",
    "The first round of bidding closed on Friday.",
    "Fighters fired several rounds in Khartoum on Monday.",
    "The minister held a press conference in Oslo on Monday.",
    "She talks about the war in every speech on Monday.",
    "Quispe spoke with Fuentes by phone on Tuesday.",
    "The court session in Lima ended on Tuesday.",
    "Talks are difficult.",
    "The bank's board meeting took place on Monday.",
    "The plant met its production target on Monday.",
    "Quispe met voters in Cusco on Tuesday.",
    "The boxer was knocked out in the second round on Saturday.",
    "The talk show aired on Monday.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:60] for text, _ in FOUND])
def test_a_sentence_gives_its_round(text: str, expected: dict[str, Any]) -> None:
    rounds = find_rounds(read(text))
    assert len(rounds) == 1, [found.label for found in rounds]
    found = rounds[0]
    for name, value in expected.items():
        if name == "third":
            assert {party for party, _ in found.third_parties} == value
        elif isinstance(value, set):
            assert set(getattr(found, name)) == value
        else:
            assert getattr(found, name) == value, name


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_round_gives_none(text: str) -> None:
    assert find_rounds(read(text)) == []


def labels(text: str, published: dt.date | None = WEDNESDAY) -> list[str]:
    return [found.label for found in find_rounds(read(text, published))]


CHAINS: list[tuple[str, list[str]]] = [
    (
        "Peru and Chile concluded a second round of talks in Quito on Monday. Quispe said the talks were useful.",
        ["second round of talks, Quito"],
    ),
    (
        "Peru and Chile concluded a second round of talks in Quito on Monday. The next round will be held in June.",
        ["second round of talks, Quito", "third round of talks"],
    ),
    (
        "Peru and Chile opened a second round of talks in Quito on Monday. In the previous round little was agreed.",
        ["second round of talks, Quito", "first round of talks"],
    ),
    (
        "A second round of talks opened in Quito on Monday. The second day of talks was shorter.",
        ["second round of talks, Quito"],
    ),
    (
        "A second round of talks opened in Quito on Tuesday. The talks continued on Wednesday.",
        ["second round of talks, Quito"],
    ),
    (
        "Peru and Chile held talks in Quito last week. Peru and Brazil will hold talks in Lima on Friday.",
        ["talks, Quito", "talks, Lima"],
    ),
    (
        "The talks broke off on Monday. They met again for a second round of talks in Quito on Tuesday.",
        ["talks", "second round of talks, Quito"],
    ),
    (
        "The fourth round of talks begins in Oslo on Friday. The third round, in March, failed to narrow the gaps.",
        ["fourth round of talks, Oslo", "third round of talks"],
    ),
    (
        "Talks between Peru and Chile collapsed in March. The two sides resumed negotiations in Quito on Monday.",
        ["talks", "talks, Quito"],
    ),
    (
        "Peru and Chile opened a third round of talks in Quito on Monday. The first, in March, was short.",
        ["third round of talks, Quito", "first round of talks"],
    ),
    (
        "Envoys of Peru and Chile met in Quito on Monday to narrow a deal. It was the third round of talks.",
        ["third round of talks, Quito"],
    ),
    (
        "A second round of talks closed in Quito on Tuesday. The two-day round began on Monday.",
        ["second round of talks, Quito"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHAINS, ids=[text[:60] for text, _ in CHAINS])
def test_phrases_of_one_encounter_are_one_round(text: str, expected: list[str]) -> None:
    assert sorted(labels(text)) == sorted(expected)


# Several rounds told of together: (number, implied number, first, last, place) of each row, in the order found.
MATTERS: list[tuple[str, list[tuple[int | None, int | None, dt.date | None, dt.date | None, str | None]]]] = [
    (
        (
            "Peru and Chile opened a fourth round of trade talks in Quito on Tuesday. "
            "The three earlier rounds were held on Jan. 9, Feb. 13 and March 19. All of them dealt with fish."
        ),
        [
            (4, None, day(14), None, "Quito"),
            (None, 1, day(9, 1), day(9, 1), None),
            (None, 2, day(13, 2), day(13, 2), None),
            (None, 3, day(19, 3), day(19, 3), None),
        ],
    ),
    (
        (
            "Delegates of Norway and Brazil will hold a third round of climate talks in Oslo on Friday. "
            "Dahl had chaired both rounds in Nairobi, on Feb. 5-6 and March 11-12."
        ),
        [
            (3, None, day(17), day(17), "Oslo"),
            (None, 1, day(5, 2), day(6, 2), "Nairobi"),
            (None, 2, day(11, 3), day(12, 3), "Nairobi"),
        ],
    ),
    (
        (
            "Orbital Workers Union and Delta Freight began a third round of contract talks in Oslo on Monday. "
            "The first took place on April 2 and lasted an hour. For the second, on April 16, the negotiators moved to "
            "Gothenburg. After the third, on Monday, nobody spoke."
        ),
        [
            (3, None, day(13), day(13), "Oslo"),
            (1, None, day(2, 4), day(2, 4), None),
            (2, None, day(16, 4), day(16, 4), "Gothenburg"),
        ],
    ),
    (
        (
            "Greece and Turkey held talks in Nicosia on Tuesday on fishing rights. Kaya had taken part in the earlier "
            "rounds in Geneva, which began on March 4 and continued in Lausanne on March 12 and March 20."
        ),
        [
            (None, None, day(14), day(14), "Nicosia"),
            (None, 1, day(4, 3), day(4, 3), "Geneva"),
            (None, 2, day(12, 3), day(12, 3), "Lausanne"),
            (None, 3, day(20, 3), day(20, 3), "Lausanne"),
        ],
    ),
    (
        (
            "Peru and Chile concluded a second round of talks in Quito on Monday. "
            "The rounds in Lima had dealt with tariffs on fruit."
        ),
        [(2, None, None, day(13), "Quito")],
    ),
    (
        (
            "Peru and Chile ended a fresh round of fishing talks in Quito on Monday. "
            "When negotiators of Peru and Chile met in Lima in January, February and March, they spoke of fruit. "
            "The last of those three rounds, on March 20, took an hour."
        ),
        [
            (None, None, None, day(13), "Quito"),
            (None, 1, day(1, 1), day(31, 1), "Lima"),
            (None, 2, day(1, 2), day(29, 2), "Lima"),
            (None, 3, day(20, 3), day(20, 3), "Lima"),
        ],
    ),
    (
        (
            "The delegations that met in Quito on March 4, March 11 and March 18 spoke of fish. "
            "Those three rounds of talks produced nothing. In the second, Peru had offered a quota."
        ),
        [
            (None, 1, day(4, 3), day(4, 3), "Quito"),
            (2, None, day(11, 3), day(11, 3), "Quito"),
            (None, 3, day(18, 3), day(18, 3), "Quito"),
        ],
    ),
    (
        (
            "The first two rounds of the climate negotiations between Norway and Brazil were held in Oslo on March 5 "
            "and April 9. A third round is due to open on May 21."
        ),
        [
            (None, 1, day(5, 3), day(5, 3), "Oslo"),
            (None, 2, day(9, 4), day(9, 4), "Oslo"),
            (3, None, day(21), None, None),
        ],
    ),
    (
        "Greece and Turkey held two more rounds of talks, on March 5 and April 9. Nothing was agreed.",
        [(None, None, day(5, 3), day(5, 3), None), (None, None, day(9, 4), day(9, 4), None)],
    ),
    (
        (
            "On March 5 and April 9, two rounds of wage talks between Orbital Workers Union and Delta Freight "
            "took place. The next round is planned for May 22."
        ),
        [
            (None, None, day(5, 3), day(5, 3), None),
            (None, None, day(9, 4), day(9, 4), None),
            (None, None, day(22), day(22), None),
        ],
    ),
    (
        (
            "Peru and Chile will begin a sixth round of talks in Quito on Friday. "
            "The two previous rounds, on March 5 and April 9, ended without a deal."
        ),
        [
            (6, None, day(17), None, "Quito"),
            (None, None, day(5, 3), day(5, 3), None),
            (None, None, day(9, 4), day(9, 4), None),
        ],
    ),
    (
        (
            "Sudan and the rebels resumed talks in Jeddah on Monday. The earlier rounds, which began on April 8, "
            "brought no truce."
        ),
        [(None, None, day(13), None, "Jeddah"), (None, 1, day(8, 4), day(8, 4), None)],
    ),
    (
        "Greece and Turkey held meetings on a gas deal in Oslo on Monday and Tuesday.",
        [(None, None, day(13), day(14), "Oslo")],
    ),
    (
        (
            "Peru and Chile agreed on Tuesday to cut tariffs after their first direct talks in four years, "
            "a meeting of three hours in Quito."
        ),
        [(None, None, day(14), day(14), "Quito")],
    ),
    (
        "Peru and Chile agreed on Tuesday to cut tariffs after a round of talks in Quito on Monday.",
        [(None, None, day(13), day(13), "Quito")],
    ),
    (
        (
            "Greece and Turkey held a second round of talks in Oslo on Monday. "
            "Greece proposed to meet again between 20 and 24 May."
        ),
        [(2, None, day(13), day(13), "Oslo"), (None, None, day(20), day(24), None)],
    ),
    (
        "Peru and Chile held talks on fruit in Quito on Jan. 9 and Feb. 13.",
        [(None, None, day(9, 1), day(9, 1), "Quito"), (None, None, day(13, 2), day(13, 2), "Quito")],
    ),
    (
        "Peru and Chile held talks on fruit in Quito from Jan. 9 to Jan. 13.",
        [(None, None, day(9, 1), day(13, 1), "Quito")],
    ),
    (
        "Both rounds of the wage talks between Greece and Turkey were held in Oslo, on March 5 and March 6.",
        [(None, 1, day(5, 3), day(5, 3), "Oslo"), (None, 2, day(6, 3), day(6, 3), "Oslo")],
    ),
    (
        "Peru and Chile opened a third round of talks in Quito on Tuesday. Two matters are open. The first is fruit.",
        [(3, None, day(14), None, "Quito")],
    ),
    (
        "Peru and Chile agreed on Tuesday to cut tariffs after two years of negotiations.",
        [],
    ),
    (
        "Peru and Chile signed a pact on Tuesday, weeks after the talks in Quito collapsed.",
        [(None, None, None, None, "Quito")],
    ),
    (
        (
            "Norway and Brazil opened a third round of talks on forests in Oslo on Tuesday. "
            "At the second one Dahl had asked for more money."
        ),
        [(3, None, day(14), None, "Oslo"), (2, None, None, None, None)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MATTERS, ids=[text[:60] for text, _ in MATTERS])
def test_rounds_told_of_together_are_rows_of_their_own(text: str, expected: list[tuple[Any, ...]]) -> None:
    rows = [(r.ordinal, r.ordinal_implied, r.first, r.last, r.place) for r in find_rounds(read(text))]
    assert sorted(rows, key=str) == sorted(expected, key=str)


PARTIES: list[tuple[str, set[str]]] = [
    (
        (
            "Greek and Turkish envoys and a Norwegian guide held a second round of talks in Oslo on Monday. "
            "The first, on April 8, was short."
        ),
        {"Greece", "Turkey"},
    ),
    (
        (
            "Greece and Turkey held a second round of trade talks in Oslo on Monday. Norway was once more the host. "
            "The first, on April 8, was in Bergen."
        ),
        {"Greece", "Turkey"},
    ),
    (
        (
            "Negotiators of Greece and Turkey held a second round of talks on Monday in the Bergen region of Norway. "
            "The first round was held on April 8, in the south of Norway."
        ),
        {"Greece", "Turkey"},
    ),
    (
        (
            "Orbital Workers Union and Delta Freight concluded a second round of contract talks on Monday. "
            "In the first round, on April 8, the union asked for more. It was held in Peru."
        ),
        {"Orbital Workers Union", "Delta Freight"},
    ),
    (
        (
            "The trade ministers of Peru and Chile met in Oslo on Monday, with Norway as the facilitator. "
            "Negotiators of the two countries had held a fifth round of talks on May 7."
        ),
        {"Peru", "Chile"},
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTIES, ids=[text[:60] for text, _ in PARTIES])
def test_a_round_has_the_parties_of_its_series_and_not_its_host(text: str, expected: set[str]) -> None:
    rounds = find_rounds(read(text))
    assert len(rounds) == 2
    assert [set(found.parties) for found in rounds] == [expected, expected]


def test_the_day_of_an_agreement_dates_its_talks_by_assumption_alone() -> None:
    text = "Peru and Chile signed a pact on Tuesday after direct talks in Quito. Quispe said nothing."
    (found,) = find_rounds(read(text))
    assert (found.first, found.last, found.date_basis) == (day(14), day(14), "assumed")


def test_ministers_have_a_series_of_their_own() -> None:
    text = (
        "Trade ministers of Peru and Chile met in Lima on Monday. "
        "Their negotiators had held a fifth round of talks in Quito on May 7."
    )
    ministers, negotiators = find_rounds(read(text))
    assert (ministers.format, negotiators.format) == ("ministerial", None)
    assert ministers.series != negotiators.series


def test_numbers_that_go_against_the_order_of_days_are_of_another_series() -> None:
    text = (
        "Peru and Chile ended a first round of ministerial talks in Quito on Monday. "
        "The third round was held on March 20."
    )
    first, third = find_rounds(read(text))
    assert (first.ordinal, third.ordinal) == (1, 3)
    assert first.series != third.series


def test_two_formats_given_to_one_round_are_a_conflict() -> None:
    text = (
        "A third round of trilateral talks between Peru, Chile and Brazil opened in Quito on Tuesday. "
        "Peru calls it the third round of direct talks."
    )
    (found,) = find_rounds(read(text))
    assert found.format == "trilateral"
    assert [(c.field, {value for value, _ in c.values}) for c in found.conflicts] == [
        ("format", {"trilateral", "direct"})
    ]


def test_rounds_of_one_sentence_have_ids_of_their_own() -> None:
    rounds = find_rounds(read("Greece and Turkey held two more rounds of talks, on March 5 and April 9."))
    assert len({found.round_id for found in rounds}) == 2


def test_a_number_by_implication_is_kept_apart_from_a_stated_one() -> None:
    text = "Peru and Chile concluded a second round of talks on Monday. The next round of talks will be held in June."
    stated, implied = find_rounds(read(text))
    assert (stated.ordinal, stated.ordinal_implied) == (2, None)
    assert (implied.ordinal, implied.ordinal_implied) == (None, 3)


def test_two_numbers_for_talks_under_way_at_one_place_are_a_conflict() -> None:
    text = "Envoys are attending the second round of talks in Quito. The first round of talks in Quito is under way."
    (found,) = find_rounds(read(text))
    assert [(c.field, {value for value, _ in c.values}) for c in found.conflicts] == [("ordinal", {"1", "2"})]


def test_days_of_an_undated_article_are_counted_from_its_publication() -> None:
    text = (
        "Peru and Chile met for a third round of talks in Quito on Tuesday. "
        "The third round of talks continued on Wednesday in Quito."
    )
    (found,) = find_rounds(read(text, published=None))
    assert (found.offset_first, found.offset_last) == (-1, 0)
    assert (found.first, found.last, found.edtf) == (None, None, None)
    (dated,) = find_rounds(read(text))
    assert (dated.first, dated.last, dated.edtf) == (day(14), day(15), "2024-05-14/2024-05-15")
    assert dated.offset_first is None


def test_tracks_have_their_own_status() -> None:
    text = (
        "A third round of talks between Greece and Turkey continued in Nicosia on Wednesday. "
        "While the economic group made progress, negotiations in the military group were deadlocked."
    )
    (found,) = find_rounds(read(text))
    assert {track.name: track.status for track in found.tracks} == {"economic": "progress", "military": "stuck"}
    for track in found.tracks:
        assert track.text in text[track.evidence[1] : track.evidence[2]]


def test_leaders_of_delegations_and_people_at_the_table() -> None:
    text = (
        "Greece and Turkey opened a third round of talks in Nicosia on Tuesday. "
        "The Greek delegation is led by Nikos Pappas, and Turkey's chief negotiator Deniz Kaya arrived on Monday. "
        "Ingrid Dahl criticised the talks."
    )
    (found,) = find_rounds(read(text))
    assert dict(found.leaders) == {"Greece": "Nikos Pappas", "Turkey": "Deniz Kaya"}
    assert set(found.people) == {"Nikos Pappas", "Deniz Kaya"}


def test_an_outlet_takes_no_part() -> None:
    (found,) = find_rounds(read("Peru and Chile opened a second round of talks on Monday, Reuters reported."))
    assert set(found.parties) == {"Peru", "Chile"}


def test_a_summit_of_leaders_is_no_round_of_the_talks_that_prepare_it() -> None:
    text = (
        "Peru and Chile opened a third round of talks in Quito on Tuesday. "
        "Peru raised a possible leader-level meeting with Chile in Quito."
    )
    assert [found.status for found in find_rounds(read(text))] == ["under way", "proposed"]


def test_a_body_span_leaves_out_the_header() -> None:
    text = "Title: second round of talks in Oslo\n\nNothing was agreed in Lima."
    reading = read(text)
    begin = text.index("Nothing")
    bounded = RoundInput(text, "a", reading.sentences, published=WEDNESDAY, body=(begin, len(text)))
    assert find_rounds(bounded) == []


def test_a_host_sits_at_the_table_only_where_too_few_others_do() -> None:
    (found,) = find_rounds(read("Peru and Chile held a second round of talks on Monday. Norway was the host."))
    assert set(found.parties) == {"Peru", "Chile"}


@pytest.mark.parametrize("text", ["talks " * 2000, "the third round of talks in Oslo, " * 300, "(" * 20_000])
def test_overlong_sentences_are_read_in_pieces(text: str) -> None:
    found = find_rounds(RoundInput(text, "a", [(0, len(text))], published=WEDNESDAY))
    assert all(end - start <= 1000 for row in found for _, start, end in row.evidence)


# Number, first and last day, place and format of the rounds that the seed and the dispatches speak of between them.
HELD = [
    (1, "2022-02-28", "2022-02-28", "Gomel", "direct"),
    (2, "2022-03-03", "2022-03-03", "Brest", None),
    (3, "2022-03-07", "2022-03-07", "Brest", "direct"),
    (None, "2022-03-10", "2022-03-10", "Antalya", "ministerial"),
    (None, "2022-03-29", "2022-03-29", "Istanbul", "direct"),
    (1, "2025-05-16", "2025-05-16", "Istanbul", "direct"),
    (2, "2025-06-02", "2025-06-02", "Istanbul", "direct"),
    (3, "2025-07-23", "2025-07-23", "Istanbul", "direct"),
    (1, "2026-01-23", "2026-01-24", "Abu Dhabi", "trilateral"),
    (2, "2026-02-04", "2026-02-05", "Abu Dhabi", "trilateral"),
    (3, "2026-02-17", "2026-02-18", "Geneva", "trilateral"),
]


@pytest.fixture
def eleven(coverage: Coverage) -> Any:
    return coverage.rounds


def dated(rounds: Any) -> Any:
    """Leave out what is only proposed, and meetings told of without a day."""
    return rounds[(rounds.status != "proposed") & rounds["first"].notna()]


def test_the_seed_and_the_dispatches_give_one_row_for_each_round(eleven: Any) -> None:
    held = dated(eleven)
    numbers = [None if number < 1 else number for number in held.ordinal.fillna(0)]
    days = ([str(day.date()) for day in held[bound]] for bound in ("first", "last"))
    assert list(zip(numbers, *days, held.place, held.format, strict=True)) == HELD
    assert all(set(parties) <= {"Ukraine", "Russia", "United States"} for parties in held.parties)
    assert sum({"Ukraine", "Russia"} <= set(parties) for parties in held.parties) >= 9
    assert len(eleven) - len(held) <= 7


def test_the_series_of_the_seed_and_the_dispatches_are_told_apart(eleven: Any) -> None:
    held = dated(eleven).reset_index()
    series = list(held.series)
    assert [series.index(name) for name in series] == [0, 0, 0, 3, 0, 5, 5, 5, 8, 8, 8]


def test_two_sources_of_the_third_trilateral_round_are_one_row_with_their_conflict(eleven: Any) -> None:
    row = eleven[eleven.place.eq("Geneva") & eleven.ordinal.eq(3)].iloc[0]
    assert row.n_articles == 2
    (conflict,) = [conflict for conflict in row.conflicts if conflict["field"] == "format"]
    assert set(conflict["values"]) == {"direct", "trilateral"}


def test_the_seed_gives_its_three_rounds() -> None:
    (path,) = SEEDS.glob("*.txt")
    rows = tk.analyze(tk.read(path, published=dt.date(2026, 2, 18)), progress=False).rounds
    third = rows[rows.ordinal == 3].iloc[0]
    assert (third["first"].date(), third["last"].date()) == (dt.date(2026, 2, 17), dt.date(2026, 2, 18))
    assert (third.place, third.status) == ("Geneva", "under way")
    assert set(third.parties) == {"Ukraine", "Russia"}
    assert third.third_parties == ["United States"]
    assert set(third.people) == {"Rustem Umerov", "Vladimir Medinsky", "Steve Witkoff", "Jared Kushner"}
    assert {track["name"]: track["status"] for track in third.tracks} == {"political": "stuck", "military": "progress"}
    assert rows[rows.ordinal == 2]["first"].isna().all()
    assert "proposed" in set(rows.status)


# Several articles of one matter: (published, text) of each, and (number, first, last, place, articles) of each row.
STORIES: list[tuple[list[tuple[dt.date, str]], list[tuple[int | None, dt.date, dt.date, str | None, str]]]] = [
    (
        [
            (day(7, 2), "Norway and Brazil ended a first round of climate talks in Nairobi on Tuesday without a deal."),
            (
                day(11, 3),
                (
                    "Norway and Brazil opened a second round of climate talks in Nairobi on Monday. "
                    "The first, last month, ended without a deal."
                ),
            ),
            (
                day(15),
                (
                    "Dahl said little. In the second round of climate talks, Brazil had promised to protect forests. "
                    "Norway and Brazil will hold a third round of climate talks in Lausanne on May 21."
                ),
            ),
            (
                day(22),
                (
                    "Norway and Brazil held a third round of climate talks in Switzerland on Tuesday. "
                    "The two earlier rounds in Nairobi, on Feb. 6 and March 11-12, were longer."
                ),
            ),
            (day(28), "Environment ministers of Norway and Brazil met in Lausanne on Tuesday to seal a deal."),
        ],
        [
            (1, day(6, 2), day(6, 2), "Nairobi", "013"),
            (2, day(11, 3), day(12, 3), "Nairobi", "123"),
            (3, day(21), day(21), "Lausanne", "23"),
            (None, day(28), day(28), "Lausanne", "4"),
        ],
    ),
    (
        [
            (
                day(5, 4),
                (
                    "Orbital Workers Union and Delta Freight agreed on Thursday to extend the contract after talks in "
                    "Chicago."
                ),
            ),
            (
                day(8, 4),
                (
                    "The first round of contract talks between Orbital Workers Union and Delta Freight was held on "
                    "April 4. A second round will take place in Chicago on April 18."
                ),
            ),
            (
                day(19, 4),
                (
                    "Orbital Workers Union and Delta Freight broke off the second round of contract talks in Chicago "
                    "on Thursday."
                ),
            ),
        ],
        [(1, day(4, 4), day(4, 4), "Chicago", "01"), (2, day(18, 4), day(18, 4), "Chicago", "12")],
    ),
    (
        [
            (day(15), "Peru and Chile held a third round of direct talks on fish in Quito on Tuesday."),
            (day(15), "Peru, Chile and Brazil held a third round of trilateral talks on fish in Quito on Tuesday."),
            (
                day(20),
                (
                    "Peru and Chile had a third round of talks in Lima in 2021. "
                    "The third round of trilateral talks this month went better."
                ),
            ),
        ],
        [
            (3, dt.date(2021, 1, 1), dt.date(2021, 12, 31), "Lima", "2"),
            (3, day(14), day(14), "Quito", "012"),
        ],
    ),
]


@pytest.mark.parametrize(("articles", "expected"), STORIES, ids=["climate", "labour", "trade"])
def test_articles_of_one_matter_give_one_row_for_each_round(
    articles: list[tuple[dt.date, str]], expected: list[tuple[Any, ...]]
) -> None:
    found = [r for i, (date, text) in enumerate(articles) for r in find_rounds(read(text, date, str(i)))]
    rows = [
        (row.ordinal, row.first, row.last, row.place, "".join(sorted({article for article, _, _ in row.evidence})))
        for row in merge_rounds(found)
    ]
    assert rows == expected


# Rounds put together by hand.


def a_round(article: str, **values: Any) -> Round:
    defaults: dict[str, Any] = {
        "series": "Chile–Peru talks, 2024",
        "label": "third round of talks",
        "ordinal": 3,
        "first": day(14),
        "last": day(15),
        "precision": "day",
        "place": "Quito",
        "parties": ("Peru", "Chile"),
        "evidence": ((article, 0, 10),),
    }
    return Round(round_id=f"{article}-{values.get('ordinal', 3)}", **(defaults | values))


def test_two_sources_of_one_round_make_one_row_and_keep_what_they_disagree_on() -> None:
    one = a_round("a", duration_text="more than four hours", format="direct")
    other = a_round("b", ordinal=2, duration_text="about six hours", last=day(16), format="trilateral")
    (merged,) = merge_rounds([one, other])
    conflicts = {conflict.field: dict(conflict.values) for conflict in merged.conflicts}
    assert conflicts["duration"] == {"more than four hours": ("a",), "about six hours": ("b",)}
    assert conflicts["ordinal"] == {"3": ("a",), "2": ("b",)}
    assert conflicts["last"] == {"2024-05-15": ("a",), "2024-05-16": ("b",)}
    assert conflicts["format"] == {"direct": ("a",), "trilateral": ("b",)}
    assert merged.evidence == (("a", 0, 10), ("b", 0, 10))


def test_a_place_and_its_state_are_no_conflict() -> None:
    (merged,) = merge_rounds([a_round("a", place="Lima"), a_round("b", place="Peru")])
    assert merged.conflicts == ()


def test_one_number_in_two_series_stays_two_rounds() -> None:
    early = a_round(
        "a", first=dt.date(2023, 7, 2), last=dt.date(2023, 7, 2), place="Oslo", series="Chile–Peru talks, 2023"
    )
    assert len(merge_rounds([early, a_round("b")])) == 2


def test_one_number_of_other_parties_stays_two_rounds() -> None:
    other = a_round("b", parties=("Greece", "Turkey"), series="Greece–Turkey talks, 2024")
    assert len(merge_rounds([a_round("a"), other])) == 2


def test_an_undated_round_joins_the_one_dated_round_of_its_series_and_number() -> None:
    undated = a_round(
        "b", first=None, last=None, offset_first=-1, offset_last=0, precision=None, series="Chile–Peru talks"
    )
    (merged,) = merge_rounds([undated, a_round("a")])
    assert (merged.first, merged.offset_first, merged.series) == (day(14), None, "Chile–Peru talks, 2024")


def test_an_undated_round_that_fits_two_stays_apart() -> None:
    undated = a_round("c", first=None, last=None, precision=None, place=None, series="Chile–Peru talks")
    early = a_round(
        "b", first=dt.date(2023, 7, 2), last=dt.date(2023, 7, 2), place="Oslo", series="Chile–Peru talks, 2023"
    )
    assert len(merge_rounds([a_round("a"), early, undated])) == 3


def test_an_undated_round_joins_the_last_of_its_number_before_its_article() -> None:
    undated = a_round("c", first=None, last=None, precision=None, place=None)
    beside = a_round("c", ordinal=1, first=day(1, 6), last=day(1, 6), place="Lima", status="held")
    before = a_round("a")
    later = a_round("b", first=day(1, 11), last=day(1, 11), place="Oslo")
    merged = merge_rounds([undated, beside, before, later])
    assert [(found.first, len(found.evidence)) for found in merged] == [(day(14), 2), (day(1, 6), 1), (day(1, 11), 1)]


def test_a_month_joins_the_round_of_its_number_within_it() -> None:
    month = a_round("b", first=day(1), last=day(31), precision="month", ordinal=None, ordinal_implied=3)
    (merged,) = merge_rounds([month, a_round("a")])
    assert (merged.first, merged.last, merged.conflicts) == (day(14), day(15), ())


def test_rounds_told_of_together_give_way_to_the_rounds_themselves() -> None:
    together = a_round(
        "b",
        ordinal=None,
        label="previous rounds of talks, Quito",
        first=dt.date(2024, 1, 1),
        last=dt.date(2024, 12, 31),
        precision="year",
    )
    assert [found.label for found in merge_rounds([together, a_round("a")])] == ["third round of talks, Quito"]
    assert len(merge_rounds([together])) == 1


def test_ministers_and_negotiators_of_one_day_are_two_rounds() -> None:
    ministers = a_round("b", ordinal=None, label="meeting, Quito", format="ministerial")
    assert len(merge_rounds([a_round("a", format="direct"), ministers])) == 2


def test_a_city_stands_before_its_state_and_in_the_label() -> None:
    (merged,) = merge_rounds([a_round("a", place="Switzerland"), a_round("b", place="Geneva")])
    assert (merged.place, merged.label, merged.conflicts) == ("Geneva", "third round of talks, Geneva", ())


def test_a_stated_day_gives_the_basis_of_an_assumed_one() -> None:
    assumed = a_round("a", date_basis="assumed", date_text="Tuesday", venue="Old Mint", format="direct")
    (merged,) = merge_rounds([assumed, a_round("b", date_basis="stated", date_text="May 14-15, 2024")])
    assert (merged.date_basis, merged.date_text) == ("stated", "May 14-15, 2024")


def test_formats_that_go_together_are_no_conflict() -> None:
    (merged,) = merge_rounds([a_round("a", format="direct"), a_round("b", format="peace")])
    assert merged.conflicts == ()


def test_bounds_that_complete_each_other_are_no_conflict() -> None:
    (merged,) = merge_rounds([a_round("a", last=None), a_round("b", first=None)])
    assert (merged.first, merged.last, merged.conflicts) == (day(14), day(15), ())


def test_the_last_word_on_the_status_stands() -> None:
    (merged,) = merge_rounds([a_round("a", status="planned"), a_round("b", status="concluded")])
    assert merged.status == "concluded"


def test_rounds_of_one_article_are_never_joined() -> None:
    assert len(merge_rounds([a_round("a"), a_round("a", ordinal=None, label="meeting")])) == 2


def test_leaders_on_whom_sources_disagree_are_kept() -> None:
    one = a_round("a", leaders=(("Peru", "Rosa Quispe"),))
    other = a_round("b", leaders=(("Peru", "Ana Torres"),))
    (merged,) = merge_rounds([one, other])
    assert ("leader of Peru", (("Rosa Quispe", ("a",)), ("Ana Torres", ("b",)))) in [
        (conflict.field, conflict.values) for conflict in merged.conflicts
    ]


@given(st.permutations([0, 1, 2, 3]))
def test_merging_does_not_depend_on_the_order(order: list[int]) -> None:
    rounds = [
        a_round("a"),
        a_round("b", ordinal=2),
        a_round("c", first=day(1, 3), last=day(1, 3), ordinal=1),
        a_round("d", parties=("Greece", "Turkey"), series="Greece–Turkey talks, 2024"),
    ]
    assert merge_rounds([rounds[i] for i in order]) == merge_rounds(rounds)


def near_plainly(groups: Groups, found: Round) -> list[Group]:
    return list(groups)


SIDES = st.sampled_from(["Peru", "Chile", "Greece", "any", "unknown"])
SOME_ROUNDS = st.lists(
    st.builds(
        a_round,
        st.sampled_from("abcdef"),
        first=st.sampled_from([None, day(1), day(3), day(6), day(20), day(1, 1)]),
        last=st.sampled_from([None, day(1), day(7), day(20), dt.date(2030, 1, 1)]),
        precision=st.sampled_from([None, "day", "week", "month", "year"]),
        place=st.sampled_from([None, "Quito", "Peru", "Lima"]),
        ordinal=st.sampled_from([None, 2, 3]),
        label=st.sampled_from(["third round of talks", "rounds of talks", "summit"]),
        format=st.sampled_from([None, "direct", "ministerial"]),
        status=st.sampled_from(["held", "proposed", "planned"]),
        parties=st.lists(SIDES, max_size=3, unique=True).map(tuple),
        third_parties=st.lists(st.tuples(SIDES, st.just("host")), max_size=1).map(tuple),
        series=st.sampled_from(["Chile–Peru talks, 2024", "Chile–Peru talks", "talks"]),
    ),
    max_size=12,
)


@given(SOME_ROUNDS)
def test_rounds_are_joined_as_if_each_were_compared_with_every_other(rounds: list[Round]) -> None:
    joined = merge_rounds(rounds)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Groups, "near", near_plainly)
        patch.setattr("toolkit.rounds._groups.aspects", id)
        assert merge_rounds(rounds) == joined


@pytest.mark.parametrize(
    "text",
    [
        "Peace talks resume in Quito under Rosa Quispe",
        "Peru and Chile opened a second round of talks, said the mediator Rosa Quispe",
        "Peru met Chile for talks in Quito with Ana Torres and Rosa Quispe",
    ],
)
def test_a_name_may_end_the_text(text: str) -> None:
    for end in (len(text), len(text) - 1):
        assert len(tk.analyze([tk.Article(text[:end])]).articles) == 1


@pytest.mark.parametrize("published", [dt.date.min, dt.date.max])
@pytest.mark.parametrize("told", ["will begin on Tuesday", "began on Friday and lasted a week", "are due in January"])
def test_rounds_at_the_ends_of_the_calendar_stay_in_it(published: dt.date, told: str) -> None:
    found = find_rounds(read(f"The second round of talks between Peru and Chile {told}.", published))
    assert all(row.first is None or row.last is None or row.first <= row.last for row in merge_rounds(found))


TEXTS = [text for text, _ in FOUND] + NOTHING + [text for text, _ in CHAINS] + [text for text, _ in MATTERS]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6), st.sampled_from([WEDNESDAY, None]))
def test_evidence_is_sentences_of_the_text_and_days_are_in_order(texts: list[str], published: dt.date | None) -> None:
    reading = read("\n\n".join(texts), published)
    rounds = find_rounds(reading)
    assert rounds == find_rounds(reading)
    for found in rounds:
        assert found.evidence
        assert all((start, end) in reading.sentences for _, start, end in found.evidence)
        assert not (found.first and found.last) or found.first <= found.last
        assert published is not None or found.offset_first is None or found.first is None
    assert len({found.round_id for found in rounds}) == len(rounds)


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(list("talks round of the third in, . \"“”()-–' A")), max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for found in find_rounds(read(text)):
        assert found.label
