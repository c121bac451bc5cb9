from __future__ import annotations

import json
import pickle
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

import toolkit as tk
from toolkit.digests import SHA256
from toolkit.model import parser as module
from toolkit.model.doc_words import LONGEST
from toolkit.model.parser import FOLDER, LEMMAS, MODEL, NAMES_KEY, RELATIONS, Parser, read_parser_settings
from toolkit.text.doc_body import BODY_START

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

NEWS = (
    "Talks resume\n\nGENEVA, Feb. 18 — Swedish Foreign Minister Ana Duarte said on Tuesday that the two "
    "sides had agreed on a ceasefire. “We are close,” she said, “but not there.”\n\nMr. Holm did not comment."
)


TOLD = NEWS.split("\n\n")[1].split(" “We", maxsplit=1)[0]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return tk.load()


def token(doc: Doc, text: str) -> tuple[str, str, str, str, str]:
    found = next(token for token in doc if token.text == text)
    return found.tag_, found.pos_, found.lemma_, found.dep_, found.head.text


def test_a_report_is_parsed(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert token(doc, "said")[:3] == ("VBD", "VERB", "say")
    # Behind a dateline a report may hang on its place.
    assert token(doc, "said")[3:] in {("ROOT", "said"), ("parataxis", "GENEVA")}
    assert token(doc, "Duarte") == ("NNP", "PROPN", "Duarte", "nsubj", "said")
    assert token(doc, "agreed") == ("VBN", "VERB", "agree", "ccomp", "said")
    assert token(doc, "ceasefire")[3:] == ("pobj", "on")
    assert token(doc, "sides")[3:] == ("nsubj", "agreed")
    assert next(t for t in doc if t.text == "sides").morph.get("Number") == ["Plur"]


def test_noun_chunks_are_given(nlp: Language) -> None:
    chunks = {chunk.text for chunk in nlp(NEWS).noun_chunks}
    assert {"Swedish Foreign Minister Ana Duarte", "the two sides", "a ceasefire"} <= chunks


def test_sentences_are_those_of_the_rules(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert [sent.text.strip() for sent in doc.sents] == [
        "Talks resume",
        TOLD,
        "“We are close,” she said, “but not there.”",
        "Mr. Holm did not comment.",
    ]


def is_well_formed(doc: Doc) -> bool:
    one_root = all(sum(token.head == token for token in sent) == 1 for sent in doc.sents)
    inside = all(token.head.sent.start == token.sent.start for token in doc)
    return one_root and inside and all(token.tag_ and token.dep_ and token.pos_ for token in doc)


PIECES = st.sampled_from([*"aA.,“”\"'()-\n \t0é—", "President ", "Geneva ", "said "])
TEXTS = st.lists(PIECES, max_size=120).map("".join)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_any_text_gives_whole_trees_in_its_sentences(text: str) -> None:
    doc = tk.load()(text)
    assert doc.text == text
    assert is_well_formed(doc)
    assert all(ent.text.strip() == ent.text and ent.text for ent in doc.ents)
    assert all(span.text.strip() == span.text and span.text for span in doc.spans.get(NAMES_KEY, ()))


@pytest.mark.parametrize("text", ["", "\n", " \n\n ", "word " * 1000, "a" * 5000, "“" * 400, "\n".join("abc" * 400)])
def test_odd_texts_are_no_error(nlp: Language, text: str) -> None:
    assert is_well_formed(nlp(text))


def test_a_sentence_longer_than_a_window_is_one_tree(nlp: Language) -> None:
    doc = nlp("The envoys met and " * 100 + "left.")
    assert len(doc) > 2 * LONGEST
    assert len(list(doc.sents)) == 1
    assert is_well_formed(doc)


def test_white_space_hangs_on_a_word_of_its_sentence(nlp: Language) -> None:
    doc = nlp("Ana left.  Oslo slept.\n\n\n Bo wept.\n")
    for token in doc:
        if token.is_space:
            assert (token.dep_, token.tag_, token.pos_) == ("dep", "_SP", "SPACE")
            assert token.head.sent == token.sent
            assert not token.head.is_space
    assert is_well_formed(doc)


def test_names_that_are_read_stand_beside_those_that_are_set(nlp: Language) -> None:
    text = "Kenyan President Grace Okafor met envoys of the European Commission in Oslo on Tuesday."
    doc = nlp(text)
    read = {(span.text, span.label_) for span in doc.spans[NAMES_KEY]}
    named = {("Kenyan", "NORP"), ("Grace Okafor", "PERSON"), ("European Commission", "ORG"), ("Oslo", "GPE")}
    assert named <= read
    assert named - {("European Commission", "ORG")} <= {(ent.text, ent.label_) for ent in doc.ents}


HEADER = "title: Talks\nby: Ana Duarte\noutlet: Oslo Post\n" * 3 + "\n"
WRAPPED = (
    "The two sides met in Oslo on Monday for a third day of talks\nabout the harbour, an official of the Harbour "
    "Council said, and\nwould meet again on Friday in the town hall of Bergen, where\nthe first round had taken "
    "place in the spring of last year\n"
)


def test_a_header_has_no_say_in_how_the_text_is_read(nlp: Language) -> None:
    doc = nlp.make_doc(HEADER + WRAPPED)
    doc.user_data[BODY_START] = len(HEADER)
    whole, alone = nlp(doc), nlp(WRAPPED)
    first = next(token.i for token in whole if token.idx >= len(HEADER))
    assert [t.text for t in whole[first:]] == [t.text for t in alone]
    body = [(t.tag_, t.dep_, t.head.i - t.i, t.ent_type_) for t in whole[first:]]
    assert body == [(t.tag_, t.dep_, t.head.i - t.i, t.ent_type_) for t in alone]
    assert not any(token.ent_type_ for token in whole[:first])


def test_nothing_is_named_where_a_header_stands_alone(nlp: Language) -> None:
    doc = nlp.make_doc(HEADER)
    doc.user_data[BODY_START] = len(HEADER)
    assert not nlp(doc).ents


def test_a_long_sentence_behind_a_short_one_fits_its_windows(nlp: Language) -> None:
    text = "No. We " + "say so and " * 50 + " Zmijewski-Wroclawiewicz came to Szczebrzeszyn and left again"
    assert is_well_formed(nlp(text))


def test_lemmas_outlive_a_memory_zone(nlp: Language) -> None:
    with nlp.memory_zone():
        assert nlp("Zorblax wept.")[0].lemma_ == "Zorblax"
    assert nlp("Zorblax wept.")[0].lemma_ == "Zorblax"


def test_the_parser_can_go_to_another_process(nlp: Language) -> None:
    parser = nlp.get_pipe("toolkit_parser")
    _, again = pickle.loads(pickle.dumps((nlp.vocab, parser)))  # noqa: S301 - our own bytes
    assert again.labels == parser.labels  # type: ignore[attr-defined]


def test_one_text_that_fails_leaves_the_others(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    failed: list[str] = []
    parser = nlp.get_pipe("toolkit_parser")
    write = parser.writer.write  # type: ignore[attr-defined]

    def sometimes(doc: Doc, parts: object) -> None:
        if doc.text == "Fail.":
            raise ValueError(doc.text)
        write(doc, parts)

    monkeypatch.setattr(parser.writer, "write", sometimes)  # type: ignore[attr-defined]
    monkeypatch.setattr(nlp, "default_error_handler", lambda _name, _pipe, docs, _error: failed.extend(map(str, docs)))
    assert [doc.text for doc in nlp.pipe(["Ana left.", "Fail.", "Bo wept."])] == ["Ana left.", "Bo wept."]
    assert failed == ["Fail."]


def annotations(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, str(t.head.i), t.ent_type_) for t in doc]


def test_a_result_does_not_depend_on_what_else_is_read(nlp: Language) -> None:
    texts = [NEWS, "Nobody came. " * 60, "Ms. Okafor left Oslo.", "", f"{NEWS}\n" * 9]
    together = list(nlp.pipe(texts))
    for text, doc in zip(texts, together, strict=True):
        assert annotations(nlp(text)) == annotations(doc)


def test_documents_can_be_stored(nlp: Language) -> None:
    doc = nlp(NEWS)
    stored = DocBin(docs=[doc], attrs=["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert annotations(again) == annotations(doc)


def test_the_pipeline_is_saved_and_loaded_as_any_other(nlp: Language, tmp_path: Path) -> None:
    import spacy

    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert annotations(again(NEWS)) == annotations(nlp(NEWS))


def test_settings_belong_to_the_packaged_weights(nlp: Language) -> None:
    settings = read_parser_settings()
    for name, digest in settings["sha256"].items():
        assert SHA256[f"model/parsing/{name}"] == digest
    assert nlp.meta["toolkit_weights"] == settings["sha256"][MODEL]
    assert nlp.meta["version"] == settings["version"]
    assert set(nlp.get_pipe("toolkit_parser").labels) >= {"nsubj", "VBD"}  # type: ignore[attr-defined]


def test_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 7.5e6


def test_card_names_the_packaged_weights() -> None:
    assert read_parser_settings()["sha256"][MODEL] in (FOLDER / "CARD.md").read_text(encoding="utf-8")


def test_missing_weights_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(tk.PipelineError, match=r"config.json: no such file; install the package .*en_core_web_sm"):
        read_parser_settings(tmp_path)


@pytest.mark.parametrize("name", [MODEL, RELATIONS, LEMMAS])
def test_damaged_weights_name_the_remedy(nlp: Language, tmp_path: Path, name: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "weights")
    (tmp_path / "weights" / name).write_bytes(b"damaged")
    with pytest.raises(tk.PipelineError, match=rf"{name}: 7 bytes that are not the packaged file; install"):
        Parser(nlp.vocab, tmp_path / "weights")


def test_weights_of_another_layout_name_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"layout": module.LAYOUT + 1}), encoding="utf-8")
    with pytest.raises(tk.PipelineError, match=r"weights of layout 3, this toolkit reads 2; install the package again"):
        read_parser_settings(tmp_path)
