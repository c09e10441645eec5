"""Shortest paths on the two-mode graph: from all nodes at once, with equal nodes joined.

Members with the same networks are at the same distance from everything, and so are networks with
the same members. They are contracted into one *class* with a weight before anything is counted;
most members of a real roster vanish this way. Two nodes of one class are two steps apart, which is
added back by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kgraph.analysis.incidence import Incidence, Mode
from kgraph.analysis.kernels._lazy import in_parts
from kgraph.analysis.kernels.paths import WORDS, distance_sums

__all__ = ["Classes", "Distances", "class_distances", "contract", "distances", "two_mode", "within"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

_BATCH = 64 * WORDS


@dataclass(frozen=True, slots=True)
class Classes:
    """A graph without direction or loops, with one node for all that have the same neighbours.

    ``class_of`` maps each node of the graph to its class, ``weight`` counts the nodes of a class,
    ``degree`` the neighbours (in nodes) of each of them. ``indptr`` and ``indices`` are the
    neighbouring classes in compressed rows.
    """

    class_of: npt.NDArray[np.int64]
    weight: npt.NDArray[np.int64]
    degree: npt.NDArray[np.int64]
    indptr: Ints
    indices: Ints

    @property
    def twins(self) -> npt.NDArray[np.int64]:
        """How many others of its class a node of the class reaches in two steps."""
        return np.where(self.degree > 0, self.weight - 1, 0)


@dataclass(frozen=True, slots=True)
class Distances:
    """Sums over the nodes that a node reaches, itself excepted; one value a node."""

    total: Floats
    inverse_total: Floats
    n_reached: Floats


def two_mode(incidence: Incidence) -> tuple[Ints, Ints]:
    """The two-mode graph in compressed rows: members first, then networks; both rising."""
    n_members, _ = incidence.shape
    ends = incidence.n_entries + np.cumsum(incidence.network_sizes)
    by_network = np.argsort(incidence.indices, kind="stable")
    return (
        np.concatenate((incidence.indptr, ends)).astype(np.int32),
        np.concatenate((incidence.indices + n_members, incidence.member_of_entry[by_network])),
    )


def within(incidence: Incidence, mode: Mode) -> slice:
    """Where the nodes of one mode stand in :func:`two_mode`."""
    n_members, n_networks = incidence.shape
    return slice(n_members) if mode == "members" else slice(n_members, n_members + n_networks)


def contract(indptr: Ints, indices: Ints) -> Classes:
    """Join the nodes that have the same neighbours; O(entries).

    Parameters
    ----------
    indptr, indices : int32 arrays
        A symmetric graph without loops in compressed rows, each row rising.
    """
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
    sizes = np.bincount(class_of[rows[kept]], minlength=len(numbers))
    return Classes(
        class_of,
        np.bincount(class_of, minlength=len(numbers)),
        np.diff(indptr)[first].astype(np.int64),
        np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        class_of[indices[kept]].astype(np.int32),
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
    sources = np.lexsort((graph.weight, part)).astype(np.int32)

    def search(first: int, last: int) -> tuple[Floats, ...]:
        found = distance_sums(
            graph.indptr, graph.indices, part.astype(np.int32), part_ptr.astype(np.int32),
            part_nodes, sources, graph.weight[sources], first * _BATCH, min(last * _BATCH, n),
        )  # fmt: skip
        return tuple(sums.astype(np.float64) for sums in found)

    twins = graph.twins.astype(np.float64)
    sums = [2 * twins, twins / 2, twins]
    for parts in in_parts(-(-n // _BATCH), search):
        sums = [before + more for before, more in zip(sums, parts, strict=True)]
    return Distances(*sums)
