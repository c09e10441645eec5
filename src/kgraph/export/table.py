"""The edge list as CSV: a row a member in a network."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.export._cells import inert, text

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_csv"]

_COLUMNS = ("member", "member_name", "network", "network_name", "roles", "start", "end",
            "certainty", "sources")  # fmt: skip


def write_csv(graph: nx.Graph, path: Path) -> None:
    """Write a two-mode graph as CSV.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    path : Path
    """
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for first, second, data in graph.edges(data=True):
            ends = sorted((first, second), key=lambda n: graph.nodes[n]["bipartite"])
            cells = [cell for node in ends for cell in (node, graph.nodes[node]["name"])]
            cells += [text(data.get(column)) for column in _COLUMNS[4:]]
            writer.writerow([inert(cell) for cell in cells])
