"""Two tables and a script that make a two-mode ``network`` object for statnet's ergm in R."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.export._cells import inert, labels, modes, text

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_statnet"]

_ATTRIBUTES = ("iri", "kind", "country", "state", "key", "slug", "themes")

_SCRIPT = """\
# Two-mode network for statnet: source("load.R") in this folder gives the object `net`.
# Members are the first mode. Try: ergm(net ~ edges + gwb1degree(0.5, fixed = TRUE))
library(network)
vertices <- read.csv("vertices.csv", stringsAsFactors = FALSE, encoding = "UTF-8")
edges <- as.matrix(read.csv("edges.csv")[, c("member", "network")])
net <- network.initialize(nrow(vertices), directed = FALSE, bipartite = sum(vertices$mode == 1))
add.edges(net, tail = edges[, 1], head = edges[, 2])
for (name in setdiff(names(vertices), "id")) {
  attribute <- if (name == "name") "vertex.names" else name
  set.vertex.attribute(net, attribute, vertices[[name]])
}
"""


def write_statnet(graph: nx.Graph, folder: Path) -> None:
    """Write ``vertices.csv``, ``edges.csv`` and ``load.R`` into a folder.

    Vertices are numbered from 1, members first, as ``network`` wants a bipartite graph.

    Parameters
    ----------
    graph : networkx.Graph
        As :meth:`kgraph.Release.to_networkx` gives it.
    folder : Path
        Made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    members, networks = modes(graph)
    names = labels(graph)
    number = {node: i for i, node in enumerate([*members, *networks], start=1)}
    with (folder / "vertices.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["id", "mode", "name", *_ATTRIBUTES])
        for node, i in number.items():
            data = graph.nodes[node]
            cells = [names[node], *(text(data.get(key)) for key in _ATTRIBUTES)]
            writer.writerow([i, 1 + data["bipartite"], *map(inert, cells)])
    with (folder / "edges.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["member", "network", "roles", "start", "end", "certainty"])
        for a, b, data in sorted(
            (*sorted((number[a], number[b])), data) for a, b, data in graph.edges(data=True)
        ):
            cells = [text(data.get(key)) for key in ("roles", "start", "end", "certainty")]
            writer.writerow([a, b, *map(inert, cells)])
    (folder / "load.R").write_text(_SCRIPT, encoding="utf-8", newline="\n")
