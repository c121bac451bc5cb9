from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

import toolkit as tk
from toolkit.model import parser as module
from toolkit.model.parser import FOLDER, read_settings
from toolkit.model.windows import LONGEST, windows_of

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
    assert token(doc, "said") == ("VBD", "VERB", "say", "ROOT", "said")
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


@pytest.mark.parametrize("text", ["", "\n", " \n\n ", "word " * 1000, "a" * 5000, "“" * 400, "\n".join("abc" * 400)])
def test_odd_texts_are_no_error(nlp: Language, text: str) -> None:
    assert is_well_formed(nlp(text))


def test_a_sentence_longer_than_a_window_is_one_tree(nlp: Language) -> None:
    doc = nlp("The envoys met and " * 100 + "left.")
    assert len(doc) > 2 * LONGEST
    assert len(list(doc.sents)) == 1
    assert is_well_formed(doc)


def test_windows_hold_every_token_once(nlp: Language) -> None:
    doc = nlp(f"{NEWS}\n" * 12 + "and so on " * 200)
    windows = list(windows_of(3, doc))
    assert [(one.start, one.end) for one in windows] == [
        (begin, end) for begin, end in zip([0, *[w.end for w in windows[:-1]]], [w.end for w in windows], strict=True)
    ]
    assert windows[-1].end == len(doc)
    for window in windows:
        assert window.doc == 3
        assert window.end - window.start <= LONGEST
        assert window.sentences[0][0] == 0
        assert window.sentences[-1][1] == window.end - window.start


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
    settings = read_settings()
    assert hashlib.sha256((FOLDER / "network.onnx").read_bytes()).hexdigest() == settings["sha256"]
    assert nlp.meta["toolkit_weights"] == settings["sha256"]
    assert nlp.meta["version"] == settings["version"]
    assert set(nlp.get_pipe("toolkit_parser").labels) >= {"nsubj", "VBD"}  # type: ignore[attr-defined]


def test_weights_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 15e6


def test_card_names_the_packaged_weights() -> None:
    assert read_settings()["sha256"] in (FOLDER / "CARD.md").read_text(encoding="utf-8")


def test_missing_weights_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(tk.PipelineError, match=r"settings.json: no such file; install the package again"):
        read_settings(tmp_path)


def test_weights_of_another_layout_name_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"layout": module.LAYOUT + 1}), encoding="utf-8")
    with pytest.raises(tk.PipelineError, match=r"weights of layout 2, this toolkit reads 1; install the package again"):
        read_settings(tmp_path)
