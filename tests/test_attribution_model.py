"""The packaged tagger: what a user of its spans relies on."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import spacy

from toolkit.errors import PipelineError
from toolkit.model import attribution_tagger
from toolkit.model.attribution_tagger import FOLDER, read_config, tag
from toolkit.model.tags import MODES, ROLES
from toolkit.model.trunk_reader import read_states

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.articles import Article
    from toolkit.model.attribution_tagger import TaggedSpan

MEGABYTES = 30
SAID = "The harbour stays closed, the port authority said on Friday."
TOLD = "Ana Duarte told reporters that the fishing quotas would be published in May."
NEITHER = "The ferry leaves at noon and reaches the island two hours later."


def spans_of(text: str) -> list[TaggedSpan]:
    return tag(read_states(spacy.blank("en")(text))).outer


def words_of(text: str, role: str) -> list[str]:
    return [text[span.start : span.end].strip(" .,") for span in spans_of(text) if span.role == role]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        (SAID, "the port authority", "The harbour stays closed"),
        (TOLD, "Ana Duarte", "that the fishing quotas would be published in May"),
    ],
)
def test_source_and_content(text: str, source: str, content: str) -> None:
    assert words_of(text, "source") == [source]
    assert words_of(text, "content") == [content]


RELAYED = "Ana Duarte told reporters that the mayor had promised a second bridge."


def test_a_statement_inside_another_is_told_apart() -> None:
    words = {
        level: [RELAYED[span.start : span.end].strip(" .") for span in spans if span.role == "content"]
        for level, spans in tag(read_states(spacy.blank("en")(RELAYED)))._asdict().items()
    }
    assert words == {"outer": ["that the mayor had promised a second bridge"], "inner": ["a second bridge"]}


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The harbour stays closed, the port authority said on Friday.", "said"),
        ("Ana Duarte hopes that the ships will sail.", "thought"),
        ("The union rejected the owners' latest offer.", "act"),
        ("Kenya called for an end to the blockade.", "act"),
    ],
)
def test_a_cue_tells_the_mode(text: str, mode: str) -> None:
    [cue] = [span for span in spans_of(text) if span.role == "cue"]
    assert MODES[cue.modes.index(max(cue.modes))] == mode
    assert sum(cue.modes) == pytest.approx(1)


def test_plain_narration_has_none() -> None:
    assert spans_of(NEITHER) == []


@pytest.mark.parametrize("text", ["", " \n\t", "\n\n"])
def test_nothing_in_nothing(text: str) -> None:
    assert spans_of(text) == []


def test_spans_of_the_seed_are_in_order_and_apart(seed: Article) -> None:
    spans = spans_of(seed.text)
    assert len(spans) > 100
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert {span.role for span in spans} == set(ROLES)
    assert all(0 < span.probability <= 1 for span in spans)
    assert all(sum(span.links) == pytest.approx(1) for span in spans if span.role != "source")


def test_a_header_is_left_out() -> None:
    header = "Title: “Nobody will sign,” she said\n\n"
    spans = tag(read_states(spacy.blank("en")(header + SAID), (len(header), len(header + SAID)))).outer
    assert [(span.start - len(header), span.end - len(header)) for span in spans] == [
        (span.start, span.end) for span in spans_of(SAID)
    ]


def test_long_text_without_paragraphs_is_read_to_its_end() -> None:
    assert spans_of(f"{NEITHER} " * 150 + SAID)[-1].end > len(NEITHER) * 150


def test_weights_fit_the_package() -> None:
    assert (FOLDER / "model.onnx").stat().st_size < MEGABYTES * 1_000_000


def test_card_names_the_packaged_weights() -> None:
    assert read_config()["sha256"] in (FOLDER / "CARD.md").read_text(encoding="utf-8")


def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no weights")
    (tmp_path / "config.json").write_text(json.dumps(read_config()), encoding="utf-8")
    monkeypatch.setattr(attribution_tagger, "FOLDER", tmp_path)
    with pytest.raises(PipelineError, match=r"model\.onnx: 10 bytes that are not the packaged file"):
        spans_of(SAID)


def test_missing_settings_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution_tagger, "FOLDER", tmp_path)
    read_config.cache_clear()
    try:
        with pytest.raises(PipelineError, match="install the package with its model/ folder"):
            spans_of(SAID)
    finally:
        read_config.cache_clear()
