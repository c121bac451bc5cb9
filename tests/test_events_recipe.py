"""The recipe of the reader of events: labels from gold, and what torch and the exported graph compute."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy

from toolkit.errors import InputError
from toolkit.model.event_pairs import N_PAIR, N_SAME, couple_features, couples, pair_features
from toolkit.model.event_reader import Candidate, Settings, decode
from toolkit.model.event_tags import ROLES, STATUSES, TAGS, TYPES
from toolkit.model.train.events_gold import Found, plain, read_example, read_labels, same_days
from toolkit.model.word_pieces import vectors_of
from toolkit.model.words import MAX_PIECES, cutter, read_words
from toolkit.records import Actor, Mention, TimeExpression
from toolkit.rounds._candidates import candidates_of

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.model.train.events_gold import Example

TEXT = "The dockers met Baltic Lines in Gdansk on Tuesday. Both agreed to a truce. Rosa Quist chaired it."
SENTENCES = [(0, 50), (51, 74), (75, 97)]


def span(piece: str) -> list[int]:
    return [TEXT.index(piece), TEXT.index(piece) + len(piece)]


def event(kind: str, pieces: list[str], **given: Any) -> dict[str, Any]:
    rows = [{"sentence": [0, 50], "span": span(piece)} for piece in pieces]
    return {"type": kind, "status": "held", "date": None, "place": None, "parties": [], "third": [], "people": [],
            "evidence": rows, **given}  # fmt: skip


LABELS = {
    "id": "a",
    "actors": [
        {"name": "dockers", "forms": ["The dockers"], "side": "dockers"},
        {"name": "Baltic Lines", "forms": ["the company"], "side": "Baltic Lines"},
        {"name": "Rosa Quist", "forms": ["Quist"], "side": None},
    ],
    "events": [
        event(
            "encounter",
            ["met Baltic Lines in Gdansk", "chaired it"],
            parties=["dockers", "Baltic Lines"],
            third=["Rosa Quist"],
            place="Gdansk",
            date="2024-05-14",
        ),
        event("agreement", ["agreed to a truce"], status="reached", parties=["dockers"]),
    ],
}


def found() -> Found:
    people = {"The dockers": "group", "Baltic Lines": "organisation", "Rosa Quist": "person"}
    mentions = [Mention("a", *span(text), text, text.removeprefix("The "), "name") for text in people]
    actors = [Actor(text.removeprefix("The "), kind) for text, kind in people.items()]
    day = dt.date(2024, 5, 14)
    times = [TimeExpression("a", *span("Tuesday"), "Tuesday", "DATE", "2024-05-14", first=day, last=day)]
    places = [((TEXT.index("Gdansk"), TEXT.index("Gdansk") + 6), "Gdansk")]
    return Found(SENTENCES, mentions, actors, times, candidates_of(mentions, actors, times, places))


def example() -> Example:
    return read_example(read_words(spacy.blank("en").make_doc(TEXT), cutter()), LABELS, found())


def test_phrases_are_tagged_and_overlaps_go_to_the_shorter() -> None:
    shown = [TAGS[tag] for tag in example().tags if tag]
    met, agreed = ["B-encounter", *["I-encounter"] * 4], ["B-agreement", *["I-agreement"] * 3]
    assert shown == [*met, *agreed, "B-encounter", "I-encounter"]
    inner = {**LABELS, "events": [event("vote", ["met Baltic Lines in Gdansk"]), event("action", ["Baltic Lines"])]}
    read = read_example(example().words, inner, found())
    assert [TAGS[tag] for tag in read.tags if tag] == ["B-vote", "B-action", "I-action", "B-vote", "I-vote"]


def test_spans_have_the_roles_of_the_labelled_event() -> None:
    read, candidates = example(), found().candidates
    told = {
        (read.phrases[i].kind, candidates[j].text, ROLES[role])
        for (i, j), row in zip(read.pairs.tolist(), read.roles, strict=True)
        for role in np.flatnonzero(row == 1)
    }
    assert told == {
        ("encounter", "The dockers", "side"),
        ("encounter", "Baltic Lines", "side"),
        ("encounter", "Rosa Quist", "third"),
        ("encounter", "Tuesday", "date"),
        ("encounter", "Gdansk", "place"),
        ("agreement", "The dockers", "side"),
    }
    assert [STATUSES[status] for status in read.statuses] == ["held", "reached", "held"]
    assert read.events == (0, 1, 0)


@pytest.mark.parametrize(
    ("first", "last", "date", "expected"),
    [
        ("2024-05-14", "2024-05-14", "2024-05-14", True),
        ("2024-05-13", "2024-05-13", "2024-05-14", True),
        ("2024-05-12", "2024-05-12", "2024-05-14", False),
        ("2024-05-01", "2024-05-31", "2024-05", True),
        ("2024-05-14", "2024-05-14", "2024-05", True),
        ("2024-01-01", "2024-12-31", "2024-05", False),
        ("2024-05-16", "2024-05-16", "2024-05-14/2024-05-16", True),
        ("2024-05-14", "2024-05-14", None, False),
        ("2024-12-01", "2024-12-31", "2024", True),
    ],
)
def test_times_give_a_labelled_date(first: str, last: str, date: str | None, *, expected: bool) -> None:
    days = [dt.date.fromisoformat(day) for day in (first, last)]
    assert same_days(TimeExpression("a", 0, 3, "May", "DATE", "x", first=days[0], last=days[1]), date) is expected


@pytest.mark.parametrize(("form", "expected"), [("The Guild’s", "guild"), ("a U.S. envoy", "us envoy"), (" AN ", "an")])
def test_forms_are_compared_plainly(form: str, expected: str) -> None:
    assert plain(form) == expected


def test_missing_labels_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no labels in train/; give the folder that holds texts/ and train/"):
        next(read_labels(tmp_path, "train"))


def test_labels_are_read_with_their_text(tmp_path: Path) -> None:
    for part in ("texts", "dev"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "a.json").write_text(json.dumps({"id": "a", "part": part}))
    assert [[one["part"] for one in pair] for pair in read_labels(tmp_path, "dev")] == [["texts", "dev"]]


def test_features_say_one_thing_of_each_kind() -> None:
    read = example()
    pairs = pair_features(read.phrases, read.spans, read.pairs)
    assert pairs.shape == (len(read.pairs), N_PAIR)
    assert (pairs[:, :-3].sum(1) == 5).all()
    doubles = couples(read.phrases)
    assert doubles.tolist() == [[0, 2]]
    assert couple_features(read.phrases, read.words.texts, doubles).shape == (1, N_SAME)


# What needs torch.


def untaught() -> Any:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.branch import Branch
    from toolkit.model.train.events_net import EventHead

    torch.manual_seed(1)
    model = Branch(EventHead(), layers=3, inner=8)
    model.words.weight.data = torch.tensor(vectors_of(np.arange(len(model.words.weight))))
    return model


def test_what_is_learned_lessens_the_loss() -> None:
    torch = pytest.importorskip("torch")
    from toolkit.model.train.events_net import loss_of, prepare

    model, chance = untaught(), random.Random(1)  # noqa: S311 - no secret
    fixed = {name: value.clone() for name, value in model.state_dict().items() if name.startswith("layers.0.")}
    prepared = prepare(model, example())
    learner = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], 3e-3)
    losses = []
    for _ in range(12):
        found = loss_of(model.train(), prepared, chance)
        whole = torch.stack(list(found.values())).sum()
        whole.backward()
        learner.step()
        learner.zero_grad()
        losses.append(whole.item())
    assert set(found) == {"tags", "status", "role", "same"}
    assert losses[-1] < 0.8 * losses[0]
    assert all(torch.equal(value, model.state_dict()[name]) for name, value in fixed.items())


def test_the_exported_reader_tells_what_torch_computes(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from onnxruntime import InferenceSession

    from toolkit.model._onnx import load_session
    from toolkit.model.event_reader import NETWORKS, SCORES
    from toolkit.model.train.branch import scores_of
    from toolkit.model.train.branch_fitting import networks_of
    from toolkit.model.train.events import export
    from toolkit.model.train.graph import build_trunk
    from toolkit.model.trunk_reader import states_of

    model, read = untaught().eval(), example()
    settings = export(model, [read], tmp_path)
    shared = build_trunk({name: value.numpy() for name, value in model.state_dict().items()}, {}, MAX_PIECES)
    states = states_of(InferenceSession(shared.SerializeToString()), read.words)
    made = states.scores(load_session(tmp_path / "model.onnx", settings["sha256"]), SCORES)
    assert made.shape == (len(read.words), SCORES)
    assert np.corrcoef(made.ravel(), scores_of(model, read.words).ravel())[0, 1] > 0.98
    with np.load(tmp_path / NETWORKS) as stored:
        assert all(np.allclose(stored[name], value, atol=1e-2) for name, value in networks_of(model).items())


def test_what_is_read_has_probabilities() -> None:
    model = untaught().eval()
    from toolkit.model.train.branch import scores_of
    from toolkit.model.train.branch_fitting import networks_of

    settings = Settings(model.head.transitions.detach().numpy(), networks_of(model))
    words, candidates = example().words, found().candidates
    scores = scores_of(model, words)
    scores[3:5, TAGS.index("B-vote")] += 50
    told = decode(words, scores, settings, candidates, SENTENCES)
    assert told.phrases
    for phrase in told.phrases:
        assert phrase.type in TYPES
        assert sum(phrase.statuses) == pytest.approx(1, abs=1e-3)
        assert all(0 <= share <= 1 for share in (phrase.probability, *phrase.roles.values()))
        assert all(isinstance(candidates[number], Candidate) and role in ROLES for number, role in phrase.roles)
