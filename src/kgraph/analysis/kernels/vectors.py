"""Products of a 0/1 matrix and a vector, for Lanczos' method; which rows hang together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["gathered", "made_orthogonal", "row_parts"]

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


@Kernel
def gathered(ptr: Ints, indices: Ints, vector: Floats, into: Floats) -> float:
    """Fill in the sum of a vector over the entries of each row; the square of its length."""
    square = 0.0
    for row in range(len(into)):
        total = 0.0
        for e in range(ptr[row], ptr[row + 1]):
            total += vector[indices[e]]
        into[row] = total
        square += total * total
    return square


@Kernel
def made_orthogonal(basis: Floats, n_known: int, vector: Floats) -> float:
    """Take from a vector what it has of the first rows of a basis, twice; its length then.

    One thread: for vectors of this length several lose more by waiting for each other.
    """
    for _ in range(2):
        for i in range(n_known):
            along = 0.0
            for j in range(len(vector)):
                along += basis[i, j] * vector[j]
            for j in range(len(vector)):
                vector[j] -= along * basis[i, j]
    square = 0.0
    for j in range(len(vector)):
        square += vector[j] * vector[j]
    return float(np.sqrt(square))


@Kernel
def row_parts(row_ptr: Ints, row_columns: Ints, column_ptr: Ints, column_rows: Ints) -> Ints:
    """The number of the part of the graph that each row lies in, in the order of first rows."""
    part = np.full(len(row_ptr) - 1, -1, np.int32)
    seen = np.zeros(len(column_ptr) - 1, np.bool_)
    queue = np.empty(len(part), np.int32)
    n_parts = 0
    for start in range(len(part)):
        if part[start] >= 0:
            continue
        queue[0], n_queued, head = start, 1, 0
        part[start] = n_parts
        while head < n_queued:
            row = queue[head]
            head += 1
            for e in range(row_ptr[row], row_ptr[row + 1]):
                column = row_columns[e]
                if seen[column]:
                    continue
                seen[column] = True
                for r in range(column_ptr[column], column_ptr[column + 1]):
                    other = column_rows[r]
                    if part[other] < 0:
                        part[other] = n_parts
                        queue[n_queued] = other
                        n_queued += 1
        n_parts += 1
    return part
