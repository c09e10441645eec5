"""Shortest paths on the two-mode graph: from all nodes at once, with equal nodes joined.

Members with the same networks are at the same distance from everything, and so are networks with
the same members. They are contracted into one *class* with a weight before anything is counted;
most members of a real roster vanish this way. Two nodes of one class are two steps apart, which is
added back by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.paths import WORDS, distance_sums

__all__ = ["Classes", "Distances", "class_distances", "contract", "distances", "two_mode", "within"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Classes:
    """A graph without direction or loops, with one node for all that have the same neighbours.

    ``class_of`` maps each node of the graph to its class, ``weight`` counts the nodes of a class,
    ``degree`` the neighbours (in nodes) of each of them. ``indptr`` and ``indices`` are the
    neighbouring classes in compressed rows. ``side`` is 0 for members and 1 for networks; -1
    everywhere if the graph is not known to be two-mode.
    """

    class_of: npt.NDArray[np.int64]
    weight: npt.NDArray[np.int64]
    degree: npt.NDArray[np.int64]
    indptr: Ints
    indices: Ints
    side: npt.NDArray[np.int8]

    @property
    def twins(self) -> npt.NDArray[np.int64]:
        """How many others of its class a node of the class reaches in two steps."""
        return np.where(self.degree > 0, self.weight - 1, 0)

    def batches(self, sources: Ints, size: int) -> npt.NDArray[np.int64]:
        """Where to cut sources ordered by side, so that no batch has more or two sides."""
        sides = np.flatnonzero(np.diff(self.side[sources])) + 1
        ends = [0, *sides.tolist(), len(sources)]
        starts = [np.arange(a, b, size) for a, b in pairwise(ends)]
        return np.append(np.concatenate(starts), len(sources)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Distances:
    """Sums over the nodes that a node reaches, itself excepted; one value a node."""

    total: Floats
    inverse_total: Floats
    n_reached: Floats


def two_mode(incidence: Incidence) -> tuple[Ints, Ints, npt.NDArray[np.int8]]:
    """The two-mode graph in compressed rows, members first, and the mode of each node."""
    n_members, _ = incidence.shape
    ends = incidence.n_entries + np.cumsum(incidence.network_sizes)
    by_network = np.argsort(incidence.indices, kind="stable")
    return (
        np.concatenate((incidence.indptr, ends)).astype(np.int32),
        np.concatenate((incidence.indices + n_members, incidence.member_of_entry[by_network])),
        np.repeat(np.array([0, 1], dtype=np.int8), incidence.shape),
    )


def within(incidence: Incidence, mode: Mode) -> slice:
    """Where the nodes of one mode stand in :func:`two_mode`."""
    n_members, n_networks = incidence.shape
    return slice(n_members) if mode == "members" else slice(n_members, n_members + n_networks)


def contract(indptr: Ints, indices: Ints, side: npt.NDArray[np.int8] | None = None) -> Classes:
    """Join the nodes that have the same neighbours; O(entries).

    Parameters
    ----------
    indptr, indices : int32 arrays
        A symmetric graph without loops in compressed rows, each row rising.
    side : int8 array, optional
        The mode of each node, 0 or 1, if the graph is two-mode.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    n_nodes = len(indptr) - 1
    numbers: dict[bytes, int] = {}
    data = indices.tobytes()
    cuts = (indptr.astype(np.int64) * indices.itemsize).tolist()
    class_of = np.array(
        [numbers.setdefault(data[cuts[i] : cuts[i + 1]], len(numbers)) for i in range(n_nodes)],
        dtype=np.int64,
    )
    # The first node of a class stands for it.
    first = np.full(len(numbers), n_nodes, dtype=np.int64)
    np.minimum.at(first, class_of, np.arange(n_nodes))
    stands = np.zeros(n_nodes, dtype=np.bool_)
    stands[first] = True
    rows = np.repeat(np.arange(n_nodes), np.diff(indptr))
    kept = stands[rows] & stands[indices]
    shape = (len(numbers), len(numbers))
    ones = np.ones(np.count_nonzero(kept), dtype=np.int8)
    between = csr_array((ones, (class_of[rows[kept]], class_of[indices[kept]])), shape=shape)
    # Neighbours in the graph become neighbours in memory, which makes every search faster.
    if n_nodes:
        order = reverse_cuthill_mckee(between, symmetric_mode=True)
        between = between[order][:, order]
        between.sort_indices()
    else:
        order = np.zeros(0, dtype=np.int32)
    place, first = np.argsort(order), first[order]
    sides = np.full(len(order), -1) if side is None else side[first]
    return Classes(
        place[class_of],
        np.bincount(class_of, minlength=len(numbers))[order],
        np.diff(indptr)[first].astype(np.int64),
        between.indptr.astype(np.int32),
        between.indices.astype(np.int32),
        sides.astype(np.int8),
    )


def distances(incidence: Incidence, mode: Mode) -> Distances:
    """Distance sums of every node of one mode; see :func:`class_distances`."""
    graph = contract(*two_mode(incidence))
    found = class_distances(graph)
    own = graph.class_of[within(incidence, mode)]
    return Distances(found.total[own], found.inverse_total[own], found.n_reached[own])


def class_distances(graph: Classes) -> Distances:
    """Distance sums of a node of every class, over all nodes of the graph.

    Exact, by breadth-first searches that share their steps: O(classes / 256 · entries · diameter).
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    n = len(graph.weight)
    ones = np.ones(len(graph.indices), dtype=np.int8)
    adjacency = csr_array((ones, graph.indices, graph.indptr), shape=(n, n))
    n_parts, part = connected_components(adjacency, directed=False)
    part_nodes = np.argsort(part, kind="stable").astype(np.int32)
    part_ptr = np.concatenate(([0], np.cumsum(np.bincount(part, minlength=n_parts))))
    sources = np.lexsort((graph.weight, part, graph.side)).astype(np.int32)
    batches = graph.batches(sources, 64 * WORDS)

    def search(first: int, last: int) -> tuple[Floats, ...]:
        found = distance_sums(
            graph.indptr, graph.indices, graph.side, part.astype(np.int32),
            part_ptr.astype(np.int32), part_nodes, sources, graph.weight[sources],
            batches[first : last + 1],
        )  # fmt: skip
        return tuple(sums.astype(np.float64) for sums in found)

    twins = graph.twins.astype(np.float64)
    sums = [2 * twins, twins / 2, twins]
    for parts in in_parts(len(batches) - 1, search, "sources"):
        sums = [before + more for before, more in zip(sums, parts, strict=True)]
    return Distances(*sums)
