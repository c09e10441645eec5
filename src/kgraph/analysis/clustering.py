"""Clustering on the two-mode graph itself, never on its projection.

The projection turns each network into a clique, and counts what it has just made: its transitivity
is the same in random graphs with the same margins.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from kgraph.analysis.centrality import labelled, mode_sizes
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.progress import track

__all__ = ["latapy_clustering", "opsahl_clustering", "robins_alexander_clustering"]


def robins_alexander_clustering(matrix: Any) -> float:
    """Of the paths of three ties, the share that a fourth tie closes: 4 · C₄ / L₃.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1
        ``incidence.matrix``; its transpose gives the same.

    Returns
    -------
    float in [0, 1]
        0 where there is no path of three ties.

    References
    ----------
    Robins, G., & Alexander, M. (2004). Small worlds among interlocking directors: Network structure
    and distance in bipartite graphs. Computational & Mathematical Organization Theory, 10(1),
    69–94. https://doi.org/10.1023/B:CMOT.0000032580.12184.c0

    Examples
    --------
    Two towns that share two networks, one of which has a third member: one square, and paths
    (2 − 1)(2 − 1) + 2 · (3 − 1)(2 − 1) + (2 − 1)(2 − 1) = 6.

    >>> from scipy.sparse import csr_array
    >>> round(robins_alexander_clustering(csr_array([[1, 1], [1, 1], [0, 1]])), 4)
    0.6667
    """
    from scipy.sparse import csr_array, triu

    rows = csr_array(matrix, dtype=np.int64)
    degrees = np.diff(rows.indptr)
    sizes = np.bincount(rows.indices, minlength=rows.shape[1])
    entries = np.repeat(degrees, degrees)
    n_paths = int(((entries - 1) * (sizes[rows.indices] - 1)).sum())
    # The product over the smaller mode costs less and counts the same squares.
    shared = triu(rows @ rows.T if rows.shape[0] <= rows.shape[1] else rows.T @ rows, k=1)
    n_squares = int((shared.data * (shared.data - 1) // 2).sum())
    return 4 * n_squares / n_paths if n_paths else 0.0


def opsahl_clustering(matrix: Any) -> float:
    """Of the paths of four ties between two members, the share whose ends meet elsewhere as well.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1
        ``incidence.matrix`` for members, its transpose for networks.

    Returns
    -------
    float in [0, 1]
        0 where there is no path of four ties.

    Notes
    -----
    A path i – p – j – q – k has five different nodes; it is closed if i and k share a network that
    is neither p nor q. With e the networks that i and j share, f those of j and k, t those of all
    three and s those of i and k, the pair has (e − t)(f − t) paths closed from s = 1 on,
    t (e − t) + t (f − t) from s = 2 on, and t (t − 1) from s = 3 on. Members with the same networks
    are counted once, with their number. Cost O(Σ over distinct members of distinct partners²).

    References
    ----------
    Opsahl, T. (2013). Triadic closure in two-mode networks: Redefining the global and local
    clustering coefficients. Social Networks, 35(2), 159–167.
    https://doi.org/10.1016/j.socnet.2011.07.001

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> opsahl_clustering(csr_array([[1, 0, 1], [1, 1, 0], [0, 1, 1]]))
    1.0
    """
    rows, weight = _distinct(matrix)
    shared = (rows @ rows.T).tocsr()
    n_paths = n_closed = 0
    for j in track(range(rows.shape[0]), rows.shape[0], "nodes"):
        near = shared.indices[shared.indptr[j] : shared.indptr[j + 1]]
        own = rows.indices[rows.indptr[j] : rows.indptr[j + 1]]
        if not len(own):
            continue
        paths, closed = _around(rows[near][:, own], shared[near][:, near], weight, near, j)
        n_paths += paths * int(weight[j])
        n_closed += closed * int(weight[j])
    return n_closed / n_paths if n_paths else 0.0


def _distinct(matrix: Any) -> tuple[Any, np.ndarray[Any, Any]]:
    """The distinct rows of a matrix, and how often each occurs."""
    from scipy.sparse import csr_array

    rows = csr_array(matrix, dtype=np.int64)
    rows.sort_indices()
    groups: dict[tuple[int, ...], list[int]] = {}
    for i, own in enumerate(np.split(rows.indices, rows.indptr[1:-1])):
        groups.setdefault(tuple(own.tolist()), []).append(i)
    first = [members[0] for members in groups.values()] if rows.shape[0] else []
    weight = [len(members) for members in groups.values()] if rows.shape[0] else []
    return rows[first], np.array(weight, dtype=np.int64)


def _around(
    near_rows: Any, near_shared: Any, weight: Any, near: Any, centre: int
) -> tuple[int, int]:
    """Paths of four ties with one member in the middle, and how many of them are closed."""
    b = near_rows.toarray()
    t, s = b @ b.T, near_shared.toarray()
    e = np.diag(t)
    # How many are left to be an end: the one in the middle is none.
    free = weight[near] - (near == centre)
    pairs = np.outer(free, free)
    pairs[np.diag_indices(len(free))] = free * (free - 1)
    one, two = e[:, None] - t, e[None, :] - t
    plain, mixed, inner = one * two, t * (one + two), t * (t - 1)
    n_paths = int((pairs * (plain + mixed + inner)).sum())
    n_closed = int((pairs * (plain * (s >= 1) + mixed * (s >= 2) + inner * (s >= 3))).sum())
    return n_paths, n_closed


def latapy_clustering(incidence: Incidence, mode: Mode = "members") -> dict[str, float]:
    """How alike a node and those it shares something with are: the mean Jaccard over them.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}

    Returns
    -------
    dict IRI → float in [0, 1]
        Ordered by IRI; 0 for a node that shares nothing. As ``latapy_clustering(mode="dot")`` of
        networkx.

    Notes
    -----
    Cost O(Σ size² or Σ degree²). Members of one network alone reach 1 among each other: a high
    value says "in nothing else", not "closely knit".

    References
    ----------
    Latapy, M., Magnien, C., & Del Vecchio, N. (2008). Basic notions for the analysis of large
    two-mode networks. Social Networks, 30(1), 31–48.
    https://doi.org/10.1016/j.socnet.2007.04.006

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> [round(v, 4) for v in latapy_clustering(example().at(date(2024, 5, 1))).values()]
    [0.4167, 0.5833, 0.4167, 0.375, 0.5]
    """
    mode_sizes(incidence, mode)
    matrix = incidence.matrix.astype(np.int64)
    rows = matrix if mode == "members" else matrix.T.tocsr()
    degrees = np.asarray(rows.sum(axis=1)).reshape(-1)
    shared = (rows @ rows.T).tocoo()
    others = shared.row != shared.col
    a, b, both = shared.row[others], shared.col[others], shared.data[others]
    alike = both / (degrees[a] + degrees[b] - both)
    sums = np.bincount(a, weights=alike, minlength=len(degrees))
    counts = np.bincount(a, minlength=len(degrees))
    return labelled(incidence, mode, sums / np.maximum(counts, 1))
