from __future__ import annotations

import pytest

from toolkit import gazetteer


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


def test_first_names_have_a_gender() -> None:
    names = gazetteer.first_names()
    assert (names["Maria"], names["Peter"]) == ("female", "male")
    assert set(names.values()) == {"female", "male", "either"}
