from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
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


def said(answer: Token | Span | list[Token] | None) -> str | list[str] | None:
    if isinstance(answer, list):
        return [token.text for token in answer]
    return None if answer is None else answer.text


# The sentence, the word that is asked about, the question, and its answer.
ASKED: list[tuple[str, str, Callable[[Token], object], object]] = [
    ("The head of the finance team signed the paper.", "head", syntax.noun_phrase, "The head of the finance team"),
    ("The minister, who leads the talks, signed the paper.", "minister", syntax.noun_phrase, "The minister"),
    ("Two officials from Oslo signed the paper.", "officials", syntax.head_phrase, "Two officials"),
    ("The head of the finance team signed the paper.", "team", syntax.phrase, "the finance team"),
    ("The union praised the mayor.", "praised", syntax.subject, "union"),
    ("The mayor was praised by the union.", "praised", syntax.subject, "mayor"),
    ("The union met the mayor and praised the plan.", "praised", syntax.subject, "union"),
    ("The union, which praised the plan, met the mayor.", "praised", syntax.subject, "union"),
    ("The union wants to leave.", "leave", syntax.subject, "union"),
    ("Leave the room.", "Leave", syntax.subject, None),
    ("The mayor was praised by the union.", "praised", syntax.agent, "union"),
    ("The union praised the mayor.", "praised", syntax.agent, None),
    ("The union praised the mayor.", "praised", syntax.direct_object, "mayor"),
    ("The union left.", "left", syntax.direct_object, None),
    ("Keller said that the ships were ready.", "said", syntax.clause, "that the ships were ready"),
    ("The union promised to leave.", "promised", syntax.clause, "to leave"),
    ("The union left.", "left", syntax.clause, None),
    ("Espen Holm, the foreign minister, left.", "Holm", syntax.appositions, ["minister"]),
    ("The ministry's claim was false.", "claim", syntax.possessor, "ministry"),
    ("Their claim was false.", "claim", syntax.possessor, "Their"),
    ("The claim was false.", "claim", syntax.possessor, None),
    ("Holm and Keller signed the paper.", "Keller", syntax.conjuncts, ["Holm", "Keller"]),
    ("Kenya signed.", "Kenya", syntax.conjuncts, ["Kenya"]),
]


@pytest.mark.parametrize(("text", "asked", "question", "expected"), ASKED)
def test_questions(nlp: Language, text: str, asked: str, question: Callable[[Token], object], expected: object) -> None:
    assert said(question(word(nlp(text), asked))) == expected  # type: ignore[arg-type]


def test_what_hangs_on_a_word(nlp: Language) -> None:
    verb = word(nlp("The union praised the mayor on Monday."), "praised")
    assert said(syntax.hanging_on(verb, "nsubj", "dobj")) == ["union", "mayor"]
    assert "on" in [token.text for token in syntax.hanging_on(verb)]


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
        for question in (syntax.phrase, syntax.noun_phrase, syntax.head_phrase):
            span = question(token)
            assert 0 <= span.start <= token.i < span.end <= len(doc)
        assert token in syntax.conjuncts(token) or token.dep_ == "conj"
        for single in (syntax.subject, syntax.agent, syntax.direct_object, syntax.possessor):
            answer = single(token)
            assert answer is None or answer.doc is doc
        clause = syntax.clause(token)
        assert clause is None or 0 <= clause.start < clause.end <= len(doc)


@pytest.mark.parametrize("label", ["conj", "xcomp", "ccomp", "appos", "relcl"])
def test_a_word_costs_no_more_the_deeper_it_stands(label: str) -> None:
    def seconds(size: int) -> float:
        heads = [max(0, i - 1) for i in range(size)]
        doc = Doc(Vocab(), words=["said"] * size, heads=heads, deps=["ROOT", *[label] * (size - 1)])
        begin = time.process_time()
        for token in doc[-200:]:
            for question in (syntax.subject, syntax.conjuncts, syntax.noun_phrase, syntax.clause):
                question(token)
        return time.process_time() - begin

    seconds(400)
    assert seconds(4000) < 2.5 * seconds(400) + 0.02
