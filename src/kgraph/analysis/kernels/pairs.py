"""Which columns share rows, and how many: Gustavson's product, without a comparison sort."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["coefficients", "shared_pairs"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@Kernel
def shared_pairs(row_ptr: Ints, row_columns: Ints, n_columns: int) -> tuple[Ints, Ints, Ints]:
    """Pairs of columns a < b that share a row, by a and b, with the number of rows.

    The columns that a column shares rows with are counted in a dense array and come in any order.
    They are found for one b after the other, and dealt out to their a in that order: so those of
    each a are in order without having been compared.

    Parameters
    ----------
    row_ptr, row_columns : int32 arrays
        The columns of each row, rising.
    """
    ptr, spans = _before(row_ptr, row_columns, n_columns)
    room = max(1024, 2 * len(spans))
    found, shared = np.empty(room, np.int32), np.empty(room, np.int32)
    ends, place = np.zeros(n_columns + 1, np.int64), np.zeros(n_columns + 1, np.int64)
    count = np.zeros(n_columns, np.int32)
    n_pairs = 0
    for b in range(n_columns):
        if n_pairs + b >= room:
            room = max(2 * room, room + b)
            found = np.append(found[:n_pairs], np.empty(room - n_pairs, np.int32))
            shared = np.append(shared[:n_pairs], np.empty(room - n_pairs, np.int32))
        n_found = n_pairs
        for r in range(ptr[b], ptr[b + 1]):
            for e in range(spans[r, 0], spans[r, 1]):
                a = row_columns[e]
                found[n_found] = a  # stays if it is the first time; cheaper than to ask
                n_found += count[a] == 0
                count[a] += 1
        for i in range(n_pairs, n_found):
            a = found[i]
            shared[i] = count[a]
            count[a] = 0
            place[a + 1] += 1
        n_pairs = n_found
        ends[b + 1] = n_pairs
    return _by_first(found, shared, ends, np.cumsum(place))


@Kernel
def _before(row_ptr: Ints, row_columns: Ints, n_columns: int) -> tuple[Ints, Ints]:
    """By column: the span of the columns that stand before it, in each row where some do."""
    ptr = np.zeros(n_columns + 1, np.int32)
    for column in row_columns:
        ptr[column + 1] += 1
    for row in range(len(row_ptr) - 1):
        if row_ptr[row] < row_ptr[row + 1]:
            ptr[row_columns[row_ptr[row]] + 1] -= 1
    for column in range(n_columns):
        ptr[column + 1] += ptr[column]
    spans, place = np.empty((ptr[n_columns], 2), np.int32), ptr[:-1].copy()
    for row in range(len(row_ptr) - 1):
        for e in range(row_ptr[row] + 1, row_ptr[row + 1]):
            column = row_columns[e]
            spans[place[column], 0], spans[place[column], 1] = row_ptr[row], e
            place[column] += 1
    return ptr, spans


@Kernel
def _by_first(found: Ints, shared: Ints, ends: Longs, place: Longs) -> tuple[Ints, Ints, Ints]:
    """Deal the pairs out by their first column, where the pairs of ``a`` begin at ``place[a]``."""
    n_columns, n_pairs = len(ends) - 1, ends[-1]
    first, second = np.empty(n_pairs, np.int32), np.empty(n_pairs, np.int32)
    counts = np.empty(n_pairs, np.int32)
    for a in range(n_columns):
        first[place[a] : place[a + 1]] = a
    for b in range(n_columns):
        for i in range(ends[b], ends[b + 1]):
            at = place[found[i]]
            place[found[i]] = at + 1
            second[at], counts[at] = b, shared[i]
    return first, second, counts


@Kernel
def coefficients(shared: Ints, a: Ints, b: Ints, sizes: Longs) -> tuple[Floats, Floats]:
    """Containment and Jaccard of pairs of sets that share so many."""
    containment, jaccard = np.empty(len(shared)), np.empty(len(shared))
    for i in range(len(shared)):
        size_a, size_b = sizes[a[i]], sizes[b[i]]
        containment[i] = shared[i] / min(size_a, size_b)
        jaccard[i] = shared[i] / (size_a + size_b - shared[i])
    return containment, jaccard
