"""Positions in other programs' files: statements that agree or not, events, and who stands with whom."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from covered import coverage_of

import toolkit as tk
from toolkit.articles import Article
from toolkit.errors import ToolkitWarning
from toolkit.records import Actor, Position

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.coverage import Coverage

ARTICLE = Article("Peru wants a ban on nets. Chile does not.", title="Nets", published=dt.date(2031, 5, 1))


def told(actor: str, stance: str, issue: str | None = "ban on nets", **more: Any) -> Position:
    act = {"for": "demands", "against": "rejects", "open": "considers"}[stance]
    given = {"act": act, "text": "wants a ban on nets", "proposition": "a ban on nets"} | more
    return Position("p", ARTICLE.article_id, 5, 24, stance=stance, actor=actor, issue=issue, **given)  # type: ignore[arg-type]


@pytest.fixture
def coverage() -> Coverage:
    positions = [
        told("Peru", "for", doer="Chile", condition="if <all> agree"),
        told("Chile", "against"),
        told("Lena Moor", "for", act="proposes", doer="Chile"),
        told("Bolivia", "open"),
        told("Bolivia", "for", "water", act="seeks"),
        told("Chile", "for", "water", act="agreed"),
        told("Peru", "for", None),
    ]
    actors = [Actor("Lena Moor", "person", side="Peru"), *(Actor(name, "country") for name in ("Peru", "Chile"))]
    return coverage_of(articles=[ARTICLE], actors=actors, positions=positions)


STATEMENTS = """
    SELECT s.ID, v.Variable, coalesce(e.Value, b.Value, l.Value) FROM STATEMENTS s
    JOIN STATEMENTTYPES t ON t.ID = s.StatementTypeId AND t.Label = 'position'
    JOIN VARIABLES v ON v.StatementTypeId = t.ID
    LEFT JOIN DATASHORTTEXT d ON d.StatementId = s.ID AND d.VariableId = v.ID LEFT JOIN ENTITIES e ON e.ID = d.Entity
    LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID AND b.VariableId = v.ID
    LEFT JOIN DATALONGTEXT l ON l.StatementId = s.ID AND l.VariableId = v.ID
"""


def test_a_statement_agrees_with_its_issue_or_not_and_open_ones_are_told(coverage: Coverage, tmp_path: Path) -> None:
    with pytest.warns(ToolkitWarning, match="2 positions left out that are open or on no issue"):
        path = coverage.export(tmp_path / "a.dna")
    found: dict[int, dict[str, Any]] = {}
    with closing(sqlite3.connect(path)) as base:
        for number, name, value in base.execute(STATEMENTS):
            found.setdefault(number, {})[name] = value
    assert [(one["person"], one["organization"], one["agreement"]) for one in found.values()] == [
        ("", "Peru", 1),
        ("", "Chile", 0),
        ("Lena Moor", "Peru", 1),
        ("", "Bolivia", 1),
        ("", "Chile", 1),
    ]
    first = next(iter(found.values()))
    assert (first["concept"], first["event"], first["condition"]) == ("ban on nets", "REQUEST", "if <all> agree")


def test_positions_are_events_where_plover_has_a_root(coverage: Coverage, tmp_path: Path) -> None:
    path = coverage.export(tmp_path / "a.plover.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        told = [(row["source"], row["target"], row["event_type"]) for row in csv.DictReader(lines)]
    assert told == [
        ("Peru", "Chile", "REQUEST"),
        ("Chile", "", "REJECT"),
        ("Lena Moor", "Chile", "REQUEST"),
        ("Chile", "", "AGREE"),
        ("Peru", "", "REQUEST"),
    ]


def test_who_agrees_and_who_conflicts_with_whom(coverage: Coverage, tmp_path: Path) -> None:
    graph = nx.read_graphml(coverage.export(tmp_path / "a.positions.graphml"))
    edges = {(*sorted((one, other)), facts["relation"]): facts["n"] for one, other, facts in graph.edges(data=True)}
    assert edges == {
        ("Peru", "issue: ban on nets", "for"): 1,
        ("Chile", "issue: ban on nets", "against"): 1,
        ("Lena Moor", "issue: ban on nets", "for"): 1,
        ("Bolivia", "issue: ban on nets", "open"): 1,
        ("Bolivia", "issue: water", "for"): 1,
        ("Chile", "issue: water", "for"): 1,
        ("Lena Moor", "Peru", "congruence"): 1,
        ("Chile", "Peru", "conflict"): 1,
        ("Chile", "Lena Moor", "conflict"): 1,
        ("Bolivia", "Chile", "congruence"): 1,
    }
    assert {facts["kind"] for _, facts in graph.nodes(data=True)} == {"actor", "issue"}


def test_a_coverage_without_positions_makes_empty_files(tmp_path: Path) -> None:
    bare = coverage_of(articles=[ARTICLE])
    assert len(nx.read_graphml(bare.export(tmp_path / "a.positions.graphml"))) == 0
    assert bare.export(tmp_path / "a.plover.csv").read_text(encoding="utf-8-sig").startswith("date,source,target")


def test_every_table_has_the_positions(coverage: Coverage, tmp_path: Path) -> None:
    coverage.export(tmp_path / "tables")
    assert tk.open(coverage.save(tmp_path / "kept")).positions.equals(coverage.positions)
    assert (tmp_path / "tables" / "positions.csv").is_file()
