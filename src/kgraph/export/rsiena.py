"""Waves of a two-mode network for RSiena in R: one matrix a day, members and networks the same."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.analysis.twomode import member_node
from kgraph.errors import QueryParameterError
from kgraph.export._cells import inert, labels, modes

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["write_rsiena"]

_SCRIPT = """\
# Two-mode waves for RSiena: source("load.R") in this folder gives the object `siena`.
# Look at the persistence first (kgraph analyse turnover): below about .3 the model is not for it.
library(RSiena)
days <- c({days})
waves <- lapply(days, function(day) {{
  as.matrix(read.csv(paste0("wave-", day, ".csv"), row.names = 1, check.names = FALSE))
}})
members <- sienaNodeSet(nrow(waves[[1]]), nodeSetName = "members")
networks <- sienaNodeSet(ncol(waves[[1]]), nodeSetName = "networks")
membership <- sienaDependent(
  array(unlist(waves), dim = c(dim(waves[[1]]), length(waves))),
  type = "bipartite", nodeSet = c("members", "networks")
)
siena <- sienaDataCreate(membership, nodeSets = list(members, networks))
"""


def write_rsiena(graphs: Mapping[date, nx.Graph], folder: Path) -> None:
    """Write ``wave-<day>.csv`` for each day and ``load.R`` into a folder.

    A member or network of any wave stands in all of them. That nobody is known to be in a network
    on a day is a 0, not a missing value: where rosters are partial, say so in the paper.

    Parameters
    ----------
    graphs : mapping date → networkx.Graph
        At least two waves, each as :meth:`kgraph.Release.to_networkx` gives it for the day.
    folder : Path
        Made if it is not there.

    Raises
    ------
    QueryParameterError
        If there are fewer than two waves.
    """
    import networkx as nx

    if len(graphs) < 2:
        raise QueryParameterError(f"there are {len(graphs)} waves; give at least two days")
    folder.mkdir(parents=True, exist_ok=True)
    graphs = _aligned(graphs)
    whole = nx.Graph()
    for graph in graphs.values():
        whole.add_nodes_from(graph.nodes(data=True))
    members, networks = (sorted(side) for side in modes(whole))
    names = labels(whole)
    for day in sorted(graphs):
        with (folder / f"wave-{day}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(["", *(inert(names[node]) for node in networks)])
            for member in members:
                row = ["1" if graphs[day].has_edge(member, node) else "0" for node in networks]
                writer.writerow([inert(names[member]), *row])
    days = ", ".join(f'"{day}"' for day in sorted(graphs))
    (folder / "load.R").write_text(_SCRIPT.format(days=days), encoding="utf-8", newline="\n")


def _aligned(graphs: Mapping[date, nx.Graph]) -> dict[date, nx.Graph]:
    """The same node for the same member on every day.

    A network that is a member of another one has a mark behind its IRI only in views in which it
    stands in both modes.
    """
    import networkx as nx

    both = {
        data["iri"]
        for graph in graphs.values()
        for _, data in graph.nodes(data=True)
        if data["bipartite"] == 1
    }
    return {
        day: nx.relabel_nodes(
            graph,
            {
                node: member_node(data["iri"], both)
                for node, data in graph.nodes(data=True)
                if data["bipartite"] == 0
            },
        )
        for day, graph in graphs.items()
    }
