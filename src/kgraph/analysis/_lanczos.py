"""The leading singular vectors of a 0/1 matrix by Lanczos' method."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels.vectors import gathered, made_orthogonal

__all__ = ["leading"]

Floats = npt.NDArray[np.float64]
Rows: TypeAlias = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]

#: The error of a vector is its residual by the distance to the next value; this is asked of it.
_ERROR = 1e-12
#: More steps than this are a graph like a long line, for which there are better methods.
_STEPS = 300


def leading(wide: Rows, narrow: Rows, start: Floats) -> tuple[float, Floats, Floats] | None:
    """The largest singular value and its two vectors, each of length 1.

    Parameters
    ----------
    wide, narrow : pairs of int32 arrays
        The entries in compressed rows, and in compressed columns.
    start : float array
        A vector over the columns, nowhere negative. Columns that hang together with none where it
        is positive keep exactly 0.

    Returns
    -------
    value, vector over the rows, vector over the columns
        Or None if they are not found within some hundred steps.

    Notes
    -----
    Every vector is made orthogonal to all before it, twice, so that none comes back by rounding.

    References
    ----------
    Golub, G. H., & Van Loan, C. F. (2013). Matrix Computations (4th ed.), chapter 10. Johns Hopkins
    University Press.
    """
    n_rows, n_columns = len(wide[0]) - 1, len(narrow[0]) - 1
    basis = np.empty((min(_STEPS, n_columns), n_columns))
    # Sums instead of norms: those of BLAS start threads that wait for each other.
    basis[0] = start / np.sqrt((start * start).sum())
    diagonal: list[float] = []
    beside: list[float] = []
    over_rows, more = np.empty(n_rows), np.empty(n_columns)
    for step in range(1, len(basis) + 1):
        diagonal.append(gathered(*wide, basis[step - 1], over_rows))
        gathered(*narrow, over_rows, more)
        length = made_orthogonal(basis, step, more)
        ends = length <= 1e-14 * diagonal[0]
        if step % 4 == 0 or ends or step == n_columns:
            values, vectors = np.linalg.eigh(
                np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1)
            )
            gap = values[-1] - values[-2] if step > 1 else values[-1]
            if ends or length * abs(vectors[-1, -1]) <= _ERROR * gap:
                column = np.abs((vectors[:, -1, None] * basis[:step]).sum(axis=0))
                column /= np.sqrt((column * column).sum())
                value = float(np.sqrt(gathered(*wide, column, over_rows)))
                return value, over_rows / value, column
        if step < len(basis):
            beside.append(length)
            basis[step] = more / length
    return None
