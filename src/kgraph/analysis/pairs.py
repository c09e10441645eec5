"""What two columns of an incidence share, for all pairs at once, by one sparse product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels.products import shared_pairs
from kgraph.analysis.significance import benjamini_hochberg, hypergeometric_tail

__all__ = ["Pairs", "pairs"]


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
