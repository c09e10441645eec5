"""GEXF for Gephi."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.export._cells import plain_graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_gexf"]


def write_gexf(graph: nx.Graph, path: Path) -> None:
    """Write a two-mode graph as GEXF 1.2.

    The dates of memberships are attributes ``from`` and ``until``: GEXF keeps ``start`` and ``end``
    for its own intervals, which know no "unknown".

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    path : Path
    """
    import networkx as nx

    copy = plain_graph(graph)
    for _, data in copy.nodes(data=True):
        data["label"] = data["name"]
    for _, _, data in copy.edges(data=True):
        data["from"], data["until"] = data.pop("start", ""), data.pop("end", "")
    # The writer stamps the day; the same graph has to give the same bytes.
    lines = "\n".join(nx.generate_gexf(copy, version="1.2draft")).splitlines()
    kept = [line for line in lines if "<meta" not in line and "</meta>" not in line
            and "<creator>" not in line]  # fmt: skip
    path.write_text("\n".join(kept) + "\n", encoding="utf-8", newline="\n")
