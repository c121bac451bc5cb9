from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from growing import grows_with_its_size
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from toolkit.text import syntax

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Span, Token

LABELS = ["nsubj", "nsubjpass", "agent", "dobj", "ccomp", "xcomp", "parataxis", "appos", "poss", "conj", "relcl", "acl"]
LABELS += ["advcl", "prep", "pobj", "det", "punct", "aux", "auxpass"]
WORDS = ["Ada", "said", "who", "(", ",", "the", "to", " ", "union"]


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def said(answer: Token | Span | None) -> str | None:
    return None if answer is None else answer.text


# The sentence, the word that is asked about, the question, and its answer.
ASKED: list[tuple[str, str, Callable[[Token], object], object]] = [
    ("The head of the finance team signed the paper.", "head", syntax.noun_phrase, "The head of the finance team"),
    ("The minister, who leads the talks, signed the paper.", "minister", syntax.noun_phrase, "The minister"),
    ("Espen Holm, the foreign minister, left.", "Holm", syntax.noun_phrase, "Espen Holm"),
    ("Holm and Keller signed the paper.", "Holm", syntax.noun_phrase, "Holm and Keller"),
    ("Brazil, Ghana and Kenya signed the paper.", "Brazil", syntax.noun_phrase, "Brazil, Ghana and Kenya"),
    ("Two thirds of the voters left.", "thirds", syntax.noun_phrase, "Two thirds of the voters"),
    ("The union praised the mayor.", "praised", syntax.subject, "union"),
    ("The mayor was praised by the union.", "praised", syntax.subject, "mayor"),
    ("Ana Duarte, who praised the plan, met the mayor.", "praised", syntax.subject, "Duarte"),
    ("Leave the room.", "Leave", syntax.subject, None),
    ("Kenya signed the pact, agreeing to leave.", "agreeing", syntax.shared_subject, "Kenya"),
    ("The mayor stays and hopes to win.", "hopes", syntax.shared_subject, "mayor"),
    ("The union, which had warned of it, left.", "warned", syntax.shared_subject, "union"),
    ("Leave the room.", "Leave", syntax.shared_subject, None),
    ("The union, which had warned of it, left.", "which", syntax.antecedent, "union"),
    ("Which of them left?", "Which", syntax.antecedent, None),
    ("“We go,” said the head of the team.", "the", syntax.phrase_from, "the head of the team"),
    ("“We go,” said the head of the team.", "head", syntax.phrase_from, None),
    ("The ministry's claim was false.", "claim", syntax.possessor, "The ministry's"),
    ("Their claim was false.", "claim", syntax.possessor, "Their"),
    ("The claim was false.", "claim", syntax.possessor, None),
]


@pytest.mark.parametrize(("text", "asked", "question", "expected"), ASKED)
def test_questions(nlp: Language, text: str, asked: str, question: Callable[[Token], object], expected: object) -> None:
    assert said(question(word(nlp(text), asked))) == expected  # type: ignore[arg-type]


def test_subjects_and_objects(nlp: Language) -> None:
    doc = nlp("The union rejected the claim of the mayor.")
    assert [token.text for token in doc if syntax.is_subject(token)] == ["union"]
    assert [token.text for token in doc if syntax.is_object(token)] == ["claim", "mayor"]


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("The ministry claims that the dam is safe.", "claims", (True, False)),
        ("The ministry rejected its claims.", "claims", (False, False)),
        ("The mayor was told that ships were ready.", "told", (True, True)),
        ("The mayor had told them.", "told", (True, False)),
    ],
)
def test_verbs_and_passives(nlp: Language, text: str, asked: str, expected: tuple[bool, bool]) -> None:
    token = word(nlp(text), asked)
    assert (syntax.is_verb(token), syntax.is_passive(token)) == expected


@st.composite
def trees(draw: st.DrawFn) -> Doc:
    """Any tree of one sentence, projective or not, with labels that make no sense together."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for place, token in enumerate(order):
        heads[token] = order[draw(st.integers(0, max(0, place - 1)))]
    labels = [draw(st.sampled_from(LABELS)) for _ in range(size)]
    labels[order[0]] = "ROOT"
    return Doc(Vocab(), words=[draw(st.sampled_from(WORDS)) for _ in range(size)], heads=heads, deps=labels)


@settings(max_examples=200, deadline=None)
@given(trees())
def test_every_answer_stands_in_its_sentence_and_holds_its_head(doc: Doc) -> None:
    for token in doc:
        phrase = syntax.noun_phrase(token)
        assert 0 <= phrase.start <= token.i < phrase.end <= len(doc)
        for question in (syntax.phrase_from, syntax.possessor, syntax.subject):
            answer = question(token)
            assert answer is None or answer.doc is doc
            assert answer is None or answer.text


@pytest.mark.parametrize("label", ["conj", "xcomp", "ccomp", "appos", "relcl"])
def test_a_word_costs_no_more_the_deeper_it_stands(label: str) -> None:
    def seconds(size: int) -> float:
        heads = [max(0, i - 1) for i in range(size)]
        doc = Doc(Vocab(), words=["said"] * size, heads=heads, deps=["ROOT", *[label] * (size - 1)])
        begin = time.process_time()
        for token in doc[-200:]:
            for question in (syntax.subject, syntax.noun_phrase, syntax.phrase_from, syntax.possessor):
                question(token)
        return time.process_time() - begin

    seconds(400)
    assert grows_with_its_size(seconds, 400, times=10)
