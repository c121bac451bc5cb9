"""The network, read back by networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import exported
import networkx as nx
import pytest

from toolkit.frames import line_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def graph_of(tmp_path: Path, change: Callable[[str], str] = str) -> Any:
    return nx.read_graphml(exported.coverage(change).export(tmp_path / "a.graphml"))


def test_who_speaks_of_whom_and_who_tells_whom(tmp_path: Path) -> None:
    graph = graph_of(tmp_path)
    assert graph.is_directed()
    edges = {(one, other, facts["relation"]): facts for one, other, facts in graph.edges(data=True)}
    assert sorted(edges) == [
        ("(no speaker named)", "Kip", "speaks of"),
        ("(the outlet)", "Kip", "speaks of"),
        ("Ada Berg", "Dock Union", "tells"),
        ("Ada Berg", "Kip", "speaks of"),
    ]
    praise = edges["Ada Berg", "Kip", "speaks of"]
    assert {name: praise[name] for name in ("n", "weight", "n_positive", "n_neutral", "n_negative", "mean_score")} == {
        "n": 1, "weight": 1, "n_positive": 1, "n_neutral": 0, "n_negative": 0, "mean_score": 0.8,
    }  # fmt: skip


def test_nodes_are_what_is_known_of_actors(tmp_path: Path) -> None:
    nodes = graph_of(tmp_path).nodes
    assert nodes["Ada Berg"] == {
        "label": "Ada Berg", "kind": "person", "side": "Norland", "role": "minister",
        "n_mentions": 2, "n_quotations": 1,
    }  # fmt: skip
    assert (nodes["(the outlet)"]["kind"], nodes["(no speaker named)"]["kind"]) == ("outlet", "unnamed")


def test_an_outlet_that_has_a_name_speaks_under_it(tmp_path: Path) -> None:
    coverage = exported.coverage()
    first = coverage.sentiment.assign(holder=None).head(1)
    graph = nx.read_graphml(coverage.with_frames({"sentiment": first}).export(tmp_path / "a.graphml"))
    assert ("Ferry Post", "Kip") in graph.edges


@pytest.mark.parametrize(
    ("words", "expected"),
    [("the union", True), ("union", True), ("resume.\r\n\r\nAda Berg told the union", False), ("the", False)],
)
def test_only_an_audience_that_is_an_actor_is_told(words: str, expected: bool, tmp_path: Path) -> None:  # noqa: FBT001
    coverage = exported.coverage()
    start = exported.FIRST.index(words)
    told = coverage.quotations.assign(audience=words, audience_start=start, audience_end=start + len(words)).head(1)
    graph = nx.read_graphml(coverage.with_frames({"quotations": told}).export(tmp_path / "a.graphml"))
    assert ("Dock Union" in graph["Ada Berg"]) == expected


def test_names_that_are_traps_stay_names(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, exported.hostile)
    assert line_of(exported.hostile("Ada Berg")) in graph
    assert graph.number_of_edges() == 4
