"""Eigenvector centrality of a two-mode graph, from the singular vectors of its incidence matrix.

The adjacency matrix of a two-mode graph has its eigenvalues in pairs ±λ, so that a power iteration
without a shift swings between two vectors and stops at neither. The singular value decomposition
has no such pair.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis._lanczos import leading
from kgraph.analysis.centrality import labelled, mode_sizes
from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels.vectors import row_parts

__all__ = ["eigenvector_centrality", "hits", "singular_vectors"]

Floats = npt.NDArray[np.float64]

#: Up to this many cells a part is decomposed as a dense matrix.
_DENSE = 10_000


def eigenvector_centrality(
    incidence: Incidence, mode: Mode = "members", *, per_mode: bool = False
) -> dict[str, float]:
    """A member is central if its networks are, a network if its members are.

    Parameters
    ----------
    incidence : Incidence
    mode : {"members", "networks"}
    per_mode : bool
        Scale each mode to length 1, as Bonacich and Faust do. Without it both modes together have
        length 1, as networkx and igraph have it: the same divided by √2.

    Returns
    -------
    dict IRI → float in [0, 1]
        Ordered by IRI; 0 outside the part of the graph that has the largest singular value.

    Notes
    -----
    The score gathers in the densest block of the graph or in its largest network. Cost that of one
    sparse singular value decomposition for each part that could have the largest value.

    References
    ----------
    Bonacich, P. (1991). Simultaneous group and individual centralities. Social Networks, 13(2),
    155–168. https://doi.org/10.1016/0378-8733(91)90018-O

    Faust, K. (1997). Centrality in affiliation networks. Social Networks, 19(2), 157–191.
    https://doi.org/10.1016/S0378-8733(96)00300-0

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> values = eigenvector_centrality(example().at(date(2024, 5, 1)), per_mode=True)
    >>> [round(value, 4) for value in values.values()]
    [0.3035, 0.5491, 0.7367, 0.2456, 0.058]
    """
    mode_sizes(incidence, mode)
    rows, columns, _ = singular_vectors(incidence)
    vector = rows if mode == "members" else columns
    return labelled(incidence, mode, vector if per_mode else vector / np.sqrt(2))


def hits(incidence: Incidence, mode: Mode = "members") -> dict[str, float]:
    """Kleinberg's hubs (members) and authorities (networks): the same vectors, scaled to sum 1.

    References
    ----------
    Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. Journal of the ACM,
    46(5), 604–632. https://doi.org/10.1145/324133.324140
    """
    values = eigenvector_centrality(incidence, mode)
    total = sum(values.values())
    return {iri: value / total if total else 0.0 for iri, value in values.items()}


def singular_vectors(incidence: Incidence) -> tuple[Floats, Floats, float]:
    """The leading singular vectors of the rows and of the columns, each of length 1, and the value.

    Of several parts the one with the largest value counts, of equal ones the first. A part cannot
    have more than the root of its number of entries, so most need no decomposition.
    """
    n_members, n_networks = incidence.shape
    rows, columns, best = np.zeros(n_members), np.zeros(n_networks), 0.0
    if not incidence.n_entries:
        return rows, columns, best
    by_column = incidence.columns
    row_part = row_parts(incidence.indptr, incidence.indices, *by_column)
    column_part = np.full(n_networks, -1, dtype=np.int32)
    column_part[incidence.indices] = row_part[incidence.member_of_entry]
    entries = np.bincount(row_part, weights=incidence.member_degrees)
    # No value is larger than the sum of a row of the matrix times its transpose, under a root.
    met = np.zeros(len(entries))
    sums = np.bincount(
        incidence.member_of_entry, incidence.network_sizes[incidence.indices], n_members
    )
    np.maximum.at(met, row_part, sums)
    for part in np.argsort(-entries, kind="stable").tolist():
        if np.sqrt(entries[part]) <= best * (1 + 1e-12):
            break
        if np.sqrt(met[part]) <= best * (1 + 1e-12):
            continue
        left, value, right = _leading(incidence, row_part == part, column_part == part)
        if value > best * (1 + 1e-12):
            rows, columns, best = left, right, value
    return rows, columns, best


def _leading(
    incidence: Incidence, in_rows: npt.NDArray[np.bool_], in_columns: npt.NDArray[np.bool_]
) -> tuple[Floats, float, Floats]:
    """The first singular triple of a connected part: nowhere negative, and 0 outside of it."""
    i, j = np.flatnonzero(in_rows), np.flatnonzero(in_columns)
    if len(i) * len(j) > _DENSE and min(len(i), len(j)) > 1:
        by_row, by_column = (incidence.indptr, incidence.indices), incidence.columns
        if len(j) <= len(i):
            start = np.where(in_columns, incidence.network_sizes, 0).astype(np.float64)
            found = leading(by_row, by_column, start)
        else:
            start = np.where(in_rows, incidence.member_degrees, 0).astype(np.float64)
            found = leading(by_column, by_row, start)
        if found is not None:
            value, one, other = found
            return (one, value, other) if len(j) <= len(i) else (other, value, one)
    rows, columns = np.zeros(len(in_rows)), np.zeros(len(in_columns))
    left, values, right = _decomposed(incidence.matrix.astype(np.float64)[i][:, j])
    rows[i], columns[j] = np.abs(left[:, 0]), np.abs(right[0])
    return rows, float(values[0]), columns


def _decomposed(matrix: Any) -> tuple[Floats, Floats, Floats]:
    """The decomposition of a small matrix, or the first triple of one like a long line."""
    from scipy.sparse.linalg import svds

    if min(matrix.shape) == 1 or matrix.shape[0] * matrix.shape[1] <= _DENSE:
        left, values, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    else:
        start = np.ones(min(matrix.shape))
        left, values, right = svds(matrix, k=1, v0=start, tol=1e-12, return_singular_vectors=True)
    return left, values, right
