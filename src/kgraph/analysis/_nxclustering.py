"""Clustering and redundancy of two-mode graphs for the networkx backend, with its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import Any

import numpy as np

from kgraph.analysis._nxgraph import Graph

__all__ = [
    "bipartite_average_clustering", "density", "is_bipartite", "latapy_clustering",
    "node_redundancy", "robins_alexander_clustering",
]  # fmt: skip

#: By what the shared neighbours of two nodes are divided.
_MODES = {
    "dot": lambda shared, a, b: shared / (a + b - shared),
    "max": lambda shared, a, b: shared / np.maximum(a, b),
    "min": lambda shared, a, b: shared / np.minimum(a, b),
}


def latapy_clustering(
    G: Graph,  # noqa: N803
    nodes: Iterable[Any] | None = None,
    mode: str = "dot",
) -> dict[Any, float]:
    """The mean overlap of a node with those it shares a neighbour with."""
    import networkx as nx

    if G.sides is None:
        raise nx.NetworkXError("Graph is not bipartite")
    if mode not in _MODES:
        raise nx.NetworkXError("Mode for bipartite clustering must be: dot, min or max")
    named = list(G if nodes is None else nodes)
    rows = np.array([G.index[node] for node in named], dtype=np.int64)
    matrix = G.matrix
    shared = (matrix[rows] @ matrix).tocoo()
    other = rows[shared.row] != shared.col
    row, column, both = shared.row[other], shared.col[other], shared.data[other]
    degrees = G.degrees
    alike = _MODES[mode](both, degrees[rows[row]], degrees[column])
    counts = np.bincount(row, minlength=len(rows))
    means = np.bincount(row, weights=alike, minlength=len(rows)) / np.maximum(counts, 1)
    return dict(zip(named, means.tolist(), strict=True))


def bipartite_average_clustering(
    G: Graph,  # noqa: N803
    nodes: Iterable[Any] | None = None,
    mode: str = "dot",
) -> float:
    """The mean of :func:`latapy_clustering` over some nodes."""
    named = list(G if nodes is None else nodes)
    found = latapy_clustering(G, named, mode)
    return sum(found[node] for node in named) / len(named)


def robins_alexander_clustering(G: Graph) -> float:  # noqa: N803
    """Four times the squares by the paths of three ties."""
    matrix = G.matrix.astype(np.int64)
    if len(G) < 4 or matrix.nnz < 6:
        return 0
    shared = matrix @ matrix
    degrees = G.degrees.astype(np.int64)
    ends = np.repeat(degrees, degrees)
    # Over both directions of every edge; a path that closes to a triangle is none.
    n_paths = int(((ends - 1) * (degrees[G.indices] - 1)).sum() - shared.multiply(matrix).sum())
    if not n_paths:
        return 0
    shared.setdiag(0)
    # A square has two diagonals, and every pair stands here twice.
    n_squares = int((shared.data * (shared.data - 1) // 2).sum()) // 4
    return 8 * n_squares / n_paths


def is_bipartite(G: Graph) -> bool:  # noqa: N803
    """Whether the nodes fall into two modes that every edge ties."""
    return G.sides is not None


def density(B: Graph, nodes: Sized) -> float:  # noqa: N803
    """Edges by the pairs of two modes."""
    n_edges, n_top = B.number_of_edges(), len(nodes)
    return n_edges / (n_top * (len(B) - n_top)) if n_edges else 0.0


def node_redundancy(G: Graph, nodes: Iterable[Any] | None = None) -> dict[Any, float]:  # noqa: N803
    """The share of pairs of a node's neighbours that another node ties as well."""
    import networkx as nx

    named = list(G if nodes is None else nodes)
    degrees, matrix = G.degrees, G.matrix
    if any(degrees[G.index[node]] < 2 for node in named):
        raise nx.NetworkXError(
            "Cannot compute redundancy coefficient for a node that has fewer than two neighbors."
        )
    found = {}
    for node in named:
        row = G.index[node]
        near = matrix[G.indices[G.indptr[row] : G.indptr[row + 1]]]
        n_tied = int(((near @ near.T).toarray() > 1).sum()) - int((near.sum(axis=1) > 1).sum())
        found[node] = n_tied / (near.shape[0] * (near.shape[0] - 1))
    return found
