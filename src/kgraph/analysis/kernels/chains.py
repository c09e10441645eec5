"""Chains of three nodes whose ends are not tied, by the groups of the three."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["open_chains"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]


@Kernel
def open_chains(ptr: Ints, near: Ints, ways: Longs, group: Longs, first: int, last: int) -> Longs:
    """Count the chains in whose middle each node from ``first`` up to ``last`` stands.

    A chain through two ties counts as often as their ways multiply. What is counted are all pairs
    of ends, from the sums of the ways, without those whose ends are tied, one by one.

    Parameters
    ----------
    ptr, near, ways : int arrays
        The ties of each node, to rising nodes, and how often; a tie to itself is passed over.
    group : int64 array, n_nodes
        Numbers from 0.

    Returns
    -------
    int64 array, (last − first) × 4
        All; those with three of one group; with two ends of one group that is not the middle's;
        with no end of the middle's group.
    """
    found = np.zeros((last - first, 4), np.int64)
    to = np.zeros(len(ptr) - 1, np.int64)
    n_groups = group.max() + 1 if len(group) else 0
    total, square = np.zeros(n_groups, np.int64), np.zeros(n_groups, np.int64)
    for node in range(first, last):
        own, row = group[node], found[node - first]
        total[:] = 0
        square[:] = 0
        for t in range(ptr[node], ptr[node + 1]):
            if near[t] != node:
                to[near[t]] = ways[t]
                total[group[near[t]]] += ways[t]
                square[group[near[t]]] += ways[t] * ways[t]
        rest, rest_square = total.sum() - total[own], square.sum() - square[own]
        row[0] = (total.sum() ** 2 - square.sum()) // 2
        row[1] = (total[own] ** 2 - square[own]) // 2
        row[2] = ((total**2 - square).sum() - (total[own] ** 2 - square[own])) // 2
        row[3] = (rest**2 - rest_square) // 2
        for t in range(ptr[node], ptr[node + 1]):
            one = near[t]
            if one == node:
                continue
            tied, tied_own, tied_alike = 0, 0, 0
            for u in range(ptr[one + 1] - 1, ptr[one] - 1, -1):
                other = near[u]
                if other <= one:
                    break
                tied += to[other]
                if group[other] == own:
                    tied_own += to[other]
                if group[other] == group[one]:
                    tied_alike += to[other]
            row[0] -= ways[t] * tied
            if group[one] == own:
                row[1] -= ways[t] * tied_own
            else:
                row[2] -= ways[t] * tied_alike
                row[3] -= ways[t] * (tied - tied_own)
        for t in range(ptr[node], ptr[node + 1]):
            to[near[t]] = 0
    return found
