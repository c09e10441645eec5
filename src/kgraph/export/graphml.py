"""GraphML for Gephi, yEd, igraph and R: attributes as text where they are lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.export._cells import plain_graph

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

    nx.write_graphml(plain_graph(graph), path, encoding="utf-8")
