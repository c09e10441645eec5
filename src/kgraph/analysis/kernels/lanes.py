"""Brandes' accumulation on a two-mode graph, from eight sources at once.

In a two-mode graph all neighbours of a node at distance d are at d - 1 or d + 1. So what eight
searches hand on can be added up over all neighbours, eight numbers side by side, without asking
which neighbour is nearer: the others still hold zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["LANES", "two_mode_betweenness_sums"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: Sources that are searched from at once.
LANES = 8


@Kernel
def _add_up(neighbours: Ints, table: Floats, into: Floats) -> None:
    """Sum the rows of the neighbours."""
    s0, s1, s2, s3, s4, s5, s6, s7 = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for e in range(len(neighbours)):
        row = table[neighbours[e]]
        s0 += row[0]
        s1 += row[1]
        s2 += row[2]
        s3 += row[3]
        s4 += row[4]
        s5 += row[5]
        s6 += row[6]
        s7 += row[7]
    into[0], into[1], into[2], into[3] = s0, s1, s2, s3
    into[4], into[5], into[6], into[7] = s4, s5, s6, s7


@Kernel
def _search(
    indptr: Ints,
    indices: Ints,
    weight: Floats,
    through: Floats,
    level: Ints,
    order: Ints,
    ends: Longs,
    n_first: int,
    n_lanes: int,
    left: Ints,
    mark: Ints,
) -> int:
    """Fill in the paths through each node, level by level; the number of levels.

    ``order[ends[d - 1]:ends[d]]`` are the nodes that some lane reaches in ``d`` steps.
    """
    found = np.zeros(LANES)
    candidates = np.empty(len(left), np.int32)
    start, stop, step = 0, n_first, 0
    while stop > start:
        ends[step] = stop
        step += 1
        n_candidates = 0
        for i in range(start, stop):
            for e in range(indptr[order[i]], indptr[order[i] + 1]):
                v = indices[e]
                if left[v] and mark[v] != step:
                    mark[v] = step
                    candidates[n_candidates] = v
                    n_candidates += 1
        start = stop
        for v in candidates[:n_candidates]:
            _add_up(indices[indptr[v] : indptr[v + 1]], through, found)
            reached = 0
            for lane in range(n_lanes):
                if found[lane] > 0 and through[v, lane] == 0:
                    through[v, lane] = found[lane] * weight[v]
                    level[v, lane] = step
                    reached += 1
            if reached:
                left[v] -= reached
                order[stop] = v
                stop += 1
    return step


@Kernel
def two_mode_betweenness_sums(
    indptr: Ints,
    indices: Ints,
    weight: Floats,
    degree: Floats,
    sources: Ints,
    batches: Longs,
) -> Floats:
    """Add up the dependencies of the sources of some batches on every node.

    Parameters
    ----------
    weight, degree : float arrays, n_classes
        As in :func:`~kgraph.analysis.kernels.paths.betweenness_sums`.
    sources : int32 array
        Classes; all nodes of a class count.
    batches : int64 array, n_batches + 1
        Where each batch starts, and where the last ends; of :data:`LANES` sources at most, all of
        one mode.
    """
    n_nodes = len(indptr) - 1
    sums, found = np.zeros(n_nodes), np.zeros(LANES)
    through, back = np.zeros((n_nodes, LANES)), np.zeros((n_nodes, LANES))
    level = np.full((n_nodes, LANES), -1, np.int32)
    # A node stands in as many levels as its lanes differ in.
    order, ends = np.empty(LANES * n_nodes + LANES, np.int32), np.empty(n_nodes + 2, np.int64)
    left, mark = np.empty(n_nodes, np.int32), np.empty(n_nodes, np.int32)
    for batch in range(len(batches) - 1):
        chosen = sources[batches[batch] : batches[batch + 1]]
        left[:] = len(chosen)
        mark[:] = 0
        for lane in range(len(chosen)):
            order[lane] = chosen[lane]
            through[chosen[lane], lane] = 1.0
            level[chosen[lane], lane] = 0
            left[chosen[lane]] -= 1
        n_levels = _search(
            indptr, indices, weight, through, level, order, ends, len(chosen), len(chosen), left,
            mark,
        )  # fmt: skip
        for distance in range(n_levels - 1, 0, -1):
            for v in order[ends[distance - 1] : ends[distance]]:
                _add_up(indices[indptr[v] : indptr[v + 1]], back, found)
                for lane in range(len(chosen)):
                    if level[v, lane] != distance:
                        continue
                    share = found[lane] * through[v, lane] / weight[v]
                    source = chosen[lane]
                    if distance == 1:
                        share += (weight[source] - 1) / degree[source]
                    sums[v] += weight[source] * share
                    back[v, lane] = weight[v] * weight[v] * (1.0 + share) / through[v, lane]
        for v in order[: ends[n_levels - 1]]:
            through[v] = 0.0
            back[v] = 0.0
            level[v] = -1
    return sums
