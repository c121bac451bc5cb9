from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from toolkit.quotations._cues import cues_in
from toolkit.quotations._sources import owner_before, source_left, source_right, subject_of_sentence

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from toolkit.quotations._cues import SourceAt


@pytest.fixture(scope="module")
def unparsed() -> Language:
    """A user's pipeline of names alone."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    names = {"Ana Duarte": "PERSON", "Norway": "GPE"}
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])  # type: ignore[attr-defined]
    return nlp


def words_of(doc: Doc, source: SourceAt | None) -> str | None:
    return None if source is None else doc[source.start : source.end].text


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Sixty percent of the members say the bridge is unsafe.", "Sixty percent of the members"),
        ("Ana Duarte, who leads the union, has repeatedly said that ships would sail.", "Ana Duarte"),
        ("The minister, who leads the talks, said that ships would sail.", "The minister"),
        ("Brazil, Ghana and Kenya said that the fund was empty.", "Brazil, Ghana and Kenya"),
        ("By Friday evening the Norwegian government said that the fund was empty.", "the Norwegian government"),
        ("They said that the fund was empty.", "They"),
        ("“The fund is empty,” said Ana Duarte.", None),
    ],
)
def test_the_subject_before_a_cue(nlp: Language, text: str, before: str | None) -> None:
    doc = nlp(text)
    assert words_of(doc, source_left(doc, cues_in(doc, 0, len(doc), set())[-1], 0)) == before


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("“We go,” said Ana Duarte, who leads the union.", "Ana Duarte"),
        ("“We go,” said two members of the board.", "two members of the board"),
        ("The fund is empty, according to the head of the union, a baker.", "the head of the union"),
        ("Ana Duarte said that", None),
    ],
)
def test_the_noun_phrase_behind_a_cue(nlp: Language, text: str, behind: str | None) -> None:
    doc = nlp(text)
    assert words_of(doc, source_right(doc, cues_in(doc, 0, len(doc), set())[-1], len(doc))) == behind


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("They rejected the ministry's repeated claim.", "the ministry's"),
        ("They rejected their claim.", "their"),
        ("They rejected the claim.", None),
    ],
)
def test_whose_a_noun_is(nlp: Language, text: str, owner: str | None) -> None:
    doc = nlp(text)
    claim = next(token.i for token in doc if token.text == "claim")
    assert words_of(doc, owner_before(doc, claim, 0)) == owner


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("In Oslo he was blunt", "he"),
        ("On Monday the minister was blunt", "the minister"),
        ("The weather was bad", None),
    ],
)
def test_who_a_sentence_is_about(nlp: Language, text: str, subject: str | None) -> None:
    doc = nlp(text)
    assert words_of(doc, subject_of_sentence(doc, 0, len(doc))) == subject


@pytest.mark.parametrize(
    ("text", "before", "behind"),
    [
        ("Ana Duarte has said that ships would sail.", "Ana Duarte", None),
        ("Ana Duarte, the foreign minister, said that ships would sail.", "Ana Duarte", None),
        ("Two officials said that ships would sail.", "Two officials", None),
        ("She said that ships would sail.", "She", None),
        ("“We go,” said Ana Duarte, a baker.", None, "Ana Duarte"),
        ("Ships will sail, according to Norway.", None, "Norway"),
    ],
)
def test_names_at_a_cue_without_a_tree(unparsed: Language, text: str, before: str | None, behind: str | None) -> None:
    doc = unparsed(text)
    cue = cues_in(doc, 0, len(doc), set())[-1]
    found = source_left(doc, cue, 0) if before else source_right(doc, cue, len(doc))
    assert words_of(doc, found) == (before or behind)


def test_owners_and_subjects_without_a_tree(unparsed: Language) -> None:
    doc = unparsed("Then Ana Duarte was told of Norway's claim and her demand")
    assert [words_of(doc, owner_before(doc, i, 0)) for i in (8, 11)] == ["Norway's", "her"]
    assert words_of(doc, subject_of_sentence(doc, 0, len(doc))) == "Ana Duarte"
