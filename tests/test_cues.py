from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from toolkit.lexicon import wordlists
from toolkit.lexicon.cues import by_first_word, forms, is_cue
from toolkit.lexicon.lexicon import Lexicon

DATA = Path(wordlists.__file__).parents[1] / "data"
GROUPS = wordlists.load("cues")["group"]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("warn", ("warn", "warns", "warned", "warning")),
        ("agree", ("agree", "agrees", "agreed", "agreeing")),
        ("propose", ("propose", "proposes", "proposed", "proposing")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("convey", ("convey", "conveys", "conveyed", "conveying")),
        ("stress", ("stress", "stresses", "stressed", "stressing")),
        ("say", ("say", "says", "said", "saying")),
        ("admit", ("admit", "admits", "admitted", "admitting")),
    ],
)
def test_forms_of_a_verb(verb: str, expected: tuple[str, ...]) -> None:
    assert forms(verb) == expected


@pytest.mark.parametrize(
    ("word", "cue"),
    [("said", True), ("Warns", True), ("saying", False), ("lunch", False), ("called", True), ("", False)],
)
def test_is_cue(word: str, *, cue: bool) -> None:
    assert is_cue(word) == cue


def test_longest_phrase_comes_first() -> None:
    assert [len(cue.words) for cue in by_first_word()["called"]] == sorted(
        (len(cue.words) for cue in by_first_word()["called"]), reverse=True
    )
    assert by_first_word()["called"][0].words[0] == "called"


def test_a_fixed_cue_stands_as_it_is() -> None:
    (cue,) = (cue for cue in by_first_word()["according"] if cue.fixed)
    assert cue.words == ("according", "to")
    assert "accorded" not in by_first_word()


def test_every_listed_verb_is_found_under_its_first_word() -> None:
    for group in GROUPS:
        for entry in [*group["verbs"], *group.get("phrases", [])]:
            first, *rest = entry.split()
            assert any(cue.words == (first, *rest) for cue in by_first_word()[first]), entry


def test_what_rules_find_has_a_confidence() -> None:
    confidence = wordlists.load("cues")["confidence"]
    assert set(confidence) == {"announced", "unclaimed"}
    assert all(0 < share < 1 for share in confidence.values())


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_word_lists_are_handed_out_as_they_stand(path: Path) -> None:
    assert Lexicon({path.stem: tomllib.loads(path.read_text(encoding="utf-8"))})[path.stem] == wordlists.load(path.stem)


def test_words_are_lower_cased() -> None:
    assert {"mr.", "dr."} <= wordlists.words("names", "honorifics")


def test_unknown_lists_are_errors() -> None:
    with pytest.raises(KeyError):
        wordlists.load("no_such_list")
    with pytest.raises(KeyError):
        wordlists.words("grammar", "no_such_key")
