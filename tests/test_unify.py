"""Names across articles are those that come of holding each against every other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.actors import Names
from toolkit.actors._persons import last_name, middle_initial
from toolkit.lexicon.spelling import skeleton
from toolkit.records import Actor

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = [
    "Ada Berg",
    "Ada Bergh",
    "Åda Berg",
    "Ada W. Berg",
    "Ada Xu Berg",
    "Bo Berg",
    "Bo Lind",
    "Ada Lind",
    "Bo W. Lind",
]
BODIES = ["Union of Bay Porters", "Union of Big Ports", "Harbour Council"]
people = st.builds(
    Actor,
    st.sampled_from([*FULL, "Berg", "Bergh", "Lind"]),
    st.just("person"),
    st.sampled_from([None, "Kenya", "Peru"]),
)
bodies = st.builds(
    lambda name, aliases: Actor(name, "organisation", aliases=tuple(aliases)),
    st.sampled_from([*BODIES, "UBP", "HC"]),
    st.lists(st.sampled_from(["UBP", "HC", "Council"]), max_size=2),
)
casts = st.lists(
    st.lists(st.tuples(people | bodies, st.integers(0, 3)), max_size=4, unique_by=lambda entry: entry[0].name),
    max_size=6,
)


def one_person(one: str, other: str, names: Sequence[str]) -> bool:
    """Tell whether two full names are one person's: a middle name tells only where another one is known."""
    first, second = ((skeleton(name.split()[0]), skeleton(last_name(name))) for name in (one, other))
    alike = [name for name in names if (skeleton(name.split()[0]), skeleton(last_name(name))) == first]
    telling = len({middle_initial(name) for name in alike} - {""}) > 1
    return first == second and (not telling or middle_initial(one) == middle_initial(other))


def name_plainly(actor: Actor, told: Sequence[tuple[Actor, int]]) -> str:
    counts = Counter[str]()
    for other, times in told:
        if other.kind == "person" and " " in other.name:
            counts[other.name] += times
    usual = {
        name: min((n for n in counts if one_person(name, n, [*counts])), key=lambda n: (-counts[n], n))
        for name in counts
    }
    if actor.kind == "organisation":
        full = {o.name for o, _ in told if o.kind == "organisation" and " " in o.name and actor.name in o.aliases}
        return full.pop() if len(full) == 1 and actor.name.isupper() else actor.name
    if actor.name in usual:
        return usual[actor.name]
    bearers = {name for name in usual.values() if skeleton(last_name(name)) == skeleton(actor.name)}
    if len(bearers) != 1:
        return actor.name
    (bearer,) = bearers
    sides = {other.side for other, _ in told if usual.get(other.name) == bearer} - {None}
    return actor.name if actor.side and sides and actor.side not in sides else bearer


@settings(max_examples=150)
@given(casts)
def test_names_are_those_that_come_of_holding_each_against_every_other(articles: list[list[tuple[Actor, int]]]) -> None:
    told = [entry for article in articles for entry in article]
    names = Names()
    for actor, times in told:
        names.add(actor, times)
    for article in articles:
        renaming = names.renaming((actor for actor, _ in article), "a")
        assert {actor.name: renaming.get(actor.name, actor.name) for actor, _ in article} == {
            actor.name: name_plainly(actor, told) for actor, _ in article
        }
