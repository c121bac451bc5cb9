"""The recipe of the reader of positions: labels from gold, and what torch and the exported graph compute."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from toolkit.model.position_pairs import N_EDGE, N_FLAGS, N_LISTED, N_PAIR, Listed, Scene, listed_features
from toolkit.model.position_reader import SCORES, Settings, decode
from toolkit.model.position_tags import ACTS, BASES, STANCES, TAGS
from toolkit.model.position_wording import N_WORDING
from toolkit.model.train.positions_gold import flat_tags, read_example
from toolkit.model.word_pieces import vectors_of
from toolkit.model.words import MAX_PIECES, cutter, read_words
from toolkit.records import Actor, Mention, Quotation

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

from toolkit.model.train.positions_gold import Example

TEXT = (
    "Norway and Peru have agreed to share the cod. Rosa Quist said Chile must lift the ban if the ports reopen. "
    "Chile refused to discuss it."
)
ACTORS = {"Norway": "country", "Peru": "country", "Rosa Quist": "person", "Chile": "country"}


def span(piece: str, start: int = 0) -> tuple[int, int]:
    at = TEXT.index(piece, start)
    return at, at + len(piece)


def position(actor: str, stance: str, act: str, evidence: str, prop: str, **given: Any) -> dict[str, Any]:
    row = {"actor": actor, "stance": stance, "act": act, "basis": "stated", "condition": None, **given}
    return row | {"evidence": list(span(evidence)), "prop": list(span(prop))}


LABELS: dict[str, Any] = {
    "id": "a",
    "actors": [{"name": name, "forms": [name]} for name in ACTORS],
    "positions": [
        position("Norway", "for", "agreed", "have agreed to share the cod", "share the cod"),
        position("Peru", "for", "agreed", "have agreed to share the cod", "share the cod"),
        position(
            "Rosa Quist",
            "for",
            "demands",
            "Chile must lift the ban",
            "lift the ban",
            condition=list(span("if the ports reopen")),
        ),
        position("Chile", "against", "rejects", "refused to discuss it", "discuss it"),
    ],
}


@pytest.fixture(scope="module")
def scene(nlp: Language) -> Scene:
    doc = nlp(TEXT)
    mentions = [
        Mention("a", start, start + len(name), name, name, "name")
        for start in range(len(TEXT))
        for name in ACTORS
        if TEXT.startswith(name, start)
    ]
    said = span("Chile must lift the ban if the ports reopen")
    quotation = Quotation(
        "q", "a", (said,), TEXT[slice(*said)], "indirect", "said", span("said"), source_span=span("Rosa Quist"),
        speaker="Rosa Quist",
    )  # fmt: skip
    sentences = [(sent.start_char, sent.end_char) for sent in doc.sents]
    listed = Listed(*span("refused to discuss it"), "against", "rejects", (span("Chile", 90),))
    return Scene(doc, read_words(doc, cutter()), sentences, mentions, ACTORS, [quotation], [listed])


@pytest.fixture(scope="module")
def example(scene: Scene) -> Example:
    return read_example(scene, LABELS, [Actor(name, kind) for name, kind in ACTORS.items()])  # type: ignore[arg-type]


def test_several_who_hold_one_stand_are_one_stand(scene: Scene, example: Example) -> None:
    assert [TEXT[slice(*scene.span(stand))] for stand in example.stands] == [
        "have agreed to share the cod",
        "Chile must lift the ban",
        "refused to discuss it",
    ]
    told = {
        (stand, scene.mentions[mention].actor)
        for (stand, mention), number in zip(example.pairs.tolist(), example.actors, strict=True)
        if example.held[number]
    }
    assert told == {(0, "Norway"), (0, "Peru"), (1, "Rosa Quist"), (2, "Chile")}
    assert [ACTS[act] for act in example.acts] == ["agreed", "demands", "rejects"]
    assert [STANCES[stance] for stance in example.stances] == ["for", "for", "against"]


def test_edges_are_words_of_the_stands_sentence(scene: Scene, example: Example) -> None:
    def words(stand: int, first: int) -> str:
        start, last = (example.scopes[stand][0] + at for at in example.edges[stand, first : first + 2])
        return TEXT[scene.words.spans[start][0] : scene.words.spans[last][1]]

    assert words(0, 0) == "share the cod"
    assert words(1, 0) == "lift the ban"
    assert example.beside.shape == (sum(last - first for first, last in example.scopes), N_EDGE)


def test_overlapping_stands_go_to_the_shorter(scene: Scene) -> None:
    outer, inner = (scene.spot("stand", span(piece)) for piece in ("have agreed to share the cod", "share the cod"))
    shown = [TAGS[tag] for tag in flat_tags(scene.words, [outer, inner])]
    assert shown[3:9] == ["B-stand", "I-stand", "I-stand", "B-stand", "I-stand", "I-stand"]


def test_features_say_one_thing_of_each_kind(example: Example) -> None:
    assert example.features.shape == (len(example.pairs), N_PAIR)
    assert (example.features[:, :-N_FLAGS].sum(1) == 7).all()
    assert ((example.features >= 0) & (example.features <= 1)).all()


def test_what_word_lists_tell_is_a_sign(scene: Scene, example: Example) -> None:
    listed = listed_features(scene, example.stands)
    assert listed.shape == (3, N_LISTED)
    assert listed[:, -1].tolist() == [0, 0, 1]
    assert listed[2, ACTS.index("rejects")] == 1
    marked = {scene.words.texts[word] for word in np.flatnonzero(example.marks)}
    assert marked == {"refused", "to", "discuss", "it"}


# What needs torch.


def untaught() -> Any:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.branch import Branch
    from toolkit.model.train.positions_net import PositionHead

    torch.manual_seed(1)
    model = Branch(PositionHead(), layers=3, inner=8)
    model.words.weight.data = torch.tensor(vectors_of(np.arange(len(model.words.weight))))
    return model


def test_what_is_learned_lessens_the_loss(example: Example) -> None:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.positions_net import loss_of, prepare

    model, chance = untaught(), random.Random(1)  # noqa: S311 - no secret
    fixed = {name: value.clone() for name, value in model.state_dict().items() if name.startswith("layers.0.")}
    prepared = prepare(model, example)
    learner = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], 3e-3)
    losses = []
    for _ in range(12):
        found = loss_of(model.train(), prepared, chance)
        whole = torch.stack(list(found.values())).sum()
        whole.backward()
        learner.step()
        learner.zero_grad()
        losses.append(whole.item())
    assert set(found) == {"tags", "edges", "holder"}
    assert losses[-1] < 0.8 * losses[0]
    assert all(torch.equal(value, model.state_dict()[name]) for name, value in fixed.items())


def test_the_exported_reader_tells_what_torch_computes(tmp_path: Path, example: Example) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from onnxruntime import InferenceSession

    from toolkit.model._onnx import load_session
    from toolkit.model.position_reader import NETWORKS
    from toolkit.model.train.branch import scores_of
    from toolkit.model.train.branch_fitting import networks_of
    from toolkit.model.train.graph import build_trunk
    from toolkit.model.train.positions import export
    from toolkit.model.trunk_reader import states_of

    model = untaught().eval()
    settings = export(model, [example], [example], tmp_path)
    assert set(settings) == {"transitions", "sha256", "opening", "scale"}
    shared = build_trunk({name: value.numpy() for name, value in model.state_dict().items()}, {}, MAX_PIECES)
    states = states_of(InferenceSession(shared.SerializeToString()), example.words)
    made = states.scores(load_session(tmp_path / "model.onnx", settings["sha256"]), SCORES)
    assert np.corrcoef(made.ravel(), scores_of(model, example.words).ravel())[0, 1] > 0.98
    with np.load(tmp_path / NETWORKS) as stored:
        assert all(np.allclose(stored[name], value, atol=1e-2) for name, value in networks_of(model).items())
        assert stored["kind.0.weight"].shape[1] == N_WORDING


def test_what_is_read_has_probabilities(scene: Scene, example: Example) -> None:
    model = untaught().eval()
    from toolkit.model.train.branch import scores_of
    from toolkit.model.train.branch_fitting import networks_of
    from toolkit.model.train.positions_wording import fit_wording

    scores = scores_of(model, scene.words)
    scores[2, TAGS.index("B-stand")] += 50
    scores[3:9, TAGS.index("I-stand")] += 50
    networks = networks_of(model) | fit_wording([example])
    settings = Settings(model.head.transitions.detach().numpy(), 0.0, (0.0, 1.0), networks)
    found = decode(scene, scores, settings)
    assert found
    for stand in found:
        assert (
            sum(stand.stances) == pytest.approx(1) == pytest.approx(sum(stand.acts)) == pytest.approx(sum(stand.bases))
        )
        assert [len(each) for each in (stand.stances, stand.acts, stand.bases)] == list(
            map(len, (STANCES, ACTS, BASES))
        )
        assert 0 < stand.probability < 1
        shares = [holder.probability for holder in stand.holders]
        assert shares == sorted(shares, reverse=True)
        assert len({scene.mentions[holder.mention].actor for holder in stand.holders}) == len(shares)
        assert all(0 <= start < end <= len(TEXT) for start, end in (stand.prop, (stand.start, stand.end)))
