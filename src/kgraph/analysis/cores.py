"""The (p, q)-core: members in at least p networks that have at least q members, all in the core."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence
from kgraph.errors import QueryParameterError

__all__ = ["pq_core"]

Ints = npt.NDArray[np.int64]


def pq_core(incidence: Incidence, p: int = 2, q: int = 2) -> tuple[Ints, Ints]:
    """How many networks each member keeps within the core, and how many members each network.

    Parameters
    ----------
    incidence : Incidence
    p : int
        Networks that a member must be in.
    q : int
        Members that a network must have.

    Returns
    -------
    tuple of int arrays, n_members and n_networks
        Degrees within the core; 0 outside it.

    Notes
    -----
    Whoever falls short is taken out until nobody does; the order does not matter. Cost O(entries).
    With p = q it is the k-core of the two-mode graph. The k-core of the projection is not offered:
    it is the roster of the largest network.

    References
    ----------
    Cerinšek, M., & Batagelj, V. (2015). Generalized two-mode cores. Social Networks, 42, 80–87.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> [degrees.tolist() for degrees in pq_core(example().at(date(2024, 5, 1)))]
    [[0, 2, 2, 0, 0], [0, 0, 2, 2]]
    """
    for name, least in (("p", p), ("q", q)):
        if least < 1:
            raise QueryParameterError(f"{name} is {least}; give at least 1")
    rows = incidence.matrix
    columns = rows.T.tocsr()
    degrees, sizes = incidence.member_degrees, incidence.network_sizes.copy()
    sides = (
        (rows.indptr, rows.indices, degrees, p),
        (columns.indptr, columns.indices, sizes, q),
    )
    gone = (degrees < p, sizes < q)
    queue = [(0, int(i)) for i in np.flatnonzero(gone[0])]
    queue += [(1, int(j)) for j in np.flatnonzero(gone[1])]
    while queue:
        side, node = queue.pop()
        indptr, indices, own, _ = sides[side]
        _, _, others, least = sides[1 - side]
        own[node] = 0
        for other in indices[indptr[node] : indptr[node + 1]].tolist():
            if gone[1 - side][other]:
                continue
            others[other] -= 1
            if others[other] < least:
                gone[1 - side][other] = True
                queue.append((1 - side, other))
    return degrees, sizes
