"""Node-link JSON, for D3 and for networkx (``node_link_graph(data, edges="links")``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_nodelink"]


def write_nodelink(graph: nx.Graph, path: Path) -> None:
    """Write a two-mode graph as JSON with ``nodes`` and ``links``; lists stay lists.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    path : Path
    """
    import networkx as nx

    data = nx.node_link_data(graph, edges="links")
    path.write_text(
        json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
