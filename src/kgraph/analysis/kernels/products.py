"""What nodes share with their best partners: one dense accumulator, one row at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["shared_columns", "top_partners"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@Kernel
def top_partners(
    row_ptr: Ints,
    row_columns: Ints,
    column_ptr: Ints,
    column_rows: Ints,
    column_weight: Floats,
    alike_ptr: Ints,
    alike: Ints,
    order: Ints,
    k: int,
    by_weight: bool,
    chosen: Ints,
) -> Ints:
    """The ``k`` nodes that share most with a node of each of some rows.

    A row stands for all nodes that have the same columns. The node itself is among what is found.

    Parameters
    ----------
    column_weight : float array, n_columns
        What a shared column adds to the weight; columns of weight below 0 are passed over.
    alike_ptr, alike : int32 arrays
        The nodes of each row, by rising ``order``.
    order : int32 array, n_nodes
        By which nodes are ordered that share as much.
    k : int
        At least 1.
    by_weight : bool
        Order by the weight before the count; else the other way round.
    chosen : int32 array
        The rows.

    Returns
    -------
    int32 array, len(chosen) × k
        -1 where there are fewer than ``k``.
    """
    partner = np.full((len(chosen), k), -1, np.int32)
    room, n_bits = _units(row_ptr)
    coarse = max(n_bits - 30, 0)  # weights that differ by less than 1e-9 are equal
    half, n_low = (1 << coarse) >> 1, n_bits - coarse + room
    adds = _packed(column_weight, room, n_bits)
    summed = np.zeros(len(row_ptr) - 1, np.int64)
    touched = np.empty(len(row_ptr) - 1, np.int32)
    best_key, best_lead = np.empty(k + 1, np.int64), np.empty(k + 1, np.int32)
    best_row = np.empty(k + 1, np.int32)
    key_of, place_of = np.empty(k + 1, np.int64), np.empty(k + 1, np.int32)
    row_of = np.empty(k + 1, np.int32)
    for i in range(len(chosen)):
        columns = row_columns[row_ptr[chosen[i]] : row_ptr[chosen[i] + 1]]
        n_touched = _add_up(columns, column_ptr, column_rows, adds, summed, touched)
        n_best = 0
        for t in range(n_touched):
            other = touched[t]
            key = (summed[other] + half) >> coarse
            summed[other] = 0
            if by_weight:
                key = ((key & ((1 << n_low) - 1)) << room) | (key >> n_low)
            if n_best == k and key < best_key[k - 1]:
                continue
            lead = order[alike[alike_ptr[other]]]
            n_best = _insert(best_key, best_lead, best_row, n_best, k, key, lead, other)
        # Nodes of rows that share as much take turns by their order.
        n_found = 0
        for b in range(n_best):
            if n_found == k and best_key[b] < key_of[k - 1]:
                break
            other = best_row[b]
            for m in range(alike_ptr[other], min(alike_ptr[other + 1], alike_ptr[other] + k)):
                n_found = _insert(
                    key_of, place_of, row_of, n_found, k, best_key[b], order[alike[m]], alike[m]
                )
        for f in range(n_found):
            partner[i, f] = row_of[f]
    return partner


@Kernel
def _units(row_ptr: Ints) -> tuple[int, int]:
    """How many bits a count needs, and how many are left for what follows a weight's point.

    Count and weight are added up as one number, with the count in the upper bits and below it the
    weight in units of ``2 ** -n_bits``. Whole numbers add up to the same in any order.
    """
    room = 1
    for row in range(len(row_ptr) - 1):
        while row_ptr[row + 1] - row_ptr[row] >= 1 << room:
            room += 1
    return room, min(62 - 2 * room, 46)


@Kernel
def _packed(column_weight: Floats, room: int, n_bits: int) -> Longs:
    """What a column adds; 0 if it is to be passed over."""
    adds = np.zeros(len(column_weight), np.int64)
    for column in range(len(column_weight)):
        if column_weight[column] >= 0:
            fraction = np.int64(np.floor(column_weight[column] * (1 << n_bits) + 0.5))
            adds[column] = (np.int64(1) << (n_bits + room)) + fraction
    return adds


@Kernel
def _add_up(
    columns: Ints, column_ptr: Ints, column_rows: Ints, adds: Longs, summed: Longs, touched: Ints
) -> int:
    """Add the columns up for all their rows; how many rows they have."""
    n_touched = 0
    for c in range(len(columns)):
        more = adds[columns[c]]
        if more == 0:
            continue
        for r in range(column_ptr[columns[c]], column_ptr[columns[c] + 1]):
            row = column_rows[r]
            if summed[row] == 0:
                touched[n_touched] = row
                n_touched += 1
            summed[row] += more
    return n_touched


@Kernel
def _insert(
    keys: Longs, places: Ints, rows: Ints, n: int, k: int, key: int, place: int, row: int
) -> int:
    """Put a candidate in its place among the best so far, if it has one; how many there are."""
    at = n
    while at > 0 and (keys[at - 1] < key or (keys[at - 1] == key and places[at - 1] > place)):
        keys[at], places[at], rows[at] = keys[at - 1], places[at - 1], rows[at - 1]
        at -= 1
    keys[at], places[at], rows[at] = key, place, row
    return min(n + 1, k)


@Kernel
def shared_columns(
    row_ptr: Ints, row_columns: Ints, column_weight: Floats, first: int, partner: Ints
) -> tuple[Ints, Floats]:
    """What the rows from ``first`` on share with their partners.

    Parameters
    ----------
    row_ptr, row_columns : int32 arrays
        The columns of each row, rising; those of weight below 0 are passed over.
    partner : int32 array, n × k
        -1 for none.

    Returns
    -------
    shared, weight : arrays, n × k
        How many columns, and the sum of their weights.
    """
    shared = np.zeros(partner.shape, np.int32)
    weight = np.zeros(partner.shape, np.float64)
    for i in range(partner.shape[0]):
        for j in range(partner.shape[1]):
            other = partner[i, j]
            if other < 0:
                break
            a, b = row_ptr[first + i], row_ptr[other]
            while a < row_ptr[first + i + 1] and b < row_ptr[other + 1]:
                column = row_columns[a]
                if column == row_columns[b] and column_weight[column] >= 0:
                    shared[i, j] += 1
                    weight[i, j] += column_weight[column]
                step = column - row_columns[b]
                a += step <= 0
                b += step >= 0
    return shared, weight
