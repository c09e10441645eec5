"""GraphML for Gephi, yEd, igraph and R: attributes as text where they are lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_graphml"]


def write_graphml(graph: nx.Graph, path: Path) -> None:
    """Write a two-mode graph as GraphML.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    path : Path
    """
    import networkx as nx

    plain = nx.Graph()
    plain.add_nodes_from((node, _plain(data)) for node, data in graph.nodes(data=True))
    plain.add_edges_from((a, b, _plain(data)) for a, b, data in graph.edges(data=True))
    nx.write_graphml(plain, path, encoding="utf-8")


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {
        key: "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
        for key, value in data.items()
        if value is not None
    }
