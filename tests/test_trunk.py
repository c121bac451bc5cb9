"""The layers that readers share: what those above them rely on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy

from toolkit.errors import PipelineError
from toolkit.model import trunk_reader
from toolkit.model.trunk_reader import FOLDER, read_config, read_states

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.model.trunk_reader import ArticleStates

SENTENCE = "The miners' union said it would return to the table on Monday. "
WIDTH = 384


def states_of(text: str) -> ArticleStates:
    return read_states(spacy.blank("en")(text))


class Places:
    """Stands for the layers of a reader: each word's score is the first number of its piece's state."""

    def run(self, outputs: list[str], given: dict[str, np.ndarray]) -> list[np.ndarray]:
        assert outputs == ["scores"]
        return [given["states"][:, given["places"][0], :1]]


@pytest.mark.parametrize("paragraphs", [1, 3, 40])
def test_each_word_has_one_state(paragraphs: int) -> None:
    states = states_of("\n\n".join([SENTENCE * 4] * paragraphs))
    own = [word for window, _, _ in states.windows for word in range(window.own, window.own_end)]
    assert own == list(range(len(states.words)))
    assert all(each.states.shape[0] == 1 and each.states.shape[2] == WIDTH for each in states.windows)
    assert states.scores(Places(), 1).shape == (len(states.words), 1)  # type: ignore[arg-type] - stands for a session


def test_a_state_depends_on_the_article_alone() -> None:
    text = SENTENCE * 30
    first = states_of(text)
    states_of("Something else was read between.")
    again = states_of(text)
    assert all(np.array_equal(a.states, b.states) for a, b in zip(first.windows, again.windows, strict=True))


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_has_no_states(text: str) -> None:
    assert states_of(text).windows == ()


def test_a_header_is_left_out() -> None:
    header = "Title: Talks resume\n\n"
    body = read_states(spacy.blank("en")(header + SENTENCE), (len(header), len(header + SENTENCE)))
    assert body.words.texts == states_of(SENTENCE).words.texts


def test_card_names_the_packaged_weights() -> None:
    assert read_config()["sha256"] in (FOLDER / "CARD.md").read_text(encoding="utf-8")


def test_damaged_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no weights")
    (tmp_path / "config.json").write_text(json.dumps(read_config()), encoding="utf-8")
    monkeypatch.setattr(trunk_reader, "FOLDER", tmp_path)
    with pytest.raises(PipelineError, match=r"model\.onnx: 10 bytes that are not the packaged file"):
        states_of(SENTENCE)
