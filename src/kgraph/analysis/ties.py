"""Which pairs of members share a network on one day and not on another.

The number of pairs is quadratic in the size of a network, so that they are never held all at once:
the product of the incidence with itself is taken for a block of rows at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Ties", "compare_ties"]

#: The most entries of the product to hold at once.
BLOCK = 4_000_000

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of members that share at least one network, counted on two days.

    ``came`` and ``went`` are the first of them, as pairs of rows in ascending order.
    """

    n_before: int
    n_after: int
    n_came: int
    n_went: int
    came: tuple[Pair, ...]
    went: tuple[Pair, ...]


def compare_ties(before: Any, after: Any, limit: int = 100) -> Ties:
    """Compare the ties of two incidence matrices over the same members and networks.

    Parameters
    ----------
    before, after : scipy.sparse.csr_array, n_members × n_networks
        0/1; the rows mean the same members in both.
    limit : int
        How many pairs to list of those that came, and of those that went. All are counted.

    Returns
    -------
    Ties

    Notes
    -----
    Time is that of the two products, O(sum over networks of size²); memory is bounded by
    :data:`BLOCK` entries and one row.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> before, after = csr_array([[1, 0], [1, 1], [0, 1]]), csr_array([[1, 1], [0, 1], [0, 1]])
    >>> found = compare_ties(before, after)
    >>> found.n_before, found.n_after, found.came, found.went
    (2, 3, ((0, 2),), ())
    """
    totals = np.zeros(4, dtype=np.int64)
    came: list[Pair] = []
    went: list[Pair] = []
    for first, last in _blocks(before, after):
        old, new = (_above_diagonal(matrix, first, last) for matrix in (before, after))
        gained = np.setdiff1d(new, old, assume_unique=True)
        lost = np.setdiff1d(old, new, assume_unique=True)
        totals += [len(old), len(new), len(gained), len(lost)]
        for keys, listed in ((gained, came), (lost, went)):
            listed.extend(_pairs(keys[: limit - len(listed)], before.shape[0]))
    n_before, n_after, n_came, n_went = map(int, totals)
    return Ties(n_before, n_after, n_came, n_went, tuple(came), tuple(went))


def _blocks(*matrices: Any) -> list[tuple[int, int]]:
    """Ranges of rows of which the products have at most :data:`BLOCK` entries, or of one row."""
    n_rows = matrices[0].shape[0]
    bound = np.zeros(n_rows, dtype=np.int64)
    for matrix in matrices:
        sizes = np.asarray(matrix.sum(axis=0)).ravel()
        bound = np.maximum(bound, np.minimum(matrix @ sizes, n_rows))
    found, first, held = [], 0, 0
    for row, entries in enumerate(bound):
        if held and held + entries > BLOCK:
            found.append((first, row))
            first, held = row, 0
        held += int(entries)
    return [*found, (first, n_rows)] if n_rows else []


def _above_diagonal(matrix: Any, first: int, last: int) -> npt.NDArray[np.int64]:
    """The pairs (row, later row) of a block that share a column, as sorted keys."""
    n_rows = matrix.shape[0]
    product = (matrix[first:last] @ matrix.T).tocoo()
    rows = product.row.astype(np.int64) + first
    columns = product.col.astype(np.int64)
    later = columns > rows
    return np.sort(rows[later] * n_rows + columns[later])


def _pairs(keys: npt.NDArray[np.int64], n_rows: int) -> list[Pair]:
    return [(int(key) // n_rows, int(key) % n_rows) for key in keys]
