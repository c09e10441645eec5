"""The parts of a view: which members and networks hang together at all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence

__all__ = ["n_parts", "parts_of"]

Ints = npt.NDArray[np.int64]


def parts_of(incidence: Incidence) -> tuple[Ints, Ints]:
    """The number of the part that each member and each network lies in.

    Parts are numbered in the order of their first member; a network without members comes after.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> [numbers.tolist() for numbers in parts_of(example().at(date(2004, 1, 1)))]
    [[0, 0, 0, 1, 0], [1, 0]]
    """
    from scipy.sparse import block_array
    from scipy.sparse.csgraph import connected_components

    n_members, n_networks = incidence.shape
    if not n_members + n_networks:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    if not n_members or not n_networks:
        return np.arange(n_members), np.arange(n_networks)
    matrix = incidence.matrix
    _, numbers = connected_components(block_array([[None, matrix], [matrix.T, None]]))
    _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
    renumbered = np.argsort(np.argsort(first))[inverse.reshape(-1)]
    return renumbered[:n_members], renumbered[n_members:]


def n_parts(incidence: Incidence) -> int:
    """Number of parts, members and networks without an entry counted too."""
    rows, columns = parts_of(incidence)
    return int(max(rows.max(initial=-1), columns.max(initial=-1))) + 1
