"""The incidence matrix as CSV, for R's ``bipartite`` and ``backbone``, UCINET and spreadsheets."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.export._cells import inert, labels, modes

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_incidence"]


def write_incidence(graph: nx.Graph, path: Path) -> None:
    """Write a two-mode graph as a matrix of 0 and 1, a row a member, a column a network.

    In R: ``web <- as.matrix(read.csv("kgraph.csv", row.names = 1, check.names = FALSE))``; then
    ``bipartite::networklevel(web)`` or ``backbone::sdsm(web)``.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    path : Path
    """
    members, networks = modes(graph)
    names = labels(graph)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["", *(inert(names[node]) for node in networks)])
        for member in members:
            row = ["1" if graph.has_edge(member, node) else "0" for node in networks]
            writer.writerow([inert(names[member]), *row])
