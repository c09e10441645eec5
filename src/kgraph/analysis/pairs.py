"""What two columns of an incidence share, for all pairs; the best partners of every member."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.products import shared_pairs, top_partners
from kgraph.analysis.significance import benjamini_hochberg, hypergeometric_tail

__all__ = ["Pairs", "Partners", "best_partners", "pairs"]

#: Members whose partners are held at once.
_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of columns that share at least one row, as arrays of one length; ``a`` < ``b``."""

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    shared: npt.NDArray[np.int64]
    p_value: npt.NDArray[np.float64]
    p_adjusted: npt.NDArray[np.float64]


def pairs(matrix: Any) -> Pairs:
    """All pairs of columns that share a row, tested against sets of the same sizes.

    Parameters
    ----------
    matrix : scipy.sparse array of 0 and 1, n_rows × n_columns
        ``incidence.matrix`` for pairs of networks, its transpose for pairs of members.

    Returns
    -------
    Pairs
        Ordered by ``a``, then ``b``.
    """
    from scipy.sparse import csr_array

    rows = csr_array(matrix)
    rows.sort_indices()
    columns = rows.tocsc()
    n_rows, n_columns = rows.shape
    sizes = np.diff(columns.indptr).astype(np.int64)
    a, b, shared = shared_pairs(
        *(part.astype(np.int32) for part in (rows.indptr, rows.indices)),
        *(part.astype(np.int32) for part in (columns.indptr, columns.indices)),
    )
    p_value = hypergeometric_tail(shared, sizes[a], sizes[b], n_rows)
    n_tests = n_columns * (n_columns - 1) // 2
    return Pairs(a, b, shared, p_value, benjamini_hochberg(p_value, n_tests))


@dataclass(frozen=True, slots=True)
class Partners:
    """The best partners of the members ``first`` to ``first + len(partner)``, best first.

    ``partner`` holds rows of the incidence, -1 where a member has fewer; ``shared`` the number of
    networks shared, ``newman_weight`` the sum of 1 / (size − 1) over them.
    """

    first: int
    partner: npt.NDArray[np.int32]
    shared: npt.NDArray[np.int32]
    newman_weight: npt.NDArray[np.float64]


def best_partners(
    incidence: Incidence,
    k: int = 10,
    exclude_larger_than: int | None = None,
    *,
    rank_by: Literal["shared", "newman"] = "shared",
) -> Iterator[Partners]:
    """The closest partners of every member, a few thousand members at a time.

    :func:`~kgraph.analysis.similarity.closest_partners` for all members, as arrays. Ties in both
    numbers go by IRI, not by name.

    Notes
    -----
    Cost O(Σ size²) over the networks. Memory is bounded by the members at once, times ``k``.

    Examples
    --------
    >>> from datetime import date
    >>> from kgraph.analysis.example import example
    >>> (block,) = best_partners(example().at(date(2024, 5, 1)), k=2)
    >>> block.partner.tolist(), block.shared.tolist()[2]
    ([[1, 2], [2, 0], [1, 3], [2, 4], [3, -1]], [2, 1])
    """
    rows = incidence.matrix
    columns = rows.tocsc()
    sizes = incidence.network_sizes
    weight = np.divide(1.0, sizes - 1, out=np.zeros(len(sizes)), where=sizes > 1)
    if exclude_larger_than is not None:
        weight[sizes > exclude_larger_than] = -1.0  # passed over
    pointers = [part.astype(np.int32) for part in (columns.indptr, columns.indices)]
    for start in range(0, len(incidence.members), _ROWS):
        n_rows = min(_ROWS, len(incidence.members) - start)

        def work(first: int, last: int, start: int = start) -> tuple[Any, Any, Any]:
            return top_partners(
                incidence.indptr, incidence.indices, pointers[0], pointers[1], weight, k,
                rank_by == "newman", start + first, start + last,
            )  # fmt: skip

        found = zip(*in_parts(n_rows, work), strict=True)
        yield Partners(start, *(np.concatenate(parts) for parts in found))
