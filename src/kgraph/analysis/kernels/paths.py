"""Breadth-first search: distance sums from many sources at once, and Brandes' accumulation.

Both take a graph of *classes* in compressed rows (``indptr``, ``indices``): a class stands for
``weight`` nodes that have the same neighbours; see :mod:`kgraph.analysis._paths`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kgraph.analysis.kernels._lazy import Kernel

__all__ = ["WORDS", "betweenness_sums", "distance_sums"]

Ints = npt.NDArray[np.int32]
Sides = npt.NDArray[np.int8]
Longs = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

#: 64-bit words of sources that one search carries.
WORDS = 4


@Kernel
def _n_bits(word: np.uint64) -> np.int64:
    """How many bits of a word are set."""
    x = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@Kernel
def _begin(
    part: Ints,
    part_ptr: Ints,
    part_nodes: Ints,
    sources: Ints,
    weights: Longs,
    seen: Words,
    wanted: Words,
    digits: Words,
    todo: Ints,
) -> tuple[int, int]:
    """Set the bits of a batch of sources; the number of nodes to visit, and of binary digits."""
    n_todo = 0
    n_digits = 0
    for i in range(len(sources)):
        p = part[sources[i]]
        if not wanted[p].any():
            n_nodes = part_ptr[p + 1] - part_ptr[p]
            todo[n_todo : n_todo + n_nodes] = part_nodes[part_ptr[p] : part_ptr[p + 1]]
            n_todo += n_nodes
        word = i // 64
        bit = np.uint64(1) << np.uint64(i % 64)
        wanted[p, word] |= bit
        seen[sources[i], word] |= bit
        left = weights[i]
        digit = 0
        while left > 0:
            if left & 1:
                digits[digit, word] |= bit
            left >>= 1
            digit += 1
        n_digits = max(n_digits, digit)
    return n_todo, n_digits


@Kernel
def _news(neighbours: Ints, missing: Words, before: Words, new: Words) -> bool:
    """Those of the missing bits that a neighbour had before; whether there are any."""
    l0, l1, l2, l3 = missing[0], missing[1], missing[2], missing[3]
    for e in range(len(neighbours)):
        u = neighbours[e]
        l0 &= ~before[u, 0]
        l1 &= ~before[u, 1]
        l2 &= ~before[u, 2]
        l3 &= ~before[u, 3]
        if l0 | l1 | l2 | l3 == 0:
            break
    new[0] = missing[0] & ~l0
    new[1] = missing[1] & ~l1
    new[2] = missing[2] & ~l2
    new[3] = missing[3] & ~l3
    found: bool = new[0] | new[1] | new[2] | new[3] != 0
    return found


@Kernel
def distance_sums(
    indptr: Ints,
    indices: Ints,
    side: Sides,
    part: Ints,
    part_ptr: Ints,
    part_nodes: Ints,
    sources: Ints,
    weights: Longs,
    batches: Longs,
) -> tuple[Longs, Floats, Longs]:
    """Add up, for each node, the distances from the sources of some batches.

    Sources are the bits of a few words; a step of the search ORs the words of all neighbours.
    Since distances are symmetric it is enough to count, at each node, which bits are new. Of
    sources with a weight the bits are counted once for each binary digit of the weight. A node is
    left alone as soon as it has seen every source of its part of the graph.

    Parameters
    ----------
    side : int8 array, n_nodes
        0 or 1 if the graph is two-mode, so that a step reaches one side only; else -1.
    part : int32 array, n_nodes
        The connected part of each node; ``part_nodes[part_ptr[p]:part_ptr[p + 1]]`` are its nodes.
    sources, weights : arrays, n_sources
        Best ordered by side, part, weight.
    batches : int64 array, n_batches + 1
        Where each batch starts, and where the last ends; of 64 · :data:`WORDS` sources at most,
        all of one side.

    Returns
    -------
    total, inverse, reached : arrays, n_nodes
        Weighted sums of distances and of inverse distances, and the weight of all that is reached.
    """
    n_nodes = len(indptr) - 1
    total, reached = np.zeros(n_nodes, np.int64), np.zeros(n_nodes, np.int64)
    inverse = np.zeros(n_nodes)
    seen = np.zeros((n_nodes, WORDS), np.uint64)
    two_mode = n_nodes > 0 and side[0] >= 0
    # What neighbours had seen before the step; in a two-mode graph a step does not change it.
    before = seen if two_mode else np.zeros((n_nodes, WORDS), np.uint64)
    wanted = np.zeros((len(part_ptr) - 1, WORDS), np.uint64)
    digits = np.zeros((63, WORDS), np.uint64)
    new, missing = np.zeros(WORDS, np.uint64), np.zeros(WORDS, np.uint64)
    todo = np.empty(n_nodes, np.int32)
    for batch in range(len(batches) - 1):
        start, stop = batches[batch], batches[batch + 1]
        n_todo, n_digits = _begin(
            part, part_ptr, part_nodes, sources[start:stop], weights[start:stop],
            seen, wanted, digits, todo,
        )  # fmt: skip
        touched = todo[:n_todo].copy()
        distance = 0
        while n_todo:
            distance += 1
            if not two_mode:
                for v in todo[:n_todo]:
                    before[v] = seen[v]
            # A node that has seen everything is dropped one step later: "before" must know it.
            kept = 0
            more = False
            reaches = (side[sources[start]] + distance) % 2
            for i in range(n_todo):
                v = todo[i]
                if two_mode and side[v] != reaches:
                    todo[kept] = v
                    kept += 1
                    continue
                missing[:] = wanted[part[v]] & ~seen[v]
                if not missing.any():
                    continue
                todo[kept] = v
                kept += 1
                if not _news(indices[indptr[v] : indptr[v + 1]], missing, before, new):
                    continue
                more = True
                n_at = np.int64(0)
                for w in range(WORDS):
                    seen[v, w] |= new[w]
                    for digit in range(n_digits):
                        n_at += _n_bits(new[w] & digits[digit, w]) << digit
                total[v] += distance * n_at
                inverse[v] += n_at / distance
                reached[v] += n_at
            n_todo = kept if more else 0
        for v in touched:
            seen[v] = 0
            before[v] = 0
            wanted[part[v]] = 0
        digits[:] = 0
    return total, inverse, reached


@Kernel
def betweenness_sums(
    indptr: Ints,
    indices: Ints,
    weight: Floats,
    degree: Floats,
    sources: Ints,
    source_weight: Floats,
    first: int,
    last: int,
) -> tuple[Floats, Floats]:
    """Add up the dependencies of sources ``first`` to ``last`` on every node.

    Brandes' two passes over classes of nodes. A path may go through any node of a class, except
    at its start; the other nodes of the source's class are two steps away, through each of its
    neighbours, and nothing lies beyond them.

    Parameters
    ----------
    weight : float array, n_classes
        Nodes of each class.
    degree : float array, n_classes
        Neighbours of a node of the class, counted as nodes.
    sources, source_weight : arrays, n_sources
        Classes, and how many of their nodes count as sources.

    Returns
    -------
    sums, squares : float arrays, n_classes
        Of a single node of each class: sums over ordered pairs, and over the sources the sum of
        squares, from which a sample's error is told.
    """
    n_nodes = len(indptr) - 1
    sums = np.zeros(n_nodes)
    squares = np.zeros(n_nodes)
    distance = np.full(n_nodes, -1, np.int32)
    paths = np.zeros(n_nodes)
    # What a node hands back along each path that reaches it.
    back = np.zeros(n_nodes)
    queue = np.empty(n_nodes, np.int32)
    onward = np.empty(len(indices), np.int32)
    onward_ptr = np.empty(n_nodes + 1, np.int64)
    for i in range(first, last):
        source = sources[i]
        queue[0] = source
        distance[source] = 0
        paths[source] = 1.0
        n_queued = 1
        n_onward = 0
        head = 0
        while head < n_queued:
            v = queue[head]
            onward_ptr[head] = n_onward
            head += 1
            through = paths[v] if v == source else paths[v] * weight[v]
            next_distance = distance[v] + 1
            for e in range(indptr[v], indptr[v + 1]):
                u = indices[e]
                if distance[u] < 0:
                    distance[u] = next_distance
                    queue[n_queued] = u
                    n_queued += 1
                if distance[u] == next_distance:
                    paths[u] += through
                    onward[n_onward] = u
                    n_onward += 1
        onward_ptr[n_queued] = n_onward
        twins = 0.0 if degree[source] == 0 else (weight[source] - 1) / degree[source]
        for position in range(n_queued - 1, 0, -1):
            v = queue[position]
            share = 0.0
            for e in range(onward_ptr[position], onward_ptr[position + 1]):
                share += back[onward[e]]
            found = share * paths[v]
            if distance[v] == 1:
                found += twins
            sums[v] += source_weight[i] * found
            squares[v] += source_weight[i] * found * found
            back[v] = weight[v] * (1.0 + found) / paths[v]
        for position in range(n_queued):
            v = queue[position]
            distance[v] = -1
            paths[v] = 0.0
    return sums, squares
