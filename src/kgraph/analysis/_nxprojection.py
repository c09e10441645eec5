"""One-mode projections as networkx makes them, from one sparse product."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis._nxgraph import Graph

__all__ = [
    "collaboration_weighted_projected_graph",
    "overlap_weighted_projected_graph",
    "projected_graph",
    "weighted_projected_graph",
]

Numbers = npt.NDArray[Any]
#: rows, columns, values of a product → the weight of each entry
Weighting = Callable[[Numbers, Numbers, Numbers], Numbers]


def projected_graph(B: Graph, nodes: Iterable[Any], multigraph: bool = False) -> Any:  # noqa: N803
    """Ties between nodes with a common neighbour."""
    return _projection(B, list(nodes), None)


def weighted_projected_graph(B: Graph, nodes: Iterable[Any], ratio: bool = False) -> Any:  # noqa: N803
    """Ties weighted by the number of common neighbours, or its share of the other mode."""
    import networkx as nx

    chosen = list(nodes)
    n_top = len(B) - len(chosen)
    if n_top < 1:
        raise nx.NetworkXAlgorithmError(
            f"the {len(chosen)} nodes to project onto are no mode of a two-mode graph of {len(B)} "
            "nodes, or contain duplicates"
        )
    return _projection(B, chosen, lambda _u, _v, shared: shared / n_top if ratio else shared)


def collaboration_weighted_projected_graph(B: Graph, nodes: Iterable[Any]) -> Any:  # noqa: N803
    """Ties weighted by Newman's 1 / (size − 1), summed over common neighbours."""
    degrees = B.degrees
    newman = np.zeros(len(B))
    np.divide(1.0, degrees - 1, out=newman, where=degrees > 1)
    return _projection(B, list(nodes), lambda _u, _v, weight: weight, newman)


def overlap_weighted_projected_graph(B: Graph, nodes: Iterable[Any], jaccard: bool = True) -> Any:  # noqa: N803
    """Ties weighted by common neighbours over all neighbours, or over the fewer of the two."""
    degrees = B.degrees

    def overlap(u: Numbers, v: Numbers, shared: Numbers) -> Numbers:
        either = degrees[u] + degrees[v] - shared
        weight: Numbers = shared / (either if jaccard else np.minimum(degrees[u], degrees[v]))
        return weight

    return _projection(B, list(nodes), overlap)


def _projection(
    graph: Graph, nodes: list[Any], weighting: Weighting | None, middle: Numbers | None = None
) -> Any:
    """The ``networkx.Graph`` over some nodes and whatever is two steps from them."""
    import networkx as nx

    full = graph.networkx
    result = nx.Graph(**full.graph)
    result.add_nodes_from((node, full.nodes[node]) for node in nodes)
    chosen = np.array(list(dict.fromkeys(graph.index[node] for node in nodes)), dtype=np.int64)
    matrix = graph.matrix
    onward = matrix if middle is None else matrix.multiply(middle[:, None]).tocsr()
    product = (matrix[chosen] @ onward).tocoo()
    u, v, value = chosen[product.row], product.col, product.data
    # An edge between two chosen nodes is found from both ends.
    is_chosen = np.zeros(len(graph), dtype=np.bool_)
    is_chosen[chosen] = True
    kept = (u < v) | ((u > v) & ~is_chosen[v])
    u, v, value = u[kept], v[kept], value[kept]
    labels = graph.labels
    ends = zip((labels[i] for i in u.tolist()), (labels[i] for i in v.tolist()), strict=True)
    if weighting is None:
        result.add_edges_from(ends)
        return result
    weights = weighting(u, v, value).tolist()
    result.add_edges_from(
        (a, b, {"weight": weight}) for (a, b), weight in zip(ends, weights, strict=True)
    )
    return result
