from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.actors import Cast, Names, find_actors, merged, unify
from toolkit.records import Actor

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from spacy.language import Language


@pytest.fixture
def cast_of(nlp: Language) -> Callable[[str], Cast]:
    return lambda text: find_actors(nlp(text), article_id="a")


@pytest.mark.parametrize(
    ("text", "name", "side", "role"),
    [
        ("Kenyan Finance Minister Grace Okafor left.", "Grace Okafor", "Kenya", "Kenyan Finance Minister"),
        ("Kenya's President Grace Okafor left.", "Grace Okafor", "Kenya", "Kenya's President"),
        ("Espen Holm, the Norwegian envoy, left.", "Espen Holm", "Norway", "the Norwegian envoy"),
        ("Norway's foreign minister, Espen Holm, left.", "Espen Holm", "Norway", "Norway's foreign minister"),
        ("They met the Norwegian envoy, Espen Holm.", "Espen Holm", "Norway", "Norwegian envoy"),
        ("U.S. trade envoy John Mercer left.", "John Mercer", "United States", "U.S. trade envoy"),
        ("Espen Holm for Norway left.", "Espen Holm", "Norway", None),
        ("Marta Keller left the room.", "Marta Keller", None, None),
    ],
)
def test_role_and_side(
    cast_of: Callable[[str], Cast], text: str, name: str, side: str | None, role: str | None
) -> None:
    actor = cast_of(text).actors[name]
    assert (actor.kind, actor.side, actor.role) == ("person", side, role)


@pytest.mark.parametrize(
    ("text", "side"),
    [("Jordan's Finance Minister Grace Okafor left.", "Jordan"), ("Chad Senator Grace Okafor left.", None)],
)
def test_a_doubtful_state_is_a_side_only_as_an_owner(
    cast_of: Callable[[str], Cast], text: str, side: str | None
) -> None:
    assert cast_of(text).actors["Grace Okafor"].side == side


def test_mediators_share_a_title(cast_of: Callable[[str], Cast]) -> None:
    cast = cast_of("Norwegian mediators Espen Holm and Liv Strand left.")
    assert {actor.side for actor in cast.actors.values() if actor.kind == "person"} == {"Norway"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Andriy Kovalenko spoke. Andrii Kovalenko left. Kovalenko wept.", {"Andriy Kovalenko"}),
        ("Grace Okafor spoke. Okafor left. Then Grace wept.", {"Grace Okafor"}),
        ("Maria Novak met Peter Novak. Peter Novak left.", {"Maria Novak", "Peter Novak"}),
        ("J. Mercer spoke. John Mercer left.", {"John Mercer", "J. Mercer"}),
    ],
)
def test_spellings_are_one_and_namesakes_two(cast_of: Callable[[str], Cast], text: str, names: set[str]) -> None:
    found = {actor.name for actor in cast_of(text).actors.values() if actor.kind == "person"}
    assert found <= names
    assert len(found) == (1 if "Mercer" in text else len(names))


def test_bare_last_name_of_two_is_the_one_named_last(cast_of: Callable[[str], Cast]) -> None:
    cast = cast_of("Maria Novak met Peter Novak. Later Maria Novak spoke. The crowd cheered Novak.")
    assert cast.mentions[-1].actor == "Maria Novak"


@pytest.mark.parametrize(
    ("text", "name", "aliases"),
    [
        (
            "The International Seed Treaty Council met. The ISTC agreed.",
            "International Seed Treaty Council",
            ("International Seed Treaty Council", "ISTC"),
        ),
        ("The WTO met.", "World Trade Organization", ("WTO",)),
        (
            "The Union of Bay Porters (UBPO) met. The UBPO agreed.",
            "Union of Bay Porters",
            ("Union of Bay Porters", "UBPO"),
        ),
        ("The Harbour Council met. The Council agreed.", "Harbour Council", ("Harbour Council", "Council")),
    ],
)
def test_acronym_is_its_body(cast_of: Callable[[str], Cast], text: str, name: str, aliases: tuple[str, ...]) -> None:
    actor = cast_of(text).actors[name]
    assert (actor.kind, actor.aliases) == ("organisation", aliases)


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("The Kremlin said it would act.", "Kremlin", "Russia"),
        ("They warned the White House.", "White House", "United States"),
        ("Downing Street said it would act.", "Downing Street", "United Kingdom"),
    ],
)
def test_seats_of_government_are_bodies_of_their_state(
    cast_of: Callable[[str], Cast], text: str, name: str, side: str
) -> None:
    actor = cast_of(text).actors[name]
    assert (actor.kind, actor.side) == ("organisation", side)


def test_a_seat_may_be_a_place(cast_of: Callable[[str], Cast]) -> None:
    assert "White House" not in cast_of("Talks were held in the White House.").actors


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Kenyan President Grace Okafor left. The Okafor administration agreed.", "Okafor administration", "Kenya"),
        ("Pieter de Roos left. De Roos's campaign agreed.", "de Roos campaign", None),
        ("Grace Okafor's team agreed.", "Okafor team", None),
        ("Grace Okafor left. The Okafor camp agreed.", "Okafor campaign", None),
    ],
)
def test_what_goes_by_a_name_is_a_body(cast_of: Callable[[str], Cast], text: str, name: str, side: str | None) -> None:
    actor = cast_of(text).actors[name]
    assert (actor.kind, actor.side) == ("organisation", side)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Reis met Paulo Reis. They saw Mrs. Reis.", "Ana Reis"),
        ("Paulo Reis met Ana Reis. They saw Mr. Reis.", "Paulo Reis"),
        ("Ana Reis met Zoltar Reis. They saw Mr. Reis.", "Zoltar Reis"),
        ("Paulo Reis came with his wife Ana Reis. They saw Reis.", "Paulo Reis"),
        ("Pieter de Roos left. They saw de Roos.", "Pieter de Roos"),
        ("Aung Thiri Moe left. They saw Thiri Moe.", "Aung Thiri Moe"),
    ],
)
def test_short_names_go_to_their_bearer(cast_of: Callable[[str], Cast], text: str, expected: str) -> None:
    assert [m for m in cast_of(text).mentions if m.how == "name"][-1].actor == expected


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Beijing said it would act.", True),
        ("The envoy warned Beijing.", True),
        ("Talks were held in Beijing.", False),
        ("Officials left Beijing.", False),
        ("They flew to Beijing.", False),
        ("Beijing, March 3 — Talks went on.", False),
    ],
)
def test_capital_acts_or_is_a_place(cast_of: Callable[[str], Cast], text: str, *, acts: bool) -> None:
    assert any(mention.how == "metonym" for mention in cast_of(text).mentions) == acts


@pytest.mark.parametrize(
    ("text", "name", "side"),
    [
        ("Kenyan officials left.", "Kenyan officials", "Kenya"),
        ("The Kenyan delegation left.", "Kenyan delegation", "Kenya"),
        ("The Kenyans left.", "Kenyans", "Kenya"),
    ],
)
def test_groups(cast_of: Callable[[str], Cast], text: str, name: str, side: str) -> None:
    actor = cast_of(text).actors[name]
    assert (actor.kind, actor.side) == ("group", side)


def test_description_of_one_office_is_its_holder(cast_of: Callable[[str], Cast]) -> None:
    cast = cast_of("Kenyan President Grace Okafor arrived. The Kenyan leader left.")
    assert [(m.text, m.actor, m.how) for m in cast.mentions if m.how == "description"] == [
        ("The Kenyan leader", "Grace Okafor", "description")
    ]


def test_a_title_is_told_once(cast_of: Callable[[str], Cast]) -> None:
    cast = cast_of("Espen Holm, the Norwegian envoy, left.")
    places = [(mention.start, mention.end) for mention in cast.mentions]
    assert len(places) == len(set(places))


def test_adviser_has_the_side_of_whom_he_advises(cast_of: Callable[[str], Cast]) -> None:
    cast = cast_of("Kenyan President Grace Okafor sent Okafor adviser Peter Otieno.")
    assert cast.actors["Peter Otieno"].side == "Kenya"


def test_mentions_slice_to_their_text_and_name_known_actors(cast_of: Callable[[str], Cast]) -> None:
    text = "Kenya's President Grace Okafor told the WTO in Geneva that Kenyans, unlike Tokyo, had paid. Okafor left."
    cast = cast_of(text)
    assert all(text[m.start : m.end] == m.text for m in cast.mentions)
    assert {m.actor for m in cast.mentions} == set(cast.actors)
    assert cast.at(0, 31) == [m for m in cast.mentions if m.end <= 31]


# Across articles.


def casts(cast_of: Callable[[str], Cast], *texts: str) -> list[Cast]:
    return [cast_of(text) for text in texts]


def test_bare_last_name_joins_its_only_bearer(cast_of: Callable[[str], Cast]) -> None:
    assert unify(casts(cast_of, "Grace Okafor spoke.", "Ms. Okafor said nothing.")) == [
        {},
        {"Okafor": "Grace Okafor"},
    ]


def test_bare_last_name_of_two_bearers_joins_neither(cast_of: Callable[[str], Cast]) -> None:
    assert unify(casts(cast_of, "Maria Novak spoke.", "Peter Novak spoke.", "Mr. Novak said nothing.")) == [{}, {}, {}]


def test_bare_last_name_of_another_side_stays_apart(cast_of: Callable[[str], Cast]) -> None:
    texts = "Kenyan President Grace Okafor spoke.", "Nigerian envoy Okafor said nothing."
    assert unify(casts(cast_of, *texts)) == [{}, {}]


def test_an_acronym_joins_the_body_that_is_spelled_out_elsewhere(cast_of: Callable[[str], Cast]) -> None:
    spelled = "The Union of Bay Porters (UBPO) met."
    assert unify(casts(cast_of, spelled, "The UBPO agreed."))[1] == {"UBPO": "Union of Bay Porters"}
    other = "The Union of Boat Painters (UBPO) met."
    assert unify(casts(cast_of, spelled, other, "The UBPO agreed."))[2] == {}


def test_two_of_one_first_and_last_name_stay_apart(cast_of: Callable[[str], Cast]) -> None:
    texts = "Peter J. Novak spoke.", "Peter K. Novak spoke.", "Peter Novak spoke."
    assert unify(casts(cast_of, *texts)) == [{}, {}, {}]
    assert unify(casts(cast_of, texts[0], texts[2]))[1] in ({"Peter Novak": "Peter J. Novak"}, {})


def test_spelling_used_most_wins_whatever_the_order(cast_of: Callable[[str], Cast]) -> None:
    found = casts(cast_of, "Andriy Kovalenko spoke.", "Andrii Kovalenko spoke.", "Andrii Kovalenko left.")
    assert unify(found) == [{"Andriy Kovalenko": "Andrii Kovalenko"}, {}, {}]
    assert unify(found[::-1]) == [{}, {}, {"Andriy Kovalenko": "Andrii Kovalenko"}]


def test_merged_keeps_what_each_knows() -> None:
    one = Actor("Grace Okafor", "person", role="envoy", aliases=("Okafor",))
    other = Actor("Grace Okafor", "person", side="Kenya", role="leader", aliases=("Okafor", "Grace Okafor"))
    assert merged([one, other]) == [
        Actor("Grace Okafor", "person", side="Kenya", role="envoy", aliases=("Okafor", "Grace Okafor"))
    ]


people = st.builds(
    Actor,
    st.sampled_from(["Ada Lund", "Ada P. Lund", "Ada Q. Lund", "Adah Lund", "Bo Lund", "Lund", "Noor", "Cleo Noor"]),
    st.just("person"),
    st.sampled_from([None, "Norway", "Kenya"]),
    st.sampled_from([None, "envoy"]),
    st.lists(st.sampled_from(["Lund", "Ada", "Noor"]), unique=True).map(tuple),
)


@given(st.lists(st.tuples(people, st.integers(0, 3))), st.randoms(use_true_random=False))
def test_names_across_articles_are_the_same_whatever_the_order(
    told: list[tuple[Actor, int]], chance: random.Random
) -> None:
    mixed, one, other = chance.sample(told, len(told)), Names(), Names()
    for names, parts in ((one, told), (other, mixed)):
        for actor, n_mentions in parts:
            names.add(actor, n_mentions)
    actors = [actor for actor, _ in told]
    assert one.renaming(actors, "a") == other.renaming(actors, "a")


@given(st.lists(people))
def test_merged_has_the_first_side_and_role_known_and_each_alias_once(actors: list[Actor]) -> None:
    for each in merged(actors):
        alike = [actor for actor in actors if actor.name == each.name]
        assert each.side == next((actor.side for actor in alike if actor.side), None)
        assert each.role == next((actor.role for actor in alike if actor.role), None)
        assert each.aliases == tuple(dict.fromkeys(alias for actor in alike for alias in actor.aliases))
