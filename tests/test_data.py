"""The editable word lists: they parse, nothing stands twice, and no form means two things unawares."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from toolkit.records import RoundStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parents[1] / "toolkit" / "data"
FILES = ["states", "names", "talks"]
SHARED_ADJECTIVES = {"Congolese", "Dominican"}
NAMED_AS_THEIR_STATE = {"Monaco", "San Marino", "Sao Tome", "Singapore", "Vatican City"}


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


STATES: list[dict[str, Any]] = load("states")["state"]
NAMES = load("names")
TALKS = load("talks")
PLACES = set(NAMES["regions"]) | set(NAMES["cities"])
FIRST_NAMES = [name for group in NAMES["first_names"].values() for name in group]


def bare(form: str) -> str:
    """The form as matching sees it: without a leading article."""
    return form[4:] if form[:4] in {"the ", "The "} else form


def twice(entries: Iterable[str]) -> list[str]:
    return [entry for entry, count in Counter(entries).items() if count > 1]


def lists(value: Any, path: str) -> Iterator[tuple[str, list[str]]]:
    """Every list of strings below a parsed TOML value, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from lists(inner, f"{path}.{key}")
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from lists(inner, f"{path}[{inner['name']}]")
    elif isinstance(value, list):
        yield path, value


def state_forms(*keys: str) -> Iterator[tuple[str, str]]:
    """Pairs of a form, without article, and the state it belongs to."""
    for state in STATES:
        for key in keys:
            forms = state.get(key, [])
            inner = [form for others in forms.values() for form in others] if isinstance(forms, dict) else []
            for form in [forms] if isinstance(forms, str) else [*forms, *inner]:
                yield bare(form), state["name"]


def organisation_forms() -> Iterator[str]:
    for body in NAMES["organisations"]:
        yield bare(body["name"])
        yield from map(bare, body["aliases"])


@pytest.mark.parametrize("name", FILES)
def test_file_explains_itself_first(name: str) -> None:
    assert (DATA / f"{name}.toml").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("name", FILES)
def test_entries_are_clean_text(name: str) -> None:
    for path, entries in lists(load(name), name):
        for entry in entries:
            assert entry == " ".join(entry.split()), path
            assert entry, path
            assert entry == unicodedata.normalize("NFC", entry), path
            assert "’" not in entry, f"{path}: write a straight apostrophe in {entry!r}"


@pytest.mark.parametrize("name", FILES)
def test_no_entry_stands_twice_in_a_list(name: str) -> None:
    for path, entries in lists(load(name), name):
        assert twice(entries) == [], path


@pytest.mark.parametrize("name", ["states", "names"])
def test_no_entry_stands_with_and_without_the_article(name: str) -> None:
    for path, entries in lists(load(name), name):
        assert twice(map(bare, entries)) == [], path


def test_states_are_complete() -> None:
    assert len(STATES) >= 195
    for state in STATES:
        assert set(state) - {"ambiguous", "seats"} == {
            "name",
            "alpha3",
            "aliases",
            "adjectives",
            "people",
            "capital",
            "metonyms",
        }, state["name"]
        assert state["capital"], state["name"]
        assert state["adjectives"], state["name"]
        assert state.get("ambiguous", True) is True, state["name"]


def test_state_names_and_codes_are_unique() -> None:
    assert twice(state["name"] for state in STATES) == []
    assert twice(state["alpha3"] for state in STATES) == []
    for state in STATES:
        code = state["alpha3"]
        assert len(code) == 3, code
        assert code.isascii(), code
        assert code.isupper(), code


def test_states_are_in_order_of_their_names() -> None:
    names = [state["name"] for state in STATES]
    assert names == sorted(names)


def test_no_form_belongs_to_two_states() -> None:
    owners: dict[str, set[str]] = {}
    for form, state in state_forms("name", "aliases", "adjectives", "people", "capital", "metonyms", "seats"):
        owners.setdefault(form, set()).add(state)
    assert {form for form, states in owners.items() if len(states) > 1} == SHARED_ADJECTIVES


@pytest.mark.parametrize(
    ("form", "key", "state"),
    [
        ("Kiev", "metonyms", "Ukraine"),
        ("Kremlin", "seats", "Russia"),
        ("White House", "seats", "United States"),
        ("Türkiye", "aliases", "Turkey"),
        ("Burma", "aliases", "Myanmar"),
        ("Côte d'Ivoire", "aliases", "Ivory Coast"),
        ("Czechia", "aliases", "Czech Republic"),
        ("Swaziland", "aliases", "Eswatini"),
        ("Holy See", "aliases", "Vatican"),
        ("Nigerien", "adjectives", "Niger"),
        ("Finns", "people", "Finland"),
    ],
)
def test_state_forms_in_the_news(form: str, key: str, state: str) -> None:
    assert (form, state) in set(state_forms(key))


def test_words_that_tell_the_same_stand_under_one_word() -> None:
    same = [word for others in NAMES["same_word"].values() for word in others]
    assert twice(same) == []
    assert not set(same) & set(NAMES["same_word"])
    assert all(word == word.lower().rstrip(".") for word in (*same, *NAMES["same_word"]))


def test_kinds_of_organisations_have_their_nouns() -> None:
    assert {body["kind"] for body in NAMES["organisations"]} == set(NAMES["kind_nouns"])


@pytest.mark.parametrize("city", ["Brussels", "Vienna", "Addis Ababa", "Victoria"])
def test_doubtful_capitals_act_for_no_state(city: str) -> None:
    assert city in {form for form, _ in state_forms("capital")}
    assert city not in {form for form, _ in state_forms("metonyms")}


@pytest.mark.parametrize("name", ["Chad", "Georgia", "Jordan"])
def test_names_that_people_bear_are_ambiguous(name: str) -> None:
    assert {state["name"]: state.get("ambiguous", False) for state in STATES}[name]


def test_places_are_regions_or_cities_and_no_states() -> None:
    assert set(NAMES["regions"]) & set(NAMES["cities"]) == set()
    assert PLACES & {form for form, _ in state_forms("name", "aliases")} == set()


def test_every_capital_is_a_city() -> None:
    assert {form for form, _ in state_forms("capital")} - set(NAMES["cities"]) == NAMED_AS_THEIR_STATE


def test_organisations_share_no_form() -> None:
    forms = list(organisation_forms())
    assert twice(forms) == []
    states = {form for form, _ in state_forms("name", "aliases", "adjectives", "people", "metonyms")}
    assert set(forms) & (states | PLACES) == set()
    assert {body["kind"] for body in NAMES["organisations"]} == {"body", "news", "platform"}


def test_first_names_have_one_gender() -> None:
    assert set(NAMES["first_names"]) == {"male", "female", "either"}
    assert twice(FIRST_NAMES) == []
    assert all(name[0].isupper() for name in FIRST_NAMES)


def test_words_that_open_sentences_are_no_names() -> None:
    opening = set(NAMES["common_capitalised"]) | set(NAMES["calendar_words"])
    states = {form for form, _ in state_forms("name", "aliases")}
    assert opening & (PLACES | states | {*FIRST_NAMES, *organisation_forms()}) == set()
    assert all(word[0].isupper() for word in opening)


@pytest.mark.parametrize("key", ["person_titles", "titles_with_of", "role_nouns", "organisation_heads", "place_heads"])
def test_titles_and_heads_are_lower_case(key: str) -> None:
    assert [entry for entry in NAMES[key] if entry != entry.lower()] == []


def test_a_role_has_one_home() -> None:
    for other in ("person_titles", "organisation_heads"):
        assert set(NAMES["role_nouns"]) & set(NAMES[other]) == set()
    assert all(len(title.replace("-", " ").split()) > 1 for title in NAMES["person_titles"])


def test_a_head_tells_organisation_or_place() -> None:
    assert set(NAMES["organisation_heads"]) & set(NAMES["place_heads"]) == set()


def folded(entries: Iterable[str]) -> list[str]:
    """Entries as matching sees them: hyphen and space are one."""
    return [entry.replace("-", " ") for entry in entries]


def test_talks_entries_are_lower_case_and_unique() -> None:
    for path, entries in lists(TALKS, "talks"):
        assert [entry for entry in entries if entry != entry.lower()] == [], path
        assert twice(folded(entries)) == [], path
    for table in ("ordinals", "relations", "modifiers"):
        assert twice(folded(TALKS[table])) == [], table


def test_every_status_has_cues_and_no_cue_two() -> None:
    assert set(TALKS["status"]) == set(get_args(RoundStatus))
    assert twice(folded(cue for cues in TALKS["status"].values() for cue in cues)) == []


def test_phrases_without_status_are_no_cues() -> None:
    cues = {cue for group in TALKS["status"].values() for cue in group}
    assert cues & set(TALKS["not_status"]) == set()


def test_tracks_share_no_word() -> None:
    assert twice(word for words in TALKS["tracks"].values() for word in words) == []
    expected = {"political", "military", "humanitarian", "economic", "security", "technical"}
    assert expected <= set(TALKS["tracks"])


def test_formats_are_those_of_the_modifiers() -> None:
    assert set(TALKS["modifiers"].values()) == set(TALKS["formats"])


@pytest.mark.parametrize("key", ["plain", "meetings", "weak"])
def test_parts_of_the_talks_nouns(key: str) -> None:
    assert set(TALKS[key]) < set(TALKS["talks"])


def test_ordinals_count_from_first_to_twentieth() -> None:
    assert set(TALKS["ordinals"].values()) == set(range(1, 21))
    assert (TALKS["ordinals"]["third"], TALKS["ordinals"]["11th"]) == (3, 11)
    assert set(TALKS["relations"].values()) == {"next", "previous", "latest", "final", "new", "current"}
    assert set(TALKS["ordinals"]) & set(TALKS["relations"]) == set()


@pytest.mark.parametrize("words", ["sanctions", "elections", "layoffs", "funding", "fighting"])
def test_rounds_of_something_else(words: str) -> None:
    assert words in TALKS["not_talks"]["round_of"]
