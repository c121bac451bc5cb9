"""The recipe of the tagger: labels from annotations, cuts, and what torch and the exported graph compute."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy
from test_chain import paths

from toolkit.errors import InputError
from toolkit.model.tags import LEVEL, LEVELS, LINKS, MODES, OF_MODES, SCORES, TAGS, begin
from toolkit.model.train.polnear import NO_LABEL, Example, Labels, held_out, label, read_articles, read_example
from toolkit.model.train.statements_gold import one_hot, whole_labels
from toolkit.model.word_pieces import load_tokenizer
from toolkit.model.words import read_words, word_cutter

if TYPE_CHECKING:
    from collections.abc import Callable
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
    return read_example(article, spacy.blank("en"), word_cutter(load_tokenizer()))


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
    vectors = model.words.weight.detach().numpy()[None, encoded.ids]
    given = {"features": [encoded.features], "places": [encoded.firsts]}
    session = onnxruntime.InferenceSession(graph.SerializeToString())
    [[found]] = session.run(
        None, {"vectors": vectors} | {name: np.array(value, np.int64) for name, value in given.items()}
    )
    with torch.no_grad():
        wanted = model(torch.tensor([encoded.ids]), torch.tensor([encoded.features]))[0].numpy()[encoded.firsts]
    assert np.abs(found - wanted).max() < 0.1 * np.abs(wanted).max()


def test_a_student_learns_what_its_teachers_find_probable() -> None:
    """The loss with a guide is the mean of the losses with each sequence, by how probable the teachers find them."""
    torch = pytest.importorskip("torch")
    from toolkit.model.chain import Posterior, chains
    from toolkit.model.train.tagger import Head, chain_loss, guided_loss

    chance = np.random.default_rng(2)
    own, theirs = chance.normal(0, 1, (2, 3, len(TAGS))).astype(np.float32)
    transitions = Head().transitions.detach().numpy()
    guide = Posterior(chains([theirs], transitions)).marginals()[0]
    given = torch.tensor([[True, False, False]]), torch.tensor([3]), torch.tensor(transitions)
    loss = guided_loss(torch.tensor(own)[None], torch.tensor(guide)[None], *given)
    every = paths(theirs, transitions)
    shares = np.exp(list(every.values())) / np.exp(list(every.values())).sum()
    losses = [float(chain_loss(torch.tensor(own)[None], torch.tensor([path]), *given)) for path in every]
    assert float(loss) == pytest.approx(float(shares @ losses), rel=1e-4)


def test_links_are_learned_where_teachers_see_a_span_open() -> None:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.tagger import guided_links

    guide = np.zeros((1, 2, len(TAGS) + len(LINKS)), np.float32)
    guide[0, 0, begin("cue")] = 1
    guide[0, :, len(TAGS) : len(TAGS) + 3] = 0.25, 0.25, 0.5
    scores = np.zeros((1, 2, len(LINKS)), np.float32)
    scores[0, 1] = 9, 0, 0, 0, 0
    assert float(guided_links(torch.tensor(scores), torch.tensor(guide))) == pytest.approx(np.log(3), rel=1e-4)


def test_labels_and_teachers_are_blended() -> None:
    from toolkit.model.train.guiding import GOLD_SHARE, blended

    given = example()
    guide = np.full((len(given.words), len(TAGS) + len(LINKS)), 0.2, np.float32)
    view = blended(given, guide).views[0]
    assert view.guide is not None
    opens = view.tags.index(begin("content"))
    assert view.guide[opens, begin("content")] == pytest.approx(GOLD_SHARE + (1 - GOLD_SHARE) * 0.2)
    assert view.guide[opens, len(TAGS) + LINKS.index("cue behind")] == pytest.approx(GOLD_SHARE + 0.1)
    assert view.guide[opens, len(TAGS) + LINKS.index("no source")] == pytest.approx(0.2)


def test_guides_are_cut_as_their_words() -> None:
    pytest.importorskip("torch")
    from toolkit.model.train.batches import collate, cut
    from toolkit.model.train.guiding import guided

    words = example().words
    guide = np.arange(len(words), dtype=np.float32)[:, None].repeat(len(TAGS) + len(LINKS), 1)
    pieces = list(cut(guided(words, guide), random.Random(1)))  # noqa: S311 - no secret
    found = collate(pieces, {}).guides
    assert found is not None
    rows = [found[index, : piece.end - piece.start, 0].tolist() for index, piece in enumerate(pieces)]
    assert [float(word) for word in range(len(words))] == [value for row in rows for value in row]


def test_unlabelled_news_are_read_until_enough(tmp_path: Path) -> None:
    from toolkit.model.train.guiding import read_unlabelled

    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n".join(json.dumps({"text": f"Article {n}."}).encode() for n in range(9))))
    cut = word_cutter(load_tokenizer())
    assert len(list(read_unlabelled(path, spacy.blank("en"), cut, 7))) == 3
    with pytest.raises(InputError, match="no such file"):
        list(read_unlabelled(tmp_path / "none", spacy.blank("en"), cut, 7))


def test_a_smaller_network_keeps_layers_and_the_units_that_matter() -> None:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.predicting import scores_of
    from toolkit.model.train.shrinking import shrink
    from toolkit.model.train.tagger import Tagger

    torch.manual_seed(1)
    model, words = Tagger(layers=3).eval(), example().words
    with torch.no_grad():
        model.layers[2].outer.weight[:, 8:] = 0
    small = shrink(model, Tagger(layers=2, inner=8), (0, 2), lambda: scores_of(model, words))
    assert torch.equal(small.layers[1].inner.weight, model.layers[2].inner.weight[:8])
    assert torch.equal(small.layers[0].query.weight, model.layers[0].query.weight)
    assert torch.equal(small.head.features.weight, model.head.features.weight)


# The upper layers, which learn statements inside others too.

RELAYED = "Ana Duarte said the mayor had promised a bridge."


def placed(*pieces: str) -> list[list[int]]:
    return [[RELAYED.index(piece), RELAYED.index(piece) + len(piece)] for piece in pieces]


WHOLE = [
    {
        "source": placed("Ana Duarte"),
        "cue": placed("said"),
        "content": placed("the mayor had promised a bridge"),
        "mode": "said",
        "via": None,
    },
    {
        "source": placed("the mayor"),
        "cue": placed("had promised"),
        "content": placed("a bridge"),
        "mode": "act",
        "via": 0,
    },
]


def whole_example() -> Example:
    words = read_words(spacy.blank("en")(RELAYED), word_cutter(load_tokenizer()))
    return Example(words, (whole_labels(words, WHOLE),))


def outer_example() -> Example:
    """The same article by readers who do not look inside statements."""
    words = whole_example().words
    labels = label(words, WHOLE[:1])
    return Example(words, (Labels(labels.tags, labels.links, one_hot(labels)),))


def test_statements_inside_others_are_a_level_of_their_own() -> None:
    guide = whole_example().views[0].guide
    assert guide is not None
    outer, inner = (guide[:, level][:, : len(TAGS)].argmax(1).tolist() for level in LEVELS)
    content, source = ["B-content", *["I-content"] * 5], ["B-source", "I-source"]
    assert shown(outer, TAGS) == [*source, "B-cue", *content]
    assert shown(inner, TAGS) == [*source, "B-cue", "I-cue", "B-content", "I-content"]
    modes = {MODES[row.argmax()]: word for word, row in enumerate(guide[:, OF_MODES]) if row.any()}
    assert {mode: whole_example().words.texts[word] for mode, word in modes.items()} == {"said": "said", "act": "had"}


def test_what_is_told_still_deeper_is_left_out() -> None:
    words = whole_example().words
    deeper = [WHOLE[0], WHOLE[1] | {"content": placed("promised a bridge")}, WHOLE[1] | {"via": 1}]
    guide = whole_labels(words, deeper).guide
    assert guide is not None
    inner = guide[:, LEVELS[1]][:, : len(TAGS)].argmax(1).tolist()
    assert inner == [0, 0, 0, *[begin("source"), begin("source") + 1], begin("cue"), *inner[6:]]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tagger that has learned nothing, as the recipe's last stage finds it."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from toolkit.model.train.tagger import Tagger
    from toolkit.model.train.tagger_export import export_parts

    torch.manual_seed(1)
    out = tmp_path_factory.mktemp("tagger")
    export_parts(Tagger(layers=4, inner=1024), [example().words], out, "student")
    return out


def branch_of(exported: Path) -> tuple[Any, Any]:
    """Return upper layers that begin with a tagger, and the shared layers below."""
    from toolkit.model.train.starting import stored_weights
    from toolkit.model.train.statements import Exported
    from toolkit.model.train.tagger_branch import Shared, begun

    tagger = Exported(exported / "trunk", exported / "student")
    return begun(stored_weights(tagger.folder), tagger.transitions), Shared(tagger.shared)


def test_upper_layers_begin_with_what_the_tagger_knows(exported: Path) -> None:
    from toolkit.model.train.statements import Exported
    from toolkit.model.train.tagger_branch import scores_of

    words = example().words
    known = Exported(exported / "trunk", exported / "student").scores(words, LEVEL)
    model, shared = branch_of(exported)
    found = scores_of(model, words, shared)
    assert np.corrcoef(found[:, LEVELS[0]].ravel(), known.ravel())[0, 1] > 0.98


def test_a_packaged_tagger_goes_on_from_all_it_knows(exported: Path) -> None:
    """But for what lets it open more spans, which is added anew when it has learned."""
    from toolkit.model import attribution_tagger, trunk_reader
    from toolkit.model.train.statements import Exported, _dared
    from toolkit.model.train.tagger_branch import Shared, begun, scores_of

    tagger = Exported(trunk_reader.FOLDER, attribution_tagger.FOLDER)
    words, model = whole_example().words, begun(tagger.weights, tagger.transitions)
    known, shared = tagger.scores(words), Shared(tagger.shared)
    before = scores_of(model, words, shared)
    assert np.abs(scores_of(_dared(model), words, shared) - known).max() < 0.1 * np.abs(known).max()
    cue = LEVELS[1].start + begin("cue")
    assert (before[:, cue] < known[:, cue] - 1).all()
    assert tagger.guide(words).shape == (len(words), LEVEL)


@pytest.mark.parametrize(("given", "inside"), [(whole_example, True), (outer_example, False)])
def test_only_who_looks_inside_statements_teaches_them(
    exported: Path,
    given: Callable[[], Example],
    inside: bool,  # noqa: FBT001
) -> None:
    from toolkit.model.train.batches import cut
    from toolkit.model.train.tagger_branch import loss_of

    model, shared = branch_of(exported)
    pieces = list(cut(given(), random.Random(1)))  # noqa: S311 - no secret
    loss_of(model, pieces, shared, {}).backward()
    learned = model.head["scores"].weight.grad
    assert bool(learned[LEVELS[0]].any())
    assert bool(learned[LEVELS[1]].any()) == bool(learned[OF_MODES].any()) == inside


def test_the_exported_upper_layers_tell_what_torch_computes(exported: Path, tmp_path: Path) -> None:
    from toolkit.model.train.statements import Exported
    from toolkit.model.train.tagger_branch import scores_of
    from toolkit.model.train.tagger_export import export_branch

    model, shared = branch_of(exported)
    words = whole_example().words
    export_branch(model, [words], shared, tmp_path / "attribution")
    made = Exported(exported / "trunk", tmp_path / "attribution").scores(words)
    assert made.shape == (len(words), SCORES)
    assert np.corrcoef(made.ravel(), scores_of(model, words, shared).ravel())[0, 1] > 0.98


@pytest.mark.parametrize(
    ("found", "gold", "hit"),
    [
        ([{1, 2, 3}], [{1, 2, 3, 4}], {0}),
        ([{1, 2, 3}], [{3, 4, 5}], set()),
        ([{1, 2}, {1, 2, 3}], [{1, 2, 3}], {1}),
        ([{1, 2}, {1, 2, 3}], [{1, 2, 3}, {1}], {0, 1}),
    ],
)
def test_a_row_of_the_gold_proves_one_find_right(found: list[set[int]], gold: list[set[int]], hit: set[int]) -> None:
    pytest.importorskip("torch")
    from toolkit.model.train.statements import _matched

    assert _matched(found, gold) == hit
