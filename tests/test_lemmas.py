from __future__ import annotations

import json

import pytest

from toolkit.model.lemmas import LemmaRules, learn
from toolkit.model.parser import FOLDER

SEEN = [
    ("talks", "NNS", "talk"),
    ("rounds", "NNS", "round"),
    ("days", "NNS", "day"),
    ("parties", "NNS", "party"),
    ("treaties", "NNS", "treaty"),
    ("People", "NNS", "people"),
    ("Geneva", "NNP", "Geneva"),
    ("went", "VBD", "go"),
    ("walked", "VBD", "walk"),
    ("talked", "VBD", "talk"),
]


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("Envoys", "NNS", "envoy"),
        ("Ministries", "NNS", "ministry"),
        ("people", "NNS", "people"),
        ("went", "VBD", "go"),
        ("Signed", "VBD", "sign"),
        ("Kyiv", "NNP", "Kyiv"),
        ("s", "NNS", "s"),
        ("whatever", "??", "whatever"),
    ],
)
def test_lemmas_of_forms_seen_and_unseen(form: str, tag: str, lemma: str) -> None:
    assert learn(SEEN).lemma(form, tag) == lemma


def test_what_was_seen_is_kept() -> None:
    rules = learn(SEEN)
    assert all(rules.lemma(form, tag) == lemma for form, tag, lemma in SEEN)


def test_rules_are_written_and_read_again() -> None:
    rules = learn(SEEN)
    again = LemmaRules.of(json.loads(json.dumps(rules.as_dict())))
    assert again.lemma("Treaties", "NNS") == "treaty"


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("said", "VBD", "say"),
        ("told", "VBD", "tell"),
        ("negotiators", "NNS", "negotiator"),
        ("’s", "POS", "'s"),
        ("is", "VBZ", "be"),
        ("Medinsky", "NNP", "Medinsky"),
        ("better", "JJR", "good"),
        ("Their", "PRP$", "their"),
    ],
)
def test_packaged_rules(form: str, tag: str, lemma: str) -> None:
    packaged = LemmaRules.of(json.loads((FOLDER / "lemmas.json").read_text(encoding="utf-8")))
    assert packaged.lemma(form, tag) == lemma
