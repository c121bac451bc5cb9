from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc, Span

import toolkit as tk
from toolkit.analysis import read_document
from toolkit.articles import Article
from toolkit.pipeline import load
from toolkit.text.doc_body import BODY_START

if TYPE_CHECKING:
    from pathlib import Path


def saved(folder: Path, *components: str) -> str:
    """A pipeline as a user may have it, on disk."""
    nlp = spacy.blank("en")
    for name in components:
        pipe = nlp.add_pipe(name)
        if name == "entity_ruler":
            pipe.add_patterns(  # type: ignore[attr-defined]
                [{"label": "PERSON", "pattern": "Ana Duarte"}, {"label": "GPE", "pattern": "Kenya"}]
            )
    nlp.to_disk(folder / "pipeline")
    return str(folder / "pipeline")


def test_own_pipeline_is_loaded_once() -> None:
    assert load() is load() is tk.load()


def test_own_pipeline_gives_sentences_and_names() -> None:
    doc = load()("Grace Okafor left Oslo. Nobody wept.")
    assert [sent.text for sent in doc.sents] == ["Grace Okafor left Oslo.", "Nobody wept."]
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Grace Okafor", "PERSON"), ("Oslo", "GPE")]


def test_header_gives_no_names() -> None:
    nlp = load()
    doc = nlp.make_doc("outlet: Nordic Post\n\nGrace Okafor left.")
    doc.user_data[BODY_START] = 21
    assert [ent.text for ent in nlp(doc).ents] == ["Grace Okafor"]


def test_long_articles_are_no_error() -> None:
    assert load().max_length >= 10_000_000


def test_a_missing_pipeline_names_the_remedy() -> None:
    with pytest.raises(
        tk.PipelineError, match=r"'not_installed' is not installed.*spacy download not_installed.*load\(\)"
    ):
        load("not_installed")


@pytest.mark.parametrize(
    ("components", "message"),
    [
        ((), "finds no names: it has no components"),
        (("sentencizer",), "finds no names: it has sentencizer"),
        (("entity_ruler",), r"sets no sentences; add_pipe\('sentencizer'\)"),
    ],
)
def test_a_pipeline_that_lacks_something_is_refused(tmp_path: Path, components: tuple[str, ...], message: str) -> None:
    with pytest.raises(tk.PipelineError, match=message):
        load(saved(tmp_path, *components))


def test_a_users_own_pipeline_takes_the_place_of_ours(tmp_path: Path) -> None:
    nlp = load(saved(tmp_path, "sentencizer", "entity_ruler"))
    coverage = tk.analyze([Article("“No deal is near,” Ana Duarte said. Kenya left.")], nlp=nlp)
    assert coverage.quotations["speaker"].tolist() == ["Ana Duarte"]
    assert set(coverage.actors["actor"]) == {"Ana Duarte", "Kenya"}
    assert coverage.metadata["pipeline"].startswith("en_")


def test_labels_of_other_pipelines_are_passed_over() -> None:
    words = ["On", "Monday", "Ana", "Duarte", "said", "two", "million", "tonnes", "left", "the", "Port", "Hall", "."]
    spaces = [True] * 11 + [False, False]
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces, sent_starts=[True] + [False] * 12)
    labels = [(1, 2, "DATE"), (2, 4, "PERSON"), (5, 7, "CARDINAL"), (7, 8, "QUANTITY"), (10, 12, "FAC")]
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in labels])
    reading = read_document(Article(doc.text), doc)
    assert {actor.name for actor in reading["actors"] if actor.kind == "person"} == {"Ana Duarte"}
    assert {ent.label_ for ent in doc.ents} == {"PERSON", "FAC"}
    (quotation,) = reading["quotations"]
    assert (quotation.speaker, quotation.text) == ("Ana Duarte", "two million tonnes left the Port Hall")


WORDS = ["Ana", "Duarte", "of", "the", "United", "Nations", "said", "Monday", "that", "Kenya", "had", "agreed", "."]
TAGS = ["NNP", "NNP", "IN", "DT", "NNP", "NNPS", "VBD", "NNP", "IN", "NNP", "VBD", "VBN", "."]
POS = ["PROPN", "PROPN", "ADP", "DET", "PROPN", "PROPN", "VERB", "PROPN", "SCONJ", "PROPN", "AUX", "VERB", "PUNCT"]
DEPS = [
    "compound",
    "nsubj",
    "prep",
    "det",
    "compound",
    "pobj",
    "ROOT",
    "npadvmod",
    "mark",
    "nsubj",
    "aux",
    "ccomp",
    "punct",
]
HEADS = [1, 6, 1, 5, 5, 2, 6, 6, 11, 11, 11, 6, 6]
NAMES_BY_PIPELINE = {
    "the toolkit": [(0, 2, "PERSON"), (4, 6, "ORG"), (9, 10, "GPE")],
    "en_core_web": [(0, 2, "PERSON"), (3, 6, "ORG"), (7, 8, "DATE"), (9, 10, "GPE")],
}


@pytest.mark.parametrize("names", NAMES_BY_PIPELINE.values(), ids=NAMES_BY_PIPELINE)
def test_both_label_sets_are_read_alike(names: list[tuple[int, int, str]]) -> None:
    spaces = [True] * 11 + [False, False]
    vocab = spacy.blank("en").vocab
    doc = Doc(vocab, words=WORDS, spaces=spaces, tags=TAGS, pos=POS, deps=DEPS, heads=HEADS)
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in names])
    reading = read_document(Article(doc.text), doc)
    assert {actor.name for actor in reading["actors"]} == {"Ana Duarte", "United Nations", "Kenya"}
    (quotation,) = reading["quotations"]
    assert (quotation.speaker, quotation.text) == ("Ana Duarte", "that Kenya had agreed")


CLEAR_NLP = {
    *("ROOT", "acl", "acomp", "advcl", "advmod", "agent", "amod", "appos", "attr", "aux", "auxpass", "case", "cc"),
    *("ccomp", "compound", "conj", "csubj", "csubjpass", "dative", "dep", "det", "dobj", "expl", "intj", "mark"),
    *("meta", "neg", "nmod", "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis", "pcomp", "pobj"),
    *("poss", "preconj", "predet", "prep", "prt", "punct", "quantmod", "relcl", "xcomp"),
}


def test_relations_are_those_of_other_english_pipelines() -> None:
    parser = load().get_pipe("toolkit_parser")
    assert set(parser.classes.deps) <= CLEAR_NLP  # type: ignore[attr-defined]
    doc = load()("Ana Duarte left.")
    assert [(token.tag_, token.dep_) for token in doc] == [
        ("NNP", "compound"),
        ("NNP", "nsubj"),
        ("VBD", "ROOT"),
        (".", "punct"),
    ]


def test_weights_stand_in_the_metadata(coverage: tk.Coverage) -> None:
    assert coverage.metadata["pipeline"] == "en_toolkit_news"
    assert len(coverage.metadata["parsing_weights"]) == 64


def test_a_pipeline_for_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path / "german")
    with pytest.raises(tk.PipelineError, match="reads the language 'de'; the toolkit reads English"):
        load(str(tmp_path / "german"))


def test_a_pipeline_that_cannot_be_read_names_the_remedy(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "broken")
    config = (tmp_path / "broken" / "config.cfg").read_text(encoding="utf-8")
    (tmp_path / "broken" / "config.cfg").write_text(config.replace('"sentencizer"', '"unknown_part"'), encoding="utf-8")
    with pytest.raises(tk.PipelineError, match=r"cannot be loaded: .*another version of spaCy"):
        load(str(tmp_path / "broken"))
