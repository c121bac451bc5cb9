from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit as tk
from toolkit.pipeline.tokenizing import LONGEST, tokenized

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SEEDS = Path(__file__).parents[1] / "seeds"
LONG = [sign * (LONGEST + 1) for sign in ".!\"'“a7A-"]
WORDS = [
    "Ada",
    "don't",
    "U.S.",
    "“so",
    "ends.”",
    "(17%)",
    "a-b",
    "https://example.org/a?b=c",
    " ",
    "\n\n",
    "談話",
    "e\u0301",
    "x" * LONGEST,
]


def tokens(doc: Doc) -> list[tuple[str, str, str, int]]:
    return [(token.text, token.whitespace_, token.norm_, token.idx) for token in doc]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=12).map(" ".join))
def test_ordinary_text_has_the_tokens_of_the_pipeline(text: str) -> None:
    nlp = tk.load()
    assert tokens(tokenized(nlp, text)) == tokens(nlp.make_doc(text))


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.txt")), ids=lambda path: path.stem)
def test_the_seeds_have_the_tokens_of_the_pipeline(nlp: Language, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens(tokenized(nlp, text)) == tokens(nlp.make_doc(text))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LONG, *WORDS]), max_size=6), st.sampled_from(["", " ", "\n"]))
def test_whatever_is_cut_up_stays_the_text(parts: list[str], between: str) -> None:
    text = between.join(parts)
    doc = tokenized(tk.load(), text)
    assert doc.text == text
    assert all(len(token) <= LONGEST for token in doc if not token.is_space)


@pytest.mark.parametrize("long", LONG, ids=lambda long: long[0])
def test_words_beside_what_is_cut_up_are_read_as_ever(nlp: Language, long: str) -> None:
    before, behind = "Ada Berg doesn't mind, ", " she said (in the U.S.)."
    found = tokens(tokenized(nlp, before + long + behind))
    alone = [[(text, norm) for text, _, norm, _ in tokens(nlp.make_doc(part))] for part in (before, behind.strip())]
    read = [(text, norm) for text, _, norm, _ in found]
    assert read[: len(alone[0])] == alone[0]
    assert read[-len(alone[1]) :] == alone[1]


def test_a_text_too_long_for_the_pipeline_is_refused_as_a_whole(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "max_length", 3 * LONGEST)
    with pytest.raises(ValueError, match="E088"):
        tokenized(nlp, LONG[0] * 4)
