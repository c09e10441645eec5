"""Core and periphery of both modes, by dual projection.

A single projection loses what made it. Both together lose little: coreness is taken from the
projection of each mode, and where to cut is decided on the two-mode graph itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence

__all__ = ["CorePeriphery", "core_periphery", "coreness"]

Floats = npt.NDArray[np.float64]

_ROUNDS, _TOLERANCE = 2000, 1e-12


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """Coreness of members and networks, who is in the core, and how well that fits.

    ``fit`` is the correlation of the memberships with the ideal pattern, in which everybody of the
    core is in every network of the core and there is nothing else; it lies in [−1, 1]. Nearly any
    graph with unequal degrees has a fair fit.
    """

    members: Floats
    networks: Floats
    member_core: npt.NDArray[np.bool_]
    network_core: npt.NDArray[np.bool_]
    fit: float


def core_periphery(incidence: Incidence) -> CorePeriphery:
    """Coreness by MINRES on both projections, cut where the two-mode graph fits best.

    Parameters
    ----------
    incidence : Incidence

    Notes
    -----
    Members and networks are ordered by coreness (ties by degree, then IRI), and of all ways to cut
    both orders the one with the best fit is taken. Cost O(n_members · n_networks) for the cut.

    References
    ----------
    Everett, M. G., & Borgatti, S. P. (2013). The dual-projection approach for two-mode networks.
    Social Networks, 35(2), 204–210.

    Borgatti, S. P., & Everett, M. G. (2000). Models of core/periphery structures. Social Networks,
    21(4), 375–395. https://doi.org/10.1016/S0378-8733(99)00019-2

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> found = core_periphery(example().at(date(2024, 5, 1)))
    >>> found.member_core.tolist(), found.network_core.tolist(), round(found.fit, 3)
    ([False, True, True, False, False], [False, False, True, True], 0.553)
    """
    matrix = incidence.matrix.astype(np.float64)
    rows = coreness(matrix @ matrix.T)
    columns = coreness(matrix.T @ matrix)
    row_order = np.lexsort((-incidence.member_degrees, -np.round(rows, 9)))
    column_order = np.lexsort((-incidence.network_sizes, -np.round(columns, 9)))
    n_rows, n_columns, fit = _cut(matrix, row_order, column_order)
    row_core = np.zeros(len(rows), dtype=np.bool_)
    column_core = np.zeros(len(columns), dtype=np.bool_)
    row_core[row_order[:n_rows]] = True
    column_core[column_order[:n_columns]] = True
    return CorePeriphery(rows, columns, row_core, column_core, fit)


def coreness(projection: Any) -> Floats:
    """The vector c of length 1 whose products c_i c_j come closest to the ties, diagonal aside.

    Parameters
    ----------
    projection : scipy.sparse array, symmetric, of numbers of at least 0

    Notes
    -----
    MINRES: c_i = Σ_j P_ij c_j / Σ_j c_j² over j ≠ i, in turn until it settles.
    """
    ties = projection.tocsr()
    ties.setdiag(0)
    c: Floats = np.sqrt(np.asarray(ties.sum(axis=1), dtype=np.float64).reshape(-1))
    if not c.any():
        return c
    c /= np.linalg.norm(c)
    c *= np.sqrt(float(c @ (ties @ c)))
    for _ in range(_ROUNDS):
        left = c @ c - c * c
        moved = np.divide(ties @ c, left, out=np.zeros_like(c), where=left > 0)
        # Half a step: a whole one can swing between two vectors.
        moved = (moved + c) / 2
        change, c = float(np.abs(moved - c).max()), moved
        if change < _TOLERANCE * float(c.max()):
            break
    return np.asarray(c / np.linalg.norm(c), dtype=np.float64)


def _cut(
    matrix: Any, row_order: npt.NDArray[np.intp], column_order: npt.NDArray[np.intp]
) -> tuple[int, int, float]:
    """How many rows and columns make the core whose full block correlates best with the matrix."""
    n_rows, n_columns = matrix.shape
    n_cells, n_entries = n_rows * n_columns, matrix.nnz
    best = (0, 0, 0.0)
    if not n_entries or n_entries == n_cells:
        return (n_rows, n_columns, 1.0) if n_entries else best
    density = n_entries / n_cells
    place = np.empty(n_columns, dtype=np.intp)
    place[column_order] = np.arange(n_columns)
    counts = np.zeros(n_columns)
    widths = np.arange(1, n_columns + 1)
    for height, row in enumerate(row_order.tolist(), start=1):
        np.add.at(counts, place[matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]], 1)
        share = height * widths / n_cells
        covariance = np.cumsum(counts) / n_cells - share * density
        spread = np.sqrt(share * (1 - share) * density * (1 - density))
        fit = np.divide(covariance, spread, out=np.zeros(n_columns), where=spread > 0)
        width = int(fit.argmax())
        if fit[width] > best[2] + 1e-12:
            best = (height, width + 1, float(fit[width]))
    return best
