"""A networkx backend: networkx's own functions, called on a graph, run on our arrays.

Installed with kgraph (entry points ``networkx.backends`` and ``networkx.backend_info``), it is used
where it is asked for: ``nx.bipartite.closeness_centrality(graph, nodes, backend="kgraph")``, or in
every call after ``nx.config.backend_priority.algos = ["kgraph"]`` (a projection makes a graph and
obeys ``nx.config.backend_priority.generators``). Results are those of networkx.

It takes undirected simple graphs without loops, two-mode or not. What it cannot do (weights as
lengths, samples, directed graphs) it leaves to networkx.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from inspect import signature
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis._nxclustering import (
    bipartite_average_clustering,
    density,
    is_bipartite,
    latapy_clustering,
    node_redundancy,
    robins_alexander_clustering,
)
from kgraph.analysis._nxgraph import Graph
from kgraph.analysis._nxprojection import (
    collaboration_weighted_projected_graph,
    overlap_weighted_projected_graph,
    projected_graph,
    weighted_projected_graph,
)
from kgraph.analysis.betweenness import class_betweenness, greatest_betweenness

__all__ = [
    "Graph",
    "betweenness_centrality",
    "bipartite_average_clustering",
    "bipartite_betweenness_centrality",
    "bipartite_closeness_centrality",
    "bipartite_degree_centrality",
    "can_run",
    "closeness_centrality",
    "collaboration_weighted_projected_graph",
    "convert_from_nx",
    "convert_to_nx",
    "degree_centrality",
    "density",
    "eigenvector_centrality",
    "get_info",
    "harmonic_centrality",
    "is_bipartite",
    "latapy_clustering",
    "node_redundancy",
    "overlap_weighted_projected_graph",
    "projected_graph",
    "robins_alexander_clustering",
    "weighted_projected_graph",
]

Floats = npt.NDArray[np.float64]
Scores = dict[Any, float]

#: Arguments with which networkx itself has to run, unless they have the value here.
_ONLY = {
    "weight": None, "distance": None, "k": None, "sources": None, "endpoints": False,
    "multigraph": False,
}  # fmt: skip
_FUNCTIONS = (
    "betweenness_centrality",
    "bipartite_average_clustering",
    "bipartite_betweenness_centrality",
    "bipartite_closeness_centrality",
    "bipartite_degree_centrality",
    "closeness_centrality",
    "collaboration_weighted_projected_graph",
    "degree_centrality",
    "density",
    "eigenvector_centrality",
    "harmonic_centrality",
    "is_bipartite",
    "latapy_clustering",
    "node_redundancy",
    "overlap_weighted_projected_graph",
    "projected_graph",
    "robins_alexander_clustering",
    "weighted_projected_graph",
)


def get_info() -> dict[str, Any]:
    """What networkx prints of a backend in the documentation of its functions."""
    return {
        "backend_name": "kgraph",
        "project": "kgraph",
        "package": "kgraph",
        "short_summary": "Compiled two-mode centralities and projections.",
        "functions": {name: {} for name in _FUNCTIONS},
    }


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Whether a call can be taken; if not, the reason, which networkx logs."""
    given = signature(globals()[name]).bind(*args, **kwargs).arguments
    for argument, only in _ONLY.items():
        if given.get(argument, only) != only:
            return f"kgraph does not take {argument}={given[argument]!r}"
    graph = next(iter(given.values()))
    if graph.is_directed() or graph.is_multigraph():
        return "kgraph takes undirected graphs without parallel edges"
    return True


def convert_from_nx(graph: Any, **_: object) -> Graph:
    """networkx's graph as ours."""
    return Graph.from_networkx(graph)


def convert_to_nx(result: Any, **_: object) -> Any:
    """Our graph as networkx's; any other result is as networkx would give it."""
    return result.networkx if isinstance(result, Graph) else result


def _scores(graph: Graph, values: npt.NDArray[np.floating[Any]]) -> Scores:
    """Values by node, in the order of the graph."""
    return dict(zip(graph.labels, values.tolist(), strict=True))


def _in_top(graph: Graph, nodes: Iterable[Any]) -> npt.NDArray[np.bool_]:
    """Which nodes are among those named."""
    import networkx as nx

    top = np.zeros(len(graph), dtype=np.bool_)
    for node in nodes:
        if node not in graph:
            raise nx.NodeNotFound(f"node {node!r} is not in the graph")
        top[graph.index[node]] = True
    return top


def _by_mode(top: npt.NDArray[np.bool_], of_top: float, of_bottom: float) -> Floats:
    """One number for the nodes of each mode."""
    return np.where(top, of_top, of_bottom)


def degree_centrality(G: Graph) -> Scores:  # noqa: N803
    """Neighbours by the number of other nodes."""
    if len(G) <= 1:
        return dict.fromkeys(G.labels, 1)
    return _scores(G, G.degrees * (1.0 / (len(G) - 1.0)))


def closeness_centrality(
    G: Graph,  # noqa: N803
    u: Any = None,
    distance: None = None,
    wf_improved: bool = True,
) -> Any:
    """Inverse mean distance to all nodes reached, times the share of nodes reached."""
    found = G.distances
    value = _ratio(found.n_reached, found.total)
    if wf_improved and len(G) > 1:
        value *= found.n_reached / (len(G) - 1)
    return _scores(G, value) if u is None else float(value[G.index[u]])


def harmonic_centrality(
    G: Graph,  # noqa: N803
    nbunch: Any = None,
    distance: None = None,
    sources: None = None,
) -> Scores:
    """The sum of inverse distances, of all nodes or of some."""
    scores = _scores(G, G.distances.inverse_total)
    if nbunch is None:
        return scores
    return {node: scores[node] for node in G.networkx.nbunch_iter(nbunch)}


def betweenness_centrality(
    G: Graph,  # noqa: N803
    k: None = None,
    normalized: bool = True,
    weight: None = None,
    endpoints: bool = False,
    seed: Any = None,
) -> Scores:
    """Share of shortest paths between two others that lead through a node."""
    raw = class_betweenness(G.classes)[G.classes.class_of]
    n = len(G)
    if normalized and n > 2:
        raw *= 2.0 / ((n - 1) * (n - 2))
    return _scores(G, raw)


def eigenvector_centrality(
    G: Graph,  # noqa: N803
    max_iter: int = 100,
    tol: float = 1.0e-6,
    nstart: Mapping[Any, float] | None = None,
    weight: None = None,
) -> Scores:
    """Power iteration of the adjacency with ones added to its diagonal, as in networkx."""
    import networkx as nx

    if len(G) == 0:
        raise nx.NetworkXPointlessConcept("cannot compute centrality for the null graph")
    start = np.ones(len(G)) if nstart is None else np.array([float(nstart[v]) for v in G.labels])
    if not start.any():
        raise nx.NetworkXError("initial vector cannot have all zero values")
    adjacency, x = G.matrix.astype(np.float64), start / start.sum()
    for _ in range(max_iter):
        before = x
        x = before + adjacency @ before
        x /= math.sqrt(float(x @ x)) or 1
        if np.abs(x - before).sum() < len(G) * tol:
            return _scores(G, x)
    raise nx.PowerIterationFailedConvergence(max_iter)


def bipartite_degree_centrality(G: Graph, nodes: Iterable[Any]) -> Scores:  # noqa: N803
    """Neighbours by the size of the other mode."""
    top = _in_top(G, nodes)
    n = int(top.sum())
    return _scores(G, G.degrees * _by_mode(top, 1.0 / (len(G) - n), 1.0 / n))


def bipartite_closeness_centrality(
    G: Graph,  # noqa: N803
    nodes: Iterable[Any],
    normalized: bool = True,
) -> Scores:
    """The least possible sum of distances by the actual one."""
    top, found = _in_top(G, nodes), G.distances
    n = int(top.sum())
    m = len(G) - n
    value = _ratio(_by_mode(top, m + 2 * (n - 1), n + 2 * (m - 1)), found.total)
    if normalized and len(G) > 1:
        value *= found.n_reached / (len(G) - 1)
    return _scores(G, value)


def bipartite_betweenness_centrality(G: Graph, nodes: Iterable[Any]) -> Scores:  # noqa: N803
    """Shortest paths through a node by the greatest number that its mode allows."""
    top = _in_top(G, nodes)
    n = int(top.sum())
    m = len(G) - n
    greatest = greatest_betweenness(n, m), greatest_betweenness(m, n)
    if not all(greatest):
        raise ZeroDivisionError("no node of a mode of this size can lie between two others")
    raw = class_betweenness(G.classes)[G.classes.class_of]
    return _scores(G, raw / _by_mode(top, *greatest))


def _ratio(above: npt.ArrayLike, below: Floats) -> Floats:
    """Quotients, 0 where there is nothing to divide by."""
    result: Floats = np.divide(above, below, out=np.zeros(len(below)), where=below > 0)
    return result
