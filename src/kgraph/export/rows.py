"""The same graph as rows of two tables: the twin of the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kgraph.export.wording import name_of, word

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["edge_rows", "node_rows"]


def node_rows(graph: nx.Graph, words: Mapping[str, str]) -> list[dict[str, object]]:
    """Networks first, then members, the most tied first."""
    ordered = sorted(
        graph.nodes(data=True),
        key=lambda entry: (
            entry[1].get("bipartite") != 1,
            -graph.degree(entry[0]),
            name_of(*entry),
        ),
    )
    return [
        {"name": name_of(node, data), "kind": word(str(data.get("kind", "")), words),
         "key": str(data.get("key") or data.get("slug") or ""),
         "state": str(data.get("state") or ""),
         "ties": graph.degree(node)}
        for node, data in ordered
    ]  # fmt: skip


def edge_rows(graph: nx.Graph, words: Mapping[str, str]) -> list[dict[str, str]]:
    """A row a member in a network, by network and member."""
    rows = []
    for one, two, data in graph.edges(data=True):
        member, network = (two, one) if graph.nodes[one].get("bipartite") == 1 else (one, two)
        rows.append({
            "member": name_of(member, graph.nodes[member]),
            "network": name_of(network, graph.nodes[network]),
            "roles": ", ".join(word(role, words) for role in data["roles"]),
            "start": data["start"], "end": data["end"],
            "certainty": word(data["certainty"], words), "sources": "; ".join(data["sources"]),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["network"], row["member"]))
