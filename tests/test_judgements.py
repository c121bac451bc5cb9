from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.records import Mention
from toolkit.sentiment.judgements import judges

NAMES = ("Duarte", "Keller", "Holm", "Varga", "Norway", "the union", "He")


def mentions(text: str) -> list[Mention]:
    """The names that stand in a text, and "President" as a title of the name behind it."""
    found = [
        Mention("a", start, start + len(name), name, name, "name")
        for name in NAMES
        for start in range(len(text))
        if text.startswith(name, start)
    ]
    titles = [
        Mention("a", mention.start - 10, mention.start - 1, "President", mention.actor, "title")
        for mention in found
        if text[: mention.start].endswith("President ")
    ]
    return sorted([*found, *titles], key=lambda mention: mention.start)


def judges_of(text: str, target: str) -> list[str]:
    found = mentions(text)
    return judges(text, next(mention for mention in found if mention.text == target), found)


@pytest.mark.parametrize(
    ("text", "target", "expected"),
    [
        ("Duarte praised Holm.", "Holm", ["Duarte"]),
        ("Duarte has repeatedly criticised President Holm.", "Holm", ["Duarte"]),
        ("Duarte hasn't forgiven the union.", "the union", ["Duarte"]),
        ("Norway imposed sanctions on Holm.", "Holm", ["Norway"]),
        ("Duarte and Keller blamed Holm.", "Holm", ["Duarte", "Keller"]),
        ("Duarte, Keller and Varga blamed Holm.", "Holm", ["Duarte", "Keller", "Varga"]),
        ("Duarte blamed Holm and Varga.", "Holm", ["Duarte"]),
        ("Duarte blamed Holm and Varga.", "Varga", ["Duarte"]),
        ("Duarte, who thanked Holm, left.", "Holm", ["Duarte"]),
        ("He complained about Holm's tone.", "Holm", ["He"]),
        ("Holm was sharply rebuked by President Varga.", "Holm", ["Varga"]),
        ("Holm has been praised by the union.", "Holm", ["the union"]),
        ("Duarte praised Holm, Varga blamed Keller.", "Keller", ["Varga"]),
        # Nobody judges here, or not by a verb beside the target.
        ("Duarte praised Holm.", "Duarte", []),
        ("Duarte met Holm.", "Holm", []),
        ("Duarte met Keller and praised Holm.", "Holm", []),
        ("Duarte praised the patience that Holm showed.", "Holm", []),
        ("Duarte's office thanked Holm.", "Holm", []),
        ("Duarte blamed Duarte.", "Duarte", []),
        ("Holm was praised for it by all but Varga.", "Holm", []),
    ],
)
def test_judges(text: str, target: str, expected: list[str]) -> None:
    assert judges_of(text, target) == expected


@given(st.text(alphabet="praised by,. and", max_size=80), st.text(alphabet="blamed on,", max_size=80))
def test_any_words_between_names_are_read(first: str, second: str) -> None:
    text = f"Duarte{first}Holm{second}Varga"
    for target in mentions(text):
        assert set(judges(text, target, mentions(text))) <= {"Duarte", "Holm", "Varga"} - {target.actor}


def test_no_verb_stands_twice() -> None:
    path = Path(__file__).parents[1] / "toolkit" / "data" / "judgements.toml"
    verbs = tomllib.loads(path.read_text(encoding="utf-8"))["verbs"]
    assert len(verbs) == len(set(verbs))
