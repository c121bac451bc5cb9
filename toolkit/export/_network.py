"""Who speaks of whom, and who tells whom, as a network: GraphML, for Gephi, Cytoscape and R.

A node is an actor, an outlet, or whoever speaks without a name. An edge joins a holder with a target, ``relation``
being "speaks of", or a speaker with an actor who is told, "tells"; ``n`` counts rows, and is the weight.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, Any

from toolkit.display import NO_SPEAKER, OUTLET, count_of, one_line, rows
from toolkit.export._placing import articles_of, named
from toolkit.files import replacing
from toolkit.frames import line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from networkx import MultiDiGraph

    from toolkit.coverage import Coverage
    from toolkit.display import Row

SPEAKS_OF, TELLS = "speaks of", "tells"

_ARTICLES = frozenset(["", "the", "a", "an", "his", "her", "their", "its"])
"""What may stand before a name without making it another's."""


def write_network(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write the network of a coverage as GraphML."""
    from networkx import write_graphml_xml

    graph = network(coverage)
    with replacing(path) as made:
        write_graphml_xml(graph, made, edge_id_from_attribute="id")
    return [(path, f"{count_of(len(graph), 'node')}, {count_of(graph.number_of_edges(), 'edge')}")]


def network(coverage: Coverage) -> MultiDiGraph[Any]:
    """Return who speaks of whom, and who tells whom, as a graph of networkx."""
    from networkx import MultiDiGraph

    graph: MultiDiGraph[Any] = MultiDiGraph()
    articles, actors = articles_of(coverage), {row["actor"]: row for row in rows(coverage.actors)}
    for name, row in actors.items():
        graph.add_node(line_of(name), **_facts(row))
    judged: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(coverage.sentiment):
        judged[_holder(row, articles), line_of(row["target"])].append(row)
    told: dict[tuple[str, str], int] = defaultdict(int)
    for pair in _told(coverage):
        told[pair] += 1
    for (one, other), found in judged.items():
        graph.add_edge(one, other, SPEAKS_OF, **_edge(graph, SPEAKS_OF, len(found)), **_tone(found))
    for (one, other), n in told.items():
        graph.add_edge(one, other, TELLS, **_edge(graph, TELLS, n))
    for name, facts in graph.nodes(data=True):
        facts.setdefault("label", name)
        facts.setdefault("kind", "unnamed" if name == NO_SPEAKER else "outlet")
    return graph


def _facts(row: Row) -> dict[str, Any]:
    known = {"label": row["actor"], "kind": row["kind"], "side": row["side"], "role": row["role"]}
    counts = {name: row[name] for name in ("n_mentions", "n_quotations")}
    return {name: line_of(value) for name, value in known.items() if value is not None} | counts


def _holder(row: Row, articles: Mapping[str, Row]) -> str:
    """Return who judges: an actor, the outlet of the article, or a phrase for a speaker without a name."""
    if row["holder"] is None and not row["quotation_id"]:
        return line_of(articles.get(row["article_id"], {}).get("outlet")) or OUTLET
    return line_of(row["holder"]) or NO_SPEAKER


def _edge(graph: MultiDiGraph[Any], relation: str, n: int) -> dict[str, Any]:
    return {"id": f"e{graph.number_of_edges()}", "relation": relation, "n": n, "weight": n}


def _tone(found: list[Row]) -> dict[str, Any]:
    counts = {-1: "n_negative", 0: "n_neutral", 1: "n_positive"}
    tone: dict[str, Any] = {name: sum(row["polarity"] == sign for row in found) for sign, name in counts.items()}
    if scores := [row["score"] for row in found if row["score"] is not None]:
        tone["mean_score"] = round(fmean(scores), 4)
    return tone


def _told(coverage: Coverage) -> Iterator[tuple[str, str]]:
    """Yield speaker and actor told of each statement whose audience is, as written, the mention of an actor."""
    at: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows(coverage.mentions):
        at[row["article_id"], int(row["end"])].append(row)
    for row in rows(coverage.quotations):
        if row["audience_end"] is None:
            continue
        for mention in at[row["article_id"], int(row["audience_end"])]:
            before = int(mention["start"]) - int(row["audience_start"])
            if before >= 0 and one_line(row["audience"][:before]).casefold() in _ARTICLES:
                yield from ((line_of(one), line_of(mention["actor"])) for one in named(row["speaker"]))
                break
