from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.model.pair_reader import Flag
from toolkit.sentiment.relations import hold_of, relation

if TYPE_CHECKING:
    from spacy.language import Language

ACTS, ACTED, NOUN, JUDGING, SUPPOSED = Flag.ACTS_ON, Flag.ACTED_ON, Flag.SAME_NOUN, Flag.JUDGING, Flag.SUPPOSED


def flags(nlp: Language, text: str, holder: str, target: str) -> set[Flag]:
    doc = nlp(text)
    holds = [hold_of(doc, (text.index(name), text.index(name) + len(name))) for name in (holder, target)]
    return set(relation(doc, *holds))


@pytest.mark.parametrize(
    ("text", "holder", "target", "expected"),
    [
        ("Anna Reis praised Tomas Holm.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING}),
        ("Anna Reis praised Tomas Holm.", "Tomas Holm", "Anna Reis", {ACTED}),
        ("Anna Reis met Tomas Holm.", "Anna Reis", "Tomas Holm", {ACTS}),
        ("Tomas Holm was praised by Anna Reis.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING}),
        ("Tomas Holm was accused of fraud by Anna Reis.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING}),
        ("Anna Reis met Bo Lind and praised Tomas Holm.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING}),
        ("Anna Reis and Bo Lind praised Tomas Holm.", "Bo Lind", "Tomas Holm", {ACTS, JUDGING}),
        ("Anna Reis praised Tomas Holm and Bo Lind.", "Anna Reis", "Bo Lind", {ACTS, JUDGING}),
        ("Anna Reis did not blame Tomas Holm.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING, SUPPOSED}),
        ("Anna Reis would blame Tomas Holm.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING, SUPPOSED}),
        ("Anna Reis refused to thank Tomas Holm.", "Anna Reis", "Tomas Holm", {ACTS, JUDGING}),
        ("The criticism of Tomas Holm by Anna Reis was sharp.", "Anna Reis", "Tomas Holm", {NOUN}),
        ("Anna Reis spoke. Tomas Holm left.", "Anna Reis", "Tomas Holm", set()),
    ],
)
def test_what_the_tree_says_of_a_pair(nlp: Language, text: str, holder: str, target: str, expected: set[Flag]) -> None:
    assert flags(nlp, text, holder, target) == expected


def test_without_trees_nothing_is_said(nlp: Language) -> None:
    doc = nlp.make_doc("Anna Reis praised Tomas Holm.")
    assert not set(relation(doc, hold_of(doc, (0, 9)), hold_of(doc, (18, 28))))
