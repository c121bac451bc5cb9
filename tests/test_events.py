"""What is made of the learned reader's phrases: events, and encounters that rules alone would miss or misread."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.model.event_reader import EventPhrase
from toolkit.model.event_tags import STATUSES
from toolkit.records import Actor, Mention
from toolkit.rounds import RoundInput, find_events, find_rounds
from toolkit.rounds._candidates import candidates_of
from toolkit.rounds._told import Told
from toolkit.text.sentences import sentences
from toolkit.times import find_times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEDNESDAY = dt.date(2024, 5, 15)
ACTORS = {
    "Dockers Guild": "organisation",
    "Baltic Lines": "organisation",
    "Norway": "country",
    "Peru": "country",
    "Rosa Quist": "person",
    "Reuters": "organisation",
}
PLACES = ("Gdansk", "Oslo", "Lima")
Given = tuple[str, str, str, dict[str, str]]


def read(
    text: str, phrases: Sequence[Given], same: Mapping[tuple[int, int], float] | None = None, sure: float = 0.9
) -> RoundInput:
    """Read a text as if the reader had found phrases: type, words, status, and roles by the words that have them."""
    mentions = [
        Mention("a", start, start + len(name), name, name, "name")
        for name in ACTORS
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    actors = [Actor(name, kind) for name, kind in ACTORS.items()]  # type: ignore[arg-type]
    spans = sentences(text)
    times = find_times(text, article_id="a", published=WEDNESDAY, sentences=spans)
    places = [((text.index(name), text.index(name) + len(name)), name) for name in PLACES if name in text]
    candidates = candidates_of(mentions, actors, times, places)
    made = [_phrase(text, one, [each.text for each in candidates], sure) for one in phrases]
    told = Told(made, same or {}, candidates)
    return RoundInput(text, "a", spans, times, mentions, actors, WEDNESDAY, told=told)


def _phrase(text: str, given: Given, candidates: list[str], sure: float) -> EventPhrase:
    kind, words, status, roles = given
    start = text.index(words)
    shares = tuple(sure if status == name else (1 - sure) / (len(STATUSES) - 1) for name in STATUSES)
    found = {(candidates.index(words), role): 0.9 for words, role in roles.items()}
    return EventPhrase(kind, start, start + len(words), 0.9, shares, found)


def test_an_event_has_what_the_words_around_it_tell() -> None:
    text = "Dockers Guild walked out at Baltic Lines in Gdansk on Tuesday. Rosa Quist of Norway mediates."
    roles = {"Dockers Guild": "side", "Baltic Lines": "side", "Gdansk": "place", "Tuesday": "date", "Norway": "third"}
    [event] = find_events(read(text, [("action", "walked out", "held", roles)]))
    assert (event.type, event.status, event.label) == ("action", "held", "walked out")
    assert (event.parties, event.parties_basis) == (("Dockers Guild", "Baltic Lines"), "stated")
    assert (event.first, event.last, event.place) == (dt.date(2024, 5, 14), dt.date(2024, 5, 14), "Gdansk")
    assert event.third_parties == (("Norway", "mediator"),)
    assert event.evidence == (("a", 14, 24),)


def test_sides_that_are_not_told_are_none() -> None:
    text = "Norway and Peru are at odds. A strike began on Tuesday."
    [event] = find_events(read(text, [("action", "A strike began", "held", {"Tuesday": "date"})]))
    assert (event.parties, event.parties_basis) == ((), None)


def test_an_outlet_is_no_side() -> None:
    text = "Dockers Guild struck a deal, Reuters reported."
    roles = {"Dockers Guild": "side", "Reuters": "side"}
    [event] = find_events(read(text, [("agreement", "struck a deal", "reached", roles)]))
    assert event.parties == ("Dockers Guild",)


@pytest.mark.parametrize(
    ("same", "kinds", "expected"),
    [
        (0.9, ("vote", "vote"), ["vote"]),
        (0.1, ("vote", "vote"), ["vote", "vote"]),
        (0.9, ("vote", "action"), ["vote", "action"]),
    ],
)
def test_phrases_of_one_type_that_tell_of_one_event_are_joined(
    same: float, kinds: tuple[str, str], expected: list[str]
) -> None:
    text = "Members voted to leave. The ballot ran for a week."
    phrases: list[Given] = [(kinds[0], "voted to leave", "held", {}), (kinds[1], "The ballot", "held", {})]
    assert [event.type for event in find_events(read(text, phrases, {(0, 1): same}))] == expected


def test_events_of_different_days_are_two() -> None:
    text = "Crews struck on Monday. Crews will strike on Friday."
    phrases: list[Given] = [
        ("action", "Crews struck", "held", {"Monday": "date"}),
        ("action", "Crews will strike", "planned", {"Friday": "date"}),
    ]
    found = find_events(read(text, phrases, {(0, 1): 0.9}))
    assert [(event.status, event.first) for event in found] == [
        ("held", dt.date(2024, 5, 13)),
        ("planned", dt.date(2024, 5, 17)),
    ]


def test_a_status_is_one_that_events_of_the_type_have() -> None:
    text = "The deadline is Friday."
    [event] = find_events(read(text, [("deadline", "The deadline", "reached", {})]))
    assert event.status in {"planned", "missed", "met", "postponed", "proposed"}


def test_an_encounter_that_rules_do_not_know_is_found() -> None:
    text = "Dockers Guild sat across from Baltic Lines in Gdansk on Tuesday."
    assert find_rounds(read(text, [])) == []
    roles = {"Dockers Guild": "side", "Baltic Lines": "side", "Gdansk": "place", "Tuesday": "date"}
    [found] = find_rounds(read(text, [("encounter", "sat across from Baltic Lines", "held", roles)]))
    assert (found.parties, found.parties_basis) == (("Dockers Guild", "Baltic Lines"), "stated")
    assert (found.place, found.first, found.status) == ("Gdansk", dt.date(2024, 5, 14), "held")


def test_a_side_that_words_near_it_name_is_none_where_the_reader_knows_better() -> None:
    text = "Dockers Guild and Baltic Lines held a second round of talks in Gdansk, Peru said."
    roles = {"Dockers Guild": "side", "Baltic Lines": "side", "Gdansk": "place"}
    [found] = find_rounds(read(text, [("encounter", "held a second round of talks", "held", roles)]))
    assert (found.ordinal, found.parties) == (2, ("Dockers Guild", "Baltic Lines"))


def test_sides_are_carried_over_within_an_article_and_marked() -> None:
    text = (
        "Dockers Guild and Baltic Lines held a second round of talks in Gdansk on Tuesday. "
        "A third round of talks is planned for Friday."
    )
    roles = {"Dockers Guild": "side", "Baltic Lines": "side", "Tuesday": "date", "Gdansk": "place"}
    phrases: list[Given] = [
        ("encounter", "held a second round of talks", "held", roles),
        ("encounter", "A third round of talks", "planned", {"Friday": "date"}),
    ]
    second, third = find_rounds(read(text, phrases))
    assert (second.parties_basis, third.parties_basis) == ("stated", "carried")
    assert third.parties == second.parties
    assert (third.status, third.first) == ("planned", dt.date(2024, 5, 17))


def test_phrases_that_the_reader_joins_are_one_encounter() -> None:
    text = "Dockers Guild sat across from Baltic Lines in Gdansk. Hours went by. They faced each other till dawn."
    phrases: list[Given] = [
        ("encounter", "sat across from Baltic Lines", "held", {"Gdansk": "place"}),
        ("encounter", "faced each other", "held", {"Dockers Guild": "side", "Baltic Lines": "side"}),
    ]
    assert len(find_rounds(read(text, phrases, {(0, 1): 0.9}))) == 1
    assert len(find_rounds(read(text, phrases, {(0, 1): 0.1}))) == 2


TOLD = [
    (
        "Ferry workers walked off the job in Gdansk on Tuesday after Baltic Lines refused to raise wages.",
        ("action", "held", dt.date(2024, 5, 14), "Gdansk", set()),
    ),
    (
        "The Harbour Pilots Union and Baltic Lines will return to the bargaining table on Monday.",
        ("encounter", "planned", dt.date(2024, 5, 20), None, {"Harbour Pilots Union", "Baltic Lines"}),
    ),
    (
        "Lawmakers in Oslo voted on Tuesday to approve the fisheries treaty with Iceland.",
        ("vote", "held", dt.date(2024, 5, 14), None, set()),
    ),
    (
        "Norway and Iceland signed a deal on cod quotas in Bergen on Tuesday.",
        ("agreement", "reached", dt.date(2024, 5, 14), "Bergen", {"Norway", "Iceland"}),
    ),
    (
        "Norway gave Iceland until Friday to accept the quota.",
        ("deadline", "planned", dt.date(2024, 5, 17), None, {"Norway", "Iceland"}),
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[expected[0] for _, expected in TOLD])
def test_the_packaged_reader_tells_events_of_every_type(text: str, expected: tuple[Any, ...]) -> None:
    coverage = tk.analyze([tk.Article(text, published=WEDNESDAY)], progress=False)
    kind, status, first, place, parties = expected
    rows = [*coverage.rounds.itertuples(), *coverage.events.itertuples()]
    found = next(row for row in rows if row.type == kind)
    assert (found.status, found.first.date(), found.place) == (status, first, place)
    assert parties <= set(found.parties)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["Dockers Guild struck.", "They met in Oslo.", "A vote is due Friday.", "Nobody."])))
def test_every_event_lies_in_its_text(texts: list[str]) -> None:
    text = " ".join(texts)
    coverage = tk.analyze([tk.Article(text or "Nobody.", published=WEDNESDAY)], progress=False)
    for frame in (coverage.events, coverage.rounds):
        for row in frame.itertuples():
            assert all(0 <= start < end <= len(text) for _, start, end in row.evidence)
            assert row.parties_basis in {"stated", "carried"} or not row.parties
            assert "Reuters" not in row.parties
