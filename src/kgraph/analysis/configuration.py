"""The bipartite configuration model: how probable each membership is if only margins count.

Members with as many networks, and networks with as many members, have the same parameter; so the
model is fitted on distinct totals, of which there are few even where there are many members.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.errors import KGraphError

__all__ = ["cell_probabilities", "fit_distinct"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_TOLERANCE, _ROUNDS = 1e-9, 500


def cell_probabilities(row_totals: Ints, column_totals: Ints) -> Floats:
    """The probability of an entry for each distinct row total and each distinct column total.

    Parameters
    ----------
    row_totals, column_totals : int arrays
        One for each row, one for each column; equal sums.

    Returns
    -------
    float array in [0, 1], n_distinct_row_totals × n_distinct_column_totals
        In the order of ``np.unique``. Summed over a row with their multiplicities they give its
        total, and over a column its.

    Raises
    ------
    KGraphError
        If the fit does not reach the totals.

    Notes
    -----
    p = 1 / (1 + exp(−θ − φ)), the distribution of largest entropy with these totals on average. A
    row that is full or empty has no finite parameter and is set aside first. Newton's method with
    a halved step where the likelihood falls; cost O((distinct totals)³) a round.

    References
    ----------
    Saracco, F., Di Clemente, R., Gabrielli, A., & Squartini, T. (2015). Randomizing bipartite
    networks: the case of the World Trade Web. Scientific Reports, 5, 10595.
    https://doi.org/10.1038/srep10595

    Examples
    --------
    >>> cell_probabilities(np.array([1, 1, 2]), np.array([2, 2])).round(9).tolist()
    [[0.5], [1.0]]
    """
    rows, n_rows = np.unique(row_totals, return_counts=True)
    columns, n_columns = np.unique(column_totals, return_counts=True)
    probabilities = np.zeros((len(rows), len(columns)))
    left_row, left_column = rows.astype(np.float64), columns.astype(np.float64)
    row_open, column_open = np.ones(len(rows), bool), np.ones(len(columns), bool)
    while True:
        width, height = n_columns[column_open].sum(), n_rows[row_open].sum()
        full = row_open & (left_row == width) & (width > 0)
        full_column = column_open & (left_column == height) & (height > 0)
        if full.any():
            probabilities[np.ix_(full, column_open)] = 1.0
            left_column[column_open] -= n_rows[full].sum()
            row_open &= ~full
        elif full_column.any():
            probabilities[np.ix_(row_open, full_column)] = 1.0
            left_row[row_open] -= n_columns[full_column].sum()
            column_open &= ~full_column
        else:
            break
    row_open &= left_row > 0
    column_open &= left_column > 0
    if row_open.any() and column_open.any():
        probabilities[np.ix_(row_open, column_open)] = fit_distinct(
            left_row[row_open], n_rows[row_open], left_column[column_open], n_columns[column_open]
        )
    return probabilities


def fit_distinct(rows: Floats, n_rows: Ints, columns: Floats, n_columns: Ints) -> Floats:
    """The probabilities for totals that are neither empty nor full, each with its multiplicity."""
    n_entries = float(rows @ n_rows)
    theta = np.log(rows / np.sqrt(n_entries))
    phi = np.log(columns / np.sqrt(n_entries))
    target = np.concatenate([rows * n_rows, columns * n_columns])
    cells = np.outer(n_rows, n_columns).astype(np.float64)
    for _ in range(_ROUNDS):
        p = 1 / (1 + np.exp(-theta[:, None] - phi[None, :]))
        expected = np.concatenate([(cells * p).sum(axis=1), (cells * p).sum(axis=0)])
        gap = target - expected
        if float(np.abs(gap / np.concatenate([n_rows, n_columns])).max()) < _TOLERANCE:
            return np.asarray(p, dtype=np.float64)
        step = _newton(cells * p * (1 - p), gap)
        size = 1.0
        now = _likelihood(theta, phi, target, cells)
        while size > 1e-8:
            a = theta + size * step[: len(rows)]
            b = phi + size * step[len(rows) :]
            if _likelihood(a, b, target, cells) >= now - 1e-12 * abs(now):
                break
            size /= 2
        theta, phi = a, b
    raise KGraphError(
        f"the configuration model does not reach the totals after {_ROUNDS} rounds; "
        f"the largest gap is {float(np.abs(gap).max()):.2g}"
    )


def _newton(variance: Floats, gap: Floats) -> Floats:
    """The Newton step; adding to θ what is taken from φ changes nothing, so the least one."""
    n_rows = variance.shape[0]
    hessian = np.zeros((len(gap), len(gap)))
    hessian[:n_rows, n_rows:] = variance
    hessian[n_rows:, :n_rows] = variance.T
    sums = np.concatenate([variance.sum(axis=1), variance.sum(axis=0)])
    hessian[np.diag_indices(len(gap))] = sums
    step = np.linalg.lstsq(hessian, gap, rcond=1e-13)[0]
    return np.asarray(np.clip(step, -5.0, 5.0), dtype=np.float64)


def _likelihood(theta: Floats, phi: Floats, target: Floats, cells: Floats) -> float:
    """The logarithm of the likelihood, up to a constant."""
    n_rows = len(theta)
    linear = target[:n_rows] @ theta + target[n_rows:] @ phi
    return float(linear - (cells * np.logaddexp(0.0, theta[:, None] + phi[None, :])).sum())
