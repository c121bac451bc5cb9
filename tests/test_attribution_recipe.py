"""The recipe of the tagger: labels from annotations, cuts, and what torch and the exported graph compute."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
import spacy
from test_chain import paths

from toolkit.errors import InputError
from toolkit.model.attribution_tagger import TOKENIZER
from toolkit.model.masking import load_tokenizer
from toolkit.model.tags import LINKS, TAGS, begin
from toolkit.model.train.polnear import NO_LABEL, Example, held_out, read_articles, read_example
from toolkit.model.words import word_cutter

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "“We sign,” Ana Duarte said, “or we leave.”\nThe quotas are late, she warned."


def spans(*pieces: str) -> list[list[int]]:
    return [[TEXT.index(piece), TEXT.index(piece) + len(piece)] for piece in pieces]


ROWS = [
    {"source": spans("Ana Duarte"), "cue": spans("said"), "content": spans("“We sign,”", "“or we leave.”")},
    {"source": spans("she"), "cue": spans("warned"), "content": spans("The quotas are late")},
]


def example(rows: list[dict[str, object]] = ROWS) -> Example:
    article = {"file": "a", "text": TEXT, "annotators": {"one": rows, "two": rows[:1]}}
    return read_example(article, spacy.blank("en"), word_cutter(load_tokenizer(TOKENIZER)))


def shown(labels: list[int], names: tuple[str, ...]) -> list[str]:
    return [names[label] for label in labels if label not in {0, NO_LABEL}]


def test_tags_open_and_go_on() -> None:
    [first, second] = example().views
    assert shown(first.tags, TAGS) == [
        *["B-content", *["I-content"] * 4, "B-source", "I-source", "B-cue", "B-content", *["I-content"] * 5],
        *["B-content", *["I-content"] * 3, "B-source", "B-cue"],
    ]
    assert sum(map(bool, second.tags)) < sum(map(bool, first.tags))


def test_links_tell_the_side() -> None:
    links = example().views[0].links
    assert [LINKS[link] for link in links if link != NO_LABEL] == [
        "cue behind",
        "source before",
        "cue before",
        "cue behind",
        "source before",
    ]


def test_a_cue_without_a_source_says_so() -> None:
    links = example([ROWS[0] | {"source": None}]).views[0].links
    assert LINKS.index("no source") in links


def test_missing_data_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"train\.jsonl\.gz: no such file; name the data folder"):
        next(read_articles(tmp_path / "train.jsonl.gz"))


def test_articles_are_read(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"file": "a"}).encode()))
    assert list(read_articles(path)) == [{"file": "a"}]


def test_a_small_part_is_held_out() -> None:
    held = sum(held_out({"file": f"article {number}"}) for number in range(2000))
    assert 60 < held < 180


# What needs torch.


def test_cuts_hold_all_words_once() -> None:
    pytest.importorskip("torch")
    from toolkit.model.train.batches import cut

    words = example().words
    for seed in range(5):
        pieces = list(cut(example(), random.Random(seed)))  # noqa: S311 - no secret
        assert [word for piece in pieces for word in range(piece.start, piece.end)] == list(range(len(words)))


def test_loss_of_the_chain_is_the_probability_of_the_gold() -> None:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.tagger import Head, chain_loss

    chance = np.random.default_rng(1)
    scores = chance.normal(0, 1, (3, len(TAGS))).astype(np.float32)
    transitions = Head().transitions.detach().numpy()
    gold = [begin("cue"), begin("cue") + 1, 0]
    loss = chain_loss(
        torch.tensor(scores)[None],
        torch.tensor([gold]),
        torch.tensor([[True, False, False]]),
        torch.tensor([3]),
        torch.tensor(transitions),
    )
    every = paths(scores, transitions)
    share = np.exp(every[tuple(gold)]) / sum(np.exp(list(every.values())))
    assert np.exp(-3 * float(loss)) == pytest.approx(share, rel=1e-4)


def test_exported_graph_computes_what_torch_does() -> None:
    torch = pytest.importorskip("torch")
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    from toolkit.model.train.exporting import watched_maxima
    from toolkit.model.train.graph import build_tagger
    from toolkit.model.train.predicting import scores_of
    from toolkit.model.train.tagger import Tagger
    from toolkit.model.words import MAX_PIECES, encode

    torch.manual_seed(1)
    model, words = Tagger(layers=2).eval(), example().words
    tops = watched_maxima(model.layers, lambda: scores_of(model, words))
    graph = build_tagger({name: v.numpy() for name, v in model.state_dict().items()}, tops, MAX_PIECES)
    encoded = encode(words, 0, len(words))
    given = {"ids": [encoded.ids], "features": [encoded.features], "places": [encoded.firsts]}
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    [[found]] = session.run(None, {name: np.array(value, np.int64) for name, value in given.items()})
    with torch.no_grad():
        wanted = model(torch.tensor([encoded.ids]), torch.tensor([encoded.features]))[0].numpy()[encoded.firsts]
    assert np.abs(found - wanted).max() < 0.1 * np.abs(wanted).max()
