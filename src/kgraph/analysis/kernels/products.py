"""What rows share, by Gustavson's product: one dense accumulator, one row at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["shared_pairs", "top_partners"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@Kernel
def shared_pairs(
    row_ptr: Ints, row_columns: Ints, column_ptr: Ints, column_rows: Ints
) -> tuple[Longs, Longs, Longs]:
    """All pairs of columns that share a row, by first and second column, with the number of rows.

    Parameters
    ----------
    row_ptr, row_columns : int32 arrays
        The columns of each row, rising.
    column_ptr, column_rows : int32 arrays
        The rows of each column.
    """
    n_columns = len(column_ptr) - 1
    room = max(1024, 2 * len(row_columns))
    first = np.empty(room, np.int64)
    second = np.empty(room, np.int64)
    shared = np.empty(room, np.int64)
    count = np.zeros(n_columns, np.int32)
    touched = np.empty(n_columns, np.int32)
    n_pairs = 0
    for a in range(n_columns):
        n_touched = 0
        for r in range(column_ptr[a], column_ptr[a + 1]):
            row = column_rows[r]
            for e in range(row_ptr[row + 1] - 1, row_ptr[row] - 1, -1):
                b = row_columns[e]
                if b <= a:
                    break
                if count[b] == 0:
                    touched[n_touched] = b
                    n_touched += 1
                count[b] += 1
        if n_pairs + n_touched > room:
            while n_pairs + n_touched > room:
                room *= 2
            first = np.append(first[:n_pairs], np.empty(room - n_pairs, np.int64))
            second = np.append(second[:n_pairs], np.empty(room - n_pairs, np.int64))
            shared = np.append(shared[:n_pairs], np.empty(room - n_pairs, np.int64))
        if n_touched * 16 < n_columns - a:
            partners = np.sort(touched[:n_touched])
            for i in range(n_touched):
                b = partners[i]
                first[n_pairs], second[n_pairs], shared[n_pairs] = a, b, count[b]
                count[b] = 0
                n_pairs += 1
        elif n_touched:
            for b in range(a + 1, n_columns):
                if count[b]:
                    first[n_pairs], second[n_pairs], shared[n_pairs] = a, b, count[b]
                    count[b] = 0
                    n_pairs += 1
    return first[:n_pairs].copy(), second[:n_pairs].copy(), shared[:n_pairs].copy()


@Kernel
def top_partners(
    row_ptr: Ints,
    row_columns: Ints,
    column_ptr: Ints,
    column_rows: Ints,
    column_weight: Floats,
    k: int,
    by_weight: bool,
    first: int,
    last: int,
) -> tuple[Ints, Ints, Floats]:
    """The ``k`` rows that share most with each of the rows ``first`` to ``last``.

    Parameters
    ----------
    column_weight : float array, n_columns
        What a shared column adds to the weight; columns of weight below 0 are passed over.
    by_weight : bool
        Order by the weight before the count; else the other way round. Ties by row.

    Returns
    -------
    partner, shared, weight : arrays, (last - first) × k
        -1 and zeros where there are fewer than ``k``.
    """
    n_rows = len(row_ptr) - 1
    partner = np.full((last - first, k), -1, np.int32)
    shared = np.zeros((last - first, k), np.int32)
    weight = np.zeros((last - first, k), np.float64)
    count = np.zeros(n_rows, np.int32)
    summed = np.zeros(n_rows, np.float64)
    touched = np.empty(n_rows, np.int32)
    for row in range(first, last):
        n_touched = 0
        for e in range(row_ptr[row], row_ptr[row + 1]):
            column = row_columns[e]
            adds = column_weight[column]
            if adds < 0:
                continue
            for r in range(column_ptr[column], column_ptr[column + 1]):
                other = column_rows[r]
                if count[other] == 0:
                    touched[n_touched] = other
                    n_touched += 1
                count[other] += 1
                summed[other] += adds
        for i in range(n_touched):
            other = touched[i]
            if other != row and k:
                _insert(
                    partner[row - first], shared[row - first], weight[row - first],
                    other, count[other], summed[other], by_weight,
                )  # fmt: skip
            count[other] = 0
            summed[other] = 0.0
    return partner, shared, weight


@Kernel
def _insert(
    partner: Ints,
    shared: Ints,
    weight: Floats,
    other: int,
    n_shared: int,
    adds: float,
    by_weight: bool,
) -> None:
    """Put a candidate in its place among the best so far, if it has one."""
    k = len(partner)
    place = k
    # Sums in another order differ in their last digits; they are the same weight.
    rounded = np.floor(adds * 1e9 + 0.5)
    while place > 0:
        rival = partner[place - 1]
        if rival >= 0:
            more = n_shared - shared[place - 1]
            heavier = rounded - np.floor(weight[place - 1] * 1e9 + 0.5)
            lead, then = (heavier, more) if by_weight else (more, heavier)
            if lead < 0 or (lead == 0 and (then < 0 or (then == 0 and other > rival))):
                break
            if place < k:
                partner[place], shared[place] = rival, shared[place - 1]
                weight[place] = weight[place - 1]
        place -= 1
    if place < k:
        partner[place], shared[place], weight[place] = other, n_shared, adds
