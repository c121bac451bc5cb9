"""Who stands where as a network: GraphML, for Gephi, Cytoscape and R.

A node is an actor or an issue. An edge joins an actor with an issue, ``relation`` being the stance, or two actors:
"congruence" counts the issues on which both are for or both against, "conflict" those on which one is for and the other
against (Leifeld 2017).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from toolkit.display import count_of
from toolkit.files import replacing
from toolkit.frames import line_of
from toolkit.positions.counting import AGAINST, FOR, NOBODY, actor_of, countable, stand_of

if TYPE_CHECKING:
    from pathlib import Path

    from networkx import MultiGraph

    from toolkit.coverage import Coverage
    from toolkit.display import Row

CONGRUENCE, CONFLICT = "congruence", "conflict"


def write_position_network(coverage: Coverage, path: Path) -> list[tuple[Path, str]]:
    """Write the network of positions of a coverage as GraphML."""
    from networkx import write_graphml_xml

    graph = position_network(coverage)
    with replacing(path) as made:
        write_graphml_xml(graph, made, edge_id_from_attribute="id")
    return [(path, f"{count_of(len(graph), 'node')}, {count_of(graph.number_of_edges(), 'edge')}")]


def position_network(coverage: Coverage) -> MultiGraph[Any]:
    """Return actors and issues, and who agrees and conflicts with whom, as a graph of networkx."""
    from networkx import MultiGraph

    graph: MultiGraph[Any] = MultiGraph()
    held: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in countable(coverage.positions):
        if actor_of(row) != NOBODY:
            held[line_of(row["issue"])][line_of(row["actor"])].append(row)
    pairs: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for issue, actors in sorted(held.items()):
        graph.add_node(f"issue: {issue}", label=issue, kind="issue")
        stances = {actor: stand_of(found) for actor, found in sorted(actors.items())}
        for actor, stand in stances.items():
            graph.add_node(actor, label=actor, kind="actor")
            _join(graph, actor, f"issue: {issue}", stand.stance, n=stand.n)
        sides = {actor: stand.stance for actor, stand in stances.items() if stand.stance in {FOR, AGAINST}}
        for one, other in combinations(sides, 2):
            relation = CONGRUENCE if sides[one] == sides[other] else CONFLICT
            pairs[one, other, relation].append(issue)
    for (one, other, relation), issues in sorted(pairs.items()):
        _join(graph, one, other, relation, n=len(issues), issues="; ".join(issues))
    return graph


def _join(graph: MultiGraph[Any], one: str, other: str, relation: str, *, n: int, **facts: str) -> None:
    told = {"id": f"e{graph.number_of_edges()}", "relation": relation, "n": n, "weight": n, **facts}
    graph.add_edge(one, other, relation, **told)
