"""NODF: whether the networks of the little-tied are among those of the much-tied."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["nodf"]


def nodf(matrix: Any) -> tuple[float, float, float]:
    """Nestedness by overlap and decreasing fill, of the matrix, its rows and its columns.

    Parameters
    ----------
    matrix : scipy.sparse array or numpy array of 0 and 1

    Returns
    -------
    tuple of float in [0, 100]
        NODF, N of the rows, N of the columns; nan where there is no pair to compare. Each pair with
        different totals adds the share of the smaller one's entries that the larger one has; a pair
        with equal totals adds nothing. The order of rows and columns does not matter.

    Notes
    -----
    Cost O(Σ size² + Σ degree²). Hardly to be read alone: what looks nested usually follows from the
    totals, so compare with graphs of the same margins (:func:`kgraph.analysis.nulls.compare`).

    References
    ----------
    Almeida-Neto, M., Guimarães, P., Guimarães, P. R., Loyola, R. D., & Ulrich, W. (2008). A
    consistent metric for nestedness analysis in ecological systems: reconciling concept and
    measurement. Oikos, 117(8), 1227–1239. https://doi.org/10.1111/j.0030-1299.2008.16644.x

    Examples
    --------
    >>> nodf(np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]]))
    (100.0, 100.0, 100.0)
    """
    rows, n_row_pairs = _paired(matrix)
    columns, n_column_pairs = _paired(matrix.T)
    n_pairs = n_row_pairs + n_column_pairs
    return (
        _percent(rows + columns, n_pairs),
        _percent(rows, n_row_pairs),
        _percent(columns, n_column_pairs),
    )


def _paired(matrix: Any) -> tuple[float, int]:
    """The sum of paired overlaps of the rows, and how many pairs of rows there are."""
    from scipy.sparse import csr_array, triu

    rows = csr_array(matrix, dtype=np.int64)
    totals = np.diff(rows.indptr)
    shared = triu(rows @ rows.T, k=1, format="coo")
    a, b = totals[shared.row], totals[shared.col]
    differ = a != b
    overlap = float((shared.data[differ] / np.minimum(a, b)[differ]).sum())
    return overlap, len(totals) * (len(totals) - 1) // 2


def _percent(total: float, n_pairs: int) -> float:
    return 100.0 * total / n_pairs if n_pairs else float("nan")
