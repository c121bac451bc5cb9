"""Forms of names are grouped as if each were held against every other."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.actors._grouping import group_forms
from toolkit.actors._persons import last_key, middle_initial, name_suffix, name_words
from toolkit.lexicon import gazetteer
from toolkit.lexicon.spelling import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = ["Ada", "A.", "Bo", "B.", "Mary", "Jordan", "Ana", ""]
MIDDLE = ["", "", "W.", "Will", "van", "de", "Xu", "Berg"]
LAST = ["Berg", "berg", "Bergh", "Lind", "Roos", "Mary", "Roos Jr."]
full_forms = st.tuples(*map(st.sampled_from, (FIRST, MIDDLE, LAST))).map(lambda parts: " ".join(filter(None, parts)))
occurrences = st.tuples(
    full_forms | st.sampled_from([*LAST[:-1], "Ada", "Bo", "Jr."]),
    st.sampled_from([None, None, "male", "female"]),
    st.booleans(),
)


def first_name(form: str) -> str:
    return form.split(maxsplit=1)[0]


def ends(short: str, form: str) -> bool:
    one, other = ([skeleton(word) for word in name_words(text)] for text in (short, form))
    return 1 < len(one) < len(other) and other[-len(one) :] == one and first_name(short) not in gazetteer.first_names()


def same_person(one: str, other: str) -> bool:
    first, second = skeleton(first_name(one)), skeleton(first_name(other))
    middles = {middle_initial(one), middle_initial(other)} - {""}
    initial = min(len(first), len(second)) == 1 and first[0] == second[0]
    suffixes = {name_suffix(one), name_suffix(other)} - {""}
    alike = last_key(one) == last_key(other) and len(middles) < 2 and len(suffixes) < 2
    return ends(one, other) or ends(other, one) or (alike and (first == second or initial))


def canonical(forms: Counter[str]) -> str:
    return max(
        forms, key=lambda form: (sum(len(skeleton(w)) > 1 for w in form.split()), len(form.split()), forms[form])
    )


def bears(forms: Counter[str], name: str) -> bool:
    return any(name in {last_key(form), skeleton(first_name(form))} for form in forms)


def grouped_plainly(told: Sequence[tuple[str, str | None, bool]]) -> list[int]:
    """Return the number of the person that each occurrence means."""
    people: list[Counter[str]] = []
    for form in dict.fromkeys(form for form, *_ in told if len(name_words(form)) > 1):
        known = next((forms for forms in people if any(same_person(form, other) for other in forms)), None)
        people.append(known := Counter()) if known is None else None
        known[form] += 0
    found: list[int] = []
    times: Counter[int] = Counter()
    unknown: dict[str, int] = {}
    full = [last_key(form) if len(name_words(form)) > 1 else None for form, *_ in told]
    for place, (form, gender, aside) in enumerate(told):
        bearers = [n for n, forms in enumerate(people) if form in forms and len(name_words(form)) > 1]
        if not bearers:
            named = [n for n, forms in enumerate(people) if bears(forms, last_key(form))]
            usual = {n: gazetteer.first_names().get(first_name(canonical(people[n]))) for n in named}
            of_gender = [n for n in named if gender and usual[n] == gender]
            perhaps = [n for n in named if gender and usual[n] in {None, "either"}]
            bearers = of_gender or perhaps or named
            if suffix := name_suffix(form):
                bearers = [n for n in named if any(name_suffix(other) == suffix for other in people[n])][:1]
            elif last_key(form) in full[place:] and last_key(form) not in full[:place]:
                juniors = all(name_suffix(other) == "jr" for n in named for other in people[n])
                bearers = [] if juniors else bearers
        most = max((times[n] for n in bearers), default=0)
        ahead = [n for n in bearers if times[n] == most]
        if not bearers or (most and len(ahead) > 1):
            people.append(Counter()) if form not in unknown else None
            ahead = [unknown.setdefault(form, len(people) - 1)]
        people[ahead[0]][form] += 1
        found.append(ahead[0])
        times[ahead[0]] += not aside
    return [*found, *(hash(canonical(people[person])) for person in found)]


@settings(max_examples=150)
@given(st.lists(occurrences, max_size=12))
def test_forms_are_grouped_as_if_each_were_held_against_every_other(told: list[tuple[str, str | None, bool]]) -> None:
    forms, genders, aside = ([entry[place] for entry in told] for place in range(3))
    people = group_forms(forms, genders, aside=aside)
    found = [*(person.number for person in people), *(hash(person.canonical) for person in people)]
    assert found == grouped_plainly(told)


def test_who_is_named_shortly_before_a_junior_is_somebody_else() -> None:
    father, again, son, later = group_forms(["Brandt", "Brandt", "Carl Brandt Jr.", "Brandt"])
    assert father is again is later
    assert son is not father
    son, short = group_forms(["Carl Brandt Jr.", "Brandt"])
    assert son is short
