from __future__ import annotations

import pytest

from toolkit.lexicon import gazetteer


@pytest.mark.parametrize(
    ("form", "category", "name"),
    [
        ("Japan", "state", "Japan"),
        ("US", "state", "United States"),
        ("the United States", "state", "United States"),
        ("JAPAN", "state", "Japan"),
        ("Tokyo", "metonym", "Japan"),
        ("the White House", "metonym", "United States"),
        ("Japanese", "adjective", "Japan"),
        ("Kenyans", "people", "Kenya"),
        ("NATO", "organisation", "NATO"),
        ("Donbas", "region", "Donbas"),
    ],
)
def test_lookup(form: str, category: str, name: str) -> None:
    entry = gazetteer.lookup(form)
    assert entry is not None
    assert (entry.category, entry.name) == (category, name)


@pytest.mark.parametrize("form", ["us", "japan", "table", "", "It"])
def test_no_entry(form: str) -> None:
    assert gazetteer.lookup(form) is None


def test_every_category_has_a_label() -> None:
    assert {entry.category for entry in gazetteer.entries().values()} <= set(gazetteer.LABELS)


def test_longest_form_is_the_longest() -> None:
    assert gazetteer.longest_form() == max(len(form.split()) for form in gazetteer.entries())


@pytest.mark.parametrize(
    ("word", "role"), [("President", True), ("negotiators", True), ("aide", True), ("harbour", False), ("", False)]
)
def test_roles(word: str, *, role: bool) -> None:
    assert gazetteer.is_role(word) == role


@pytest.mark.parametrize(("word", "honorific"), [("Mr.", True), ("mr", True), ("Dame", True), ("Talks", False)])
def test_honorifics(word: str, *, honorific: bool) -> None:
    assert gazetteer.is_honorific(word) == honorific


@pytest.mark.parametrize(
    ("word", "same"), [("candidate", "nominee"), ("nominee", "nominee"), ("gop", "republican"), ("harbour", "harbour")]
)
def test_words_that_tell_the_same(word: str, same: str) -> None:
    assert gazetteer.same_word(word) == same


def test_first_names_have_a_gender() -> None:
    names = gazetteer.first_names()
    assert (names["Maria"], names["Peter"]) == ("female", "male")
    assert set(names.values()) == {"female", "male", "either"}


@pytest.mark.parametrize(
    ("form", "body", "state"),
    [
        ("the White House", "White House", "United States"),
        ("Foggy Bottom", "State Department", "United States"),
        ("the Kremlin", "Kremlin", "Russia"),
        ("10 Downing Street", "Downing Street", "United Kingdom"),
        ("the Elysee Palace", "Élysée", "France"),
        ("Moscow", None, "Russia"),
        ("London", None, "United Kingdom"),
    ],
)
def test_seats_are_bodies_and_capitals_their_state(form: str, body: str | None, state: str) -> None:
    entry = gazetteer.lookup(form)
    assert entry is not None
    assert (entry.category, entry.body, entry.name) == ("metonym", body, state)


@pytest.mark.parametrize(
    ("form", "kind"), [("Reuters", "news"), ("NATO", "body"), ("Telegram", "platform"), ("Oslo", None)]
)
def test_kinds_of_organisations(form: str, kind: str | None) -> None:
    entry = gazetteer.lookup(form)
    assert entry is not None
    assert entry.kind == kind
